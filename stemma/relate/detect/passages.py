"""From meetings to passages: exact runs along diagonals, then stitched over misprints and small changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from rapidfuzz.distance import LCSseq

from stemma.records import Passage
from stemma.relate.detect.candidates import Meetings
from stemma.relate.detect.tokens import Corpus, Ints
from stemma.relate.detect.winnowing import GRAM

SHORTEST: Final = 8
"""A passage has at least so many words on each side."""

SHORT_RUN: Final = 4
"""Between passages in the same order shorter runs count."""

_FILLED: Final = 300
_REACH: Final = 12
_GAP: Final = 40
_SAME_IN_GAP: Final = 0.6
_STEPS: Final = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2))
_FIRM: Final = 3

Run = tuple[int, int, int, int]
"""First word and the word after the last, in a, then in b."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Exact runs of shared words: texts a and b, first words (within each text) and length; sorted by pair, then a."""

    a: Ints
    b: Ints
    a_start: Ints
    b_start: Ints
    length: Ints


def runs(corpus: Corpus, found: Meetings) -> Runs:
    """Meetings on one diagonal joined where they touch and widened as far as the words are the same."""
    a_text = np.searchsorted(corpus.starts, found.a, side="right") - 1
    b_text = np.searchsorted(corpus.starts, found.b, side="right") - 1
    pair = a_text * len(corpus) + b_text
    order = np.lexsort((found.a, found.b - found.a, pair))
    a, b, pair = found.a[order], found.b[order], pair[order]
    fresh = np.ones(len(a), dtype=np.bool_)
    fresh[1:] = (pair[1:] != pair[:-1]) | (b[1:] - a[1:] != b[:-1] - a[:-1]) | (a[1:] - a[:-1] > GRAM)
    heads = np.flatnonzero(fresh)
    tails = np.append(heads[1:], len(a)) - 1 if len(heads) else heads
    a_text, b_text = a_text[order][heads], b_text[order][heads]
    left = _widen(corpus, a[heads] - 1, b[heads] - 1, (a_text, b_text), -1)
    right = _widen(corpus, a[tails] + GRAM, b[tails] + GRAM, (a_text, b_text), 1)
    a_start = a[heads] - left - corpus.starts[a_text]
    b_start = b[heads] - left - corpus.starts[b_text]
    length = a[tails] - a[heads] + GRAM + left + right
    final = np.lexsort((a_start, pair[heads]))
    return Runs(a_text[final], b_text[final], a_start[final], b_start[final], length[final])


def _widen(corpus: Corpus, a: Ints, b: Ints, texts: tuple[Ints, Ints], step: int) -> Ints:
    """How many more words are the same from here on, in the direction of ``step``, up to a small reach."""
    a_text, b_text = texts
    gained = np.zeros(len(a), dtype=np.int64)
    live = np.arange(len(a))
    for _ in range(_REACH):
        x, y = a[live] + step * gained[live], b[live] + step * gained[live]
        inside = (x >= corpus.starts[a_text[live]]) & (x < corpus.starts[a_text[live] + 1])
        inside &= (y >= corpus.starts[b_text[live]]) & (y < corpus.starts[b_text[live] + 1])
        live, x, y = live[inside], x[inside], y[inside]
        live = live[corpus.ids[x] == corpus.ids[y]]
        if not len(live):
            break
        gained[live] += 1
    return gained


def pairs(found: Runs, count: int, least: int) -> Iterator[tuple[int, int, list[Run]]]:
    """The runs of each pair of texts that has at least ``least`` words in runs."""
    if not len(found.a):
        return
    pair = found.a * count + found.b
    heads = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
    totals = np.add.reduceat(found.length, heads)
    bounds = np.append(heads, len(pair))
    rows = np.stack((found.a_start, found.a_start + found.length, found.b_start, found.b_start + found.length), axis=1)
    for number in np.flatnonzero(totals >= least).tolist():
        low, high = int(bounds[number]), int(bounds[number + 1])
        yield int(found.a[low]), int(found.b[low]), [(r[0], r[1], r[2], r[3]) for r in rows[low:high].tolist()]


def stitch(a: Sequence[int], b: Sequence[int], found: Sequence[Run]) -> tuple[Passage, ...]:
    """The passages two texts share, from their exact runs.

    Runs that repeat what longer ones cover are left out; neighbours are joined over a gap of a few words, or a longer
    one most of whose words are the same; ends reach over a misprint where the words go on. Sorted by place in a.
    """
    reached = _uncovered(a, b, found)
    joined = _merged(a, b, reached)
    joined = [run for run in joined if min(run[1] - run[0], run[3] - run[2]) >= SHORTEST]
    short = _between(a, b, joined)
    return tuple(Passage(*run) for run in (_merged(a, b, joined + short) if short else joined))


