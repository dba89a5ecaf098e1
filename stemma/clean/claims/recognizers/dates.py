"""Dates in a line of text: the usual written and numeric forms of 38 languages and four calendars, without guessing.

A mention knows where it is and which days it can mean. A day and a month both written as numbers up to twelve can mean
two days: a weekday beside them decides, else the page does (:func:`resolve`), else neither is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from stemma.clean.claims.recognizers import calendars
from stemma.clean.claims.recognizers.calendar_names import MONTHS, PERSIAN_MONTHS, WEEKDAYS
from stemma.clean.claims.recognizers.calendars import BUDDHIST, ERAS, LAST_YEAR, PERSIAN, iso

FIRST_NUMERIC_YEAR: Final = 1900
"""A date of numbers alone is of no earlier year."""
WEEKDAY_REACH: Final = 24
"""Characters before a date of numbers in which its weekday is looked for."""


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


# Digits and marks of other scripts, one for one, so that offsets stay.
_DIGITS: Final = {
    zero + n: str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)
} | dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F, 0x200E, 0x200F), " ") | {
    0xFF0F: "/", 0xFF0E: ".", 0x2010: "-", 0x2011: "-", 0x2044: "/",
}  # fmt: skip

_WORD: Final = r"[^\W\d_]{3,14}"
"""A month in Latin letters without marks."""
_NO_LETTER: Final = r"\s\d.,،/:;()\[\]{}<>|\"'“”„«»!?…·•–—_+=*#&%@~^$€£\\-"
_ANY_WORD: Final = rf"(?:[\u0e01-\u0e4e]{{1,3}}\.[\u0e01-\u0e4e]{{1,3}}\.?|[^{_NO_LETTER}]{{2,20}})"
"""A month in any script, whose marks are no letters to Python; Thai abbreviates with stops inside."""
_SECOND_WORD: Final = rf"(?:\s[^{_NO_LETTER}]{{3,8}})?"
"""The second word of a month, as the Levant has them."""
_LINK_WORD: Final = r"(?:d[eé]l?|of|di|do|den|d['’])"
_DAY_MARK: Final = r"(?:st|nd|rd|th|er|re|:e|:a|º|ª|°|\\?\.|-?го|-?е|η|ης)?"
_BEFORE_YEAR: Final = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|m\.|năm)?"


def _written_patterns(word: str, second: str = "") -> tuple[tuple[re.Pattern[str], int, int, int], ...]:
    """Day, month and year in each order, with the numbers of their groups."""
    return (
        (
            re.compile(
                # A machine's stamp, run into what a reader is shown: "…T10:10:52+01:0025. Dezember 2022".
                rf"(?:(?<![^\W_])(?<![/:–—-])(?<!\d[.,])|(?<=[+-]\d\d:\d\d))(\d{{1,2}}){_DAY_MARK}"
                rf"\s{{0,3}}(?:[-–/,،]|{_LINK_WORD}\s|d['’])?\s{{0,2}}"
                rf"({word}{second})[.,،]{{0,2}}\s{{0,3}}(?:{_LINK_WORD}\s|[-–/,])?\s{{0,2}}{_BEFORE_YEAR}\s?(\d{{4}})"
                r"(?:(?![\d%])|(?=\d{1,2}\\?\.?\s[^\W\d_])|(?<=20\d\d)(?=\d{1,2}(?::|$)))",
                re.IGNORECASE,
            ),
            1,
            2,
            3,
        ),
        (
            re.compile(
                # A small letter before a capital: the words of two boxes of a page, run together.
                rf"(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[A-Z])))({word})\.?\s{{0,3}}[-/]?\s{{0,2}}(?:the\s)?"
                r"(\d{1,2})(?:st|nd|rd|th|º)?(?:\s?[,،.]\s{0,3}|\s{1,3}|[-/])(?:of\s)?(\d{4})"
                r"(?:(?![\d%])|(?<=20\d\d)(?=\d{1,2}(?::|\s|$)))",
                re.IGNORECASE,
            ),
            2,
            1,
            3,
        ),
        (
            re.compile(
                rf"(?<!\d)(\d{{4}})(?:\s?[,.]\s{{0,3}}|\s{{1,3}}|-)(?:m\.\s)?({word})\.?\s{{0,3}}[-]?"
                r"(\d{1,2})(?:st|nd|rd|th)?(?![\d:.%]\d|[\d:%])",
                re.IGNORECASE,
            ),
            3,
            2,
            1,
        ),
        (re.compile(rf"(?<!\d)(\d{{4}})\.\s?gada\s(\d{{1,2}})\.\s?({word})", re.IGNORECASE), 2, 3, 1),
    )


_LATIN: Final = _written_patterns(_WORD)
_ANY: Final = _written_patterns(_ANY_WORD, _SECOND_WORD)
_STAMPED: Final = re.compile(rf"({_WORD})\s{{1,2}}(\d{{1,2}})\s\d\d:\d\d:\d\d\s(?:[A-Z]{{3,4}}\s)?(\d{{4}})(?!\d)")
"""How C's ctime writes a moment: "Fri Nov  3 10:15:00 2017"."""
_ROMAN: Final = re.compile(
    r"(?<![\d/.,:-])(\d{1,2})(?P<sep>\.\s?|/|-|\s(?!I\s|X\s))(VI{1,3}|I{1,3}|I[VX]|XI{0,2}|V)(?P=sep)(\d{4})(?!\d)"
)
_ROMAN_MONTHS: Final = {
    name: at
    for at, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), start=1)  # noqa: SIM905
}
_VIETNAMESE: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:tháng|thg)\s(\d{1,2})(?:,\s?|\s)(?:năm\s)?(\d{4})(?!\d)", re.IGNORECASE
)
_YEAR_FIRST: Final = re.compile(
    r"(?<![\d/.-])(\d{4})(?:(?P<sep>[-/.])(?P<gap>\s?)(\d{1,2})(?P=sep)(?P=gap)(\d{1,2})(?![\d/-])(?!\.\d)"
    r"|\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號])"
)
_NUMERALS: Final = "〇零一二三四五六七八九"
_ERA: Final = re.compile(
    rf"({'|'.join(ERAS)})?\s?([元〇零一二三四五六七八九十]{{1,4}}|\d{{1,3}})\s?年"
    r"\s?([一二三四五六七八九十]{1,3}|\d{1,2})\s?月\s?([一二三四五六七八九十]{1,3}|\d{1,2})\s?[日號号]"
)
_NUMERIC: Final = re.compile(
    r"(?<![\d/.:€$£-])(?<!\d,)(\d{1,2})(?P<sep>\s?[./-]\s?)(\d{1,2})(?P=sep)(\d{4}|\d\d)(?![\d/%€$£-])(?![.,:]\d)"
)
_CAPITAL: Final = re.compile(r"(?<=[a-z])[A-Z][a-z]{2,9}$")
_A_DIGIT: Final = re.compile(r"[\d元年]")
_MAY_BE_DATE: Final = re.compile(r"\d{4}|\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d\d|[元\d一二三四五六七八九十]\s?年")
_PERSIAN_LETTERS: Final = re.compile("[۰-۹پچژگیک]")
_THAI: Final = re.compile("[\u0e01-\u0e59]")
_LETTERS: Final = re.compile(r"[^\s\d.,،/:;()|–—_-]{2,}(?:-feira|\sשני|\s[^\s\d.,:;()]{2,5})?")


