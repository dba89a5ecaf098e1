// Terms and facets -> rows, works and counts: set operations over all bundles, nothing fetched.
import { years } from "./search-query.js";

const BEGINNING = 1;
const WHOLE = 2;
export const FACETS = ["publisher", "author", "language", "kind", "source"];

/** Evaluate a parsed query and a state {facets, sort}: all that the page shows but the words of the texts. */
export async function evaluate(index, parsed, state) {
  const { rows } = index;
  const wanted = parsed.terms.filter((term) => !term.without);
  const hits = await Promise.all(wanted.map((term) => index.find(term)));
  const nowhere = wanted.filter((_, at) => hits[at].size === 0);
  const there = hits.filter((one) => one.size > 0);
  const banned = await Promise.all(parsed.terms.filter((term) => term.without).map((term) => index.find(term)));
  const { allowed, meant, unknown, filtering } = prefixes(parsed, index);
  const asked = wanted.length > 0 || banned.length > 0 || filtering || parsed.unsearchable.length === 0;
  let base = [];
  if (asked && (!wanted.length || there.length)) {
    const first = there.length ? there.reduce((a, b) => (b.size < a.size ? b : a)).keys() : Array(rows.total).keys();
    base = [...first].filter((row) =>
      there.every((one) => one.has(row)) && !banned.some((one) => one.has(row)) && allowed(row));
  }
  const rank = (row) => ({
    exact: there.reduce((sum, one) => sum + one.get(row).exact, meant(row)),
    score: there.reduce((sum, one) => sum + one.get(row).score, 0),
  });
  const passes = tests(state, rows);
  const shown = base.filter((row) => passes.every(([, test]) => test(row)));
  return {
    nowhere,
    unknown,
    unsearchable: parsed.unsearchable,
    foreign: parsed.foreign,
    cut: parsed.cut,
    rest: wanted.filter((term) => !nowhere.includes(term)),
    each: wanted.map((term, at) => [term, hits[at].size]),
    rows: shown,
    works: grouped(shown, rows, state.sort, new Map(shown.map((row) => [row, rank(row)]))),
    counts: counting(base, rows, passes),
    hits: there,
    wanted: wanted.filter((_, at) => hits[at].size > 0),
  };
}

/** What publisher:, author:, year: and language: allow; how many of their values are whole words of a text's names; the
 *  values that name nothing, with why. */
function prefixes(parsed, { rows, words }) {
  const lists = [];
  const whole = [];
  const unknown = [];
  const named = { publisher: rows.publishers, author: rows.authors, language: rows.languages };
  for (const [prefix, all] of Object.entries(named)) {
    for (const { value, without } of parsed[prefix]) {
      const chosen = new Map(all.map((names, at) => [at, names[0] ? means(prefix, names, value, words) : 0]).filter(([, how]) => how));
      if (chosen.size) {
        lists.push((row) => [rows[prefix][row]].flat().some((at) => chosen.has(at)) !== without);
        if (!without) whole.push((row) => [rows[prefix][row]].flat().some((at) => chosen.get(at) === WHOLE));
      } else {
        unknown.push({ prefix, value });
        if (!without) lists.push(() => false);
      }
    }
  }
  for (const { value, without } of parsed.year) {
    const range = years(value.replace(/\p{Nd}/gu, (digit) => words.folded(digit)));
    if (range === null) {
      unknown.push({ prefix: "year", value });
      continue;
    }
    const inside = (_, row) => within(rows, row, ...range);
    if (!rows.dates.some(inside)) unknown.push({ prefix: "years", value });
    lists.push((row) => inside(null, row) !== without);
  }
  return {
    allowed: (row) => lists.every((one) => one(row)),
    meant: (row) => whole.filter((one) => one(row)).length,
    unknown,
    filtering: lists.length > 0,
  };
}

/** Whether a text is of one of these years. An interval is of every year from its first to its last. */
function within(rows, row, from, to) {
  const first = Math.floor(rows.dates[row] / 10000);
  const last = Number(rows.edtf.get(row)?.split("/")[1]?.slice(0, 4) ?? first);
  return rows.dates[row] > 0 && first <= to && last >= from;
}

