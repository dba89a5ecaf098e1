"""A page as arrays: the class of every sign, and the place, shape and hash of every word, without a loop over words.

Hashes of words are polynomials over their small letters, modulo 2^64, so that all words of a page are hashed at once;
a figure counts as a figure, whichever it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint16]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

SIGNS: Final = ",.?!;:|\"'()/@#©·…-\n "
"""Signs that are a class each, from class 0 on; the classes that follow are of letters, figures and the rest."""
ENDERS: Final = SIGNS.index("!") + 1
"""Classes below this one are of signs that end a clause."""
UPPER, LOWER, LETTER, DIGIT, WIDE, SPACE, OTHER = range(len(SIGNS), len(SIGNS) + 7)
CLASSES: Final = len(SIGNS) + 7
_FEED: Final = SIGNS.index("\n")

_ALIKE: Final = (
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

_BASE: Final = 0x9E3779B97F4A7C15
_UNDO: Final = pow(_BASE, -1, 1 << 64)
_SPAN: Final = 1 << 16
"""Code points beyond the basic plane are taken for other letters, and share its last code."""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page as signs and words.

    ``kinds`` and ``codes`` run along the signs, a line feed after each line; ``ends`` are the places of line feeds.
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
    """For each code point of the basic plane its class, and its small letter (a nought for every figure)."""
    kinds = np.full(_SPAN, OTHER, dtype=np.uint8)
    small = np.arange(_SPAN, dtype=np.uint16)
    for code in range(_SPAN):
        sign = chr(code)
        if sign.isalnum() or sign == "_":
            kinds[code] = _letter(sign)
            small[code] = ord("0") if sign.isdecimal() else ord(sign.lower()[0])
        elif sign.isspace():
            kinds[code] = SPACE
    for kind, sign in enumerate(SIGNS):
        kinds[ord(sign)] = kind
    for sign, aliases in _ALIKE:
        for alias in aliases:
            kinds[ord(alias)] = SIGNS.index(sign)
    return kinds, small


def _letter(sign: str) -> int:
    if "\u3040" <= sign <= "\u30ff" or "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff":
        return WIDE
    if sign.isdecimal():
        return DIGIT
    return UPPER if sign.isupper() else LOWER if sign.islower() else LETTER


def read_page(texts: Sequence[str]) -> Page:
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
    return Page(kinds, codes, ends, starts, stops, line, place, first, count, _hashes(small.take(codes), starts, stops))


def _encode(whole: str) -> tuple[Codes, Bools | None]:
    """The code of every sign, and which of them stand beyond the basic plane, if any does."""
    encoded = whole.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(whole):
        return np.frombuffer(encoded, dtype="<u2").astype(np.uint16, copy=False), None
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.minimum(codes, _SPAN - 1).astype(np.uint16), codes >= _SPAN


def _words(kinds: npt.NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    """Where words start and stop: runs of letters and figures; a Chinese or Japanese character alone.

    The last sign, a line feed, belongs to no word.
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
    forth, back = _powers(1 << max(12, len(small).bit_length()))
    sums = np.zeros(len(small) + 1, dtype=np.uint64)
    np.cumsum(small * forth[: len(small)], out=sums[1:])
    return mix((sums[stops] - sums[starts]) * back[starts])


@cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, modulo 2^64."""
    factors = np.full(size, _BASE, dtype=np.uint64)
    undoing = np.full(size, _UNDO, dtype=np.uint64)
    factors[0] = undoing[0] = 1
    return np.cumprod(factors, dtype=np.uint64), np.cumprod(undoing, dtype=np.uint64)


def mix(hashes: Hashes) -> Hashes:
    """Hashes whose low bits depend on all bits (the finaliser of MurmurHash3)."""
    mixed = hashes ^ (hashes >> np.uint64(33))
    mixed = mixed * np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def hashes_of(words: Sequence[str]) -> Hashes:
    """The hashes of single words, sorted: what :func:`read_page` would give for them."""
    return np.sort(read_page(words).hashes)
