"""Bodies as numbers: every word of every distinct body as a hash of its folded form, 32 bits each.

The common case is done for many texts at once on arrays of code points: what a character is, and what folding makes of
it, are looked up in a table. Texts whose marks must be composed or ordered first are read word by word. Both ways give
the same numbers, for the words of :data:`~stemma.text.WORD`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.relate.detect.written import Ints, Words, Written
from stemma.text import CHARACTERS, MAX_MARKS, WORD, fold, fold_all
from stemma.word_hash import stretch_hashes

Hashes = NDArray[np.uint64]
Codes = NDArray[np.uint32]
Kinds = NDArray[np.uint8]
Figures = NDArray[np.bool_]

_WIDE: Final = 0x2E80
"""Code points from which characters of scripts without spaces are Chinese or Japanese."""
_ENDS_WIDE: Final = np.uint64(0x80000000)
"""Chance, of 2^32, that a unit ends after a Chinese or Japanese character: words have two on the average."""
_ENDS: Final = np.uint64(0x40000000)
"""The same for Thai, Lao, Khmer, Burmese and others: words have four."""
_PAIR: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
_BATCH: Final = 500_000
"""Characters read at a time: bounds memory."""
_LETTER, _ALONE, _LINKED, _MARK, _REMOVED, _LONGER, _UNUSUAL = 1, 2, 3, 4, 5, 6, 7
"""What a character is: of a run; a word alone; one bound to the word before it; a mark that stays; one that folding
removes; one whose folded form is several; one that must be composed with its neighbours. 0 is outside words."""
_FAR: Final = 0x20000
"""Code points in the table; those beyond are few, and looked up one by one."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Distinct bodies end to end. Units of text n are ``ids[starts[n]:starts[n + 1]]``.

    ``figures``: which begin with a digit; ``written``: words where units are several.
    """

    ids: Words
    starts: Ints
    figures: NDArray[np.bool_]
    written: Written

    def __len__(self) -> int:
        """How many texts."""
        return len(self.starts) - 1

    def size(self, text: int) -> int:
        """How many units a text has."""
        return int(self.starts[text + 1] - self.starts[text])

    def words(self, text: int) -> tuple[Words, Figures]:
        """The units of a text, and which of them are figures."""
        own = slice(int(self.starts[text]), int(self.starts[text + 1]))
        return self.ids[own], self.figures[own]


@dataclass(frozen=True, slots=True)
class _Table:
    """What each code point is and what folding makes of it; ``longer`` has the folded forms of several characters.

    ``order`` is the canonical combining class; ``first`` and ``second`` are the characters that canonical composition
    joins; ``links``: marks that bind the next character.
    """

    kinds: Kinds
    folded: Codes
    longer: Mapping[int, Codes]
    order: Kinds
    first: NDArray[np.bool_]
    second: NDArray[np.bool_]
    links: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Read:
    """One text: its units as numbers, which of them begin with a digit, its words, and the first word of each unit.

    A unit is a word, or a few characters of a script written without spaces: see :func:`_units`. ``firsts`` ends with
    the number of words; it is None where every unit is a word.
    """

    units: Words
    figures: Figures
    words: Words
    firsts: Ints | None


def read_all(texts: Iterable[str]) -> Iterator[Read]:
    """Each text, in order."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) >= _BATCH:
            yield from _read_batch(batch)
            batch, size = [], 0
        batch.append(text)
        size += len(text) + 1
    if batch:
        yield from _read_batch(batch)


def _read_batch(batch: Sequence[str]) -> Iterator[Read]:
    """Some texts at once; those with something unusual once more, on their own."""
    codes, kinds = _folded(_codes("\n".join(batch)))
    # Line feeds that join texts are told from those inside them by counting.
    joints = np.flatnonzero(codes == 10)[np.cumsum([text.count("\n") + 1 for text in batch])[:-1] - 1]
    unusual = frozenset(np.searchsorted(joints, _unusual(codes, kinds)).tolist())
    starts, ends = _bounds(kinds)
    bounds = np.searchsorted(starts, joints)
    words = np.split(_hashed(codes, starts, ends), bounds)
    first = np.split(codes[starts], bounds)
    alone = (kinds[starts] == _ALONE) | (kinds[starts] == _LINKED)
    touches = np.zeros(len(starts), dtype=np.bool_)
    touches[:-1] = (starts[1:] == ends[:-1]) & alone[:-1] & alone[1:]
    touching = np.split(touches, bounds)
    for number, text in enumerate(batch):
        if number in unusual:
            yield _read_unusual(text)
        else:
            yield _units(words[number], first[number], touching[number])


