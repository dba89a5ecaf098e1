"""Dates as the records hold them: EDTF level 0, with the qualifiers of level 1.

The Extended Date/Time Format (Library of Congress, 2019; ISO 8601-2): a day, a month or a year, or an interval of two
of them with a slash between; ``?`` after one says that it is uncertain, ``~`` that it is approximate, ``%`` both.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

QUALIFIERS: Final = "?~%"
_MONTH: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)


def is_day(text: str) -> bool:
    """Whether a text is the ISO date of a day that the calendar has: "2017-03-15"."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_date(text: str) -> bool:
    """Whether a text is a date: "2017-03-15", "2017-03", "2017", "1950~", "1950?", "1949/1951-06"."""
    ends = text.split("/")
    if len(ends) > 2 or not all(map(_is_single, ends)):
        return False
    return len(ends) == 1 or _first_day(ends[0]) <= _last_day(ends[1])


def day(text: str) -> str:
    """The date where it is a day and certain, else the empty string."""
    return text if is_day(text) else ""


def first_day(text: str) -> str:
    """The earliest day a date can mean, as an ISO date: "1950~" begins on 1950-01-01. Expects :func:`is_date`."""
    return _first_day(text.split("/", maxsplit=1)[0])


def last_year(text: str) -> int:
    """The last year that a date is of: 1951 for "1949/1951-06". Expects :func:`is_date`."""
    return int(text.rpartition("/")[2][:4])


def is_plain(text: str) -> bool:
    """Whether a date is a day, a month or a year, neither uncertain nor approximate nor an interval."""
    return _is_single(text) and text[-1] not in QUALIFIERS


def _is_single(text: str) -> bool:
    plain = text[:-1] if text[-1:] and text[-1] in QUALIFIERS else text
    return is_day(plain) or _MONTH.fullmatch(plain) is not None


def _first_day(text: str) -> str:
    return text.rstrip(QUALIFIERS) + "-01-01"[len(text.rstrip(QUALIFIERS)) - 4 :]


def _last_day(text: str) -> str:
    return text.rstrip(QUALIFIERS) + "-12-31"[len(text.rstrip(QUALIFIERS)) - 4 :]
