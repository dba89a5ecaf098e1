"""The pages about the archive itself: about, how to read, how to cite, glossary, withdrawn texts, not found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from stemma.curation.review import expected_right
from stemma.publish.browse.build_page import doubtful_lines
from stemma.publish.browse.home import size_in_words
from stemma.publish.browse.pagination import MAX_ENTRIES, TEXTS, Pager, numbered, pager
from stemma.publish.index import Card, Index, by_date
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.accuracy import ACCURACY, Accuracy
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.glossary import Term, terms
from stemma.publish.wording.numbers import per_cent
from stemma.settings import Settings


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The page about the archive. ``right``: the share of its lines expected to be labelled rightly, in per cent."""

    size: str
    documents: str
    raw_files: bool
    contact: str
    accuracy: Accuracy
    doubtful_lines: int
    lines: int
    right: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """How to read, how to cite. ``example``: the address of a text to show as an example, or empty."""

    example: str


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """The terms of the site, in alphabetical order."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class WithdrawnText:
    """A text that was taken down: its id, why and since when, in words."""

    id: str
    reason: str
    date: str

    @property
    def path(self) -> str:
        """The address of its tombstone."""
        return urls.text(self.id)


@dataclass(frozen=True, slots=True)
class WithdrawnPage:
    """One page of the list of withdrawn texts."""

    total: int
    texts: tuple[WithdrawnText, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """The page for an address that leads nowhere. Served at any depth: links begin at the host."""

    root: str

    def url(self, target: str) -> str:
        """A link from the root of the host."""
        return self.root + target


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """About, reading, citing, glossary, withdrawn and 404."""
    contact = settings.contact
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    safe = contact.startswith(("mailto:", "https://", "http://"))
    about = AboutPage(
        size_in_words(index, renderer.tr),
        urls.documents(len(index.cards)),
        settings.raw_files,
        contact if safe else "",
        ACCURACY,
        *doubtful_lines(index.witnesses),
        per_cent(expected_right(index.witnesses), renderer.tr),
    )
    yield renderer.page("about.html", "about.html", about)
    guide = GuidePage(_example(index.cards))
    yield renderer.page("reading.html", "reading.html", guide)
    yield renderer.page("citing.html", "citing.html", guide)
    yield renderer.page("glossary.html", "glossary.html", GlossaryPage(terms(renderer.tr)))
    yield from _withdrawn(index, renderer)
    yield renderer.page("404.html", "404.html", NotFoundPage(urlsplit(settings.address).path or "/"))


def _example(cards_: tuple[Card, ...]) -> str:
    return by_date(cards_)[0].path if cards_ else ""


def _withdrawn(index: Index, renderer: Renderer) -> Iterator[File]:
    gone = sorted(
        (
            WithdrawnText(
                edits.id, one_line(edits.withdrawn.reason), in_words(one_line(edits.withdrawn.date), renderer.tr)
            )
            for edits in index.archive.edits.values()
            if edits.withdrawn
        ),
        key=lambda one: one.id,
    )
    address = numbered("withdrawn")
    for number, first in enumerate(range(0, max(len(gone), 1), MAX_ENTRIES), start=1):
        shown = tuple(gone[first : first + MAX_ENTRIES])
        part = WithdrawnPage(len(gone), shown, pager(number, len(gone), address, TEXTS, renderer.tr))
        yield renderer.page("withdrawn.html", address(number), part)
