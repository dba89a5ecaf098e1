"""Segmentation: a raw text into its non-blank lines, and which of them continue a hard-wrapped paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from stemma.clean.lines.links import visible

MIN_WIDTH: Final = 50
MAX_WIDTH: Final = 132
"""Columns between which a page counts as hard-wrapped: usually 60 to 80, rarely up to a line printer's 132."""

MIN_COLUMN: Final = 20
"""Columns of the narrowest page that is hard-wrapped;"""
MIN_NARROW: Final = 12
"""least number of its lines that another follows;"""
BROKEN: Final = 0.8
"""and least share of these that were broken where the next word did not fit. Verse stays far below it."""


class Line(NamedTuple):
    """A non-blank line: its number from 1, its text without surrounding blanks, and its layout.

    ``gap`` is the number of blank lines before it, ``wrapped`` whether it continues the line before it, ``visible``
    what a reader sees of it: its text without the targets of links.
    """

    number: int
    text: str
    indent: int
    gap: int
    wrapped: bool
    visible: str


def segment(text: str) -> tuple[Line, ...]:
    """Every line of the text that is not blank, in order. Splits at line feeds alone; linear in the text."""
    lines: list[Line] = []
    last = 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            # The indent ends at the first occurrence of the first character that is not blank.
            seen = visible(stripped).strip() or stripped if "](" in stripped else stripped
            lines.append(Line(number, stripped, raw.index(stripped[0]), number - last - 1, wrapped=False, visible=seen))
            last = number
    width = wrap_width([(line.indent + len(line.text), line.gap) for line in lines]) or _narrow_width(lines)
    if width:
        speakers = _speakers(lines)
        for at in range(1, len(lines)):
            line = lines[at]
            if line.gap == 0 and not _speaks(line.text, speakers) and _continues(lines[at - 1], line, width):
                lines[at] = line._replace(wrapped=True)
    return tuple(lines)


def wrap_width(extents: Sequence[tuple[int, int]]) -> int:
    """The column at which a page is hard-wrapped, or 0.

    ``extents``: for each non-blank line its right edge and the blank lines before it. A page is hard-wrapped when
    hardly a line passes the width and a good part of the lines come close to it.
    """
    edges = sorted(edge for edge, _ in extents)
    if len(edges) < 4:
        return 0
    width = edges[min(len(edges) - 1, int(len(edges) * 0.985))]
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    full = sum(1 for edge in edges if width - 16 <= edge <= width)
    followed = sum(1 for _, gap in extents[1:] if gap == 0)
    return width if full >= 3 and full >= 0.08 * len(edges) and followed >= 2 else 0


def _narrow_width(lines: Sequence[Line]) -> int:
    """The width of a page set in columns narrower than :data:`MIN_WIDTH`, or 0.

    Nearly every line that another follows was broken where the next word would not have fitted.
    """
    followed = [(before, after) for before, after in pairwise(lines) if after.gap == 0]
    edges = sorted(before.indent + len(before.text) for before, _ in followed)
    if len(edges) < MIN_NARROW or 2 * len(followed) < len(lines):
        return 0
    width = edges[int(len(edges) * 0.95)]
    broken = sum(_continues(before, after, width) for before, after in followed)
    return width if MIN_COLUMN <= width < MIN_WIDTH and broken >= BROKEN * len(followed) else 0


def _speakers(lines: Sequence[Line]) -> frozenset[str]:
    """The names before colons that two lines or more begin with, as in an interview."""
    names = Counter(match[1] for line in lines if (match := _SPEAKER.match(line.text)))
    return frozenset(name for name, count in names.items() if count > 1)


def _speaks(text: str, speakers: frozenset[str]) -> bool:
    match = _SPEAKER.match(text) if speakers else None
    return match is not None and match[1] in speakers


def _continues(before: Line, line: Line, width: int) -> bool:
    """Whether a line goes on where the one before it was broken: its first word would not have fitted there.

    A hyphen at the end of a line breaks a word wherever it stands.
    """
    text = line.text
    if text[0] in _OPENERS or (line.indent > before.indent + 4 and not before.wrapped):
        return False
    if before.text[-1] == "-" and before.text[-2:-1].isalpha() and text[0].islower():
        return True
    first = text.find(" ")
    head = len(text) if first < 0 else first
    return before.indent + len(before.text) + 1 + head > width


_SPEAKER: Final = re.compile(r"([QA]|[^\W\d_a-z][\w.'’-]{0,20}(?: [^\W\d_a-z][\w.'’-]{0,20}){0,3})[:.] (?=\S)")
_OPENERS: Final = frozenset("*•·‣◦▪–—|#>+")
