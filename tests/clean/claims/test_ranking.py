"""How sure the heaviest of several readings is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.claims.author import select as author_select
from stemma.clean.claims.date import select as date_select
from stemma.clean.claims.page import lay_out
from stemma.clean.claims.ranking import CROWD, shares, weight
from stemma.clean.claims.title import select as title_select
from stemma.records import Label

WEIGHED = st.lists(st.tuples(st.sampled_from("abcd"), st.floats(-50, 50)), max_size=8)


def test_a_reading_stands_against_none() -> None:
    assert shares([("a", 0.0)]) == [("a", 0.5)]
    assert shares([]) == []


def test_who_says_the_same_is_heard_once() -> None:
    assert shares([("a", 0.0), ("a", 0.0), ("b", -1.0)]) == shares([("a", 0.0), ("b", -1.0)])


def test_facts_without_a_weight_weigh_nothing() -> None:
    assert weight(("known", "other"), {"known": 1.5}) == 1.5


@given(WEIGHED)
def test_shares_are_parts_of_a_whole_in_order(weighed: list[tuple[str, float]]) -> None:
    ranked = shares(weighed)
    assert sum(share for _, share in ranked) <= 1
    assert [share for _, share in ranked] == sorted((share for _, share in ranked), reverse=True)
    assert {value for value, _ in ranked} == {value for value, _ in weighed}


@pytest.mark.parametrize(
    "line",
    ["By Ada Quist, 3 May 2019", "Ada Quist", "Posted on 3/4/2019 by boatman", "The lamp at Ennick | Quay Times"],
)
def test_a_page_of_nothing_but_candidates_is_read_to_its_end(line: str) -> None:
    # Were each compared with all others, twenty thousand of them would take minutes.
    sheet = lay_out([line] * 20_000, [Label.META] * 20_000)
    title = title_select.title(sheet)
    assert len(author_select.candidates(sheet, (title.line or 0) if title else 0)) <= CROWD
    assert len(date_select.candidates(sheet, 0, frozenset(), "en")) <= CROWD
