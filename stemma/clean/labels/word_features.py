"""Features of the words of each line: how they are written, grammatical persons, dates in digits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.clean.labels.codepoints import DIGIT, LOWER, UPPER, Bools, Characters, Numbers, hashes_of
from stemma.clean.labels.layout_features import Column
from stemma.word_hash import Hashes

MAX_WORDS: Final = 48
"""How many words of a line its features are taken from."""
_PERSONS: Final = (
    "i me my mine you your u we us our ich mich mir mein du dich dir dein ihr je moi mon ma mes tu te toi ton vous "
    "votre nous yo mi tú usted ustedes io mio mia lei voi eu meu minha você vocês ik mij mijn jij jouw "
    "я мне меня мой ты вы вам вас 我 你 您 私 僕 أنا أنت"
)
_DOMAINS: Final = "com org net info co de fr uk ru it es nl eu"


def of_words(page: Characters) -> Iterator[Column]:
    """How the words begin and how long they are, grammatical persons, dates in digits, domain names."""
    begin = page.kinds[page.starts]
    length = page.stops - page.starts
    # Sums over the words before each word, and so over any run of words: those of a line that are read.
    sums = np.zeros((6, len(begin) + 1), dtype=np.int64)
    marks = (
        begin == UPPER,
        _in_capitals(page, begin, length),
        begin == DIGIT,
        (begin == LOWER) & (length <= 3),
        length,
    )
    for row, marked in zip(sums[:, 1:], (*marks, _is_any_of(page.hashes, _PERSONS)), strict=True):
        np.cumsum(marked, out=row)
    read = np.minimum(page.count, MAX_WORDS)
    shares = (sums[:, page.first + read] - sums[:, page.first]) / np.maximum(read, 1)
    yield np.log1p(page.count) / 3
    yield from shares[:4]
    yield shares[4] / 6
    yield np.minimum(shares[5] * 4, 2)
    for found in _dates(page, np.flatnonzero(begin == DIGIT)):
        yield _has(page, found)
    dotted = np.flatnonzero(page.codes[np.maximum(page.starts - 1, 0)] == ord("."))
    yield _has(page, dotted[_is_any_of(page.hashes[dotted], _DOMAINS)])
    yield page.count == 0


def _in_capitals(page: Characters, begin: npt.NDArray[np.uint8], length: Numbers) -> Bools:
    """Which words of several characters are all capitals."""
    capitals: Bools = (begin == UPPER) & (length > 1)
    possible = np.flatnonzero(capitals & (page.kinds[page.starts + 1] == UPPER))
    capitals[:] = False
    if len(possible):
        bounds = np.stack([page.starts[possible], page.stops[possible]], axis=1).ravel()
        capitals[possible] = np.logical_and.reduceat(page.kinds == UPPER, bounds)[::2]
    return capitals


@cache
def _known(words: str) -> tuple[Hashes, Bools]:
    """The hashes of some words, sorted, and which low halves any of them has."""
    hashes = hashes_of(words.split())
    low = np.zeros(1 << 16, dtype=np.bool_)
    low[(hashes & np.uint64(0xFFFF)).astype(np.uint16)] = True
    return hashes, low


def _is_any_of(hashes: Hashes, words: str) -> Bools:
    """Which hashes are of these words. Most are not, which their low sixteen bits show."""
    known, low = _known(words)
    found: Bools = low[hashes.astype(np.uint16)]
    possible = np.flatnonzero(found)
    at = np.minimum(np.searchsorted(known, hashes[possible]), len(known) - 1)
    found[possible] = known[at] == hashes[possible]
    return found


def _has(page: Characters, words: Numbers) -> Bools:
    """Which lines hold any of these words, given by their numbers."""
    found = np.zeros(len(page.ends), dtype=np.bool_)
    found[page.line[words]] = True
    return found


def _dates(page: Characters, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The words that begin a year, a time of day, a date in digits. ``numbers``: the words that begin with a digit."""
    numbers = numbers[page.kinds[page.stops[numbers] - 1] == DIGIT]
    starts, stops = page.starts[numbers], page.stops[numbers]
    length = stops - starts
    head = page.codes[starts] * np.int64(256) + page.codes[starts + 1]
    century = (head == ord("1") * 256 + ord("9")) | (head == ord("2") * 256 + ord("0"))
    joint = page.codes[stops[:-1]]
    near = starts[1:] == stops[:-1] + 1
    clock = near & (joint == ord(":")) & (length[:-1] <= 2) & (length[1:] == 2)
    dashed = near & (joint >= ord("-")) & (joint <= ord("/"))
    return numbers[(length == 4) & century], numbers[:-1][clock], numbers[:-2][dashed[:-1] & dashed[1:]]
