"""Dates in a line of text: every usual written and numeric form, read without guessing.

A mention knows where it stands and which calendar days it can mean. A day and a month both written as numbers up to
twelve can mean two days: such a mention is resolved by the page (:func:`resolve`) or not at all.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

FIRST_YEAR: Final = 1900
"""Years before are read by no form."""
LAST_YEAR: Final = 2100
"""Years after are read by no form."""


def _read_months() -> Mapping[str, int]:
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(
        files(__package__).joinpath("months.toml").read_text(encoding="utf-8")
    )
    names: dict[str, int] = {}
    for table in tables.values():
        for language, months in table.items():
            for number, spellings in enumerate(months, start=1):
                for name in spellings.split("|"):
                    if names.setdefault(name, number) != number:
                        raise ValueError(f"months.toml: {language}: {name!r} is two different months")
    return MappingProxyType(names)


MONTHS: Final = _read_months()
"""Month numbers by name, lower case, without a full stop."""


class Order(StrEnum):
    """Which of two numbers is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in a line, half open. ``other`` is its second reading, or empty when there is only one.

    ``separator`` is the sign between numbers (empty where the month is written out): dates of one page that share it
    share their order.
    """

    start: int
    end: int
    iso: str
    other: str = ""
    separator: str = ""


# Digits of other scripts, one for one, so that offsets stay.
_DIGITS: Final = {zero + n: str(n) for zero in (0x660, 0x6F0, 0x966, 0xFF10) for n in range(10)} | {
    0xA0: " ",
    0x2007: " ",
    0x2009: " ",
    0x202F: " ",
    0x200E: " ",
    0x200F: " ",
    0xFF0F: "/",
    0xFF0E: ".",
    0x2010: "-",
    0x2011: "-",
}

_WORD: Final = r"([^\W\d_]{3,14}(?:\s[^\W\d_]{4,6})?|آب|\u0645\u0627\u064a)"
_LINK_WORD: Final = r"(?:d[eé]l?|of|di|do|den|d['’])"
_DAY_MONTH_YEAR: Final = re.compile(
    r"(?<![^\W_])(?<![/:–—-])(?<!\d[.,])(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°|\\?\.|-?го|-?е)?"
    rf"\s{{0,3}}(?:[-–/,،]|{_LINK_WORD}\s|d['’])?\s{{0,2}}"
    rf"{_WORD}[.,،]{{0,2}}\s{{0,3}}(?:{_LINK_WORD}\s|[-–/,])?\s{{0,2}}(\d{{4}})(?:(?![\d%])|(?=\d{{1,2}}\\?\.?\s[^\W\d_])|(?<=20\d\d)(?=\d{{1,2}}(?::|$)))",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR: Final = re.compile(
    # A small letter before a capital: the words of two boxes of a page, run together.
    r"(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[A-Z])))([^\W\d_]{3,12})\.?\s{0,3}[-/]?\s{0,2}(\d{1,2})(?:st|nd|rd|th|º)?"
    r"(?:\s?[,،.]\s{0,3}|\s{1,3}|[-/])(?:of\s)?(\d{4})(?:(?![\d%])|(?<=20\d\d)(?=\d{1,2}(?::|\s|$)))",
    re.IGNORECASE,
)
_YEAR_MONTH_DAY: Final = re.compile(
    r"(?<!\d)(\d{4})(?:\s?[,.]\s{0,3}|\s{1,3}|-)([^\W\d_]{3,12})\.?\s{0,3}[-]?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.%])",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(
    r"(?<![\d/.-])(\d{4})(?:(?P<sep>[-/.])(\d{1,2})(?P=sep)(\d{1,2})(?![\d/-])(?!\.\d)"
    r"|\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號])"
)
_ERA: Final = re.compile(r"(令和|平成|昭和)\s?(元|\d{1,2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_NUMERIC: Final = re.compile(
    r"(?<![\d/.:€$£-])(?<!\d,)(\d{1,2})(?P<sep>\s?[./-]\s?)(\d{1,2})(?P=sep)(\d{4}|\d\d)(?![\d/%€$£-])(?![.,:]\d)"
)
_CAPITAL: Final = re.compile(r"(?<=[a-z])[A-Z][a-z]{2,9}$")
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}
_A_DIGIT: Final = re.compile(r"[\d元]")
_MAY_BE_DATE: Final = re.compile(r"\d{4}|\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d\d|[元\d]\s?年")


def possible(line: str) -> bool:
    """Whether a line can have a date at all: a cheap look before :func:`find`."""
    return _A_DIGIT.search(line) is not None


@lru_cache(maxsize=512)
def find(line: str) -> tuple[DateMention, ...]:
    """All dates of a line from left to right, without overlaps. Impossible days and years out of range are none."""
    if not _A_DIGIT.search(line):
        return ()
    if not line.isascii():
        line = line.translate(_DIGITS)
    if not _MAY_BE_DATE.search(line):
        return ()
    found: list[DateMention] = []
    for reader in _readers(line):
        for mention in reader(line):
            if all(mention.end <= other.start or mention.start >= other.end for other in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _readers(line: str) -> Iterator[Callable[[str], Iterator[DateMention]]]:
    """The readers one of whose marks the line has."""
    yield _written
    marked = "-" in line or "/" in line or "." in line
    if marked or not line.isascii():
        yield _year_first
    if "年" in line:
        yield _eras
    if marked:
        yield _numeric


def iso(year: int, month: int, day: int) -> str:
    """The ISO text of a day, or the empty string where the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= calendar.monthrange(year, month)[1] else ""


