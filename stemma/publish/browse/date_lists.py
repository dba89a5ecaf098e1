"""The texts by date: years with their months, a calendar a year, a list a month, and the undated."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from stemma.publish.browse.pagination import (
    MAX_ENTRIES,
    Entry,
    ListPage,
    Name,
    Names,
    address_of,
    entry,
    paged,
    path_of,
)  # fmt: skip
from stemma.publish.index import Card, by_date
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.dates import in_words, month_in_words
from stemma.publish.wording.translation import Translation

_WEEKS: Final = Calendar()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar: its number, 0 outside the month; how many texts state it, and where they are listed."""

    number: int
    count: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a calendar: its name, its list, and its weeks from Monday on. ``rest``: texts that state no day."""

    name: str
    path: str
    weeks: tuple[tuple[Day, ...], ...]
    count: int
    rest: int


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year: its months with texts, and the list of the texts that state the year alone."""

    year: str
    months: tuple[Month, ...]
    count: int
    year_only: int
    year_only_path: str
    before: str
    after: str


def pages(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Years and their months, a calendar a year, a list a month, and the undated."""
    years: defaultdict[str, defaultdict[str, list[Card]]] = defaultdict(lambda: defaultdict(list))
    undated = []
    for card in by_date(cards):
        if card.numbers:
            year, *month = (f"{card.numbers[0]:04}", *(f"{one:02}" for one in card.numbers[1:2]))
            years[year][month[0] if month else ""].append(card)
        else:
            undated.append(card)
    yield _index(years, undated, renderer)
    order = ["", *years, ""]
    for place, (year, months) in enumerate(years.items()):
        yield from _year(year, months, (order[place], order[place + 2]), renderer)
    tr = renderer.tr
    page = ListPage(
        tr.gettext("Undated texts"), (tr.gettext("Texts that state no date, by title."),), tr.gettext("Dates"),
        "dates.html", empty=tr.gettext("Every text states a date."),
    )  # fmt: skip
    yield from paged(renderer, page, [entry(card) for card in undated], partial(urls.named, "dates", "undated"))


def _index(years: Mapping[str, Mapping[str, Sequence[Card]]], undated: Sequence[Card], renderer: Renderer) -> File:
    tr = renderer.tr
    groups = []
    for year, months in years.items():
        names = tuple(
            Name(month_in_words(int(month), tr) if month else tr.gettext("no month stated"),
                 path_of("dates", f"{year}-{month}" if month else f"{year}-year"), len(found))
            for month, found in sorted(months.items(), key=lambda pair: pair[0] or "99")
        )  # fmt: skip
        groups.append(Names(year, names, path_of("dates", year), sum(map(len, months.values()))))
    if undated:
        names = (Name(tr.gettext("no date stated"), path_of("dates", "undated"), len(undated)),)
        groups.append(Names(tr.gettext("Undated"), names, path_of("dates", "undated"), len(undated)))
    intro = tr.gettext("Texts by the date they state. Texts that state no date are listed as undated.")
    empty = tr.gettext("There is no text in this archive yet.")
    page = ListPage(tr.gettext("Dates"), (intro,), groups=tuple(groups), empty=empty)
    return renderer.page("list.html", "dates.html", page)


def _year(year: str, months: Mapping[str, Sequence[Card]], near: tuple[str, str], renderer: Renderer) -> Iterator[File]:
    tr = renderer.tr
    named = sorted(month for month in months if month)
    only = months.get("", [])
    page = YearPage(
        year, tuple(_month(year, month, months[month], tr) for month in named), sum(map(len, months.values())),
        len(only), path_of("dates", f"{year}-year"), *(path_of("dates", one) if one else "" for one in near),
    )  # fmt: skip
    yield renderer.page("year.html", path_of("dates", year), page)
    if only:
        alone = ListPage(tr.gettext("%(year)s, no month stated", year=year), (), year, path_of("dates", year))
        yield from paged(renderer, alone, [entry(card) for card in only], address_of("dates", f"{year}-year"))
    for month in named:
        listed = ListPage(in_words(f"{year}-{month}", tr), (), year, path_of("dates", year))
        entries = [_entry(card, tr) for card in months[month]]
        yield from paged(renderer, listed, entries, address_of("dates", f"{year}-{month}"))


def _entry(card: Card, tr: Translation) -> Entry:
    day = card.numbers[2] if len(card.numbers) > 2 else 0
    head = card.written if day else tr.gettext("No day stated")
    return replace(entry(card), head=head, anchor=f"d{day}" if day else "no-day")


def _month(year: str, month: str, found: Sequence[Card], tr: Translation) -> Month:
    days = Counter(card.numbers[2] for card in found if len(card.numbers) > 2)
    first: dict[int, int] = {}
    for place, card in enumerate(found):
        if len(card.numbers) > 2:
            first.setdefault(card.numbers[2], place)
    address = address_of("dates", f"{year}-{month}")

    def day(number: int) -> Day:
        if not days[number]:
            return Day(number)
        return Day(number, days[number], f"{address(first[number] // MAX_ENTRIES + 1)}#d{number}")

    weeks = _WEEKS.monthdayscalendar(max(int(year), 1), int(month))
    beyond = sorted(set(days) - {number for week in weeks for number in week})
    rows = [tuple(day(number) for number in week) for week in weeks]
    if beyond:  # a stated 31 February
        rows.append(tuple(day(number) for number in beyond[:7]))
    return Month(month_in_words(int(month), tr), address(1), tuple(rows), len(found), len(found) - days.total())
