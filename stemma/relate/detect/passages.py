"""From seed matches to passages: extended along diagonals, then chained over misprints and small changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from rapidfuzz.distance import LCSseq

from stemma.records import Passage
from stemma.relate.detect.candidates import SeedMatches
from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.winnowing import NGRAM
from stemma.relate.detect.written import Ints

MIN_PASSAGE_WORDS: Final = 8
"""Words of a passage on each side, at least: the match in which winnowing is sure to find a fingerprint."""

MIN_FILLER_WORDS: Final = 4
"""Words of a match between two passages in the same order, at least: shorter ones agree by chance."""

_MAX_FILLED_GAP: Final = 300
"""Words between two passages up to which such matches are looked for: bounds the work of one gap."""
_MAX_EXTENSION: Final = 12
"""Words by which a match is extended at each end: seeds lie closer to each other than that."""
_MAX_GAP: Final = 40
"""Words between two matches that may become one passage."""
_SHORT_GAP: Final = 3
"""Words between two matches that become one passage whatever stands in the gap."""
_MIN_GAP_SIMILARITY: Final = 0.6
"""Part of a longer gap that must be the same (longest common subsequence)."""
_SLIPS: Final = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2))
"""Words passed over on either side at a misprint."""
_CONFIRMING_WORDS: Final = 3
"""Words after a misprint that must be the same."""

Match = tuple[int, int, int, int]
"""First word and the word after the last, in a, then in b."""


@dataclass(frozen=True, slots=True)
class ExtendedMatches:
    """Exact matches: texts a and b, first words (within each text) and length; sorted by pair, then a."""

    a: Ints
    b: Ints
    a_start: Ints
    b_start: Ints
    length: Ints


def extend(corpus: Corpus, seeds: SeedMatches) -> ExtendedMatches:
    """Seed matches on one diagonal joined where they touch and extended while the words are the same."""
    a_text = np.searchsorted(corpus.starts, seeds.a, side="right") - 1
    b_text = np.searchsorted(corpus.starts, seeds.b, side="right") - 1
    pair = a_text * len(corpus) + b_text
    order = np.lexsort((seeds.a, seeds.b - seeds.a, pair))
    a, b, pair = seeds.a[order], seeds.b[order], pair[order]
    fresh = np.ones(len(a), dtype=np.bool_)
    fresh[1:] = (pair[1:] != pair[:-1]) | (b[1:] - a[1:] != b[:-1] - a[:-1]) | (a[1:] - a[:-1] > NGRAM)
    heads = np.flatnonzero(fresh)
    tails = np.append(heads[1:], len(a)) - 1 if len(heads) else heads
    a_text, b_text = a_text[order][heads], b_text[order][heads]
    left = _gained(corpus, a[heads] - 1, b[heads] - 1, (a_text, b_text), -1)
    right = _gained(corpus, a[tails] + NGRAM, b[tails] + NGRAM, (a_text, b_text), 1)
    a_start = a[heads] - left - corpus.starts[a_text]
    b_start = b[heads] - left - corpus.starts[b_text]
    length = a[tails] - a[heads] + NGRAM + left + right
    final = np.lexsort((a_start, pair[heads]))
    return ExtendedMatches(a_text[final], b_text[final], a_start[final], b_start[final], length[final])


def _gained(corpus: Corpus, a: Ints, b: Ints, texts: tuple[Ints, Ints], step: int) -> Ints:
    """How many more words are the same from here on, in the direction of ``step``, up to a small reach."""
    a_text, b_text = texts
    gained = np.zeros(len(a), dtype=np.int64)
    live = np.arange(len(a))
    for _ in range(_MAX_EXTENSION):
        x, y = a[live] + step * gained[live], b[live] + step * gained[live]
        inside = (x >= corpus.starts[a_text[live]]) & (x < corpus.starts[a_text[live] + 1])
        inside &= (y >= corpus.starts[b_text[live]]) & (y < corpus.starts[b_text[live] + 1])
        live, x, y = live[inside], x[inside], y[inside]
        live = live[corpus.ids[x] == corpus.ids[y]]
        if not len(live):
            break
        gained[live] += 1
    return gained


def by_pair(found: ExtendedMatches, count: int, least: int) -> Iterator[tuple[int, int, list[Match]]]:
    """The matches of each pair of texts that has at least ``least`` words in matches."""
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


def chain(a: Sequence[int], b: Sequence[int], found: Sequence[Match]) -> tuple[Passage, ...]:
    """The passages two texts share, from their exact matches, sorted by position in a.

    Matches that longer ones mostly cover are left out; ends reach over a misprint where the words go on; neighbours are
    joined over a gap of a few words, or a longer one most of whose words are the same.
    """
    extended = _longest_first(a, b, found)
    joined = _merged(a, b, extended)
    joined = [match for match in joined if min(match[1] - match[0], match[3] - match[2]) >= MIN_PASSAGE_WORDS]
    short = _fillers(a, b, joined)
    return tuple(Passage(*match) for match in (_merged(a, b, joined + short) if short else joined))


def _merged(a: Sequence[int], b: Sequence[int], found: Sequence[Match]) -> list[Match]:
    """Neighbours as one where little differs between them, in the order of a."""
    out: list[Match] = []
    for match in sorted(found):
        linked = _join(a, b, out[-1], match) if out else None
        if linked:
            out[-1] = linked
        else:
            out.append(match)
    return out


def _fillers(a: Sequence[int], b: Sequence[int], joined: Sequence[Match]) -> list[Match]:
    """Matches too short for a fingerprint, in the gaps between passages and before and after them."""
    if not joined:
        return []
    edges = [(0, 0, 0, 0), *joined, (len(a), len(a), len(b), len(b))]
    return [
        (first[1] + block.a, first[1] + block.a + block.size, first[3] + block.b, first[3] + block.b + block.size)
        for first, second in pairwise(edges)
        if MIN_FILLER_WORDS <= second[0] - first[1] <= _MAX_FILLED_GAP
        and MIN_FILLER_WORDS <= second[2] - first[3] <= _MAX_FILLED_GAP
        for block in LCSseq.editops(a[first[1] : second[0]], b[first[3] : second[2]]).as_matching_blocks()
        if block.size >= MIN_FILLER_WORDS
    ]


def _longest_first(a: Sequence[int], b: Sequence[int], found: Sequence[Match]) -> list[Match]:
    """The longest matches first, each extended over misprints; those that longer ones mostly cover are left out."""
    if len(found) == 1:
        return [_over_misprints(a, b, found[0])]
    a_marks, b_marks = bytearray(len(a)), bytearray(len(b))
    chosen = []
    for match in sorted(found, key=lambda match: (match[0] - match[1], match)):
        length = match[1] - match[0]
        if 2 * a_marks.count(1, match[0], match[1]) > length or 2 * b_marks.count(1, match[2], match[3]) > length:
            continue
        wide = _over_misprints(a, b, match)
        a_marks[wide[0] : wide[1]] = b"\x01" * (wide[1] - wide[0])
        b_marks[wide[2] : wide[3]] = b"\x01" * (wide[3] - wide[2])
        chosen.append(wide)
    return chosen


def _over_misprints(a: Sequence[int], b: Sequence[int], match: Match) -> Match:
    """The match, its ends extended over single differing words while the words after them agree."""
    a_start, a_end, b_start, b_end = match
    if a_end < len(a) and b_end < len(b):
        a_end, b_end = _forward(a, b, a_end, b_end)
    if a_start and b_start:
        i, j = _backward(a, b, a_start, b_start)
        a_start, b_start = i, j
    return a_start, a_end, b_start, b_end


def _forward(a: Sequence[int], b: Sequence[int], i: int, j: int) -> tuple[int, int]:
    while True:
        for x, y in _SLIPS:
            p, q = i + x, j + y
            if (
                p + _CONFIRMING_WORDS <= len(a)
                and q + _CONFIRMING_WORDS <= len(b)
                and a[p : p + _CONFIRMING_WORDS] == b[q : q + _CONFIRMING_WORDS]
            ):
                break
        else:
            return i, j
        i, j = p + _CONFIRMING_WORDS, q + _CONFIRMING_WORDS
        while i < len(a) and j < len(b) and a[i] == b[j]:
            i, j = i + 1, j + 1


def _backward(a: Sequence[int], b: Sequence[int], i: int, j: int) -> tuple[int, int]:
    while True:
        for x, y in _SLIPS:
            p, q = i - x, j - y
            if (
                p >= _CONFIRMING_WORDS
                and q >= _CONFIRMING_WORDS
                and a[p - _CONFIRMING_WORDS : p] == b[q - _CONFIRMING_WORDS : q]
            ):
                break
        else:
            return i, j
        i, j = p - _CONFIRMING_WORDS, q - _CONFIRMING_WORDS
        while i and j and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1


def _join(a: Sequence[int], b: Sequence[int], first: Match, second: Match) -> Match | None:
    """Both matches and the gap between them as one, if little differs in the gap."""
    overlap = max(0, first[1] - second[0], first[3] - second[2])
    if second[1] - second[0] < overlap or second[3] - second[2] < overlap:
        inside = second[1] <= first[1] and first[2] <= second[2] and second[3] <= first[3]
        return first if inside else None
    a_gap, b_gap = second[0] + overlap - first[1], second[2] + overlap - first[3]
    wide = max(a_gap, b_gap)
    if wide > _MAX_GAP or overlap > _MAX_GAP:
        return None
    if wide > _SHORT_GAP and LCSseq.similarity(a[first[1] : first[1] + a_gap], b[first[3] : first[3] + b_gap]) < (
        _MIN_GAP_SIMILARITY * wide
    ):
        return None
    return first[0], max(first[1], second[1]), first[2], max(first[3], second[3])
