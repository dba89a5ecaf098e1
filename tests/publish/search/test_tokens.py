"""Tokens: what Pagefind is given in place of a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.search.entries import entry
from stemma.publish.search.tokens import PLACEHOLDER, encoded, extras, sequence
from tests.publish import archives

WORDS = st.text(min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("L’écluse d’Arnoy", ["l", "ecluse", "d", "arnoy"]),
        ("Straße, STRASSE", ["strasse", "strasse"]),
        ("well-known—or not", ["well", "known", "or", "not"]),
        ("a_b _ c", ["a", "b", encoded("_"), "c"]),
        ("Zöllner", ["zzollner"]),
        ("m² and CO₂", ["m2", "and", "co2"]),
    ],
)
def test_words_are_tokens(text: str, tokens: list[str]) -> None:
    assert sequence([text])[0] == tokens


def test_a_script_without_spaces_is_in_pairs_over_the_ends_of_sentences_and_paragraphs() -> None:
    pairs = ["灯台", "台の", "の光", "光漁", "漁師", "師"]
    assert sequence(["灯台の光。", "漁師 went"]) == ([*map(encoded, pairs), "went"], [0, 4])


def test_a_divided_word_is_joined_between_its_neighbours() -> None:
    text = "read at last by a palaeo- grapher from the abbey"
    assert extras(text) == [PLACEHOLDER, "by", "a", "palaeographer", "from", "the"]
    assert extras("a cipher of his own inven-", "tion, which he had") == [
        PLACEHOLDER, "his", "own", "invention", "which", "he",
    ]  # fmt: skip
    assert extras("from 1901- to 1902, well-known") == []


def test_pictures_are_searched_after_the_text() -> None:
    made = entry(archives.witness("a", "A carnival 🎉 came.", title="Carnival", author=("Ida Quill",)))
    assert made.fragment.extra.split()[-1] == encoded("🎉")
    assert made.fragment.extras == ((6, 0),)
    assert (made.fragment.starts, made.fragment.end) == ((3,), 6)
    assert "<h1 data-pagefind-weight=7>carnival</h1>" in made.html
    assert "<p data-pagefind-weight=3>ida quill</p>" in made.html


@given(WORDS, WORDS)
def test_tokens_are_ascii_and_tell_words_apart(one: str, other: str) -> None:
    assert re.fullmatch("[a-z0-9]+", encoded(one))
    assert (encoded(one) == encoded(other)) == (one == other)
    assert encoded(one + other).startswith(encoded(one))
    assert PLACEHOLDER not in (encoded(one), encoded(other))
