"""Boilerplate that cleaning left in bodies: spans that otherwise unlike texts share.

Two tests, both on the rest of the texts. At head or tail, what two pages of one source share while all else differs is
a notice or a recurring line of that source. Anywhere, what several unrelated texts share and nothing else is a notice,
an appeal or a comment that was passed on. Such spans relate no texts, and their words do not count in coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from stemma.records import Passage
from stemma.relate.detect.classify import MIRROR_COVERAGE, REVISION_COVERAGE, covered
from stemma.relate.detect.closure import components
from stemma.relate.detect.compare import Pair, SharedPassages
from stemma.relate.detect.tokens import Corpus

Spans = dict[int, tuple[tuple[int, int], ...]]
"""Boilerplate by text: the first word and the word after the last of each span, disjoint and in order."""

SameSource = Callable[[int, int], bool]

MIN_CARRIERS: Final = 4
"""Unrelated texts that share a span, from which it is boilerplate. One of the same source counts twice."""

_EDGE_WORDS: Final = 4
"""Words from an end of a text within which a span still lies at that end."""
_MIN_REST_WORDS: Final = 20
"""Words outside the shared ends that both texts must have, to be called unlike."""
_MAX_REST_SHARED: Final = 0.3
"""Part of the rest that unlike texts may share."""
_MAX_SHARE: Final = 0.6
"""Part of a page that a span shared with one other page of its source may be; beyond, a third page must have it."""
_MIN_OPENING_SHARED: Final = 0.15
"""Part of the first third that versions of one text share."""
_MIN_INSIDE: Final = 0.7
"""Part of a passage inside boilerplate from which the passage is boilerplate."""


def boilerplate_spans(
    corpus: Corpus, found: SharedPassages, same: SameSource, cuts: Mapping[int, Sequence[int]]
) -> Spans:
    """All boilerplate: shared ends of one source's pages, spans that unrelated texts share, and what follows either.

    ``same`` says whether two texts come from one source; ``cuts`` are, by text, the words before which cleaning set a
    notice aside.
    """
    links = [pair for pair, passages in found.items() if _versions(corpus, pair, passages)]
    spans_of = _at_both_ends(corpus, found, same)
    for spans in (_carried(corpus, found, same, links), _below_cuts(found, links, cuts)):
        for text, own in spans.items():
            spans_of.setdefault(text, []).extend(own)
    found_so_far = {text: _merged(spans) for text, spans in sorted(spans_of.items())}
    reached = _reached(found, [pair for pair in links if not same(*pair)], found_so_far)
    out = {}
    for text in sorted({*found_so_far, *cuts}):
        begins = [start for start, end in found_so_far.get(text, ()) if end - start >= _MIN_REST_WORDS]
        begins += cuts.get(text, ()) if reached.get(text) else ()
        whole = _to_the_end(found_so_far.get(text, ()), begins, reached.get(text, 0), corpus.size(text))
        if whole:
            out[text] = whole
    return out


def _below_cuts(
    found: SharedPassages, links: Sequence[Pair], cuts: Mapping[int, Sequence[int]]
) -> dict[int, list[tuple[int, int]]]:
    """What two texts that are not versions of each other share below a notice on both pages: a comment passed on."""
    versions = set(links)
    out: dict[int, list[tuple[int, int]]] = {}
    for (a, b), passages in found.items():
        if a in cuts and b in cuts and (a, b) not in versions:
            for p in passages:
                if p.a_start + _EDGE_WORDS >= cuts[a][0] and p.b_start + _EDGE_WORDS >= cuts[b][0]:
                    out.setdefault(a, []).append((p.a_start, p.a_end))
                    out.setdefault(b, []).append((p.b_start, p.b_end))
    return out


def _reached(found: SharedPassages, links: Sequence[Pair], found_so_far: Spans) -> dict[int, int]:
    """How far into each text its versions elsewhere have its words, boilerplate left out."""
    out: dict[int, int] = {}
    for a, b in links:
        for p in found[a, b]:
            if not _inside(p.a_start, p.a_end, found_so_far.get(a, ())):
                out[a] = max(out.get(a, 0), p.a_end)
            if not _inside(p.b_start, p.b_end, found_so_far.get(b, ())):
                out[b] = max(out.get(b, 0), p.b_end)
    return out


def _to_the_end(
    spans: Sequence[tuple[int, int]], begins: Sequence[int], reached: int, size: int
) -> tuple[tuple[int, int], ...]:
    """What follows a notice, and is in no version of the text, is boilerplate as well: comments mostly."""
    start = min((place for place in begins if place > _EDGE_WORDS and place + _EDGE_WORDS >= reached), default=size)
    kept = [(low, min(high, start)) for low, high in spans if low < start]
    return (*kept, (start, size)) if start < size else tuple(kept)


def _at_both_ends(corpus: Corpus, found: SharedPassages, same: SameSource) -> dict[int, list[tuple[int, int]]]:
    """What pages of one source share at head and tail although little else of them is the same.

    Where that is most of either page, two pages are not enough: it may be one page received twice.
    """
    hits = []
    partners: dict[int, int] = {}
    for pair, passages in found.items():
        if not same(*pair):
            continue
        sizes = corpus.size(pair[0]), corpus.size(pair[1])
        ends = [p for p in passages if _at_ends(p, *sizes)]
        if ends and _unlike(corpus, pair, passages, ends):
            most = max(_share(ends, 0) / sizes[0], _share(ends, 1) / sizes[1]) > _MAX_SHARE
            hits.append((pair, ends, most))
            for text in pair:
                partners[text] = partners.get(text, 0) + 1
    out: dict[int, list[tuple[int, int]]] = {}
    for (a, b), ends, most in hits:
        if most and max(partners[a], partners[b]) < 2:
            continue
        out.setdefault(a, []).extend((p.a_start, p.a_end) for p in ends)
        out.setdefault(b, []).extend((p.b_start, p.b_end) for p in ends)
    return out


def _carried(
    corpus: Corpus, found: SharedPassages, same: SameSource, links: Sequence[Pair]
) -> dict[int, list[tuple[int, int]]]:
    """What texts share with several others that are unrelated to them and to each other."""
    family = np.zeros(len(corpus), dtype=np.int64)
    for number, members in enumerate(components(len(corpus), links)):
        family[list(members)] = number
    shares: dict[int, dict[tuple[int, bool], list[tuple[int, int]]]] = {}
    unrelated = [(a, b) for a, b in found if family[a] != family[b]]
    for a, b in unrelated:
        near = same(a, b)
        for p in found[a, b]:
            shares.setdefault(a, {}).setdefault((int(family[b]), near), []).append((p.a_start, p.a_end))
            shares.setdefault(b, {}).setdefault((int(family[a]), near), []).append((p.b_start, p.b_end))
    out = {text: _widely_carried(corpus.size(text), carried) for text, carried in shares.items() if len(carried) > 1}
    _pass_on(found, unrelated, out)
    return out


def _widely_carried(size: int, carried: Mapping[tuple[int, bool], Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The spans of a text with enough carriers."""
    count = np.zeros(size + 2, dtype=np.int64)
    for (_, near), spans in carried.items():
        for start, end in _merged(spans):
            count[start + 1 : end + 1] += 2 if near else 1
    edges = np.flatnonzero(np.diff(count >= MIN_CARRIERS))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _pass_on(found: SharedPassages, unrelated: Sequence[Pair], out: dict[int, list[tuple[int, int]]]) -> None:
    """What is boilerplate in one text of an unrelated pair is so in the other too.

    Of fingerprints that are too common only the first text was paired with the others.
    """
    added: dict[int, list[tuple[int, int]]] = {}
    for a, b in unrelated:
        for p in found[a, b]:
            if _inside(p.a_start, p.a_end, out.get(a, ())):
                added.setdefault(b, []).append((p.b_start, p.b_end))
            if _inside(p.b_start, p.b_end, out.get(b, ())):
                added.setdefault(a, []).append((p.a_start, p.a_end))
    for text, spans in added.items():
        out.setdefault(text, []).extend(spans)


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return sum(max(0, min(end, high) - max(start, low)) for low, high in spans) >= _MIN_INSIDE * (end - start)


