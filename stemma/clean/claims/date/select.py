"""The date of a page's text: which of the dates on the page it is, if any.

Every date that could be it is ranked by its features (:mod:`~stemma.clean.claims.date.features`) with the weights of
:file:`weights.toml`, fitted by ``training/claims.py``. Dates of comments, of other headlines, of pictures and of what
the text speaks of score low; where no day is probable enough the page states none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from stemma.clean.claims.date.features import DateContext, DatedLine, amid_sentence
from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.ranking import MAX_CANDIDATES, Candidate, Ranking, Weights, rank, read_weights
from stemma.clean.claims.recognizers import cues, dates
from stemma.records import Claim, Field, Label

MIN_PROBABILITY: Final = 0.66
"""What the most probable day needs to be stated: cross-validated by site, wrong days are then .04 of all pages."""
MIN_ALONE: Final = 0.35
"""What a day needs, beside there being none, that a note of a change or the opening of the text gives alone. Of pages
that state only a change, a half were first published on another day."""
MIN_ALTERNATIVE_SCORE: Final = 0.5
"""The score above which another day is stated too."""
LINES_ABOVE_TITLE: Final = 40
"""How many lines above the title dates are read,"""
LINES_INTO_BODY: Final = 12
"""how many lines below the start of the body,"""
LAST_BODY_LINES: Final = 6
"""in how many of its last lines,"""
LINES_BELOW: Final = 40
"""and how many lines after it."""
MAX_DATES: Final = 3
"""Dates of a line; one of more dates is a list."""
MAX_RANGE_GAP: Final = 4
"""Characters between two dates that are one stretch of time."""
MAX_WHOLE_LINE: Final = 160
"""Characters of a line that is read whole; of a longer one only the opening is read:"""
PARAGRAPH_OPENING: Final = 60
"""so many characters of a paragraph"""
LINE_OPENING: Final = 100
"""and so many of any other line."""
MAX_CUE_LINE: Final = 30
"""Characters of a line that announces a date on the next one."""
OPENING_LINES: Final = 3
"""A date that opens the text is in one of so many of its first lines"""
MAX_OPENING_END: Final = 40
"""and ends within so many characters of its beginning."""
MAX_EARLY_REST: Final = 20
"""Characters that a line has besides its date of a year before 1900, if nothing announces it."""
MAX_CHANGE_LINE: Final = 80
"""Characters of a line that says when a page was changed and nothing else."""
LINES_BELOW_TITLE: Final = 6
"""Lines below the title, or above the body, in which a month or a year alone dates a text without a day."""
DAY_FIRST: Final = frozenset(
    "de fr es it pt nl ru uk be bg sr pl cs sk sl hr tr ro ca fi et lv da nb id el ar he hi bn th vi".split()  # noqa: SIM905
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
_ANNOUNCED: Final = re.compile(
    rf"{cues.alternation(cues.PUBLISHED)}(?:\s(?:in|on|im|en|em))?\s?[:：]?\s", re.IGNORECASE
)
_CAPTION: Final = re.compile(
    r"(?:archivbild|bild|foto|photo|image|picture|audio|video|credit|grafik|quelle|source)\w{0,2}\s?[:(]",
    re.IGNORECASE,
)
_CREDITED: Final = re.compile(
    r"\((?:ap|afp|reuters|dpa|epa|foto|photo|bild|image|imago|getty)\b"
    r"|\b(?:ap photo|getty images|shutterstock|picture[ -]alliance|imago images|europa press|photo by|"
    r"foto:|photo:|bild:)"
    r"|/\s?(?:afp|reuters|dpa|epa)\b",
    re.IGNORECASE,
)
"""Whose a picture is: the line is its caption."""
MIN_CAPTION: Final = 50
"""Characters before the date of a caption."""
_HOURS: Final = re.compile(r",?\s(?:\w{2,6}\s)?\d{1,2}[:.]\d\d\s?[-–]\s?\d{1,2}[:.]\d\d")
_SPAN: Final = re.compile(r"\d\.?\s?[-–]\s?$")
_STAMP: Final = re.compile(r"[T ]\d\d:\d\d:\d\d")
_OPENED: Final = re.compile(r"\s?[)\]]?\s?(?:[-–—:|]|\.\s|//)")
WEIGHTS: Final = read_weights("date/weights.toml")


def rank_dates(
    page: Page,
    title_line: int,
    others: frozenset[int],
    language: str,
    author_line: int = 0,
    *,
    weights: Mapping[str, Weights] = WEIGHTS,
) -> Ranking:
    """The day of the text, as far as the page says; other days that it gives are alternatives.

    ``title_line`` is the number of the title's line, or 0, ``author_line`` that of the line that names the authors;
    ``others`` are lines whose date is that of an origin; ``language`` decides the order of day and month only where all
    who write it agree.
    """
    found = candidates(page, title_line, others, language, author_line)
    ranking = rank(found, weights, MIN_PROBABILITY, MIN_ALTERNATIVE_SCORE)
    if ranking.claims:
        return ranking
    return replace(ranking, claims=tuple(_without_day(page, page.place(title_line))) or _alone(page, ranking))


def _alone(page: Page, ranking: Ranking) -> tuple[Claim, ...]:
    """The day of a change alone on its line, if it is the only one outside the text; or the one that opens a report."""
    found = [one.claim for one in ranking.candidates]
    beside = [(claim, page.lines[place]) for claim in found if (place := page.place(claim.line or 0)) is not None]
    noted = [(claim, line) for claim, line in beside if line.label is not Label.BODY or claim.is_update]
    changes = [claim for claim, line in noted if claim.is_update and len(line.text) <= MAX_CHANGE_LINE]
    openings = [claim for claim, _ in beside if claim.rule == "date.opening"]
    chosen = changes if len({claim.value for claim, _ in noted}) == 1 else () if noted else openings
    likely = dict(ranking.probabilities)
    none = 1.0 - math.fsum(likely.values())
    return tuple(one for one in chosen if likely[one.value] >= MIN_ALONE * (likely[one.value] + none))[:1]


def _without_day(page: Page, title: int | None) -> Iterator[Claim]:
    """The month or the year of a text that gives no day: alone on a line of its head, a year only if announced."""
    start = max(0, page.first - LINES_BELOW_TITLE) if title is None else title + 1
    for line in page.lines[start : min(start + LINES_BELOW_TITLE, max(page.first, start + 1))]:
        cue = _ANNOUNCED.match(line.text) if len(line.text) <= MAX_CUE_LINE + 20 else None
        text = line.text[cue.end() :] if cue else line.text
        value = dates.month_alone(text) or (dates.year_alone(text) if cue else "")
        if value and (line.label is not Label.BODY or "-" in value):
            yield Claim(Field.DATE, (value,), "date.month" if "-" in value else "date.year", line.number)
            return


def _rule(page: Page, title: int | None, one: DatedLine) -> str:
    """The plainest thing to say of where a date is and how it is announced."""
    if one.at == title:
        return "in-title"
    if one.at > page.last:
        return {"published": "published-below-text", "changed": "updated"}.get(one.cue, "below-text")
    if one.cue != "plain":
        return "updated" if one.cue == "changed" else one.cue
    return "above-title" if title is not None and one.at < title else "dateline"


def candidates(
    page: Page, title_line: int, others: frozenset[int], language: str, author_line: int = 0
) -> list[Candidate]:
    """The dates of a page that could be the text's, each with its features."""
    found = list(islice((one for one in _found(page, title_line) if one.number not in others), MAX_CANDIDATES))
    if any(one.mention.other for one in found):
        found = _resolved(page, found, language)
    context = DateContext.of(page, title_line, author_line, found)
    return [
        _candidate(page, context, one)
        for one in found
        if not (_of_comment(page, one) or amid_sentence(one, page.lines[one.at]))
    ]


