"""What a word is, and the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

CJK: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese and Japanese characters (kana, Han) as ranges for a character class of a pattern."""

WORD: Final = re.compile(f"[{CJK}]|[^\\W{CJK}]+")
"""What a word is, everywhere: a run of letters, digits and underscores; a Chinese or Japanese character alone."""

_PLAIN: Final = re.compile(r"\w+")
SINGLE: Final = re.compile(f"[{CJK}]")
"""A Chinese or Japanese character, which is a word alone."""


def fold(word: str) -> str:
    """The form in which words are compared: compatibility forms unified, case folded."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())


def fold_all(words: Sequence[str]) -> list[str]:
    """Every word folded, all at once: the line feed is no part of a word and folds to itself."""
    joined = "\n".join(words)
    if joined.isascii():
        folded = joined.lower()
    elif unicodedata.is_normalized("NFKC", joined):
        folded = joined.casefold()
        if not unicodedata.is_normalized("NFKC", folded):
            return [fold(word) for word in words]
    else:
        return [fold(word) for word in words]
    return folded.split("\n") if words else []


def words_of(text: str) -> list[str]:
    """All words of a text as written, as :data:`WORD` finds them, in order."""
    if text.isascii() or not SINGLE.search(text):
        return _PLAIN.findall(text)
    return WORD.findall(text)
