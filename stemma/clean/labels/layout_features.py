"""Features of the layout of each line: indent, blank lines before it, Markdown marks, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.clean.lines.segment import Line

MAX_LENGTH: Final = 4000
"""How many characters of a line are read."""

Column = npt.NDArray[np.float64] | npt.NDArray[np.bool_] | np.float64
"""One feature: a value a line, or one for all lines."""

_BULLETS: Final = frozenset("*+•·‣◦▪-o")
_BULLET, _NUMBER, _HEADING, _FRAME, _EMPHASIS, _MARKED, _ADDRESS = range(7)
_NO_FORM: Final = _ADDRESS + 2
_MARKS_OF_FORM: Final = {"#": _HEADING, "|": _FRAME, ">": _FRAME, "!": _MARKED}


def of_layout(lines: Sequence[Line], texts: Sequence[str]) -> Iterator[Column]:
    """Indent, blank lines before, hard wrapping, the mark it begins with, addresses."""
    yield np.minimum([line.indent for line in lines], 24) / 12
    yield np.minimum([line.gap for line in lines], 3) / 2
    yield np.array([line.wrapped for line in lines])
    marks = np.zeros((_NO_FORM + 1, len(texts)))
    # Most lines begin with a letter, and of letters only the bullet "o" is a mark of form.
    marks[
        [_NO_FORM if text[0].isalpha() and text[0] != "o" else _form(text) for text in texts], np.arange(len(texts))
    ] = 1
    for at, text in enumerate(texts):
        if "http" in text or "www." in text:
            marks[_ADDRESS, at] = 1
            marks[_ADDRESS + 1, at] = text.startswith("http")
    yield from marks[:_NO_FORM]


def _form(text: str) -> int:
    """The mark of form a line begins with, as the number of its column; the last column is for none."""
    mark = text[0]
    if mark in "*_" and not text[1:2].isspace():
        return _EMPHASIS
    if mark in _BULLETS:
        return _BULLET if text[1:2].isspace() else _NO_FORM
    if mark.isdigit():
        return _NUMBER if text[1:4].lstrip("0123456789")[:2] in (". ", ") ", ".", ")") else _NO_FORM
    return _MARKS_OF_FORM.get(mark, _NO_FORM)
