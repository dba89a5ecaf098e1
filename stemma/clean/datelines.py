"""The date of a page's text: which of the dates on the page it is, if any.

In order: a date announced as that of publication, the line of a publisher's name and a date, a date beside a byline or
alone between title and text, one announced below the text, one in the title. Dates of changes, comments, other
headlines and of what the text tells of are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from stemma.clean import cues, dates
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import Claim, Field, Label

ABOVE: Final = 6
"""How far above the title a date may stand without being announced."""
BELOW: Final = 14
"""How many lines after the title are looked at, and how many after the body."""
SHORT: Final = 140

_PUBLISHED: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.PUBLISHED)}(?![^\W_])", re.IGNORECASE)
_OTHER: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.OTHER_DATE)}(?![^\W_])", re.IGNORECASE)
_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ0-9.])(?=[A-ZÀ-Þ][a-zß-ÿ]{2,})")
_SPACE_BEFORE_TIME: Final = re.compile(r"\d{1,2}[:.h]\d\d")
_FURNITURE: Final = frozenset({Label.COMMENT, Label.RELATED, Label.APPEAL, Label.NOTICE, Label.SHARE})


class Stated(NamedTuple):
    """A date of the page with its grade, 0 the best, its rule and its line."""

    grade: int
    number: int
    sighting: dates.Sighting
    rule: str


def date(sheet: Sheet, title_line: int, others: frozenset[int]) -> Iterator[Claim]:
    """The date claims of a page, the one that holds first.

    ``title_line`` is the number of the title's line, or 0; ``others`` are lines whose date is that of an origin.
    """
    stated = [one for one in _stated(sheet, title_line) if one.number not in others]
    stated.sort(key=lambda one: (one.grade, one.number))
    text = ""
    seen = set()
    written = {one.sighting.iso for one in stated if not one.sighting.other}
    for one in stated:
        if one.sighting.other and not text:
            text = "\n".join(line.text for line in sheet.lines)
        shown = dates.order(text, one.sighting.separator) if one.sighting.other else None
        day = dates.settle(one.sighting, shown, written)
        if day and day not in seen:
            seen.add(day)
            yield Claim(Field.DATE, (day,), f"date.{one.rule}", one.number)


def _stated(sheet: Sheet, title_line: int) -> Iterator[Stated]:
    at = next((n for n, line in enumerate(sheet.lines) if line.number == title_line), None)
    start = max(0, (sheet.first if at is None else at) - ABOVE)
    end = max(sheet.first + 3, (at or 0) + 3)
    for place in range(start, min(len(sheet.lines), end)):
        line = sheet.lines[place]
        if len(line.text) <= SHORT and line.label not in _FURNITURE:
            above = at is not None and place < at
            previous = sheet.lines[place - 1].text if place else ""
            yield from _in_line(line, previous, above=above, is_title=line.number == title_line)
    for place in range(sheet.last + 1, min(len(sheet.lines), sheet.last + 1 + BELOW)):
        line = sheet.lines[place]
        if len(line.text) <= SHORT and line.label not in _FURNITURE:
            for one in _in_line(line, sheet.lines[place - 1].text, above=True, is_title=False):
                if one.grade == 0:
                    yield one._replace(grade=4, rule="announced-below")


def _in_line(line: Line, previous: str, *, above: bool, is_title: bool) -> Iterator[Stated]:
    found = dates.find(line.text)
    if len(found) > 3:
        return
    end = 0
    for sighting in found:
        before = _GLUED.sub(" ", line.text[end : sighting.start] or ("" if end else _cue_line(previous)))
        end = sighting.end
        cue = _last(_PUBLISHED, before)
        if _last(_OTHER, before) > cue:
            continue
        if is_title:
            yield Stated(5, line.number, sighting, "in-title")
        elif cue >= 0:
            yield Stated(0, line.number, sighting, "announced")
        elif above:
            yield Stated(3, line.number, sighting, "above-title")
        else:
            yield Stated(1, line.number, sighting, "dateline")


def _cue_line(text: str) -> str:
    """The line above, where it is nothing but an announcement ("Published:")."""
    return text if len(text) < 30 and (_PUBLISHED.match(text) or _OTHER.match(text)) else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for match in pattern.finditer(text):
        last = match.start()
    return last
