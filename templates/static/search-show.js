// Results as elements. Words of texts are put in as text alone; nothing here parses HTML.
import { dated, gettext, joined, ngettext } from "./words.js";

/** Characters that act without being seen; each is shown by its name. */
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;
/** Words of an excerpt; of scripts without spaces twice as many characters. */
const EXCERPT_WORDS = 34;
/** Words before the first one found. */
const LEAD_WORDS = 6;
/** Copies listed below a result. */
const MAX_COPIES = 25;
/** Authors named in a result. */
const MAX_AUTHORS = 3;
/** Characters of a title in a list. */
const MAX_TITLE = 300;

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

/** One work: its best text with an excerpt, the other texts found folded below it. */
export async function hit(work, { rows, text: fragment, words }, hits, terms) {
  const [row, ...others] = work;
  const text = await fragment(row);
  const best = excerpt(text, hits.map((one) => one.get(row)?.places ?? []), terms, words);
  const item = make("li", {},
    make("h3", {}, make("a", { href: `${address(text)}${best.anchor}`, dir: "auto" }, title(text))),
    make("p", { class: "where" }, `${where(row, rows)}. ${capital(rows.kinds[rows.kind[row]])}${by(text)}`));
  if (best.nodes.length) item.append(make("p", { class: "ex", dir: "auto" }, ...best.nodes, " ",
    make("a", { class: "at", href: `${address(text)}${best.anchor}`, "aria-label": best.number ? gettext("¶ %(number)s, open paragraph %(number)s", { number: best.number }) : false },
      best.number ? `¶ ${best.number}` : gettext("open"))));
  if (others.length) item.append(copies(others, rows, fragment));
  return item;
}

function copies(others, rows, fragment) {
  const list = make("ul");
  const fold = make("details", {}, make("summary", {}, ngettext("and %(num)s copy", "and %(num)s copies", others.length)), list);
  fold.addEventListener("toggle", async () => {
    if (list.childElementCount) return;
    const shown = others.slice(0, MAX_COPIES);
    const items = await Promise.all(shown.map(async (row) => {
      const text = await fragment(row);
      const relation = { mirror: gettext("same words, or nearly"), revision: gettext("revision") }[rows.relations[rows.relation[row]]];
      return make("li", {}, make("a", { href: address(text) }, rows.publishers[rows.publisher[row]][0] || title(text)),
        gettext(", ") + joined([dated(rows.dates[row], rows.edtf.get(row)), relation].filter(Boolean)));
    }));
    if (others.length > shown.length) items.push(make("li", {}, ngettext("and %(num)s more", "and %(num)s more", others.length - shown.length), ": ",
      make("a", { href: `${address(await fragment(others[0]))}#copies` }, gettext("all witnesses of this work"))));
    list.replaceChildren(...items);
  });
  return fold;
}

function address(text) {
  return `t/${text.id}.html`;
}

function where(row, rows) {
  const source = rows.sources[rows.source[row]];
  const received = source ? gettext("received from %(source)s", { source }) : gettext("no publisher stated");
  const publisher = rows.publishers[rows.publisher[row]][0] || received;
  return gettext("%(publisher)s, %(date)s", { publisher, date: dated(rows.dates[row], rows.edtf.get(row)) });
}

function by({ authors }) {
  const shown = authors.slice(0, MAX_AUTHORS).map(visible);
  if (authors.length > MAX_AUTHORS) shown.push("…");
  if (!shown.length) return "";
  const said = gettext("By %(authors)s", { authors: joined(shown) });
  return `. ${said}`;
}

function title({ title: stated, paragraphs }) {
  const clean = visible(stated).trim();
  if (clean) return clean.length > MAX_TITLE ? `${clean.slice(0, MAX_TITLE - 1)}…` : clean;
  const words = visible(paragraphs[0] ?? "").trim().split(/\s+/).filter(Boolean);
  if (!words.length) return gettext("Untitled text");
  return gettext("Untitled: %(words)s", { words: `${words.slice(0, 8).join(" ")}${words.length > 8 ? " …" : ""}` });
}

