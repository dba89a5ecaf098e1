"""Days of other calendars than the Gregorian one as ISO 8601 text, and which days there are."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

FIRST_YEAR: Final = 1400
"""Years before are read by no form."""
LAST_YEAR: Final = 2100
"""Years after are read by no form."""
BUDDHIST: Final = range(2443, 2644)
"""Years of the Buddhist era as Thai counts them: 543 more than the Gregorian, 1900 to 2100."""
BUDDHIST_SHIFT: Final = 543
PERSIAN: Final = range(1279, 1480)
"""Years of the solar Hijri calendar, 1900 to 2100."""
ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""The year before the first of each Japanese era, and of the era that Taiwan counts by."""
ERA_STARTS: Final = {"令和": "2019-05-01", "平成": "1989-01-08", "昭和": "1926-12-25", "大正": "1912-07-30"}
"""The first day of each Japanese era of the Gregorian calendar in Japan."""

_PERSIAN_EPOCH: Final = 226894
"""The day before 1 Farvardin 1, as Python's proleptic Gregorian ordinal."""


def iso(year: int, month: int, day: int) -> str:
    """The ISO text of a Gregorian day, or the empty string where the calendar has none or the year is out of range."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= calendar.monthrange(year, month)[1] else ""


def from_persian(year: int, month: int, day: int) -> str:
    """The ISO text of a day of the solar Hijri calendar, or the empty string.

    Leap years by the cycle of 33 years, which agrees with the observed calendar from 1178 to 1633 (1799 to 2254).
    """
    if year not in PERSIAN or not 1 <= month <= 12 or not 1 <= day <= _persian_month(year, month):
        return ""
    before = 31 * (month - 1) if month < 8 else 186 + 30 * (month - 7)
    days = 365 * (year - 1) + (8 * year + 21) // 33 + before + day
    return dt.date.fromordinal(_PERSIAN_EPOCH + days).isoformat()


def _persian_month(year: int, month: int) -> int:
    if month < 7:
        return 31
    return 30 if month < 12 or (25 * year + 11) % 33 < 8 else 29


def from_era(era: str, year: int, month: int, day: int) -> str:
    """The ISO text of a day of a Japanese era (or Taiwan's), or the empty string for a day before the era.

    A day after an era's end is read: what was printed before the change counts on.
    """
    date = iso(ERAS[era] + year, month, day)
    return date if date >= ERA_STARTS.get(era, "") else ""


def from_buddhist(year: int, month: int, day: int) -> str:
    """The ISO text of a day of the Buddhist era, or the empty string."""
    return iso(year - BUDDHIST_SHIFT, month, day) if year in BUDDHIST else ""
