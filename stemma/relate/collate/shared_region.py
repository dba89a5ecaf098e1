"""Collating two texts that share a part: a compilation and a text in it, a page and a page that quotes it.

What stands before and after the shared part is not a difference of it. The apparatus of such a pair still gives the
other text back: its first variant is all that stands before the part in either text, its last all that stands after.
:func:`region` says where the part lies, so that a page can leave the rest out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stemma.records import Passage, Variant, VariantType
from stemma.relate.collate.collation import Text, collate_texts, cut, parted


@dataclass(frozen=True, slots=True)
class Region:
    """The shared part in signs, half open, on both sides."""

    base_start: int
    base_end: int
    witness_start: int
    witness_end: int

    def holds(self, variant: Variant) -> bool:
        """Whether a variant lies inside the shared part."""
        return (
            self.base_start <= variant.base_start
            and variant.base_end <= self.base_end
            and self.witness_start <= variant.witness_start
            and variant.witness_end <= self.witness_end
        )


def region(base: str, witness: str, passages: Sequence[Passage]) -> Region:
    """The part of both texts from the first word of the passages to the last, with the signs that touch them.

    Passages are word offsets, the base's first.
    """
    return _parts(parted(base), parted(witness), passages)[2]


def collate_part(base: Text, witness: Text, passages: Sequence[Passage]) -> tuple[Variant, ...]:
    """The variants of the part two texts share, and one for what stands before and one for what stands after it."""
    ours, theirs, part = _parts(base, witness, passages)
    out = []
    if part.base_start or part.witness_start:
        out.append(Variant(0, part.base_start, 0, part.witness_start, VariantType.SUBSTANTIVE))
    out += [_shifted(variant, part) for variant in collate_texts(ours, theirs)]
    if part.base_end < len(base.whole) or part.witness_end < len(witness.whole):
        out.append(
            Variant(part.base_end, len(base.whole), part.witness_end, len(witness.whole), VariantType.SUBSTANTIVE)
        )
    return tuple(out)


def _parts(base: Text, witness: Text, passages: Sequence[Passage]) -> tuple[Text, Text, Region]:
    ours, low = cut(base, min(p.a_start for p in passages), max(p.a_end for p in passages))
    theirs, far = cut(witness, min(p.b_start for p in passages), max(p.b_end for p in passages))
    return ours, theirs, Region(low, low + len(ours.whole), far, far + len(theirs.whole))


def _shifted(variant: Variant, part: Region) -> Variant:
    moved = variant.moved
    if moved:
        far = part.witness_start if variant.base_start < variant.base_end else part.base_start
        moved = (moved[0] + far, moved[1] + far)
    return Variant(
        variant.base_start + part.base_start,
        variant.base_end + part.base_start,
        variant.witness_start + part.witness_start,
        variant.witness_end + part.witness_start,
        variant.type,
        moved,
    )
