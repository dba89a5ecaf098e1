"""A page laid out for reading its claims: each line as plain text, with its label and what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stemma.clean.lines.links import LINK, visible
from stemma.records import Label

MAX_LINE_LENGTH: Final = 400
"""Characters of a line; no claim is read from a longer one."""

MAX_BODY_GAP: Final = 12
"""How many lines of boilerplate a stretch of the body goes on over."""
MIN_STRETCH_SHARE: Final = 0.35
"""The characters of a stretch of the main body, as a share of those of the longest stretch."""

_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_LEAD: Final = re.compile(r"(?:[*+•·▪◦‣■□●○–—»›>|\-]\s+|#{1,6}\s+|\d{1,3}\\?\.\s+(?=[\[*#]))+")
_LEADS: Final = frozenset("*+•·▪◦‣■□●○–—»›>|-#0123456789")
"""What :data:`_LEAD` can begin with: a cheap look before the pattern."""
_EMPHASIS: Final = re.compile(r"^_([^\W_]{1,12})_(?=\s)")
"""A word in italics that begins a line: "_by_ Hanne Orlick"."""
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_ICON: Final = re.compile(r"(?:^|(?<=\s))__(?=\S)")
_BLANKS: Final = tuple("\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") + tuple(
    map(chr, range(0x2000, 0x200B))
)
"""All blanks but the space and the line feed."""
_ITEMS: Final = frozenset("*+•·▪◦‣■□●○-o")
"""What :data:`_ITEM` begins with."""
_ITEM: Final = re.compile(r"\s{0,80}(?:[*+•·▪◦‣■□●○\-]|o(?=\s{2,}))\s")
_HEADING: Final = re.compile(r"\s{0,8}(?:(?:[*+\-]|\d{1,2}\\?\.)\s{1,8})?(#{1,6})\s")


class Line(NamedTuple):
    """One non-blank line: its number from 1, its plain text, its label, its heading level, whether it is an item.

    ``spaces``: those between its words; in scripts that have none, one for every two characters.
    """

    number: int
    text: str
    raw: str
    label: Label | None
    level: int
    item: bool
    indent: int
    spaces: int


class Page(NamedTuple):
    """The non-blank lines of a page in order, and the places of the first and last line of its main body among them.

    Without a body both places are the number of lines.
    """

    lines: tuple[Line, ...]
    first: int
    last: int

    def before(self) -> Iterator[Line]:
        """Lines above the body, from the nearest up."""
        return (self.lines[at] for at in range(self.first - 1, -1, -1))

    def place(self, number: int) -> int | None:
        """The place of the line with a number; None where there is none, as for the number 0."""
        return next((at for at, line in enumerate(self.lines) if line.number == number), None) if number else None


def lay_out(lines: Sequence[str], labels: Sequence[Label | None]) -> Page:
    """Lines and their labels (None for blank lines) as a page."""
    whole = "\n".join(lines)
    spaced = any(blank in whole for blank in _BLANKS)
    laid = tuple(
        [
            _line(number, raw, label, spaced=spaced)
            for number, (raw, label) in enumerate(zip(lines, labels, strict=True), start=1)
            if raw and not raw.isspace()
        ]
    )
    return Page(laid, *_main(laid))


def _main(laid: tuple[Line, ...]) -> tuple[int, int]:
    """The first and last line of the body: of its long stretches, leaving out stray ones far from them.

    A stretch goes on over up to :data:`MAX_BODY_GAP` other lines; it is long if it has :data:`MIN_STRETCH_SHARE` of the
    longest's characters.
    """
    stretches: list[tuple[int, int, int]] = []
    for at, line in enumerate(laid):
        if line.label is not Label.BODY:
            continue
        first, last, mass = stretches[-1] if stretches else (at, -MAX_BODY_GAP - 1, 0)
        if at - last > MAX_BODY_GAP:
            stretches.append((at, at, len(line.text)))
        else:
            stretches[-1] = (first, at, mass + len(line.text))
    if not stretches:
        return len(laid), len(laid)
    least = MIN_STRETCH_SHARE * max(mass for _, _, mass in stretches)
    long = [(first, last) for first, last, mass in stretches if mass >= least]
    return long[0][0], long[-1][1]


def _line(number: int, raw: str, label: Label | None, *, spaced: bool) -> Line:
    """One line. ``spaced``: whether it may hold blanks that are no spaces."""
    if len(raw) > 4 * MAX_LINE_LENGTH:
        return Line(number, raw[: 4 * MAX_LINE_LENGTH], raw, label, 0, item=False, indent=0, spaces=raw.count(" "))
    stripped = raw.strip()
    # The first character of the stripped line is no blank: the indent ends where it first occurs.
    first = stripped[0]
    indent = raw.index(first)
    heading = _HEADING.match(raw) if "#" in raw else None
    item = first in _ITEMS and _ITEM.match(raw) is not None
    if "**" in raw or "](" in raw or "__" in raw or "\\" in raw:
        stripped = " ".join(_without_markup(raw).split())
    elif spaced or "  " in stripped:
        stripped = " ".join(raw.split())
    if stripped[:1] == "_":
        stripped = _EMPHASIS.sub(r"\1", stripped)
    if stripped[:1] in _LEADS and (lead := _LEAD.match(stripped)):
        stripped = stripped[lead.end() :]
    text = stripped.strip("*_| ")
    return Line(number, text, raw, label, len(heading[1]) if heading else 0, item, indent, _spaces(text))


def _spaces(text: str) -> int:
    spaces = text.count(" ")
    # Words of more than eight characters on average are hardly words of a script that has spaces.
    if text.isascii() or len(text) < 8 * spaces:
        return spaces
    return spaces + len(_UNSPACED.findall(text)) // 2


def _without_markup(raw: str) -> str:
    """A line without Markdown's marks: links and emphasis as their text, escapes undone."""
    raw = visible(raw)
    if "\\" in raw:
        raw = _ESCAPE.sub(r"\1", raw)
    raw = raw.replace("**", "")
    if "__" in raw:
        raw = _ICON.sub("| ", raw).replace("__", "")
    return raw


def links(raw: str) -> tuple[tuple[str, str], ...]:
    """The Markdown links of a line: text and target."""
    return tuple((" ".join(match[1].split()), match[2]) for match in LINK.finditer(raw)) if "](" in raw else ()
