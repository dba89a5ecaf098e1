"""A body laid out for counting: where its paragraphs and words begin, and its folded words, each worked out once."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import xxhash
from numpy.typing import NDArray

from stemma.records import Witness
from stemma.text import WORD, fold_all, words_of

Keys = NDArray[np.uint64]
"""Hashes of paragraphs, each once, sorted."""

KEPT_BODIES: Final = 8
"""Bodies whose words stay counted and folded: a digest is set beside each of the texts in it, one after the other."""


@lru_cache(maxsize=KEPT_BODIES)
def _word_starts(text: str) -> Sequence[int]:
    """Where the words of a body begin."""
    return array("L", [hit.start() for hit in WORD.finditer(text)])


@lru_cache(maxsize=KEPT_BODIES)
def _folded_body(text: str) -> str:
    return folded_words(text)


class Outline:
    """A witness's body, with what is counted in it."""

    def __init__(self, witness: Witness) -> None:
        """Lay out the body of a witness."""
        self.witness = witness
        self.text = witness.text
        self.starts = paragraph_starts(witness)

    @cached_property
    def _words(self) -> Sequence[int]:
        return _word_starts(self.text)

    def count(self, start: int, end: int) -> int:
        """How many words begin in a range of characters."""
        return bisect_left(self._words, end) - bisect_left(self._words, start)

    def end(self, paragraph: int) -> int:
        """Where a paragraph ends."""
        return self.starts[paragraph] + len(self.witness.body[paragraph].text)

    def paragraph_at(self, place: int) -> int:
        """The paragraph that a character is in, or that ends before it; -1 before the first."""
        return bisect_right(self.starts, place) - 1

    def paragraphs_of(self, first: int, last: int) -> range:
        """The paragraphs of a run of words: the number of the first, and of the one after the last."""
        words = self._words[first:last]
        return range(self.paragraph_at(words[0]), self.paragraph_at(words[-1]) + 1) if words else range(0)

    @cached_property
    def paragraphs(self) -> Sequence[str]:
        """The folded words of each paragraph, with a space before and after each; empty where there are none."""
        return [folded_words(paragraph.text) for paragraph in self.witness.body]

    @cached_property
    def folded(self) -> str:
        """The folded words of the body, with a space before and after each."""
        return _folded_body(self.text)

    @cached_property
    def whole_paragraphs(self) -> frozenset[str]:
        """The folded words of its paragraphs, to look one up at once."""
        return frozenset(self.paragraphs)

    def has(self, words: str) -> bool:
        """Whether the body has these folded words, as :attr:`paragraphs` writes them, one after the other."""
        return words in self.folded


def paragraph_key(text: str) -> int:
    """A hash of a paragraph, the same for the same words in other capitals or spaces."""
    return xxhash.xxh3_64_intdigest(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass"))


def paragraph_keys(witness: Witness) -> Keys:
    """The keys of the paragraphs of a text."""
    return np.unique(np.array([paragraph_key(paragraph.text) for paragraph in witness.body], dtype=np.uint64))


def recurring_keys(texts: Iterable[Keys]) -> frozenset[int]:
    """The keys of paragraphs that are in more than one text, related or not; ``texts``: those of each."""
    keys = np.sort(np.concatenate([np.zeros(0, np.uint64), *texts]))
    return frozenset(keys[1:][keys[1:] == keys[:-1]].tolist())


def folded_words(text: str) -> str:
    """The folded words of a text, with a space before and after each; empty where there are none."""
    words = fold_all(words_of(text))
    return f" {' '.join(words)} " if words else ""


def paragraph_starts(witness: Witness) -> list[int]:
    """Where each paragraph begins in the body as plain text."""
    starts, at = [], 0
    for paragraph in witness.body:
        starts.append(at)
        at += len(paragraph.text) + 2
    return starts
