"""Furniture that the cleaner left in bodies: stretches that otherwise unlike texts share.

Two tests, both by what the rest of the texts says. At head or tail, what two pages of one source share while all else
differs is a notice or a standing line of that source. Anywhere, what several unrelated texts share and nothing else is
a notice, an appeal or a comment that went round. Such stretches relate no pages and leave the words that coverage is
counted in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from stemma.records import Passage
from stemma.relate.detect.classify import MIRROR, REVISION, covered
from stemma.relate.detect.closure import components
from stemma.relate.detect.compare import Found, Pair
from stemma.relate.detect.tokens import Corpus

Stretches = dict[int, tuple[tuple[int, int], ...]]
"""Words of each text that are furniture: first word and the word after the last, apart from each other, in order."""

Same = Callable[[int, int], bool]

CARRIERS: Final = 4
"""A stretch that a text shares with so many others, unrelated to it and each other, is furniture. One source: twice."""

_EDGE: Final = 4
_REST: Final = 20
_UNLIKE: Final = 0.3
_MOST: Final = 0.6
_OPENING: Final = 0.15


def standing(corpus: Corpus, found: Found, same: Same, cuts: Mapping[int, Sequence[int]]) -> Stretches:
    """All furniture: what stands at the ends of one source's pages, what unrelated texts carry, what follows either.

    ``same`` tells whether two texts come from one source, ``cuts`` the words before which a notice was cut out.
    """
    links = [pair for pair, passages in found.items() if _akin(corpus, pair, passages)]
    marks = _at_both_ends(corpus, found, same)
    for stretches in (_carried(corpus, found, same, links), _below_cuts(found, links, cuts)):
        for text, own in stretches.items():
            marks.setdefault(text, []).extend(own)
    aside = {text: _apart(stretches) for text, stretches in sorted(marks.items())}
    reached = _reached(found, [pair for pair in links if not same(*pair)], aside)
    out = {}
    for text in sorted({*aside, *cuts}):
        begins = [start for start, end in aside.get(text, ()) if end - start >= _REST]
        begins += cuts.get(text, ()) if reached.get(text) else ()
        whole = _to_the_end(aside.get(text, ()), begins, reached.get(text, 0), corpus.size(text))
        if whole:
            out[text] = whole
    return out


def _below_cuts(
    found: Found, links: Sequence[Pair], cuts: Mapping[int, Sequence[int]]
) -> dict[int, list[tuple[int, int]]]:
    """What two texts that are no kin share below a notice on either page: a comment that went round."""
    kin = set(links)
    out: dict[int, list[tuple[int, int]]] = {}
    for (a, b), passages in found.items():
        if a in cuts and b in cuts and (a, b) not in kin:
            for p in passages:
                if p.a_start + _EDGE >= cuts[a][0] and p.b_start + _EDGE >= cuts[b][0]:
                    out.setdefault(a, []).append((p.a_start, p.a_end))
                    out.setdefault(b, []).append((p.b_start, p.b_end))
    return out


def _reached(found: Found, links: Sequence[Pair], aside: Stretches) -> dict[int, int]:
    """How far down each text has words in common with its kin elsewhere, furniture left out."""
    out: dict[int, int] = {}
    for a, b in links:
        for p in found[a, b]:
            if not _inside(p.a_start, p.a_end, aside.get(a, ())):
                out[a] = max(out.get(a, 0), p.a_end)
            if not _inside(p.b_start, p.b_end, aside.get(b, ())):
                out[b] = max(out.get(b, 0), p.b_end)
    return out


def _to_the_end(
    stretches: Sequence[tuple[int, int]], begins: Sequence[int], reached: int, size: int
) -> tuple[tuple[int, int], ...]:
    """What stands below a notice, and in no kin of the text, is furniture as well: comments mostly."""
    start = min((place for place in begins if place > _EDGE and place + _EDGE >= reached), default=size)
    kept = [(low, min(high, start)) for low, high in stretches if low < start]
    return (*kept, (start, size)) if start < size else tuple(kept)


def _at_both_ends(corpus: Corpus, found: Found, same: Same) -> dict[int, list[tuple[int, int]]]:
    """What pages of one source share at head and tail although nothing else of them is the same.

    Where that is most of either page, two pages are not enough to tell it from a page received twice.
    """
    hits = []
    partners: dict[int, int] = {}
    for pair, passages in found.items():
        if not same(*pair):
            continue
        sizes = corpus.size(pair[0]), corpus.size(pair[1])
        ends = [p for p in passages if _at_ends(p, *sizes)]
        if ends and _unlike(corpus, pair, passages, ends):
            most = max(_share(ends, 0) / sizes[0], _share(ends, 1) / sizes[1]) > _MOST
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


def _carried(corpus: Corpus, found: Found, same: Same, links: Sequence[Pair]) -> dict[int, list[tuple[int, int]]]:
    """What texts share with several others that are unlike them and unlike each other."""
    family = np.zeros(len(corpus), dtype=np.int64)
    for number, members in enumerate(components(len(corpus), links)):
        family[list(members)] = number
    shares: dict[int, dict[tuple[int, bool], list[tuple[int, int]]]] = {}
    slight = [(a, b) for a, b in found if family[a] != family[b]]
    for a, b in slight:
        near = same(a, b)
        for p in found[a, b]:
            shares.setdefault(a, {}).setdefault((int(family[b]), near), []).append((p.a_start, p.a_end))
            shares.setdefault(b, {}).setdefault((int(family[a]), near), []).append((p.b_start, p.b_end))
    out = {text: _crowded(corpus.size(text), carried) for text, carried in shares.items() if len(carried) > 1}
    _pass_on(found, slight, out)
    return out


def _crowded(size: int, carried: Mapping[tuple[int, bool], Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The stretches of a text with enough carriers."""
    count = np.zeros(size + 2, dtype=np.int64)
    for (_, near), stretches in carried.items():
        for start, end in _apart(stretches):
            count[start + 1 : end + 1] += 2 if near else 1
    edges = np.flatnonzero(np.diff(count >= CARRIERS))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _pass_on(found: Found, slight: Sequence[Pair], out: dict[int, list[tuple[int, int]]]) -> None:
    """What is furniture on one side of a slight pair is furniture on the other: crowds met their first member alone."""
    added: dict[int, list[tuple[int, int]]] = {}
    for a, b in slight:
        for p in found[a, b]:
            if _inside(p.a_start, p.a_end, out.get(a, ())):
                added.setdefault(b, []).append((p.b_start, p.b_end))
            if _inside(p.b_start, p.b_end, out.get(b, ())):
                added.setdefault(a, []).append((p.a_start, p.a_end))
    for text, stretches in added.items():
        out.setdefault(text, []).extend(stretches)