def _versions(corpus: Corpus, pair: Pair, passages: Sequence[Passage]) -> bool:
    """Whether two texts are copies or versions of each other: by more than their ends, by their openings too."""
    size_a, size_b = corpus.size(pair[0]), corpus.size(pair[1])
    share_a, share_b = _share(passages, 0) / size_a, _share(passages, 1) / size_b
    if max(share_a, share_b) >= MIRROR_COVERAGE:
        return True
    if min(share_a, share_b) < REVISION_COVERAGE:
        return False
    first_a, first_b = max(1, size_a // 3), max(1, size_b // 3)
    opening_a = covered((p.a_start, min(p.a_end, first_a)) for p in passages if p.a_start < first_a)
    opening_b = covered((p.b_start, min(p.b_end, first_b)) for p in passages if p.b_start < first_b)
    return opening_a >= _MIN_OPENING_SHARED * first_a and opening_b >= _MIN_OPENING_SHARED * first_b


def _share(passages: Sequence[Passage], side: int) -> int:
    return covered((p.b_start, p.b_end) if side else (p.a_start, p.a_end) for p in passages)


def without(
    passages: Sequence[Passage], in_a: Sequence[tuple[int, int]], in_b: Sequence[tuple[int, int]]
) -> tuple[Passage, ...]:
    """The passages without words that are boilerplate on either side."""
    out = list(passages)
    for start, end in in_a:
        out = [piece for p in out for piece in _cut(p, start, end)]
    if in_b:
        swapped = [p.swapped for p in out]
        for start, end in in_b:
            swapped = [piece for p in swapped for piece in _cut(p, start, end)]
        out = [p.swapped for p in swapped]
    return tuple(out)


def _at_ends(p: Passage, size_a: int, size_b: int) -> bool:
    head = p.a_start <= _EDGE_WORDS and p.b_start <= _EDGE_WORDS
    return head or (p.a_end >= size_a - _EDGE_WORDS and p.b_end >= size_b - _EDGE_WORDS)


def _unlike(corpus: Corpus, pair: Pair, passages: Sequence[Passage], ends: Sequence[Passage]) -> bool:
    """Whether both texts have a rest outside these ends, and share little of it."""
    rest_a = corpus.size(pair[0]) - covered((p.a_start, p.a_end) for p in ends)
    rest_b = corpus.size(pair[1]) - covered((p.b_start, p.b_end) for p in ends)
    if min(rest_a, rest_b) < _MIN_REST_WORDS:
        return False
    others = [p for p in passages if p not in ends]
    shared_a = covered((p.a_start, p.a_end) for p in others)
    shared_b = covered((p.b_start, p.b_end) for p in others)
    return shared_a < _MAX_REST_SHARED * rest_a and shared_b < _MAX_REST_SHARED * rest_b


def _merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Overlapping spans merged."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def _cut(p: Passage, start: int, end: int) -> list[Passage]:
    """The passage without words ``start`` to ``end`` of a."""
    if end <= p.a_start or start >= p.a_end:
        return [p]
    out = []
    if start > p.a_start:
        words = min(start - p.a_start, p.b_end - p.b_start)
        out.append(Passage(p.a_start, start, p.b_start, p.b_start + words))
    if end < p.a_end:
        words = min(p.a_end - end, p.b_end - p.b_start)
        out.append(Passage(end, p.a_end, p.b_end - words, p.b_end))
    return [piece for piece in out if min(piece.a_end - piece.a_start, piece.b_end - piece.b_start) > 0]


def boilerplate_words(spans: Mapping[int, Sequence[tuple[int, int]]], text: int) -> int:
    """How many words of a text are boilerplate."""
    return sum(end - start for start, end in spans.get(text, ()))
