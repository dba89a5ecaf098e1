"""The rows of the part that two texts share, and which paragraphs of either lie wholly before and after it.

A digest has a comparison with each of the texts in it: what it takes to make one grows with the part, not the digest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from stemma.observe.outline import Outline
from stemma.publish.reading.work.parallel_rows import BREAK, MIN_ELSEWHERE_WORDS, Row, rows
from stemma.records import Apparatus, Variant, VariantType
from stemma.relate.collate.collation import shifted

MAX_ANCHORED: Final = 200
"""Paragraphs before, and after, a shared part that have an address in its comparison though they are not shown: a
digest has a comparison with each of its texts, and would be listed in each."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Paragraphs of the base and of the witness (numbered from 1) beside the words that the two texts share.

    ``ours_absent``, ``theirs_absent``: each was looked for in the other text, which has none of them whole.
    """

    ours: range
    theirs: range
    ours_absent: bool = True
    theirs_absent: bool = True


_MAX_LOOKED_FOR: Final = 20_000_000
"""Characters in which the paragraphs beside a shared part are looked for; beyond, none is said to be absent."""

NOTHING: Final = Outside(range(0), range(0))


@dataclass(frozen=True, slots=True)
class SharedRows:
    """The rows of the part, what lies before and after it, and how many characters of both texts the rows have."""

    rows: tuple[Row, ...]
    before: Outside
    after: Outside
    characters: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of a text made of whole paragraphs, and how many paragraphs precede and follow it."""

    start: int
    end: int
    before: int
    after: int


def shared_rows(base: str, witness: str, apparatus: Apparatus) -> SharedRows:
    """The rows of the shared part. In: both bodies, and an apparatus as :func:`collate_part` makes it."""
    variants = apparatus.variants
    first = variants[0] if variants and _is_head(variants[0]) else Variant(0, 0, 0, 0, VariantType.SPACING)
    last = variants[-1] if variants and _is_tail(variants[-1], base, witness) else None
    ours = _cut(base, first.base_end, last.base_start if last else len(base))
    theirs = _cut(witness, first.witness_end, last.witness_start if last else len(witness))
    kept = tuple(shifted(_clipped(variant, ours, theirs), -ours.start, -theirs.start) for variant in variants)
    found = rows(base[ours.start : ours.end], witness[theirs.start : theirs.end], replace(apparatus, variants=kept))
    return SharedRows(
        rows=tuple(_renumbered(row, ours.before, theirs.before) for row in found),
        before=Outside(range(1, ours.before + 1), range(1, theirs.before + 1)),
        after=Outside(_last(base, ours), _last(witness, theirs)),
        characters=ours.end - ours.start + theirs.end - theirs.start,
    )


def looked_for(outside: Outside, base: Outline, witness: Outline) -> Outside:
    """The paragraphs, each looked for in the other text where that takes no long time."""
    return replace(
        outside,
        ours_absent=_absent(outside.ours, base, witness),
        theirs_absent=_absent(outside.theirs, witness, base),
    )


def _absent(numbers: range, text: Outline, other: Outline) -> bool:
    if len(numbers) * len(other.text) > _MAX_LOOKED_FOR:
        return False
    found = (text.paragraphs[number - 1] for number in numbers)
    return not any(other.has(words) for words in found if len(words.split()) >= MIN_ELSEWHERE_WORDS)


def _is_head(variant: Variant) -> bool:
    return not (variant.base_start or variant.witness_start or variant.moved or variant.changes)


def _is_tail(variant: Variant, base: str, witness: str) -> bool:
    ends = (variant.base_end, variant.witness_end) == (len(base), len(witness))
    return ends and not _is_head(variant) and not (variant.moved or variant.changes)


def _cut(text: str, low: int, high: int) -> _Cut:
    """The paragraphs that a stretch touches."""
    before, after = text.rfind(BREAK, 0, low), text.find(BREAK, high)
    start, end = before + len(BREAK) if before >= 0 else 0, after if after >= 0 else len(text)
    return _Cut(start, end, text.count(BREAK, 0, start), text.count(BREAK, end))


def _clipped(variant: Variant, ours: _Cut, theirs: _Cut) -> Variant:
    """The variant without what lies outside the cuts."""
    return replace(
        variant,
        base_start=max(variant.base_start, ours.start),
        base_end=min(variant.base_end, ours.end),
        witness_start=max(variant.witness_start, theirs.start),
        witness_end=min(variant.witness_end, theirs.end),
    )


def _renumbered(row: Row, ours: int, theirs: int) -> Row:
    number = None if row.number is None else row.number + ours
    return replace(row, number=number, others=tuple(other + theirs for other in row.others))


def _last(text: str, cut: _Cut) -> range:
    """The numbers of the paragraphs after a cut."""
    total = text.count(BREAK) + 1
    return range(total - cut.after + 1, total + 1)
