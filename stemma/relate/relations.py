"""From texts to witnesses: every pair of a small work, and each one's with its base in a large one, as a relation.

Inside a work of up to 200 witnesses every pair; in a larger one each witness and its base. Between works every pair,
or, where one of them is larger, with its base alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from stemma.records import Kind, Passage, Relation, Witness, Work
from stemma.relate.detect.classify import BRIEF, Judgement
from stemma.relate.detect.closure import LARGEST
from stemma.relate.detect.corpus import Bodies
from stemma.relate.works import JOINING

Named = tuple[str, str]
Judged = Mapping[tuple[int, int], tuple[Judgement, tuple[Passage, ...]]]
"""Judgements and passages by pair of text numbers, the lesser first."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Witnesses and their texts; pairs (lesser id first) that a curator parted, ids that were taken down."""

    witnesses: Sequence[Witness]
    bodies: Bodies
    parted: frozenset[Named]
    gone: frozenset[str] = frozenset()

    def severed(self, a: int, b: int) -> bool:
        """Whether two witnesses cannot join a work: parted by a curator, or one of them taken down."""
        return self.apart(a, b) or bool(self.gone.intersection((self.witnesses[a].id, self.witnesses[b].id)))

    def apart(self, a: int, b: int) -> bool:
        """Whether a curator parted two witnesses."""
        first, second = self.witnesses[a].id, self.witnesses[b].id
        return (min(first, second), max(first, second)) in self.parted


def links(scene: Scene, judged: Judged) -> Iterator[tuple[int, int]]:
    """Pairs of witnesses whose closure is the works: enough of them, not all, unless a curator parted some."""
    touched = {id_ for pair in scene.parted for id_ in pair} | scene.gone
    fussy = [
        any(scene.witnesses[number].id in touched for number in bearers) if touched else False
        for bearers in scene.bodies.bearers
    ]
    for text, bearers in enumerate(scene.bodies.bearers):
        if scene.bodies.corpus.size(text) >= BRIEF:
            pairs = combinations(bearers, 2) if fussy[text] else ((bearers[0], other) for other in bearers[1:])
            yield from ((a, b) for a, b in pairs if not scene.severed(a, b))
    for (x, y), (judgement, _) in judged.items():
        if judgement.kind in JOINING and not judgement.doubtful:
            whole = fussy[x] or fussy[y]
            ours, theirs = scene.bodies.bearers[x], scene.bodies.bearers[y]
            for a in ours if whole else ours[:1]:
                yield from ((a, b) for b in (theirs if whole else theirs[:1]) if not scene.severed(a, b))


def relations(scene: Scene, judged: Judged, works: Sequence[Work]) -> tuple[Relation, ...]:
    """All relations, by id of both sides."""
    large = {member: work.base for work in works if len(work.members) > LARGEST for member in work.members}
    work_of = {member: work.id for work in works for member in work.members} if large else {}
    out = []
    for a, b, judgement, passages in _pairs(scene.bodies, judged, scene.witnesses, large):
        if large and not _wanted(scene.witnesses[a].id, scene.witnesses[b].id, large, work_of):
            continue
        if not scene.apart(a, b):
            out.append(_relation(scene, a, b, judgement, passages))
    return tuple(sorted(out, key=lambda relation: (relation.a, relation.b)))


def _wanted(a: str, b: str, large: Mapping[str, str], work_of: Mapping[str, str]) -> bool:
    """Whether a pair is told: in a large work with the base; from outside with the base of a large work."""
    if work_of[a] == work_of[b]:
        return large.get(a, a) in (a, b)
    return large.get(a, a) == a and large.get(b, b) == b


def _pairs(
    bodies: Bodies, judged: Judged, witnesses: Sequence[Witness], large: Mapping[str, str]
) -> Iterator[tuple[int, int, Judgement, tuple[Passage, ...]]]:
    """Pairs of witnesses; of a text in a large work only those bearers that can be told are paired."""
    for text, bearers in enumerate(bodies.bearers):
        size = bodies.corpus.size(text)
        if len(bearers) > 1 and size >= BRIEF:
            whole = Judgement(Kind.MIRROR, swapped=False, coverage_a=1.0, coverage_b=1.0, shared_words=size)
            told = _bases(bearers, witnesses, large)
            pairs = combinations(bearers, 2) if told is None else ((a, b) for a in told for b in bearers if a != b)
            for a, b in pairs:
                yield min(a, b), max(a, b), whole, (Passage(0, size, 0, size),)
    for (x, y), (judgement, passages) in judged.items():
        ours, theirs = _bases(bodies.bearers[x], witnesses, large), _bases(bodies.bearers[y], witnesses, large)
        for a in bodies.bearers[x]:
            mine = ours is None or a in ours
            for b in bodies.bearers[y] if mine else theirs or ():
                yield a, b, judgement, passages


def _bases(bearers: Sequence[int], witnesses: Sequence[Witness], large: Mapping[str, str]) -> list[int] | None:
    """The bearers that are the base of their large work; None where they are in no large work."""
    if not large or witnesses[bearers[0]].id not in large:
        return None
    return [number for number in bearers if large[witnesses[number].id] == witnesses[number].id]


def _relation(scene: Scene, a: int, b: int, judgement: Judgement, passages: Sequence[Passage]) -> Relation:
    """The container first; else the lesser id first."""
    by_name = scene.witnesses[a].id > scene.witnesses[b].id
    turned = judgement.swapped if judgement.kind is Kind.CONTAINS else by_name
    written = [scene.bodies.passage(a, b, p) for p in passages]
    coverage = (round(judgement.coverage_a, 4), round(judgement.coverage_b, 4))
    if turned:
        a, b, coverage = b, a, coverage[::-1]
        written = sorted(
            (Passage(p.b_start, p.b_end, p.a_start, p.a_end) for p in written), key=lambda p: (p.a_start, p.b_start)
        )
    return Relation(
        a=scene.witnesses[a].id,
        b=scene.witnesses[b].id,
        kind=judgement.kind,
        coverage_a=coverage[0],
        coverage_b=coverage[1],
        shared_words=judgement.shared_words,
        passages=tuple(written),
        doubtful=judgement.doubtful,
    )
