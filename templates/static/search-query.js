// A query -> terms. A term is a word or a phrase to find, or (without) one to exclude.

/** Names before a colon that filter by what the catalogue knows. */
export const PREFIXES = ["publisher", "author", "year", "language"];
/** Words and phrases of a query that are searched, the first of them, each once: every one costs requests and time. */
const MAX_TERMS = 32;
/** Words of all these together. */
const MAX_WORDS = 100;
/** Parts of a query without a word that are named. */
const MAX_UNSEARCHABLE = 20;
/** Characters of a query that are read. */
const MAX_CHARACTERS = 20000;
/** Names before a colon that other searches filter by. */
const FOREIGN = new Set(["title", "tag", "date", "source", "site", "lang", "subject", "keyword", "type", "intitle", "inauthor"]);
const QUOTES = "\"“”„‟«»‹›＂「」『』〝〞〟";
const INSIDE = `(?:[^\\s'‘’‚‛${QUOTES}]|['’](?=[\\p{L}\\p{N}])){1,40}`;
/** A phrase ends at its closing quotation mark; until then its words are searched one by one. Single marks, which are
 *  apostrophes too, make a phrase of some words, up to 30. */
const TOKEN = new RegExp([`([-−–]?)(?:(?:(${PREFIXES.join("|")}):\\s*|([a-z]+):)(?=\\S))?(?:`,
  `[${QUOTES}]([^${QUOTES}]*)[${QUOTES}]|`,
  `['‘‚‛](${INSIDE}(?:\\s{1,9}${INSIDE}){1,29})['‘’](?![\\p{L}\\p{N}])|`,
  `([^\\s${QUOTES}]+))`].join(""), "giu");

/** A query and a tokenizer -> { terms: [{shown, tokens, tail, pair, quoted, without}], unsearchable: [text], foreign: [text], cut, publisher: [{value, without}], … }.
 *  `foreign`: parts that look like filters and are none; their words are searched. `cut`: so many words of it are searched, and no others; 0 where all are. */
export function parse(query, { asked }) {
  const parsed = { terms: [], unsearchable: [], foreign: [], cut: 0, ...Object.fromEntries(PREFIXES.map((name) => [name, []])) };
  const beginning = query.slice(0, MAX_CHARACTERS);
  const read = beginning === query ? query : beginning.replace(/\S*$/, "") || beginning;
  const seen = new Set();
  let left = MAX_WORDS;
  let long = read !== query;
  for (const [whole, minus, prefix, name, double, single, bare] of read.matchAll(TOKEN)) {
    const quotation = double ?? single;
    const value = quotation ?? bare;
    const without = minus !== "";
    if (prefix) {
      if (value) parsed[prefix.toLowerCase()].push({ value, without });
      continue;
    }
    const shown = name ? whole.slice(minus.length) : value;
    const foreign = name && FOREIGN.has(name.toLowerCase());
    if (foreign) parsed.foreign.push(shown);
    const term = asked(name && !foreign ? `${name} ${value}` : value);
    if (!term.tokens.length && !term.tail) {
      if (whole.trim() && !parsed.unsearchable.includes(whole) && parsed.unsearchable.length < MAX_UNSEARCHABLE) parsed.unsearchable.push(whole);
      continue;
    }
    const key = [without, quotation !== undefined && !name, ...term.tokens, term.tail].join(" ");
    if (seen.has(key)) continue;
    seen.add(key);
    if (parsed.terms.length === MAX_TERMS || left <= 0) {
      long = true;
      continue;
    }
    if (term.tokens.length > left) {
      Object.assign(term, { tokens: term.tokens.slice(0, left), tail: "" });
      long = true;
    }
    left -= term.tokens.length + (term.tail ? 1 : 0);
    parsed.terms.push({ ...term, shown: foreign ? value : shown, quoted: quotation !== undefined && (!name || foreign), without });
  }
  if (long) parsed.cut = MAX_WORDS - left;
  return parsed;
}

/** "2017", "2015-2017", "1914-18" or "2015-" -> [first, last], or null. */
export function years(value) {
  const found = /^(\d{1,4})(?:(?:[-–—]|\.\.)(\d{1,4})?)?$/.exec(value);
  if (!found) return null;
  const open = /\D$/.test(value);
  const [, first, last = first] = found;
  const end = last.length === 2 && first.length === 4 ? first.slice(0, 2) + last : last;
  return open ? [Number(first), 9999] : Number(first) <= Number(end) ? [Number(first), Number(end)] : null;
}
