"""How a page was written down, which decides what its lines can show of a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stemma.clean.claims.page import Line
from stemma.records import Label

BODY: Final = Label.BODY
NOTICE: Final = Label.NOTICE
"""Kept at hand: to look a label up by its name takes longer than all else that is done with a line."""
MIN_LONG: Final = 100
"""Characters; a longer line is taken for prose."""
MAX_WIDTH: Final = 90
"""Characters of a line of a hard-wrapped page, but for a few."""
USUAL_WIDTH: Final = 80
"""Characters of the usual hard-wrapped line."""
ONE_LINE_IN: Final = 12
"""A page is hard-wrapped if no more than one line in so many is wider than :data:`MAX_WIDTH`."""


def is_centred(line: Line) -> bool:
    """Whether a line stands in the middle of a hard-wrapped page."""
    return abs(line.indent - (USUAL_WIDTH - len(line.text)) // 2) <= 4


@dataclass(frozen=True, slots=True)
class PageStyle:
    """``kind`` names the weights that hold; ``indented``: most lines keep an indent; ``airy``: blank lines between."""

    kind: str
    indented: bool
    wrapped: bool
    airy: bool

    @classmethod
    def of(cls, lines: Sequence[Line], near: Sequence[Line]) -> PageStyle:
        """The style of a page; ``near`` are its lines that could be the title."""
        count = len(lines)
        indented = sum([line.indent > 0 for line in lines]) * 4 > 3 * count
        wrapped = sum([len(line.raw) > MAX_WIDTH for line in lines]) * ONE_LINE_IN <= count
        airy = bool(lines) and lines[-1].number > 1.3 * count
        # A comment in code is no heading.
        if any(line.level and not (indented and line.indent and not line.item) for line in near):
            kind = "markdown"
        elif indented:
            kind = "flush" if wrapped else "indented"
        elif airy:
            kind = "airy"
        else:
            kind = "prose" if sum([len(line.text) > MIN_LONG for line in lines]) * 4 > count else "dense"
        return cls(kind, indented, wrapped, airy)