def _inside(start: int, end: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return 10 * sum(max(0, min(end, high) - max(start, low)) for low, high in stretches) >= 7 * (end - start)


def _akin(corpus: Corpus, pair: Pair, passages: Sequence[Passage]) -> bool:
    """Whether two texts are copies or versions by more than what stands below them: they share their openings too."""
    size_a, size_b = corpus.size(pair[0]), corpus.size(pair[1])
    share_a, share_b = _share(passages, 0) / size_a, _share(passages, 1) / size_b
    if max(share_a, share_b) >= MIRROR:
        return True
    if min(share_a, share_b) < REVISION:
        return False
    first_a, first_b = max(1, size_a // 3), max(1, size_b // 3)
    opening_a = covered((p.a_start, min(p.a_end, first_a)) for p in passages if p.a_start < first_a)
    opening_b = covered((p.b_start, min(p.b_end, first_b)) for p in passages if p.b_start < first_b)
    return opening_a >= _OPENING * first_a and opening_b >= _OPENING * first_b


def _share(passages: Sequence[Passage], side: int) -> int:
    return covered((p.b_start, p.b_end) if side else (p.a_start, p.a_end) for p in passages)


def without(
    passages: Sequence[Passage], aside_a: Sequence[tuple[int, int]], aside_b: Sequence[tuple[int, int]]
) -> tuple[Passage, ...]:
    """The passages without those words that are furniture on either side."""
    out = list(passages)
    for start, end in aside_a:
        out = [piece for p in out for piece in _cut(p, start, end)]
    if aside_b:
        turned = [_turned(p) for p in out]
        for start, end in aside_b:
            turned = [piece for p in turned for piece in _cut(p, start, end)]
        out = [_turned(p) for p in turned]
    return tuple(out)


def _at_ends(p: Passage, size_a: int, size_b: int) -> bool:
    head = p.a_start <= _EDGE and p.b_start <= _EDGE
    return head or (p.a_end >= size_a - _EDGE and p.b_end >= size_b - _EDGE)


def _unlike(corpus: Corpus, pair: Pair, passages: Sequence[Passage], ends: Sequence[Passage]) -> bool:
    """Whether both texts have a rest outside these ends, and share little of it."""
    rest_a = corpus.size(pair[0]) - covered((p.a_start, p.a_end) for p in ends)
    rest_b = corpus.size(pair[1]) - covered((p.b_start, p.b_end) for p in ends)
    if min(rest_a, rest_b) < _REST:
        return False
    others = [p for p in passages if p not in ends]
    shared_a = covered((p.a_start, p.a_end) for p in others)
    shared_b = covered((p.b_start, p.b_end) for p in others)
    return shared_a < _UNLIKE * rest_a and shared_b < _UNLIKE * rest_b


def _apart(stretches: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Overlapping stretches as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
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


def _turned(p: Passage) -> Passage:
    return Passage(p.b_start, p.b_end, p.a_start, p.a_end)


def words_aside(stretches: Mapping[int, Sequence[tuple[int, int]]], text: int) -> int:
    """How many words of a text are furniture."""
    return sum(end - start for start, end in stretches.get(text, ()))
