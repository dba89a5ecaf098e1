"""Two texts word by word: every place where they differ, and the type of each difference."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from stemma.records import Variant, VariantType
from stemma.relate.collate.alignment import Block, matching_blocks
from stemma.relate.collate.paragraph_pairs import align_paragraphs
from stemma.relate.collate.transpositions import Transposition, Transpositions, transpositions
from stemma.relate.collate.variant_types import type_between, type_of_words
from stemma.text import WORD, fold_all

_TOKENS: Final = re.compile(f"({WORD.pattern})")

PARAGRAPH_BREAK: Final = "\n\n"


Words = tuple[int, int]
"""A run of words: the first, and the one after the last."""

Piece = tuple[int, int, Words | None]
"""A range of characters, and the run of words in the other text that is its counterpart, if it moved."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in parts: between, word, between, word, …, between; and where each part starts."""

    whole: str
    parts: Sequence[str]
    starts: Sequence[int]
    folded: Sequence[str]

    def word(self, number: int) -> tuple[int, int]:
        """Start and end of a word; the word after the last one is the end of the text."""
        place = 2 * number + 1
        if place >= len(self.parts):
            return len(self.whole), len(self.whole)
        return self.starts[place], self.starts[place + 1]

    def end_before(self, number: int) -> int:
        """Where the word before this one ends; 0 for the first."""
        return self.starts[2 * number]


def collate(base: str, witness: str) -> tuple[Variant, ...]:
    """All places where the witness differs from the base, in order, apart from each other.

    Replacing each slice of the base by its slice of the witness gives the witness back, character for character.
    Readings are whole words; words that change side by side are one reading; paragraphs added or missing are variants
    of their own; ``moved`` is where transposed words are in the other text.
    """
    return () if base == witness else collate_texts(tokenize(base), tokenize(witness))


def collate_texts(base: Tokens, witness: Tokens) -> tuple[Variant, ...]:
    """As :func:`collate`, for texts that are tokenized already."""
    blocks = matching_blocks(base.folded, witness.folded)
    moved = transpositions(base.folded, witness.folded, blocks)
    return tuple(_variants(base, witness, blocks, moved))


def tokenize(whole: str) -> Tokens:
    """A text as words and what lies between them."""
    parts = _TOKENS.split(whole)
    return _counted(parts, fold_all(parts[1::2]))


def slice_words(text: Tokens, first: int, last: int) -> tuple[Tokens, int]:
    """Some words of a text with the characters that touch them, and where they begin in the whole."""
    parts = list(text.parts[2 * first : 2 * last + 1])
    before, after = parts[0], parts[-1]
    parts[0] = re.split(r"\s", before)[-1]
    parts[-1] = re.split(r"\s", after, maxsplit=1)[0]
    return _counted(parts, text.folded[first:last]), text.starts[2 * first] + len(before) - len(parts[0])


def _counted(parts: Sequence[str], folded: Sequence[str]) -> Tokens:
    return Tokens("".join(parts), parts, list(accumulate(map(len, parts), initial=0)), folded)


def _variants(base: Tokens, witness: Tokens, blocks: Sequence[Block], moved: Transpositions) -> Iterator[Variant]:
    """Gap, block, gap, block, …, gap: a gap reaches from the end of one word to the start of another."""
    i = j = 0
    for x, y, size in blocks:
        yield from _gap(base, witness, (i, x), (j, y), moved)
        yield from _block(base, witness, x, y, size)
        i, j = x + size, y + size
    yield from _gap(base, witness, (i, len(base.folded)), (j, len(witness.folded)), moved)


def _block(base: Tokens, witness: Tokens, x: int, y: int, size: int) -> Iterator[Variant]:
    """Differences inside a run of words that are the same when folded."""
    low, far = 2 * x + 1, 2 * y + 1
    count = 2 * size - 1
    if base.parts[low : low + count] == witness.parts[far : far + count]:
        return
    for place in range(count):
        ours, theirs = base.parts[low + place], witness.parts[far + place]
        if ours == theirs:
            continue
        if place % 2:
            yield _between(base.starts[low + place], ours, witness.starts[far + place], theirs)
        else:
            start, other = base.starts[low + place], witness.starts[far + place]
            type_ = type_of_words((ours,), (theirs,))
            yield Variant(start, start + len(ours), other, other + len(theirs), type_)


def _between(base_start: int, ours: str, witness_start: int, theirs: str) -> Variant:
    """A difference between two words, no wider than it must be."""
    head, tail = _alike(ours, theirs)
    return Variant(
        base_start + head,
        base_start + len(ours) - tail,
        witness_start + head,
        witness_start + len(theirs) - tail,
        type_between(ours, theirs),
    )


def _alike(ours: str, theirs: str) -> tuple[int, int]:
    """How many characters are the same at the start, and then at the end."""
    least = min(len(ours), len(theirs))
    head = next((n for n in range(least) if ours[n] != theirs[n]), least)
    most = least - head
    return head, next((n for n in range(most) if ours[-1 - n] != theirs[-1 - n]), most)


def _gap(base: Tokens, witness: Tokens, ours: Words, theirs: Words, moved: Transpositions) -> Iterator[Variant]:
    """The variants between two blocks: words changed, left out, added or moved, and the punctuation around them."""
    start, end = base.end_before(ours[0]), base.word(ours[1])[0]
    other, far = witness.end_before(theirs[0]), witness.word(theirs[1])[0]
    if base.whole[start:end] == witness.whole[other:far]:
        return
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        yield _between(start, base.whole[start:end], other, witness.whole[other:far])
        return
    if ours[0] < ours[1] and theirs[0] < theirs[1]:
        yield from _around(base, witness, ours, theirs, moved)
        return
    head, tail = _edges(base, witness, ours, theirs)
    edges = (start + head, end - tail, other + head, far - tail)
    yield from _pieces((base, witness), (ours, theirs), edges, moved)


