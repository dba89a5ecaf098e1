/** Words and their folded forms, as stemma/text.py has them: the same table (data/folding.json), the same steps. */

/** From the table: `words(text)`, all words as written, in order; `matches(text)`, the same with their places;
 *  `alone(word)`, whether it is of a script without spaces; `fold(word)`, the form in which words are compared. */
export function folding(table) {
  const set = (key) => table[key].replace(/[0-9a-f]+/g, "\\u{$&}").replaceAll(" ", "");
  const [alone, marks, links, outside, removed, kept] = ["alone", "marks", "links", "outside", "removed", "kept"].map(set);
  const run = `(?:(?![${alone}${marks}${outside}])[\\p{L}\\p{N}_])`;
  const word = new RegExp(
    `[${alone}](?:[${marks}]+(?:(?<=[${links}])[${alone}])?)*|${run}+(?:[${marks}]+${run}*)*`, "gu");
  const one = new RegExp(`^[${alone}]`, "u");
  const letters = new Map(Object.entries(table.letters));
  for (const zero of table.zeros.split(" ")) {
    for (let digit = 0; digit < 10; digit += 1) letters.set(String.fromCodePoint(parseInt(zero, 16) + digit), `${digit}`);
  }
  const many = new RegExp(`([${marks}]{30})[${marks}]+`, "gu");
  const gone = new RegExp(`[${removed}]+`, "gu");
  const apart = new RegExp(`([${kept}])`, "u");

  function plain(text) {
    if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
    const bounded = /[^\0-\u02ff]{31}/u.test(text) ? text.replace(gone, "").replace(many, "$1") : text;
    const lower = bounded.normalize("NFKD").replace(gone, "").toLowerCase();
    return [...lower].map((letter) => letters.get(letter) ?? letter).join("").normalize("NFC");
  }

  return {
    words: (text) => text.match(word) ?? [],
    matches: (text) => text.matchAll(word),
    alone: (found) => one.test(found),
    fold: (text) => text.split(apart).map((piece, at) => (at % 2 ? piece : plain(piece))).join(""),
  };
}
