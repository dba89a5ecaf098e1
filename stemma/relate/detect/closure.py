"""Families: texts that mirror one another. Pairs that crowds left out are compared here or follow from a third text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from stemma.records import Kind, Passage
from stemma.relate.detect.classify import covered, judge
from stemma.relate.detect.compare import Found, Pair, compare_within
from stemma.relate.detect.passages import SHORTEST
from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.winnowing import Anchors

LARGEST: Final = 200
"""In families up to this size every pair is compared."""


def components(count: int, links: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """Numbers joined by links, directly or over others; those of one member too. Each sorted, in order of the first."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    groups: dict[int, list[int]] = {}
    for number in range(count):
        groups.setdefault(root(number), []).append(number)
    return tuple(tuple(group) for group in groups.values())


def complete(corpus: Corpus, chunks: Sequence[Anchors], found: Found, sizes: Sequence[int]) -> Found:
    """The passages with those of every pair inside families, and of their friends with every member.

    A friend is a text that shares passages with some member: a digest, an excerpt. Pairs within a family whose own
    anchors are too few (both have many misprints) take the passages that follow from a third text. ``sizes`` are the
    words of each text that count.
    """
    mirrors = [pair for pair, passages in found.items() if _mirrored(sizes, pair, passages)]
    friends = _neighbours(found)
    groups = []
    families = []
    for family in components(len(corpus), mirrors):
        if len(family) < 3 or len(family) > LARGEST:
            continue
        families.append(family)
        around = sorted({friend for member in family for friend in friends.get(member, ())} | set(family))
        if len(around) <= 2 * LARGEST and any(
            (min(a, b), max(a, b)) not in found for a in family for b in around if a != b
        ):
            groups.append(around)
    out = {**compare_within(corpus, chunks, groups, 2 * LARGEST), **found} if groups else dict(found)
    for family in families:
        _follow(sizes, out, family)
    return out


def _mirrored(sizes: Sequence[int], pair: Pair, passages: Sequence[Passage]) -> bool:
    judgement = judge(sizes[pair[0]], sizes[pair[1]], passages)
    return judgement is not None and judgement.kind is Kind.MIRROR


def _neighbours(found: Mapping[Pair, Sequence[Passage]]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for (a, b), passages in found.items():
        if covered((p.a_start, p.a_end) for p in passages) >= 2 * SHORTEST:
            out.setdefault(a, []).append(b)
            out.setdefault(b, []).append(a)
    return out


def _follow(sizes: Sequence[int], found: Found, family: Sequence[int]) -> None:
    """Give each weak pair of a family the passages that follow from the member closest to all, if they are more."""
    hub = max(family, key=lambda member: (sum(_words(found, member, other) for other in family), -member))
    for a, b in combinations(family, 2):
        if hub in (a, b) or _words(found, a, b) >= 0.97 * min(sizes[a], sizes[b]):
            continue
        over = _composed(_of(found, a, hub), _of(found, hub, b))
        if covered((p.a_start, p.a_end) for p in over) > _words(found, a, b):
            found[a, b] = over


def _words(found: Found, a: int, b: int) -> int:
    return covered((p.a_start, p.a_end) for p in found.get((min(a, b), max(a, b)), ()))


def _of(found: Found, a: int, b: int) -> tuple[Passage, ...]:
    """The passages of a pair, read from a to b."""
    if a < b:
        return found.get((a, b), ())
    return tuple(Passage(p.b_start, p.b_end, p.a_start, p.a_end) for p in found.get((b, a), ()))


def _composed(first: Sequence[Passage], second: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages from a to c, from those from a to b and from b to c; inside a passage words run alike."""
    out = []
    for p in first:
        for q in second:
            low, high = max(p.b_start, q.a_start), min(p.b_end, q.a_end)
            if high - low < SHORTEST:
                continue
            a_start = p.a_start if low == p.b_start else min(p.a_end, p.a_start + low - p.b_start)
            a_end = p.a_end if high == p.b_end else max(p.a_start, p.a_end - (p.b_end - high))
            c_start = q.b_start if low == q.a_start else min(q.b_end, q.b_start + low - q.a_start)
            c_end = q.b_end if high == q.a_end else max(q.b_start, q.b_end - (q.a_end - high))
            if min(a_end - a_start, c_end - c_start) >= SHORTEST:
                out.append(Passage(a_start, a_end, c_start, c_end))
    return tuple(sorted(out, key=lambda p: (p.a_start, p.b_start)))
