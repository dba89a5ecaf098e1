"""What is a version of a text: judged by where the shared words lie, not by how many they are alone.

By coverage alone, two texts that quote one block, and a form filled with other figures, look like versions and are
none; a text that contains another because it grew is one, and does not look like it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import LCSseq

from stemma.records import Kind, Passage
from stemma.relate.detect.classify import EXCERPT_WORDS, Classification, covered
from stemma.relate.detect.compare import Pair
from stemma.relate.detect.passages import MIN_PASSAGE_WORDS
from stemma.relate.detect.tokens import Corpus, Figures
from stemma.relate.detect.written import Words

Classified = Mapping[Pair, tuple[Classification, tuple[Passage, ...]]]
"""Classification and passages by pair of text numbers, the lesser first."""

Spans = tuple[tuple[int, int], ...]
"""Stretches of words of one text: the first of each, and the one after the last."""

_MAX_STRONGER: Final = 16
"""Stronger relatives of a text that a join of it is held against: bounds the work of a large family."""
_GREW_COVERAGE: Final = 0.5
"""Part of a text that it had before it grew."""
_MIN_WEIGHT: Final = 0.1
"""Part of the longest passage from which another counts: a few words agree by chance anywhere."""
_BLOCK_GAP: Final = 15
"""Words between passages that still are one block."""
_MIN_HEAD_WORDS: Final = 15
"""Words before a block that both texts have for themselves, from which they begin differently."""
_MIN_HEAD_SHARE: Final = 0.1
"""The same as a part of either text."""
_MAX_TEMPLATE_WORDS: Final = 600
"""Words of a text up to which it is read as a form: bounds the work of a pair."""
_MAX_BLANK_WORDS: Final = 6
"""Words of what is filled into one blank of a form."""
_MIN_BLANKS: Final = 3
"""Blanks with figures that a form has, at least."""
_WORDS_A_BLANK: Final = 40
"""Words of a form for each blank with figures, at most."""
_OUTSIDE: Final = 0.7
"""Part of the words that a text has in a longer one that lie outside another's, for the two to be apart in it."""


def quoted(classification: Classification, passages: Sequence[Passage], heads: tuple[int, int]) -> Classification:
    """The classification, an excerpt where two texts that begin differently share one block.

    In: the passages that are not short, and the words of either text before the first of them, boilerplate left out.
    """
    if classification.kind not in {Kind.MIRROR, Kind.REVISION} or not _one_block(passages):
        return classification
    shares = (classification.coverage_a, classification.coverage_b)
    for head, share in zip(heads, shares, strict=True):
        size = classification.shared_words / max(share, 0.01)
        if head < max(_MIN_HEAD_WORDS, _MIN_HEAD_SHARE * size):
            return classification
    doubtful = classification.shared_words < EXCERPT_WORDS
    return replace(classification, kind=Kind.EXCERPT, doubtful=doubtful)


