"""Seed matches: positions at which two texts share a fingerprint, found partition by partition of the hash range.

A partition holds all fingerprints whose hash lies in its range; partitions are independent and bound the memory. A
fingerprint that occurs up to :data:`MAX_PAIRED` times pairs all its texts; a commoner one pairs each with the first
alone. A chance match (a common phrase) is dropped at once: the words around it differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.winnowing import NGRAM, Fingerprints
from stemma.relate.detect.written import Ints

MAX_PAIRED: Final = 40
"""Occurrences of a fingerprint up to which all its texts are paired; beyond, each with the first
alone: bounds the pairs of one fingerprint."""

MAX_REPEATS: Final = 4
"""Occurrences of one fingerprint in one text that are used."""

_PARTITION_SIZE: Final = 1_000_000
"""Fingerprints in a partition, about: bounds memory."""
_CONTEXT_WORDS: Final = 10
"""Words compared on either side of a seed match."""
_SAME_ON_ONE_SIDE: Final = 6
"""Words out of ten, before or after a seed match, that must be the same; or :data:`_SAME_IN_ALL` on both sides."""
_SAME_IN_ALL: Final = 7
"""Words out of twenty around a seed match that must be the same."""
_UNIT_WORDS: Final = 4
"""Words of a unit in a script written without spaces: there so many times as many are compared."""

Counts = NDArray[np.int8] | Ints

_NO_FINGERPRINTS: Final = Fingerprints(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True)
class SeedMatches:
    """Positions in the corpus at which fingerprints match, the lower text first."""

    a: Ints
    b: Ints


def partitions(chunks: Sequence[Fingerprints]) -> Iterator[Fingerprints]:
    """Fingerprints by ranges of their hash; inside a partition by hash, then position."""
    total = sum(len(chunk.hashes) for chunk in chunks)
    bits = max(0, (total // _PARTITION_SIZE).bit_length())
    for part in range(1 << bits):
        pieces = [_within(chunk, part, bits) for chunk in chunks] or [_NO_FINGERPRINTS]
        hashes = np.concatenate([piece.hashes for piece in pieces])
        order = np.argsort(hashes, kind="stable")
        yield Fingerprints(
            hashes[order],
            np.concatenate([piece.positions for piece in pieces])[order],
            np.concatenate([piece.texts for piece in pieces])[order],
        )


def _within(chunk: Fingerprints, part: int, bits: int) -> Fingerprints:
    if not bits:
        return chunk
    inside = chunk.hashes >> np.uint64(64 - bits) == np.uint64(part)
    return Fingerprints(chunk.hashes[inside], chunk.positions[inside], chunk.texts[inside])


def recurring(prints: Fingerprints) -> tuple[Fingerprints, Ints]:
    """Fingerprints that occur more than once, repeats within a text cut, and for each the size of its group."""
    fresh = _changes(prints.hashes)
    same_text = ~fresh
    same_text[1:] &= prints.texts[1:] == prints.texts[:-1]
    keep = _ranks(~same_text) < MAX_REPEATS
    prints = Fingerprints(prints.hashes[keep], prints.positions[keep], prints.texts[keep])
    heads = np.flatnonzero(_changes(prints.hashes))
    sizes = np.diff(np.append(heads, len(prints.hashes)))
    each = np.repeat(sizes, sizes)
    keep = each > 1
    return Fingerprints(prints.hashes[keep], prints.positions[keep], prints.texts[keep]), each[keep]


def seed_matches(prints: Fingerprints, sizes: Ints, max_paired: int = MAX_PAIRED) -> SeedMatches:
    """All pairs of positions inside each group; in groups larger than ``max_paired`` the first with each other one."""
    if not len(sizes):
        return SeedMatches(np.zeros(0, np.int64), np.zeros(0, np.int64))
    ranks = _ranks(_changes(prints.hashes))
    left = [np.zeros(0, np.int64)]
    right = [np.zeros(0, np.int64)]
    oversized = np.flatnonzero((sizes > max_paired) & (ranks > 0))
    left.append(oversized - ranks[oversized])
    right.append(oversized)
    paired = sizes <= max_paired
    for lag in range(1, max_paired):
        later = np.flatnonzero(paired & (sizes > lag) & (ranks >= lag))
        if not len(later):
            break
        left.append(later - lag)
        right.append(later)
    first, second = np.concatenate(left), np.concatenate(right)
    distinct = prints.texts[first] != prints.texts[second]
    return SeedMatches(prints.positions[first[distinct]], prints.positions[second[distinct]])


def drop_chance_matches(corpus: Corpus, matches: SeedMatches) -> SeedMatches:
    """The seed matches around which further words are the same: a common phrase alone is no match."""
    keep = np.zeros(len(matches.a), dtype=np.bool_)
    for low in range(0, len(matches.a), 1_000_000):
        part = slice(low, low + 1_000_000)
        before = _equal(corpus, matches.a[part], matches.b[part], range(-_CONTEXT_WORDS, 0))
        after = _equal(corpus, matches.a[part], matches.b[part], range(NGRAM, NGRAM + _CONTEXT_WORDS))
        keep[part] = _enough(before, after, 1)
    keep |= _agreeing_as_written(corpus, matches, keep)
    return SeedMatches(matches.a[keep], matches.b[keep])


def _enough(before: Counts, after: Counts, times: int) -> NDArray[np.bool_]:
    one_side, in_all = _SAME_ON_ONE_SIDE * times, _SAME_IN_ALL * times
    found: NDArray[np.bool_] = (before >= one_side) | (after >= one_side) | (before + after >= in_all)
    return found


def _agreeing_as_written(corpus: Corpus, matches: SeedMatches, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Seed matches, not known yet, of texts whose units are several words, around which words are the same.

    One word that differs moves the ends of units, so that units side by side say little there.
    """
    found = np.zeros(len(matches.a), dtype=np.bool_)
    written = corpus.written
    if not len(written.words):
        return found
    open_ = np.flatnonzero(~known)
    a, b = _in_written(corpus, matches.a[open_]), _in_written(corpus, matches.b[open_])
    both = (a >= 0) & (b >= 0)
    open_, a, b = open_[both], a[both], b[both]
    reach = _CONTEXT_WORDS * _UNIT_WORDS
    ends = (written.firsts[a + NGRAM], written.firsts[b + NGRAM])
    before = written.agreeing(written.firsts[a], written.firsts[b], -reach)
    found[open_] = _enough(before, written.agreeing(*ends, reach), _UNIT_WORDS)
    return found


def _in_written(corpus: Corpus, positions: Ints) -> Ints:
    """Positions in the corpus as numbers of units among those that are several words; below 0 for all others."""
    texts = np.searchsorted(corpus.starts, positions, side="right") - 1
    rows = corpus.written.rows[texts]
    found: Ints = np.where(rows < 0, rows, rows + positions - corpus.starts[texts])
    return found


def _equal(corpus: Corpus, a: Ints, b: Ints, offsets: range) -> NDArray[np.int8]:
    """How many of the words at these offsets are the same."""
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
    """The rank of each element within its group, from 0; ``fresh`` marks the first of each group."""
    positions = np.arange(len(fresh))
    ranks: Ints = positions - np.maximum.accumulate(np.where(fresh, positions, 0))
    return ranks
