"""Who signs a page: the authors it names, from every place that names any.

A cue is believed where a byline can stand, on the name's line or alone on the line above. A name beside a date, or
alone between title and text or below it, is believed on more than one piece of evidence only (:class:`Evidence`):
column headings look alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.clean import bylines, cues, dates, names, profiles
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import Claim, Field, Label

SHORT: Final = 100
ENOUGH: Final = 3
"""The evidence a name without a cue needs."""
CLOSE: Final = 4
"""A name is close to the title at most this many lines below it."""
INTO: Final = 11
"""How far into the body a byline that is no part of it may stand."""
OVER: Final = 4
"""How many lines above the title a name may stand."""
LEAD: Final = 12
"""How many lines of the body are looked at for whom the text is about."""

_SIGNS: Final = re.compile(r"\s*(?:[|•·●/♦►→]|//|\s[–—-]+\s|,\s*\||;\s|\s{2,}|\t)\s*")
_TIME: Final = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:uhr|h|a\.?m\.?|p\.?m\.?|[a-z]{2,4}t)?\b|\b\d+\s?(?:min\w*|comments?|kommentare?|views?|words?|shares?)\b(?:\s(?:read|lesezeit))?",
    re.IGNORECASE,
)
_INNER: Final = re.compile(
    r"(?:^|(?<=\s))(?:written\s)?(?:by|von|par|por|di|door|author|autor/in|autor)\s*:?\s+(?=\S)", re.IGNORECASE
)
_AGO: Final = re.compile(
    r"\b(?:ago|vor \d|hace|yesterday|today|heute|gestern|hours?|minutes|min|\d\d:\d\d|[A-Z][a-z]{2,8}\.? \d{1,2})\b",
    re.IGNORECASE,
)
_OTHER_CUE: Final = re.compile(
    r"\b(?:edited|reviewed|checked|photos?|photographed|fotos?|images?|translated|illustrated|updated|read|watched)\s*$",
    re.IGNORECASE,
)
_FURNITURE: Final = frozenset({Label.APPEAL, Label.NOTICE, Label.SHARE})


def authors(sheet: Sheet, title_line: int, credited: frozenset[str]) -> Iterator[Claim]:
    """Who wrote the text, as far as the page says. ``credited`` are the names of those it credits as its origin."""
    lines = [*filter(_may_sign, (*bylines.head(sheet, title_line), *_further(sheet, title_line)))]
    stated = False
    for claim in _announced(lines, credited):
        stated = stated or claim.rule != "author.posted-by"
        yield claim
    if not stated:
        yield from _unannounced(sheet, lines, title_line, credited)
    yield from profiles.authors(sheet)


def _unannounced(sheet: Sheet, lines: list[Line], title_line: int, credited: frozenset[str]) -> Iterator[Claim]:
    times = Counter(line.text for line in sheet.lines if line.label is not Label.BODY)
    below = tuple(Evidence.of(sheet, lines, title_line, times).best(credited))
    yield from below or Evidence.of(sheet, _over(sheet, title_line), title_line, times).best(credited)


def _may_sign(line: Line) -> bool:
    return line.label not in _FURNITURE and len(line.text) <= bylines.LONGEST


def _further(sheet: Sheet, title_line: int) -> Iterator[Line]:
    """Lines further into the body that are none of it: a lead may stand above the byline."""
    first = max(sheet.first, next((at for at, line in enumerate(sheet.lines) if line.number == title_line), 0))
    for line in sheet.lines[first + bylines.INTO : first + INTO]:
        if line.label is not Label.BODY or line.level:
            yield line


def _over(sheet: Sheet, title_line: int) -> list[Line]:
    """The lines right above the title."""
    at = next((at for at, line in enumerate(sheet.lines) if line.number == title_line), 0) if title_line else 0
    return [line for line in sheet.lines[max(0, at - OVER) : at] if _may_sign(line)]


def _announced(lines: Sequence[Line], credited: frozenset[str]) -> Iterator[Claim]:
    """Names after a cue, on its line or on those below it."""
    for at, line in enumerate(lines):
        if bylines.OTHER_ROLE.match(line.text):
            continue
        poster = bylines.poster_of(line.text)
        found = () if poster else bylines.named(line.text)
        if found:
            yield Claim(Field.AUTHOR, found, "author.by", line.number)
        elif poster and (" " in poster or names.is_given(poster)) and not credited:
            yield Claim(Field.AUTHOR, (poster,), "author.posted-by", line.number)
        elif not poster:
            below = bylines.below(lines, at)
            if below:
                yield Claim(Field.AUTHOR, below, "author.below-cue", lines[at + 1].number)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for names that no cue announces."""

    lines: tuple[Line, ...]
    title: int
    dated: frozenset[int]
    times: Counter[str]
    tail: tuple[str, ...]
    above: frozenset[int]
    about: str
    sheet: Sheet

    @classmethod
    def of(cls, sheet: Sheet, lines: list[Line], title_line: int, times: Counter[str]) -> Evidence:
        """The evidence of a page, for the lines of its head."""
        lead = [line.text for line in sheet.lines[sheet.first : sheet.first + LEAD] if line.label is Label.BODY]
        title = [line.text for line in sheet.lines if line.number == title_line]
        return cls(
            tuple(lines),
            title_line,
            frozenset(at for at, line in enumerate(lines) if len(line.text) < 120 and dates.find(line.text)),
            times,
            tuple(line.text for line in sheet.lines[sheet.last + 1 : sheet.last + 40]),
            frozenset(line.number for line in sheet.lines[max(0, sheet.first - 3) : sheet.first]),
            "\n".join((*title, *(text for text in lead if len(text) > 60))),
            sheet,
        )

    def best(self, credited: frozenset[str]) -> Iterator[Claim]:
        """The names with the most evidence, if it is enough; of several the first."""
        found = [one for at in range(len(self.lines)) for one in self._weighed(at, credited)]
        yield from (claim for _, claim in sorted(found, key=lambda one: one[0])[:1])

    def _weighed(self, at: int, credited: frozenset[str]) -> Iterator[tuple[int, Claim]]:
        line = self.lines[at]
        if line.label is Label.CREDIT or bylines.OTHER_ROLE.match(line.text):
            return
        if at in self.dated:
            given, cued = ((), False) if bylines.poster_of(line.text) else _beside_date(line.text)
        else:
            given, cued = _together(self.lines, at), False
        if not given or given[0] in credited:
            return
        weight = 3 * cued + self._weight(given[0], at)
        if at in self.dated and not cued and not names.is_given(given[0]):
            # "Harbour Review, 3 May 2020": a paper's name and a date look the same, but furniture repeats the paper's.
            weight += 1 - 3 * any(given[0] in text for text in _house(self.sheet, self.title))
        if weight >= ENOUGH:
            rule = "author.by-inside" if cued else "author.beside-date" if at in self.dated else "author.name-line"
            yield -weight, Claim(Field.AUTHOR, given, rule, line.number)

    def _timed(self, at: int) -> bool:
        """Whether a line or one beside it tells a time or a day in words that are no whole date."""
        return any(
            (line.label is Label.META or other == at) and len(line.text) < SHORT and _AGO.search(line.text) is not None
            for other in (at - 1, at, at + 1)
            if 0 <= other < len(self.lines)
            for line in (self.lines[other],)
        )

    def _weight(self, name: str, at: int) -> int:
        line = self.lines[at]
        beside = any(other in self.dated for other in (at - 1, at, at + 1))
        near = beside or at - 2 in self.dated or at + 2 in self.dated or self._timed(at)
        if (
            at
            and bylines.OTHER_ROLE.match(self.lines[at - 1].text)
            and len(self.lines[at - 1].text) < bylines.LONGEST_CUE
        ):
            return 0
        weight = 2 * names.is_given(name) + (name.casefold() in cues.AGENCIES) + near
        weight += any(token.endswith(".") and len(token) == 2 for token in name.split())
        weight += line.label is Label.META
        weight += self.times[name] > 1
        weight += at < CLOSE and 0 < self.title < line.number
        weight += line.number in self.above
        weight += 2 * any(text.startswith(name) and bylines.tells(text[len(name) :]) for text in self.tail)
        weight += at + 1 < len(self.lines) and names.is_role(self.lines[at + 1].text)
        if not near and not names.is_given(name) and line.label is not Label.META:
            weight -= 1
        weight -= (line.level > 0) + (line.item and line.label is not Label.META) + (line.label is Label.BODY)
        return weight - 2 * (name in self.about)


