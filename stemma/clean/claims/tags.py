"""The subjects a page files its text under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stemma.clean.claims.page import Line, Page, links
from stemma.clean.claims.recognizers import credit_lines, cues
from stemma.records import Claim, Field, Label

MAX_TAGS: Final = 40
"""Tags of a page that are kept."""
MAX_TAG_LENGTH: Final = 60
"""Characters of a tag."""
MAX_LINE_LENGTH: Final = 1200
"""Characters of a line that gives tags, its links included."""
LINES_BELOW: Final = 40
"""Lines below the body in which tags are looked for."""

_CUE: Final = re.compile(rf"(?:^|[|•·]\s*){cues.alternation(cues.TAGS)}\s*[:：]\s*", re.IGNORECASE)
_STARTS: Final = frozenset(cue[:2] for cue in cues.TAGS)
_SEPARATOR: Final = re.compile(r"\s*[,|·•;،、，；]\s*")


def find_tags(page: Page) -> Iterator[Claim]:
    """All tags of a page as one claim, in the order of the page, each once; the line is the first that gives any."""
    found: dict[str, None] = {}
    first: Line | None = None
    for line in (*credit_lines.head(page), *page.lines[page.last + 1 : page.last + 1 + LINES_BELOW]):
        if line.label in {Label.COMMENT, Label.BODY} or len(line.raw) > MAX_LINE_LENGTH:
            continue
        given = _given(line)
        if given and first is None:
            first = line
        found.update(dict.fromkeys(given))
    if first is not None:
        yield Claim(Field.TAGS, tuple(found)[:MAX_TAGS], "tags.line", first.number)


def is_tags(text: str) -> bool:
    """Whether a line begins by announcing subjects."""
    return text[:2].casefold() in _STARTS and _CUE.match(text) is not None


def _given(line: Line) -> tuple[str, ...]:
    """The tags one line gives: its links where it has any, otherwise what is between its separators."""
    if not _CUE.match(line.text):
        return ()
    linked = links(line.raw)
    given = [text for text, _ in linked] if linked else _SEPARATOR.split(_CUE.sub("|", line.text).strip("| "))
    return tuple(tag for tag in (one.strip(" .#") for one in given) if 0 < len(tag) <= MAX_TAG_LENGTH)
