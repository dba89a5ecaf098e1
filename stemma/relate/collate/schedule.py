"""Which pairs are collated: every witness with the base of its work, containers with what they contain, quotations."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.cache import NO_CACHE, Cache
from stemma.records import Apparatus, Kind, Passage, Relation, Witness, Work
from stemma.relate.collate.collation import collate_texts
from stemma.relate.collate.shared_region import collate_part
from stemma.relate.collate.tokenized import tokenize
from stemma.workers import IN_PROCESS, Engine

Other = tuple[str, str, tuple[Passage, ...] | None]
"""A witness, its text, and the passages it shares with a base of another work; None inside a work."""

Task = tuple[str, str, tuple[Other, ...]]


def collate_all(
    witnesses: Sequence[Witness],
    works: Sequence[Work],
    relations: Sequence[Relation],
    *,
    engine: Engine = IN_PROCESS,
    cache: Cache = NO_CACHE,
    withdrawn: frozenset[str] = frozenset(),
) -> tuple[Apparatus, ...]:
    """The apparatus of each witness with its base, and of each container or excerpt pair of different works.

    Out: sorted by base and witness. A witness with exactly the base's text has an apparatus without variants. Of pairs
    with a ``withdrawn`` id nothing is kept in the cache.
    """
    texts = {witness.id: witness.text for witness in witnesses}
    work_of = {member: work.id for work in works for member in work.members}
    others: dict[str, list[Other]] = {}
    for work in works:
        if len(work.members) > 1:
            others[work.base] = [(member, texts[member], None) for member in work.members[1:]]
    for relation in relations:
        if relation.kind in (Kind.CONTAINS, Kind.EXCERPT) and work_of[relation.a] != work_of[relation.b]:
            others.setdefault(relation.a, []).append((relation.b, texts[relation.b], relation.passages))
    tasks: list[Task] = [(base, texts[base], tuple(others[base])) for base in sorted(others)]
    keys = [None if _ids(task) & withdrawn else cache.key(__name__, task) for task in tasks]
    groups = cache.remember(
        "collation", tuple[Apparatus, ...], keys,
        lambda places: engine.map(_apparatuses, [tasks[place] for place in places]),
    )  # fmt: skip
    made = [apparatus for group in groups for apparatus in group]
    return tuple(sorted(made, key=lambda apparatus: (apparatus.base, apparatus.witness)))


def _ids(task: Task) -> set[str]:
    return {task[0], *(witness for witness, _, _ in task[2])}


def _apparatuses(task: Task) -> tuple[Apparatus, ...]:
    """All apparatuses of one base: its text is read once."""
    base, whole, others = task
    ours = tokenize(whole) if any(text != whole for _, text, _ in others) else None
    out = []
    for witness, text, passages in others:
        if ours is None or text == whole:
            out.append(Apparatus(base, witness, ()))
        elif passages is None:
            out.append(Apparatus(base, witness, collate_texts(ours, tokenize(text))))
        else:
            out.append(Apparatus(base, witness, collate_part(ours, tokenize(text), passages)))
    return tuple(out)
