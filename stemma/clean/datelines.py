"""The date of a page's text: which of the dates on the page it is, if any.

In order: a date announced as that of publication, the line of a publisher's name and a date, a date beside a byline or
alone between title and text, one announced below the text, one in the title. Dates of changes, comments, other
headlines and of what the text tells of are none of these.
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
INTO: Final = 6
"""and how many of the body at least: a lead may stand above the dateline."""
AFTER: Final = 14
"""How many lines after the body are looked at for an announced date, and for another."""
NEAR: Final = 4
SHORT: Final = 160
LOOSE: Final = 90
"""How much else a dateline may say; and how much where its label speaks against it."""
SPARSE: Final = 30
DAY_FIRST: Final = frozenset(
    ("de", "fr", "es", "it", "pt", "nl", "ru", "uk", "be", "pl", "cs", "tr", "ro", "ca", "fi", "da", "nb", "id", "el")
)
"""Languages whose writers all put the day before the month. English has both orders; Swedish writes the year first."""

_PUBLISHED: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.PUBLISHED)}(?![^\W\d_])", re.IGNORECASE)
_OTHER: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.OTHER_DATE)}(?![^\W\d_])", re.IGNORECASE)
# A change told to the minute is news of that day; "Updated May 2026" on a guide is not.
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ0-9.])(?=[A-ZÀ-Þ][a-zß-ÿ]{2,})")


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
    seen = set()
    written = {one.sighting.iso for one in stated if not one.sighting.other}
    for one in stated:
        shown = _shown(sheet, one.sighting, language) if one.sighting.other else None
        day = dates.settle(one.sighting, shown, written)
        if day and day not in seen:
            seen.add(day)
            yield Claim(Field.DATE, (day,), f"date.{one.rule}", one.number)


def _shown(sheet: Sheet, sighting: dates.Sighting, language: str) -> dates.Order | None:
    """The order of day and month on a page: as its other dates show, else as its language always has it."""
    shown = dates.order("\n".join(line.text for line in sheet.lines), sighting.separator)
    return shown or (dates.Order.DAY_FIRST if language in DAY_FIRST else None)


def _stated(sheet: Sheet, title_line: int) -> Iterator[Stated]:
    lines = sheet.lines
    title = next((at for at, line in enumerate(lines) if line.number == title_line), None)
    body = sheet.first if sheet.first < len(lines) else title or 0
    top = body if title is None else title
    for at in range(max(0, top - ABOVE), min(len(lines), max(body, top) + BELOW)):
        for one in _in_line(lines, at, above=title is not None and at < title, is_title=at == title):
            brief = lines[at].label is Label.META or len(lines[at].text) <= SPARSE + 12
            if one.rule == "announced" or at <= max(body, top) + (INTO if brief else 0):
                yield one
    for at in range(sheet.last + 1, min(len(lines), sheet.last + 1 + AFTER)):
        for one in _in_line(lines, at, above=True, is_title=False):
            if lines[at].label is Label.COMMENT:
                continue
            if one.rule == "announced":
                yield one._replace(grade=4, rule="announced-below")
            elif one.rule == "above-title" and at - sheet.last <= NEAR and lines[at].label is Label.META:
                yield one._replace(grade=5, rule="below")


def _in_line(lines: Sequence[Line], at: int, *, above: bool, is_title: bool) -> Iterator[Stated]:
    line = lines[at]
    if len(line.text) > SHORT or (line.item and line.label is Label.COMMENT):
        return
    found = dates.find(line.text)
    if not found or len(found) > 3:
        return
    rest = len(line.text) - sum(sighting.end - sighting.start for sighting in found)
    end = 0
    for sighting in found:
        before = _GLUED.sub(
            " ", line.text[end : sighting.start] or ("" if end or not at else _cue_line(lines[at - 1].text))
        )
        end = sighting.end
        cue = _last(_PUBLISHED, before)
        if _last(_OTHER, before) > cue:
            if rest <= LOOSE and not above and _CLOCK.search(line.text[sighting.end : sighting.end + 24]):
                yield Stated(7, line.number, sighting, "of-the-day")
            continue
        if is_title:
            yield Stated(6, line.number, sighting, "in-title")
        elif cue >= 0 and rest <= LOOSE:
            yield Stated(0, line.number, sighting, "announced")
        elif rest <= (SPARSE if line.label is Label.BODY or line.item else LOOSE):
            yield (
                Stated(3, line.number, sighting, "above-title")
                if above
                else Stated(1, line.number, sighting, "dateline")
            )


def _cue_line(text: str) -> str:
    """The line above, where it is nothing but an announcement ("Published:")."""
    announces = len(text) < 30 and (_PUBLISHED.match(text) or _OTHER.match(text)) and not dates.find(text)
    return text if announces else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for match in pattern.finditer(text):
        last = match.start()
    return last
