"""Addresses that no longer lead to a text: the tombstone of a text taken down, and the page at an old address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stemma.publish.finding_aid import FindingAid
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.reading.text.witness_list import MOST
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.titles import Heading
from stemma.records import Withdrawal
from stemma.settings import Settings


@dataclass(frozen=True, slots=True)
class Other:
    """Another copy, which stands."""

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


def tombstones(aid: FindingAid, renderer: Renderer) -> Iterator[File]:
    """A page at the address of each text that was taken down, whether or not its raw file is still there.

    Netlify answers there with status 410 and the same page from gone/, by the rules in _redirects; a rule must not
    point at its own address. Other hosts show the page.
    """
    rules: list[str] = []
    for id_ in sorted(aid.gone):
        edits = aid.archive.edits[id_]
        if not edits.withdrawn:
            continue
        for name in (id_, *edits.aliases):
            if name == id_ or name not in aid.by_id:
                yield _tombstone(aid, id_, edits.withdrawn, renderer, urls.text(name))
                rules.append(f"/{urls.text(name)} /gone/{id_}.html 410!\n")
        yield _tombstone(aid, id_, edits.withdrawn, renderer, f"gone/{id_}.html")
    if rules:
        yield File("_redirects", "".join(rules).encode())


def _tombstone(aid: FindingAid, id_: str, withdrawal: Withdrawal, renderer: Renderer, path: str) -> File:
    others = aid.parted.get(id_, ())
    return renderer.page("tombstone.html", path, Tombstone(
        id=id_,
        reason=one_line(withdrawal.reason),
        date=in_words(one_line(withdrawal.date)),
        others=tuple(Other(aid.headings[one].plain, urls.text(one)) for one in others[:MOST]),
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
                target = urls.text(id_)
                context = Alias(aid.headings[id_], target, settings.address + target)
                yield renderer.page("alias.html", urls.text(alias), context)
