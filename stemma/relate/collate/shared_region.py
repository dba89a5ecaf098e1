"""Collating two texts that share a part: a compilation and a text in it, a page and a page that quotes it.

What precedes and follows the shared part is not a difference of it. The apparatus of such a pair still gives the other
text back: its first variant is all that precedes the part in either text, its last all that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stemma.records import Passage, Variant, VariantType
from stemma.relate.collate.collation import Tokens, collate_texts, slice_words


def collate_part(base: Tokens, witness: Tokens, passages: Sequence[Passage]) -> tuple[Variant, ...]:
    """The variants of the part two texts share, one for what precedes it and one for what follows it.

    The part reaches from the first word of the passages to the last; passages are word offsets, the base's first.
    """
    ours, low = slice_words(base, min(p.a_start for p in passages), max(p.a_end for p in passages))
    theirs, far = slice_words(witness, min(p.b_start for p in passages), max(p.b_end for p in passages))
    high, away = low + len(ours.whole), far + len(theirs.whole)
    out = []
    if low or far:
        out.append(Variant(0, low, 0, far, VariantType.SUBSTANTIVE))
    out += [_shifted(variant, low, far) for variant in collate_texts(ours, theirs)]
    if high < len(base.whole) or away < len(witness.whole):
        out.append(Variant(high, len(base.whole), away, len(witness.whole), VariantType.SUBSTANTIVE))
    return tuple(out)


def _shifted(variant: Variant, low: int, far: int) -> Variant:
    """A variant of the parts as a variant of the whole texts, where the parts begin at ``low`` and ``far``."""
    moved = variant.moved
    if moved:
        start = far if variant.base_start < variant.base_end else low
        moved = (moved[0] + start, moved[1] + start)
    return replace(
        variant,
        base_start=variant.base_start + low,
        base_end=variant.base_end + low,
        witness_start=variant.witness_start + far,
        witness_end=variant.witness_end + far,
        moved=moved,
    )
