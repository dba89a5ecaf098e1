"""Words as numbers: the quick way and the slow way agree, with each other and with the stated pattern."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from stemma.relate.detect.tokens import read_all
from stemma.text import WORD, fold, fold_all, words_of

SIGNS = st.one_of(
    st.characters(), st.sampled_from("aAbBßİıſKÅéÉ\u0301\u0345ﬁ水々がｱ한\u1112\u1161_9٣…—’\n\u00ad\u200b𠀀𝐀😀ǄŉΐΣς")
)
TEXTS = st.lists(st.text(SIGNS, max_size=30), max_size=6)


def numbers(texts: list[str]) -> list[list[int]]:
    return [words.tolist() for words, _ in read_all(texts)]


@given(TEXTS)
def test_texts_read_together_are_as_read_alone(texts: list[str]) -> None:
    assert numbers(texts) == [numbers([text])[0] for text in texts]


@given(st.text(SIGNS, max_size=40))
@example("\u3040 and \u3097: no letters yet, in the middle of those that are")
def test_each_word_has_the_number_of_its_folded_form(text: str) -> None:
    if re.search("[\u00ad\u200b-\u200d\u2060\ufeff]", text):
        return
    words = WORD.findall(text)
    assert words_of(text) == words
    assert fold_all(words) == [fold(word) for word in words]
    alone = [numbers([f"{word}\u0301 x"])[0][0] for word in words]  # a combining sign forces the slow way
    assert numbers([text])[0] == alone


@given(st.text(SIGNS, max_size=40))
def test_places_are_words_as_written(text: str) -> None:
    ((words, places),) = read_all([text])
    if places is None:
        assert len(words) == len(WORD.findall(text))
    else:
        starts, ends = places
        count = len(WORD.findall(text))
        assert len(starts) == len(ends) == len(words)
        assert all(0 <= start < end <= count for start, end in zip(starts, ends, strict=True))


def test_case_compatibility_and_unseen_signs_do_not_matter() -> None:
    one, two, three = numbers(["STRASSE ﬁn co\u00adoperate", "Straße fin cooperate", "ſtrasse FIN coöperate"])
    assert one == two
    assert three[:2] == one[:2]
    assert three[2] != one[2]


def test_no_text_is_no_words() -> None:
    assert numbers([]) == []
    assert numbers(["", " ", "…"]) == [[], [], []]
