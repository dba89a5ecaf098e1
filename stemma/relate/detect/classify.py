"""Classification: the kind of relation of two bodies, from how much of each their shared passages cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.records import Kind, Passage

MIRROR_COVERAGE: Final = 0.85
"""Part of a body inside passages from which the other text has it whole."""
REVISION_COVERAGE: Final = 0.45
"""Part of both bodies inside passages from which they are versions of one text."""
EXCERPT_WORDS: Final = 40
"""Shared words from which a relation is certain."""
DOUBTFUL_WORDS: Final = 32
"""Shared words from which there is a relation, but a doubtful one."""
MIN_BODY_WORDS: Final = 8
"""Words of a body, or shared words, below which nothing is related: they say too little."""


@dataclass(frozen=True, slots=True)
class Classification:
    """A kind of relation and its evidence. ``swapped``: the second text contains the first.

    ``grew``: it is the other, grown. ``template``: the two are one form filled with other figures.
    """

    kind: Kind
    swapped: bool
    coverage_a: float
    coverage_b: float
    shared_words: int
    doubtful: bool = False
    grew: bool = False
    template: bool = False

    @property
    def joins(self) -> bool:
        """Whether the two texts are of one work."""
        return self.grew or (self.kind in {Kind.MIRROR, Kind.REVISION} and not self.doubtful)


def classify(shares: tuple[float, float], words: int) -> Classification | None:
    """The kind of relation, or None.

    In: the parts of both bodies inside passages, and the words they share. Mirror: both parts from .85 on; contains:
    one; revision: both from .45; excerpt: 40 words or more; doubtful from 32.
    """
    share_a, share_b = shares
    if words < MIN_BODY_WORDS:
        return None
    low, high = min(share_a, share_b), max(share_a, share_b)
    if low >= MIRROR_COVERAGE:
        kind = Kind.MIRROR
    elif words < DOUBTFUL_WORDS:
        return None
    elif high >= MIRROR_COVERAGE:
        kind = Kind.CONTAINS
    elif low >= REVISION_COVERAGE:
        kind = Kind.REVISION
    else:
        kind = Kind.EXCERPT
    swapped = kind is Kind.CONTAINS and share_a > share_b
    return Classification(kind, swapped, share_a, share_b, words, kind is not Kind.MIRROR and words < EXCERPT_WORDS)


def shared(passages: Sequence[Passage]) -> tuple[int, int]:
    """How many words of either text lie inside passages."""
    return covered((p.a_start, p.a_end) for p in passages), covered((p.b_start, p.b_end) for p in passages)


def coverage(sizes: tuple[int, int], passages: Sequence[Passage]) -> tuple[float, float]:
    """The parts of two texts of so many words, without boilerplate, that lie inside passages."""
    ours, theirs = shared(passages)
    return min(1.0, ours / max(1, sizes[0])), min(1.0, theirs / max(1, sizes[1]))


def covered(stretches: Iterable[tuple[int, int]]) -> int:
    """How many words lie in at least one of the stretches."""
    total, reached = 0, 0
    for start, end in sorted(stretches):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
