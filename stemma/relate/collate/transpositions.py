"""Transpositions: words inside one difference of one text and inside another difference of the other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stemma.relate.collate.alignment import Block

Transposition = tuple[int, int, int, int]
"""A run of words and its counterpart in the other text: first words and the words after the last."""

MIN_MOVED_WORDS: Final = 8
"""Words of a transposition, at least: fewer are taken for a change."""

_SEED_WORDS: Final = 5
"""Words by which a counterpart is found."""
_MAX_SLIP: Final = 3
"""Differing words that a transposition passes over."""


@dataclass(frozen=True, slots=True)
class Transpositions:
    """The same transpositions twice: in the order of the base, and in the order of the witness."""

    from_base: tuple[Transposition, ...]
    from_witness: tuple[Transposition, ...]


def transpositions(base: Sequence[str], witness: Sequence[str], blocks: Sequence[Block]) -> Transpositions:
    """The runs outside all blocks that have a counterpart, the longest first where they overlap."""
    ours = _outside(len(base), [(x, size) for x, _, size in blocks])
    theirs = _outside(len(witness), [(y, size) for _, y, size in blocks])
    if not ours or not theirs:
        return Transpositions((), ())
    found = sorted(set(_runs(base, witness, ours, theirs)), key=lambda move: (move[0] - move[1], move))
    taken_ours, taken_theirs = bytearray(len(base)), bytearray(len(witness))
    kept = []
    for low, high, far_low, far_high in found:
        if any(taken_ours[low:high]) or any(taken_theirs[far_low:far_high]):
            continue
        taken_ours[low:high] = b"\x01" * (high - low)
        taken_theirs[far_low:far_high] = b"\x01" * (far_high - far_low)
        kept.append((low, high, far_low, far_high))
    back = tuple(sorted((far_low, far_high, low, high) for low, high, far_low, far_high in kept))
    return Transpositions(tuple(sorted(kept)), back)


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
    """Runs of the same words in a gap of either side, over a slip of a few words; found by their first five words."""
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
                yield at, end, start, far
            at = max(end, at + 1)


def _along(
    base: Sequence[str], witness: Sequence[str], ours: tuple[int, int], theirs: tuple[int, int]
) -> tuple[int, int]:
    """How far both sides go on alike, over single slips after which five words agree again."""
    i, j = ours[0], theirs[0]
    while True:
        while i < ours[1] and j < theirs[1] and base[i] == witness[j]:
            i, j = i + 1, j + 1
        for slip in range(1, _MAX_SLIP + 1):
            p, q = i + slip, j + slip
            again = base[p : p + _SEED_WORDS] == witness[q : q + _SEED_WORDS]
            if again and p + _SEED_WORDS <= ours[1] and q + _SEED_WORDS <= theirs[1]:
                i, j = p, q
                break
        else:
            return i, j
