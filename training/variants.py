"""Variants of training pages: other layouts, and other ways to turn a page into text, than the data hold."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Sequence

from training.alignment import BODY, COMMENT, HEAD, TAIL, Marked
from training.scripts import in_another_script
from training.threads import thread

BLANK = Marked("", HEAD, 0)
FOREIGN = 0.2
"""Share of the variants in another script."""
MARKER = re.compile(r"^(#+|[*+-]|\d+\.) +")


def vary(
    page: Sequence[Marked],
    chance: random.Random,
    real: Sequence[Sequence[str]],
    other: Sequence[Marked],
    *,
    scripts: bool,
) -> list[Marked]:
    """Another page made from this one. ``real``: comments of other pages; ``other``: one to borrow sentences from.

    ``scripts``: some of the pages are made in other scripts.
    """
    lines = list(page)
    body = [at for at, line in enumerate(lines) if line.state == BODY]
    if body and chance.random() < 0.4:
        lines = _with_thread(lines, body, chance, real, other)
    else:
        if chance.random() < 0.6:
            lines = _thinned(lines, chance)
        if body and chance.random() < 0.25:
            lines = _cropped(lines, chance)
        if body and chance.random() < 0.15:
            lines = _shortened(lines, chance)
    lines = _reset(lines, chance)
    return in_another_script(lines, chance) if scripts and chance.random() < FOREIGN else lines


def sentences(page: Sequence[Marked]) -> list[str]:
    """The sentences of a page's body."""
    whole = " ".join(line.text.strip() for line in page if line.state == BODY)[:20_000]
    return [one for one in re.split(r"(?<=[.!?]) (?=[A-ZÄÖÜА-Я0-9])", whole) if 15 < len(one) < 400]


def _with_thread(
    lines: list[Marked],
    body: list[int],
    chance: random.Random,
    real: Sequence[Sequence[str]],
    other: Sequence[Marked],
) -> list[Marked]:
    """The text, hardly anything before it, and comments right after it."""
    head = lines[max(0, body[0] - chance.choice((0, 0, 1, 3, 6))) : body[0]]
    borrowed = sentences(other)
    if len(body) > 3 and chance.random() < 0.65:  # comments that speak of the text's own matter
        kept = chance.randrange(2, len(body))
        borrowed = sentences(lines[body[kept] :]) or borrowed
        body = body[:kept]
    text = [
        line
        for line in lines[body[0] : body[-1] + 1]
        if line.state == BODY or not line.text.strip() or chance.random() < 0.3
    ]
    comments = [Marked(one, COMMENT, len(one.split())) for one in thread(chance, real, borrowed)]
    apart = chance.random() < 0.5
    if chance.random() < 0.4:
        text, apart = [line for line in text if line.text.strip()], False
    tail = [line for line in lines if line.state == TAIL][: chance.choice((3, 8, 30))]
    added = [line for comment in comments for line in ((BLANK, comment) if apart else (comment,))]
    return [*head, *text, *added, *(tail if chance.random() < 0.3 else ())]


def _thinned(lines: list[Marked], chance: random.Random) -> list[Marked]:
    """The page without some of its runs of boilerplate."""
    share = chance.choice((0.1, 0.3, 0.6))
    kept: list[Marked] = []
    at = 0
    while at < len(lines):
        end = at + 1
        same = lines[at].state == BODY
        while end < len(lines) and lines[end].text.strip() and (lines[end].state == BODY) == same and end - at < 12:
            end += 1
        if same or not lines[at].text.strip() or chance.random() > share:
            kept += lines[at:end]
        at = end
    return kept


def _cropped(lines: list[Marked], chance: random.Random) -> list[Marked]:
    """The page without most of what comes before or after the text."""
    body = [at for at, line in enumerate(lines) if line.state == BODY]
    start = max(0, body[0] - chance.choice((0, 1, 2, 5, 10))) if chance.random() < 0.6 else 0
    end = body[-1] + 1 + chance.choice((0, 1, 3, 8, 15)) if chance.random() < 0.6 else len(lines)
    return lines[start:end]


def _shortened(lines: list[Marked], chance: random.Random) -> list[Marked]:
    """The page without a part of its text."""
    body = [at for at, line in enumerate(lines) if line.state == BODY]
    start = chance.choice(body)
    end = start + chance.randrange(1, 1 + max(1, len(body) // 2))
    return [line for at, line in enumerate(lines) if not (start <= at < end and line.state == BODY)]


def _reset(lines: list[Marked], chance: random.Random) -> list[Marked]:
    """The page with other blank lines, indents, list bullets, or line lengths."""
    if chance.random() < 0.3:
        lines = [line for line in lines if line.text.strip()]
    elif chance.random() < 0.3:
        lines = [one for line in lines if line.text.strip() for one in (line, BLANK)]
    if chance.random() < 0.4:
        lines = [Marked(line.text.strip(), line.state, line.words) for line in lines]
    if chance.random() < 0.15:
        lines = [Marked(MARKER.sub("", line.text.strip()), line.state, line.words) for line in lines]
    if chance.random() < 0.12 and not any("](" in line.text for line in lines):
        width = chance.choice((60, 66, 72, 76, 80, 90, 100))
        lines = [short for line in lines for short in _wrapped(line, width)]
    return lines


def _wrapped(line: Marked, width: int) -> list[Marked]:
    if len(line.text) <= width:
        return [line]
    indent = " " * min(12, len(line.text) - len(line.text.lstrip()))
    parts = textwrap.wrap(
        line.text.strip(), max(30, width - len(indent)), break_long_words=False, break_on_hyphens=False
    )
    return [Marked(indent + part, line.state, len(part.split())) for part in parts]
