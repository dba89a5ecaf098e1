// A query as the index has it: folded words in ASCII, one after another. The twin of stemma/publish/search/tokens.py,
// which says why; tests/publish/search/test_tokens.py holds the two together.
import { fold, WORD } from "./search-fold.js";

const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u1950-\\u19df\\u1a20-\\u1aaf\\u3040-\\u30ff"
  + "\\u3400-\\u4dbf\\u4e00-\\u9fff\\ua980-\\ua9df\\ua9e0-\\ua9ff\\uaa60-\\uaadf\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const PARTS = new RegExp(`([${UNSPACED}])|[^${UNSPACED}_]+`, "gu");
const PICTURE = /[\u203c\u2049\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u{1f000}-\u{1faff}]/gu;
const CLUSTER = /\P{M}?[\p{M}\u200c\u200d]*/gu;
const SHORT = 34 * 36 * 36;

/** The words of a text, and the single characters of scripts without spaces: [{word, unspaced, start, end}]. */
export function units(text) {
  return [...text.matchAll(WORD)].flatMap(({ 0: found, index: at }) => {
    const parts = [...fold(found).matchAll(PARTS)].map(([word, unspaced]) => ({ word, unspaced: unspaced !== undefined }));
    const places = parts.length > 1 ? clusters(found, parts.length) : [[0, found.length]];
    return parts.map((part, number) => ({ ...part, start: at + places[number][0], end: at + places[number][1] }));
  });
}

/** Where each part of a word stands, found cluster by cluster; for all the whole word where that does not come out. */
function clusters(text, number) {
  const places = [];
  for (const { 0: cluster, index: at } of text.matchAll(CLUSTER)) {
    const parts = cluster ? [...fold(cluster).matchAll(PARTS)] : [];
    for (const [, unspaced] of parts) {
      if (unspaced === undefined && places.length && places.at(-1)[2]) places.at(-1)[1] = at + cluster.length;
      else places.push([at, at + cluster.length, unspaced === undefined]);
    }
  }
  return places.length === number ? places : Array(number).fill([0, text.length]);
}

/** The tokens of units: a word, or a character together with the one after it. */
export function tokens(found) {
  return found.map(({ word, unspaced }, at) => encoded(unspaced && found[at + 1]?.unspaced ? word + found[at + 1].word : word));
}

/** A query's word or phrase -> { tokens, tail, pair }. `tail`: a last character that may begin a longer token;
 *  `pair`: the last token covers two characters. */
export function asked(text) {
  const found = units(text);
  const all = tokens(found);
  if (!found.length) return { tokens: [...text.matchAll(PICTURE)].map(([one]) => encoded(one)), tail: "", pair: false };
  if (!found.at(-1).unspaced) return { tokens: all, tail: "", pair: false };
  const last = all.pop();
  const pair = found.at(-2)?.unspaced ?? false;
  return { tokens: all, tail: pair ? "" : last, pair };
}

/** A folded word in lower-case ASCII. */
export function encoded(word) {
  return /^[a-y0-9]*$/.test(word) ? word : [...word].map((character) => {
    if (character === "z") return "zz";
    if (/[a-y0-9]/.test(character)) return character;
    const code = character.codePointAt(0);
    return code < SHORT ? `z${code.toString(36).padStart(3, "0")}` : `zy${code.toString(36).padStart(4, "0")}`;
  }).join("");
}

/** The words of a name alone, to compare names: without accents, case and punctuation. */
export function folded(text) {
  return units(text).map(({ word }) => word).join("");
}
