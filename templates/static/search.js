// The search page. Its address is its state (query, facets, sort, page), so reload, back and a shared link all work.
import { open } from "./search-index.js";
import { parse } from "./search-query.js";
import { evaluate, FACETS } from "./search-sets.js";
import { hit, make } from "./search-show.js";
import { figure, gettext, joined, listed, ngettext, placed, slots } from "./words.js";

const ROOT = new URL("../", import.meta.url);
const TITLE = document.title;
/** The stated address of the archive, which citations give. */
const TOP = new URL(".", document.querySelector("link[rel=canonical]").href).href;
/** Milliseconds after which a page without an index says so. */
const LOADING_NOTICE = 2500;
/** Works on one page of results. */
const PAGE_SIZE = 10;
/** Parts that look like filters, named in an answer. */
const MAX_FOREIGN = 20;
/** Characters of what was asked for that an answer repeats. */
const MAX_SHOWN = 80;
/** Values of a facet shown before the fold. */
const FACET_VALUES = 12;
const $ = (id) => document.getElementById(id);
const input = $("q");
let opening = null;
let latest = 0;
let typing = false;

/** The state given by the address. */
function read() {
  const given = new URLSearchParams(location.search);
  const state = { q: given.get("q") ?? "", from: given.get("from") ?? "", to: given.get("to") ?? "" };
  for (const facet of FACETS) state[facet] = given.getAll(facet);
  state.undated = given.get("undated") !== "no";
  state.sort = ["earliest", "latest"].includes(given.get("sort")) ? given.get("sort") : "relevance";
  state.page = Math.max(1, Number.parseInt(given.get("page") ?? "1", 10) || 1);
  return state;
}

/** The address of a state. */
function written(state) {
  const given = new URLSearchParams();
  if (state.q) given.set("q", state.q);
  for (const facet of FACETS) for (const value of state[facet]) given.append(facet, value);
  for (const key of ["from", "to"]) if (state[key]) given.set(key, state[key]);
  if (!state.undated) given.set("undated", "no");
  if (state.sort !== "relevance") given.set("sort", state.sort);
  if (state.page > 1) given.set("page", String(state.page));
  const text = given.toString();
  return location.pathname + (text ? `?${text}` : "");
}

let state = read();

function go(change, { replace = false } = {}) {
  state = { ...state, page: 1, ...change };
  const address = written(state);
  if (address !== location.pathname + location.search) history[replace ? "replaceState" : "pushState"](null, "", address);
  return run();
}

const filtered = () => FACETS.some((facet) => state[facet].length) || state.from || state.to || !state.undated;

async function run() {
  latest += 1;
  const mine = latest;
  if (input.value !== state.q) input.value = state.q;
  document.title = state.q ? `${state.q}: ${TITLE}` : TITLE;
  if (!state.q.trim() && !filtered()) return lists("");
  const late = setTimeout(() => { if (mine === latest) lists(gettext("The index has not loaded yet. Until it does, browse the lists.")); }, LOADING_NOTICE);
  try {
    opening ??= open(ROOT);
    const index = await opening;
    const parsed = parse(state.q, index.words);
    const result = await evaluate(index, parsed, state);
    if (mine === latest) await show(index, parsed, result, () => mine === latest);
  } catch {
    opening = null;
    if (mine === latest) lists(gettext("The index did not load, so the search does not work now. Browse the lists instead."));
  } finally {
    clearTimeout(late);
  }
}

function lists(message) {
  $("lists").hidden = false;
  $("results").hidden = true;
  $("facets").hidden = true;
  $("trouble").textContent = message;
  $("trouble").hidden = !message;
}

async function show(index, parsed, result, current) {
  const { rows } = index;
  const { works } = result;
  const pages = Math.max(1, Math.ceil(works.length / PAGE_SIZE));
  const page = Math.min(state.page, pages);
  const first = (page - 1) * PAGE_SIZE;
  const items = await Promise.all(works.slice(first, first + PAGE_SIZE).map((work) => hit(work, index, result.hits, result.wanted)));
  if (!current()) return;
  $("lists").hidden = true;
  $("trouble").hidden = true;
  $("results").hidden = false;
  $("facets").hidden = !(result.rows.length || filtered());
  const texts = result.rows.length;
  $("count").textContent = works.length
    ? joined([ngettext("%(num)s work", "%(num)s works", works.length), onPages(texts)])
    : gettext("No text found");
  $("filter").textContent = ngettext("Filter this work", "Filter these %(num)s works", works.length);
  $("sort").value = state.sort;
  answers(result, rows);
  $("hits").start = first + 1;
  const held = [...$("hits").querySelectorAll("h3 a")].indexOf(document.activeElement);
  $("hits").replaceChildren(...items);
  if (held >= 0) ($("hits").querySelectorAll("h3 a")[held] ?? input).focus(); // results that come late leave the reader in place
  pager(page, pages, works.length);
  $("citing").replaceChildren(...(works.length ? [citing(works.flat(), index)] : []));
  facets(rows, result.counts);
}

