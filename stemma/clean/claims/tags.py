"""The subjects a page files its text under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stemma.clean.claims.page import Line, Sheet, links
from stemma.clean.claims.recognizers import credit_lines, cues
from stemma.records import Claim, Field, Label

MOST: Final = 40
LONGEST_TAG: Final = 60
LONGEST_LINE: Final = 1200
AFTER: Final = 40

_CUE: Final = re.compile(rf"(?:^|[|•·]\s*){cues.alternation(cues.TAGS)}\s*[:：]\s*", re.IGNORECASE)
_STARTS: Final = frozenset(cue[:2] for cue in cues.TAGS)
_SIGN: Final = re.compile(r"\s*[,|·•;،、，；]\s*")


def tags(sheet: Sheet) -> Iterator[Claim]:
    """All tags of a page as one claim, in the order of the page, each once; the line is the first that gives any."""
    found: dict[str, None] = {}
    first: Line | None = None
    for line in (*credit_lines.head(sheet), *sheet.lines[sheet.last + 1 : sheet.last + 1 + AFTER]):
        if line.label in {Label.COMMENT, Label.BODY} or len(line.raw) > LONGEST_LINE:
            continue
        given = _given(line)
        if given and first is None:
            first = line
        found.update(dict.fromkeys(given))
    if first is not None:
        yield Claim(Field.TAGS, tuple(found)[:MOST], "tags.line", first.number)


def is_tags(text: str) -> bool:
    """Whether a line begins by announcing subjects."""
    return text[:2].casefold() in _STARTS and _CUE.match(text) is not None


def _given(line: Line) -> tuple[str, ...]:
    """The tags one line gives: its links where it has any, otherwise what stands between its signs."""
    if not _CUE.match(line.text):
        return ()
    linked = links(line.raw)
    given = [text for text, _ in linked] if linked else _SIGN.split(_CUE.sub("|", line.text).strip("| "))
    return tuple(tag for tag in (one.strip(" .#") for one in given) if 0 < len(tag) <= LONGEST_TAG)
