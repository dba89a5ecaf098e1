"""A text as words and what lies between them, made once and collated with many others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from stemma.text import WORD, fold_all, is_plain

PARAGRAPH_BREAK: Final = "\n\n"
_TOKENS: Final = re.compile(f"({WORD.pattern})")
_PLAIN_TOKENS: Final = re.compile(r"(\w+)")

Words = tuple[int, int]
"""A run of words: the first, and the one after the last."""

Characters = tuple[int, int]
"""A range of characters: the first, and the one after the last."""


@dataclass(frozen=True)
class Tokens:
    """A text in parts: between, word, between, word, …, between; and where each part starts."""

    whole: str
    parts: Sequence[str]
    starts: Sequence[int]
    folded: Sequence[str]

    def word(self, number: int) -> Characters:
        """Start and end of a word; the word after the last one is the end of the text."""
        place = 2 * number + 1
        if place >= len(self.parts):
            return len(self.whole), len(self.whole)
        return self.starts[place], self.starts[place + 1]

    def end_before(self, number: int) -> int:
        """Where the word before this one ends; 0 for the first."""
        return self.starts[2 * number]

    @cached_property
    def paragraphs(self) -> Sequence[int]:
        """The number of the first word of each paragraph that has one, and the number of words."""
        first = [place // 2 for place in range(0, len(self.parts), 2) if PARAGRAPH_BREAK in self.parts[place]]
        return sorted({0, *first, len(self.folded)})

    def paragraph(self, word: int) -> Words:
        """The words of the paragraph that a word is in."""
        place = bisect_right(self.paragraphs, word)
        return self.paragraphs[place - 1], self.paragraphs[place]


def tokenize(whole: str) -> Tokens:
    """A text as words and what lies between them."""
    parts = (_PLAIN_TOKENS if is_plain(whole) else _TOKENS).split(whole)
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
