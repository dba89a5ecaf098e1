"""Two texts word by word: every place where they differ, and the type of each difference."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from stemma.records import Variant, VariantType
from stemma.relate.collate import numbers
from stemma.relate.collate.alignment import Block, matching_blocks
from stemma.relate.collate.boundaries import at_bounds
from stemma.relate.collate.paragraph_pairs import align_paragraphs
from stemma.relate.collate.tokenized import PARAGRAPH_BREAK, Characters, Tokens, Words, slice_words, tokenize
from stemma.relate.collate.transpositions import Transposition, Transpositions, transpositions
from stemma.relate.collate.variant_types import is_misread, variant_type

Piece = tuple[int, int, Words | None, Words]
"""A range of characters; if it moved, the run of words in the other text that is its counterpart, and its own words."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two texts, and whether the witness is full of misread characters."""

    base: Tokens
    witness: Tokens
    misread: bool

    def variant(self, ours: Characters, theirs: Characters, moved: Characters | None = None) -> Variant:
        """The variant of two ranges of characters."""
        texts = (self.base.whole[slice(*ours)], self.witness.whole[slice(*theirs)])
        type_ = variant_type(*texts, misread=self.misread)
        lettered = self.misread and any(map(str.isalpha, texts[0]))  # figures are misread letters
        where = (self.base.whole, self.witness.whole, ours, theirs)
        if type_ is VariantType.SUBSTANTIVE:
            type_ = VariantType.SPELLING if numbers.rewritten(*texts) else type_
        elif not lettered and numbers.differ(*where):
            type_ = VariantType.SUBSTANTIVE
        elif type_ is VariantType.TYPOGRAPHIC and numbers.exchange_marks(*where):
            type_ = VariantType.SPELLING
        return Variant(*ours, *theirs, type_, moved)

    def between(self, ours: int, theirs: int) -> Variant:
        """The variant of two parts between words, no wider than it must be."""
        one, other = self.base.parts[ours], self.witness.parts[theirs]
        low, far = self.base.starts[ours], self.witness.starts[theirs]
        ends = (low + len(one), far + len(other))
        head = self.beside_breaks(low, far, _alike(one, other), 1)
        tail = self.beside_breaks(*ends, min(_alike(one[::-1], other[::-1]), min(len(one), len(other)) - head), -1)
        found = self.variant((low, ends[0]), (far, ends[1]))
        return replace(
            found,
            base_start=low + head,
            base_end=low + len(one) - tail,
            witness_start=far + head,
            witness_end=far + len(other) - tail,
        )

    def beside_breaks(self, ours: int, theirs: int, count: int, step: int) -> int:
        """So many characters from two places on (``step`` 1) or back (-1), or fewer: none ends inside a break."""
        while count and (
            _inside_break(self.base.whole, ours + step * count)
            or _inside_break(self.witness.whole, theirs + step * count)
        ):
            count -= 1
        return count


def _inside_break(whole: str, at: int) -> bool:
    return whole[at - 1 : at + 1] == PARAGRAPH_BREAK


def collate(base: str, witness: str) -> tuple[Variant, ...]:
    """All places where the witness differs from the base, in order, apart from each other.

    Replacing each slice of the base by its slice of the witness gives the witness back, character for character.
    Readings are whole words; words that change side by side are one reading; paragraphs added or missing are variants
    of their own; ``moved`` is where transposed words are in the other text, and ``changes`` what differs in them.
    """
    return () if base == witness else collate_texts(tokenize(base), tokenize(witness))


def collate_texts(base: Tokens, witness: Tokens) -> tuple[Variant, ...]:
    """As :func:`collate`, for texts that are tokenized already."""
    blocks = at_bounds(base, witness, matching_blocks(base.folded, witness.folded))
    misread = is_misread(_changed(base, witness, blocks), len(base.folded))
    moved = transpositions(base, witness, blocks)
    return tuple(_variants(_Pair(base, witness, misread), blocks, moved))


def shifted(variant: Variant, low: int, far: int) -> Variant:
    """A variant of two parts as a variant of the whole texts, in which the parts begin at ``low`` and ``far``."""
    moved = variant.moved
    if moved:
        start = far if variant.base_start < variant.base_end else low
        moved = (moved[0] + start, moved[1] + start)
    return Variant(
        variant.base_start + low,
        variant.base_end + low,
        variant.witness_start + far,
        variant.witness_end + far,
        variant.type,
        moved,
        tuple(shifted(change, low, far) for change in variant.changes),
    )


