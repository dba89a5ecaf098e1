"""A witness beside its base, paragraph by paragraph, and the difference in numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stemma.records import Apparatus, Paragraph, Variant, VariantType, Witness
from stemma.text import words_of


class State(StrEnum):
    """What a witness has of one paragraph of the base."""

    SAME = "same"
    DIFFERS = "differs"
    MOVED = "moved"
    PART = "part"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Parallel:
    """One paragraph of the base (counted from 0) in a witness.

    ``places`` are the differences that weigh more than typographic, ``typographic`` the others. ``words`` of the base's
    paragraph, ``shared`` of them in the witness. Same: no places. Differs: at least half of the words are there. Part:
    fewer. Lacking: none. Moved: more than half stand elsewhere in the witness.
    """

    paragraph: int
    state: State
    words: int
    shared: int
    places: int = 0
    typographic: int = 0


@dataclass(frozen=True, slots=True)
class Addition:
    """A whole paragraph that the witness adds. ``after``: the base's paragraph it follows, -1 before the first.

    ``paragraph`` is its number in the witness's body, from 0.
    """

    after: int
    paragraph: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A witness against its base in numbers: words of the base it has, lacks, words it adds, and places by type.

    ``moved`` counts paragraphs that stand elsewhere, ``paragraphs_added`` and ``paragraphs_lacking`` whole ones.
    ``changed`` counts places of words changed (substantive, both sides present). Moved words are neither added nor
    lacking.
    """

    words_added: int
    words_lacking: int
    changed: int
    spelling: int
    typographic: int
    spacing: int
    moved: int
    paragraphs_added: int
    paragraphs_lacking: int


@dataclass(frozen=True, slots=True)
class Parallels:
    """All paragraphs of the base in a witness, what the witness adds, and the summary."""

    base: str
    witness: str
    paragraphs: tuple[Parallel, ...]
    additions: tuple[Addition, ...]
    summary: Summary


@dataclass(frozen=True, slots=True)
class _Tally:
    """What happened to one paragraph: words lost or changed, words moved away, places."""

    lost: int = 0
    moved: int = 0
    places: int = 0
    typographic: int = 0


_BREAK = "\n\n"
_LIGHT = (VariantType.SPACING, VariantType.TYPOGRAPHIC)


def parallels(base: Witness, witness: Witness, apparatus: Apparatus) -> Parallels:
    """The state of every paragraph of the base in one witness.

    In: base and witness, and the apparatus of the two (identical texts: an apparatus without variants). Out: one
    Parallel a paragraph of the base's body, the witness's own paragraphs, the numbers.
    """
    starts = _starts(base.body)
    tallies = _tallied(base, witness, starts, apparatus.variants)
    paragraphs = tuple(
        _parallel(number, len(words_of(paragraph.text)), tally)
        for number, (paragraph, tally) in enumerate(zip(base.body, tallies, strict=True))
    )
    additions = tuple(_additions(base, witness, starts, apparatus.variants))
    summary = _summary(base, witness, apparatus.variants, paragraphs, additions)
    return Parallels(base.id, witness.id, paragraphs, additions, summary)


def _starts(body: Sequence[Paragraph]) -> list[int]:
    """Where each paragraph begins in the text."""
    starts, at = [], 0
    for paragraph in body:
        starts.append(at)
        at += len(paragraph.text) + 2
    return starts


def _tallied(base: Witness, witness: Witness, starts: Sequence[int], variants: Sequence[Variant]) -> list[_Tally]:
    """The variants, shared out to the paragraphs they touch. A paragraph added between two belongs to neither."""
    tallies = [_Tally() for _ in starts]
    for variant in variants:
        if (
            variant.base_start == variant.base_end
            and _BREAK in witness.text[variant.witness_start : variant.witness_end]
        ):
            continue
        for number in _touched(starts, variant):
            low = max(variant.base_start, starts[number])
            high = min(variant.base_end, starts[number] + len(base.body[number].text))
            tallies[number] = _counted(tallies[number], variant, base.text[low:high])
    return tallies


def _touched(starts: Sequence[int], variant: Variant) -> range:
    """The paragraphs that a variant touches."""
    if not starts:
        return range(0)
    first = max(0, bisect_right(starts, variant.base_start) - 1)
    last = max(first, bisect_right(starts, max(variant.base_start, variant.base_end - 1)) - 1)
    return range(first, last + 1)


