"""The lines of a page as arrays: the class of every character; the place, extent and hash of every word.

Words are hashed by their lower-case letters; every digit counts as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.text import SINGLE
from stemma.word_hash import Hashes, stretch_hashes

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.int64]

CHARACTERS: Final = ",.?!;:|\"'()/@#©·…-\n "
"""Characters that are a class each, from class 0 on; then come the classes of letters, digits and the rest."""
CLAUSE_ENDS: Final = CHARACTERS.index("!") + 1
"""Classes below this one are of characters that end a clause."""
UPPER, LOWER, LETTER, DIGIT, WIDE, SPACE, OTHER = range(len(CHARACTERS), len(CHARACTERS) + 7)
CLASSES: Final = len(CHARACTERS) + 7
_FEED: Final = CHARACTERS.index("\n")

_SAME_CLASS: Final = (
    ("'", "’‘"),
    ('"', "“”„«»"),
    ("-", "–—"),
    ("·", "•"),
    (",", "，"),
    (":", "："),
    ("!", "！"),
    ("?", "？"),
    (".", "。"),
)

_PLANE: Final = 1 << 16
"""Code points of the basic plane; those beyond it are taken for letters of no case, and share its last code."""


@dataclass(frozen=True, slots=True)
class Characters:
    """The lines of a page as characters and words.

    ``kinds`` and ``codes`` run along the characters, with a line feed after each line; ``ends`` are the line feeds.
    ``starts``, ``stops``, ``line``, ``place`` and ``hashes`` run along the words, in order; ``first`` (the number of
    its first word) and ``count`` along the lines.
    """

    kinds: npt.NDArray[np.uint8]
    codes: Codes
    ends: Numbers
    starts: Numbers
    stops: Numbers
    line: Numbers
    place: Numbers
    first: Numbers
    count: Numbers
    hashes: Hashes


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], Codes]:
    """For each code point of the basic plane its class, and its lower-case form (0 for every digit)."""
    kinds = np.full(_PLANE, OTHER, dtype=np.uint8)
    small = np.arange(_PLANE, dtype=np.uint16)
    for code in range(_PLANE):
        character = chr(code)
        if character.isalnum() or character == "_":
            kinds[code] = _letter(character)
            small[code] = ord("0") if character.isdecimal() else ord(character.lower()[0])
        elif character.isspace():
            kinds[code] = SPACE
    for kind, character in enumerate(CHARACTERS):
        kinds[ord(character)] = kind
    for character, aliases in _SAME_CLASS:
        for alias in aliases:
            kinds[ord(alias)] = CHARACTERS.index(character)
    return kinds, small


def _letter(character: str) -> int:
    if SINGLE.match(character):
        return WIDE
    if character.isdecimal():
        return DIGIT
    return UPPER if character.isupper() else LOWER if character.islower() else LETTER


def read_characters(texts: Sequence[str]) -> Characters:
    """Lines of text as arrays. No line may hold a line feed."""
    codes, beyond = _encode("\n".join([*texts, ""]))
    table, small = _tables()
    kinds = table.take(codes)
    if beyond is not None:
        kinds[beyond] = LETTER
    ends = np.flatnonzero(kinds == _FEED)
    starts, stops = _words(kinds)
    passed = np.searchsorted(starts, ends)
    count = np.diff(passed, prepend=0)
    first = passed - count
    line = np.repeat(np.arange(len(ends)), count)
    place = np.arange(len(starts)) - np.repeat(first, count)
    return Characters(
        kinds, codes, ends, starts, stops, line, place, first, count, _hashes(small.take(codes), starts, stops)
    )


def _encode(whole: str) -> tuple[Codes, Bools | None]:
    """The code of every character, and which of them lie beyond the basic plane, if any does."""
    encoded = whole.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(whole):
        return np.frombuffer(encoded, dtype="<u2").astype(np.uint16, copy=False), None
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.minimum(codes, _PLANE - 1).astype(np.uint16), codes >= _PLANE


def _words(kinds: npt.NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    """Where words start and stop: runs of letters and digits; a Chinese or Japanese character alone.

    The last character, a line feed, belongs to no word.
    """
    inside = (kinds >= UPPER) & (kinds <= WIDE)
    wide = kinds == WIDE
    if not wide.any():
        edges = np.flatnonzero(np.diff(inside, prepend=False))
        return edges[::2], edges[1::2]
    starts = inside.copy()
    starts[1:] &= ~inside[:-1] | wide[:-1] | wide[1:]
    stops = inside.copy()
    stops[:-1] &= ~inside[1:] | wide[1:] | wide[:-1]
    return np.flatnonzero(starts), np.flatnonzero(stops) + 1


def _hashes(small: Codes, starts: Numbers, stops: Numbers) -> Hashes:
    return mix(stretch_hashes(small, starts, stops))


def mix(hashes: Hashes) -> Hashes:
    """Hashes whose low bits depend on all bits (the finaliser of MurmurHash3)."""
    mixed = hashes ^ (hashes >> np.uint64(33))
    mixed = mixed * np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def hashes_of(words: Sequence[str]) -> Hashes:
    """The hashes of single words, sorted: what :func:`read_characters` would give for them."""
    return np.sort(read_characters(words).hashes)
