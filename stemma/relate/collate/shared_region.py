"""Collating two texts that share a part: a compilation and a text in it, a page and a page that quotes it.

What precedes and follows the shared part is not a difference of it. The apparatus of such a pair still gives the other
text back: its first variant is all that precedes the part in either text, its last all that follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from stemma.records import Passage, Variant, VariantType
from stemma.relate.collate.collation import collate_texts, shifted
from stemma.relate.collate.tokenized import Tokens, slice_words


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
    out += [shifted(variant, low, far) for variant in collate_texts(ours, theirs)]
    if high < len(base.whole) or away < len(witness.whole):
        out.append(Variant(high, len(base.whole), away, len(witness.whole), VariantType.SUBSTANTIVE))
    return tuple(out)