function visible(text) {
  return text.replace(/[\t\n]/g, " ")
    .replace(INVISIBLE, (one) => `[U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The part of a text that has most of the words: {anchor, number, nodes}. `places` are those of each term. */
export function excerpt(text, places, terms, { units }) {
  if (!text.paragraphs.length) return { anchor: "", number: "", nodes: [] };
  const found = text.paragraphs.map(() => new Map());
  places.forEach((list, term) => list.forEach((place) => note(text, found, place, term, terms[term]?.pair)));
  const weight = (map) => new Set(map.values()).size * 1000 + Math.min(map.size, 999);
  let best = 0;
  found.forEach((map, at) => { if (map.size && weight(map) > weight(found[best])) best = at; });
  const here = found[best];
  const paragraph = text.paragraphs[best];
  const words = units(paragraph);
  const marked = new Map([...here].filter(([place]) => place >= 0).map(([place, term]) => [place - text.starts[best], term]));
  const long = EXCERPT_WORDS * (words.filter((one) => one.unspaced).length * 2 > words.length ? 2 : 1);
  const start = densest(marked, words.length, long);
  const end = Math.min(words.length, start + long);
  return {
    anchor: here.size ? `#p${best + 1}${directive(paragraph, words, marked, start, end)}` : "",
    number: here.size ? String(best + 1) : "",
    nodes: passage(paragraph, words, marked, start, end),
  };
}

/** Put a place into its paragraph. Places after the end belong to extra tokens, which stand nowhere: -1. */
function note({ starts, end, extras }, found, place, term, pair) {
  if (place >= end) {
    const group = extras.findLast(([first]) => first <= place);
    if (group && !found[group[1]].has(-1)) found[group[1]].set(-1, term);
    return;
  }
  const at = starts.findLastIndex((first) => first <= place);
  if (at < 0) return; // in the title or an author's name
  found[at].set(place, term);
  const last = (starts[at + 1] ?? end) - 1;
  if (pair && place < last) found[at].set(place + 1, term);
}

/** Where the window with the most different terms begins, a few words before the first of them. */
function densest(marked, length, long) {
  const all = [...marked.keys()].sort((a, b) => a - b);
  let best = [0, 0];
  all.forEach((first, at) => {
    const inside = all.slice(at).filter((place) => place < first + long - LEAD_WORDS);
    const weight = new Set(inside.map((place) => marked.get(place))).size * 1000 + inside.length;
    if (weight > best[0]) best = [weight, first];
  });
  return Math.max(0, Math.min(best[1] - LEAD_WORDS, length - long));
}

/** The words from start to end as they stand in the paragraph, those found marked. */
function passage(paragraph, words, marked, start, end) {
  const nodes = [start > 0 ? "… " : ""];
  let at = start > 0 ? words[start].start : 0;
  for (let place = start; place < end; place += 1) {
    if (!marked.has(place)) continue;
    const first = words[place];
    while (place + 1 < end && marked.has(place + 1) && words[place + 1].start <= words[place].end) place += 1;
    if (first.start > at) nodes.push(visible(paragraph.slice(at, first.start)));
    nodes.push(make("mark", {}, visible(paragraph.slice(first.start, words[place].end))));
    at = words[place].end;
  }
  nodes.push(visible(paragraph.slice(at, end < words.length ? words[end - 1].end : undefined)), end < words.length ? " …" : "");
  return nodes.filter(Boolean);
}

/** A text directive for the first marked words, so that the browser marks them in the text without any script. */
function directive(paragraph, words, marked, start, end) {
  const texts = [];
  for (let at = start; at < end && texts.length < 3; at += 1) {
    if (!marked.has(at) || marked.has(at - 1) || words[at].unspaced) continue;
    let last = at;
    while (last + 1 < end && marked.has(last + 1) && !words[last + 1].unspaced) last += 1;
    const found = paragraph.slice(words[at].start, words[last].end);
    const before = at >= 2 ? paragraph.slice(words[at - 2].start, words[at].start).trim() : "";
    texts.push(`text=${before ? `${encoded(before)}-,` : ""}${encoded(found)}`);
  }
  return texts.length ? `:~:${texts.join("&")}` : "";
}

function encoded(text) {
  return encodeURIComponent(text.toWellFormed?.() ?? text).replace(/-/g, "%2D");
}
