"""Addresses that no longer lead to a text: the tombstone of a withdrawn text, and the page at an old address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.publish.index import Index
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.reading.text.witness_list import MAX_COPIES
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.titles import Heading
from stemma.records import Withdrawal
from stemma.settings import Settings

WORK_RULE: Final = f"/{urls.WORKS}/* /{urls.TEXTS}/:splat 302\n"
"""A work with one witness has no page: its address leads to the text, until a second witness is found."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another copy, which is published."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The page in place of a withdrawn text: nothing of it but its id."""

    id: str
    reason: str
    date: str
    others: tuple[Other, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Alias:
    """Where a text is now."""

    heading: Heading
    target: str
    canonical: str


def pages(index: Index, renderer: Renderer) -> Iterator[File]:
    """A page at the address of each withdrawn text, whether or not its raw file is still there.

    Netlify answers there with status 410 and the same page from gone/, by the rules in _redirects; a rule must not
    point at its own address. Other hosts show the page.
    """
    rules: list[str] = []
    for id_ in sorted(index.withdrawn):
        edits = index.archive.edits[id_]
        if not edits.withdrawn:
            continue
        for name in (id_, *edits.aliases):
            if name == id_ or name not in index.archive.by_id:
                yield _tombstone(index, id_, edits.withdrawn, renderer, urls.text(name))
                rules.append(f"/{urls.text(name)} /gone/{id_}.html 410!\n")
        yield _tombstone(index, id_, edits.withdrawn, renderer, f"gone/{id_}.html")
    yield File("_redirects", "".join([*rules, WORK_RULE]).encode())


def _tombstone(index: Index, id_: str, withdrawal: Withdrawal, renderer: Renderer, path: str) -> File:
    others = index.withdrawn_copies.get(id_, ())
    return renderer.page("tombstone.html", path, Tombstone(
        id=id_,
        reason=one_line(withdrawal.reason),
        date=in_words(one_line(withdrawal.date), renderer.tr),
        others=tuple(Other(index.card[one].title, urls.text(one)) for one in others[:MAX_COPIES]),
        more=max(len(others) - MAX_COPIES, 0),
    ))  # fmt: skip


def aliases(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """A page at each old address of a published text. An address in use is never taken."""
    taken = set(index.archive.by_id)
    for id_ in sorted(index.archive.edits):
        edits = index.archive.edits[id_]
        if id_ not in index.archive.by_id or id_ in index.withdrawn:
            continue
        for alias in edits.aliases:
            if alias not in taken:
                taken.add(alias)
                target = urls.text(id_)
                context = Alias(index.card[id_].heading, target, settings.address + target)
                yield renderer.page("alias.html", urls.text(alias), context)
