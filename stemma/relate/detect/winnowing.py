"""Anchors: a few word 5-grams of each text, chosen so that texts that share a run of words share an anchor.

Winnowing as Schleimer, Wilkerson and Aiken have it (Winnowing: Local Algorithms for Document Fingerprinting,
SIGMOD 2003): of every 4 neighbouring 5-grams the one with the least hash. Any shared run of 8 words has an anchor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.relate.detect.tokens import Corpus, Hashes, Ints

GRAM: Final = 5
WINDOW: Final = 4
_CHUNK: Final = 2_000_000
_NONE: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
_ODD: Final = tuple(
    np.uint64(value)
    for value in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Anchors in the order of the collection: hash, place of the first word in the collection, text."""

    hashes: Hashes
    places: Ints
    texts: NDArray[np.int32]


def anchors(corpus: Corpus) -> Iterator[Anchors]:
    """The anchors of all texts, a few million words at a time."""
    first = 0
    while first < len(corpus):
        last = int(np.searchsorted(corpus.starts, corpus.starts[first] + _CHUNK, side="right")) - 1
        last = min(max(last, first + 1), len(corpus))
        yield _chosen(corpus, first, last)
        first = last


def _chosen(corpus: Corpus, first: int, last: int) -> Anchors:
    low, high = int(corpus.starts[first]), int(corpus.starts[last])
    grams = _grams(corpus.ids[low:high].astype(np.uint64))
    starts = corpus.starts[first : last + 1] - low
    _blot(grams, starts)
    picked = np.flatnonzero(_least(grams))
    texts = np.searchsorted(starts, picked, side="right") - 1 + first
    return Anchors(grams[picked], picked + low, texts.astype(np.int32))


def _grams(words: Hashes) -> Hashes:
    """A hash for every place: of the five words from there on. The last four places have none."""
    count = len(words)
    out = np.full(count, _NONE, dtype=np.uint64)
    if count < GRAM:
        return out
    total = np.zeros(count - GRAM + 1, dtype=np.uint64)
    for offset, odd in enumerate(_ODD):
        total += (words[offset : count - GRAM + 1 + offset] ^ odd) * odd
        total ^= total >> np.uint64(29)
    total *= _ODD[0]
    total ^= total >> np.uint64(32)
    out[: count - GRAM + 1] = total
    return out


def _blot(grams: Hashes, starts: Ints) -> None:
    """Take out the grams that reach over the end of a text."""
    for back in range(1, GRAM):
        places = starts[1:] - back
        grams[places[places >= starts[:-1]]] = _NONE


def _least(grams: Hashes) -> NDArray[np.bool_]:
    """Which places hold the least gram of some window. Four places apart, texts never share a window's choice."""
    padded = np.full(len(grams) + 2 * (WINDOW - 1), _NONE, dtype=np.uint64)
    padded[WINDOW - 1 : WINDOW - 1 + len(grams)] = grams
    windows = len(padded) - WINDOW + 1
    least = padded[:windows].copy()
    for offset in range(1, WINDOW):
        np.minimum(least, padded[offset : offset + windows], out=least)
    chosen = np.zeros(len(grams), dtype=np.bool_)
    for offset in range(WINDOW):
        start = WINDOW - 1 - offset
        chosen |= grams == least[start : start + len(grams)]
    chosen &= grams != _NONE
    return chosen
