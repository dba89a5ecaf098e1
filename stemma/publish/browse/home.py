"""The first page: what this archive is, its size, its months, the latest texts, the most copied works, publishers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.publish.browse.copied_in_time import CopiedInTime, in_time
from stemma.publish.browse.histogram import Histogram, drawn
from stemma.publish.browse.listings import copied_works
from stemma.publish.browse.pagination import Entry, Name, entry, path_of
from stemma.publish.index import Index, latest_first, publishers
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.translation import Translation
from stemma.settings import Settings

_LATEST_SHOWN: Final = 6
"""Texts with the latest stated dates on the first page."""
_COPIED_SHOWN: Final = 5
"""Works with the most witnesses on the first page."""
_PUBLISHERS_SHOWN: Final = 12
"""Publishers with the most texts on the first page."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the first page shows."""

    size: str
    months: Histogram | None
    undated_path: str
    latest: tuple[Entry, ...]
    texts: int
    copied: CopiedInTime | None
    works: int
    publishers: tuple[Name, ...]
    more_publishers: int
    more_texts: int


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The first page."""
    del settings
    works = copied_works(index)
    named = [pair for pair in publishers(index.cards) if pair[0]]
    yield renderer.page(
        "home.html",
        urls.HOME,
        HomePage(
            size_in_words(index, renderer.tr),
            drawn(index.cards, renderer.tr),
            path_of("dates", "undated"),
            tuple(entry(card) for card in latest_first(index.cards)[:_LATEST_SHOWN]),
            len(index.cards),
            in_time(works[:_COPIED_SHOWN], renderer.tr),
            len(works),
            tuple(Name(name, path_of("publishers", name), count) for name, count in named[:_PUBLISHERS_SHOWN]),
            len(named[_PUBLISHERS_SHOWN:]),
            sum(count for _, count in named[_PUBLISHERS_SHOWN:]),
        ),
    )


def size_in_words(index: Index, tr: Translation) -> str:
    """The size of the archive as one or two sentences in numbers."""
    if not index.cards:
        return tr.gettext("It holds no text yet.")
    sizes = [len(members) for members in index.members.values()]
    works, several = sum(size > 0 for size in sizes), sum(size > 1 for size in sizes)
    named = sum(bool(name) for name, _ in publishers(index.cards))
    found = tr.figures(len(index.cards), "%(num)s page", "%(num)s pages")
    if named:
        found = tr.figures(named, "%(pages)s from %(num)s publisher", "%(pages)s from %(num)s publishers", pages=found)
    first = tr.gettext("It holds %(pages)s.", pages=found)
    if not several:
        alone = tr.figures(
            works,
            "They are witnesses of %(num)s work; no work has more than one copy.",
            "They are witnesses of %(num)s works; no work has more than one copy.",
        )
        return f"{first} {alone}"
    they = tr.figures(works, "They are witnesses of %(num)s work", "They are witnesses of %(num)s works")
    more = tr.figures(
        several, "%(num)s of these has more than one witness", "%(num)s of these have more than one witness"
    )
    return f"{first} {they}; {more}."