def possible(line: str) -> bool:
    """Whether a line can have a date at all: a cheap look before :func:`find`."""
    return _A_DIGIT.search(line) is not None


@lru_cache(maxsize=512)
def find(line: str) -> tuple[DateMention, ...]:
    """All dates of a line from left to right, without overlaps. Impossible days and years out of range are none."""
    if not _A_DIGIT.search(line):
        return ()
    plain = line if line.isascii() else line.translate(_DIGITS)
    if not _MAY_BE_DATE.search(plain):
        return ()
    found: list[DateMention] = []
    for reader in _readers(plain):
        for mention in reader(plain, line):
            if all(mention.end <= other.start or mention.start >= other.end for other in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _readers(line: str) -> Iterator[Callable[[str, str], Iterator[DateMention]]]:
    """The readers one of whose marks the line has."""
    yield _written
    marked = "-" in line or "/" in line or "." in line
    if marked or not line.isascii():
        yield _year_first
    if "年" in line:
        yield _eras
    if marked:
        yield _numeric
    if "I" in line or "V" in line or "X" in line:
        yield _roman
    if ":" in line:
        yield _stamped


def month(word: str) -> int:
    """The month a word names, 0 if none; of two words the first may do alone, of two run together the last."""
    return _named(word, MONTHS)


def is_calendar_name(text: str) -> bool:
    """Whether a text is the name of a month or of a weekday and nothing else."""
    name = " ".join(text.lower().replace(".", "").strip(" ,:").split())
    return name in MONTHS or name in _WEEKDAY_NUMBERS


def _named(word: str, names: Mapping[str, int]) -> int:
    name = " ".join(word.lower().replace("i̇", "i").replace(".", "").split())
    last = _CAPITAL.search(word)
    return names.get(name) or names.get(name.partition(" ")[0]) or (names.get(last[0].lower(), 0) if last else 0)


def _written(line: str, original: str) -> Iterator[DateMention]:
    for pattern, day, name, year in _LATIN if line.isascii() else _ANY:
        for match in pattern.finditer(line):
            date = _day(int(match[year]), match[name], int(match[day]), original)
            if date:
                yield DateMention(match.start(), match.end(), date)
    if "thg" in line or "tháng" in line.lower():
        for match in _VIETNAMESE.finditer(line):
            date = iso(int(match[3]), int(match[2]), int(match[1]))
            if date:
                yield DateMention(match.start(), match.end(), date)


def _day(year: int, name: str, day: int, original: str) -> str:
    """The day that a written date means, by the calendar its year and its month are of."""
    number = month(name)
    if number:
        return calendars.from_buddhist(year, number, day) if year in BUDDHIST else iso(year, number, day)
    if year in PERSIAN and not original.isascii():
        number = _named(name, PERSIAN_MONTHS)
        return calendars.from_persian(year, number, day) if number else ""
    return ""


def _numbers(year: int, number: int, day: int, original: str) -> str:
    """The day that three numbers mean: of the Persian or Buddhist calendar only beside that script."""
    if year in PERSIAN and _PERSIAN_LETTERS.search(original):
        return calendars.from_persian(year, number, day)
    if year in BUDDHIST and _THAI.search(original):
        return calendars.from_buddhist(year, number, day)
    return iso(year, number, day) if year >= FIRST_NUMERIC_YEAR else ""


def _year_first(line: str, original: str) -> Iterator[DateMention]:
    for match in _YEAR_FIRST.finditer(line):
        if match["gap"] and match["sep"] != ".":
            continue
        number, day = (match[4], match[5]) if match["sep"] else (match[6], match[7])
        date = _numbers(int(match[1]), int(number), int(day), original)
        if date:
            yield DateMention(match.start(), match.end(), date)


def _eras(line: str, original: str) -> Iterator[DateMention]:
    for match in _ERA.finditer(line):
        year, number, day = (_numeral(match[group]) for group in (2, 3, 4))
        date = calendars.from_era(match[1], year, number, day) if match[1] else _numbers(year, number, day, original)
        if date:
            yield DateMention(match.start(), match.end(), date)


def _numeral(text: str) -> int:
    """A number in digits or in Chinese numerals: 二〇一七, 二十九, 元 for the first year of an era."""
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_NUMERALS.find(tens) - 1 if tens else 1) + (_NUMERALS.find(ones) - 1 if ones else 0)
    return int("".join(str(max(0, _NUMERALS.find(one) - 1)) for one in text if one in _NUMERALS) or 0)


