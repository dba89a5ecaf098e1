"""Words as numbers: the quick way and the slow way agree, with each other and with the stated pattern."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from stemma.relate.detect.tokens import read_all
from stemma.text import WORD

CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from(
        "aAbBßİıſKÅéÉ\u0301\u0345ﬁ水々がｱﾞ한\u1112\u1161\u11ab_9٣…—’\n\u00ad\u200b𠀀𝐀😀ǄŉΐΣςकि\u094d\u093c\u09c7\u09beক"
        "\uf900\ufad9\U0002f800\U0002fa1d"
        "\u1780\u17d2\u0e01\u0e33\u0e31\u3099か½ﷺم\u064eـæ\ud800\U000e0100\u0327"
    ),
)
TEXTS = st.lists(st.text(CHARACTERS, max_size=30), max_size=6)


def numbers(texts: list[str]) -> list[list[int]]:
    return [read.units.tolist() for read in read_all(texts)]


@given(TEXTS)
def test_texts_read_together_are_as_read_alone(texts: list[str]) -> None:
    assert numbers(texts) == [numbers([text])[0] for text in texts]


@given(st.text(CHARACTERS, max_size=40))
@example("\u3040 and \u3097: no letters yet, between those that are")
@example("豈\U0002f800 and 丽: compatibility ideographs")
@example("ក្\u0301ក কো\u09c7\u09be")
def test_both_ways_of_reading_give_the_same(text: str) -> None:
    (quick,), (slow,) = read_all([text]), read_all([f"{text} \u1112"])  # Hangul in parts forces the slow way
    assert quick.units.tolist() == slow.units.tolist()[:-1]
    words = len(WORD.findall(text))
    assert words == (len(quick.units) if quick.firsts is None else quick.firsts[-1])


def test_units_of_scripts_without_spaces_are_the_same_wherever_they_lie() -> None:
    one, two = numbers(
        ["東の門の前に立つ古い水車は毎年春に回る。", "昨日、東の門の前に立つ古い水車は毎年春に回る。そして"]
    )
    assert 5 < len(one) < 17
    assert len(set(one) & set(two)) >= len(one) - 2


def test_case_compatibility_marks_and_invisible_characters_do_not_matter() -> None:
    one, two, three = numbers(["STRASSE ﬁn co\u00adoperate", "Straße fin cooperate", "ſtrasse FIN coöperate"])
    assert one == two == three


def test_no_text_is_no_words() -> None:
    assert numbers([]) == []
    assert numbers(["", " ", "…"]) == [[], [], []]