def month(word: str) -> int:
    """The month a word names, 0 if none; of two words the first may do alone, of two run together the last."""
    name = " ".join(word.lower().split())
    last = _CAPITAL.search(word)
    return MONTHS.get(name) or MONTHS.get(name.partition(" ")[0]) or (MONTHS.get(last[0].lower(), 0) if last else 0)


def _written(line: str) -> Iterator[DateMention]:
    for pattern, day, name, year in (
        (_DAY_MONTH_YEAR, 1, 2, 3),
        (_MONTH_DAY_YEAR, 2, 1, 3),
        (_YEAR_MONTH_DAY, 3, 2, 1),
    ):
        for match in pattern.finditer(line):
            number = month(match[name])
            date = iso(int(match[year]), number, int(match[day])) if number else ""
            if date:
                yield DateMention(match.start(), match.end(), date)


def _year_first(line: str) -> Iterator[DateMention]:
    for match in _YEAR_FIRST.finditer(line):
        year, _, first, second, third, fourth = match.groups()
        date = iso(int(year), int(first or third), int(second or fourth))
        if date:
            yield DateMention(match.start(), match.end(), date)


def _eras(line: str) -> Iterator[DateMention]:
    for match in _ERA.finditer(line):
        year = 1 if match[2] == "元" else int(match[2])
        date = iso(_ERAS[match[1]] + year, int(match[3]), int(match[4]))
        if date:
            yield DateMention(match.start(), match.end(), date)


def _numeric(line: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(line):
        first, separator, second, year = int(match[1]), match["sep"].strip(), int(match[3]), _year(match[4])
        readings = [date for date in (iso(year, second, first), iso(year, first, second)) if date]
        if not readings or (len(match[4]) == 2 and separator == "-"):
            continue
        other = readings[1] if len(readings) == 2 and first != second else ""
        yield DateMention(match.start(), match.end(), readings[0], other, separator)


def _year(digits: str) -> int:
    """A year of two digits is of this century up to 69, as POSIX has it."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (2000 if number < 69 else 1900)


def order(text: str, separator: str) -> Order | None:
    """The order of day and month that a page's own numeric dates with one separator show, None if none or both."""
    shown = set()
    for match in _NUMERIC.finditer(text if text.isascii() else text.translate(_DIGITS)):
        first, second = int(match[1]), int(match[3])
        if match["sep"].strip() == separator and (first > 12) != (second > 12) and max(first, second) < 32:
            shown.add(Order.DAY_FIRST if first > 12 else Order.MONTH_FIRST)
    return shown.pop() if len(shown) == 1 else None


def resolve(mention: DateMention, shown: Order | None, written: Iterable[str]) -> str:
    """The one day a mention means, or the empty string.

    ``shown`` is the order the page's other dates have, ``written`` the days the page writes out beyond doubt.
    """
    if not mention.other:
        return mention.iso
    agreeing = {date for date in written if date in {mention.iso, mention.other}}
    if len(agreeing) == 1:
        return agreeing.pop()
    if shown is None:
        return ""
    return mention.iso if shown is Order.DAY_FIRST else mention.other
