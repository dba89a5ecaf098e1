"""The distinct bodies of a collection: equal ones are compared once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import xxhash

from stemma.cache import NO_CACHE, Cache, in_parts
from stemma.records import Passage, Witness
from stemma.relate.detect.tokens import Corpus, Read, read_all
from stemma.relate.detect.written import Words, collected, widened


@dataclass(frozen=True, slots=True)
class Bodies:
    """Distinct texts, and which witnesses (by number, rising) hold each.

    The units of a text in a script written without spaces are several words each; elsewhere a unit is a word.
    """

    corpus: Corpus
    holders: tuple[tuple[int, ...], ...]

    def words(self, text: int, unit: int) -> int:
        """How many words a text has before a unit."""
        return self.corpus.written.before(text, unit)

    def in_words(self, a: int, b: int, passages: Sequence[Passage]) -> Sequence[Passage]:
        """Passages of two texts, from units to words, as far as the words are the same."""
        if not self.corpus.written.has(a) and not self.corpus.written.has(b):
            return passages
        found = [
            Passage(self.words(a, p.a_start), self.words(a, p.a_end), self.words(b, p.b_start), self.words(b, p.b_end))
            for p in passages
        ]
        return list(widened(self._written(a), self._written(b), found))

    def _written(self, text: int) -> Words:
        written = self.corpus.written
        return written.of(text, self.corpus.size(text)) if written.has(text) else self.corpus.words(text)[0]


class _Kept(NamedTuple):
    """The arrays of a text that was read, as bytes; ``words`` are empty where each unit is a word."""

    units: bytes
    figures: bytes
    words: bytes
    firsts: bytes | None


def read_bodies(
    witnesses: Sequence[Witness], cache: Cache = NO_CACHE, withdrawn: frozenset[str] = frozenset()
) -> Bodies:
    """Every body as numbers, equal ones once, in an order that depends on the bodies alone. Empty ones are left out.

    Of the bodies of ``withdrawn`` ids nothing is kept in the cache.
    """
    holders: dict[bytes, list[int]] = {}
    for number, witness in enumerate(witnesses):
        text = witness.text.encode("utf-8", "surrogatepass")
        holders.setdefault(xxhash.xxh3_128_digest(text), []).append(number)
    holders_of = tuple(holders.values())
    gone = [all(witnesses[one].id in withdrawn for one in own) for own in holders_of]
    texts: dict[int, Read] = {}
    for part, places in in_parts(tuple(holders)):
        own = [witnesses[holders_of[place][0]] for place in places]
        texts.update(zip(places, _read(part, own, [gone[place] for place in places], cache), strict=True))
    groups: dict[bytes, list[int]] = {}
    for number, read in sorted(texts.items()):
        if len(read.units):
            groups.setdefault(xxhash.xxh3_128_digest(read.units.tobytes()), []).append(number)
    ranked = [groups[signature] for signature in sorted(groups)]
    joined = tuple(tuple(sorted(number for text in group for number in holders_of[text])) for group in ranked)
    distinct = [texts[group[0]] for group in ranked]
    starts = np.zeros(len(ranked) + 1, dtype=np.int64)
    np.cumsum([len(read.units) for read in distinct], out=starts[1:])
    ids = np.concatenate([np.zeros(0, np.uint32), *(read.units for read in distinct)])
    figures = np.concatenate([np.zeros(0, np.bool_), *(read.figures for read in distinct)])
    written = collected([(read.words, read.firsts) for read in distinct])
    return Bodies(Corpus(ids, starts, figures, written), joined)


def _read(part: str, witnesses: Sequence[Witness], withdrawn: Sequence[bool], cache: Cache) -> list[Read]:
    """The text of each witness as arrays, from the cache where it was read before."""
    if not cache.keeps:
        return list(read_all(witness.text for witness in witnesses))

    def compute(places: Sequence[int]) -> Iterator[_Kept]:
        return map(_packed, read_all(witnesses[place].text for place in places))

    keys = [None if gone else cache.key(__name__, one.text) for one, gone in zip(witnesses, withdrawn, strict=True)]
    return [_unpacked(kept) for kept in cache.remember(f"units{part}", _Kept, keys, compute)]


def _packed(read: Read) -> _Kept:
    words, firsts = (b"", None) if read.firsts is None else (read.words.tobytes(), read.firsts.tobytes())
    return _Kept(read.units.tobytes(), read.figures.tobytes(), words, firsts)


def _unpacked(kept: _Kept) -> Read:
    units = np.frombuffer(kept.units, np.uint32)
    words = units if kept.firsts is None else np.frombuffer(kept.words, np.uint32)
    firsts = None if kept.firsts is None else np.frombuffer(kept.firsts, np.int64)
    return Read(units, np.frombuffer(kept.figures, np.bool_), words, firsts)
