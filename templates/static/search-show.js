// Results as elements. Words of texts are put in as text alone; nothing here parses HTML.
import { CJK, folded } from "./search-query.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
/** Punctuation of Chinese and Japanese, which has no space around it. */
const STOPS = /[\u3000-\u303f\uff00-\uffef]/u;
/** Words of an excerpt. */
const EXCERPT_WORDS = 34;
/** Copies listed below a result. */
const MAX_COPIES = 25;

/** An element with attributes and children (elements or text). */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** yyyymmdd -> "15 March 2017"; 0 -> "undated". */
export function dated(number) {
  if (!number) return "undated";
  const [year, month, day] = [Math.floor(number / 10000), Math.floor(number / 100) % 100, number % 100];
  return [day || "", MONTHS[month - 1] ?? "", year].filter(Boolean).join(" ");
}

/** One work: its best text with an excerpt, the other texts found folded below it. */
export async function hit(work, { rows, text: fragment }, hits) {
  const [row, ...others] = work;
  const text = await fragment(row);
  const best = excerpt(text, places(row, hits));
  const item = make("li", {},
    make("h3", {}, make("a", { href: `${address(text)}${best.anchor}`, dir: "auto" }, title(text))),
    make("p", { class: "where" }, `${where(row, rows)}. ${capital(rows.kinds[rows.kind[row]])}`));
  if (best.words.length) item.append(make("p", { class: "ex", dir: "auto" }, ...best.words, " ",
    make("a", { class: "at", href: `${address(text)}${best.anchor}` }, best.number ? `¶ ${best.number}` : "open")));
  if (others.length) item.append(copies(others, rows, fragment));
  return item;
}

function copies(others, rows, fragment) {
  const list = make("ul");
  const fold = make("details", {}, make("summary", {}, `and ${others.length} ${others.length === 1 ? "copy" : "copies"}`), list);
  fold.addEventListener("toggle", async () => {
    if (list.childElementCount) return;
    const shown = others.slice(0, MAX_COPIES);
    const items = await Promise.all(shown.map(async (row) => {
      const text = await fragment(row);
      const relation = rows.relations[rows.relation[row]];
      return make("li", {}, make("a", { href: address(text) }, rows.publishers[rows.publisher[row]][0] || title(text)),
        `, ${dated(rows.dates[row])}${relation ? `, ${relation}` : ""}`);
    }));
    if (others.length > shown.length) items.push(make("li", {}, `and ${others.length - shown.length} more: `,
      make("a", { href: address(await fragment(others[0])).replace("t/", "work/") }, "all witnesses of this work")));
    list.replaceChildren(...items);
  });
  return fold;
}

function places(row, hits) {
  return hits.map((one) => one.get(row)?.places ?? []);
}

function address(text) {
  return `t/${text.url.replace(/^\//, "").replace(/(~\d+)?\.html$/, "")}.html`;
}

function where(row, rows) {
  return `${rows.publishers[rows.publisher[row]][0] || "no publisher stated"}, ${dated(rows.dates[row])}`;
}

function title(text) {
  const stated = text.meta?.title;
  if (stated) return joined(stated.split(/\s+/));
  const words = (text.anchors[0]?.text ?? "").trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "Untitled text";
  return `Untitled: ${joined(words.slice(0, 8))}${words.length > 8 ? " …" : ""}`;
}

function joined(words) {
  return plain(words.map((word) => [word, false])).map(([character]) => character).join("");
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The part of a text that holds most of the words: {anchor, number, words: nodes}. */
export function excerpt(text, places) {
  const paragraphs = [...text.anchors].sort((a, b) => a.location - b.location);
  const within = (place) => paragraphs.findLastIndex((one) => one.location <= place);
  const found = paragraphs.map(() => new Map());
  places.forEach((list, term) => list.forEach((place) => {
    const at = within(place);
    if (at >= 0) found[at].set(place, term);
  }));
  const weight = (map) => new Set(map.values()).size * 1000 + Math.min(map.size, 999);
  let best = 0;
  found.forEach((map, at) => { if (map.size && weight(map) > weight(found[best])) best = at; });
  const paragraph = paragraphs[best];
  if (!paragraph) return { anchor: "", number: "", words: [] };
  const words = paragraph.text.trim().split(/\s+/);
  const marked = new Map([...found[best]].map(([place, term]) => [place - paragraph.location, term]));
  const start = densest(marked, words.length);
  const end = Math.min(words.length, start + EXCERPT_WORDS);
  const shown = words.slice(start, end).map((word, at) => [word, marked.has(start + at)]);
  const nodes = [start > 0 ? "… " : "", ...nodesOf(plain(shown)), end < words.length ? " …" : ""];
  return {
    anchor: marked.size ? `#${paragraph.id}${directive(words, marked, start, end)}` : "",
    number: marked.size ? paragraph.id.replace(/^\D+/, "") : "",
    words: nodes,
  };
}

/** Where the window with the most different terms begins, a few words before the first of them. */
function densest(marked, length) {
  const all = [...marked.keys()].sort((a, b) => a - b);
  let best = [0, 0];
  all.forEach((first, at) => {
    const inside = all.slice(at).filter((place) => place < first + EXCERPT_WORDS - 6);
    const weight = new Set(inside.map((place) => marked.get(place))).size * 1000 + inside.length;
    if (weight > best[0]) best = [weight, first];
  });
  return Math.max(0, Math.min(best[1] - 6, length - EXCERPT_WORDS));
}

/** Words -> [character, marked] pairs: spaces between words, pairs of characters joined again. */
function plain(words) {
  const characters = [];
  for (const [word, mark] of words) {
    const next = [...word];
    if (!next.length) continue;
    const before = characters.at(-1)?.[0] ?? "";
    const joins = before === next[0] && CJK.test(before);
    if (joins) {
      characters.at(-1)[1] ||= mark;
      next.shift();
    } else if (characters.length && !(STOPS.test(next[0]) || (STOPS.test(before) && CJK.test(next[0])))) {
      characters.push([" ", false]);
    }
    const letters = next.map((character) => /[\p{L}\p{N}\p{M}]/u.test(character));
    const [first, last] = [letters.indexOf(true), letters.lastIndexOf(true)];
    next.forEach((character, at) => characters.push([character, mark && at >= first && at <= last]));
  }
  return characters;
}

function nodesOf(characters) {
  const nodes = [];
  let run = "";
  let marked = false;
  const close = () => { if (run) nodes.push(marked ? make("mark", {}, run) : run); };
  for (const [character, mark] of characters) {
    if (mark !== marked) {
      close();
      run = "";
      marked = mark;
    }
    run += character;
  }
  close();
  return nodes;
}

/** A text directive for the first marked words, so that the browser marks them in the text without any script. */
function directive(words, marked, start, end) {
  const texts = [];
  for (let at = start; at < end && texts.length < 3; at += 1) {
    if (!marked.has(at) || marked.has(at - 1) || CJK.test(words[at])) continue;
    let last = at;
    while (last + 1 < end && marked.has(last + 1)) last += 1;
    const core = words.slice(at, last + 1).join(" ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    const before = words.slice(Math.max(0, at - 2), at).join(" ");
    if (folded(core)) texts.push(`text=${before ? `${encoded(before)}-,` : ""}${encoded(core)}`);
  }
  return texts.length ? `:~:${texts.join("&")}` : "";
}

function encoded(text) {
  return encodeURIComponent(text).replace(/-/g, "%2D");
}
