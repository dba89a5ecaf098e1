"""Recurring boilerplate: lines that recur on pages of unrelated works, where they appear, their variant forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stemma.observe.recurring_lines import RecurringLine, recurring_lines
from stemma.publish.browse.pagination import Pager, numbered, pager
from stemma.publish.index import Card, Index
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.titles import shortened
from stemma.publish.wording.translation import Translation, messages
from stemma.settings import Settings

_LINES_PER_PAGE: Final = 100
"""Lines on one page of the list."""
_LINES: Final = (
    messages("%(num)s line", "%(num)s lines"),
    messages("%(first)s to %(last)s of %(num)s lines", "%(first)s to %(last)s of %(num)s lines"),
)
_MAX_APPEARANCES: Final = 24
"""Pages named for one line; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A page on which a line appears."""

    title: str
    path: str
    where: str


@dataclass(frozen=True, slots=True)
class Line:
    """One recurring line; ``number`` is its place in the whole list and its anchor."""

    number: int
    text: str
    label: str
    pages: int
    works: int
    variants: tuple[str, ...]
    appearances: tuple[Appearance, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RecurringBoilerplate:
    """One page of the list of recurring lines."""

    lines: tuple[Line, ...]
    pager: Pager
    number: int


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The list, page by page. Labels withheld by the settings are left out."""
    found = [one for one in recurring_lines(index.witnesses, index.archive.works) if one.label not in settings.withheld]
    address = numbered("atlas")
    for number, first in enumerate(range(0, max(len(found), 1), _LINES_PER_PAGE), start=1):
        lines = tuple(
            _line(place, one, index.card, renderer.tr)
            for place, one in enumerate(found[first : first + _LINES_PER_PAGE], start=first + 1)
        )
        here = pager(number, len(found), address, _LINES, renderer.tr, _LINES_PER_PAGE)
        yield renderer.page("recurring_boilerplate.html", address(number), RecurringBoilerplate(lines, here, number))


def _line(number: int, one: RecurringLine, cards_of: Mapping[str, Card], tr: Translation) -> Line:
    shown = [cards_of[page] for page in one.carriers[:_MAX_APPEARANCES] if page in cards_of]
    return Line(
        number,
        shortened(one_line(one.text)),
        tr.gettext(one.label.meaning),
        len(one.carriers),
        one.works,
        tuple(dict.fromkeys(shortened(one_line(variant)) for variant in one.variants)),
        tuple(Appearance(card.title, card.path, card.where) for card in shown),
        len(one.carriers) - len(shown),
    )
