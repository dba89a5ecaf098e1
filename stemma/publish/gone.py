"""Addresses that no longer lead to a text: the tombstone of a text taken down, and the page at an old address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stemma.nouns import Withdrawal
from stemma.publish import addresses
from stemma.publish.copies import MOST
from stemma.publish.dates_in_words import in_words
from stemma.publish.finding_aid import FindingAid
from stemma.publish.headings import Heading
from stemma.publish.render import File, Renderer
from stemma.publish.visible import one_line
from stemma.settings import Settings


@dataclass(frozen=True, slots=True)
class Other:
    """Another text of the same work."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands in the place of a text that was taken down: nothing of it but its id."""

    id: str
    reason: str
    date: str
    others: tuple[Other, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Alias:
    """Where a text stands now."""

    heading: Heading
    target: str
    canonical: str


def tombstone(aid: FindingAid, id_: str, withdrawal: Withdrawal, renderer: Renderer) -> File:
    """The page at the address of a text that was taken down."""
    work = aid.work_of.get(id_)
    others = [member for member in work.members if member not in aid.gone] if work else []
    return renderer.page("tombstone.html", addresses.text(id_), Tombstone(
        id=id_,
        reason=one_line(withdrawal.reason),
        date=in_words(one_line(withdrawal.date)),
        others=tuple(Other(aid.headings[one].plain, addresses.text(one)) for one in others[:MOST]),
        more=max(len(others) - MOST, 0),
    ))  # fmt: skip


def aliases(aid: FindingAid, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """A page at each old address of a text that still stands. An address in use is never taken."""
    taken = set(aid.by_id)
    for id_ in sorted(aid.archive.edits):
        edits = aid.archive.edits[id_]
        if id_ not in aid.by_id or id_ in aid.gone:
            continue
        for alias in edits.aliases:
            if alias not in taken:
                taken.add(alias)
                target = addresses.text(id_)
                context = Alias(aid.headings[id_], target, settings.address + target)
                yield renderer.page("alias.html", addresses.text(alias), context)
