// A query -> terms. A term is a word or a phrase to find, or (without) one to exclude.

// A phrase ends at its closing quotation mark; until then its words are searched one by one.
const TOKEN = /([-−–]?)(?:([a-z]+):)?(?:["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+))/giu;
/** Names before a colon that filter by what the catalogue knows. */
export const PREFIXES = ["publisher", "author", "year", "language"];

/** A query and a tokenizer -> { terms: [{shown, tokens, tail, pair, quoted, without}], unsearchable: [text], publisher: [{value, without}], … }. */
export function parse(query, { asked }) {
  const parsed = { terms: [], unsearchable: [], ...Object.fromEntries(PREFIXES.map((name) => [name, []])) };
  for (const [whole, minus, name, quotation, bare] of query.matchAll(TOKEN)) {
    const prefix = name?.toLowerCase();
    const value = quotation ?? bare ?? "";
    const without = minus !== "";
    if (prefix && PREFIXES.includes(prefix)) {
      if (value) parsed[prefix].push({ value, without });
      continue;
    }
    const shown = name ? whole.slice(minus.length) : value;
    const term = asked(name ? `${name} ${value}` : value);
    if (!term.tokens.length && !term.tail) {
      if (whole.trim()) parsed.unsearchable.push(whole);
      continue;
    }
    parsed.terms.push({ ...term, shown, quoted: quotation !== undefined && !name, without });
  }
  return parsed;
}

/** "2017" or "2015-2017" -> [first, last], or null. */
export function years(value) {
  const found = /^(\d{1,4})(?:(?:[-–—]|\.\.)(\d{1,4})?)?$/.exec(value);
  if (!found) return null;
  const open = /\D$/.test(value);
  return [Number(found[1]), open ? 9999 : Number(found[2] ?? found[1])];
}
