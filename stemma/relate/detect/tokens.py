"""Bodies as numbers: every word of every distinct body as a hash of its folded form, 32 bits each.

The common case is done for many texts at once on arrays of code points: which character is part of a word, and which
is a word alone, are looked up in a table; the hash of a word is a difference of running sums (a polynomial modulo 2^64,
as in the fingerprints of Rabin and Karp). Texts with characters that fold in unusual ways or zero-width ones are read
word by word. Both ways give the same numbers, and the words of :data:`~stemma.text.WORD`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.text import SINGLE, WORD, fold, words_of
from stemma.word_hash import stretch_hashes

Ints = NDArray[np.int64]
Words = NDArray[np.uint32]
Places = tuple[Ints, Ints]

ZERO_WIDTH: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BATCH: Final = 500_000
_INSIDE, _ALONE, _UNUSUAL = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Corpus:
    """Distinct bodies end to end. Words of text n are ``ids[starts[n]:starts[n + 1]]``."""

    ids: Words
    starts: Ints

    def __len__(self) -> int:
        """How many texts."""
        return len(self.starts) - 1

    def size(self, text: int) -> int:
        """How many words a text has."""
        return int(self.starts[text + 1] - self.starts[text])


def read_all(texts: Sequence[str]) -> Iterator[tuple[Words, Places | None]]:
    """The words of each text as numbers, in order.

    Soft hyphens and zero-width characters are passed over; only where they stand, the place of each word in the text as
    written comes too: the first word and the one after the last.
    """
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) >= _BATCH:
            yield from _read_batch(batch)
            batch, size = [], 0
        batch.append(text)
        size += len(text) + 1
    if batch:
        yield from _read_batch(batch)


def _read_batch(batch: Sequence[str]) -> Iterator[tuple[Words, Places | None]]:
    """Some texts at once; those with something unusual once more, on their own."""
    codes = _codes("\n".join(batch).casefold())
    kinds = np.where(codes > 0xFFFF, np.uint8(_UNUSUAL), _table()[np.minimum(codes, 0xFFFF)])
    starts, ends = _bounds(kinds)
    # Line feeds that join texts are told from those inside them by counting.
    joints = np.flatnonzero(codes == 10)[np.cumsum([text.count("\n") + 1 for text in batch])[:-1] - 1]
    unusual = frozenset(np.searchsorted(joints, np.flatnonzero(kinds == _UNUSUAL)).tolist())
    pieces = np.split(_hashed(codes, starts, ends), np.searchsorted(starts, joints))
    for number, (text, words) in enumerate(zip(batch, pieces, strict=True)):
        yield _read_unusual(text) if number in unusual else (words, None)


def _read_unusual(text: str) -> tuple[Words, Places | None]:
    """A text word by word."""
    zero_width = any(sign in text for sign in ZERO_WIDTH)
    kept = [place for place, sign in enumerate(text) if sign not in ZERO_WIDTH] if zero_width else []
    shown = "".join(text[place] for place in kept) if zero_width else text
    codes = _codes("".join(fold(word) + "\n" for word in words_of(shown)))
    ends = np.flatnonzero(codes == 10)
    starts = np.append(0, ends + 1)[:-1]
    ids = _hashed(codes, starts, ends)
    if not zero_width:
        return ids, None
    firsts = np.array([hit.start() for hit in WORD.finditer(text)], dtype=np.int64)
    spans = [(kept[hit.start()], kept[hit.end() - 1]) for hit in WORD.finditer(shown)]
    low = np.searchsorted(firsts, [first for first, _ in spans], side="right") - 1
    return ids, (low, np.searchsorted(firsts, [last for _, last in spans], side="right"))


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _bounds(kinds: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Where words start and end: runs of signs inside words, and each sign that is a word alone."""
    inside, alone = kinds == _INSIDE, kinds == _ALONE
    padded = np.concatenate(([False], inside, [False]))
    starts = (inside & ~padded[:-2]) | alone
    ends = (inside & ~padded[2:]) | alone
    return np.flatnonzero(starts), np.flatnonzero(ends) + 1


def _hashed(codes: NDArray[np.uint32], starts: Ints, ends: Ints) -> Words:
    """A hash of each stretch of signs, wherever it stands."""
    signs = (codes.astype(np.uint64) + np.uint64(1)) * np.uint64(0xD6E8FEB86659FD93)
    signs ^= signs >> np.uint64(31)
    hashes = stretch_hashes(signs, starts, ends)
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(0xA0761D6478BD642F)
    out: Words = (hashes >> np.uint64(32)).astype(np.uint32)
    return out


@cache
def _table() -> NDArray[np.uint8]:
    """What each sign of the first plane is after case folding: outside words, inside, a word alone, or unusual.

    Unusual are signs that must be folded with care: zero-width ones, those with another compatibility form, combining
    ones (some signs fold to them), and those that unite with a neighbour (Hangul in parts).
    """
    table = np.zeros(0x10000, dtype=np.uint8)
    for code in range(0x10000):
        sign = chr(code)
        if sign in ZERO_WIDTH:
            table[code] = _UNUSUAL
        elif WORD.match(sign):
            plain = sign.isascii() or (fold(sign) == sign and not 0x1100 <= code <= 0x11FF)
            table[code] = (_ALONE if SINGLE.match(sign) else _INSIDE) if plain else _UNUSUAL
    table[0x0300:0x0346] = _UNUSUAL
    return table