def _read_unusual(text: str) -> Read:
    """A text word by word."""
    hits = [(hit.start(), hit.end()) for hit in WORD.finditer(text)]
    folded = fold_all([text[start:end] for start, end in hits])
    codes = _codes("".join(word + "\n" for word in folded))
    ends = np.flatnonzero(codes == 10)
    starts = np.append(0, ends + 1)[:-1]
    alone = [CHARACTERS.alone(ord(text[start])) for start, _ in hits]
    touches = np.zeros(len(hits), dtype=np.bool_)
    touches[:-1] = [
        alone[number] and alone[number + 1] and one[1] == two[0] for number, (one, two) in enumerate(pairwise(hits))
    ]
    return _units(_hashed(codes, starts, ends), codes[starts], touches)


def _units(words: Words, first: Codes, touching: NDArray[np.bool_]) -> Read:
    """Words as units; characters of a script without spaces, which say less, a few together.

    In: hashes of words, their first characters, and whether a word is such a character and touches another.
    Where a unit ends between two of them is decided by the two alone (content-defined chunking), so that equal
    stretches have equal units wherever they lie.
    """
    figures = _digits(first)
    if not touching.any():
        return Read(words, figures, words, None)
    pairs = words[:-1].astype(np.uint64) * np.uint64(_PAIR[0]) + words[1:].astype(np.uint64) * np.uint64(_PAIR[1])
    chance = (pairs ^ (pairs >> np.uint64(31))) * np.uint64(_PAIR[0]) >> np.uint64(32)
    wide = (first[:-1] >= _WIDE) & (first[1:] >= _WIDE)
    goes_on = touching[:-1] & (chance >= np.where(wide, _ENDS_WIDE, _ENDS))
    firsts = np.flatnonzero(np.concatenate(([True], ~goes_on)))
    bounds = np.append(firsts, len(words))
    mixed = stretch_hashes(words.astype(np.uint64) + np.uint64(1), firsts, bounds[1:])
    mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(_PAIR[1]) >> np.uint64(32)
    units = np.where(np.diff(bounds) == 1, words[firsts], mixed).astype(np.uint32)
    return Read(units, figures[firsts], words, bounds)


def _digits(codes: Codes) -> Figures:
    figures: Figures = (codes >= ord("0")) & (codes <= ord("9"))
    return figures


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _folded(codes: Codes) -> tuple[Codes, Kinds]:
    """The folded characters, and what they are; those that folding removes are left out."""
    table = _table()
    known = np.minimum(codes, _FAR)
    kinds, folded = table.kinds[known], table.folded[known]
    far = np.flatnonzero(known == _FAR)
    if len(far):
        rare, places = np.unique(codes[far], return_inverse=True)
        folded[far] = np.array([ord(fold(chr(code))[:1] or "\0") for code in rare.tolist()], dtype=np.uint32)[places]
        kinds[far] = [_ALONE if CHARACTERS.alone(code) else _far_mark(code) for code in codes[far].tolist()]
    kinds[1:][table.links[known[:-1]] & (kinds[1:] == _ALONE)] = _LINKED
    longer = np.flatnonzero(kinds == _LONGER)
    if len(longer):
        folded, kinds = _lengthened(codes, folded, kinds, longer)
    keep = kinds != _REMOVED
    return (folded, kinds) if keep.all() else (folded[keep], kinds[keep])


def _far_mark(code: int) -> int:
    return _REMOVED if CHARACTERS.removed(code) else _MARK if CHARACTERS.mark(code) else 0


def _lengthened(codes: Codes, folded: Codes, kinds: Kinds, longer: Ints) -> tuple[Codes, Kinds]:
    """Room for folded forms of several characters, and these put in."""
    table = _table()
    forms = codes[longer]
    lengths = np.ones(len(codes), dtype=np.int64)
    for code in np.unique(forms).tolist():
        lengths[longer[forms == code]] = len(table.longer[code])
    folded, kinds = np.repeat(folded, lengths), np.repeat(kinds, lengths)
    starts = longer + np.cumsum(lengths[longer] - 1) - (lengths[longer] - 1)
    for code in np.unique(forms).tolist():
        for offset, character in enumerate(table.longer[code].tolist()):
            places = starts[forms == code] + offset
            folded[places] = character
            kinds[places] = table.kinds[character]
    return folded, kinds


