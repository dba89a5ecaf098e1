"""All pages of the reading room, work by work: texts, works, comparisons, tombstones, old addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.nouns import Archive, Work
from stemma.publish import comparisons, gone, texts, works
from stemma.publish.finding_aid import FindingAid, finding_aid
from stemma.publish.opened import opened
from stemma.publish.render import File, Renderer
from stemma.settings import Settings


def pages(archive: Archive, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """Every page of the reading room, in the order of the archive's works; each is made when it is asked for."""
    aid = finding_aid(archive)
    yield from pages_of(aid, archive.works, renderer, settings)
    yield from gone.tombstones(aid, renderer)
    yield from gone.aliases(aid, renderer, settings)


def pages_of(aid: FindingAid, shelf: Iterable[Work], renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The pages of some works: so that several processes can share the room."""
    for work in shelf:
        open_work = opened(aid, work)
        for member in work.members:
            if member not in aid.gone:
                yield texts.page(aid, open_work, aid.by_id[member], renderer, settings)
        if open_work.members:
            yield from works.pages(aid, open_work, renderer, settings)
            yield from comparisons.pages(aid, open_work, renderer, settings.title)
