"""What moved: words that stand in a difference on one side and in another difference on the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stemma.relate.collate.alignment import Block

Move = tuple[int, int, int, int]
"""A run of words and the run that answers it in the other text: first words and the words after the last."""

LEAST: Final = 8
"""Fewer words that stand elsewhere are taken for a change, not for a move."""

_GRAM: Final = 5
_SLIP: Final = 3


@dataclass(frozen=True, slots=True)
class Moves:
    """The same moves twice: from the base's side in its order, and from the witness's side in its order."""

    from_base: tuple[Move, ...]
    from_witness: tuple[Move, ...]


def moves(base: Sequence[str], witness: Sequence[str], blocks: Sequence[Block]) -> Moves:
    """The runs outside all blocks that answer each other, the longest first where they overlap."""
    ours = _outside(len(base), [(x, size) for x, _, size in blocks])
    theirs = _outside(len(witness), [(y, size) for _, y, size in blocks])
    if not ours or not theirs:
        return Moves((), ())
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
    return Moves(tuple(sorted(kept)), back)


def _outside(size: int, inside: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The gaps that are long enough to hold a move."""
    edges = [(0, 0), *((start, start + length) for start, length in inside), (size, size)]
    return [(first[1], second[0]) for first, second in pairwise(edges) if second[0] - first[1] >= LEAST]


def _runs(
    base: Sequence[str],
    witness: Sequence[str],
    ours: Sequence[tuple[int, int]],
    theirs: Sequence[tuple[int, int]],
) -> Iterator[Move]:
    """Runs of the same words in a gap of either side, over a slip of a few words; found by their first five words."""
    places: dict[tuple[str, ...], tuple[int, int]] = {}
    for number, (low, high) in enumerate(theirs):
        for place in range(low, high - _GRAM + 1):
            places.setdefault(tuple(witness[place : place + _GRAM]), (place, number))
    for low, high in ours:
        at = low
        while at <= high - _GRAM:
            hit = places.get(tuple(base[at : at + _GRAM]))
            if hit is None:
                at += 1
                continue
            start, gap = hit
            end, far = _along(base, witness, (at, high), (start, theirs[gap][1]))
            if min(end - at, far - start) >= LEAST:
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
        for slip in range(1, _SLIP + 1):
            p, q = i + slip, j + slip
            again = base[p : p + _GRAM] == witness[q : q + _GRAM]
            if again and p + _GRAM <= ours[1] and q + _GRAM <= theirs[1]:
                i, j = p, q
                break
        else:
            return i, j
