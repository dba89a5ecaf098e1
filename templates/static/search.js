// The search page. Its address is its state (query, facets, sort, page), so reload, back and a shared link all work.
import { open } from "./search-index.js";
import { parse } from "./search-query.js";
import { evaluate, FACETS } from "./search-sets.js";
import { hit, make } from "./search-show.js";

const ROOT = new URL("../", import.meta.url);
const TITLE = document.title;
/** Milliseconds after which a page without an index says so. */
const LOADING_NOTICE = 2500;
/** Works on one page of results. */
const PAGE_SIZE = 10;
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
  const late = setTimeout(() => { if (mine === latest) lists("The index has not loaded yet. Until it does, browse the lists."); }, LOADING_NOTICE);
  try {
    opening ??= open(ROOT);
    const index = await opening;
    const parsed = parse(state.q);
    const result = await evaluate(index, parsed, state);
    if (mine === latest) await show(index, parsed, result, () => mine === latest);
  } catch (error) {
    opening = null;
    if (mine === latest) lists("The index did not load, so the search does not work now. Browse the lists instead.");
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
  const items = await Promise.all(works.slice(first, first + PAGE_SIZE).map((work) => hit(work, index, result.hits)));
  if (!current()) return;
  $("lists").hidden = true;
  $("trouble").hidden = true;
  $("results").hidden = false;
  $("facets").hidden = !(result.rows.length || filtered());
  const texts = result.rows.length;
  $("count").textContent = works.length
    ? `${works.length.toLocaleString("en")} ${works.length === 1 ? "work" : "works"}, on ${texts.toLocaleString("en")} ${texts === 1 ? "page" : "pages"}`
    : "No text found";
  $("filter").textContent = `Filter these ${works.length.toLocaleString("en")} works`;
  $("sort").value = state.sort;
  nowhere(result);
  $("hits").start = first + 1;
  $("hits").replaceChildren(...items);
  pager(page, pages, works.length);
  facets(rows, result.counts);
}

function nowhere({ nowhere: missing, rest, each, works }) {
  const box = $("nowhere");
  const bold = (terms) => terms.flatMap((term, at) => [
    at === 0 ? "" : at === terms.length - 1 ? " and " : ", ", make("b", {}, term.phrase ? `“${term.shown}”` : term.shown)]);
  const lines = [];
  if (missing.length) {
    lines.push(...bold(missing), missing.length === 1 ? " is in no text of this archive." : " are in no text of this archive.");
    if (rest.length && works.length) lines.push(rest.length === 1 ? " These are the texts with " : " These are the texts with the other words, ", ...bold(rest), ".");
  } else if (!works.length && each.length > 1) {
    lines.push("No text contains all of these. One by one: ", ...each.flatMap(([term, texts], at) => [
      at ? ", " : "", make("b", {}, term.shown), ` on ${texts.toLocaleString("en")} ${texts === 1 ? "page" : "pages"}`]), ".");
  }
  box.replaceChildren(...lines);
  box.hidden = !lines.length;
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
  const here = `${first.toLocaleString("en")} to ${Math.min(total, first + PAGE_SIZE - 1).toLocaleString("en")} of ${total.toLocaleString("en")}`;
  const steps = [make("span", { class: "second" }, here)];
  if (page > 1) steps.push(link(page - 1, "previous", "prev"));
  if (page < pages) steps.push(link(page + 1, "next", "next"));
  $("pager").replaceChildren(...(pages > 1 ? steps : []));
  $("pager").hidden = pages < 2;
}

function facets(rows, counts) {
  const names = { publisher: rows.publishers.map((all) => all[0]), language: rows.languages, kind: rows.kinds };
  const none = { publisher: "none stated", language: "not known" };
  for (const facet of FACETS) {
    const chosen = new Set(state[facet]);
    const values = [...new Set([...counts[facet].keys(), ...[...chosen].map((name) => names[facet].indexOf(name))])]
      .filter((at) => at >= 0)
      .sort((a, b) => (counts[facet].get(b) ?? 0) - (counts[facet].get(a) ?? 0) || a - b);
    const boxes = values.map((at) => box(facet, names[facet][at], names[facet][at] || none[facet], counts[facet].get(at) ?? 0, chosen));
    const few = boxes.slice(0, FACET_VALUES);
    if (boxes.length > FACET_VALUES) few.push(make("details", { open: values.slice(FACET_VALUES).some((at) => chosen.has(names[facet][at])) },
      make("summary", {}, `${boxes.length - FACET_VALUES} more`), ...boxes.slice(FACET_VALUES)));
    const legend = $(`f-${facet}`).querySelector("legend");
    $(`f-${facet}`).replaceChildren(legend, ...few);
    $(`f-${facet}`).hidden = values.length === 0;
  }
  const known = [...new Set(rows.dates.filter(Boolean).map((date) => Math.floor(date / 10000)))].sort((a, b) => a - b);
  $("f-year").hidden = !known.length;
  for (const key of ["from", "to"]) {
    const options = ["", ...known].map((year) => make("option", { value: year }, year === "" ? "any" : String(year)));
    $(key).replaceChildren(...options);
    $(key).value = state[key];
  }
  $("undated").checked = state.undated;
  $("undated-n").textContent = counts.undated.toLocaleString("en");
}

function box(facet, value, label, count, chosen) {
  const check = make("input", { type: "checkbox", name: facet, value, checked: chosen.has(value) });
  check.addEventListener("change", async () => {
    const others = state[facet].filter((one) => one !== value);
    await go({ [facet]: check.checked ? [...others, value] : others });
    [...$(`f-${facet}`).querySelectorAll("input")].find((one) => one.value === value)?.focus();
  });
  return make("label", {}, check, make("span", { dir: "auto" }, label), make("span", { class: "n" }, count.toLocaleString("en")));
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
