"""Two texts word by word: every place where they differ, and the type of each difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from stemma.records import Variant, VariantType
from stemma.relate.collate.alignment import Block, matching
from stemma.relate.collate.paragraph_pairs import answering
from stemma.relate.collate.transpositions import Move, Moves, moves
from stemma.relate.collate.variant_types import type_between, type_of_words
from stemma.text import WORD, fold_all

_PARTED: Final = re.compile(f"({WORD.pattern})")

_BREAK: Final = "\n\n"


Words = tuple[int, int]
"""A run of words: the first, and the one after the last."""

Cut = tuple[int, int, Words | None]
"""A stretch of signs, and the run of words in the other text to which it moved."""


@dataclass(frozen=True, slots=True)
class Text:
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

    Replacing each slice of the base by its slice of the witness gives the witness back, sign for sign. Readings are
    whole words; words that change side by side are one reading; paragraphs that come or go are variants of their own;
    what stands elsewhere in the other text has its place there in ``moved``.
    """
    return () if base == witness else collate_texts(parted(base), parted(witness))


def collate_texts(base: Text, witness: Text) -> tuple[Variant, ...]:
    """As :func:`collate`, for texts that were parted before."""
    blocks = matching(base.folded, witness.folded)
    gone = moves(base.folded, witness.folded, blocks)
    return tuple(_variants(base, witness, blocks, gone))


def parted(whole: str) -> Text:
    """A text in words and what stands between them."""
    parts = _PARTED.split(whole)
    return _counted(parts, fold_all(parts[1::2]))


def cut(text: Text, first: int, last: int) -> tuple[Text, int]:
    """Some words of a text with the signs that touch them, as a text, and where it begins in the whole."""
    parts = list(text.parts[2 * first : 2 * last + 1])
    before, after = parts[0], parts[-1]
    parts[0] = re.split(r"\s", before)[-1]
    parts[-1] = re.split(r"\s", after, maxsplit=1)[0]
    return _counted(parts, text.folded[first:last]), text.starts[2 * first] + len(before) - len(parts[0])


def _counted(parts: Sequence[str], folded: Sequence[str]) -> Text:
    return Text("".join(parts), parts, list(accumulate(map(len, parts), initial=0)), folded)


def _variants(base: Text, witness: Text, blocks: Sequence[Block], gone: Moves) -> Iterator[Variant]:
    """Gap, block, gap, block, …, gap: a gap reaches from the end of one word to the start of another."""
    i = j = 0
    for x, y, size in blocks:
        yield from _gap(base, witness, (i, x), (j, y), gone)
        yield from _block(base, witness, x, y, size)
        i, j = x + size, y + size
    yield from _gap(base, witness, (i, len(base.folded)), (j, len(witness.folded)), gone)


def _block(base: Text, witness: Text, x: int, y: int, size: int) -> Iterator[Variant]:
    """Differences of writing inside a run of words that are the same when folded."""
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
    """How many signs are the same at the start, and then at the end."""
    least = min(len(ours), len(theirs))
    head = next((n for n in range(least) if ours[n] != theirs[n]), least)
    most = least - head
    return head, next((n for n in range(most) if ours[-1 - n] != theirs[-1 - n]), most)


def _gap(base: Text, witness: Text, ours: Words, theirs: Words, gone: Moves) -> Iterator[Variant]:
    """What stands between two blocks: words that changed, were left out, added or moved, and the signs around them."""
    start, end = base.end_before(ours[0]), base.word(ours[1])[0]
    other, far = witness.end_before(theirs[0]), witness.word(theirs[1])[0]
    if base.whole[start:end] == witness.whole[other:far]:
        return
    if ours[0] == ours[1] and theirs[0] == theirs[1]:
        yield _between(start, base.whole[start:end], other, witness.whole[other:far])
        return
    if ours[0] < ours[1] and theirs[0] < theirs[1]:
        yield from _around(base, witness, ours, theirs, gone)
        return
    head, tail = _edges(base, witness, ours, theirs)
    edges = (start + head, end - tail, other + head, far - tail)
    yield from _pieces((base, witness), (ours, theirs), edges, gone)


def _around(base: Text, witness: Text, ours: Words, theirs: Words, gone: Moves) -> Iterator[Variant]:
    """Words for words: the signs before the first and after the last differ, or not, on their own account."""
    before, after = (2 * ours[0], 2 * theirs[0]), (2 * ours[1], 2 * theirs[1])
    if base.parts[before[0]] != witness.parts[before[1]]:
        yield _signs_between(base, before[0], witness, before[1])
    edges = (base.starts[before[0] + 1], base.starts[after[0]], witness.starts[before[1] + 1], witness.starts[after[1]])
    yield from _pieces((base, witness), (ours, theirs), edges, gone)
    if base.parts[after[0]] != witness.parts[after[1]]:
        yield _signs_between(base, after[0], witness, after[1])


