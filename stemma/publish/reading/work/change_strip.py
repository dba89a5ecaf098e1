"""Where in the text the witnesses differ, drawn: the base from its first character to its last, a mark a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.observe.apparatus import Place
from stemma.observe.outline import Outline
from stemma.publish.reading.work.apparatus_entries import Printing
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording.translation import messages
from stemma.records import VariantType

_STEPS: Final = 250
"""Steps of the strip; differences that begin in one step are one mark, as high as the heaviest of them.

Marks of words are drawn first, so that none hides a lower one.
"""

_APART: Final = 3.0
"""Per cent between two numbers of paragraphs, as many as a number of three digits takes on a phone."""

_TITLE: Final = messages(
    "The text of %(siglum)s from its first word to its last, with a mark at each of %(num)s place where a witness "
    "differs, %(paragraphs)s of %(total)s.",
    "The text of %(siglum)s from its first word to its last, with a mark at each of %(num)s places where a witness "
    "differs, %(paragraphs)s of %(total)s.",
)

_MAX_LINKS: Final = 60
"""Paragraphs that are listed below the strip."""


@dataclass(frozen=True, slots=True)
class StripMark:
    """One mark: where, how wide (per cent), and its look: words, spelling or moved."""

    x: str
    width: str
    look: str


@dataclass(frozen=True, slots=True)
class StripHead:
    """The number of a paragraph, where it begins."""

    x: str
    number: int


@dataclass(frozen=True, slots=True)
class StripLink:
    """A paragraph with differences: its number, and how many places."""

    number: int
    places: int


@dataclass(frozen=True, slots=True)
class ChangeStrip:
    """The drawing, in words what it shows, and the paragraphs with differences; ``more`` are not listed."""

    marks: tuple[StripMark, ...]
    heads: tuple[StripHead, ...]
    links: tuple[StripLink, ...]
    more: int
    looks: frozenset[str]
    title: str


def change_strip(view: WorkView, printing: Printing) -> ChangeStrip | None:
    """The strip of a work; its links lead to what of the apparatus is printed. None where no words differ."""
    places = [one for one in view.places if one.type in (VariantType.SPELLING, VariantType.SUBSTANTIVE)]
    if not places or not view.base_published:
        return None
    length = max(len(view.base.text), 1)
    marks = tuple(_marks(places, length))
    listed = sorted({line.paragraph for line in printing.lines})[:_MAX_LINKS]
    return ChangeStrip(
        marks=marks,
        heads=tuple(_heads(view.outlines[view.base.id], length)),
        links=tuple(StripLink(number, printing.numbers[number]) for number in listed),
        more=len(printing.numbers) - len(listed),
        looks=frozenset(mark.look for mark in marks),
        title=view.tr.figures(
            len(places),
            *_TITLE,
            siglum=view.sigla[view.base.id],
            paragraphs=view.tr.figures(len(printing.numbers), "in %(num)s paragraph", "in %(num)s paragraphs"),
            total=view.tr.number(len(view.base.body)),
        ),
    )


def _marks(places: list[Place], length: int) -> Iterator[StripMark]:
    steps: dict[int, tuple[int, str]] = {}
    for one in places:
        first, last = (min(round(_STEPS * at / length), _STEPS - 1) for at in (one.start, one.end))
        width, look = steps.get(first, (0, "moved"))
        heavier = min(look, _look(one), key=("words", "spelling", "moved").index)
        steps[first] = (max(width, last - first), heavier)
    for first, (width, look) in sorted(steps.items(), key=lambda one: (one[1][1] != "words", one[0])):
        yield StripMark(f"{100 * first / _STEPS:.1f}%", f"{100 * max(width, 1) / _STEPS:.1f}%", look)


def _look(place: Place) -> str:
    if place.moved:
        return "moved"
    return "spelling" if place.type is VariantType.SPELLING else "words"


def _heads(base: Outline, length: int) -> Iterator[StripHead]:
    last = -_APART
    for number, start in enumerate(base.starts, 1):
        x = 100 * start / length
        if x - last >= _APART and x <= 100 - _APART:
            last = x
            yield StripHead(f"{x:.1f}%", number)