def _of_comment(page: Page, one: DatedLine) -> bool:
    """Whether a date that nothing announces stands beside a comment, below other comments: it is of the comment."""
    if one.at <= page.last or one.cue != "plain":
        return False
    beside = any(line.label is Label.COMMENT for line in page.lines[one.at - 1 : one.at + 2])
    return beside and any(line.label is Label.COMMENT for line in page.lines[page.last + 1 : one.at])


def _candidate(page: Page, context: DateContext, one: DatedLine) -> Candidate:
    claim = Claim(Field.DATE, (one.day,), f"date.{_rule(page, context.title, one)}", one.number)
    return Candidate(claim, tuple(context.features(one)), one.day, alternative=True)


def _resolved(page: Page, found: Sequence[DatedLine], language: str) -> list[DatedLine]:
    """The dates with one reading, those of two numbers as the page shows or writes them; without those it does not."""
    written = {
        day.iso
        for line in page.lines
        if len(line.text) <= MAX_WHOLE_LINE
        for day in dates.find(line.text)
        if not day.separator
    } | {one.mention.iso for one in found if not one.mention.other}
    orders = {
        separator: _shown(page, separator, language)
        for separator in sorted({one.mention.separator for one in found if one.mention.other})
    }
    resolved = []
    for one in found:
        day = dates.resolve(one.mention, orders.get(one.mention.separator), written)
        if day:
            resolved.append(one._replace(day=day))
    return resolved


