"""Which pairs are collated: every witness with the base of its work, containers with what they contain, quotations."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.nouns import Apparatus, Kind, Passage, Relation, Witness, Work
from stemma.relate.collation import collate
from stemma.relate.regions import collate_part
from stemma.spread import spread

Task = tuple[str, str, str, str, tuple[Passage, ...] | None]


def collate_all(
    witnesses: Sequence[Witness], works: Sequence[Work], relations: Sequence[Relation], jobs: int = 1
) -> tuple[Apparatus, ...]:
    """The apparatus of each witness with its base, and of each container or excerpt pair of different works.

    Out: sorted by base and witness. A witness that has the base's text sign for sign has an apparatus without variants.
    """
    texts = {witness.id: witness.text for witness in witnesses}
    work_of = {member: work.id for work in works for member in work.members}
    tasks: list[Task] = [
        (work.base, member, texts[work.base], texts[member], None) for work in works for member in work.members[1:]
    ]
    tasks += [
        (relation.a, relation.b, texts[relation.a], texts[relation.b], relation.passages)
        for relation in relations
        if relation.kind in (Kind.CONTAINS, Kind.EXCERPT) and work_of[relation.a] != work_of[relation.b]
    ]
    made = spread(_apparatus, tasks, jobs)
    return tuple(sorted(made, key=lambda apparatus: (apparatus.base, apparatus.witness)))


def _apparatus(task: Task) -> Apparatus:
    base, witness, ours, theirs, passages = task
    if passages is None:
        return Apparatus(base, witness, collate(ours, theirs))
    return Apparatus(base, witness, collate_part(ours, theirs, passages))
