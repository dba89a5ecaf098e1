// Terms and facets -> rows, works and counts. Five texts: 0 and 1 are copies, 4 is undated.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { parse } from "./search-query.js";
import { evaluate } from "./search-sets.js";
import { tokenizer } from "./search-tokens.js";

const words = tokenizer(JSON.parse(readFileSync(new URL("folding.json", import.meta.url))));
const rows = {
  total: 5,
  publishers: [["Velmouth Packet", "The Packet"], ["Coastwise Review"], [""]],
  authors: [["Hanne Orlick"], ["Corin Vane"]],
  languages: [["German", "de"], ["English", "en"]],
  kinds: ["single text", "in several copies"],
  sources: ["", "packet.example"],
  publisher: [0, 1, 0, 1, 2],
  author: [[0], [0], [1], [0, 1], []],
  language: [1, 1, 1, 0, 1],
  kind: [1, 1, 0, 0, 0],
  source: [1, 1, 0, 0, 1],
  relation: [0, 1, 0, 0, 0],
  dates: [20170315, 20170316, 20160204, 20181100, 0],
  edtf: new Map([[2, "2016-02-04/2018"]]),
  works: [1, 1, 0, 0, 0],
};
const TEXTS = { lamp: [0, 1, 3], ferry: [2, 3, 4], goose: [1] };
const one = { score: 1, exact: true, places: [] };
const index = {
  rows,
  words,
  find: async (term) => new Map((TEXTS[term.shown] ?? []).map((row) => [row, one])),
};
const STATE = { publisher: [], author: [], language: [], kind: [], source: [], from: "", to: "", undated: true, sort: "relevance" };
const found = (query, state = {}) => evaluate(index, parse(query, words), { ...STATE, ...state });
const sorted = (all) => [...all].sort((a, b) => a - b);

test("all words must be in a text; excluded ones in none", async () => {
  assert.deepEqual(sorted((await found("lamp")).rows), [0, 1, 3]);
  assert.deepEqual((await found("lamp ferry")).rows, [3]);
  assert.deepEqual(sorted((await found("lamp -goose")).rows), [0, 3]);
});

test("a word that is nowhere is named and left out", async () => {
  const result = await found("lamp zeppelin");
  assert.deepEqual(result.nowhere.map((term) => term.shown), ["zeppelin"]);
  assert.deepEqual(sorted(result.rows), [0, 1, 3]);
});

test("copies of one work are one result, shown by its base", async () => {
  const { works } = await found("lamp");
  assert.deepEqual(works.find((work) => work.includes(0)), [0, 1]);
  assert.equal(works.length, 2);
});

test("prefixes and facets say which texts are meant", async () => {
  assert.deepEqual(sorted((await found("publisher:packet")).rows), [0, 2]);
  assert.deepEqual(sorted((await found("-publisher:packet")).rows), [1, 3, 4]);
  assert.deepEqual((await found("language:de")).rows, [3]);
  assert.deepEqual((await found("language:german")).rows, [3]);
  assert.deepEqual(sorted((await found("year:2016-2017")).rows), [0, 1, 2]);
  assert.deepEqual(sorted((await found("", { source: ["packet.example"] })).rows), [0, 1, 4]);
  assert.deepEqual((await found("publisher:gazette")).unknown, [{ prefix: "publisher", value: "gazette" }]);
  assert.deepEqual((await found("", { publisher: ["Coastwise Review"], language: ["German"] })).rows, [3]);
});

test("a value after a colon is sought from the beginning of a word, and whole words come first", async () => {
  const names = { authors: [["Anne Castle"], ["Bea Astor"], ["Cas O’Brien-Lund"], ["松本清張"]], author: [[0], [1], [2], [3], []], works: [0, 0, 0, 0, 0] };
  const query = (text) => evaluate({ ...index, rows: { ...rows, ...names } }, parse(text, words), STATE);
  assert.deepEqual(sorted((await query("author:as")).rows), [1]);
  assert.deepEqual((await query("author:cas")).works, [[2], [0]]);
  for (const value of ["brien", "obrien", "o'brien", "lund", '"cas obr"', "BRIEN"]) assert.deepEqual((await query(`author:${value}`)).rows, [2], value);
  assert.deepEqual((await query("author:清張")).rows, [3]);
  assert.deepEqual((await query("author:rien")).unknown, [{ prefix: "author", value: "rien" }]);
});

test("a count is the number of texts that choosing the value would leave", async () => {
  const { counts } = await found("lamp", { language: ["English"] });
  assert.deepEqual([...counts.language].sort(), [[0, 1], [1, 2]]);
  assert.deepEqual([...counts.publisher].sort(), [[0, 1], [1, 1]]);
});

test("by date the undated come last, whichever way", async () => {
  const rowsOf = async (sort) => (await found("ferry", { sort })).works.map(([row]) => row);
  assert.deepEqual(await rowsOf("earliest"), [2, 3, 4]);
  assert.deepEqual(await rowsOf("latest"), [3, 2, 4]);
});

test("an interval is of every year from its first to its last", async () => {
  assert.deepEqual(sorted((await found("year:2018")).rows), [2, 3]);
  assert.deepEqual(sorted((await found("", { from: "2017", to: "2017", undated: false })).rows), [0, 1, 2]);
  assert.deepEqual((await found("year:2019")).unknown, [{ prefix: "years", value: "2019" }]);
});
