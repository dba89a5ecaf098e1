"""Texts by month (or by year, where the years are many) as a drawing of attributes alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.publish.index import Card
from stemma.publish.output import urls
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.translation import Translation, messages

_BASELINE: Final = 144.0
"""Where the bars stand, in CSS pixels from the top: the height of the drawing."""
_MAX_HEIGHT: Final = 120.0
"""The height of the highest bar, in CSS pixels; the rest is room for its label."""
_MAX_MONTHLY_YEARS: Final = 24
"""Up to so many years have a bar a month, beyond that a bar a year."""
_MAX_YEARS: Final = 400
"""Years drawn, the latest; one stray date must not make bars too thin to be seen."""
_BY_MONTH: Final = messages(
    "%(num)s dated texts by month, %(first)s to %(last)s. The fullest month is %(peak)s with %(most)s.",
    "%(num)s dated texts by month, %(first)s to %(last)s. The fullest month is %(peak)s with %(most)s.",
)
_BY_YEAR: Final = messages(
    "%(num)s dated texts by year, %(first)s to %(last)s. The fullest year is %(peak)s with %(most)s.",
    "%(num)s dated texts by year, %(first)s to %(last)s. The fullest year is %(peak)s with %(most)s.",
)
_MAX_LABELS: Final = 8
"""Labels below the bars: as many as 320 pixels hold."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands and how tall it is, as attributes."""

    x: str
    width: str
    y: str
    height: str
    peak: bool


@dataclass(frozen=True, slots=True)
class Years:
    """A label below the bars: a year or a run of years, the number of its texts, where it leads."""

    label: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The whole drawing. ``peak`` names the fullest month; ``anchor`` is where its words end or begin."""

    bars: tuple[Bar, ...]
    years: tuple[Years, ...]
    title: str
    peak: str
    peak_x: str
    anchor: str
    dated: int
    undated: int
    monthly: bool


def drawn(cards_: Iterable[Card], tr: Translation, list_path: str = "") -> Histogram | None:
    """The histogram of the stated dates, or None where there is no date at all.

    Its years lead to their pages, or to their headings in the list at ``list_path``.
    """
    all_dates = [card.numbers for card in cards_]
    dates = [date for date in all_dates if date]
    if not dates:
        return None
    last = max(date[0] for date in dates)
    first = max(min(date[0] for date in dates), last - _MAX_YEARS + 1)
    step = -(-(last - first + 1) // _MAX_LABELS)
    first = last - step * -(-(last - first + 1) // step) + 1
    monthly = last - first < _MAX_MONTHLY_YEARS and any(len(date) > 1 for date in dates)
    slots = _slots(dates, first, last, monthly=monthly)
    top = max(range(len(slots)), key=lambda index: slots[index])
    peak = _named(first, top, tr, monthly=monthly)
    share = 100 / len(slots)
    middle = top * share + share / 2
    form = _BY_MONTH if monthly else _BY_YEAR
    most = tr.number(slots[top])
    return Histogram(
        _bars(slots, top),
        _years(dates, (first, last, step), list_path),
        tr.figures(len(dates), *form, first=first, last=last, peak=peak, most=most),
        tr.figures(slots[top], "%(peak)s, %(num)s text", "%(peak)s, %(num)s texts", peak=peak),
        f"{middle - share if middle > 50 else middle + share:.2f}%",
        "end" if middle > 50 else "start",
        len(dates),
        len(all_dates) - len(dates),
        monthly,
    )


def _slots(dates: Sequence[tuple[int, ...]], first: int, last: int, *, monthly: bool) -> list[int]:
    width = 12 if monthly else 1
    slots = [0] * ((last - first + 1) * width)
    for date in dates:
        if date[0] >= first and (len(date) > 1 or not monthly):
            slots[(date[0] - first) * width + (date[1] - 1 if monthly else 0)] += 1
    return slots


def _named(first: int, slot: int, tr: Translation, *, monthly: bool) -> str:
    return in_words(f"{first + slot // 12:04}-{slot % 12 + 1:02}", tr) if monthly else str(first + slot)


def _bars(slots: Sequence[int], top: int) -> tuple[Bar, ...]:
    most = max(*slots, 1)
    share = 100 / len(slots)
    bars = []
    for index, count in enumerate(slots):
        if count:
            tall = max(2.0, _MAX_HEIGHT * count / most)
            bars.append(
                Bar(
                    f"{index * share + share * 0.115:.2f}%",
                    f"{share * 0.77:.2f}%",
                    f"{_BASELINE - tall:.1f}",
                    f"{tall:.1f}",
                    index == top,
                )
            )
    return tuple(bars)


def _years(dates: Sequence[tuple[int, ...]], span: tuple[int, int, int], list_path: str) -> tuple[Years, ...]:
    first, last, step = span
    counts = Counter(date[0] for date in dates)
    labels = []
    for year in range(first, last + 1, step):
        run = range(year, year + step)
        label = str(year) if step == 1 else f"{year}–{run[-1]}"
        path = urls.named("dates", f"{year:04}") if step == 1 and counts[year] else "dates.html"
        if list_path:
            there = next((one for one in run if counts[one]), None)
            path = f"{list_path}#y{there}" if there is not None else ""
        labels.append(Years(label, path, sum(counts[one] for one in run)))
    return tuple(labels)
