"""The apparatus of a work as printed: lemma, bracket, reading, siglum; the typographic ones apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stemma.observe.apparatus import Place, Reading
from stemma.observe.outline import paragraph_starts
from stemma.publish.output import urls
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import Translation
from stemma.records import VariantType
from stemma.text import WORD

MAX_PLACES: Final = 400
"""Places a page of a work prints; the comparisons have them all."""

_MAX_TYPOGRAPHIC: Final = 150
"""Typographic differences a page of a work prints."""

_MAX_WORDS: Final = 20
"""Words of a lemma or reading that are printed in full; of a longer one the first and last three."""

_MAX_SIGLA: Final = 12
"""Sigla printed behind one reading; the others are counted."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One reading: an editor's word before it ("om.", "adds", "before ¶ 4"), its text, its sigla."""

    editor: str
    text: str
    sigla: str
    more: int


@dataclass(frozen=True, slots=True)
class Line:
    """One place. ``new``: the first of its paragraph. ``weight`` is empty for differences of wording."""

    paragraph: int
    link: str
    new: bool
    lemma: str
    readings: tuple[Printed, ...]
    weight: str


@dataclass(frozen=True, slots=True)
class Printing:
    """All that is printed, and in words how much is not. ``numbers``: the places of wording in each paragraph."""

    lines: tuple[Line, ...]
    light: tuple[Line, ...]
    places: int
    numbers: Counter[int]
    light_said: str
    more: int
    more_light: int


def printed(view: WorkView) -> Printing:
    """The apparatus of a work, bounded."""
    heavy = [place for place in view.places if place.type in (VariantType.SPELLING, VariantType.SUBSTANTIVE)]
    light = [place for place in view.places if place.type not in (VariantType.SPELLING, VariantType.SUBSTANTIVE)]
    starts = paragraph_starts(view.base)
    within = len({bisect_right(starts, place.start) for place in light})
    return Printing(
        lines=tuple(_lines(view, heavy[:MAX_PLACES], starts)),
        light=tuple(_lines(view, light[:_MAX_TYPOGRAPHIC], starts)),
        places=len(heavy),
        numbers=Counter(_paragraph(place, starts) for place in heavy),
        light_said=_light(len(light), within, view.tr) if light else "",
        more=max(len(heavy) - MAX_PLACES, 0),
        more_light=max(len(light) - _MAX_TYPOGRAPHIC, 0),
    )


def _light(places: int, paragraphs: int, tr: Translation) -> str:
    said = (
        tr.count(places, "%(num)s typographic difference", "%(num)s typographic differences"),
        tr.count(paragraphs, "in %(num)s paragraph", "in %(num)s paragraphs"),
    )
    return tr.gettext(", ").join(said)


def _lines(view: WorkView, places: Sequence[Place], starts: Sequence[int]) -> Iterator[Line]:
    numbers = [_paragraph(place, starts) for place in places]
    for (before, number), place in zip(pairwise([0, *numbers]), places, strict=True):
        yield Line(
            paragraph=number,
            link=f"{urls.text(view.base.id)}#p{number}",
            new=number != before,
            lemma=_shortened(place.lemma) or _context(view.base.text, place.start, view.tr),
            readings=tuple(_printed(reading, place, view.base.text, starts, view.tr) for reading in place.readings),
            weight=_type(place, view.tr),
        )


def _paragraph(place: Place, starts: Sequence[int]) -> int:
    """The paragraph, from 1, that a place is printed under."""
    return max(bisect_right(starts, _first_word(place)), 1)


def _first_word(place: Place) -> int:
    """Where the words of a place begin: its lemma may start with the end of a paragraph, an addition follows one."""
    word = WORD.search(place.lemma)
    return place.start + word.start() if word else place.start - 1


def _type(place: Place, tr: Translation) -> str:
    if place.moved:
        return tr.gettext("moved")
    return tr.gettext("spelling") if place.type is VariantType.SPELLING else ""


def _printed(reading: Reading, place: Place, base: str, starts: Sequence[int], tr: Translation) -> Printed:
    if reading.before is not None:
        editor, text = _whither(reading.before, base, starts, tr), ""
    elif reading.omitted:
        editor, text = tr.gettext("om."), ""
    else:
        editor, text = tr.gettext("adds") if reading.added else "", _differing(place.lemma, reading.text)
    sigla = "\u2009".join(reading.sigla[:_MAX_SIGLA])
    return Printed(editor, text, sigla, max(len(reading.sigla) - _MAX_SIGLA, 0))


def _whither(before: int, base: str, starts: Sequence[int], tr: Translation) -> str:
    """Where words that moved are in a witness, by the paragraphs of the base."""
    number = bisect_left(starts, before)
    if number and base[before : before + 2] not in {"\n\n", ""} and before != (starts[number : number + 1] or [-1])[0]:
        return tr.gettext("in ¶ %(number)s", number=number)
    if number == len(starts):
        return tr.gettext("at the end")
    return tr.gettext("before ¶ %(number)s", number=number + 1)


def _differing(lemma: str, text: str) -> str:
    """A reading, shortened, but so that it does not look like its lemma."""
    short = _shortened(text)
    if short != _shortened(lemma):
        return short
    words, others = one_line(text).split(), one_line(lemma).split()
    at = next((place for place, (one, two) in enumerate(zip(words, others, strict=False)) if one != two), 0)
    return _shortened(f"… {' '.join(words[max(at - 2, 0) : at + 4])} …")


def _shortened(text: str) -> str:
    words = one_line(text[:4000] if len(text) <= 8000 else f"{text[:4000]} {text[-4000:]}").split()
    if len(words) > _MAX_WORDS:
        words = [*words[:3], "…", *words[-3:]]
    return " ".join(word if len(word) <= 60 else word[:59] + "…" for word in words)


def _context(text: str, at: int, tr: Translation) -> str:
    """The last words before an addition, which has no lemma of its own."""
    return " ".join(one_line(text[max(at - 120, 0) : at]).split()[-2:]) or tr.gettext("(at the beginning)")
