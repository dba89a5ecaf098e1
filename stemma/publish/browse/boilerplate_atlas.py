"""The furniture atlas: lines that recur on pages of unrelated works, their carriers, their other writings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stemma.observe.recurring_lines import Furniture, furniture
from stemma.publish.browse.pagination import Pager, pager, room
from stemma.publish.index import Card, cards, withdrawn
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.titles import shortened
from stemma.records import Archive
from stemma.settings import Settings

_PAGE: Final = 100
_CARRIERS: Final = 24


@dataclass(frozen=True, slots=True)
class Carrier:
    """A page that carries a line."""

    title: str
    path: str
    where: str


@dataclass(frozen=True, slots=True)
class Line:
    """One recurring line; ``number`` is its place in the whole atlas and its anchor."""

    number: int
    text: str
    label: str
    pages: int
    works: int
    variants: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Atlas:
    """One page of the atlas."""

    lines: tuple[Line, ...]
    pager: Pager
    number: int


def pages(archive: Archive, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The atlas, page by page. Labels withheld by the settings are left out."""
    gone = withdrawn(archive)
    standing = [witness for witness in archive.witnesses if witness.id not in gone]
    shelf = {card.id: card for card in cards(archive)}
    found = [one for one in furniture(standing, archive.works) if one.label not in settings.withheld]
    address = room("atlas")
    for number, first in enumerate(range(0, max(len(found), 1), _PAGE), start=1):
        lines = tuple(
            _line(place, one, shelf) for place, one in enumerate(found[first : first + _PAGE], start=first + 1)
        )
        here = pager(number, len(found), address, ("line", "lines"), _PAGE)
        yield renderer.page("atlas.html", address(number), Atlas(lines, here, number))


def _line(number: int, one: Furniture, shelf: Mapping[str, Card]) -> Line:
    shown = [shelf[carrier] for carrier in one.carriers[:_CARRIERS] if carrier in shelf]
    return Line(
        number,
        shortened(one_line(one.text)),
        one.label.meaning,
        len(one.carriers),
        one.works,
        tuple(dict.fromkeys(shortened(one_line(variant)) for variant in one.variants)),
        tuple(Carrier(card.title, card.path, card.where) for card in shown),
        len(one.carriers) - len(shown),
    )
