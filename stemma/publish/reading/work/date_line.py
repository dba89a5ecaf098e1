"""The date line of a work: its witnesses by stated date with their letters, the undated apart, who credits whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording.dates import span_in_words
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.names import key
from stemma.publish.wording.numbers import listed
from stemma.records import Field

MAX_MARKS: Final = 60
"""Witnesses drawn, those with the earliest dates: more letters than that cannot be read."""
_APART: Final = 3.4
"""Per cent between two letters on one level, as many as a letter and a gap take on a phone."""
_LEVELS: Final = 4
"""Letters one above another; what finds no room is put on the top level."""
_LEVEL_HEIGHT: Final = 20
"""CSS pixels from one level to the next."""


@dataclass(frozen=True, slots=True)
class DateMark:
    """A witness on the line: where, on which level, its letter, and whether it is a text of another work."""

    x: str
    y: int
    siglum: str
    small: bool


@dataclass(frozen=True, slots=True)
class DateLine:
    """The drawing: its height, its marks, in words what it shows, both ends, the undated, and who credits whom."""

    height: int
    marks: tuple[DateMark, ...]
    title: str
    first: str
    last: str
    undated: str
    credits: tuple[str, ...]


def date_line(scope: WorkSlice, view: WorkView) -> DateLine | None:
    """The date line of a work; None where fewer than two different dates are stated."""
    ids = (*view.members, *view.outer)
    dated = sorted((scope.heads[id_].numbers, id_) for id_ in ids if scope.heads[id_].numbers)[:MAX_MARKS]
    if len({numbers for numbers, _ in dated}) < 2:
        return None
    times = [_time(numbers) for numbers, _ in dated]
    span = times[-1] - times[0]
    places = [2 + 96 * (time - times[0]) / span for time in times]
    levels = _levels(places)
    top = max(levels)
    marks = tuple(
        DateMark(f"{x:.2f}%", 16 + (top - level) * _LEVEL_HEIGHT, view.sigla[id_], view.lower(id_))
        for x, level, (_, id_) in zip(places, levels, dated, strict=True)
    )
    said = "; ".join(f"{view.sigla[id_]} {scope.heads[id_].written}" for _, id_ in dated)
    bare = [view.sigla[id_] for id_ in ids if not scope.heads[id_].numbers]
    return DateLine(
        height=16 + (top + 1) * _LEVEL_HEIGHT,
        marks=marks,
        title=f"Stated dates, {span_in_words([scope.heads[id_].date for _, id_ in dated])}: {said}.",
        first=scope.heads[dated[0][1]].written,
        last=scope.heads[dated[-1][1]].written,
        undated=f"Undated: {listed(bare)}." if bare else "",
        credits=_credits(scope, view),
    )


def _time(numbers: Sequence[int]) -> float:
    """A date in years."""
    year, month, day = (*numbers, 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 372


def _levels(places: Sequence[float]) -> list[int]:
    """The lowest level on which each letter has room beside the letters before it."""
    ends = [-_APART] * _LEVELS
    levels = []
    for place in places:
        level = next((one for one, end in enumerate(ends) if place - end >= _APART), _LEVELS - 1)
        ends[level] = place
        levels.append(level)
    return levels


def _credits(scope: WorkSlice, view: WorkView) -> tuple[str, ...]:
    """Who names whom as the source: a witness whose stated source is the publisher of others, once a pair of names."""
    letters: dict[str, list[str]] = {}
    for id_ in view.members:
        if scope.heads[id_].publisher:
            letters.setdefault(key(scope.heads[id_].publisher), []).append(view.sigla[id_])
    found = []
    for id_ in view.members:
        origin = scope.texts[id_].value(Field.ORIGIN)
        others = [one for one in letters.get(key(origin), ()) if one != view.sigla[id_]] if origin else []
        if others:
            found.append(f"{view.sigla[id_]} credits {one_line(origin)} ({listed(others)})")
    return tuple(found)
