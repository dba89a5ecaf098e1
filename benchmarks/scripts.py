"""English texts written in other scripts, letter by letter or word by word, always the same way.

What is measured in Latin letters can so be measured in each: the words that texts share are the same.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

Write = Callable[[str], str]

_WORD: Final = re.compile(r"[A-Za-z]+")
_BETWEEN: Final = re.compile(r"(?<=[^\0-\x7f]) +(?=[^\0-\x7f])")
_SHORT_WORD: Final = 3
"""Letters of a word up to which it is one Chinese character; longer ones are two."""


def _lettered(letters: str, marks: str = "", share: float = 0.0) -> Write:
    """A letter for each Latin one; so many of them have a mark."""
    table: dict[str, str] = {}
    for own, letter in zip(ascii_lowercase, letters, strict=True):
        chance = random.Random(own)
        table[own] = letter + (chance.choice(marks) if chance.random() < share else "")
    both = str.maketrans(table | {own.upper(): written for own, written in table.items()})
    return lambda text: text.translate(both)


def _pointed(text: str) -> str:
    """Vowel signs on all letters, others in each text."""
    chance = random.Random(text)
    return "".join(c + chance.choice("\u064e\u064f\u0650\u0652") if "\u0621" <= c <= "\u064a" else c for c in text)


def _unspaced(write: Write) -> Write:
    return lambda text: _BETWEEN.sub("", write(text))


@lru_cache(200_000)
def _characters(word: str) -> str:
    chance = random.Random(word)
    return "".join(chr(chance.randrange(0x4E00, 0x5C00)) for _ in range(1 + (len(word) > _SHORT_WORD)))


def _chinese(text: str) -> str:
    return _WORD.sub(lambda word: _characters(word.group().lower()), text)


_ARABIC: Final = _lettered("ابتثجحخدذرزسشصضطظعغفقكلمنه")
_ACCENTED: Final = _lettered("àbcdéfgçîjklmñôpqrsžùvwxyü")
SCRIPTS: Final[dict[str, tuple[Write, Write]]] = {
    "Latin": (str, str),
    "Latin, composed and not": (_ACCENTED, lambda text: unicodedata.normalize("NFD", _ACCENTED(text))),
    "Arabic": (_ARABIC, _ARABIC),
    "Arabic, with and without vowel signs": (_ARABIC, lambda text: _pointed(_ARABIC(text))),
    "Devanagari": (_lettered("कखगघचछजझटठडढणतथदधनपफबभमयरल", "ािीुेो", 0.5),) * 2,
    "Thai, without spaces": (_unspaced(_lettered("กขคงจชซดตถทธนบปผพฟมยรลวสหอ", "ัีุ่", 0.3)),) * 2,
    "Chinese characters": (_unspaced(_chinese),) * 2,
}
"""How the texts with even and with odd numbers are written."""