/** A fold that, when opened, gives the texts found as citations; what makes them is loaded then. */
function citing(found, index) {
  const body = make("div");
  const fold = make("details", { class: "cite" }, make("summary", {}, gettext("Cite these results")), body);
  fold.addEventListener("toggle", async () => {
    const { citations } = await import("./search-cite.js");
    if (!body.childElementCount) body.replaceChildren(...await citations(found, index, TOP));
  });
  return fold;
}

/** What the query asks for and no text has, in words: the archive never denies what was not looked for. */
function answers({ nowhere, unknown, unsearchable, foreign, cut, rest, each, works }, rows) {
  const bold = (texts) => listed(texts.map((text) => make("b", {}, text)));
  const named = (terms) => bold(terms.map(({ quoted, shown }) => (quoted ? gettext("“%(title)s”", { title: clipped(shown) }) : clipped(shown))));
  const lines = [];
  if (unsearchable.length) {
    const said = gettext("%(words)s: punctuation cannot be searched. Enter a word, a number or an emoji.", slots("words"));
    lines.push(placed(said, { words: bold(unsearchable.map(clipped)) }));
  }
  if (foreign.length) {
    const said = ngettext("%(words)s: this is no filter, so its words were searched everywhere. Filters: author, publisher, year, language.", "%(words)s: these are no filters, so their words were searched everywhere. Filters: author, publisher, year, language.", foreign.length, slots("words"));
    lines.push(placed(said, { words: bold(foreign.slice(0, MAX_FOREIGN).map(clipped)) }));
  }
  if (cut) lines.push([ngettext("The query is very long: only its first %(num)s different word was searched.", "The query is very long: only its first %(num)s different words were searched.", cut)]);
  for (const { prefix, value } of unknown) lines.push(explained(prefix, value, rows));
  if (nowhere.length) {
    const said = ngettext("%(words)s is in no text of this archive.", "%(words)s are in no text of this archive.", nowhere.length, slots("words"));
    const line = placed(said, { words: named(nowhere) });
    if (rest.length && works.length) {
      const others = ngettext("These are the texts with %(words)s.", "These are the texts with the other words, %(words)s.", rest.length, slots("words"));
      line.push(" ", ...placed(others, { words: named(rest) }));
    }
    lines.push(line);
  } else if (!works.length && each.length > 1 && each.every(([, texts]) => texts)) {
    const words = each.flatMap(([term, texts], at) => [at ? gettext(", ") : "", ...named([term]), ` ${onPages(texts)}`]);
    lines.push(placed(gettext("No text contains all of these. One by one: %(words)s.", slots("words")), { words }));
  }
  $("nowhere").replaceChildren(...lines.map((line) => make("p", {}, ...line)));
  $("nowhere").hidden = !lines.length;
}

/** The beginning of what was asked for, where it is long. */
function clipped(text) {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** Why a value after a colon finds nothing. */
function explained(prefix, value, rows) {
  const name = make("b", {}, `${prefix === "years" ? "year" : prefix}:${clipped(value)}`);
  const first = rows.dates.filter(Boolean).map((date) => Math.floor(date / 10000));
  const said = (message) => placed(message, { value: name });
  if (prefix === "year") return said(gettext("%(value)s is not a year, so it was left out. Write year:2017 or year:2015-2017.", slots("value")));
  if (prefix === "years") {
    const span = first.length
      ? gettext("Stated years: %(first)s to %(last)s.", { first: Math.min(...first), last: Math.max(...first) })
      : gettext("No text states a date.");
    return [...said(gettext("%(value)s: no text states a date then.", slots("value"))), ` ${span}`];
  }
  if (prefix === "language") {
    const known = rows.languages.map(([one]) => one).filter(Boolean);
    const names = joined([...known.slice(0, 30), ...(known.length > 30 ? ["…"] : [])]) || gettext("none known");
    return said(gettext("%(value)s: no text is in a language of that name or code. Languages: %(names)s.", { ...slots("value"), names }));
  }
  return said(prefix === "author"
    ? gettext("%(value)s: no author has that in a name.", slots("value"))
    : gettext("%(value)s: no publisher has that in a name.", slots("value")));
}

function onPages(number) {
  return ngettext("on %(num)s page", "on %(num)s pages", number);
}

function pager(page, pages, total) {
  const link = (number, words, rel) => {
    const item = make("a", { href: written({ ...state, page: number }), rel }, words);
    item.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ page: number }).then(() => { $("results").scrollIntoView(); $("hits").querySelector("a")?.focus({ preventScroll: true }); });
    });
    return item;
  };
  const first = (page - 1) * PAGE_SIZE + 1;
  const values = { first: figure(first), last: figure(Math.min(total, first + PAGE_SIZE - 1)), total: figure(total) };
  const here = gettext("%(first)s to %(last)s of %(total)s", values);
  const steps = [make("span", { class: "second" }, here)];
  if (page > 1) steps.push(link(page - 1, gettext("previous"), "prev"));
  if (page < pages) steps.push(link(page + 1, gettext("next"), "next"));
  $("pager").replaceChildren(...(pages > 1 ? steps : []));
  $("pager").hidden = pages < 2;
}