def _around(base: Tokens, witness: Tokens, ours: Words, theirs: Words, moved: Transpositions) -> Iterator[Variant]:
    """Words for words: the punctuation before the first and after the last is a variant of its own."""
    before, after = (2 * ours[0], 2 * theirs[0]), (2 * ours[1], 2 * theirs[1])
    if base.parts[before[0]] != witness.parts[before[1]]:
        yield _between_words(base, before[0], witness, before[1])
    edges = (base.starts[before[0] + 1], base.starts[after[0]], witness.starts[before[1] + 1], witness.starts[after[1]])
    yield from _pieces((base, witness), (ours, theirs), edges, moved)
    if base.parts[after[0]] != witness.parts[after[1]]:
        yield _between_words(base, after[0], witness, after[1])


def _between_words(base: Tokens, ours: int, witness: Tokens, theirs: int) -> Variant:
    return _between(base.starts[ours], base.parts[ours], witness.starts[theirs], witness.parts[theirs])


def _edges(base: Tokens, witness: Tokens, ours: Words, theirs: Words) -> tuple[int, int]:
    """How many characters before the first and after the last word of a gap are the same on both sides.

    A side without words has one range only: what its head takes, its tail cannot have.
    """
    first, second = base.parts[2 * ours[0]], witness.parts[2 * theirs[0]]
    head = _alike(first, second)[0]
    first, second = base.parts[2 * ours[1]], witness.parts[2 * theirs[1]]
    tail = _alike(first[::-1], second[::-1])[0]
    room = min(
        len(base.parts[2 * ours[0]]) if ours[0] == ours[1] else head + tail,
        len(witness.parts[2 * theirs[0]]) if theirs[0] == theirs[1] else head + tail,
    )
    return head, min(tail, room - head)


def _pieces(
    texts: tuple[Tokens, Tokens], words: tuple[Words, Words], edges: tuple[int, int, int, int], moved: Transpositions
) -> Iterator[Variant]:
    """A gap as variants: cut at transpositions and paragraph breaks, then paired where pieces are aligned."""
    base, witness = texts
    start, end, other, far = edges
    base_pieces = _cut_pieces(base, words[0], (start, end), moved.from_base)
    witness_pieces = _cut_pieces(witness, words[1], (other, far), moved.from_witness)
    aligned = _aligned_pieces(texts, words, base_pieces, witness_pieces)
    paired = set(aligned.values())
    i = j = 0
    while i < len(base_pieces) or j < len(witness_pieces):
        alone = i < len(base_pieces) and i not in aligned
        goes_now = alone or not (j < len(witness_pieces) and j not in paired)
        comes_now = not alone
        low, high, place = base_pieces[i] if goes_now else (start, start, None)
        near, away, back = witness_pieces[j] if comes_now else (other, other, None)
        i, j = i + goes_now, j + comes_now
        type_ = _type(base.whole[low:high], witness.whole[near:away])
        yield Variant(low, high, near, away, type_, _character_range(place, witness) or _character_range(back, base))
        start, other = high, away


def _aligned_pieces(
    texts: tuple[Tokens, Tokens], words: tuple[Words, Words], base: Sequence[Piece], witness: Sequence[Piece]
) -> dict[int, int]:
    """Which pieces that did not move are a pair, by their numbers in both lists."""
    ours = [number for number, piece in enumerate(base) if piece[2] is None]
    theirs = [number for number, piece in enumerate(witness) if piece[2] is None]
    if not ours or not theirs:
        return {}
    if any(first == last for first, last in words):
        return {ours[0]: theirs[0]}
    found = align_paragraphs(
        [texts[0].whole[base[number][0] : base[number][1]] for number in ours],
        [texts[1].whole[witness[number][0] : witness[number][1]] for number in theirs],
        first=ours[0] == theirs[0] == 0 and not _breaks(texts, words, 0),
        last=ours[-1] == len(base) - 1 and theirs[-1] == len(witness) - 1 and not _breaks(texts, words, 1),
    )
    return {ours[one]: theirs[two] for one, two in found.items()}


def _breaks(texts: tuple[Tokens, Tokens], words: tuple[Words, Words], side: int) -> bool:
    """Whether a gap begins (0) or ends (1) at a paragraph break, or at an end of the text, in one of the texts."""
    for text, run in zip(texts, words, strict=True):
        place = 2 * run[side]
        if PARAGRAPH_BREAK in text.parts[place] or place in (0, len(text.parts) - 1):
            return True
    return False


def _type(ours: str, theirs: str) -> VariantType:
    words, others = WORD.findall(ours), WORD.findall(theirs)
    return type_of_words(words, others) if words or others else type_between(ours, theirs)


def _cut_pieces(text: Tokens, words: Words, edges: tuple[int, int], moved: Sequence[Transposition]) -> list[Piece]:
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
        out.append((first, last, (far_low, far_high)))
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
    return [(low, high, None) for low, high in pairwise(bounds)]


def _character_range(place: Words | None, other: Tokens) -> tuple[int, int] | None:
    """The range of characters of a run of words."""
    return None if place is None else (other.word(place[0])[0], other.word(place[1] - 1)[1])
