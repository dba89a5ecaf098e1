"""How probable the best of several candidates is, and what is stated."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.claims.author.select import candidates as author_candidates
from stemma.clean.claims.date.select import candidates as date_candidates
from stemma.clean.claims.page import lay_out
from stemma.clean.claims.ranking import MAX_CANDIDATES, Candidate, Weights, rank, softmax
from stemma.clean.claims.title.select import rank_titles
from stemma.records import Claim, Field, Label

SCORED = st.lists(st.tuples(st.sampled_from("abcd"), st.floats(-50, 50)), max_size=8)
WEIGHTS = {"": Weights({"strong": 2.0, "middling": 1.0, "weak": -1.0})}


def candidate(value: str, *features: str, alternative: bool = True) -> Candidate:
    return Candidate(Claim(Field.DATE, (value,), "date.test"), features, value, alternative=alternative)


def test_one_candidate_is_ranked_against_none() -> None:
    assert softmax(["a"], [0.0]) == [("a", 0.5)]
    assert softmax([], []) == []


def test_candidates_that_mean_the_same_count_once() -> None:
    assert softmax("aab", [0.0, 0.0, -1.0]) == softmax("ab", [0.0, -1.0])


def test_features_without_a_weight_weigh_nothing() -> None:
    assert candidate("a", "strong", "unknown").score(WEIGHTS) == 2.0


def test_what_disagrees_is_stated_where_it_is_probable_too() -> None:
    found = [candidate("a", "weak"), candidate("b", "strong"), candidate("c", "middling")]
    assert [claim.value for claim in rank(found, WEIGHTS, 0.5, 0.5).claims] == ["b", "c"]
    assert [claim.value for claim in rank(found, WEIGHTS, 0.5).claims] == ["b"]
    assert rank(found, WEIGHTS, 0.9).claims == ()
    assert rank([], WEIGHTS, 0.5).claims == ()


@given(SCORED)
def test_probabilities_are_parts_of_a_whole_in_order(scored: list[tuple[str, float]]) -> None:
    ranked = softmax([value for value, _ in scored], [score for _, score in scored])
    assert math.fsum(probability for _, probability in ranked) <= 1
    assert [probability for _, probability in ranked] == sorted((one for _, one in ranked), reverse=True)
    assert {value for value, _ in ranked} == {value for value, _ in scored}


@pytest.mark.parametrize(
    "line",
    ["By Ada Quist, 3 May 2019", "Ada Quist", "Posted on 3/4/2019 by boatman", "The lamp at Ennick | Quay Times"],
)
def test_a_page_of_nothing_but_candidates_is_read_to_its_end(line: str) -> None:
    # Were each compared with all others, twenty thousand of them would take minutes.
    page = lay_out([line] * 20_000, [Label.META] * 20_000)
    title = rank_titles(page).claims
    assert len(author_candidates(page, (title[0].line or 0) if title else 0)) <= MAX_CANDIDATES
    assert len(date_candidates(page, 0, frozenset(), "en")) <= MAX_CANDIDATES
