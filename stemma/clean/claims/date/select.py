"""The date of a page's text: which of the dates on the page it is, if any.

Every date that could be it is weighed by what is seen of it (:mod:`~stemma.clean.claims.date.features`); the weights
stand in :file:`weights.toml`, fitted by ``training/claims.py``. Dates of comments, other headlines, pictures and of
what the text tells of weigh little; where no day has a fair share of the weight the page states none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from stemma.clean.claims.date.features import Dated, Days
from stemma.clean.claims.page import Line, Sheet
from stemma.clean.claims.ranking import CROWD, shares, weight, weights
from stemma.clean.claims.recognizers import cues, dates
from stemma.records import Claim, Field, Label

ENOUGH: Final = 0.66
"""The share of the weight a day needs: where wrong days are as many as may be, in cross-validation by site."""
ALSO: Final = 0.5
"""What another day weighs that is told as well."""
ABOVE: Final = 40
"""How many lines above the title a date may stand,"""
INTO: Final = 12
"""how far into the body,"""
SIGNED: Final = 6
"""among how many of its last lines,"""
AFTER: Final = 40
"""and how many lines after it."""
MOST: Final = 3
"""A line of more dates is a list."""
RANGE: Final = 4
"""Two dates with less between them are one stretch of time."""
SHORT: Final = 160
"""Of a longer line only the opening is read:"""
OPENING: Final = 60
"""so much of a paragraph"""
BEGINNING: Final = 100
"""and so much of any other line."""
BRIEF: Final = 30
"""A longer line is no cue to the next."""
OPENS: Final = 3
"""A date that opens the text stands in one of its first lines"""
OPENED: Final = 40
"""and ends at most so far from its beginning."""
DAY_FIRST: Final = frozenset(
    ("de", "fr", "es", "it", "pt", "nl", "ru", "uk", "be", "pl", "cs", "tr", "ro", "ca", "fi", "da", "nb", "id", "el")
)
"""Languages whose writers all put the day before the month. English has both orders; Swedish writes the year first."""

_PUBLISHED: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.PUBLISHED)}(?![^\W\d_])", re.IGNORECASE)
_CHANGED: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.CHANGED)}(?![^\W\d_])", re.IGNORECASE)
_OTHER: Final = re.compile(rf"(?<![^\W_]){cues.alternation(cues.OTHER_DATE)}(?![^\W\d_])", re.IGNORECASE)
_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ0-9.])(?=[A-ZÀ-Þ][a-zß-ÿ]{2,})")
_ANNOUNCES: Final = re.compile(
    rf"(?:page\s|article\s)?{cues.alternation(cues.PUBLISHED, cues.CHANGED, cues.OTHER_DATE)}"
    r"\s?(?:on|am|le|el|il|op)?\s?[:：]?",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(
    r"(?:archivbild|bild|foto|photo|image|picture|audio|video|credit|grafik|quelle|source)\w{0,2}\s?[:(]",
    re.IGNORECASE,
)
_HOURS: Final = re.compile(r",?\s(?:\w{2,6}\s)?\d{1,2}[:.]\d\d\s?[-–]\s?\d{1,2}[:.]\d\d")
_SPAN: Final = re.compile(r"\d\.?\s?[-–]\s?$")
_STAMP: Final = re.compile(r"[T ]\d\d:\d\d:\d\d")
_OPENED: Final = re.compile(r"\s?[)\]]?\s?(?:[-–—:|]|\.\s|//)")
WEIGHTS: Final = weights("date/weights.toml")


def date(sheet: Sheet, title_line: int, others: frozenset[int], language: str, author_line: int = 0) -> Iterator[Claim]:
    """The date claims of a page, the one that holds first.

    ``title_line`` is the number of the title's line, or 0, ``author_line`` that of the line that names the authors;
    ``others`` are lines whose date is that of an origin; ``language`` decides the order of day and month only where all
    who write it agree.
    """
    weighed = [
        (one, weight(facts, WEIGHTS)) for one, facts in candidates(sheet, title_line, others, language, author_line)
    ]
    ranked = shares([(one.day, heavy) for one, heavy in weighed])
    if not ranked or ranked[0][1] < ENOUGH:
        return
    title = sheet.place(title_line)
    for at, (day, _) in enumerate(ranked):
        best, heavy = max(((one, heavy) for one, heavy in weighed if one.day == day), key=lambda pair: pair[1])
        if at == 0 or heavy > ALSO:
            yield Claim(Field.DATE, (day,), f"date.{_rule(sheet, title, best)}", best.number)


def _rule(sheet: Sheet, title: int | None, one: Dated) -> str:
    """The plainest thing to say of where a date stands and how it is announced."""
    if one.at == title:
        return "in-title"
    if one.at > sheet.last:
        return {"published": "announced-below", "changed": "changed"}.get(one.cue, "below")
    if one.cue != "plain":
        return "announced" if one.cue == "published" else one.cue
    return "above-title" if title is not None and one.at < title else "dateline"


def candidates(
    sheet: Sheet, title_line: int, others: frozenset[int], language: str, author_line: int = 0
) -> list[tuple[Dated, tuple[str, ...]]]:
    """The dates of a page that could be the text's, each with what is seen of it."""
    found = list(islice((one for one in _found(sheet, title_line) if one.number not in others), CROWD))
    if any(one.sighting.other for one in found):
        found = _settled(sheet, found, language)
    days = Days.of(sheet, title_line, author_line, found)
    return [(one, tuple(days.seen(one))) for one in found]


