"""Which texts share passages, and where: all texts with each other, or the members of given groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from stemma.records import Passage
from stemma.relate.detect.candidates import (
    MAX_PAIRED,
    SeedMatches,
    drop_chance_matches,
    partitions,
    recurring,
    seed_matches,
)
from stemma.relate.detect.passages import by_pair, chain, extend
from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.winnowing import Fingerprints

Pair = tuple[int, int]
SharedPassages = dict[Pair, tuple[Passage, ...]]
"""Passages by pair of text numbers, the lesser first."""

_TEXTS_AT_HAND: Final = 64
"""Texts whose words are kept as a list: a digest is compared with each of its parts."""
_SEEDS_AT_ONCE: Final = 1_000_000
"""Seed matches that are joined at once, about: bounds memory."""
_MIN_MATCHED_WORDS: Final = 12
"""Words in exact matches below which two texts are not compared further."""


def compare(corpus: Corpus, chunks: Sequence[Fingerprints], max_paired: int = MAX_PAIRED) -> SharedPassages:
    """The passages of every pair of texts; ``max_paired`` as in :func:`seed_matches`."""
    seeds = []
    for part in partitions(chunks):
        prints, sizes = recurring(part)
        seeds.append(drop_chance_matches(corpus, seed_matches(prints, sizes, max_paired)))

    @lru_cache(_TEXTS_AT_HAND)
    def words(text: int) -> list[int]:
        own: list[int] = corpus.words(text)[0].tolist()
        return own

    out: SharedPassages = {}
    for run in _runs(corpus, seeds):
        for a, b, exact in by_pair(extend(corpus, run), len(corpus), _MIN_MATCHED_WORDS):
            passages = chain(words(a), words(b), exact)
            if passages:
                out[a, b] = passages
    return out


def _runs(corpus: Corpus, seeds: Sequence[SeedMatches]) -> Iterator[SeedMatches]:
    """The seed matches of some texts at a time, in the order of the lower text: a pair is never divided."""
    counts = np.zeros(len(corpus), dtype=np.int64)
    for one in seeds:
        counts += np.bincount(np.searchsorted(corpus.starts, one.a, side="right") - 1, minlength=len(corpus))
    runs = np.cumsum(counts) // _SEEDS_AT_ONCE
    firsts = np.flatnonzero(np.append(True, runs[1:] != runs[:-1]))
    for first, last in pairwise([*firsts.tolist(), len(corpus)]):
        low, high = corpus.starts[first], corpus.starts[last]
        inside = [(one.a >= low) & (one.a < high) for one in seeds]
        yield SeedMatches(
            np.concatenate([one.a[kept] for one, kept in zip(seeds, inside, strict=True)]),
            np.concatenate([one.b[kept] for one, kept in zip(seeds, inside, strict=True)]),
        )


def compare_within(
    corpus: Corpus, chunks: Sequence[Fingerprints], groups: Iterable[Sequence[int]], max_paired: int
) -> SharedPassages:
    """The passages of every pair of texts inside each group. Hashes are salted by group, so that groups never match."""
    hashes, positions, texts = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    bounds = [int(chunk.texts[0]) if len(chunk.texts) else -1 for chunk in chunks]
    for number, group in enumerate(groups):
        salt = np.uint64((number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
        for text in sorted(group):
            own = _own(chunks, bounds, text)
            hashes.append((own.hashes ^ salt) * np.uint64(0xD6E8FEB86659FD93))
            positions.append(own.positions)
            texts.append(own.texts)
    return compare(
        corpus, [Fingerprints(np.concatenate(hashes), np.concatenate(positions), np.concatenate(texts))], max_paired
    )


def _own(chunks: Sequence[Fingerprints], bounds: Sequence[int], text: int) -> Fingerprints:
    """The fingerprints of one text."""
    chunk = chunks[max(0, int(np.searchsorted(bounds, text, side="right")) - 1)]
    low, high = np.searchsorted(chunk.texts, [text, text + 1])
    return Fingerprints(chunk.hashes[low:high], chunk.positions[low:high], chunk.texts[low:high])
