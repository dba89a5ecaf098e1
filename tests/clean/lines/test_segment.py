"""Hard wrapping: wide pages, narrow columns, speakers, and words divided between lines."""

from __future__ import annotations

import textwrap

import pytest

from stemma.clean.lines.paragraphs import page_words, paragraph
from stemma.clean.lines.segment import segment, wrap_width

PROSE = (
    "The council met on Tuesday to hear how the old weir had given way in the night, and who would have to pay for a "
    "new one before the winter comes to the lower villages again. Nobody could say, and a second meeting has been "
    "called for the last day of the month, to which the public is invited to bring chairs, as the hall has none. "
)
VERSE = """Nobody rows to the weir any more,
not for the stone nor the sand,
the key is lost to the lower door,
the bell is lost to the land.
I went at the ebb in another's coat
with a lamp that I had not paid,
and called for the man who had kept the boat,
and was of the man afraid.
He said what the water had said before,
that nothing is kept that stands,
and gave me the key to the lower door
and water into my hands."""


@pytest.mark.parametrize("width", [28, 36, 44, 60, 72])
def test_prose_set_in_any_width_is_one_paragraph(width: int) -> None:
    lines = segment("\n".join(textwrap.wrap(PROSE * 2, width)))
    assert [line.wrapped for line in lines] == [False, *[True] * (len(lines) - 1)]


def test_verse_is_no_narrow_column() -> None:
    assert not any(line.wrapped for line in segment(VERSE))


def test_a_speaker_begins_a_paragraph() -> None:
    turns = ["Moss: " + PROSE, "Quay: " + PROSE, "Moss: " + PROSE, "Quay: No."]
    text = "\n".join("\n".join(textwrap.wrap(turn, 72)) for turn in turns)
    starts = [line.text[:5] for line in segment(text) if not line.wrapped]
    assert starts == ["Moss:", "Quay:", "Moss:", "Quay:"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nobody remembers that a deci-\nsion was taken", "a decision was taken"),
        ("the har-\nbour, and other harbour towns", "the harbour, and"),
        ("the mill-\nrace; a mill-race is a ditch", "the mill-race; a"),
        ("the price-\ndetermining factor", "the price-determining factor"),
        ("Anglo-\nSaxon weirs", "Anglo-Saxon weirs"),
        ("the weir-\nkeeper, the weir and its keeper", "the weir-keeper, the"),
        ("from 1990-\n2000 it stood", "from 1990- 2000 it"),
        ("Fähr\u00ad\nplan", "Fährplan"),
    ],
)
def test_words_divided_between_lines(text: str, words: str) -> None:
    lines = [line._replace(wrapped=at > 0) for at, line in enumerate(segment(text))]
    assert words in paragraph(lines, known=lambda: page_words(lines)).text


def test_the_width_of_a_page_is_told_by_its_full_lines() -> None:
    assert wrap_width([(72, 0)] * 20 + [(30, 0)]) == 72
    assert wrap_width([(300, 0)] * 20) == 0
    assert wrap_width([]) == 0
