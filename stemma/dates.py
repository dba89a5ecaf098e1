"""Dates as the records hold them: ISO 8601 text of a day, a month or a year (EDTF level 0)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTH: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)


def is_day(text: str) -> bool:
    """Whether a text is the ISO date of a day that the calendar has: "2017-03-15"."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_date(text: str) -> bool:
    """Whether a text is the ISO date of a day, a month or a year: "2017-03-15", "2017-03", "2017"."""
    return is_day(text) or _MONTH.fullmatch(text) is not None