def _merged(a: Sequence[int], b: Sequence[int], found: Sequence[Run]) -> list[Run]:
    """Neighbours as one where little differs between them, in the order of a."""
    out: list[Run] = []
    for run in sorted(found):
        linked = _join(a, b, out[-1], run) if out else None
        if linked:
            out[-1] = linked
        else:
            out.append(run)
    return out


def _between(a: Sequence[int], b: Sequence[int], joined: Sequence[Run]) -> list[Run]:
    """Short runs that no anchor betrays, in the gaps between passages and before and after them."""
    if not joined:
        return []
    edges = [(0, 0, 0, 0), *joined, (len(a), len(a), len(b), len(b))]
    return [
        (first[1] + block.a, first[1] + block.a + block.size, first[3] + block.b, first[3] + block.b + block.size)
        for first, second in pairwise(edges)
        if SHORT_RUN <= second[0] - first[1] <= _FILLED and SHORT_RUN <= second[2] - first[3] <= _FILLED
        for block in LCSseq.editops(a[first[1] : second[0]], b[first[3] : second[2]]).as_matching_blocks()
        if block.size >= SHORT_RUN
    ]


def _uncovered(a: Sequence[int], b: Sequence[int], found: Sequence[Run]) -> list[Run]:
    """The longest runs first, each taken as far as it goes; left out are those of which longer ones cover most."""
    if len(found) == 1:
        return [_reach(a, b, found[0])]
    a_marks, b_marks = bytearray(len(a)), bytearray(len(b))
    chosen = []
    for run in sorted(found, key=lambda run: (run[0] - run[1], run)):
        length = run[1] - run[0]
        if 2 * a_marks.count(1, run[0], run[1]) > length or 2 * b_marks.count(1, run[2], run[3]) > length:
            continue
        wide = _reach(a, b, run)
        a_marks[wide[0] : wide[1]] = b"\x01" * (wide[1] - wide[0])
        b_marks[wide[2] : wide[3]] = b"\x01" * (wide[3] - wide[2])
        chosen.append(wide)
    return chosen


def _reach(a: Sequence[int], b: Sequence[int], run: Run) -> Run:
    """The run, its ends taken further over single differing words as long as the words after them agree."""
    a_start, a_end, b_start, b_end = run
    if a_end < len(a) and b_end < len(b):
        a_end, b_end = _beyond(a, b, a_end, b_end)
    if a_start and b_start:
        i, j = _before(a, b, a_start, b_start)
        a_start, b_start = i, j
    return a_start, a_end, b_start, b_end


def _beyond(a: Sequence[int], b: Sequence[int], i: int, j: int) -> tuple[int, int]:
    while True:
        for x, y in _STEPS:
            p, q = i + x, j + y
            if p + _FIRM <= len(a) and q + _FIRM <= len(b) and a[p : p + _FIRM] == b[q : q + _FIRM]:
                break
        else:
            return i, j
        i, j = p + _FIRM, q + _FIRM
        while i < len(a) and j < len(b) and a[i] == b[j]:
            i, j = i + 1, j + 1


def _before(a: Sequence[int], b: Sequence[int], i: int, j: int) -> tuple[int, int]:
    while True:
        for x, y in _STEPS:
            p, q = i - x, j - y
            if p >= _FIRM and q >= _FIRM and a[p - _FIRM : p] == b[q - _FIRM : q]:
                break
        else:
            return i, j
        i, j = p - _FIRM, q - _FIRM
        while i and j and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1


def _join(a: Sequence[int], b: Sequence[int], first: Run, second: Run) -> Run | None:
    """Both runs and the gap between them as one, if little differs in the gap."""
    overlap = max(0, first[1] - second[0], first[3] - second[2])
    if second[1] - second[0] < overlap or second[3] - second[2] < overlap:
        inside = second[1] <= first[1] and first[2] <= second[2] and second[3] <= first[3]
        return first if inside else None
    a_gap, b_gap = second[0] + overlap - first[1], second[2] + overlap - first[3]
    wide = max(a_gap, b_gap)
    if wide > _GAP or overlap > _GAP:
        return None
    if wide > 3 and LCSseq.similarity(a[first[1] : first[1] + a_gap], b[first[3] : first[3] + b_gap]) < (
        _SAME_IN_GAP * wide
    ):
        return None
    return first[0], max(first[1], second[1]), first[2], max(first[3], second[3])