/** How a value given after a colon means one of these names: as whole words, as the beginning of one, or not (0). A
 *  language is also meant by its code. */
function means(prefix, names, value, words) {
  const sought = words.folded(value);
  if (!sought) return 0;
  const language = prefix === "language";
  return Math.max(...names.map((name, at) => (language && at === 1 ? WHOLE * (name === code(value)) : likeness(name, sought, words))));
}

/** Whether words that are read together ("O’Brien" as "obrien") are in a name, from the beginning of one of its words. */
function likeness(name, sought, { units }) {
  const all = units(name).map(({ word }) => word);
  let best = 0;
  for (let first = 0; first < all.length; first += 1) {
    if (!all.slice(first).join("").startsWith(sought)) continue;
    let length = 0;
    for (let at = first; length < sought.length; at += 1) length += all[at].length;
    best = Math.max(best, length === sought.length ? WHOLE : BEGINNING);
  }
  return best;
}

/** "deu", "de-AT", "DE" -> "de". */
function code(value) {
  try {
    return new Intl.Locale(value.replaceAll("_", "-")).language;
  } catch {
    return "";
  }
}

/** One test a facet: [name, row -> boolean]. */
function tests(state, rows) {
  const names = { publisher: rows.publishers, author: rows.authors, language: rows.languages, kind: rows.kinds, source: rows.sources };
  const list = FACETS.map((facet) => {
    const chosen = new Set(state[facet].map((name) => names[facet].findIndex((all) => [all].flat()[0] === name)));
    return [facet, (row) => !chosen.size || [rows[facet][row]].flat().some((at) => chosen.has(at))];
  });
  const from = Number(state.from) || 0;
  const to = Number(state.to) || 9999;
  list.push(["year", (row) => {
    return rows.dates[row] ? within(rows, row, from, to) : state.undated;
  }]);
  return list;
}

/** For each facet: value -> number of texts that choosing this value alone would leave. */
function counting(base, rows, passes) {
  const counts = { ...Object.fromEntries(FACETS.map((facet) => [facet, new Map()])), undated: 0 };
  for (const row of base) {
    const failed = passes.filter(([, test]) => !test(row)).map(([name]) => name);
    for (const facet of FACETS) {
      if (failed.length === 0 || (failed.length === 1 && failed[0] === facet)) {
        for (const value of [rows[facet][row]].flat()) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
    if (!rows.dates[row] && failed.every((name) => name === "year")) counts.undated += 1;
  }
  return counts;
}

/** Copies of one work as one: [[row shown, other rows…]…] in the order asked for. Nothing is dropped.
 *  By relevance texts with the words themselves come before those with longer words that begin so; a work is placed by
 *  its best copy, and shown by its base, or by the earliest copy found. */
function grouped(shown, rows, sort, ranks) {
  const late = (row) => (rows.dates[row] ? -rows.dates[row] : 1);
  const early = (row) => rows.dates[row] || 1e9;
  const whole = (row) => -ranks.get(row).exact;
  const best = (row) => -ranks.get(row).score;
  const keys = { earliest: [early, whole, best], latest: [late, whole, best] }[sort]
    ?? [whole, best, (row) => rows.relation[row], early];
  const order = (a, b) => {
    for (const key of keys) {
      const difference = key(a) - key(b);
      if (difference) return difference;
    }
    return a - b;
  };
  const works = new Map();
  for (const row of [...shown].sort(order)) {
    const work = rows.works[row] || `single ${row}`;
    if (works.has(work)) works.get(work).push(row);
    else works.set(work, [row]);
  }
  const nearest = (a, b) => rows.relation[a] - rows.relation[b] || early(a) - early(b) || a - b;
  const shownBy = (found) => (sort === "relevance" ? [...found].sort(nearest)[0] : found[0]);
  return [...works.values()].map((found) => {
    const first = shownBy(found);
    return [first, ...found.filter((row) => row !== first).sort((a, b) => early(a) - early(b) || a - b)];
  });
}
