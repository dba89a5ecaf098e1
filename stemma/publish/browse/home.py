"""The first page: what this archive is, its size, its months, the latest texts, the most copied works, publishers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.publish.browse.histogram import Histogram, drawn
from stemma.publish.browse.listings import copied, path_of
from stemma.publish.browse.pagination import Entry, Name, entry
from stemma.publish.index import Card, cards, latest_first, publishers, standing, withdrawn
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.records import Archive
from stemma.settings import Settings

_LATEST: Final = 6
_COPIED: Final = 5
_PUBLISHERS: Final = 12


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows."""

    size: str
    months: Histogram | None
    undated_path: str
    latest: tuple[Entry, ...]
    texts: int
    copied: tuple[Entry, ...]
    works: int
    publishers: tuple[Name, ...]
    more_publishers: int
    more_texts: int


def pages(archive: Archive, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The first page."""
    del settings
    shelf = cards(archive)
    works = copied(archive, shelf)
    houses = [pair for pair in publishers(shelf) if pair[0]]
    yield renderer.page(
        "home.html",
        urls.HOME,
        Home(
            size_in_words(archive, shelf),
            drawn(shelf),
            path_of("dates", "undated"),
            tuple(entry(card) for card in latest_first(shelf)[:_LATEST]),
            len(shelf),
            works[:_COPIED],
            len(works),
            tuple(Name(name, path_of("publishers", name), count) for name, count in houses[:_PUBLISHERS]),
            len(houses[_PUBLISHERS:]),
            sum(count for _, count in houses[_PUBLISHERS:]),
        ),
    )


def size_in_words(archive: Archive, shelf: Sequence[Card]) -> str:
    """The size of the archive as one or two sentences in numbers."""
    if not shelf:
        return "It holds no text yet."
    gone = withdrawn(archive)
    sizes = [len(standing(work, gone)) for work in archive.works]
    works, several = sum(size > 0 for size in sizes), sum(size > 1 for size in sizes)
    houses = sum(bool(name) for name, _ in publishers(shelf))
    found = f" as they were found at {_number(houses, 'publisher')}" if houses else ""
    first = f"It holds {_number(len(shelf), 'page')}{found}."
    if not several:
        return f"{first} Read as texts they are {_number(works, 'work')}; none has been found in more than one copy."
    return (
        f"{first} Read as texts they are {_number(works, 'work')}; {several:,} of these "
        f"{'exists' if several == 1 else 'exist'} in more than one copy, and where copies differ, "
        "each difference is shown."
    )


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
