"""Closure over mirrors: pairs that too common fingerprints left out are compared, or follow from a third text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from stemma.records import Kind, Passage
from stemma.relate.detect.classify import classify, coverage, covered, shared
from stemma.relate.detect.compare import Pair, SharedPassages, compare_within
from stemma.relate.detect.passages import MIN_PASSAGE_WORDS
from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.winnowing import Fingerprints

MAX_FAMILY: Final = 200
"""Texts of a family up to which every pair is compared; witnesses of a work up to which every pair is listed."""

_COMPLETE: Final = 0.97
"""Part of the shorter text in passages from which a pair needs no third text."""


def components(count: int, links: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """The connected components of 0 … count - 1 under links, each sorted, in the order of their first members."""
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


def complete(
    corpus: Corpus, chunks: Sequence[Fingerprints], found: SharedPassages, sizes: Sequence[int]
) -> SharedPassages:
    """The passages, with those of every pair inside a family and of its neighbours with every member.

    A family is a set of texts joined by mirrors; a neighbour shares passages with some member: a digest, an excerpt.
    Pairs of a family that share too few fingerprints (both have many misprints) take the passages that follow from a
    third text. ``sizes`` are the words of each text without boilerplate.
    """
    mirrors = [pair for pair, passages in found.items() if _mirrored(sizes, pair, passages)]
    neighbours = _neighbours(found)
    groups = []
    families = []
    for family in components(len(corpus), mirrors):
        if len(family) < 3 or len(family) > MAX_FAMILY:
            continue
        families.append(family)
        around = sorted({neighbour for member in family for neighbour in neighbours.get(member, ())} | set(family))
        if len(around) <= 2 * MAX_FAMILY and any(
            (min(a, b), max(a, b)) not in found for a in family for b in around if a != b
        ):
            groups.append(around)
    out = {**compare_within(corpus, chunks, groups, 2 * MAX_FAMILY), **found} if groups else dict(found)
    for family in families:
        _complete_through_hub(sizes, out, family)
    return out


def _mirrored(sizes: Sequence[int], pair: Pair, passages: Sequence[Passage]) -> bool:
    classification = classify(coverage((sizes[pair[0]], sizes[pair[1]]), passages), min(shared(passages)))
    return classification is not None and classification.kind is Kind.MIRROR


def _neighbours(found: Mapping[Pair, Sequence[Passage]]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for (a, b), passages in found.items():
        if covered((p.a_start, p.a_end) for p in passages) >= 2 * MIN_PASSAGE_WORDS:
            out.setdefault(a, []).append(b)
            out.setdefault(b, []).append(a)
    return out


def _complete_through_hub(sizes: Sequence[int], found: SharedPassages, family: Sequence[int]) -> None:
    """Give each weak pair of a family the passages through the member closest to all, where they cover more."""
    hub = max(family, key=lambda member: (sum(_words(found, member, other) for other in family), -member))
    for a, b in combinations(family, 2):
        if hub in (a, b) or _words(found, a, b) >= _COMPLETE * min(sizes[a], sizes[b]):
            continue
        over = _composed(_of(found, a, hub), _of(found, hub, b))
        if covered((p.a_start, p.a_end) for p in over) > _words(found, a, b):
            found[a, b] = over


def _words(found: SharedPassages, a: int, b: int) -> int:
    return covered((p.a_start, p.a_end) for p in found.get((min(a, b), max(a, b)), ()))


def _of(found: SharedPassages, a: int, b: int) -> tuple[Passage, ...]:
    """The passages of a pair, read from a to b."""
    if a < b:
        return found.get((a, b), ())
    return tuple(p.swapped for p in found.get((b, a), ()))


def _composed(first: Sequence[Passage], second: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages from a to c, from those from a to b and from b to c; inside a passage words are taken to run in step."""
    out = []
    for p in first:
        for q in second:
            low, high = max(p.b_start, q.a_start), min(p.b_end, q.a_end)
            if high - low < MIN_PASSAGE_WORDS:
                continue
            a_start = p.a_start if low == p.b_start else min(p.a_end, p.a_start + low - p.b_start)
            a_end = p.a_end if high == p.b_end else max(p.a_start, p.a_end - (p.b_end - high))
            c_start = q.b_start if low == q.a_start else min(q.b_end, q.b_start + low - q.a_start)
            c_end = q.b_end if high == q.a_end else max(q.b_start, q.b_end - (q.a_end - high))
            if min(a_end - a_start, c_end - c_start) >= MIN_PASSAGE_WORDS:
                out.append(Passage(a_start, a_end, c_start, c_end))
    return tuple(sorted(out, key=lambda p: (p.a_start, p.b_start)))