def _settled(sheet: Sheet, found: Sequence[Dated], language: str) -> list[Dated]:
    """The dates with one reading, those of two numbers as the page shows or writes them; without those it does not."""
    written = {
        day.iso for line in sheet.lines if len(line.text) <= SHORT for day in dates.find(line.text) if not day.separator
    } | {one.sighting.iso for one in found if not one.sighting.other}
    orders = {
        separator: _shown(sheet, separator, language)
        for separator in sorted({one.sighting.separator for one in found if one.sighting.other})
    }
    settled = []
    for one in found:
        day = dates.settle(one.sighting, orders.get(one.sighting.separator), written)
        if day:
            settled.append(one._replace(day=day))
    return settled


def _shown(sheet: Sheet, separator: str, language: str) -> dates.Order | None:
    """The order of day and month on a page: as its other dates show, else as its language always has it."""
    lines = [line.text for line in sheet.lines if separator in line.text and dates.possible(line.text)]
    shown = dates.order("\n".join(lines), separator)
    known = language in DAY_FIRST or (separator == "." and language != "en")
    return shown or (dates.Order.DAY_FIRST if known else None)


def _found(sheet: Sheet, title_line: int) -> Iterator[Dated]:
    """The dates in the places a text's own can stand: about the title and the text, and on lines taken for bylines."""
    lines = sheet.lines
    title = sheet.place(title_line)
    first = sheet.first if sheet.first < len(lines) else title or 0
    top, low = (first, first) if title is None else (min(title, first), max(title, first))
    start, end, body, signed = top - ABOVE, sheet.last + AFTER, low + INTO, sheet.last - SIGNED
    for at, line in enumerate(lines):
        label = line.label
        if label is Label.BODY:
            read = start <= at <= body or signed <= at <= end
        else:
            read = (start <= at <= end or label is Label.META) and not (label is Label.COMMENT and line.item)
        if read and dates.possible(line.text):
            prose = line.label is Label.BODY
            for one in _in_line(lines, at):
                opens = (
                    prose and one.cue == "plain" and sheet.first <= at < sheet.first + OPENS and _opens(one, line.text)
                )
                yield one._replace(cue="opening") if opens else one


def _opens(one: Dated, text: str) -> bool:
    """Whether a date stands at the very beginning of a paragraph: "Harbour, 3 May 2020 – The bar has moved"."""
    return one.sighting.end <= OPENED and _OPENED.match(text, one.sighting.end) is not None


def _in_line(lines: Sequence[Line], at: int) -> Iterator[Dated]:
    line = lines[at]
    text = line.text
    if len(text) > SHORT:
        text = text[: OPENING if line.label is Label.BODY else BEGINNING]
    found = _sightings(text)
    rest = len(line.text) - sum(sighting.end - sighting.start for sighting in found)
    end = 0
    passed = False
    for place, sighting in enumerate(found):
        before = text[end : sighting.start] or ("" if end or not at else _cue_line(lines[at - 1].text))
        before = _GLUED.sub(" ", before) if before else ""
        end = sighting.end
        cue = _last(_PUBLISHED, before)
        passed = _last(_OTHER, before) > cue or (passed and len(before) < RANGE)
        if not passed:
            kind = "changed" if _last(_CHANGED, before) > cue else "published" if cue >= 0 else "plain"
            yield Dated(at, line.number, sighting, sighting.iso, kind, rest, len(found), place)


def _sightings(text: str) -> tuple[dates.Sighting, ...]:
    """The dates of a line that can be a dateline. What a machine notes to the second gives way to what it shows."""
    found = dates.find(text)
    if not found or "%" in text or _CAPTION.match(text):
        return ()
    if len(found) > MOST or any(_HOURS.match(text, one.end) for one in found):
        return ()
    if any(_SPAN.search(text[: one.start][-6:]) for one in found):
        return ()
    shown = found if len(found) < 2 else tuple(one for one in found if not _STAMP.match(text, one.end))
    return shown or found


def _cue_line(text: str) -> str:
    """The line above, where it is nothing but an announcement ("Published:")."""
    return text if len(text) < BRIEF and _ANNOUNCES.fullmatch(text) else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for match in pattern.finditer(text):
        last = match.start()
    return last
