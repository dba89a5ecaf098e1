"""How a page was written down, which decides what its lines can show of a title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
MIN_FULL: Final = 40
"""Characters of a line that could be a full one, at least."""
MIN_FULL_LINES: Final = 8
"""Lines of one indent from which the length of a full one is measured."""
ONE_TOO_LONG_IN: Final = 20
"""One of so many lines may be longer than a full one: it could not be broken."""
ONE_LINE_IN: Final = 12
"""A page is hard-wrapped if no more than one line in so many is wider than :data:`MAX_WIDTH`."""


def is_centred(line: Line) -> bool:
    """Whether a line stands in the middle of a hard-wrapped page."""
    return abs(line.indent - (USUAL_WIDTH - len(line.text)) // 2) <= 4


@dataclass(frozen=True, slots=True)
class PageStyle:
    """``kind`` names the weights that hold; ``indented``: most lines keep an indent; ``airy``: blank lines between.

    ``widths``: the length of a full line, by its indent, where a hard-wrapped page has enough of them.
    """

    kind: str
    indented: bool
    wrapped: bool
    airy: bool
    widths: Mapping[int, int]

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
        return cls(kind, indented, wrapped, airy, _widths(lines) if wrapped else {})


def _widths(lines: Sequence[Line]) -> dict[int, int]:
    lengths: dict[int, list[int]] = defaultdict(list)
    for line in lines:
        if MIN_FULL < len(line.raw) <= USUAL_WIDTH:
            lengths[line.indent].append(len(line.raw))
    return {
        indent: sorted(of)[-1 - len(of) // ONE_TOO_LONG_IN]
        for indent, of in lengths.items()
        if len(of) >= MIN_FULL_LINES
    }
