"""Transpositions: words inside one difference of one text and inside another difference of the other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stemma.relate.collate.alignment import Block
from stemma.relate.collate.tokenized import Tokens

Transposition = tuple[int, int, int, int]
"""A run of words and its counterpart in the other text: first words and the words after the last."""

MIN_MOVED_WORDS: Final = 8
"""Words of a transposition, at least: fewer are taken for a change."""

_SEED_WORDS: Final = 5
"""Words by which a counterpart is found."""
_MOST_OF_PARAGRAPH: Final = 0.5
"""Part of a paragraph in a transposition from which the whole paragraph is one."""
_MAX_SLIP: Final = 3
"""Differing words that a transposition passes over, on either side."""
_SLIPS: Final = sorted(
    ((x, y) for x in range(_MAX_SLIP + 1) for y in range(_MAX_SLIP + 1) if x or y), key=lambda slip: (max(slip), slip)
)


@dataclass(frozen=True, slots=True)
class Transpositions:
    """The same transpositions twice: in the order of the base, and in the order of the witness."""

    from_base: tuple[Transposition, ...]
    from_witness: tuple[Transposition, ...]


def transpositions(base: Tokens, witness: Tokens, blocks: Sequence[Block]) -> Transpositions:
    """The runs outside all blocks that have a counterpart, the longest first where they overlap.

    Where most of a paragraph is transposed, all of it is.
    """
    ours = _outside(len(base.folded), [(x, size) for x, _, size in blocks])
    theirs = _outside(len(witness.folded), [(y, size) for _, y, size in blocks])
    if not ours or not theirs:
        return Transpositions((), ())
    found = set(_runs(base.folded, witness.folded, ours, theirs))
    free = (_Free(base, ours), _Free(witness, theirs))
    kept = []
    for move in sorted(found, key=lambda move: (move[0] - move[1], move)):
        own, far = move[:2], move[2:]
        if not (free[0].has(*own) and free[1].has(*far)):
            continue
        wide, far_wide = free[0].paragraph(*own), free[1].paragraph(*far)
        if wide and far_wide:
            own, far = wide, far_wide
        free[0].take(*own)
        free[1].take(*far)
        kept.append((*own, *far))
    back = tuple(sorted((far_low, far_high, low, high) for low, high, far_low, far_high in kept))
    return Transpositions(tuple(sorted(kept)), back)


class _Free:
    """The words of a text that are outside all blocks and in no transposition yet."""

    def __init__(self, text: Tokens, gaps: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._taken = bytearray(b"\x01" * len(text.folded))
        for low, high in gaps:
            self._taken[low:high] = bytes(high - low)

    def has(self, low: int, high: int) -> bool:
        """Whether all words of a run are free."""
        return not any(self._taken[low:high])

    def take(self, low: int, high: int) -> None:
        """Give the words to a transposition."""
        self._taken[low:high] = b"\x01" * (high - low)

    def paragraph(self, low: int, high: int) -> tuple[int, int] | None:
        """The paragraph around a run that is most of it, where all of it is free."""
        first, last = self._text.paragraph(low)
        whole = high <= last and high - low >= _MOST_OF_PARAGRAPH * (last - first) and self.has(first, last)
        return (first, last) if whole else None


def _outside(size: int, inside: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The gaps that are long enough to hold a transposition."""
    edges = [(0, 0), *((start, start + length) for start, length in inside), (size, size)]
    return [(first[1], second[0]) for first, second in pairwise(edges) if second[0] - first[1] >= MIN_MOVED_WORDS]


def _runs(
    base: Sequence[str],
    witness: Sequence[str],
    ours: Sequence[tuple[int, int]],
    theirs: Sequence[tuple[int, int]],
) -> Iterator[Transposition]:
    """Runs of the same words in a gap of either side, over a slip of a few words; found by their first five words.

    A few words more on both sides, up to the end of the gap, are a slip of it too.
    """
    places: dict[tuple[str, ...], tuple[int, int]] = {}
    for number, (low, high) in enumerate(theirs):
        for place in range(low, high - _SEED_WORDS + 1):
            places.setdefault(tuple(witness[place : place + _SEED_WORDS]), (place, number))
    for low, high in ours:
        at = low
        while at <= high - _SEED_WORDS:
            hit = places.get(tuple(base[at : at + _SEED_WORDS]))
            if hit is None:
                at += 1
                continue
            start, gap = hit
            end, far = _along(base, witness, (at, high), (start, theirs[gap][1]))
            if min(end - at, far - start) >= MIN_MOVED_WORDS:
                first, last = theirs[gap]
                whole_end = 0 < high - end <= _MAX_SLIP and 0 < last - far <= _MAX_SLIP
                whole_start = 0 < at - low <= _MAX_SLIP and 0 < start - first <= _MAX_SLIP
                yield (
                    low if whole_start else at,
                    high if whole_end else end,
                    first if whole_start else start,
                    last if whole_end else far,
                )
            at = max(end, at + 1)


def _along(
    base: Sequence[str], witness: Sequence[str], ours: tuple[int, int], theirs: tuple[int, int]
) -> tuple[int, int]:
    """How far both sides go on alike, over slips after which five words agree again."""
    i, j = ours[0], theirs[0]
    while True:
        while i < ours[1] and j < theirs[1] and base[i] == witness[j]:
            i, j = i + 1, j + 1
        for x, y in _SLIPS:
            p, q = i + x, j + y
            again = base[p : p + _SEED_WORDS] == witness[q : q + _SEED_WORDS]
            if again and p + _SEED_WORDS <= ours[1] and q + _SEED_WORDS <= theirs[1]:
                i, j = p, q
                break
        else:
            return i, j
