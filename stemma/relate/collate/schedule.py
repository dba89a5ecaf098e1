"""Which pairs are collated: every witness with the base of its work, containers with what they contain, quotations."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.cache import NO_CACHE, Cache
from stemma.records import Apparatus, Kind, Passage, Relation, Witness, Work
from stemma.relate.collate.collation import collate_texts
from stemma.relate.collate.shared_region import collate_part
from stemma.relate.collate.tokenized import tokenize
from stemma.workers import IN_PROCESS, Engine


class _Body:
    """The body of a witness: read when it is asked for, and sent to another process as its text."""

    __slots__ = ("witness",)

    def __init__(self, witness: Witness) -> None:
        self.witness = witness

    def __str__(self) -> str:
        return self.witness.text

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (self.witness.text,)


Text = _Body | str
Other = tuple[str, Text, tuple[Passage, ...] | None]
"""A witness, its text, and the passages it shares with a base of another work; None inside a work."""

Task = tuple[str, Text, tuple[Other, ...]]


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
    texts = {witness.id: _Body(witness) for witness in witnesses}
    work_of = {member: work.id for work in works for member in work.members}
    others: dict[str, list[Other]] = {}
    for work in works:
        if len(work.members) > 1:
            others[work.base] = [(member, texts[member], None) for member in work.members[1:]]
    for relation in relations:
        if relation.kind in (Kind.CONTAINS, Kind.EXCERPT) and work_of[relation.a] != work_of[relation.b]:
            others.setdefault(relation.a, []).append((relation.b, texts[relation.b], relation.passages))
    tasks: list[Task] = [(base, texts[base], tuple(others[base])) for base in sorted(others)]
    keys = [None if _ids(task) & withdrawn or not cache.keeps else cache.key(__name__, _read(task)) for task in tasks]
    groups = cache.remember(
        "collation", tuple[Apparatus, ...], keys,
        lambda places: engine.map(_apparatuses, [tasks[place] for place in places]),
    )  # fmt: skip
    made = [apparatus for group in groups for apparatus in group]
    return tuple(sorted(made, key=lambda apparatus: (apparatus.base, apparatus.witness)))


def _read(task: Task) -> tuple[str, str, tuple[tuple[str, str, tuple[Passage, ...] | None], ...]]:
    """A task with its texts."""
    base, text, others = task
    return base, str(text), tuple((witness, str(other), passages) for witness, other, passages in others)


def _ids(task: Task) -> set[str]:
    return {task[0], *(witness for witness, _, _ in task[2])}


def _apparatuses(task: Task) -> tuple[Apparatus, ...]:
    """All apparatuses of one base: its text is read once."""
    base, whole, others = _read(task)
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
