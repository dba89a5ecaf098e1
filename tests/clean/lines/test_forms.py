"""Verse, code, tables and definitions: which lines of a text keep their line breaks, and that prose keeps none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.lines.forms import forms, is_code
from stemma.clean.lines.paragraphs import paragraph
from stemma.clean.lines.segment import segment
from stemma.records import Form

POEM = """The sluice lets out what the sluice let in,
    a plank, a shoe, a feather,
and those who wait for their ship to come
    will wait for the tide together.

Nobody asked what the keeper kept,
    for nobody dared to know,
and when he died in the month of May
    we let his lantern go."""
CODE = """if (gauge.dry) {
  warn("no water");
} else {
  draw(gauge.level());
}"""
TABLE = """Tide | Height | Boats
06:10 | 412 | 3
18:32 | 397 | 11"""
COLUMNS = """Harbour      Depth      Berths
Ennick       3.1        14
Tolleby      2.4        6"""
TERMS = """Weir
    A low dam that lets the water over it.
Sluice
    A gate that lets the water under it."""
PROSE = """The weir gave way at night.
Nobody was hurt, said the miller.
It will be built again in spring.
The council votes on Monday."""
LIST = """Rope and twine
Two lanterns
Oilskins
A long boat hook"""
DIALOGUE = """“Who keeps the key?” she asked.
“Nobody,” he said.
“Then the gate stays shut.”"""


def found(text: str) -> list[Form | None]:
    lines = segment(text)
    return forms(lines, [True] * len(lines))


@pytest.mark.parametrize(
    ("text", "form"),
    [(POEM, Form.VERSE), (CODE, Form.CODE), (TABLE, Form.TABLE), (COLUMNS, Form.TABLE), ("```\na\nb\n```", Form.CODE)],
)
def test_lines_of_these_are_kept(text: str, form: Form) -> None:
    assert set(found(text)) == {form}


@pytest.mark.parametrize("text", [PROSE, LIST, DIALOGUE, "One line, alone", "* a\n* b\n* c"])
def test_lines_of_these_are_paragraphs(text: str) -> None:
    assert set(found(text)) == {None}


def test_a_definition_is_told_from_its_term() -> None:
    assert found(TERMS) == [None, Form.DEFINITION, None, Form.DEFINITION]


def test_code_between_paragraphs_that_no_blank_line_parts() -> None:
    sentence = (
        "The gauge is asked once in a minute, and the answer drawn unless there is no water in the harbour at all."
    )
    assert found(f"{sentence}\n{CODE}\n{sentence}") == [None, *[Form.CODE] * 5, None]


def test_verse_keeps_its_breaks_and_indents_and_code_its_columns() -> None:
    lines = segment(POEM)
    assert paragraph(lines[:2], Form.VERSE).text == (
        "The sluice lets out what the sluice let in,\n" + "\u00a0" * 4 + "a plank, a shoe, a feather,"
    )
    assert paragraph(segment(CODE), Form.CODE).text == CODE
    assert paragraph(segment("```js\n  *a*\n```"), Form.CODE).text == "*a*"
    assert paragraph(segment(CODE), Form.CODE).spans == ()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("level = gauge.read()", True),
        ("});", True),
        ("for gauge in gauges:", True),
        ("// we may get here twice", True),
        ("The council met (again) on Tuesday.", False),
        ("If you ask the miller, he will say so.", False),
        ("Return of the ferry", False),
        ("We saw three boats; two came back;", False),
        ("", False),
    ],
)
def test_lines_of_code(line: str, answer: bool) -> None:  # noqa: FBT001
    assert is_code(line) is answer


@given(st.text(alphabet="ab|;{}()=, \n\t\u2502", max_size=200))
def test_any_lines_have_forms(text: str) -> None:
    lines = segment(text)
    assert len(forms(lines, [True] * len(lines))) == len(lines)
