// A query as the index has it: folded words in ASCII, one after another. The twin of stemma/publish/search/tokens.py,
// which says why; tests/browser/test_search_words.py holds the two together.
import { folding } from "./folding.js";

const PICTURE = /[\u203c\u2049\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u{1f000}-\u{1faff}]/gu;
const SHORT = 34 * 36 * 36;

/** From the table of words (data/folding.json): units, tokens, asked and folded. */
export function tokenizer(table) {
  const { matches, alone, fold } = folding(table);

  /** The words of a text, and the characters of scripts without spaces: [{word, unspaced, start, end}]. */
  function units(text) {
    return [...matches(text)].flatMap(({ 0: found, index: start }) => {
      const end = start + found.length;
      const unspaced = alone(found);
      return parts(fold(found)).map((word) => ({ word, unspaced, start, end }));
    });
  }

  /** The tokens of units: a word, or a character together with the one after it. */
  function tokens(found) {
    return found.map(({ word, unspaced }, at) => encoded(unspaced && found[at + 1]?.unspaced ? word + found[at + 1].word : word));
  }

  /** A query's word or phrase -> { tokens, tail, pair }. `tail`: a last character that may begin a longer token;
   *  `pair`: the last token covers two characters. */
  function asked(text) {
    const found = units(composed(text));
    if (!found.length) return { tokens: pictures(text), tail: "", pair: false };
    const all = tokens(found);
    if (!found.at(-1).unspaced) return { tokens: all, tail: "", pair: false };
    const last = all.pop();
    const pair = found.at(-2)?.unspaced ?? false;
    return { tokens: all, tail: pair ? "" : last, pair };
  }

  /** The words of a name alone, to compare names: without accents, case and punctuation. */
  function folded(text) {
    return units(text).map(({ word }) => word).join("");
  }

  return { units, tokens, asked, folded };
}

/** Vowels of Thai and Lao that were typed as two characters as one, as stemma/text.py has them. */
function composed(text) {
  return text.replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32/g, "$1$2\u0e33")
    .replace(/\u0ecd([\u0ec8-\u0ecb]?)\u0eb2|([\u0ec8-\u0ecb])\u0ecd\u0eb2/g, "$1$2\u0eb3")
    .replaceAll("\u0e40\u0e40", "\u0e41").replaceAll("\u0ec0\u0ec0", "\u0ec1");
}

/** A folded word at its underscores; underscores alone are a word too. */
function parts(word) {
  const found = word.split("_").filter(Boolean);
  return found.length ? found : [word];
}

function pictures(text) {
  return [...text.matchAll(PICTURE)].map(([one]) => encoded(one));
}

/** A folded word in lower-case ASCII. */
function encoded(word) {
  return /^[a-y0-9]*$/.test(word) ? word : [...word].map((character) => {
    if (character === "z") return "zz";
    if (/[a-y0-9]/.test(character)) return character;
    const code = character.codePointAt(0);
    return code < SHORT ? `z${code.toString(36).padStart(3, "0")}` : `zy${code.toString(36).padStart(4, "0")}`;
  }).join("");
}
