"""What a reader may write: any text at all is taken apart, searched, and answered."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

PIECES = (
    "lamp", "-", "−", '"', "“", "”", " ", "publisher:", "year:", "2017", "-2018", "灯台", "うなぎ", "é", "e\u0301",
    "\u200b", "\u202e", "\0", "😀", "ﷺ", "ß", "İ", "'", "’", "<b>", "&amp;", "%", "\\", "*", "\ud83d",
)  # fmt: skip
QUERIES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
PARSE = """async (queries) => {
  const { parse } = await import("/static/search-query.js");
  const { tokenizer } = await import("/static/search-tokens.js");
  const words = tokenizer(await (await fetch("/data/folding.json")).json());
  return queries.map((query) => parse(query, words));
}"""
FIND = """async (queries) => {
  const { open } = await import("/static/search-index.js");
  const { parse } = await import("/static/search-query.js");
  const { evaluate } = await import("/static/search-sets.js");
  const facets = { publisher: [], author: [], language: [], kind: [], source: [] };
  const state = { ...facets, from: "", to: "", undated: true, sort: "relevance" };
  const index = await open(new URL("/", location.href));
  const answers = [];
  for (const query of queries) {
    const result = await evaluate(index, parse(query, index.words), state);
    answers.push([result.rows.length, result.works.reduce((sum, work) => sum + work.length, 0),
      [...result.counts.kind.values()].reduce((sum, count) => sum + count, 0)]);
  }
  answers.push((await evaluate(index, parse("lamp", index.words), state)).rows.length);
  return answers;
}"""


def received(query: str) -> str:
    """A query as the browser has it: half a character is a replacement character there."""
    return query.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def test_any_query_is_taken_apart(opening: Callable[..., Page]) -> None:
    page = opening("about.html")

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(QUERIES, min_size=20, max_size=40))
    @example(['A:"0"', "note:lamp", '-note:"old lamp"', "lamp\ud83d"])
    def check(queries: list[str]) -> None:
        for query, parsed in zip(queries, page.evaluate(PARSE, queries), strict=True):
            for term in parsed["terms"]:
                assert all(re.fullmatch("[a-z0-9]+", token) for token in (*term["tokens"], term["tail"] or "0"))
                assert term["tokens"] or term["tail"]
                assert term["shown"].lower() in received(query).lower()

    check()


def test_any_query_is_answered(opening: Callable[..., Page]) -> None:
    page = opening("about.html")
    lamp = page.evaluate(FIND, [])[0]
    assert lamp > 0

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(QUERIES, min_size=10, max_size=30))
    def check(queries: list[str]) -> None:
        *answers, again = page.evaluate(FIND, queries)
        assert again == lamp
        for rows, folded, counted in answers:
            assert rows == folded == counted

    check()


def test_a_very_long_query_takes_no_time(opening: Callable[..., Page]) -> None:
    page = opening("about.html")
    for query in ("a" * 60_000, '"' * 60_001, "a:" * 30_000, "-" * 60_000, "灯" * 60_000, "-a " * 20_000):
        spent = page.evaluate(
            """async (query) => {
              const { parse } = await import("/static/search-query.js");
              const { tokenizer } = await import("/static/search-tokens.js");
              const words = tokenizer(await (await fetch("/data/folding.json")).json());
              const began = performance.now();
              parse(query, words);
              return performance.now() - began;
            }""",
            query,
        )
        assert spent < 2000
