"""The distinct bodies of a collection: equal ones are compared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xxhash

from stemma.records import Passage, Witness
from stemma.relate.detect.tokens import Corpus, Places, Words, read_all


@dataclass(frozen=True, slots=True)
class Bodies:
    """Distinct texts, and which witnesses (by number, rising) hold each.

    ``places`` is for the few witnesses with zero-width characters inside words: for each word of the text the first
    word of the body as written that it covers, and the one after the last.
    """

    corpus: Corpus
    holders: tuple[tuple[int, ...], ...]
    places: Mapping[int, Places]

    def written(self, witness: int, start: int, end: int) -> tuple[int, int]:
        """A run of words of the text as a run of words of this witness's body as written."""
        if witness not in self.places:
            return start, end
        starts, ends = self.places[witness]
        return int(starts[start]), int(ends[end - 1])

    def passage(self, a: int, b: int, p: Passage) -> Passage:
        """A passage of two texts as one of two witnesses that hold them."""
        if a not in self.places and b not in self.places:
            return p
        return Passage(*self.written(a, p.a_start, p.a_end), *self.written(b, p.b_start, p.b_end))


def read_bodies(witnesses: Sequence[Witness]) -> Bodies:
    """Every body as numbers, equal ones once, in an order that depends on the bodies alone. Empty ones are left out."""
    holders: dict[str, list[int]] = {}
    for number, witness in enumerate(witnesses):
        holders.setdefault(witness.text, []).append(number)
    texts: list[Words] = []
    places: dict[int, Places] = {}
    for (words, spread), own in zip(read_all(tuple(holders)), holders.values(), strict=True):
        texts.append(words)
        if spread is not None:
            places |= dict.fromkeys(own, spread)
    groups: dict[bytes, list[int]] = {}
    for number, words in enumerate(texts):
        if len(words):
            groups.setdefault(xxhash.xxh3_128_digest(words.tobytes()), []).append(number)
    ranked = [groups[signature] for signature in sorted(groups)]
    written = list(holders.values())
    joined = tuple(tuple(sorted(number for text in group for number in written[text])) for group in ranked)
    starts = np.zeros(len(ranked) + 1, dtype=np.int64)
    np.cumsum([len(texts[group[0]]) for group in ranked], out=starts[1:])
    ids = np.concatenate([np.zeros(0, np.uint32), *(texts[group[0]] for group in ranked)])
    return Bodies(Corpus(ids, starts), joined, places)
