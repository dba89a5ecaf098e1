"""The words of texts with characters of a script without spaces: units are several of them, and end where they differ.

Passages are found in units; how much of a text they cover, and whether what is around a match agrees, is counted in
words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.records import Passage

Ints = NDArray[np.int64]
Words = NDArray[np.uint32]

_MAX_WIDENED: Final = 24
"""Words that a passage is widened by at each end, at most: few units are longer."""
_LONG_UNIT: Final = 3.0
"""Words of a unit on the average from which a text is of letters (Thai, say), not of Chinese characters."""
_LONG_UNIT_WORDS: Final = 0.8
"""What such a unit, of four letters, is of a word: measured on English written so, whose words have five."""
_BLOCK: Final = 200_000
"""Positions compared at a time: bounds memory."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words (as hashes) of such texts, end to end.

    ``firsts``: where each unit of these texts begins in ``words``, and where each text ends. ``rows``: for every text
    of the collection where its units begin in ``firsts``, -1 for a text whose units are words.
    """

    words: Words
    firsts: Ints
    rows: Ints

    def has(self, text: int) -> bool:
        """Whether a text has characters of a script without spaces."""
        return bool(self.rows[text] >= 0)

    def before(self, text: int, unit: int) -> int:
        """How many words a text has before a unit."""
        row = int(self.rows[text])
        return unit if row < 0 else int(self.firsts[row + unit] - self.firsts[row])

    def units(self, text: int, size: int) -> Ints:
        """The first word of each of a text's units, so many, and the number of words."""
        row = int(self.rows[text])
        found: Ints = self.firsts[row : row + size + 1] - self.firsts[row]
        return found

    def weighed(self, text: int, size: int, units: int) -> int:
        """So many units of a text of ``size`` as words of a language with spaces, about."""
        long = self.has(text) and self.before(text, size) >= _LONG_UNIT * size
        return int(units * _LONG_UNIT_WORDS) if long else units

    def of(self, text: int, size: int) -> Words:
        """The words of a text of so many units."""
        row = int(self.rows[text])
        return self.words[self.firsts[row] : self.firsts[row + size]]

    def agreeing(self, a: Ints, b: Ints, reach: int) -> Ints:
        """How many of so many words (before them, if ``reach`` is negative) from two positions on are the same."""
        total = np.zeros(len(a), dtype=np.int64)
        top = len(self.words) - 1
        for low in range(0, len(a), _BLOCK):
            part = slice(low, low + _BLOCK)
            for step in range(reach, 0) if reach < 0 else range(reach):
                ours, theirs = np.clip(a[part] + step, 0, top), np.clip(b[part] + step, 0, top)
                total[part] += self.words[ours] == self.words[theirs]
        return total


def collected(texts: Sequence[tuple[Words, Ints | None]]) -> Written:
    """The words of texts, from each text's words and the first word of each of its units (None: every unit is one)."""
    own = [(words, firsts) for words, firsts in texts if firsts is not None]
    lows = accumulate((len(words) for words, _ in own), initial=0)
    rows = np.full(len(texts), -1, dtype=np.int64)
    sizes = [0 if firsts is None else len(firsts) for _, firsts in texts]
    at = np.cumsum([0, *sizes])[:-1]
    rows[[size > 0 for size in sizes]] = at[[size > 0 for size in sizes]]
    return Written(
        np.concatenate([np.zeros(0, np.uint32), *(words for words, _ in own)]),
        np.concatenate([np.zeros(0, np.int64), *(firsts + low for (_, firsts), low in zip(own, lows, strict=False))]),
        rows,
    )


def widened(a: Words, b: Words, passages: Sequence[Passage]) -> Iterator[Passage]:
    """Passages in words, over the words before and after each that are the same too."""
    edges = (Passage(0, 0, 0, 0), *passages, Passage(len(a), len(a), len(b), len(b)))
    for (before, own), (_, after) in zip(pairwise(edges), pairwise(edges[1:]), strict=False):
        start = before.b_end if before.b_end <= own.b_start else 0
        low = _alike(a[before.a_end : own.a_start][::-1], b[start : own.b_start][::-1])
        end = after.b_start if after.b_start >= own.b_end else len(b)
        high = _alike(a[own.a_end : after.a_start], b[own.b_end : end])
        yield Passage(own.a_start - low, own.a_end + high, own.b_start - low, own.b_end + high)


def _alike(a: Words, b: Words) -> int:
    """How many words at the start are the same."""
    room = min(_MAX_WIDENED, len(a), len(b))
    differ = np.flatnonzero(a[:room] != b[:room])
    return int(differ[0]) if len(differ) else room