def _counted(tally: _Tally, variant: Variant, slice_: str) -> _Tally:
    words = len(words_of(slice_))
    if variant.type in _LIGHT:
        return _Tally(tally.lost, tally.moved, tally.places, tally.typographic + 1)
    if variant.moved is not None:
        return _Tally(tally.lost, tally.moved + words, tally.places, tally.typographic)
    if not words and variant.base_start == variant.base_end and variant.witness_end - variant.witness_start > 1:
        return _Tally(tally.lost, tally.moved, tally.places + 1, tally.typographic)
    lost = words if variant.type is VariantType.SUBSTANTIVE else 0
    return _Tally(tally.lost + lost, tally.moved, tally.places + 1, tally.typographic)


def _parallel(number: int, words: int, tally: _Tally) -> Parallel:
    shared = max(0, words - tally.lost)
    if 2 * tally.moved > words:
        state = State.MOVED
    elif words and not shared:
        state = State.LACKING
    elif not tally.places and not tally.moved:
        state = State.SAME
    elif 2 * shared < words:
        state = State.PART
    else:
        state = State.DIFFERS
    return Parallel(number, state, words, shared, tally.places, tally.typographic)


def _additions(
    base: Witness, witness: Witness, starts: Sequence[int], variants: Sequence[Variant]
) -> Iterator[Addition]:
    """Whole paragraphs of the witness inside one variant that did not move."""
    theirs = _starts(witness.body)
    for variant in variants:
        if variant.moved is not None or variant.type is not VariantType.SUBSTANTIVE or _answered(variant, base, starts):
            continue
        for number in range(max(0, bisect_right(theirs, variant.witness_start) - 1), len(theirs)):
            if theirs[number] >= variant.witness_end:
                break
            text = witness.body[number].text
            first, last = _inked(text)
            if theirs[number] + first < variant.witness_start or theirs[number] + last > variant.witness_end:
                continue
            words = len(words_of(text))
            if words:
                yield Addition(_before(starts, variant.base_start), number, text, words)


def _inked(text: str) -> tuple[int, int]:
    """Where the first word of a paragraph starts and its last one ends."""
    first = next((place for place, sign in enumerate(text) if sign.isalnum() or sign == "_"), 0)
    last = next((place for place in range(len(text), 0, -1) if text[place - 1].isalnum() or text[place - 1] == "_"), 0)
    return first, max(first, last)


def _before(starts: Sequence[int], place: int) -> int:
    """The paragraph that ends before a place between two; -1 before the first."""
    return bisect_right(starts, place - 1) - 1


def _answered(variant: Variant, base: Witness, starts: Sequence[int]) -> bool:
    """Whether the variant puts its words in the place of some of the base's: then they are changed, not added."""
    return bool(starts) and bool(words_of(base.text[variant.base_start : variant.base_end]))


def _summary(
    base: Witness,
    witness: Witness,
    variants: Sequence[Variant],
    paragraphs: Sequence[Parallel],
    additions: Sequence[Addition],
) -> Summary:
    still = [variant for variant in variants if variant.moved is None]
    heavy = [variant for variant in still if variant.type is VariantType.SUBSTANTIVE]
    lost = [len(words_of(base.text[variant.base_start : variant.base_end])) for variant in heavy]
    gained = [len(words_of(witness.text[variant.witness_start : variant.witness_end])) for variant in heavy]
    return Summary(
        words_added=sum(gained),
        words_lacking=sum(lost),
        changed=sum(1 for ours, theirs in zip(lost, gained, strict=True) if ours and theirs),
        spelling=_count(still, VariantType.SPELLING),
        typographic=_count(still, VariantType.TYPOGRAPHIC),
        spacing=_count(still, VariantType.SPACING),
        moved=sum(1 for parallel in paragraphs if parallel.state is State.MOVED),
        paragraphs_added=len(additions),
        paragraphs_lacking=sum(1 for parallel in paragraphs if parallel.state is State.LACKING),
    )


def _count(variants: Sequence[Variant], type_: VariantType) -> int:
    return sum(1 for variant in variants if variant.type is type_)


def paragraph_starts(witness: Witness) -> list[int]:
    """Where each paragraph begins in the body as plain text."""
    starts, at = [], 0
    for paragraph in witness.body:
        starts.append(at)
        at += len(paragraph.text) + 2
    return starts
