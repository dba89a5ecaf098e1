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
from stemma.publish.wording.numbers import capital
from stemma.publish.wording.references import Cited, Format, Reference, formats
from stemma.publish.wording.titles import Heading, page_title
from stemma.publish.wording.translation import Translation
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
    sha256: str
    formats: tuple[Format, ...]


def page(scope: WorkSlice, view: WorkView, renderer: Renderer, settings: Settings, readings: Readings | None) -> File:
    """The page of a work with several witnesses, at the address of its base. Other members' addresses have none."""
    return renderer.page("work.html", urls.work(view.base.id), _context(scope, view, settings, readings))


def _heading(scope: WorkSlice, view: WorkView) -> Heading:
    """The title of the base, or of the first published witness."""
    return scope.heads[view.base.id if view.base_published else view.members[0]].heading


def _context(scope: WorkSlice, view: WorkView, settings: Settings, readings: Readings | None) -> WorkPage:
    printing = printed(view)
    witnesses = view.tr.count(len(view.members), "%(num)s witness", "%(num)s witnesses")
    reference = _reference(scope, view, settings)
    return WorkPage(
        id=view.work.id,
        heading=_heading(scope, view),
        title=page_title(_heading(scope, view).plain, settings.title, witnesses),
        over=view.tr.gettext("A work in %(witnesses)s", witnesses=witnesses),
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
        strip=change_strip(view, printing),
        readings=readings,
        dates=date_line(scope, view),
        count=witnesses,
        address=reference.address,
        sha256=reference.sha256,
        formats=formats(reference, view.tr),
    )


def _reference(scope: WorkSlice, view: WorkView, settings: Settings) -> Reference:
    """What a citation of the work may say: nothing that its witnesses state, which may disagree, but its title."""
    return Reference(
        id=view.work.id,
        title=_heading(scope, view).plain,
        authors=(),
        publisher="",
        date="",
        language=scope.heads[view.base.id if view.base_published else view.members[0]].lang,
        address=settings.address + urls.work(view.base.id),
        archive=settings.title,
        work="",
        sha256=view.base.accession.sha256 if view.base_published else "",
        cited=Cited.WORK,
    )


def _under(scope: WorkSlice, view: WorkView, printing: Printing) -> str:
    tr = view.tr
    have = capital(tr.count(len(view.members), "%(num)s page has this text", "%(num)s pages have this text"))
    outer = tr.count(len(view.outer), "%(num)s other has a part of it", "%(num)s others have a part of it")
    said = [f"{have}; {outer}." if view.outer else f"{have}."]
    dates = [scope.heads[id_].date for id_ in (*view.members, *view.outer)]
    span = span_in_words(dates, tr)
    undated = dates.count("")
    if span:
        dated = tr.gettext("Dated %(span)s", span=span)
        rest = tr.count(undated, "%(num)s undated", "%(num)s undated")
        said.append(f"{dated}; {rest}." if undated else f"{dated}.")
    else:
        said.append(tr.gettext("No date is stated."))
    if view.parallels:
        said.append(_differ(printing, tr))
    return " ".join(said)


def _differ(printing: Printing, tr: Translation) -> str:
    if not printing.places:
        return tr.gettext("Same words throughout.")
    if printing.light_said:
        return tr.count(
            printing.places,
            "They differ in %(num)s place, not counting typographic differences.",
            "They differ in %(num)s places, not counting typographic differences.",
        )
    return tr.count(printing.places, "They differ in %(num)s place.", "They differ in %(num)s places.")


def _size(view: WorkView) -> str:
    if not view.base_published:
        return ""
    words = sum(1 for _ in WORD.finditer(view.base.text))
    tr = view.tr
    said = (
        tr.figures(words, "%(num)s word", "%(num)s words"),
        tr.figures(len(view.base.body), "%(num)s paragraph", "%(num)s paragraphs"),
    )
    return tr.gettext(", ").join(said)


def _witnesses(scope: WorkSlice, view: WorkView) -> Iterator[Copy]:
    publisher = scope.heads[view.base.id].publisher if view.base_published else ""
    for id_ in view.members[:_MAX_WITNESSES]:
        relation = scope.relation(view.base.id, id_)
        said = []
        if id_ == view.base.id:
            if len(view.members) > 1:
                said.append(view.tr.gettext("The base the others are compared with."))
        else:
            if publisher and scope.heads[id_].publisher == publisher:
                said.append(view.tr.gettext("Duplicate from the same publisher."))
            if id_ in view.parallels and view.base_published:
                said.append(witness_list.in_numbers(view.parallels[id_].summary, view.tr))
        kind = witness_list.KINDS[relation.kind if relation else Kind.REVISION]
        kind = "" if id_ == view.base.id else view.tr.gettext(kind)
        yield witness_list.copy(scope, view, id_, kind, " ".join(said), near=view.base.id)


def _outer(scope: WorkSlice, view: WorkView) -> Iterator[Copy]:
    for id_ in view.outer:
        near = next((one for one in view.members if scope.relation(one, id_)), view.base.id)
        relation = scope.relation(near, id_)
        excerpt = relation is not None and relation.kind is Kind.EXCERPT
        kind = view.tr.gettext("Excerpt") if excerpt else view.tr.gettext("Contains")
        said = witness_list.shares(relation, near, view.tr, view.sigla[near]) if relation else ""
        yield witness_list.copy(scope, view, id_, kind, said, near=near)