def _changed(base: Tokens, witness: Tokens, blocks: Sequence[Block]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The folded words between blocks."""
    i = j = 0
    for x, y, size in (*blocks, (len(base.folded), len(witness.folded), 0)):
        yield base.folded[i:x], witness.folded[j:y]
        i, j = x + size, y + size


def _variants(pair: _Pair, blocks: Sequence[Block], moved: Transpositions) -> Iterator[Variant]:
    """Gap, block, gap, block, …, gap: a gap reaches from the end of one word to the start of another."""
    i = j = 0
    for x, y, size in blocks:
        yield from _gap(pair, (i, x), (j, y), moved)
        yield from _block(pair, x, y, size)
        i, j = x + size, y + size
    yield from _gap(pair, (i, len(pair.base.folded)), (j, len(pair.witness.folded)), moved)


def _block(pair: _Pair, x: int, y: int, size: int) -> Iterator[Variant]:
    """Differences inside a run of words that are the same when folded."""
    low, far = 2 * x + 1, 2 * y + 1
    base, witness = pair.base, pair.witness
    if base.parts[low : low + 2 * size - 1] == witness.parts[far : far + 2 * size - 1]:
        return
    for place in range(2 * size - 1):
        ours, theirs = base.parts[low + place], witness.parts[far + place]
        if ours == theirs:
            continue
        if place % 2:
            yield pair.between(low + place, far + place)
        else:
            start, other = base.starts[low + place], witness.starts[far + place]
            yield pair.variant((start, start + len(ours)), (other, other + len(theirs)))


def _alike(ours: str, theirs: str) -> int:
    """How many characters at the start are the same."""
    least = min(len(ours), len(theirs))
    return next((n for n in range(least) if ours[n] != theirs[n]), least)


def _gap(pair: _Pair, ours: Words, theirs: Words, moved: Transpositions) -> Iterator[Variant]:
    """The variants between two blocks: words changed, left out, added or moved, and the punctuation around them."""
    base, witness = pair.base, pair.witness
    start, end = base.end_before(ours[0]), base.word(ours[1])[0]
    other, far = witness.end_before(theirs[0]), witness.word(theirs[1])[0]
    if base.whole[start:end] == witness.whole[other:far]:
        return
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        yield pair.between(2 * ours[0], 2 * theirs[0])
        return
    if ours[0] < ours[1] and theirs[0] < theirs[1]:
        yield from _around(pair, ours, theirs, moved)
        return
    head, tail = _edges(pair, ours, theirs)
    yield from _pieces(pair, (ours, theirs), ((start + head, end - tail), (other + head, far - tail)), moved)


def _around(pair: _Pair, ours: Words, theirs: Words, moved: Transpositions) -> Iterator[Variant]:
    """Words for words: the punctuation before the first and after the last is a variant of its own."""
    base, witness = pair.base, pair.witness
    before, after = (2 * ours[0], 2 * theirs[0]), (2 * ours[1], 2 * theirs[1])
    if base.parts[before[0]] != witness.parts[before[1]]:
        yield pair.between(*before)
    inner = (base.starts[before[0] + 1], base.starts[after[0]])
    yield from _pieces(pair, (ours, theirs), (inner, (witness.starts[before[1] + 1], witness.starts[after[1]])), moved)
    if base.parts[after[0]] != witness.parts[after[1]]:
        yield pair.between(*after)


def _edges(pair: _Pair, ours: Words, theirs: Words) -> tuple[int, int]:
    """How many characters before the first and after the last word of a gap are the same on both sides.

    A side without words has one range only: what its head takes, its tail cannot have.
    """
    base, witness = pair.base, pair.witness
    starts = (base.starts[2 * ours[0]], witness.starts[2 * theirs[0]])
    ends = (base.word(ours[1])[0], witness.word(theirs[1])[0])
    head = pair.beside_breaks(*starts, _alike(base.parts[2 * ours[0]], witness.parts[2 * theirs[0]]), 1)
    tail = _alike(base.parts[2 * ours[1]][::-1], witness.parts[2 * theirs[1]][::-1])
    room = min(
        (end - start for start, end, (first, last) in zip(starts, ends, (ours, theirs), strict=True) if first == last),
        default=head + tail,
    )
    return head, pair.beside_breaks(*ends, min(tail, room - head), -1)


def _pieces(
    pair: _Pair, words: tuple[Words, Words], edges: tuple[Characters, Characters], moved: Transpositions
) -> Iterator[Variant]:
    """A gap as variants: cut at transpositions and paragraph breaks, then paired where pieces are aligned."""
    ours = _cut_pieces(pair.base, words[0], edges[0], moved.from_base)
    theirs = _cut_pieces(pair.witness, words[1], edges[1], moved.from_witness)
    aligned = _aligned_pieces(pair, words, ours, theirs)
    paired = set(aligned.values())
    start, other = edges[0][0], edges[1][0]
    i = j = 0
    while i < len(ours) or j < len(theirs):
        alone = i < len(ours) and i not in aligned
        if alone or not (j < len(theirs) and j not in paired):
            low, high, counterpart, own = ours[i]
            if alone:
                yield _missing(pair, (low, high), other, counterpart, own)
                i, start = i + 1, high
                continue
            near, away = theirs[j][:2]
            yield pair.variant((low, high), (near, away))
            i, j, start, other = i + 1, j + 1, high, away
        else:
            near, away, counterpart, _ = theirs[j]
            place = _character_range(counterpart, pair.base) if counterpart else None
            yield pair.variant((start, start), (near, away), place)
            j, other = j + 1, away


def _missing(pair: _Pair, ours: Characters, at: int, counterpart: Words | None, own: Words) -> Variant:
    """Words of the base that the witness lacks here; where they moved, with what differs in them."""
    if counterpart is None:
        return pair.variant(ours, (at, at))
    found = pair.variant(ours, (at, at), _character_range(counterpart, pair.witness))
    base, low = slice_words(pair.base, *own)
    witness, far = slice_words(pair.witness, *counterpart)
    if base.whole == witness.whole:
        return found
    blocks = at_bounds(base, witness, matching_blocks(base.folded, witness.folded))
    changes = _variants(_Pair(base, witness, pair.misread), blocks, Transpositions((), ()))
    return replace(found, changes=tuple(shifted(change, low, far) for change in changes))


def _aligned_pieces(
    pair: _Pair, words: tuple[Words, Words], base: Sequence[Piece], witness: Sequence[Piece]
) -> dict[int, int]:
    """Which pieces that did not move are a pair, by their numbers in both lists."""
    ours = [number for number, piece in enumerate(base) if piece[2] is None]
    theirs = [number for number, piece in enumerate(witness) if piece[2] is None]
    if not ours or not theirs:
        return {}
    if any(first == last for first, last in words):
        return {ours[0]: theirs[0]}
    found = align_paragraphs(
        [pair.base.whole[base[number][0] : base[number][1]] for number in ours],
        [pair.witness.whole[witness[number][0] : witness[number][1]] for number in theirs],
        first=ours[0] == theirs[0] == 0 and not _breaks(pair, words, 0),
        last=ours[-1] == len(base) - 1 and theirs[-1] == len(witness) - 1 and not _breaks(pair, words, 1),
    )
    return {ours[one]: theirs[two] for one, two in found.items()}


def _breaks(pair: _Pair, words: tuple[Words, Words], side: int) -> bool:
    """Whether a gap begins (0) or ends (1) at a paragraph break, or at an end of the text, in one of the texts."""
    for text, run in zip((pair.base, pair.witness), words, strict=True):
        place = 2 * run[side]
        if PARAGRAPH_BREAK in text.parts[place] or place in (0, len(text.parts) - 1):
            return True
    return False


def _cut_pieces(text: Tokens, words: Words, edges: Characters, moved: Sequence[Transposition]) -> list[Piece]:
    """One side of a gap in consecutive pieces: those that moved, and those between them."""
    at, end = edges
    out: list[Piece] = []
    for number in range(bisect_left(moved, (words[0],)), len(moved)):
        low, high, far_low, far_high = moved[number]
        if high > words[1]:
            break
        first = at if low == words[0] else text.word(low)[0]
        last = end if high == words[1] else text.word(high)[0]
        out += _plain(text, at, first)
        out.append((first, last, (far_low, far_high), (low, high)))
        at = last
    return out + _plain(text, at, end)


def _plain(text: Tokens, start: int, end: int) -> list[Piece]:
    """A range that did not move, paragraph by paragraph. A break goes with the paragraph it brings."""
    if start == end:
        return []
    stops = []
    after = 0 if text.whole.startswith(PARAGRAPH_BREAK, start) else len(PARAGRAPH_BREAK)
    at = text.whole.find(PARAGRAPH_BREAK, start + 1, end)
    while at >= 0:
        stops.append(at + after)
        at = text.whole.find(PARAGRAPH_BREAK, at + len(PARAGRAPH_BREAK), end)
    bounds = [start, *(stop for stop in stops if start < stop < end), end]
    return [(low, high, None, (0, 0)) for low, high in pairwise(bounds)]


def _character_range(words: Words, text: Tokens) -> Characters:
    """The range of characters of a run of words."""
    return text.word(words[0])[0], text.word(words[1] - 1)[1]