def _house(sheet: Sheet, title_line: int) -> Iterator[str]:
    """The lines where a page names its publisher: those above the title, and notices."""
    for line in sheet.lines:
        if line.number < title_line - OVER or line.label is Label.NOTICE or (line.number < title_line and line.item):
            yield line.text


def _beside_date(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of a line that has a date too, and whether a cue stands before them."""
    for sighting in reversed(dates.find(text)):
        text = f"{text[: sighting.start]} | {text[sighting.end :]}"
    text = _TIME.sub(" | ", text)
    cue = _INNER.search(text)
    if cue and not _OTHER_CUE.search(text[: cue.start()]):
        rest = text[cue.end() :]
        word = rest.split(" ", 1)[0]
        handle = names.is_handle(word) and cue[0].strip().casefold() in {"by", "von", "par", "por"}
        return names.announced(rest) or ((word,) if handle else ()), True
    for part in _SIGNS.split(text):
        given = names.announced(part.strip(" .:*,"))
        if given and all(map(names.is_someone, given)):
            return given, False
    return (), False


def _together(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """The names of a line of names, and of the lines of names right below it."""
    given: tuple[str, ...] = ()
    for line in lines[at : at + 4]:
        more = names.alone(line.text)
        if not more or (given and not names.is_given(more[0])):
            break
        given = tuple(dict.fromkeys((*given, *more)))
    return given
