"""How the lines of a page are set, as numbers: indents and blank lines, Markdown's signs, links and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.clean.segment import Line

LONGEST: Final = 4000
"""How many signs of a line are looked at."""

Column = npt.NDArray[np.float64] | npt.NDArray[np.bool_] | np.float64
"""One number of every line, or one for all lines."""

_LINK: Final = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_BULLETS: Final = frozenset("*+•·‣◦▪-o")
_BULLET, _NUMBER, _HEADING, _FRAME, _EMPHASIS, _PICTURE, _LINKS, _HIDDEN, _LINK_ALONE, _ADDRESS = range(10)
_NO_FORM: Final = _ADDRESS + 2
_SIGNS_OF_FORM: Final = {"#": _HEADING, "|": _FRAME, ">": _FRAME, "!": _PICTURE}


def read_lines(raws: list[str]) -> list[str]:
    """The lines without the targets of their links; of a very long line the beginning."""
    if max(map(len, raws)) > LONGEST:
        raws = [raw[:LONGEST] for raw in raws]
    return [_LINK.sub(r"\1", raw) if "](" in raw else raw for raw in raws]


def of_layout(lines: Sequence[Line], raws: Sequence[str], texts: Sequence[str]) -> Iterator[Column]:
    """How the line is set: indent, blank lines, Markdown's signs, links and addresses."""
    yield np.minimum([line.indent for line in lines], 24) / 12
    yield np.minimum([line.gap for line in lines], 3) / 2
    yield np.array([line.wrapped for line in lines])
    marks = np.zeros((_NO_FORM + 1, len(raws)))
    # Most lines begin with a letter, and of letters the bullet "o" alone is a sign of form.
    marks[[_NO_FORM if raw[0].isalpha() and raw[0] != "o" else _form(raw) for raw in raws], np.arange(len(raws))] = 1
    for at, raw in enumerate(raws):
        if "[" in raw and ("](" in raw or "[![" in raw):
            marks[[_PICTURE, _LINKS, _HIDDEN], at] = _links(raw, texts[at])
        if "http" in raw or "www." in raw:
            marks[_ADDRESS, at] = 1
            marks[_ADDRESS + 1, at] = raw.startswith("http")
    yield from marks[:_NO_FORM]


def _form(raw: str) -> int:
    """The sign of form a line begins with, as the number of its column; the last one stands in for none."""
    sign = raw[0]
    if sign in "*_" and not raw[1:2].isspace():
        return _EMPHASIS
    if sign in _BULLETS:
        return _BULLET if raw[1:2].isspace() else _NO_FORM
    if sign.isdigit():
        return _NUMBER if raw[1:4].lstrip("0123456789")[:2] in (". ", ") ", ".", ")") else _NO_FORM
    if sign == "[":
        return _LINK_ALONE if raw[-1] == ")" else _NO_FORM
    return _SIGNS_OF_FORM.get(sign, _NO_FORM)


def _links(raw: str, text: str) -> tuple[float, ...]:
    """Of a line with links: whether it shows a picture, how many links it has, how much of it they hide."""
    count = raw.count("](")
    hidden = 1 - len(text) / min(len(raw), LONGEST) if count else 0
    return raw[0] == "!" or "[![" in raw, min(count, 4) / 2 if hidden else 0, hidden
