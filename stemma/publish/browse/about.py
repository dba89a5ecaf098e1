"""The pages that speak of the archive itself: about, how to read, how to cite, withdrawn texts, and nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from stemma.publish.browse.home import size_in_words
from stemma.publish.browse.pagination import LONGEST, Pager, pager, room
from stemma.publish.index import Card, by_date, cards
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line
from stemma.records import Archive
from stemma.settings import Settings


@dataclass(frozen=True, slots=True)
class About:
    """What the page about the archive needs besides the frame."""

    size: str
    raw_files: bool
    contact: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A text of the archive to show an address with, or empty."""

    example: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A text that was taken down: its id, why and since when, in words."""

    id: str
    reason: str
    date: str

    @property
    def path(self) -> str:
        """The address of its tombstone."""
        return urls.text(self.id)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """One page of the list of withdrawn texts."""

    total: int
    texts: tuple[Gone, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class Lost:
    """The page for an address that leads nowhere. Served at any depth: links begin at the host."""

    root: str

    def url(self, target: str) -> str:
        """A link from the root of the host."""
        return self.root + target


def pages(archive: Archive, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """About, reading, citing, withdrawn and 404."""
    shelf = cards(archive)
    contact = settings.contact
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    safe = contact.startswith(("mailto:", "https://", "http://"))
    about = About(size_in_words(archive, shelf), settings.raw_files, contact if safe else "")
    yield renderer.page("about.html", "about.html", about)
    guide = Guide(_example(shelf))
    yield renderer.page("reading.html", "reading.html", guide)
    yield renderer.page("citing.html", "citing.html", guide)
    yield from _withdrawn(archive, renderer)
    yield renderer.page("404.html", "404.html", Lost(urlsplit(settings.address).path or "/"))


def _example(shelf: tuple[Card, ...]) -> str:
    return by_date(shelf)[0].path if shelf else ""


def _withdrawn(archive: Archive, renderer: Renderer) -> Iterator[File]:
    gone = sorted(
        (
            Gone(edits.id, one_line(edits.withdrawn.reason), in_words(one_line(edits.withdrawn.date)))
            for edits in archive.edits.values()
            if edits.withdrawn
        ),
        key=lambda one: one.id,
    )
    address = room("withdrawn")
    for number, first in enumerate(range(0, max(len(gone), 1), LONGEST), start=1):
        shown = tuple(gone[first : first + LONGEST])
        part = Withdrawn(len(gone), shown, pager(number, len(gone), address, ("text", "texts")))
        yield renderer.page("withdrawn.html", address(number), part)
