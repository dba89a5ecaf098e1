"""The distinct bodies of a collection: equal ones are compared once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xxhash

from stemma.records import Witness
from stemma.relate.detect.tokens import Corpus, read_all


@dataclass(frozen=True, slots=True)
class Bodies:
    """Distinct texts, and which witnesses (by number, rising) hold each."""

    corpus: Corpus
    holders: tuple[tuple[int, ...], ...]


def read_bodies(witnesses: Sequence[Witness]) -> Bodies:
    """Every body as numbers, equal ones once, in an order that depends on the bodies alone. Empty ones are left out."""
    holders: dict[str, list[int]] = {}
    for number, witness in enumerate(witnesses):
        holders.setdefault(witness.text, []).append(number)
    texts = list(read_all(tuple(holders)))
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
    return Bodies(Corpus(ids, starts), joined)
