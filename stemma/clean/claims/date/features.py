"""The features of a date on a page, by which the date of the text is told apart from all the others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.recognizers import dates
from stemma.records import Label

HEAD_LINES: Final = 10
"""Lines below the title, or above the body, that count as the head of the page."""
LIST_REACH: Final = 8
"""Lines; dates no further apart may be those of a list."""
MIN_SENTENCE: Final = 30
"""Characters that a sentence has besides its date, at least."""
MIN_WRAPPED: Final = 60
"""Characters of a line that goes on in the next."""
MAX_NOTE: Final = 45
"""Characters that a note of a change has besides its date, at most."""

_CLOCK: Final = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_SMALL: Final = re.compile(r"(?:^|\s)[a-zà-ÿ]{1,12},?\s$")
_CONTINUED: Final = re.compile(r"\s(?!at\b|by\b|um\b|uhr\b|in\b|von\b|à\b|a\s)[a-zà-ÿ]{2,}")
_CREDIT: Final = re.compile(
    r"\((?:AP|AFP|REUTERS|dpa|Foto|Photo|Getty)|\b(?:picture|photo|foto|image|getty|imago|vol\.|doi|isbn|issue)\b",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"last|zuletzt|letzte|última|dernière|ultim", re.IGNORECASE)
_YEAR: Final = re.compile(r"20\d\d(?!\d)")
_AFTER: Final = frozenset(",.)]–-|•·:")
_BEFORE: Final = frozenset("([|•·–-:,/")
_WORDS_BEFORE: Final = re.compile(r"[^\W\d_]{2,}\s[^\W\d_]{2,}\s(?:[^\W\d_]{1,10},?\s)?$")
_WORD_AFTER: Final = re.compile(r",?\s[^\W\d_]{2,}\s[^\W\d_]")
_LEAD_IN: Final = re.compile(r"[^\W\d_]{1,6}\s")
_SMALL_AFTER: Final = re.compile(r",?\s[a-zß-ÿа-я]{2,}\s[^\W\d_]")
_STEPS_BEFORE: Final = (1, 8, 16, 31, 61)
_STEPS_TITLE: Final = (-40, -12, -6, -3, -1, 0, 1, 2, 3, 4, 6, 9, 13, 21, 41)
_STEPS_BODY: Final = (-40, -12, -5, -2, -1, 0, 1, 4, 10)
_STEPS_AFTER: Final = (1, 3, 6, 15)
_STEPS_REST: Final = (0, 4, 13, 31, 61, 91, 161)


class DatedLine(NamedTuple):
    """A date of the page: its place among the lines, the day it means, and how it is announced.

    ``cue`` is ``published``, ``changed``, ``opening`` where it opens the text, or ``plain``; ``rest`` is how many
    characters the line says besides its dates, ``dates`` how many dates it has, ``place`` which of them this one is,
    from 0.
    """

    at: int
    number: int
    mention: dates.DateMention
    day: str
    cue: str
    rest: int
    dates: int
    place: int


@dataclass(frozen=True, slots=True)
class DateContext:
    """All dates of a page that could be the text's, and what they show together.

    ``title`` and ``author`` are the places of the title's line and of the line that names the authors; ``years`` are
    those the title names, ``text_year`` is the latest one that the text speaks of.
    """

    page: Page
    title: int | None
    author: int | None
    found: tuple[DatedLine, ...]
    times: Counter[str]
    years: frozenset[str]
    text_year: str

    @classmethod
    def of(cls, page: Page, title_line: int, author_line: int, found: Sequence[DatedLine]) -> DateContext:
        """The dates of a page by the numbers of its title's and its authors' lines, 0 where there is none."""
        wanted = {title_line, author_line}
        places = {line.number: at for at, line in enumerate(page.lines) if line.number in wanted} if found else {}
        title = places.get(title_line)
        return cls(
            page,
            title,
            places.get(author_line),
            tuple(found),
            Counter(one.day for one in found),
            frozenset(_YEAR.findall(page.lines[title].text)) if title is not None else frozenset(),
            _newest(page, max(one.day[:4] for one in found)) if found else "",
        )

    def features(self, one: DatedLine) -> Iterator[str]:
        """The features of one of the dates."""
        line = self.page.lines[one.at]
        yield "any"
        yield f"cue-{one.cue}"
        yield from self._placed(one, line)
        yield from self._written(one, line)
        yield from _around(one, line.text)
        yield from self._within(one, line)
        yield from self._below(one)
        yield from self._beside(one.at)
        others = [other for other in self.found if other.day != one.day]
        yield from self._among(one, others) if others else ("only", f"only-{one.cue}", f"{self._side(one.at)}-only")
        yield from self._in_head(one)
        if self.times[one.day] > 1:
            yield "again"
        if self.text_year:
            yield f"text-year-{max(-2, min(2, int(one.day[:4]) - int(self.text_year)))}"

    def _placed(self, one: DatedLine, line: Line) -> Iterator[str]:
        below = "none" if self.title is None else str(bisect_right(_STEPS_TITLE, one.at - self.title))
        rest = bisect_right(_STEPS_REST, one.rest)
        for feature in (f"title-{below}", f"body-{self._body(one.at)}"):
            yield feature
            yield f"{feature}-{line.label}"
        yield f"title-{below}-{one.cue}"
        yield f"label-{line.label}"
        yield f"label-{line.label}-{one.cue}"
        yield f"rest-{rest}"
        yield f"rest-{rest}-{line.label}"

    def _body(self, at: int) -> str:
        first, last = self.page.first, self.page.last
        if first >= len(self.page.lines):
            return "none"
        return (
            f"after-{bisect_right(_STEPS_AFTER, at - last)}"
            if at > last
            else str(bisect_right(_STEPS_BODY, at - first))
        )

    def _within(self, one: DatedLine, line: Line) -> Iterator[str]:
        """Whether the date is part of a sentence: words on both sides, much before it, a line that goes on."""
        before, after = line.text[: one.mention.start], line.text[one.mention.end :]
        reach = bisect_right(_STEPS_BEFORE, len(before.strip()))
        yield f"before-{reach}-{one.cue}"
        yield f"before-{reach}-{line.label}"
        if _WORDS_BEFORE.search(before):
            yield f"words-before-{line.label}"
            if _WORD_AFTER.match(after):
                yield f"mid-sentence-{one.cue}"
                yield f"mid-sentence-{line.label}"
        if one.at and not before.strip():
            over = self.page.lines[one.at - 1]
            if over.number == line.number - 1 and len(over.text) > MIN_WRAPPED and over.text[-1] not in ".!?:":
                yield f"goes-on-{line.label}"

    def _below(self, one: DatedLine) -> Iterator[str]:
        """What lies between the text and a date below it."""
        if one.at <= self.page.last:
            return
        between = [line.label for line in self.page.lines[self.page.last + 1 : one.at]]
        if Label.COMMENT in between:
            yield "past-comments"
            yield f"past-comments-{one.cue}"
        related = between.count(Label.RELATED)
        yield f"past-related-{min(related, 3)}"
        yield f"past-related-{min(related, 3)}-{one.cue}"
        yield f"below-first-{not any(self.page.last < other.at < one.at for other in self.found)}"

    def _written(self, one: DatedLine, line: Line) -> Iterator[str]:
        if _CLOCK.search(line.text, one.mention.end, one.mention.end + 24):
            yield "timed"
            yield f"timed-{one.cue}"
        if line.item:
            yield "item"
        if line.level:
            yield "heading"
        if one.dates > 1:
            yield f"several-{min(one.place, 1)}"
        if one.mention.other:
            yield "two-readings"
        if self.years:
            yield f"year-{one.day[:4] in self.years}"
            yield f"year-{one.day[:4] in self.years}-{one.cue}"

    def _beside(self, at: int) -> Iterator[str]:
        lines = self.page.lines
        yield "no-author" if self.author is None else f"author-{max(-4, min(4, at - self.author))}"
        for side, other in (("above", at - 1), ("below", at + 1)):
            if 0 <= other < len(lines) and other != self.title:
                yield f"{side}-{lines[other].label}"
                if lines[other].level:
                    yield f"{side}-heading"
                if lines[other].item:
                    yield f"{side}-item"

    def _among(self, one: DatedLine, others: Sequence[DatedLine]) -> Iterator[str]:
        """The features of a date beside dates of other days."""
        side = self._side(one.at)
        newest = all(other.day < one.day for other in others)
        first = one.at == self.found[0].at
        yield f"newest-{newest}"
        yield f"{side}-newest-{newest}"
        yield f"first-{first}"
        yield f"{side}-first-{first}"
        yield f"{side}-nearest-{self._nearest(one, others)}"
        yield f"oldest-{all(other.day > one.day for other in others)}"
        if one.cue != "published" and any(other.cue == "published" for other in others):
            yield "out-announced"
        elif one.cue == "changed":
            yield "changed-beside"
            yield f"changed-only-{all(other.cue == 'changed' or not self._head(other) for other in others)}"
        if any(
            other.at > self.page.last and other.day[:4] < one.day[:4] and self._in_comments(other) for other in others
        ):
            yield f"after-comments-{one.cue}"
        near = sum(abs(other.at - one.at) <= LIST_REACH and other.at != one.at for other in others)
        yield f"listed-{min(near, 3)}"

    def _side(self, at: int) -> str:
        if self.title is None:
            return "none"
        return "above" if at < self.title - 1 else "below" if at > self.page.last else "head"

    def _nearest(self, one: DatedLine, others: Sequence[DatedLine]) -> bool:
        centre = self.page.first if self.title is None else self.title + 1
        return all(abs(one.at - centre) <= abs(other.at - centre) for other in others)

    def _in_comments(self, one: DatedLine) -> bool:
        """Whether a date stands beside a comment, and so is of the comment."""
        return any(line.label is Label.COMMENT for line in self.page.lines[max(0, one.at - 1) : one.at + 2])

    def _in_head(self, one: DatedLine) -> Iterator[str]:
        if self._head(one):
            yield "head"
            yield f"head-{one.cue}"
            if one.at == next(other.at for other in self.found if self._head(other)):
                yield "first-of-head"

    def _head(self, one: DatedLine) -> bool:
        start = self.page.first - HEAD_LINES if self.title is None else self.title
        return start <= one.at <= max(start, self.page.first) + HEAD_LINES


def amid_sentence(one: DatedLine, line: Line) -> bool:
    """Whether a sentence of the text speaks of a date: it goes on before and after it, and nothing announces it."""
    if line.label is not Label.BODY or one.cue != "plain" or line.text[-1:] not in ".!?" or one.rest <= MIN_SENTENCE:
        return False
    before, after = line.text[: one.mention.start], line.text[one.mention.end :]
    if _LEAD_IN.fullmatch(before):
        return _SMALL_AFTER.match(after) is not None
    return _WORDS_BEFORE.search(before) is not None and _WORD_AFTER.match(after) is not None


def _around(one: DatedLine, text: str) -> Iterator[str]:
    """What the line says before and after a date."""
    before = text[max(0, one.mention.start - 24) : one.mention.start]
    after = text[one.mention.end : one.mention.end + 12]
    if _SMALL.search(before):
        yield f"after-small-{one.cue}"
    if before.strip()[-1:] in _BEFORE and before.strip():
        yield f"past-{before.strip()[-1:]}"
    if not before.strip():
        yield "opens"
    if _CONTINUED.match(after):
        yield "before-small"
    if after.strip():
        yield f"then-{after[:1]}" if after[:1] in _AFTER else "then-more"
    else:
        yield "ends"
    if _CREDIT.search(text):
        yield "credit-words"
    if one.cue == "changed" and _LAST.search(before):
        yield "changed-last"
    if one.cue == "changed" and one.rest > MAX_NOTE:
        yield "changed-in-long"
    if text[-1:] in ".!?" and one.rest > MIN_SENTENCE:
        yield "sentence"


def _newest(page: Page, last: str) -> str:
    """The latest year the text speaks of. Years after ``last``, that of the page's latest date, are what it expects."""
    text = "\n".join([line.text for line in page.lines[page.first : page.last + 1] if line.label is Label.BODY])
    return max((year for year in _YEAR.findall(text) if year <= last), default="")