def _shown(page: Page, separator: str, language: str) -> dates.Order | None:
    """The order of day and month on a page: as its other dates show, else as its language always has it."""
    lines = [line.text for line in page.lines if separator in line.text and dates.possible(line.text)]
    shown = dates.order("\n".join(lines), separator)
    known = language in DAY_FIRST or (separator == "." and language != "en")
    return shown or (dates.Order.DAY_FIRST if known else None)


def _found(page: Page, title_line: int) -> Iterator[DatedLine]:
    """The dates in the places a text's own can stand: about the title and the text, and on lines taken for bylines."""
    lines = page.lines
    title = page.place(title_line)
    first = page.first if page.first < len(lines) else title or 0
    top, low = (first, first) if title is None else (min(title, first), max(title, first))
    start, end, body, signed = (
        top - LINES_ABOVE_TITLE,
        page.last + LINES_BELOW,
        low + LINES_INTO_BODY,
        page.last - LAST_BODY_LINES,
    )
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
                    prose
                    and one.cue == "plain"
                    and page.first <= at < page.first + OPENING_LINES
                    and _opens(one, line.text)
                )
                yield one._replace(cue="opening") if opens else one


def _opens(one: DatedLine, text: str) -> bool:
    """Whether a date stands at the very beginning of a paragraph: "Harbour, 3 May 2020 – The bar has moved"."""
    return one.mention.end <= MAX_OPENING_END and _OPENED.match(text, one.mention.end) is not None


def _in_line(lines: Sequence[Line], at: int) -> Iterator[DatedLine]:
    line = lines[at]
    text = line.text
    if len(text) > MAX_WHOLE_LINE:
        text = text[: PARAGRAPH_OPENING if line.label is Label.BODY else LINE_OPENING]
    found = _mentions(text)
    rest = len(line.text) - sum(mention.end - mention.start for mention in found)
    end = 0
    passed = False
    for place, mention in enumerate(found):
        before = text[end : mention.start] or ("" if end or not at else _cue_line(lines[at - 1].text))
        before = _GLUED.sub(" ", before) if before else ""
        end = mention.end
        cue = _last(_PUBLISHED, before)
        passed = _last(_OTHER, before) > cue or (passed and len(before) < MAX_RANGE_GAP)
        if not passed and not (dates.is_early(mention) and cue < 0 and rest > MAX_EARLY_REST):
            kind = "changed" if _last(_CHANGED, before) > cue else "published" if cue >= 0 else "plain"
            yield DatedLine(at, line.number, mention, mention.iso, kind, rest, len(found), place)


def _mentions(text: str) -> tuple[dates.DateMention, ...]:
    """The dates of a line that can be a dateline. What a machine notes to the second gives way to what it shows."""
    found = dates.find(text)
    if not found or "%" in text or _CAPTION.match(text):
        return ()
    if len(found) > MAX_DATES or any(_HOURS.match(text, one.end) for one in found):
        return ()
    if found[0].start > MIN_CAPTION and _CREDITED.search(text, found[-1].end):
        return ()
    if any(_SPAN.search(text[: one.start][-6:]) for one in found):
        return ()
    shown = found if len(found) < 2 else tuple(one for one in found if not _STAMP.match(text, one.end))
    return shown or found


def _cue_line(text: str) -> str:
    """The line above, where it is nothing but an announcement ("Published:")."""
    return text if len(text) < MAX_CUE_LINE and _ANNOUNCES.fullmatch(text) else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for match in pattern.finditer(text):
        last = match.start()
    return last
