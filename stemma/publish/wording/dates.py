"""Dates as people write them: EDTF text -> "15 March 2017", "about 1950"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from stemma.publish.wording.translation import Translation, message

MONTHS: Final = (
    message("January"), message("February"), message("March"), message("April"), message("May"), message("June"),
    message("July"), message("August"), message("September"), message("October"), message("November"),
    message("December"),
)  # fmt: skip
_QUALIFIED: Final = {
    "?": message("perhaps %(date)s"),
    "~": message("about %(date)s"),
    "%": message("perhaps about %(date)s"),
}
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


@lru_cache(4096)
def parts(iso: str) -> tuple[int, ...]:
    """Year, month and day of a date, as many as it states; of an interval its beginning; empty for anything else."""
    hit = _ISO.match(iso)
    if hit is None:
        return ()
    numbers = tuple(int(number) for number in hit.groups() if number)
    return numbers if len(numbers) < 2 or 1 <= numbers[1] <= 12 else ()


def in_words(iso: str, tr: Translation) -> str:
    """A date, month, year or interval in words; text that is no date is given back as it came.

    >>> in_words("2017-03-15", ENGLISH), in_words("1950~", ENGLISH), in_words("1949/1951?", ENGLISH)
    ('15 March 2017', 'about 1950', '1949 to perhaps 1951')
    """
    ends = iso.split("/")
    if not all(map(parts, ends)):
        return iso
    said = [_qualified(end, tr) for end in ends]
    return said[0] if len(said) == 1 else _span(said[0], said[1], tr)


def _qualified(date: str, tr: Translation) -> str:
    written = _written(parts(date), tr)
    qualified = _QUALIFIED.get(date[-1:])
    return tr.gettext(qualified, date=written) if qualified else written


def span_in_words(dates: Sequence[str], tr: Translation) -> str:
    """The earliest and the latest of some ISO dates, saying what they share only once; empty for none.

    >>> span_in_words(["2017-12-30", "2017-03-15"], ENGLISH)
    '15 March to 30 December 2017'
    """
    known = sorted(numbers for numbers in map(parts, dates) if numbers)
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first == last:
        return _written(first, tr)
    begin = _written(first, tr)
    if first[0] == last[0] and len(first) > 1:
        begin = month_in_words(first[1], tr) if len(first) == 2 else _day_of_month(first[2], first[1], tr)
        if first[:2] == last[:2] and len(first) == 3:
            begin = tr.gettext("%(day)s", day=_day(first[2], tr))
    return _span(begin, _written(last, tr), tr)


def month_in_words(month: int, tr: Translation) -> str:
    """The name of a month, from 1."""
    return tr.gettext(MONTHS[month - 1])


def _span(first: str, last: str, tr: Translation) -> str:
    return tr.gettext("%(first)s to %(last)s", first=first, last=last)


def _written(numbers: tuple[int, ...], tr: Translation) -> str:
    year, *rest = numbers
    if not rest:
        return str(year)
    if len(rest) == 1:
        return tr.gettext("%(month)s %(year)s", month=month_in_words(rest[0], tr), year=year)
    day, month = _day(rest[1], tr), month_in_words(rest[0], tr)
    return tr.gettext("%(day)s %(month)s %(year)s", day=day, month=month, year=year)


def _day_of_month(day: int, month: int, tr: Translation) -> str:
    return tr.gettext("%(day)s %(month)s", day=_day(day, tr), month=month_in_words(month, tr))


def _day(day: int, tr: Translation) -> str:
    """The number of a day as a date has it: in French the first is "1er"."""
    return tr.gettext("1") if day == 1 else str(day)


def in_years(numbers: Sequence[int]) -> float:
    """The place of a date in time, in years: of a month or a year its first day."""
    year, month, day = (*numbers, 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 372
