// A query as it is typed -> what is looked for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { parse, years } from "./search-query.js";
import { tokenizer } from "./search-tokens.js";

const words = tokenizer(JSON.parse(readFileSync(new URL("folding.json", import.meta.url))));
const terms = (query) => parse(query, words).terms.map(({ shown, quoted, without }) => ({ shown, quoted, without }));

test("words, phrases and exclusions", () => {
  assert.deepEqual(terms('lamp "the second anchor" -goose'), [
    { shown: "lamp", quoted: false, without: false },
    { shown: "the second anchor", quoted: true, without: false },
    { shown: "goose", quoted: false, without: true },
  ]);
});

test("quotation marks of every kind, and one that is still open", () => {
  for (const query of ["“the lamp”", "„the lamp“", "«the lamp»", '"the lamp"']) {
    assert.deepEqual(terms(query).map((one) => one.quoted), [true], query);
  }
  assert.deepEqual(terms('"the lamp').map((one) => one.quoted), [false, false]);
});

test("prefixes filter; a colon after any other word does not", () => {
  const parsed = parse("publisher:packet -year:2017 author:\"Hanne Orlick\" ferry:late", words);
  assert.deepEqual(parsed.publisher, [{ value: "packet", without: false }]);
  assert.deepEqual(parsed.year, [{ value: "2017", without: true }]);
  assert.deepEqual(parsed.author, [{ value: "Hanne Orlick", without: false }]);
  assert.deepEqual(parsed.terms.map((one) => one.shown), ["ferry:late"]);
});

test("what has no word in it is said to be unsearchable", () => {
  const parsed = parse("lamp ?! …", words);
  assert.deepEqual(parsed.unsearchable, ["?!", "…"]);
  assert.equal(parsed.terms.length, 1);
});

test("years and spans of years", () => {
  assert.deepEqual(years("2017"), [2017, 2017]);
  assert.deepEqual(years("2015-2017"), [2015, 2017]);
  assert.deepEqual(years("2015–"), [2015, 9999]);
  assert.deepEqual(years("2015..2017"), [2015, 2017]);
  assert.equal(years("soon"), null);
});

test("a long query is cut, each word is asked for once, and it says how many were", () => {
  assert.equal(parse("lamp ferry lamp", words).terms.length, 2);
  assert.equal(parse("lamp ferry", words).cut, 0);
  const many = parse(Array.from({ length: 300 }, (_, at) => `lamp${at}`).join(" "), words);
  assert.deepEqual([many.terms.length, many.cut], [32, 32]);
  const phrase = parse(`"${Array.from({ length: 300 }, (_, at) => `lamp${at}`).join(" ")}"`, words);
  assert.deepEqual([phrase.terms.length, phrase.terms[0].tokens.length, phrase.cut], [1, 100, 100]);
  assert.equal(parse("灯台の光".repeat(15000), words).cut, 100);
});

test("a filter of other searches is said to be none, and its words are searched", () => {
  const parsed = parse('title:lamp tag:"old ferry" noon:late', words);
  assert.deepEqual(parsed.foreign, ["title:lamp", 'tag:"old ferry"']);
  assert.deepEqual(parsed.terms.map(({ shown, tokens, quoted }) => [shown, tokens, quoted]),
    [["lamp", ["lamp"], false], ["old ferry", ["old", "ferry"], true], ["noon:late", ["noon", "late"], false]]);
});
