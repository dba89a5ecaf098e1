"""A page as its possible titles are measured against it: what is read once, for all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from stemma.clean.claims.page import Line, Sheet
from stemma.clean.claims.recognizers import credit_lines, dates, person_names
from stemma.clean.claims.title.page_style import BODY, LONG, NOTICE, Form
from stemma.text import WORD

PROSE: Final = 140
"""A line so long that ends as a sentence does is text, whatever it was labelled."""
READ: Final = 30
"""So many lines of the body are read,"""
MOST_READ: Final = 3000
"""so many signs at most,"""
LEAD_LINES: Final = 8
LEAD: Final = 500
"""and so many as its beginning."""
NOTICES: Final = 2000

_CREDIT: Final = re.compile(
    r"(?:[^\W\d_]{1,20} ){0,2}by |(?:from|of|for) (?:the|our|a) |"
    r"(?:von|vom|aus) (?:der|dem|unser)|(?:par|por|de la part) |(?:от|из) ",
    re.IGNORECASE,
)
_ASCII: Final = re.compile(r"[a-z0-9_]+")
_HIGHEST: Final = 9


def words_of(folded: str) -> list[str]:
    """The words of a folded text."""
    return (_ASCII if folded.isascii() else WORD).findall(folded)


def is_credit(text: str) -> bool:
    """Whether a line begins as one does that says by whom or from where a text is."""
    return len(text) < LONG and _CREDIT.match(text) is not None


def likely(line: Line) -> bool:
    """Whether a line has the length and the end of a headline: the lines others are counted by."""
    text = line.text
    return not line.item and text[-1:] not in ".:,;。" and (3 <= text.count(" ") < 25 or line.level == 1)


def is_prose(line: Line) -> bool:
    """Whether a line is text."""
    return line.label is BODY or (len(line.text) > PROSE and line.text[-1] in ".!?…”“\"'。")


def is_speaking(line: Line) -> bool:
    """Whether a line is more than a menu's word or two."""
    return not line.item and line.text.count(" ") > 2


@dataclass(frozen=True, slots=True)
class Page:
    """What all lines of a page that could be its title are measured against.

    ``start``: the first of them; ``dated``, ``signed`` and ``people`` are the places of such lines among those looked
    at closely and around them. ``indents`` and ``levels`` give, from ``start`` on, the least indent and the highest
    heading from a line down to the body. ``folded`` are all lines, ``whole`` the same as one text, ``body`` and
    ``lead`` the beginning of the text below, all in small letters.
    """

    start: int
    form: Form
    folded: Sequence[str]
    whole: str
    notices: str
    times: Mapping[str, int]
    body: str
    lead: str
    top_headings: int
    first_heading: Line | None
    dated: frozenset[int]
    signed: frozenset[int]
    people: frozenset[int]
    indents: tuple[int, ...]
    levels: tuple[int, ...]

    @classmethod
    def of(cls, sheet: Sheet, form: Form, start: int, near: Sequence[int]) -> Page:
        """Read a page once, for the lines at the places ``near``."""
        lines, first = sheet.lines, sheet.first
        whole = "\n".join([line.text for line in lines]).casefold()
        folded = whole.split("\n")
        beside = [(at, lines[at]) for at in near]
        dated = frozenset([at for at, line in beside if _may_date(line) and dates.find(line.text)])
        signed = frozenset([at for at, line in beside if len(line.text) < LONG and credit_lines.is_byline(line.text)])
        signed |= {at for at, line in beside if at + 1 in dated | signed and at not in dated and is_credit(line.text)}
        above = lines[start:first]
        return cls(
            start=start,
            form=form,
            folded=folded,
            whole=f"\n{whole}\n",
            notices=_notices(lines, folded),
            times=Counter(folded),
            body=" ".join(folded[first : first + READ])[:MOST_READ],
            lead=" ".join(folded[first : first + LEAD_LINES])[:LEAD],
            top_headings=sum([line.level == 1 for line in lines]) if form.kind == "markdown" else 0,
            first_heading=next((line for line in lines if line.level), None) if form.kind == "markdown" else None,
            dated=dated,
            signed=signed,
            people=frozenset([at for at, line in beside if _may_name(line.text) and person_names.is_person(line.text)]),
            indents=_least([line.indent for line in reversed(above)]) if form.indented else (),
            levels=_least([line.level or _HIGHEST for line in reversed(above)]) if form.kind == "markdown" else (),
        )


def _notices(lines: Sequence[Line], folded: Sequence[str]) -> str:
    """The lines that name the owner of the site."""
    owned = [text for text, line in zip(folded, lines, strict=True) if line.label is NOTICE or "©" in text]
    return "\n".join(owned)[:NOTICES]


def _least(upwards: Iterable[int]) -> tuple[int, ...]:
    """The running least of numbers told from the last to the first, told from the first."""
    return tuple(reversed(tuple(accumulate(upwards, min))))


def _may_date(line: Line) -> bool:
    """Whether a date in the line can be the text's; in a sentence it is a date of which the text speaks."""
    return len(line.text) < (60 if line.label is BODY or line.text.endswith(".") else 120)


def _may_name(text: str) -> bool:
    return 0 < text.count(" ") < 4