def _unusual(codes: Codes, kinds: Kinds) -> Ints:
    """Where marks must be composed or put in order, or are too many."""
    table = _table()
    marks = np.flatnonzero(kinds == _MARK)
    if not len(marks):
        return np.flatnonzero(kinds == _UNUSUAL)
    own, before = np.minimum(codes[marks], _FAR), np.minimum(codes[marks - 1], _FAR)
    odd = (table.order[own] > 0) & (table.order[before] > table.order[own])
    odd |= table.second[own] & (table.first[before] | (kinds[marks - 1] == _MARK))
    many = marks[MAX_MARKS:][marks[MAX_MARKS:] - marks[:-MAX_MARKS] == MAX_MARKS]
    return np.concatenate((np.flatnonzero(kinds == _UNUSUAL), marks[odd], many))


def _bounds(kinds: Kinds) -> tuple[Ints, Ints]:
    """Where words start and end: runs of letters, and characters that are words alone, with the marks after them."""
    marks = kinds == _MARK
    if marks.any():
        bases = np.maximum.accumulate(np.where(marks, 0, np.arange(len(kinds))))
        owner = np.where(marks[bases], 0, kinds[bases])  # marks at the very start belong to nothing
    else:
        owner = kinds
    alone = (owner == _ALONE) | (owner == _LINKED)
    inside = alone | (owner == _LETTER)
    before = np.zeros(len(kinds), dtype=np.uint8)
    before[1:] = np.where(alone[:-1], _ALONE, owner[:-1])
    bound = ((kinds == _LINKED) & (before == _ALONE)) | ((kinds == _LETTER) & (before == _LETTER))
    starts = inside & ~marks & ~bound
    goes_on = np.concatenate((inside[1:] & ~starts[1:], [False]))
    return np.flatnonzero(starts), np.flatnonzero(inside & ~goes_on) + 1


def _hashed(codes: Codes, starts: Ints, ends: Ints) -> Words:
    """A hash of each run of characters, wherever it lies."""
    values = (codes.astype(np.uint64) + np.uint64(1)) * np.uint64(0xD6E8FEB86659FD93)
    values ^= values >> np.uint64(31)
    hashes = stretch_hashes(values, starts, ends)
    hashes ^= hashes >> np.uint64(32)
    hashes *= np.uint64(0xA0761D6478BD642F)
    out: Words = (hashes >> np.uint64(32)).astype(np.uint32)
    return out


@cache
def _table() -> _Table:
    """The table, from the folding of every character by itself."""
    kinds = np.zeros(_FAR + 1, dtype=np.uint8)
    folded = np.arange(_FAR + 1, dtype=np.uint32)
    longer = {}
    order = np.zeros(_FAR + 1, dtype=np.uint8)
    first, second, links = (np.zeros(_FAR + 1, dtype=np.bool_) for _ in range(3))
    letters = [code for code in range(_FAR) if chr(code).isalnum() or code == ord("_")]
    kinds[letters] = _LETTER
    given = ((CHARACTERS.alone_ranges, _ALONE), (CHARACTERS.mark_ranges, _MARK), (CHARACTERS.outside_ranges, 0))
    for ranges, kind in given:
        for low, high in ranges:
            kinds[low : min(high + 1, _FAR)] = kind
    characters = [chr(code) for code in np.flatnonzero(kinds).tolist()]
    for character, form in zip(characters, fold_all(characters), strict=True):
        if form != character:
            code = ord(character)
            if len(form) == 1:
                folded[code] = ord(form)
            else:
                kinds[code] = _LONGER if form else _REMOVED
                longer[code] = _codes(form)
    for character, form in zip(
        characters, unicodedata.normalize("NFD", "\n".join(characters)).split("\n"), strict=True
    ):
        pair = unicodedata.decomposition(character).split() if form != character and len(form) > 1 else ()
        if len(pair) == 2:
            first[int(pair[0], 16)] = second[int(pair[1], 16)] = True
    for code in np.flatnonzero(kinds == _MARK).tolist():
        order[code] = unicodedata.combining(chr(code))
    kinds[0x1100:0x1200] = _UNUSUAL  # Hangul in parts
    links[list(CHARACTERS.links)] = True
    return _Table(kinds, folded, longer, order, first, second, links)
