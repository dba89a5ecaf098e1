"""Dates as people write them: EDTF text -> "15 March 2017", "about 1950"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_QUALIFIED: Final = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


def parts(iso: str) -> tuple[int, ...]:
    """Year, month and day of a date, as many as it states; of an interval its beginning; empty for anything else."""
    hit = _ISO.match(iso)
    if hit is None:
        return ()
    numbers = tuple(int(number) for number in hit.groups() if number)
    return numbers if len(numbers) < 2 or 1 <= numbers[1] <= 12 else ()


def in_words(iso: str) -> str:
    """A date, month, year or interval in words; text that is no date is given back as it came.

    >>> in_words("2017-03-15"), in_words("2017-03"), in_words("1950~"), in_words("1949/1951?")
    ('15 March 2017', 'March 2017', 'about 1950', '1949 to perhaps 1951')
    """
    ends = iso.split("/")
    return " to ".join(map(_qualified, ends)) if all(map(parts, ends)) else iso


def _qualified(date: str) -> str:
    return _QUALIFIED.get(date[-1:], "") + _written(parts(date))


def span_in_words(dates: Sequence[str]) -> str:
    """The earliest and the latest of some ISO dates, saying what they share only once; empty for none.

    >>> span_in_words(["2017-12-30", "2017-03-15"])
    '15 March to 30 December 2017'
    """
    known = sorted(numbers for numbers in map(parts, dates) if numbers)
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first == last:
        return _written(first)
    begin = _written(first)
    if first[0] == last[0] and len(first) > 1:
        begin = begin.removesuffix(f" {first[0]}")
        if first[:2] == last[:2] and len(first) == 3:
            begin = str(first[2])
    return f"{begin} to {_written(last)}"


def _written(numbers: tuple[int, ...]) -> str:
    year, *rest = numbers
    words = [str(rest[1])] if len(rest) > 1 else []
    if rest:
        words.append(MONTHS[rest[0] - 1])
    return " ".join([*words, str(year)])


def in_years(numbers: Sequence[int]) -> float:
    """The place of a date in time, in years: of a month or a year its first day."""
    year, month, day = (*numbers, 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 372
