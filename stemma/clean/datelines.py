"""The date of a page's text: which of the dates on the page it is, if any.

In order: a date announced as that of publication, the line of a publisher's name and a date, a date beside a byline or
alone between title and text, one announced below the text, one in the title, one that opens the text, and at last that
of the text's latest change. Dates of comments, other headlines and of what the text tells of are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stemma.clean import cues, dates
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import Claim, Field, Label

ABOVE: Final = 12
"""How many lines above the title a date may stand."""
BELOW: Final = 20
"""How many lines after the title are looked at,"""
INTO: Final = 9
"""and how many of the body at least: a lead may stand above the dateline."""
AFTER: Final = 14
"""How many lines after the body are looked at for an announced date, and for another."""
NEAR: Final = 4
MOST: Final = 3
"""A line of more dates is a list."""
RANGE: Final = 4
"""Two dates with less between them are one stretch of time."""
LATE: Final = 7
"""Dates of this grade and worse are claimed only where there is no better."""
SHORT: Final = 160
LOOSE: Final = 90
"""How much else a dateline may say; and how much where its label speaks against it."""
SPARSE: Final = 30
OPENING: Final = 40
"""A date that opens the text ends at most so far from its beginning."""
DAY_FIRST: Final = frozenset(
    ("de", "fr", "es", "it", "pt", "nl", "ru", "uk", "be", "pl", "cs", "tr", "ro", "ca", "fi", "da", "nb", "id", "el")
)
"""Languages whose writers all put the day before the month. English has both orders; Swedish writes the year first."""

_PUBLISHED: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.PUBLISHED)}(?![^\W\d_])", re.IGNORECASE)
_CHANGED: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.CHANGED)}(?![^\W\d_])", re.IGNORECASE)
_OTHER: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.OTHER_DATE)}(?![^\W\d_])", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ0-9.])(?=[A-ZÀ-Þ][a-zß-ÿ]{2,})")
_ANNOUNCES: Final = re.compile(
    rf"(?:page\s|article\s)?{cues.alternation(cues.PUBLISHED, cues.CHANGED, cues.OTHER_DATE)}"
    r"\s?(?:on|am|le|el|il|op)?\s?[:：]?",
    re.IGNORECASE,
)
_AT: Final = re.compile(r",?\s(?:at|um|à)\s\d")
_CAPTION: Final = re.compile(
    r"(?:archivbild|bild|foto|photo|image|picture|audio|video|credit|grafik|quelle|source)\w{0,2}\s?[:(]",
    re.IGNORECASE,
)
_HOURS: Final = re.compile(r",?\s(?:\w{2,6}\s)?\d{1,2}[:.]\d\d\s?[-–]\s?\d{1,2}[:.]\d\d")
_SPAN: Final = re.compile(r"\d\.?\s?[-–]\s?$")
_STAMP: Final = re.compile(r"[T ]\d\d:\d\d:\d\d")
_OPENED: Final = re.compile(r"\s?[)\]]?\s?(?:[-–—:|]|\.\s|//)")


class Stated(NamedTuple):
    """A date of the page with its grade, 0 the best, its rule and its line."""

    grade: int
    number: int
    sighting: dates.Sighting
    rule: str


def date(sheet: Sheet, title_line: int, others: frozenset[int], language: str) -> Iterator[Claim]:
    """The date claims of a page, the one that holds first.

    ``title_line`` is the number of the title's line, or 0; ``others`` are lines whose date is that of an origin;
    ``language`` decides the order of day and month only where all who write it agree.
    """
    stated = [one for one in _stated(sheet, title_line) if one.number not in others]
    stated.sort(key=lambda one: (one.grade, one.number))
    seen: set[str] = set()
    written = {one.sighting.iso for one in stated if not one.sighting.other}
    if any(one.sighting.other for one in stated):
        written |= {
            day.iso
            for line in sheet.lines
            if len(line.text) <= SHORT
            for day in dates.find(line.text)
            if not day.separator
        }
    for one in stated:
        if one.grade >= LATE and seen:
            return
        shown = _shown(sheet, one.sighting, language) if one.sighting.other else None
        day = dates.settle(one.sighting, shown, written)
        if day and day not in seen:
            seen.add(day)
            yield Claim(Field.DATE, (day,), f"date.{one.rule}", one.number)


def _shown(sheet: Sheet, sighting: dates.Sighting, language: str) -> dates.Order | None:
    """The order of day and month on a page: as its other dates show, else as its language always has it."""
    shown = dates.order("\n".join(line.text for line in sheet.lines), sighting.separator)
    known = language in DAY_FIRST or (sighting.separator == "." and language != "en")
    return shown or (dates.Order.DAY_FIRST if known else None)


def _stated(sheet: Sheet, title_line: int) -> Iterator[Stated]:
    lines = sheet.lines
    title = next((at for at, line in enumerate(lines) if line.number == title_line), None)
    body = sheet.first if sheet.first < len(lines) else title or 0
    top = body if title is None else title
    heading = lines[title].text if title is not None else ""
    for at in range(max(0, top - ABOVE), min(len(lines), max(body, top) + BELOW)):
        for one in _in_line(lines, at, above=title is not None and at < title, is_title=at == title):
            if one.rule == "changed" and one.sighting.iso[:4] not in heading:
                continue
            brief = lines[at].label is Label.META or len(lines[at].text) <= SPARSE + 12
            if one.rule == "announced" or at <= max(body, top) + (INTO if brief else 3):
                yield one
    yield from _below(sheet)
    yield from _opening(sheet, body)
    yield from _elsewhere(sheet)


def _elsewhere(sheet: Sheet) -> Iterator[Stated]:
    """Dates on lines taken for bylines: announced ones anywhere, others not far below; if they all are one day."""
    lines = sheet.lines
    found = [
        (at, one)
        for at, line in enumerate(lines)
        if line.label is Label.META and not _comments(lines, at)
        for one in _in_line(lines, at, above=False, is_title=False)
        if one.grade < LATE and not _AT.match(line.text, one.sighting.end)
    ]
    announced = [one for _, one in found if one.grade == 0]
    near = [one for at, one in found if at <= sheet.last + AFTER]
    for some, grade, rule in ((announced, 10, "announced-elsewhere"), (near, 11, "elsewhere")):
        if some and len({one.sighting.iso for one in some}) == 1:
            yield some[0]._replace(grade=grade, rule=rule)


def _comments(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands beside a comment, and so is of the comment."""
    return any(line.label is Label.COMMENT for line in lines[max(0, at - 1) : at + 2])


