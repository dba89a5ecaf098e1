"""Who signs where neither a cue nor the shape of the words says that it is a name: handles, first names, desks, teams.

Such words are candidates only close to the title or to a date. What else the page does with them decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stemma.clean.claims.page import Line
from stemma.clean.claims.recognizers import credit_lines, cues, dates, organisations, person_names
from stemma.records import Label

MAX_SIGN: Final = 40
"""Characters of words that sign."""
MIN_HANDLE: Final = 4
"""Characters of a word in small letters that signs."""
MAX_DATE_LINE: Final = 120
"""Characters of a line whose date is one of a byline."""
TITLE_REACH: Final = 3
"""Lines from the title in which words alone can sign,"""
DATE_REACH: Final = 2
"""and lines from a date."""

_SIGN: Final = re.compile(r"@?[^\W_][\w.\-'’]*(?: (?:& )?[^\W_][\w.\-'’]*){0,3}")
_PARTS: Final = re.compile(r"\s*(?:[|•·●»«♦►→]|//|\s/|/\s|\s[–—~-]+(?:\s|$)|,\s|\s{2,})\s*")
_CLOCK: Final = re.compile(r"\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:uhr|h|a\.?m\.?|p\.?m\.?|[a-z]{2,4}t)?\b\.?", re.IGNORECASE)
_NOTE: Final = re.compile(
    rf"(?:{cues.alternation(cues.PUBLISHED, cues.CHANGED, cues.OTHER_DATE, cues.TAGS, cues.POSTED)})(?![^\W_])",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"\d+\s|\D{1,20}\s\d+$|\d+$")
_SAYS: Final = frozenset({Label.COMMENT, Label.SHARE, Label.TAGS, Label.CREDIT, Label.APPEAL, Label.NOTICE})


def named(lines: Sequence[Line], at: int, title: int | None) -> tuple[str, str]:
    """What signs a line, and how: ``lone`` where it is the whole line, ``dated`` beside a date; else both are empty."""
    line = lines[at]
    if line.label in _SAYS or len(line.text) > MAX_DATE_LINE:
        return "", ""
    if dates.find(line.text):
        return ("dated", beside(line.text)) if line.label is not Label.BODY else ("", "")
    near = title is not None and abs(at - title) <= TITLE_REACH
    text = line.text
    if len(text) > MAX_SIGN or not (near or _dated(lines, at)):
        return "", ""
    return ("lone", text) if signs(text) else ("", "")


def _dated(lines: Sequence[Line], at: int) -> bool:
    around = lines[max(0, at - DATE_REACH) : at + DATE_REACH + 1]
    return any(len(line.text) <= MAX_DATE_LINE and dates.find(line.text) for line in around)


def beside(text: str) -> str:
    """The first words of a line, apart from its dates and what announces them, that can sign."""
    for mention in reversed(dates.find(text)):
        text = f"{text[: mention.start]} | {text[mention.end :]}"
    text = _CLOCK.sub(" | ", text)
    return next((part for part in map(str.strip, _PARTS.split(text)) if signs(part.strip(" .:-–"))), "").strip(" .:-–")


def signs(text: str) -> bool:
    """Whether words can be a signature: few, no words of a menu, no note, no count."""
    if not 2 <= len(text) <= MAX_SIGN or not _SIGN.fullmatch(text) or _NOTE.match(text) or _COUNT.match(text):
        return False
    if organisations.is_paper(text):
        return False
    words = text.casefold().split()
    if text[0].islower() and (len(words) > 1 or len(text) < MIN_HANDLE):
        return False
    return person_names.may_sign(words) and not credit_lines.is_lone(text) and not dates.is_calendar_name(text)
