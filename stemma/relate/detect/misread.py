"""Copies full of misread characters (OCR): where many misread words keep passages apart, letters are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from stemma.records import Passage
from stemma.relate.detect.compare import SharedPassages
from stemma.relate.detect.tokens import Corpus

_MIN_PASSAGES: Final = 3
"""Passages of a pair from which it may be full of misread characters."""
_MAX_MEAN_WORDS: Final = 60
"""Words of its passages on the average, at most: in clean copies they are long."""
_MAX_GAP_WORDS: Final = 600
"""Words of a gap up to which its letters are compared: bounds the work of one gap."""
_MIN_SIMILARITY: Final = 0.65
"""Part of the letters of a gap that are the same (Levenshtein): two unlike sentences of one language have .3 to .45, a
copy with every tenth letter misread has .9."""

Words = Callable[[int], Sequence[str]]
"""The folded words of a text, by its number."""


def fill_misread(corpus: Corpus, found: SharedPassages, words: Words) -> SharedPassages:
    """The passages, with gaps between them that hold the same letters, on the whole, taken in."""
    return {
        pair: _filled(words(pair[0]), words(pair[1]), passages) if _worn(corpus, pair, passages) else passages
        for pair, passages in found.items()
    }


def _worn(corpus: Corpus, pair: tuple[int, int], passages: Sequence[Passage]) -> bool:
    """Whether a pair has many short passages, in one order, and both texts go on between them."""
    if len(passages) < _MIN_PASSAGES or any(first.b_end > second.b_start for first, second in pairwise(passages)):
        return False
    shared = sum(p.a_end - p.a_start for p in passages)
    apart = min(corpus.size(pair[0]), corpus.size(pair[1])) - shared
    return shared <= _MAX_MEAN_WORDS * len(passages) and apart >= len(passages)


def _filled(a: Sequence[str], b: Sequence[str], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    out = [Passage(0, 0, 0, 0)]
    for passage in (*passages, Passage(len(a), len(a), len(b), len(b))):
        last = out[-1]
        if _alike(a[last.a_end : passage.a_start], b[last.b_end : passage.b_start]):
            out[-1] = Passage(last.a_start, passage.a_end, last.b_start, passage.b_end)
        else:
            out.append(passage)
    return tuple(p for p in out if p.a_start < p.a_end and p.b_start < p.b_end)


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if max(len(ours), len(theirs)) > _MAX_GAP_WORDS:
        return False
    one, other = " ".join(ours), " ".join(theirs)
    return Levenshtein.normalized_similarity(one, other, score_cutoff=_MIN_SIMILARITY) >= _MIN_SIMILARITY
