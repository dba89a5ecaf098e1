// A query -> terms. A term is a word or a phrase to find, or (without) one to exclude.

// A phrase ends at its closing quotation mark; until then its words are searched one by one.
const TOKEN = /([-−–]?)(?:([a-z]+):)?(?:["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+))/giu;
/** Characters of Chinese and Japanese, as stemma/publish/search/bigrams.py has them. */
const CJK_RANGES = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
export const CJK = new RegExp(`[${CJK_RANGES}]`, "u");
const CJK_RUN = new RegExp(`[${CJK_RANGES}]+`, "gu");
/** Names before a colon that filter by what the catalogue knows. */
const PREFIXES = ["publisher", "year", "language"];

/** A query -> { terms: [{text, phrase, without, shown}], publisher: [], year: [], language: [] }. */
export function parse(query) {
  const parsed = { terms: [], publisher: [], year: [], language: [] };
  for (const [whole, minus, name, quoted, bare] of query.matchAll(TOKEN)) {
    const prefix = name?.toLowerCase();
    const value = quoted ?? bare ?? "";
    if (prefix && PREFIXES.includes(prefix)) {
      if (value) parsed[prefix].push({ value, without: minus !== "" });
      continue;
    }
    const shown = name ? whole.slice(minus.length) : value;
    const text = split(name ? `${name}:${value}` : value);
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    const phrase = quoted !== undefined || text !== shown;
    parsed.terms.push({ text, phrase: phrase && text.includes(" "), without: minus !== "", shown });
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

/** Chinese and Japanese as the index has them: overlapping pairs; the last character alone where more follows. */
function split(text) {
  const runs = [...text.matchAll(CJK_RUN)];
  const last = runs.at(-1);
  return text
    .replace(CJK_RUN, (run, at) => {
      const characters = [...run];
      const ends = last && at === last.index && at + run.length === text.length && characters.length > 1;
      return ` ${characters.map((character, place) => character + (characters[place + 1] ?? "")).slice(0, ends ? -1 : undefined).join(" ")} `;
    })
    .replace(/\s+/g, " ")
    .trim();
}

/** Letters and digits alone, without accents and case: how words are compared. */
export function folded(text) {
  return text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}