def _below(sheet: Sheet) -> Iterator[Stated]:
    lines = sheet.lines
    for at in range(sheet.last + 1, min(len(lines), sheet.last + 1 + AFTER)):
        for one in _in_line(lines, at, above=True, is_title=False):
            if lines[at].label is Label.COMMENT or _comments(lines, at) or _AT.match(lines[at].text, one.sighting.end):
                continue
            if one.rule == "announced":
                yield one._replace(grade=4, rule="announced-below")
            elif one.rule == "above-title" and at - sheet.last <= NEAR and lines[at].label is Label.META:
                yield one._replace(grade=5, rule="below")


def _opening(sheet: Sheet, body: int) -> Iterator[Stated]:
    """A date at the very beginning of the text: "Harbour, 3 May 2020 – The bar has moved"."""
    for line in sheet.lines[body : body + 3]:
        if line.label is Label.BODY:
            for sighting in dates.find(line.text[: 2 * OPENING])[:1]:
                if sighting.end <= OPENING and _OPENED.match(line.text, sighting.end):
                    yield Stated(8, line.number, sighting, "opening")


def _in_line(lines: Sequence[Line], at: int, *, above: bool, is_title: bool) -> Iterator[Stated]:
    line = lines[at]
    found = _sightings(line)
    rest = len(line.text) - sum(sighting.end - sighting.start for sighting in found)
    end = 0
    passed = False
    for sighting in found:
        before = line.text[end : sighting.start] or ("" if end or not at else _cue_line(lines[at - 1].text))
        before = _GLUED.sub(" ", before)
        end = sighting.end
        cue = _last(_PUBLISHED, before)
        passed = _last(_OTHER, before) > cue or (passed and len(before) < RANGE)
        if passed:
            continue
        if _last(_CHANGED, before) > cue:
            graded = _changed(line, sighting) if rest <= LOOSE and not above else None
        elif cue >= 0 and rest <= LOOSE:
            graded = (0, "announced")
        else:
            graded = _plain(line, rest, above=above, is_title=is_title)
        if graded:
            yield Stated(graded[0], line.number, sighting, graded[1])


def _sightings(line: Line) -> tuple[dates.Sighting, ...]:
    """The dates of a line that can be a dateline. What a machine notes to the second gives way to what it shows."""
    if len(line.text) > SHORT or (line.item and line.label is Label.COMMENT) or "%" in line.text:
        return ()
    if _CAPTION.match(line.text):
        return ()
    found = dates.find(line.text)
    if len(found) > MOST or any(_HOURS.match(line.text, one.end) for one in found):
        return ()
    if any(_SPAN.search(line.text[: one.start][-6:]) for one in found):
        return ()
    shown = found if len(found) < 2 else tuple(one for one in found if not _STAMP.match(line.text, one.end))
    return shown or found


def _changed(line: Line, sighting: dates.Sighting) -> tuple[int, str]:
    """A change told to the minute is news of that day; "Updated May 2026" on a guide is not."""
    timed = _CLOCK.search(line.text[sighting.end : sighting.end + 24])
    return (7, "of-the-day") if timed else (9, "changed")


def _plain(line: Line, rest: int, *, above: bool, is_title: bool) -> tuple[int, str] | None:
    """The grade of a date that no cue announces, in a line that says ``rest`` characters more."""
    if is_title:
        return 6, "in-title"
    if rest > (SPARSE if line.label is Label.BODY or line.item else LOOSE) or (
        line.item and line.label is Label.RELATED
    ):
        return None
    return (3, "above-title") if above else (1, "dateline")


def _cue_line(text: str) -> str:
    """The line above, where it is nothing but an announcement ("Published:")."""
    return text if len(text) < SPARSE and _ANNOUNCES.fullmatch(text) else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for match in pattern.finditer(text):
        last = match.start()
    return last
