"""Paragraph alignment inside a difference, which separates new and missing paragraphs from rewritten ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import LCSseq

from stemma.text import fold_all, words_of

MIN_SIMILARITY: Final = 0.35
"""Part of the longer of two paragraphs that the other must have, in order, for the two to be aligned."""

_MAX_IN_ORDER: Final = 100_000_000
"""Words of one paragraph times words of another, up to which their words are compared in order. Beyond, words in common
count wherever they are, since the work of comparing in order grows with this product."""

_MAX_PAIRS: Final = 400
"""Paragraphs of one side times paragraphs of the other, up to which they are compared."""


def align_paragraphs(ours: Sequence[str], theirs: Sequence[str], *, first: bool, last: bool) -> dict[int, int]:
    """Pairs of paragraphs in the order of both sides, each at most once.

    ``first`` and ``last`` say that the difference begins or ends inside one paragraph: then the first two, or the last
    two, are a pair. The others are paired by the words they share, so that they share most in all. Too many paragraphs
    to compare, or one on either side, are one difference: the first is paired with the first.
    """
    rows, columns = len(ours), len(theirs)
    if rows * columns > _MAX_PAIRS or (rows == 1 and columns == 1):
        return {0: 0}
    likeness = _likeness(ours, theirs)
    if first:
        likeness[0][0] = 2.0
    if last:
        likeness[-1][-1] = 2.0
    return _best(likeness)


def _likeness(ours: Sequence[str], theirs: Sequence[str]) -> list[list[float]]:
    """How much paragraphs share, 0 where it is too little."""
    mine, others = ([fold_all(words_of(text)) for text in side] for side in (ours, theirs))
    out = []
    for words in mine:
        shares = [_in_common(words, far) / max(1, len(words), len(far)) for far in others]
        out.append([share if share >= MIN_SIMILARITY else 0.0 for share in shares])
    return out


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    if len(one) * len(other) > _MAX_IN_ORDER:
        return (Counter(one) & Counter(other)).total()
    return int(LCSseq.similarity(one, other))


def _best(likeness: Sequence[Sequence[float]]) -> dict[int, int]:
    """The pairs in rising order with the greatest sum (dynamic programming from the end)."""
    rows, columns = len(likeness), len(likeness[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    out = {}
    i = j = 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            out[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out
