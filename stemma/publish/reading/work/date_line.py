"""The date line of a work: its witnesses by stated date with their letters, the undated apart, who credits whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording.dates import in_years, span_in_words
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
class DateRow:
    """One stated date in the table: the letters of those that state it, and whom these credit as their source.

    ``small``: letters of texts of other works; ``more`` are not named. "undated" comes last.
    """

    date: str
    letters: tuple[str, ...]
    small: tuple[str, ...]
    more: int
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateLine:
    """The drawing: its height, its marks, in words what it shows, both ends; the table; ``more`` are in neither."""

    height: int
    marks: tuple[DateMark, ...]
    title: str
    first: str
    last: str
    rows: tuple[DateRow, ...]
    more: int


def date_line(scope: WorkSlice, view: WorkView) -> DateLine | None:
    """The date line of a work; None where fewer than two different dates are stated."""
    ids = (*view.members, *view.outer)
    stated = sorted((scope.heads[id_].numbers, id_) for id_ in ids if scope.heads[id_].numbers)
    dated = stated[:MAX_MARKS]
    if len({numbers for numbers, _ in dated}) < 2:
        return None
    times = [in_years(numbers) for numbers, _ in dated]
    span = times[-1] - times[0]
    places = [2 + 96 * (time - times[0]) / span for time in times]
    levels = _levels(places)
    top = max(levels)
    marks = tuple(
        DateMark(f"{x:.2f}%", 16 + (top - level) * _LEVEL_HEIGHT, view.sigla[id_], view.lower(id_))
        for x, level, (_, id_) in zip(places, levels, dated, strict=True)
    )
    said = "; ".join(f"{view.sigla[id_]} {scope.heads[id_].written}" for _, id_ in dated)
    tr = view.tr
    dates = span_in_words([scope.heads[id_].date for _, id_ in dated], tr)
    return DateLine(
        height=16 + (top + 1) * _LEVEL_HEIGHT,
        marks=marks,
        title=tr.gettext("Stated dates, %(span)s: %(marks)s.", span=dates, marks=said),
        first=scope.heads[dated[0][1]].written,
        last=scope.heads[dated[-1][1]].written,
        rows=tuple(_rows(scope, view, [id_ for _, id_ in dated])),
        more=len(stated) - len(dated),
    )


def _levels(places: Sequence[float]) -> list[int]:
    """The lowest level on which each letter has room beside the letters before it."""
    ends = [-_APART] * _LEVELS
    levels = []
    for place in places:
        level = next((one for one, end in enumerate(ends) if place - end >= _APART), _LEVELS - 1)
        ends[level] = place
        levels.append(level)
    return levels


def _rows(scope: WorkSlice, view: WorkView, dated: Sequence[str]) -> Iterator[DateRow]:
    """The table: a row a stated date, in the order of dates; then the undated."""
    credited = _credits(scope, view)
    bare = [id_ for id_ in (*view.members, *view.outer) if not scope.heads[id_].numbers]
    groups = [list(found) for _, found in groupby(dated, key=lambda id_: scope.heads[id_].written)]
    for ids in (*groups, *([bare] if bare else ())):
        yield DateRow(
            date=scope.heads[ids[0]].written,
            letters=tuple(view.sigla[id_] for id_ in ids[:MAX_MARKS] if not view.lower(id_)),
            small=tuple(view.sigla[id_] for id_ in ids[:MAX_MARKS] if view.lower(id_)),
            more=max(len(ids) - MAX_MARKS, 0),
            credits=tuple(credited[id_] for id_ in ids[:MAX_MARKS] if id_ in credited),
        )


def _credits(scope: WorkSlice, view: WorkView) -> Mapping[str, str]:
    """Who names whom as the source: a witness whose stated source is the publisher of others."""
    letters: dict[str, list[str]] = {}
    for id_ in view.members:
        if scope.heads[id_].publisher:
            letters.setdefault(key(scope.heads[id_].publisher), []).append(view.sigla[id_])
    found = {}
    for id_ in view.members:
        origin = scope.texts[id_].value(Field.ORIGIN)
        others = [one for one in letters.get(key(origin), ()) if one != view.sigla[id_]] if origin else []
        if others:
            credited = {"siglum": view.sigla[id_], "source": one_line(origin), "sigla": listed(others, view.tr)}
            found[id_] = view.tr.gettext("%(siglum)s credits %(source)s (%(sigla)s)", **credited)
    return found
