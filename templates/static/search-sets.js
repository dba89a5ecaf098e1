// Terms and facets -> rows, works and counts: set operations over all bundles, nothing fetched.
import { folded, years } from "./search-query.js";

export const FACETS = ["publisher", "language", "kind"];

/** Evaluate a parsed query and a state {facets, sort}: all that the page shows but the words of the texts. */
export async function evaluate(index, parsed, state) {
  const { rows } = index;
  const wanted = parsed.terms.filter((term) => !term.without);
  const hits = await Promise.all(wanted.map((term) => index.find(term)));
  const nowhere = wanted.filter((_, at) => hits[at].size === 0);
  const there = hits.filter((one) => one.size > 0);
  const banned = await Promise.all(parsed.terms.filter((term) => term.without).map((term) => index.find(term)));
  const allowed = prefixes(parsed, rows);
  let base = [];
  if (!wanted.length || there.length) {
    const first = there.length ? there.reduce((a, b) => (b.size < a.size ? b : a)).keys() : Array(rows.total).keys();
    base = [...first].filter((row) =>
      there.every((one) => one.has(row)) && !banned.some((one) => one.has(row)) && allowed(row));
  }
  const score = (row) => there.reduce((sum, one) => sum + one.get(row).score, 0);
  const passes = tests(state, rows);
  const shown = base.filter((row) => passes.every(([, test]) => test(row)));
  return {
    nowhere,
    rest: wanted.filter((term) => !nowhere.includes(term)),
    each: wanted.map((term, at) => [term, hits[at].size]),
    rows: shown,
    works: folding(shown, rows, state.sort, score),
    counts: counting(base, rows, passes),
    hits: there,
  };
}

/** What publisher:, year: and language: allow. */
function prefixes(parsed, rows) {
  const lists = [];
  for (const { value, without } of parsed.publisher) {
    const sought = folded(value);
    const named = new Set(rows.publishers.flatMap((names, at) => (names.some((name) => folded(name).includes(sought)) ? [at] : [])));
    lists.push((row) => named.has(rows.publisher[row]) !== without);
  }
  for (const { value, without } of parsed.language) {
    const sought = folded(value);
    const named = new Set(rows.languages.flatMap((name, at) => (name && folded(name).startsWith(sought) ? [at] : [])));
    lists.push((row) => named.has(rows.language[row]) !== without);
  }
  for (const { value, without } of parsed.year) {
    const range = years(value);
    lists.push((row) => {
      const year = Math.floor(rows.dates[row] / 10000);
      return (range !== null && year >= range[0] && year <= range[1] && rows.dates[row] > 0) !== without;
    });
  }
  return (row) => lists.every((one) => one(row));
}

/** One test a facet: [name, row -> boolean]. */
function tests(state, rows) {
  const chosen = {
    publisher: new Set(state.publisher.map((name) => rows.publishers.findIndex((names) => names[0] === name))),
    language: new Set(state.language.map((name) => rows.languages.indexOf(name))),
    kind: new Set(state.kind.map((name) => rows.kinds.indexOf(name))),
  };
  const list = FACETS.map((facet) => [facet, (row) => !chosen[facet].size || chosen[facet].has(rows[facet][row])]);
  const from = Number(state.from) || 0;
  const to = Number(state.to) || 9999;
  list.push(["year", (row) => {
    if (!rows.dates[row]) return state.undated;
    const year = Math.floor(rows.dates[row] / 10000);
    return year >= from && year <= to;
  }]);
  return list;
}

/** For each facet: value -> number of texts that choosing this value alone would leave. */
function counting(base, rows, passes) {
  const counts = { publisher: new Map(), language: new Map(), kind: new Map(), undated: 0 };
  for (const row of base) {
    const failed = passes.filter(([, test]) => !test(row)).map(([name]) => name);
    for (const facet of FACETS) {
      if (failed.length === 0 || (failed.length === 1 && failed[0] === facet)) {
        const value = rows[facet][row];
        counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
    if (!rows.dates[row] && failed.every((name) => name === "year")) counts.undated += 1;
  }
  return counts;
}

/** Copies of one work as one: [[row shown, other rows…]…] in the order asked for. Nothing is dropped.
 *  By relevance a work is placed by its best copy, and shown by its base, or by the earliest copy found. */
function folding(shown, rows, sort, score) {
  const late = (row) => (rows.dates[row] ? -rows.dates[row] : 1);
  const early = (row) => rows.dates[row] || 1e9;
  const best = (row) => -score(row);
  const keys = sort === "earliest" ? [early, best] : sort === "latest" ? [late, best] : [best, (row) => rows.relation[row], early];
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