def _roman(line: str, _original: str) -> Iterator[DateMention]:
    """A month in Roman numerals: "3.XI.2017"."""
    for match in _ROMAN.finditer(line):
        date = iso(int(match[4]), _ROMAN_MONTHS[match[3]], int(match[1]))
        if date:
            yield DateMention(match.start(), match.end(), date)


def _stamped(line: str, _original: str) -> Iterator[DateMention]:
    for match in _STAMPED.finditer(line):
        date = iso(int(match[3]), month(match[1]), int(match[2]))
        if date:
            yield DateMention(match.start(), match.end(), date)


def _numeric(line: str, original: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(line):
        first, separator, second, year = int(match[1]), match["sep"].strip(), int(match[3]), _year(match[4])
        readings = [
            date for date in (_numbers(year, second, first, original), _numbers(year, first, second, original)) if date
        ]
        if not readings or (len(match[4]) == 2 and separator == "-"):
            continue
        if len(readings) == 2:
            readings = _on_weekday(readings, line[max(0, match.start() - WEEKDAY_REACH) : match.start()])
        other = readings[1] if len(readings) == 2 and first != second else ""
        yield DateMention(match.start(), match.end(), readings[0], other, separator)


def _on_weekday(readings: list[str], before: str) -> list[str]:
    """Of two readings of a date the one on the weekday that is named before it; both where none is, or neither fits."""
    named = [_named(match[0], _WEEKDAY_NUMBERS) for match in _LETTERS.finditer(before)]
    fitting = [date for date in readings if dt.date.fromisoformat(date).isoweekday() in named]
    return fitting if len(fitting) == 1 else readings


_WEEKDAY_NUMBERS: Final = {name: number + 1 for name, number in WEEKDAYS.items()}


def _year(digits: str) -> int:
    """A year of two digits is of this century up to 69, as POSIX has it."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (2000 if number < 69 else 1900)


def is_early(mention: DateMention) -> bool:
    """Whether a date is of a year before 1900, for which a page must give more evidence than for a later one."""
    return mention.iso < f"{FIRST_NUMERIC_YEAR}"


_MONTH_ALONE: Final = (
    re.compile(rf"({_ANY_WORD})[.,]?\s(?:{_LINK_WORD}\s)?(\d{{4}})", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})\s?[年년]\s?(?P<number>\d{1,2})\s?[月월]"),
    re.compile(r"(?P<year>\d{4})-(?P<number>\d{2})"),
    re.compile(r"(?P<number>\d{2})/(?P<year>\d{4})"),
)
_YEAR_ALONE: Final = re.compile(r"\d{4}")


def month_alone(text: str) -> str:
    """The month that is all a text says ("May 1912", "2017年11月"), as ISO text; else the empty string."""
    text = text.translate(_DIGITS).strip(" .,()[]")
    for pattern in _MONTH_ALONE:
        match = pattern.fullmatch(text)
        if match:
            named = "number" not in match.groupdict()
            year, number = int(match[2] if named else match["year"]), month(match[1]) if named else int(match["number"])
            return iso(year, number, 1)[:7]
    return ""


def year_alone(text: str) -> str:
    """The year that is all a text says, as ISO text; else the empty string."""
    text = text.translate(_DIGITS).strip(" .,()[]")
    return text if _YEAR_ALONE.fullmatch(text) and calendars.FIRST_YEAR <= int(text) <= LAST_YEAR else ""


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