function facets(rows, counts) {
  const first = (all) => all.map(([name]) => name);
  const names = { publisher: first(rows.publishers), author: first(rows.authors), language: first(rows.languages), kind: rows.kinds, source: rows.sources };
  const none = { publisher: gettext("none stated"), author: gettext("none stated"), language: gettext("not known"), source: gettext("not noted") };
  for (const facet of FACETS) {
    const chosen = new Set(state[facet]);
    const values = [...new Set([...counts[facet].keys(), ...[...chosen].map((name) => names[facet].indexOf(name))])]
      .filter((at) => at >= 0)
      .sort((a, b) => (counts[facet].get(b) ?? 0) - (counts[facet].get(a) ?? 0) || a - b);
    const boxes = values.map((at) => box(facet, names[facet][at], names[facet][at] || none[facet], counts[facet].get(at) ?? 0, chosen));
    const few = boxes.slice(0, FACET_VALUES);
    if (boxes.length > FACET_VALUES) few.push(make("details", { open: values.slice(FACET_VALUES).some((at) => chosen.has(names[facet][at])) },
      make("summary", {}, ngettext("%(num)s more", "%(num)s more", boxes.length - FACET_VALUES)), ...boxes.slice(FACET_VALUES)));
    const legend = $(`f-${facet}`).querySelector("legend");
    $(`f-${facet}`).replaceChildren(legend, ...few);
    $(`f-${facet}`).hidden = values.length === 0;
  }
  const known = [...new Set(rows.dates.filter(Boolean).map((date) => Math.floor(date / 10000)))].sort((a, b) => a - b);
  $("f-year").hidden = !known.length;
  for (const key of ["from", "to"]) {
    const options = ["", ...known].map((year) => make("option", { value: year }, year === "" ? gettext("any") : String(year)));
    $(key).replaceChildren(...options);
    $(key).value = state[key];
  }
  $("undated").checked = state.undated;
  $("undated-n").textContent = figure(counts.undated);
}

function box(facet, value, label, count, chosen) {
  const check = make("input", { type: "checkbox", name: facet, value, checked: chosen.has(value) });
  check.addEventListener("change", async () => {
    const others = state[facet].filter((one) => one !== value);
    await go({ [facet]: check.checked ? [...others, value] : others });
    [...$(`f-${facet}`).querySelectorAll("input")].find((one) => one.value === value)?.focus();
  });
  return make("label", {}, check, make("span", { dir: "auto" }, label), make("span", { class: "n" }, figure(count)));
}

function arrows(event) {
  const links = [...$("hits").querySelectorAll("h3 a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = links.indexOf(document.activeElement);
  if (!step || !links.length || $("results").hidden || (at < 0 && document.activeElement !== input)) return;
  if (at < 0 && step < 0) return;
  event.preventDefault();
  (links[at + step] ?? (at + step < 0 ? input : links[at])).focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target instanceof Element && event.target.closest("input[type=search], input[type=text], select, textarea");
  if (event.key === "/" && !field) {
    event.preventDefault();
    input.focus();
    input.select();
  } else if (event.key === "Escape" && (document.activeElement === input || $("results").contains(document.activeElement))) {
    event.preventDefault();
    input.focus();
    typing = false;
    go({ q: "" });
  } else if (!field || field === input) arrows(event);
});

let pause = 0;
input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const replace = typing;
    typing = true;
    go({ q: input.value }, { replace });
  }, 120);
});
input.addEventListener("focus", () => { opening ??= open(ROOT).catch(() => { opening = null; throw new Error("no index"); }); opening?.catch(() => {}); }, { once: true });
$("f").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  typing = false;
  go({ q: input.value });
});
$("sort").addEventListener("change", () => go({ sort: $("sort").value }));
$("from").addEventListener("change", () => go({ from: $("from").value }));
$("to").addEventListener("change", () => go({ to: $("to").value }));
$("undated").addEventListener("change", () => go({ undated: $("undated").checked }));
addEventListener("popstate", () => {
  typing = false;
  state = read();
  run();
});

run();
