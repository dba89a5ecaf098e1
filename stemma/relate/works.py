"""Works: witnesses of one text, joined by mirror and revision alone, with a base and an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stemma.records import Edits, Field, Kind, Witness, Work
from stemma.relate.detect.closure import components
from stemma.text import words_of

JOINING = (Kind.MIRROR, Kind.REVISION)
"""The kinds that make two texts one work."""


def gather(
    witnesses: Sequence[Witness], links: Iterable[tuple[int, int]], edits: Mapping[str, Edits]
) -> tuple[Work, ...]:
    """Each witness in exactly one work.

    Joined are the witnesses (by number) that links name, and those that a curator's ``same_work`` does; ``not_mirrors``
    parts two witnesses, though a third may still join them. The base is the witness with the earliest date of its own,
    then the most words, then the least id; the others follow by date, the undated last. A work's id is its base's id:
    readable, and the same whatever else is in the archive. A withdrawn witness joins nothing: no text is compared with
    what nobody may read.
    """
    gone = withdrawn(edits)
    numbers = {witness.id: number for number, witness in enumerate(witnesses) if witness.id not in gone}
    named = [(numbers[a], numbers[b]) for a, b in same_work(edits) if a in numbers and b in numbers]
    works = []
    for group in components(len(witnesses), (*links, *named)):
        members = [witnesses[number] for number in group]
        base = min(members, key=_first) if len(members) > 1 else members[0]
        rest = sorted((member for member in members if member is not base), key=_later)
        works.append(Work(base.id, base.id, (base.id, *(member.id for member in rest))))
    return tuple(sorted(works, key=lambda work: work.id))


def same_work(edits: Mapping[str, Edits]) -> list[tuple[str, str]]:
    """The pairs a curator joined, in order, those that ``not_mirrors`` parts left out."""
    parted = apart(edits)
    named = {(min(a, b), max(a, b)) for a, edit in edits.items() for b in edit.same_work if a != b}
    return sorted(named - parted)


def withdrawn(edits: Mapping[str, Edits]) -> frozenset[str]:
    """The ids of the texts a curator took down."""
    return frozenset(name for name, edit in edits.items() if edit.withdrawn)


def apart(edits: Mapping[str, Edits]) -> frozenset[tuple[str, str]]:
    """The pairs a curator parted, the lesser id first."""
    return frozenset((min(a, b), max(a, b)) for a, edit in edits.items() for b in edit.not_mirrors)


def _first(witness: Witness) -> tuple[bool, str, int, str]:
    date = witness.value(Field.DATE)
    return not date, date, -len(words_of(witness.text)), witness.id


def _later(witness: Witness) -> tuple[bool, str, str]:
    date = witness.value(Field.DATE)
    return not date, date, witness.id
