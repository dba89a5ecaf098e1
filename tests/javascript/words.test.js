// The page's words are the program's words: words.json has what stemma/text.py makes of the same texts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { folding } from "./folding.js";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url)));
const { words, fold } = folding(read("folding.json"));

for (const { text, words: expected, folded } of read("words.json")) {
  test(JSON.stringify(text).slice(0, 60), () => {
    assert.deepEqual([...words(text)], expected);
    assert.deepEqual(expected.map(fold), folded);
  });
}
