// Dates as results show them.
import assert from "node:assert/strict";
import test from "node:test";
import { dated } from "./words.js";

test("a day, a month, a year, nothing", () => {
  assert.equal(dated(20170315), "15 March 2017");
  assert.equal(dated(20170300), "March 2017");
  assert.equal(dated(20170000), "2017");
  assert.equal(dated(0), "undated");
});

test("what a date leaves open is said", () => {
  assert.equal(dated(19500000, "1950~"), "about 1950");
  assert.equal(dated(19500600, "1950-06?"), "perhaps June 1950");
  assert.equal(dated(19490000, "1949/1951-02-03%"), "1949 to perhaps about 3 February 1951");
});
