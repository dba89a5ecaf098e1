"""A page as its possible titles are measured against it: what is read once, for all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from stemma.clean import bylines, dates, names
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import WORD, Label

PROSE: Final = 140
"""A line so long that ends as a sentence does is text, whatever it was labelled."""
LONG: Final = 100
NAMES: Final = 6
"""More words are hardly a name."""
OPENING: Final = 300
LEAD: Final = 500
KEYWORDS: Final = 8
WIDE: Final = 90
"""No line of a hard-wrapped page is wider, but for a few."""
NOTICES: Final = 2000

Beside = tuple[int, Line]

_CREDIT: Final = re.compile(
    r"(?:[^\W\d_]{1,20} ){0,2}by |(?:from|of|for) (?:the|our|a) |"
    r"(?:von|vom|aus) (?:der|dem|unser)|(?:par|por|de la part) |(?:от|из) ",
    re.IGNORECASE,
)
_HIGHEST: Final = 9


def is_credit(text: str) -> bool:
    """Whether a line begins as one does that says by whom or from where a text is."""
    return len(text) < LONG and _CREDIT.match(text) is not None


def likely(line: Line) -> bool:
    """Whether a line has the length and the end of a headline: the lines others are counted by."""
    spaces = line.text.count(" ")
    return not line.item and (3 <= spaces < 25 or line.level == 1) and line.text[-1:] not in ".:,;。"


@dataclass(frozen=True, slots=True)
class Page:
    """What all lines of a page that could be its title are measured against.

    ``start``: the first of them; ``dated``, ``signed``, ``people``, ``likely``, ``prose`` and ``speaking`` (no items,
    no two or three words alone) are the places of such lines from there on. ``indents`` and ``levels`` give, from
    ``start`` on, the least indent and the highest heading from a line down to the body.
    """

    start: int
    kind: str
    indented: bool
    wrapped: bool
    airy: bool
    folded: tuple[str, ...]
    whole: str
    notices: str
    times: Mapping[str, int]
    words: frozenset[str]
    lead: frozenset[str]
    keywords: frozenset[str]
    top_headings: int
    dated: frozenset[int]
    signed: frozenset[int]
    people: frozenset[int]
    likely: tuple[int, ...]
    prose: tuple[int, ...]
    speaking: tuple[int, ...]
    indents: tuple[int, ...]
    levels: tuple[int, ...]

    @classmethod
    def of(cls, sheet: Sheet, near: range) -> Page:
        """Read a page once, for the lines at ``near``."""
        lines = sheet.lines
        beside = [(at, lines[at]) for at in near]
        folded = tuple(line.text.casefold() for line in lines)
        words = WORD.findall(" ".join(folded[sheet.first : sheet.first + 30])[:6000])
        often = Counter(word for word in words if len(word) > 4).most_common(KEYWORDS)
        flush = len([line for line in lines if line.indent > 0]) * 4 > 3 * len(lines)
        wrapped = len([line for line in lines if len(line.raw) > WIDE]) * 12 <= len(lines)
        airy = bool(lines) and lines[-1].number > 1.3 * len(lines)
        above = [line for at, line in beside if at < sheet.first]
        dated = frozenset(at for at, line in beside if _may_date(line) and dates.find(line.text))
        signed = frozenset(at for at, line in beside if bylines.is_byline(line.text))
        signed |= {at for at, line in beside if at + 1 in dated | signed and at not in dated and is_credit(line.text)}
        return cls(
            start=near.start,
            kind=_kind(lines, beside, flush=flush, wrapped=wrapped, airy=airy),
            indented=flush,
            wrapped=wrapped,
            airy=airy,
            folded=folded,
            whole="\n" + "\n".join(folded) + "\n",
            notices=_notices(lines, folded),
            times=Counter(folded),
            words=frozenset(words),
            lead=frozenset(WORD.findall(" ".join(folded[sheet.first : sheet.first + 8])[:LEAD])),
            keywords=frozenset(word for word, times in often if times > 1),
            top_headings=len([line for line in lines if line.level == 1]),
            dated=dated,
            signed=signed,
            people=frozenset(at for at, line in beside if line.text.count(" ") < NAMES and names.is_person(line.text)),
            likely=tuple(at for at, line in beside if likely(line)),
            prose=tuple(at for at, line in beside if _is_prose(line)),
            speaking=tuple(at for at, line in beside if not line.item and line.text.count(" ") > 2),
            indents=_least(line.indent for line in reversed(above)),
            levels=_least(line.level or _HIGHEST for line in reversed(above)),
        )


def _kind(lines: Sequence[Line], beside: Sequence[Beside], *, flush: bool, wrapped: bool, airy: bool) -> str:
    """How the page was written down, which decides what its lines can show. A comment in code is no heading."""
    if any(line.level and not (flush and line.indent and not line.item) for _, line in beside):
        return "markdown"
    if flush:
        return "flush" if wrapped else "indented"
    if airy:
        return "airy"
    return "prose" if sum(len(line.text) > LONG for line in lines) * 4 > len(lines) else "dense"


def _notices(lines: Sequence[Line], folded: Sequence[str]) -> str:
    """The lines that name the owner of the site."""
    owned = (text for text, line in zip(folded, lines, strict=True) if "©" in text or line.label is Label.NOTICE)
    return "\n".join(owned)[:NOTICES]


def _least(upwards: Iterable[int]) -> tuple[int, ...]:
    """The running least of numbers told from the last to the first, told from the first."""
    return tuple(reversed(tuple(accumulate(upwards, min))))


def _may_date(line: Line) -> bool:
    """Whether a date in the line can be the text's; in a sentence it is a date of which the text speaks."""
    return len(line.text) < (60 if line.label is Label.BODY or line.text.endswith(".") else 120)


def _is_prose(line: Line) -> bool:
    return line.label is Label.BODY or (len(line.text) > PROSE and line.text[-1] in ".!?…”“\"'。")
