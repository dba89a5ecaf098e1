// Dates as results show them.
import assert from "node:assert/strict";
import test from "node:test";
import { dated } from "./search-show.js";

test("a day, a month, a year, nothing", () => {
  assert.equal(dated(20170315), "15 March 2017");
  assert.equal(dated(20170300), "March 2017");
  assert.equal(dated(20170000), "2017");
  assert.equal(dated(0), "undated");
});
