// What a reader wrote -> terms. A term is a word or a phrase to be found, or (without) one that must not be there.

// A quotation mark that is not closed yet is no phrase: its words are searched while the reader goes on writing.
const TOKEN = /([-−–]?)(?:([a-z]+):)?(?:["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+))/giu;
const RUN = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
const PREFIXES = ["publisher", "year", "language"];

/** A query -> { terms: [{text, phrase, without, shown}], publisher: [], year: [], language: [] }. */
export function parse(query) {
  const parsed = { terms: [], publisher: [], year: [], language: [] };
  for (const [whole, sign, name, quoted, bare] of query.matchAll(TOKEN)) {
    const prefix = name?.toLowerCase();
    const value = quoted ?? bare ?? "";
    if (prefix && PREFIXES.includes(prefix)) {
      if (value) parsed[prefix].push({ value, without: sign !== "" });
      continue;
    }
    const shown = name ? whole.slice(sign.length) : value;
    const text = split(name ? `${name}:${value}` : value);
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    const phrase = quoted !== undefined || text !== shown;
    parsed.terms.push({ text, phrase: phrase && text.includes(" "), without: sign !== "", shown });
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
  const runs = [...text.matchAll(RUN)];
  const last = runs.at(-1);
  return text
    .replace(RUN, (run, at) => {
      const signs = [...run];
      const ends = last && at === last.index && at + run.length === text.length && signs.length > 1;
      return ` ${signs.map((sign, place) => sign + (signs[place + 1] ?? "")).slice(0, ends ? -1 : undefined).join(" ")} `;
    })
    .replace(/\s+/g, " ")
    .trim();
}

/** Letters and digits alone, without accents and case: how words are compared. */
export function folded(text) {
  return text.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}