def without_short(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without runs of a few units, which in scripts without spaces agree by chance."""
    kept = [p for p in passages if min(p.a_end - p.a_start, p.b_end - p.b_start) >= MIN_PASSAGE_WORDS]
    return kept or list(passages)


def _one_block(passages: Sequence[Passage]) -> bool:
    return all(
        first.a_end <= second.a_start + _BLOCK_GAP
        and second.a_start - first.a_end <= _BLOCK_GAP
        and 0 <= second.b_start - first.b_end + _BLOCK_GAP <= 2 * _BLOCK_GAP
        for first, second in pairwise(passages)
    )


def is_template(a: Words, figures_a: Figures, b: Words, figures_b: Figures) -> bool:
    """Whether two texts (as hashes of words, and which of them are figures) are one form filled with other figures."""
    if max(len(a), len(b)) > _MAX_TEMPLATE_WORDS:
        return False
    ours, theirs = set(a[figures_a].tolist()), set(b[figures_b].tolist())
    if min(len(ours - theirs), len(theirs - ours)) < _MIN_BLANKS:
        return False
    blanks = list(_blanks(a.tolist(), b.tolist()))
    filled = sum(  # as many words on either side: 1.5 against 15 is one figure with its point lost
        bool(figures_a[low:high].any() or figures_b[far:end].any())
        for low, high, far, end in blanks
        if high - low == end - far
    )
    return (
        filled >= max(_MIN_BLANKS, max(len(a), len(b)) / _WORDS_A_BLANK, len(blanks) / 2)
        and max(max(high - low, end - far) for low, high, far, end in blanks) <= _MAX_BLANK_WORDS
    )


def _blanks(a: Sequence[int], b: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """The runs of words that differ, on both sides."""
    i = j = 0
    for block in LCSseq.editops(a, b).as_matching_blocks():
        if block.a > i or block.b > j:
            yield i, block.a, j, block.b
        i, j = block.a + block.size, block.b + block.size


def grown(classified: Classified, corpus: Corpus) -> frozenset[Pair]:
    """The pairs of which one text contains the other because it grew.

    The shorter one is half of the longer, and not one block in the midst of it; and the longer does not also contain a
    second text, elsewhere in it, that is unrelated to the first. Else it is a compilation.
    """
    inside: dict[int, list[tuple[int, Pair, tuple[tuple[int, int], ...]]]] = {}
    for pair, (classification, passages) in classified.items():
        if classification.kind is Kind.CONTAINS and not classification.doubtful:
            long, short = pair[::-1] if classification.swapped else pair
            spans = tuple((p.b_start, p.b_end) if classification.swapped else (p.a_start, p.a_end) for p in passages)
            inside.setdefault(long, []).append((short, pair, spans))
    return frozenset(
        pair
        for long, contained in inside.items()
        for short, pair, spans in contained
        if min(classified[pair][0].coverage_a, classified[pair][0].coverage_b) >= _GREW_COVERAGE
        and not _embedded(spans, corpus.size(long))
        and not any(
            _apart(other_spans, spans) and not _related(classified, short, other)
            for other, _, other_spans in contained
            if other != short
        )
    )


def without_welds(classified: Classified) -> Classified:
    """The pairs, without joins that would make one work of two which only a third text, made of both, connects.

    Joins are weighed from the strongest on. One that rests on words of a text elsewhere than those which the text
    shares with a stronger relative, unrelated to this one, says that a part is shared, and not a version.
    """
    joins = [pair for pair, (one, _) in classified.items() if one.joins and one.kind is not Kind.MIRROR]
    found = dict(classified)
    accepted: dict[int, list[tuple[int, Spans]]] = {}
    for pair in sorted(joins, key=lambda pair: (*_strength(classified[pair][0]), pair)):
        classification, passages = classified[pair]
        ends = _ends(pair, passages)
        if any(_elsewhere(classified, other, spans, accepted.get(text, ())) for text, other, spans in ends):
            kind = Kind.CONTAINS if classification.grew else Kind.EXCERPT
            found[pair] = (replace(classification, kind=kind, grew=False), passages)
            continue
        for text, other, spans in ends:
            known = accepted.setdefault(text, [])
            if len(known) < _MAX_STRONGER:
                known.append((other, spans))
    return found


def _strength(classification: Classification) -> tuple[float, int]:
    """By which joins are sorted, the strongest first."""
    return -min(classification.coverage_a, classification.coverage_b), -classification.shared_words


def _ends(pair: Pair, passages: Sequence[Passage]) -> tuple[tuple[int, int, Spans], tuple[int, int, Spans]]:
    """Each text of a pair with the other one, and the words of it that they share."""
    a, b = pair
    return (
        (a, b, tuple((p.a_start, p.a_end) for p in passages)),
        (b, a, tuple((p.b_start, p.b_end) for p in passages)),
    )


def _elsewhere(classified: Classified, other: int, spans: Spans, stronger: Sequence[tuple[int, Spans]]) -> bool:
    """Whether words shared with a text lie apart from those shared with a stronger relative unrelated to it."""
    return any(not _related(classified, other, one) and _apart(spans, known) for one, known in stronger)


def _embedded(spans: Sequence[tuple[int, int]], size: int) -> bool:
    """Whether spans are one block with words of a text of so many before and after it."""
    longest = max(end - start for start, end in spans)
    block = sorted((start, end) for start, end in spans if end - start >= _MIN_WEIGHT * longest)
    if any(second[0] - first[1] > _BLOCK_GAP for first, second in pairwise(block)):
        return False
    own = max(_MIN_HEAD_WORDS, _MIN_HEAD_SHARE * size)
    return block[0][0] >= own and size - block[-1][1] >= own


def _apart(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Whether most words of the spans lie outside the others."""
    own = covered(spans)
    return own >= EXCERPT_WORDS and covered((*spans, *others)) - covered(others) >= _OUTSIDE * own


def _related(classified: Classified, one: int, other: int) -> bool:
    found = classified.get((min(one, other), max(one, other)))
    return found is not None and found[0].kind is not Kind.EXCERPT
