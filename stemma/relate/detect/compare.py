"""Which texts share passages, and where: all texts with each other, or the members of given groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from stemma.records import Passage
from stemma.relate.detect.candidates import CROWD, Meetings, likely, meetings, partitions, shared
from stemma.relate.detect.passages import pairs, runs, stitch
from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.winnowing import Anchors

Pair = tuple[int, int]
Found = dict[Pair, tuple[Passage, ...]]
"""Passages by pair of text numbers, the lesser first."""

_LEAST: Final = 12
"""Texts with fewer words in exact runs are not compared any further."""


def compare(corpus: Corpus, chunks: Sequence[Anchors], crowd: int = CROWD) -> Found:
    """Every pair of texts with shared passages, but only the first with each other one in crowds."""
    met = []
    for part in partitions(chunks):
        bearers, sizes = shared(part)
        met.append(likely(corpus, meetings(bearers, sizes, crowd)))
    found = runs(corpus, Meetings(*(np.concatenate([getattr(one, side) for one in met]) for side in ("a", "b"))))
    out: Found = {}
    for a, b, exact in pairs(found, len(corpus), _LEAST):
        passages = stitch(_words(corpus, a), _words(corpus, b), exact)
        if passages:
            out[a, b] = passages
    return out


def compare_within(corpus: Corpus, chunks: Sequence[Anchors], groups: Iterable[Sequence[int]], crowd: int) -> Found:
    """Every pair of texts inside each group. Anchors are kept apart by group, so that groups do not meet."""
    hashes, places, texts = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    bounds = [int(chunk.texts[0]) if len(chunk.texts) else -1 for chunk in chunks]
    for number, group in enumerate(groups):
        mark = np.uint64((number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
        for text in sorted(group):
            own = _own(chunks, bounds, text)
            hashes.append((own.hashes ^ mark) * np.uint64(0xD6E8FEB86659FD93))
            places.append(own.places)
            texts.append(own.texts)
    return compare(corpus, [Anchors(np.concatenate(hashes), np.concatenate(places), np.concatenate(texts))], crowd)


def _own(chunks: Sequence[Anchors], bounds: Sequence[int], text: int) -> Anchors:
    """The anchors of one text."""
    chunk = chunks[max(0, int(np.searchsorted(bounds, text, side="right")) - 1)]
    low, high = np.searchsorted(chunk.texts, [text, text + 1])
    return Anchors(chunk.hashes[low:high], chunk.places[low:high], chunk.texts[low:high])


def _words(corpus: Corpus, text: int) -> list[int]:
    words: list[int] = corpus.ids[corpus.starts[text] : corpus.starts[text + 1]].tolist()
    return words
