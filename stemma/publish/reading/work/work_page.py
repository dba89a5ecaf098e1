"""The page of each work: its witnesses in numbers, who has which part, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from stemma.publish.finding_aid import FindingAid
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.reading.text import witness_list
from stemma.publish.reading.text.witness_list import Copy
from stemma.publish.reading.work.aligned_bars import Bars, bars
from stemma.publish.reading.work.apparatus_entries import Printing, printed
from stemma.publish.reading.work.work_view import OpenWork
from stemma.publish.wording.dates import parts, span_in_words
from stemma.publish.wording.numbers import count, figures
from stemma.publish.wording.titles import Heading, page_title
from stemma.records import Field, Kind
from stemma.settings import Settings
from stemma.text import WORD

_MOST_WITNESSES: Final = 500
_MOST_OUTER: Final = 100


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything the page of a work shows."""

    id: str
    heading: Heading
    title: str
    over: str
    under: str
    base: str
    base_stands: bool
    witnesses: tuple[Copy, ...]
    more_witnesses: int
    size: str
    outer: tuple[Copy, ...]
    more_outer: int
    bars: Bars | None
    printing: Printing
    sigla: str
    address: str


@dataclass(frozen=True, slots=True)
class MemberPage:
    """The short page that leads from a member to its work."""

    heading: Heading
    title: str
    siglum: str
    text: str
    work: str
    work_heading: Heading
    canonical: str


def pages(aid: FindingAid, work: OpenWork, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The page of a work, and a short page for every other member that leads to it."""
    path = urls.work(work.base.id)
    yield renderer.page("work.html", path, _context(aid, work, settings))
    for member in work.members:
        if member != work.base.id:
            yield renderer.page("member.html", urls.work(member), _member(aid, work, member, settings))


def _member(aid: FindingAid, work: OpenWork, member: str, settings: Settings) -> MemberPage:
    heading, path = aid.headings[member], urls.work(work.base.id)
    return MemberPage(
        heading=heading,
        title=page_title(heading, settings.title, "leads to its work"),
        siglum=work.sigla[member],
        text=urls.text(member),
        work=path,
        work_heading=_heading(aid, work),
        canonical=settings.address + path,
    )


def _heading(aid: FindingAid, work: OpenWork) -> Heading:
    """The title of the base, or of the first witness that stands."""
    if work.base_stands or not work.members:
        return aid.headings[work.base.id]
    return aid.headings[work.members[0]]


def _context(aid: FindingAid, work: OpenWork, settings: Settings) -> WorkPage:
    printing = printed(work)
    letters = [work.sigla[id_] for id_ in work.members]
    witnesses = count(len(work.members), "witness", "witnesses")
    return WorkPage(
        id=work.work.id,
        heading=_heading(aid, work),
        title=page_title(_heading(aid, work), settings.title, witnesses),
        over=f"A work in {witnesses}",
        under=_under(aid, work, printing),
        base=work.sigla[work.base.id],
        base_stands=work.base_stands,
        witnesses=tuple(_witnesses(aid, work)),
        more_witnesses=max(len(work.members) - _MOST_WITNESSES, 0),
        size=_size(work),
        outer=tuple(islice(_outer(aid, work), _MOST_OUTER)),
        more_outer=max(len(work.outer) - _MOST_OUTER, 0),
        bars=bars(work) if work.base_stands else None,
        printing=printing,
        sigla=", ".join(letters) if len(letters) < 3 else f"{letters[0]}–{letters[-1]}",
        address=settings.address + urls.work(work.base.id),
    )


def _under(aid: FindingAid, work: OpenWork, printing: Printing) -> str:
    pages_ = count(len(work.members), "page carries", "pages carry").capitalize()
    more = count(len(work.outer), "other carries", "others carry")
    said = [f"{pages_} this text" + (f" and {more} a part of it." if work.outer else ".")]
    dates = [aid.by_id[id_].value(Field.DATE) for id_ in (*work.members, *work.outer)]
    span = span_in_words(dates)
    bare = sum(not parts(date) for date in dates)
    if span:
        bear = "It bears the date" if len(dates) == 1 else "They bear dates from" if " to " in span else "Stated is"
        said.append(f"{bear} {span}" + (f"; {count(bare, 'bears', 'bear')} none." if bare else "."))
    else:
        said.append("No date is stated.")
    if work.parallels:
        said.append(_differ(printing))
    return " ".join(said)


def _differ(printing: Printing) -> str:
    if not printing.places:
        return "No word differs."
    light = ", not counting typographic differences" if printing.light_said else ""
    return f"They differ in {count(printing.places, 'place')}{light}."


def _size(work: OpenWork) -> str:
    if not work.base_stands:
        return ""
    words = sum(1 for _ in WORD.finditer(work.base.text))
    return f"{figures(words, 'word')}, {figures(len(work.base.body), 'paragraph')}"


def _witnesses(aid: FindingAid, work: OpenWork) -> Iterator[Copy]:
    house = work.base.value(Field.PUBLISHER)
    for id_ in work.members[:_MOST_WITNESSES]:
        relation = aid.relation(work.base.id, id_)
        said = []
        if id_ == work.base.id:
            if len(work.members) > 1:
                said.append("The base the others are compared with.")
        else:
            if house and aid.by_id[id_].value(Field.PUBLISHER) == house:
                said.append("Received again: a copy of the same publisher.")
            if id_ in work.parallels and work.base_stands:
                said.append(witness_list.in_numbers(work.parallels[id_].summary))
        kind = "" if id_ == work.base.id else "Revision" if relation is None else str(relation.kind).capitalize()
        yield witness_list.copy(aid, work, id_, kind, " ".join(said), near=work.base.id)


def _outer(aid: FindingAid, work: OpenWork) -> Iterator[Copy]:
    for id_ in work.outer:
        near = next((one for one in work.members if aid.relation(one, id_)), work.base.id)
        relation = aid.relation(near, id_)
        kind = "Excerpt" if relation and relation.kind is Kind.EXCERPT else "Contains"
        said = witness_list.shares(relation, near, work.sigla[near]) if relation else ""
        yield witness_list.copy(aid, work, id_, kind, said, near=near)
