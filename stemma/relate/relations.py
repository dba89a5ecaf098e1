"""Relations of witnesses from classified pairs of texts.

Inside a work of up to 200 witnesses every pair is listed, in a larger one each witness with its base. Between works
every pair, or, where one of them is larger, pairs with its base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from stemma.records import Kind, Passage, Relation, Witness, Work
from stemma.relate.detect.classify import MIN_BODY_WORDS, Classification, covered
from stemma.relate.detect.closure import MAX_FAMILY
from stemma.relate.detect.corpus import Bodies
from stemma.relate.detect.versions import Classified

Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Collection:
    """Witnesses and their texts; pairs (lesser id first) that a curator separated, ids that were withdrawn."""

    witnesses: Sequence[Witness]
    bodies: Bodies
    separated: frozenset[Named]
    withdrawn: frozenset[str] = frozenset()

    def cannot_join(self, a: int, b: int) -> bool:
        """Whether two witnesses cannot join a work: separated by a curator, or one of them withdrawn."""
        return self.is_separated(a, b) or bool(
            self.withdrawn.intersection((self.witnesses[a].id, self.witnesses[b].id))
        )

    def is_separated(self, a: int, b: int) -> bool:
        """Whether a curator separated two witnesses."""
        first, second = self.witnesses[a].id, self.witnesses[b].id
        return (min(first, second), max(first, second)) in self.separated


def links(collection: Collection, classified: Classified) -> Iterator[tuple[int, int]]:
    """Pairs of witnesses whose components are the works: enough of them, or all where a curator separated some."""
    touched = {id_ for pair in collection.separated for id_ in pair} | collection.withdrawn
    restricted = [
        any(collection.witnesses[number].id in touched for number in holders) if touched else False
        for holders in collection.bodies.holders
    ]
    for text, holders in enumerate(collection.bodies.holders):
        if collection.bodies.corpus.size(text) >= MIN_BODY_WORDS:
            pairs = combinations(holders, 2) if restricted[text] else ((holders[0], other) for other in holders[1:])
            yield from ((a, b) for a, b in pairs if not collection.cannot_join(a, b))
    for (x, y), (classification, _) in classified.items():
        if classification.joins:
            whole = restricted[x] or restricted[y]
            ours, theirs = collection.bodies.holders[x], collection.bodies.holders[y]
            for a in ours if whole else ours[:1]:
                yield from ((a, b) for b in (theirs if whole else theirs[:1]) if not collection.cannot_join(a, b))


def relations(collection: Collection, classified: Classified, works: Sequence[Work]) -> tuple[Relation, ...]:
    """All relations, by id of both sides."""
    large = {member: work.base for work in works if len(work.members) > MAX_FAMILY for member in work.members}
    work_of = {member: work.id for work in works for member in work.members} if large else {}
    out = []
    for a, b, classification, passages in _pairs(collection.bodies, classified, collection.witnesses, large):
        if large and not _wanted(collection.witnesses[a].id, collection.witnesses[b].id, large, work_of):
            continue
        if not collection.is_separated(a, b):
            out.append(_relation(collection, a, b, classification, passages))
    return tuple(sorted(out, key=lambda relation: (relation.a, relation.b)))


def _wanted(a: str, b: str, large: Mapping[str, str], work_of: Mapping[str, str]) -> bool:
    """Whether a pair is listed: in a large work with the base; from outside with the base of a large work."""
    if work_of[a] == work_of[b]:
        return large.get(a, a) in (a, b)
    return large.get(a, a) == a and large.get(b, b) == b


def _pairs(
    bodies: Bodies, classified: Classified, witnesses: Sequence[Witness], large: Mapping[str, str]
) -> Iterator[tuple[int, int, Classification, Sequence[Passage]]]:
    """Pairs of witnesses; of a text in a large work only those holders that can be listed are paired."""
    for text, holders in enumerate(bodies.holders):
        size = bodies.corpus.size(text)
        if len(holders) > 1 and size >= MIN_BODY_WORDS:
            whole = Classification(Kind.MIRROR, swapped=False, coverage_a=1.0, coverage_b=1.0, shared_words=size)
            bases = _bases(holders, witnesses, large)
            pairs = combinations(holders, 2) if bases is None else ((a, b) for a in bases for b in holders if a != b)
            words = bodies.words(text, size)
            for a, b in pairs:
                yield min(a, b), max(a, b), replace(whole, shared_words=words), (Passage(0, words, 0, words),)
    for (x, y), found in classified.items():
        classification, passages = _in_words(bodies, x, y, *found)
        ours, theirs = _bases(bodies.holders[x], witnesses, large), _bases(bodies.holders[y], witnesses, large)
        for a in bodies.holders[x]:
            mine = ours is None or a in ours
            for b in bodies.holders[y] if mine else theirs or ():
                yield a, b, classification, passages


def _in_words(
    bodies: Bodies, a: int, b: int, classification: Classification, passages: Sequence[Passage]
) -> tuple[Classification, Sequence[Passage]]:
    """A classified pair, from units to words."""
    written = bodies.in_words(a, b, passages)
    if written is passages:
        return classification, passages
    shared = (covered((p.a_start, p.a_end) for p in written), covered((p.b_start, p.b_end) for p in written))
    return replace(classification, shared_words=min(shared)), written


def _bases(holders: Sequence[int], witnesses: Sequence[Witness], large: Mapping[str, str]) -> list[int] | None:
    """The holders that are the base of their large work; None where they are in no large work."""
    if not large or witnesses[holders[0]].id not in large:
        return None
    return [number for number in holders if large[witnesses[number].id] == witnesses[number].id]


def _relation(
    collection: Collection, a: int, b: int, classification: Classification, passages: Sequence[Passage]
) -> Relation:
    """The container first; else the lesser id first."""
    by_name = collection.witnesses[a].id > collection.witnesses[b].id
    swapped = classification.swapped if classification.kind is Kind.CONTAINS else by_name
    coverage = (round(classification.coverage_a, 4), round(classification.coverage_b, 4))
    if swapped:
        a, b, coverage = b, a, coverage[::-1]
        passages = sorted((p.swapped for p in passages), key=lambda p: (p.a_start, p.b_start))
    return Relation(
        a=collection.witnesses[a].id,
        b=collection.witnesses[b].id,
        kind=classification.kind,
        coverage_a=coverage[0],
        coverage_b=coverage[1],
        shared_words=classification.shared_words,
        passages=tuple(passages),
        doubtful=classification.doubtful,
        grew=classification.grew,
        template=classification.template,
    )
