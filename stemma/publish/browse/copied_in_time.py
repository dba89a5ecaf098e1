"""The most copied works in time: for each a line from its earliest stated date to its latest, a mark a witness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stemma.publish.index import Card
from stemma.publish.output import urls
from stemma.publish.wording.dates import in_years, span_in_words
from stemma.publish.wording.translation import Translation


@dataclass(frozen=True, slots=True)
class CopiedWork:
    """One work: its title and address, its number of witnesses, its dates in words, and its line (per cent).

    ``marks`` are the places of its stated dates, empty where none is stated.
    """

    title: str
    path: str
    lang: str
    dir: str
    witnesses: int
    dates: str
    undated: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopiedInTime:
    """Works on one scale, and the years at both ends of it: 0 where no date is stated at all."""

    works: tuple[CopiedWork, ...]
    first: int
    last: int


def in_time(works: Sequence[Sequence[Card]], tr: Translation) -> CopiedInTime | None:
    """Works, each given by its witnesses, on one scale of whole years; None where there is no work."""
    if not works:
        return None
    years = [card.numbers[0] for cards in works for card in cards if card.numbers]
    first, last = min(years, default=0), max(years, default=0)
    return CopiedInTime(tuple(_work(cards, first, last, tr) for cards in works), first, last)


def _work(cards: Sequence[Card], first: int, last: int, tr: Translation) -> CopiedWork:
    base = cards[0]
    dates = sorted({card.numbers for card in cards if card.numbers})
    return CopiedWork(
        title=base.title,
        path=urls.work(base.id),
        lang=base.lang,
        dir=base.dir,
        witnesses=len(cards),
        dates=span_in_words([card.date for card in cards], tr),
        undated=sum(not card.numbers for card in cards),
        marks=tuple(f"{100 * (in_years(one) - first) / (last - first + 1):.2f}%" for one in dates),
    )
