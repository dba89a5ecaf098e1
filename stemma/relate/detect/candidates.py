"""Meetings: places where two texts share an anchor, found partition by partition of the range of hashes.

A partition holds all anchors whose hash lies in its range, so partitions are independent of each other and memory is
bounded by one of them. Anchors of a few texts pair all of these; an anchor of very many texts pairs each with the first
alone. A chance meeting (a common phrase) is dropped at once: the words around it differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.relate.detect.tokens import Corpus, Ints
from stemma.relate.detect.winnowing import GRAM, Anchors

CROWD: Final = 40
"""An anchor that stands more often than this pairs its bearers with the first of them only."""

REPEATS: Final = 4
"""An anchor counts at most so often within one text."""

_PARTITION: Final = 2_000_000
_AROUND: Final = 10


NONE: Final = Anchors(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True)
class Meetings:
    """Places (in the collection) where anchors meet, the earlier text first."""

    a: Ints
    b: Ints


def partitions(chunks: Sequence[Anchors]) -> Iterator[Anchors]:
    """Anchors by ranges of their hash; inside a partition by hash, then place."""
    total = sum(len(chunk.hashes) for chunk in chunks)
    bits = max(0, (total // _PARTITION).bit_length())
    for part in range(1 << bits):
        pieces = [_within(chunk, part, bits) for chunk in chunks] or [NONE]
        hashes = np.concatenate([piece.hashes for piece in pieces])
        order = np.argsort(hashes, kind="stable")
        yield Anchors(
            hashes[order],
            np.concatenate([piece.places for piece in pieces])[order],
            np.concatenate([piece.texts for piece in pieces])[order],
        )


def _within(chunk: Anchors, part: int, bits: int) -> Anchors:
    if not bits:
        return chunk
    inside = chunk.hashes >> np.uint64(64 - bits) == np.uint64(part)
    return Anchors(chunk.hashes[inside], chunk.places[inside], chunk.texts[inside])


def shared(anchors: Anchors) -> tuple[Anchors, Ints]:
    """The anchors that stand more than once, without too many repeats in one text, and the size of each one's group."""
    fresh = _changes(anchors.hashes)
    same_text = ~fresh
    same_text[1:] &= anchors.texts[1:] == anchors.texts[:-1]
    keep = _ranks(~same_text) < REPEATS
    anchors = Anchors(anchors.hashes[keep], anchors.places[keep], anchors.texts[keep])
    heads = np.flatnonzero(_changes(anchors.hashes))
    sizes = np.diff(np.append(heads, len(anchors.hashes)))
    each = np.repeat(sizes, sizes)
    keep = each > 1
    return Anchors(anchors.hashes[keep], anchors.places[keep], anchors.texts[keep]), each[keep]


def meetings(anchors: Anchors, sizes: Ints, crowd: int = CROWD) -> Meetings:
    """All pairs of places inside each group; in groups beyond ``crowd``, the first with each other one."""
    if not len(sizes):
        return Meetings(np.zeros(0, np.int64), np.zeros(0, np.int64))
    ranks = _ranks(_changes(anchors.hashes))
    left = [np.zeros(0, np.int64)]
    right = [np.zeros(0, np.int64)]
    crowded = np.flatnonzero((sizes > crowd) & (ranks > 0))
    left.append(crowded - ranks[crowded])
    right.append(crowded)
    few = sizes <= crowd
    for lag in range(1, crowd):
        later = np.flatnonzero(few & (sizes > lag) & (ranks >= lag))
        if not len(later):
            break
        left.append(later - lag)
        right.append(later)
    first, second = np.concatenate(left), np.concatenate(right)
    apart = anchors.texts[first] != anchors.texts[second]
    return Meetings(anchors.places[first[apart]], anchors.places[second[apart]])


def likely(corpus: Corpus, found: Meetings) -> Meetings:
    """Only those meetings with the same words before or after as well: no chance meetings of a common phrase."""
    keep = np.zeros(len(found.a), dtype=np.bool_)
    for low in range(0, len(found.a), 1_000_000):
        part = slice(low, low + 1_000_000)
        before = _equal(corpus, found.a[part], found.b[part], range(-_AROUND, 0))
        after = _equal(corpus, found.a[part], found.b[part], range(GRAM, GRAM + _AROUND))
        keep[part] = (before >= 6) | (after >= 6) | (before + after >= 7)
    return Meetings(found.a[keep], found.b[keep])


def _equal(corpus: Corpus, a: Ints, b: Ints, offsets: range) -> NDArray[np.int8]:
    """How many of the words at these offsets are the same. Beyond a text's end stand other words."""
    total = np.zeros(len(a), dtype=np.int8)
    top = len(corpus.ids) - 1
    for offset in offsets:
        total += corpus.ids[np.clip(a + offset, 0, top)] == corpus.ids[np.clip(b + offset, 0, top)]
    return total


def _changes(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """True where a sorted array has a new value."""
    out = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=out[1:])
    return out


def _ranks(fresh: NDArray[np.bool_]) -> Ints:
    """The place of each element within its group, from 0; ``fresh`` marks the first of each group."""
    places = np.arange(len(fresh))
    ranks: Ints = places - np.maximum.accumulate(np.where(fresh, places, 0))
    return ranks
