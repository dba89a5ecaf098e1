"""Fingerprints: a few word 5-grams of each text, chosen so that texts that share a run of words share one of them.

Winnowing (Schleimer, Wilkerson and Aiken, Winnowing: Local Algorithms for Document Fingerprinting, SIGMOD 2003): of
every 4 neighbouring 5-grams the one with the lowest hash. Any shared run of 8 words has a common fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.written import Ints
from stemma.word_hash import Hashes

NGRAM: Final = 5
"""Words in a fingerprint."""
WINDOW: Final = 4
"""Neighbouring 5-grams of which one is kept."""
_CHUNK_WORDS: Final = 2_000_000
"""Words fingerprinted at a time: bounds memory."""
_NONE: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
_MULTIPLIERS: Final = tuple(
    np.uint64(value)
    for value in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Fingerprints in the order of the corpus: hash, position of the first word in the corpus, number of the text."""

    hashes: Hashes
    positions: Ints
    texts: NDArray[np.int32]


def fingerprints(corpus: Corpus) -> Iterator[Fingerprints]:
    """The fingerprints of all texts, a few million words at a time."""
    first = 0
    while first < len(corpus):
        last = int(np.searchsorted(corpus.starts, corpus.starts[first] + _CHUNK_WORDS, side="right")) - 1
        last = min(max(last, first + 1), len(corpus))
        yield _winnowed(corpus, first, last)
        first = last


def _winnowed(corpus: Corpus, first: int, last: int) -> Fingerprints:
    low, high = int(corpus.starts[first]), int(corpus.starts[last])
    grams = _grams(corpus.ids[low:high].astype(np.uint64))
    starts = corpus.starts[first : last + 1] - low
    _exclude_text_ends(grams, starts)
    selected = np.flatnonzero(_window_minima(grams))
    texts = np.searchsorted(starts, selected, side="right") - 1 + first
    return Fingerprints(grams[selected], selected + low, texts.astype(np.int32))


def _grams(words: Hashes) -> Hashes:
    """For each position the hash of the five words from there on. The last four positions have none."""
    count = len(words)
    out = np.full(count, _NONE, dtype=np.uint64)
    if count < NGRAM:
        return out
    total = np.zeros(count - NGRAM + 1, dtype=np.uint64)
    for offset, multiplier in enumerate(_MULTIPLIERS):
        total += (words[offset : count - NGRAM + 1 + offset] ^ multiplier) * multiplier
        total ^= total >> np.uint64(29)
    total *= _MULTIPLIERS[0]
    total ^= total >> np.uint64(32)
    out[: count - NGRAM + 1] = total
    return out


def _exclude_text_ends(grams: Hashes, starts: Ints) -> None:
    """Blank the 5-grams that cross the end of a text."""
    for back in range(1, NGRAM):
        positions = starts[1:] - back
        grams[positions[positions >= starts[:-1]]] = _NONE


def _window_minima(grams: Hashes) -> NDArray[np.bool_]:
    """Which positions hold the lowest 5-gram of some window. Blanks between texts keep windows independent."""
    padded = np.full(len(grams) + 2 * (WINDOW - 1), _NONE, dtype=np.uint64)
    padded[WINDOW - 1 : WINDOW - 1 + len(grams)] = grams
    windows = len(padded) - WINDOW + 1
    minima = padded[:windows].copy()
    for offset in range(1, WINDOW):
        np.minimum(minima, padded[offset : offset + windows], out=minima)
    chosen = np.zeros(len(grams), dtype=np.bool_)
    for offset in range(WINDOW):
        start = WINDOW - 1 - offset
        chosen |= grams == minima[start : start + len(grams)]
    chosen &= grams != _NONE
    return chosen
