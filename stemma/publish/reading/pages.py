"""All pages of the reading room, work by work: texts, works, comparisons, tombstones, old addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stemma.publish.finding_aid import FindingAid, finding_aid
from stemma.publish.output.render import File, Frame, Renderer, renderer
from stemma.publish.reading import tombstones
from stemma.publish.reading.text import text_page
from stemma.publish.reading.work import comparison_page, work_page
from stemma.publish.reading.work.work_view import opened
from stemma.records import Archive, Work
from stemma.settings import Settings
from stemma.workers import spread_over


@dataclass(frozen=True, slots=True)
class Room:
    """What every page of the room is made from; each process opens the templates itself."""

    aid: FindingAid
    frame: Frame
    settings: Settings


def pages(archive: Archive, door: Renderer, settings: Settings) -> Iterator[File]:
    """Every page of the reading room, in the order of the archive's works; each is made when it is asked for."""
    aid = finding_aid(archive)
    for made in spread_over(Room(aid, door.frame, settings), _of_work, archive.works, settings.jobs):
        yield from made
    yield from tombstones.tombstones(aid, door)
    yield from tombstones.aliases(aid, door, settings)


def _of_work(room: Room, work: Work) -> tuple[File, ...]:
    return tuple(_pages_of(room.aid, work, renderer(room.settings.templates, room.frame), room.settings))


def _pages_of(aid: FindingAid, work: Work, door: Renderer, settings: Settings) -> Iterator[File]:
    open_work = opened(aid, work)
    for member in work.members:
        if member not in aid.gone:
            yield text_page.page(aid, open_work, aid.by_id[member], door, settings)
    if open_work.members:
        yield from work_page.pages(aid, open_work, door, settings)
        yield from comparison_page.pages(aid, open_work, door, settings.title)
