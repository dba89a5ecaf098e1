"""What kind of relation shared passages make, by how much of each body they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.records import Kind, Passage

MIRROR: Final = 0.85
REVISION: Final = 0.45
EXCERPT: Final = 40
DOUBTFUL: Final = 32
"""An excerpt of fewer words than this is none; up to EXCERPT it is doubtful."""
BRIEF: Final = 8
"""Bodies with fewer words are related to nothing: they say too little."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A kind and its evidence. ``swapped``: the second text contains the first."""

    kind: Kind
    swapped: bool
    coverage_a: float
    coverage_b: float
    shared_words: int
    doubtful: bool = False


def judge(
    size_a: int, size_b: int, passages: Sequence[Passage], aside_a: int = 0, aside_b: int = 0
) -> Judgement | None:
    """The kind of relation, or None.

    In: words of both bodies, passages, and how many words of each are furniture and count on neither side. Mirror:
    both coverages from .85 on; contains: one; revision: both from .45; excerpt: 40 words or more; doubtful from 32.
    """
    covered_a = covered((p.a_start, p.a_end) for p in passages)
    covered_b = covered((p.b_start, p.b_end) for p in passages)
    share_a = min(1.0, covered_a / max(1, size_a - aside_a))
    share_b = min(1.0, covered_b / max(1, size_b - aside_b))
    words = min(covered_a, covered_b)
    if words < BRIEF:
        return None
    low, high = min(share_a, share_b), max(share_a, share_b)
    if low >= MIRROR:
        kind = Kind.MIRROR
    elif words < DOUBTFUL:
        return None
    elif high >= MIRROR:
        kind = Kind.CONTAINS
    elif low >= REVISION:
        kind = Kind.REVISION
    else:
        kind = Kind.EXCERPT
    swapped = kind is Kind.CONTAINS and share_a > share_b
    return Judgement(kind, swapped, share_a, share_b, words, kind is not Kind.MIRROR and words < EXCERPT)


def covered(stretches: Iterable[tuple[int, int]]) -> int:
    """How many words lie in at least one of the stretches."""
    total, reached = 0, 0
    for start, end in sorted(stretches):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