def _signs_between(base: Text, ours: int, witness: Text, theirs: int) -> Variant:
    return _between(base.starts[ours], base.parts[ours], witness.starts[theirs], witness.parts[theirs])


def _edges(base: Text, witness: Text, ours: Words, theirs: Words) -> tuple[int, int]:
    """How many signs before the first and after the last word of a gap are the same on both sides.

    A side without words has one stretch only; what its head takes, its tail cannot have.
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
    texts: tuple[Text, Text], words: tuple[Words, Words], edges: tuple[int, int, int, int], gone: Moves
) -> Iterator[Variant]:
    """A gap as variants: parted around what moved and at paragraph breaks, and paired again where stretches answer."""
    base, witness = texts
    start, end, other, far = edges
    goes = _cuts(base, words[0], (start, end), gone.from_base)
    comes = _cuts(witness, words[1], (other, far), gone.from_witness)
    answers = _answers(texts, words, goes, comes)
    met = set(answers.values())
    i = j = 0
    while i < len(goes) or j < len(comes):
        alone = i < len(goes) and i not in answers
        goes_now = alone or not (j < len(comes) and j not in met)
        comes_now = not alone
        low, high, place = goes[i] if goes_now else (start, start, None)
        near, away, back = comes[j] if comes_now else (other, other, None)
        i, j = i + goes_now, j + comes_now
        type_ = _type(base.whole[low:high], witness.whole[near:away])
        yield Variant(low, high, near, away, type_, _signs(place, witness) or _signs(back, base))
        start, other = high, away


def _answers(
    texts: tuple[Text, Text], words: tuple[Words, Words], goes: Sequence[Cut], comes: Sequence[Cut]
) -> dict[int, int]:
    """Which stretches that did not move answer each other, by their places in both lists."""
    ours = [number for number, cut_ in enumerate(goes) if cut_[2] is None]
    theirs = [number for number, cut_ in enumerate(comes) if cut_[2] is None]
    if not ours or not theirs:
        return {}
    if any(first == last for first, last in words):
        return {ours[0]: theirs[0]}
    found = answering(
        [texts[0].whole[goes[number][0] : goes[number][1]] for number in ours],
        [texts[1].whole[comes[number][0] : comes[number][1]] for number in theirs],
        first=ours[0] == theirs[0] == 0 and not _breaks(texts, words, 0),
        last=ours[-1] == len(goes) - 1 and theirs[-1] == len(comes) - 1 and not _breaks(texts, words, 1),
    )
    return {ours[one]: theirs[two] for one, two in found.items()}


def _breaks(texts: tuple[Text, Text], words: tuple[Words, Words], side: int) -> bool:
    """Whether a gap begins (0) or ends (1) at a paragraph break, or at an end of the text, in one of the texts."""
    for text, run in zip(texts, words, strict=True):
        place = 2 * run[side]
        if _BREAK in text.parts[place] or place in (0, len(text.parts) - 1):
            return True
    return False


def _type(ours: str, theirs: str) -> VariantType:
    words, others = WORD.findall(ours), WORD.findall(theirs)
    return type_of_words(words, others) if words or others else type_between(ours, theirs)


def _cuts(text: Text, words: Words, edges: tuple[int, int], moved: Sequence[Move]) -> list[Cut]:
    """One side of a gap in stretches that follow on each other: those that moved, and those between them."""
    at, end = edges
    out: list[Cut] = []
    for low, high, far_low, far_high in moved:
        if low < words[0] or high > words[1]:
            continue
        first = at if low == words[0] else text.word(low)[0]
        last = end if high == words[1] else text.word(high)[0]
        out += _plain(text, at, first)
        out.append((first, last, (far_low, far_high)))
        at = last
    return out + _plain(text, at, end)


def _plain(text: Text, start: int, end: int) -> list[Cut]:
    """A stretch that did not move, paragraph by paragraph. A break stays with the paragraph it brings."""
    if start == end:
        return []
    stops = []
    after = 0 if text.whole.startswith(_BREAK, start) else len(_BREAK)
    at = text.whole.find(_BREAK, start + 1, end)
    while at >= 0:
        stops.append(at + after)
        at = text.whole.find(_BREAK, at + len(_BREAK), end)
    bounds = [start, *(stop for stop in stops if start < stop < end), end]
    return [(low, high, None) for low, high in pairwise(bounds)]


def _signs(place: Words | None, other: Text) -> tuple[int, int] | None:
    """Where a run of words stands in its text, in signs."""
    return None if place is None else (other.word(place[0])[0], other.word(place[1] - 1)[1])
