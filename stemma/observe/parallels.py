"""A witness beside its base, paragraph by paragraph, and the difference in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from stemma.observe.outline import Outline
from stemma.records import Apparatus, Variant, VariantType


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
    fewer. Lacking: none. Moved: more than half are elsewhere in the witness; ``places`` are the differences there.
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

    ``moved`` counts paragraphs that are elsewhere, ``moved_words`` words that are, outside these paragraphs;
    ``paragraphs_added`` and ``paragraphs_lacking`` whole ones. ``changed`` counts places of words changed (substantive,
    both sides present), ``meaningful`` those where no word but a sign or symbol differs. Moved words are neither added
    nor lacking; what differs in them is counted.
    """

    words_added: int
    words_lacking: int
    changed: int
    spelling: int
    typographic: int
    spacing: int
    moved: int
    moved_words: int
    paragraphs_added: int
    paragraphs_lacking: int
    meaningful: int = 0


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


def parallels(base: Outline, witness: Outline, apparatus: Apparatus, *, additions: bool = True) -> Parallels:
    """The state of every paragraph of the base in one witness.

    In: base and witness, and the apparatus of the two (identical texts: an apparatus without variants). Out: one
    Parallel a paragraph of the base's body, the witness's own paragraphs, the numbers. Without ``additions`` none are
    listed nor counted, and a text is set beside a digest in time that grows with the text.
    """
    tallies = _tallied(base, witness, apparatus.variants)
    paragraphs = tuple(
        _parallel(number, base.count(base.starts[number], base.end(number)), tally)
        for number, tally in enumerate(tallies)
    )
    added = tuple(_additions(base, witness, apparatus.variants)) if additions else ()
    summary = _summary(base, witness, apparatus.variants, paragraphs, added)
    return Parallels(base.witness.id, witness.witness.id, paragraphs, added, summary)


def flat(variants: Sequence[Variant]) -> Iterator[Variant]:
    """All variants, those inside moved words after the one that moved."""
    for variant in variants:
        yield variant
        yield from variant.changes


def _tallied(base: Outline, witness: Outline, variants: Sequence[Variant]) -> list[_Tally]:
    """The variants, shared out to the paragraphs they touch. A paragraph added between two belongs to neither."""
    tallies = [_Tally() for _ in base.starts]
    for variant in flat(variants):
        added = variant.base_start == variant.base_end
        if added and _BREAK in witness.text[variant.witness_start : variant.witness_end]:
            continue
        for number in _touched(base, variant):
            low = max(variant.base_start, base.starts[number])
            high = min(variant.base_end, base.end(number))
            tallies[number] = _counted(tallies[number], variant, base.count(low, high) if low < high else 0)
    return tallies


def _touched(base: Outline, variant: Variant) -> range:
    """The paragraphs that a variant touches."""
    if not base.starts:
        return range(0)
    first = max(0, base.paragraph_at(variant.base_start))
    return range(first, max(first, base.paragraph_at(max(variant.base_start, variant.base_end - 1))) + 1)


def _counted(tally: _Tally, variant: Variant, words: int) -> _Tally:
    if variant.type in _LIGHT:
        return replace(tally, typographic=tally.typographic + 1)
    if variant.moved is not None:
        return replace(tally, moved=tally.moved + words)
    lost = words if variant.type is VariantType.SUBSTANTIVE else 0
    return replace(tally, places=tally.places + 1, lost=tally.lost + lost)


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


def _additions(base: Outline, witness: Outline, variants: Sequence[Variant]) -> Iterator[Addition]:
    """Whole paragraphs of the witness inside one variant that did not move."""
    for variant in variants:
        if variant.moved is not None or variant.type is not VariantType.SUBSTANTIVE:
            continue
        if base.starts and base.count(variant.base_start, variant.base_end):
            continue  # its words are in the place of some of the base's: changed, not added
        for number in range(max(0, witness.paragraph_at(variant.witness_start)), len(witness.starts)):
            if witness.starts[number] >= variant.witness_end:
                break
            low, high = witness.starts[number], witness.end(number)
            words = witness.count(low, high)
            if words and witness.count(max(low, variant.witness_start), min(high, variant.witness_end)) == words:
                text = witness.witness.body[number].text
                yield Addition(base.paragraph_at(variant.base_start - 1), number, text, words)


def _summary(
    base: Outline,
    witness: Outline,
    variants: Sequence[Variant],
    paragraphs: Sequence[Parallel],
    additions: Sequence[Addition],
) -> Summary:
    unmoved = [variant for variant in flat(variants) if variant.moved is None]
    heavy = [variant for variant in unmoved if variant.type is VariantType.SUBSTANTIVE]
    lost = [base.count(variant.base_start, variant.base_end) for variant in heavy]
    gained = [witness.count(variant.witness_start, variant.witness_end) for variant in heavy]
    counts = Counter(variant.type for variant in unmoved)
    return Summary(
        words_added=sum(gained),
        words_lacking=sum(lost),
        changed=sum(1 for ours, theirs in zip(lost, gained, strict=True) if ours and theirs),
        meaningful=sum(1 for ours, theirs in zip(lost, gained, strict=True) if not ours and not theirs),
        spelling=counts[VariantType.SPELLING],
        typographic=counts[VariantType.TYPOGRAPHIC],
        spacing=counts[VariantType.SPACING],
        moved=sum(1 for parallel in paragraphs if parallel.state is State.MOVED),
        moved_words=_moved_words(base, variants, paragraphs),
        paragraphs_added=len(additions),
        paragraphs_lacking=sum(1 for parallel in paragraphs if parallel.state is State.LACKING),
    )


def _moved_words(base: Outline, variants: Sequence[Variant], paragraphs: Sequence[Parallel]) -> int:
    """Words that moved, outside paragraphs that moved as such."""
    return sum(
        base.count(max(variant.base_start, base.starts[number]), min(variant.base_end, base.end(number)))
        for variant in variants
        if variant.moved is not None and variant.base_start < variant.base_end
        for number in _touched(base, variant)
        if paragraphs[number].state is not State.MOVED
    )
