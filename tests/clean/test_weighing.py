"""How sure the heaviest of several readings is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.weighing import shares, weight

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
