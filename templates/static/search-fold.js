// What a word is, and the form in which words are compared: the twin of stemma/text.py.

/** Runs of letters, digits and marks. */
export const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_\u200c\u200d\u00ad]*/gu;

/** Words that are equal when folded are one word. */
export function fold(word) {
  return word.normalize("NFKD").toLowerCase().replace(/[\p{M}\u200c\u200d\u00ad]/gu, "").normalize("NFKC");
}
