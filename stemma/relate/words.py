"""Bodies as numbers: every word of every distinct body as an integer that stands for its folded form."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import xxhash
from numpy.typing import NDArray

from stemma.nouns import WORD

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Hashes = NDArray[np.uint64]

_PLAIN: Final = re.compile(r"\w+")
_SINGLE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Distinct bodies end to end. Words of text n are ``ids[starts[n]:starts[n + 1]]``; ``hashes`` is by word id."""

    ids: Small
    starts: Ints
    hashes: Hashes

    def __len__(self) -> int:
        """How many texts."""
        return len(self.starts) - 1

    def size(self, text: int) -> int:
        """How many words a text has."""
        return int(self.starts[text + 1] - self.starts[text])


class Lexicon(dict[str, int]):
    """Word as written to the number of its folded form; grows while texts are read."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._folded: dict[str, int] = {}
        self._hashes = array("Q")

    def __missing__(self, word: str) -> int:
        """A word not met before."""
        folded = fold(word)
        number = self._folded.get(folded)
        if number is None:
            number = self._folded[folded] = len(self._folded)
            self._hashes.append(xxhash.xxh3_64_intdigest(folded.encode("utf-8", "surrogatepass")))
        self[word] = number
        return number

    @property
    def hashes(self) -> Hashes:
        """The hash of each folded form, by number: the same whatever was read before."""
        return np.array(self._hashes, dtype=np.uint64)


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
    """All words of a text as written, as :data:`~stemma.nouns.WORD` finds them, in order."""
    if text.isascii() or not _SINGLE.search(text):
        return _PLAIN.findall(text)
    return WORD.findall(text)


def read(lexicon: Lexicon, text: str) -> tuple[array[int], tuple[Ints, Ints] | None]:
    """A text as numbers. Soft hyphens and zero-width characters are passed over.

    Out: the numbers and, only where such characters stood inside words, the place of each word in the text as written.
    """
    if text.isascii() or not any(sign in text for sign in _UNSEEN):
        return array("i", map(lexicon.__getitem__, words_of(text))), None
    kept = [place for place, sign in enumerate(text) if sign not in _UNSEEN]
    shown = "".join(text[place] for place in kept)
    firsts = np.array([hit.start() for hit in WORD.finditer(text)], dtype=np.int64)
    numbers, starts, ends = array("i"), [], []
    for hit in WORD.finditer(shown):
        numbers.append(lexicon[hit.group()])
        starts.append(int(np.searchsorted(firsts, kept[hit.start()], side="right")) - 1)
        ends.append(int(np.searchsorted(firsts, kept[hit.end() - 1], side="right")))
    return numbers, (np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64))


def assemble(lexicon: Lexicon, texts: Sequence[array[int]]) -> Corpus:
    """Texts as numbers, end to end."""
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in texts], out=starts[1:])
    ids = np.empty(int(starts[-1]), dtype=np.int32)
    for number, text in enumerate(texts):
        ids[starts[number] : starts[number + 1]] = np.frombuffer(text, dtype=np.int32) if len(text) else ()
    return Corpus(ids, starts, lexicon.hashes)
