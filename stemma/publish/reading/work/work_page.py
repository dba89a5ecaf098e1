"""The page of each work: its witnesses in numbers, who has which part, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.text import witness_list
from stemma.publish.reading.text.witness_list import Copy
from stemma.publish.reading.work.aligned_bars import Bars, bars
from stemma.publish.reading.work.apparatus_entries import Printing, printed
from stemma.publish.reading.work.change_strip import ChangeStrip, change_strip
from stemma.publish.reading.work.date_line import DateLine, date_line
from stemma.publish.reading.work.readings import Readings
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording.dates import span_in_words
from stemma.publish.wording.numbers import count, figures
from stemma.publish.wording.titles import Heading, page_title
from stemma.records import Kind
from stemma.settings import Settings
from stemma.text import WORD

_MAX_WITNESSES: Final = 500
"""Witnesses in the list of a page of a work."""

_MAX_OUTER: Final = 100
"""Texts of other works in the list of a page of a work."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything the page of a work shows."""

    id: str
    heading: Heading
    title: str
    over: str
    under: str
    base: str
    base_published: bool
    witnesses: tuple[Copy, ...]
    more_witnesses: int
    size: str
    outer: tuple[Copy, ...]
    more_outer: int
    bars: Bars | None
    printing: Printing
    strip: ChangeStrip | None
    readings: Readings | None
    dates: DateLine | None
    count: str
    address: str


def page(scope: WorkSlice, view: WorkView, renderer: Renderer, settings: Settings, readings: Readings | None) -> File:
    """The page of a work with several witnesses, at the address of its base. Other members' addresses have none."""
    return renderer.page("work.html", urls.work(view.base.id), _context(scope, view, settings, readings))


def _heading(scope: WorkSlice, view: WorkView) -> Heading:
    """The title of the base, or of the first published witness."""
    return scope.heads[view.base.id if view.base_published else view.members[0]].heading


def _context(scope: WorkSlice, view: WorkView, settings: Settings, readings: Readings | None) -> WorkPage:
    printing = printed(view)
    witnesses = count(len(view.members), "witness", "witnesses")
    return WorkPage(
        id=view.work.id,
        heading=_heading(scope, view),
        title=page_title(_heading(scope, view), settings.title, witnesses),
        over=f"A work in {witnesses}",
        under=_under(scope, view, printing),
        base=view.sigla[view.base.id],
        base_published=view.base_published,
        witnesses=tuple(_witnesses(scope, view)),
        more_witnesses=max(len(view.members) - _MAX_WITNESSES, 0),
        size=_size(view),
        outer=tuple(islice(_outer(scope, view), _MAX_OUTER)),
        more_outer=max(len(view.outer) - _MAX_OUTER, 0),
        bars=bars(view) if view.base_published else None,
        printing=printing,
        strip=change_strip(view, printing.numbers),
        readings=readings,
        dates=date_line(scope, view),
        count=witnesses,
        address=settings.address + urls.work(view.base.id),
    )


def _under(scope: WorkSlice, view: WorkView, printing: Printing) -> str:
    said = [count(len(view.members), "page has", "pages have").capitalize() + " this text"]
    said[0] += f"; {count(len(view.outer), 'other has', 'others have')} a part of it." if view.outer else "."
    dates = [scope.heads[id_].date for id_ in (*view.members, *view.outer)]
    span = span_in_words(dates)
    undated = dates.count("")
    if span:
        said.append(f"Dated {span}" + (f"; {count(undated, 'undated', 'undated')}." if undated else "."))
    else:
        said.append("No date is stated.")
    if view.parallels:
        said.append(_differ(printing))
    return " ".join(said)


def _differ(printing: Printing) -> str:
    if not printing.places:
        return "Same words throughout."
    light = ", not counting typographic differences" if printing.light_said else ""
    return f"They differ in {count(printing.places, 'place')}{light}."


def _size(view: WorkView) -> str:
    if not view.base_published:
        return ""
    words = sum(1 for _ in WORD.finditer(view.base.text))
    return f"{figures(words, 'word')}, {figures(len(view.base.body), 'paragraph')}"


def _witnesses(scope: WorkSlice, view: WorkView) -> Iterator[Copy]:
    publisher = scope.heads[view.base.id].publisher if view.base_published else ""
    for id_ in view.members[:_MAX_WITNESSES]:
        relation = scope.relation(view.base.id, id_)
        said = []
        if id_ == view.base.id:
            if len(view.members) > 1:
                said.append("The base the others are compared with.")
        else:
            if publisher and scope.heads[id_].publisher == publisher:
                said.append("Duplicate from the same publisher.")
            if id_ in view.parallels and view.base_published:
                said.append(witness_list.in_numbers(view.parallels[id_].summary))
        kind = "" if id_ == view.base.id else witness_list.KINDS[relation.kind if relation else Kind.REVISION]
        yield witness_list.copy(scope, view, id_, kind, " ".join(said), near=view.base.id)


def _outer(scope: WorkSlice, view: WorkView) -> Iterator[Copy]:
    for id_ in view.outer:
        near = next((one for one in view.members if scope.relation(one, id_)), view.base.id)
        relation = scope.relation(near, id_)
        kind = "Excerpt" if relation and relation.kind is Kind.EXCERPT else "Contains"
        said = witness_list.shares(relation, near, view.sigla[near]) if relation else ""
        yield witness_list.copy(scope, view, id_, kind, said, near=near)
