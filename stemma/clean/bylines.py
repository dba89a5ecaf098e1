"""Who wrote a page and who posted it, from lines that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stemma.clean import cues, dates, names
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import Claim, Field, Label

HEAD: Final = 14
"""A byline stands at most this many lines above the body, or in its first lines."""
INTO: Final = 4
TAIL: Final = 12

_PLAIN: Final = re.compile(rf"{cues.alternation(cues.AUTHOR_PLAIN)}(?:\s*[:：]\s*|\s+)(?=\S)", re.IGNORECASE)
_STRONG: Final = re.compile(rf"{cues.alternation(cues.AUTHOR_STRONG)}(?:\s*[:：/／|]\s*|\s+)(?=\S)", re.IGNORECASE)
_POSTED: Final = re.compile(
    rf"{cues.alternation(cues.POSTED)}\s*[:：]?\s+(?P<name>\S.*)"
    r"|(?:posted|published|submitted|gepostet|veröffentlicht|publié|publicado|pubblicato|geplaatst)\s{1,3}(?:on|am|le|el|il|em|op|in)\b"
    r".{0,60}?\s(?:by|von|par|por|da|door)\s+(?P<later>\S.*)",
    re.IGNORECASE,
)
_INLINE: Final = re.compile(r"(?:^|[\s|•·/—–-])(?:by|von|par|por|door)\s+(?=[A-ZÀ-ÞА-Я])", re.IGNORECASE)
_FURNITURE: Final = frozenset({Label.COMMENT, Label.RELATED, Label.APPEAL, Label.NOTICE, Label.SHARE})


def is_byline(text: str) -> bool:
    """Whether a line begins by naming an author or whoever posted it."""
    return len(text) < 200 and bool(named(text) or _POSTED.match(text))


def named(text: str) -> tuple[str, ...]:
    """The authors a line that begins with a cue names; empty if it is no such line."""
    for pattern in (_STRONG, _PLAIN):
        cue = pattern.match(text)
        if cue:
            found = names.announced(text[cue.end() :])
            if found:
                return found
    return ()


def posted_by(sheet: Sheet) -> Iterator[Claim]:
    """Who put the text on the page, as far as it says."""
    for line in head(sheet):
        poster = poster_of(line.text)
        if poster:
            yield Claim(Field.POSTED_BY, (poster,), "posted-by.line", line.number)


def poster_of(text: str) -> str:
    """The account or person a line says posted the text, or the empty string."""
    cue = re.search(_POSTED, text) if len(text) < 200 else None
    if not cue:
        return ""
    rest = (cue["name"] or cue["later"] or "").strip()
    word = rest.split(" ", 1)[0].strip(".,;|")
    if names.is_handle(word):
        return word
    found = names.announced(rest)
    return found[0] if found else ""


def head(sheet: Sheet) -> Iterator[Line]:
    """The lines a byline can stand in: those above the body from the top down, then the first of it."""
    yield from sheet.lines[max(0, sheet.first - HEAD) : sheet.first + INTO]


def authors(sheet: Sheet, after: int) -> Iterator[Claim]:
    """Who wrote the text, as far as the page says. ``after`` is the number of the title's line."""
    for line in head(sheet):
        if line.number <= after or line.label in _FURNITURE or len(line.text) > 200:
            continue
        found = named(line.text)
        if found and not poster_of(line.text):
            yield Claim(Field.AUTHOR, found, "author.by", line.number)
    for line in sheet.lines[sheet.last + 1 : sheet.last + 1 + TAIL]:
        cue = _STRONG.match(line.text) if len(line.text) < 200 and line.label is not Label.COMMENT else None
        found = names.announced(line.text[cue.end() :]) if cue else ()
        if found:
            yield Claim(Field.AUTHOR, found, "author.at-the-end", line.number)


def dated_name(text: str) -> str:
    """The name of a line that is a name and a date alone, or the empty string."""
    found = dates.find(text)
    if not found or len(found) > 1:
        return ""
    name = (text[: found[0].start] + text[found[0].end :]).strip(" ,|•·–—-/")
    return name if names.is_name(name) else ""
