"""A page as its possible titles are measured against it: what is read once, for all of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.publisher.host import Host
from stemma.clean.claims.recognizers import credit_lines, dates, person_names
from stemma.clean.claims.title.page_features import of_page
from stemma.clean.claims.title.page_style import BODY, MIN_LONG, NOTICE, PageStyle
from stemma.text import WORD

MIN_PROSE: Final = 140
"""Characters; a longer line that ends as a sentence does is text, whatever its label."""
BODY_LINES: Final = 30
"""Lines of the body that are compared with a candidate."""
MAX_BODY_CHARACTERS: Final = 3000
"""Characters of the body that are, at most."""
LEAD_LINES: Final = 8
"""Lines that count as the beginning of the text."""
LEAD_CHARACTERS: Final = 500
"""Characters that do, at most."""
NOTICE_CHARACTERS: Final = 2000
"""Characters of the notices of the page that are compared with a candidate."""

_CREDIT: Final = re.compile(
    r"(?:[^\W\d_]{1,20} ){0,2}by |(?:from|of|for) (?:the|our|a) |"
    r"(?:von|vom|aus) (?:der|dem|unser)|(?:par|por|de la part) |(?:от|из) ",
    re.IGNORECASE,
)
_ASCII: Final = re.compile(r"[a-z0-9_]+")
_MARKS: Final = (" | ", " - ", " – ", " — ", ": ", " · ", " » ", " › ", " > ")
"""What separates the parts of a line."""
_HIGHEST: Final = 9
"""Above every heading level: the level of a line that is no heading."""


def words_of(folded: str) -> list[str]:
    """The words of a folded text."""
    return (_ASCII if folded.isascii() else WORD).findall(folded)


def is_credit(text: str) -> bool:
    """Whether a line begins as one does that says by whom or from where a text is."""
    return len(text) < MIN_LONG and _CREDIT.match(text) is not None


def is_headline_like(line: Line) -> bool:
    """Whether a line has the length and the end of a headline: the lines others are counted by."""
    text = line.text
    return not line.item and text[-1:] not in ".:,;。" and (3 <= line.spaces < 25 or line.level == 1)


def is_prose(line: Line) -> bool:
    """Whether a line is text."""
    return line.label is BODY or (len(line.text) > MIN_PROSE and line.text[-1] in ".!?…”“\"'。")


def is_phrase(line: Line) -> bool:
    """Whether a line is more than a menu's word or two."""
    return not line.item and line.spaces > 2


@dataclass(frozen=True, slots=True)
class TitleContext:
    """What all lines of a page that could be its title are measured against.

    ``start``: the first of them; ``times`` counts the lines of the page, ``standing`` lines and parts of lines;
    ``of_page`` are the features that all lines share; ``dated``, ``signed`` and ``people`` are the places of such lines
    among those looked at closely and around them. ``indents`` and ``levels`` give, from ``start`` on, the least indent
    and the highest heading from a line down to the body. ``folded`` are all lines, ``whole`` the same as one text,
    ``body`` and ``lead`` the beginning of the text below, all in small letters; ``host`` is whose name is the site's.
    """

    start: int
    style: PageStyle
    folded: Sequence[str]
    whole: str
    notices: str
    times: Mapping[str, int]
    standing: Mapping[str, int]
    of_page: tuple[str, ...]
    body: str
    lead: str
    top_headings: int
    first_heading: Line | None
    dated: frozenset[int]
    signed: frozenset[int]
    people: frozenset[int]
    indents: tuple[int, ...]
    levels: tuple[int, ...]
    host: Host | None

    @classmethod
    def of(
        cls, page: Page, style: PageStyle, start: int, near: Sequence[int], host: Host | None = None
    ) -> TitleContext:
        """Read a page once, for the lines at the places ``near``."""
        lines, first = page.lines, page.first
        whole = "\n".join([line.text for line in lines]).casefold()
        folded = whole.split("\n")
        beside = [(at, lines[at]) for at in near]
        dated = frozenset([at for at, line in beside if _may_date(line) and dates.find(line.text)])
        signed = frozenset(
            [at for at, line in beside if len(line.text) < MIN_LONG and credit_lines.is_byline(line.text)]
        )
        signed |= {at for at, line in beside if at + 1 in dated | signed and at not in dated and is_credit(line.text)}
        above = lines[start:first]
        return cls(
            start=start,
            style=style,
            folded=folded,
            whole=f"\n{whole}\n",
            notices=_notices(lines, folded),
            times=Counter(folded),
            standing=_standing(whole),
            of_page=of_page(page),
            body=" ".join(folded[first : first + BODY_LINES])[:MAX_BODY_CHARACTERS],
            lead=" ".join(folded[first : first + LEAD_LINES])[:LEAD_CHARACTERS],
            top_headings=sum([line.level == 1 for line in lines]) if style.kind == "markdown" else 0,
            first_heading=next((line for line in lines if line.level), None) if style.kind == "markdown" else None,
            dated=dated,
            signed=signed,
            people=frozenset([at for at, line in beside if _may_name(line.text) and person_names.is_person(line.text)]),
            indents=_least([line.indent for line in reversed(above)]) if style.indented else (),
            levels=_least([line.level or _HIGHEST for line in reversed(above)]) if style.kind == "markdown" else (),
            host=host,
        )


def _notices(lines: Sequence[Line], folded: Sequence[str]) -> str:
    """The lines that name the owner of the site."""
    owned = [text for text, line in zip(folded, lines, strict=True) if line.label is NOTICE or "©" in text]
    return "\n".join(owned)[:NOTICE_CHARACTERS]


def _standing(whole: str) -> Mapping[str, int]:
    """How often each line, and each part of a line, is on the page. ``whole`` are its lines in small letters."""
    for mark in _MARKS:
        whole = whole.replace(mark, "\n")
    return Counter(whole.split("\n"))


def _least(upwards: Iterable[int]) -> tuple[int, ...]:
    """The running least of numbers given from the last to the first, in the order from the first."""
    return tuple(reversed(tuple(accumulate(upwards, min))))


def _may_date(line: Line) -> bool:
    """Whether a date in the line can be the text's; in a sentence it is a date of which the text speaks."""
    return len(line.text) < (60 if line.label is BODY or line.text.endswith(".") else 120)


def _may_name(text: str) -> bool:
    return 0 < text.count(" ") < 4
