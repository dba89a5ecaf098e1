"""The rows of the part that two texts share, and which paragraphs of either lie wholly before and after it.

A digest has a comparison with each of the texts in it: what it takes to make one grows with the part, not the digest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from stemma.observe.outline import KEPT_BODIES, Outline, folded_words
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

_MAX_COMPARED: Final = 1_000_000
"""Words compared for the same where the paragraphs are many; beyond, none is said to be absent."""

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
    """Whether another text has none of the paragraphs of a text whole, after each of them was looked for."""
    if len(numbers) > MAX_ANCHORED:
        return _none_whole(numbers, text.text, other.folded.split())
    if len(numbers) * len(other.text) > _MAX_LOOKED_FOR:
        return False
    found = (folded_words(text.witness.body[number - 1].text) for number in numbers)
    return not any(other.has(words) for words in found if len(words.split()) >= MIN_ELSEWHERE_WORDS)


def _none_whole(numbers: range, text: str, words: Sequence[str]) -> bool:
    """The same of many paragraphs at either end of a text: looked up by their first words at each word of the other.

    It takes time that grows with the other text, so that a digest is set beside each of its texts in linear time.
    """
    openings = _openings(text)
    left = _MAX_COMPARED
    for place in range(len(words) - MIN_ELSEWHERE_WORDS + 1):
        for whole, ends in openings.get(tuple(words[place : place + MIN_ELSEWHERE_WORDS]), {}).items():
            left -= len(whole)
            if left < 0 or (tuple(words[place : place + len(whole)]) == whole and not ends.isdisjoint(numbers)):
                return False
    return True


@lru_cache(maxsize=KEPT_BODIES)
def _openings(text: str) -> Mapping[tuple[str, ...], Mapping[tuple[str, ...], set[int]]]:
    """The paragraphs of a text by their first words: the words of each, and its first and last number. Not short ones.

    Paragraphs beside a shared part lie at an end of the text: the first or the last of equal ones is among them if any.
    """
    found: dict[tuple[str, ...], dict[tuple[str, ...], set[int]]] = {}
    for number, paragraph in enumerate(text.split(BREAK), 1):
        whole = tuple(folded_words(paragraph).split())
        if len(whole) >= MIN_ELSEWHERE_WORDS:
            ends = found.setdefault(whole[:MIN_ELSEWHERE_WORDS], {}).setdefault(whole, set())
            ends.intersection_update({min(ends, default=number)})
            ends.add(number)
    return found


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
