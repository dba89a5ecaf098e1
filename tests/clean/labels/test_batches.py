"""Pages are described, and lines folded and compared with rules, many at once: with the answers each gets alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.labels.features import describe_lines, describe_pages
from stemma.clean.labels.rules import rulebook
from stemma.clean.lines.folding import fold, fold_all, words, words_all
from stemma.clean.lines.segment import segment

SAID = (
    "Share this",
    "* Home",
    "  o Contact us",
    "[Read more](https://mill.example/a) 3 comments",
    "By Ada  Brook, 3 May 2019",
    "The lamp at the ferry was lit at 6:30 , and nobody knew by whom.",
    "灯台の火",
    "Ω\u2028ß é…",
    "1.2k",
    "…",
    "**",
    "👍 ok",
    "A line of prose that says you and I and 2019-05-03 and example.com in one breath.",
    "© 2019 The Ferry Packet",
)

LINES = st.one_of(st.sampled_from(SAID), st.text(st.characters(exclude_characters="\n"), max_size=60))


@given(st.lists(st.lists(LINES, max_size=12).map("\n".join), min_size=1, max_size=6))
def test_a_page_is_described_alone_as_among_others(pages: list[str]) -> None:
    cut = [segment(page) for page in pages]
    for lines, (numbers, rows) in zip(cut, describe_pages(cut), strict=True):
        alone = describe_lines(lines)
        assert np.array_equal(numbers, alone[0])
        assert np.array_equal(rows, alone[1])


@given(st.lists(LINES, min_size=1, max_size=20))
def test_a_line_is_folded_and_ruled_alone_as_among_others(lines: list[str]) -> None:
    folded = fold_all(lines)
    assert folded == [fold(line) for line in lines]
    assert words_all(folded) == [words(line) for line in folded]
    assert rulebook().match_all(lines) == [rulebook().match(line) for line in lines]
