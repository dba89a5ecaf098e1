"""Works: witnesses of one text, joined by mirrors, revisions and growth, with a base and an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from stemma.dates import first_day
from stemma.records import Edits, Field, Witness, Work
from stemma.relate.detect.closure import components
from stemma.text import words_of


def cluster(
    witnesses: Sequence[Witness], links: Iterable[tuple[int, int]], edits: Mapping[str, Edits]
) -> tuple[Work, ...]:
    """Each witness in exactly one work.

    Joined are the witnesses (by number) that links name, and those that a curator's ``same_work`` does; ``not_mirrors``
    separates two, though a third may still join them. The base is the witness with the earliest date, then the most
    words, then the least id; the others follow by date, the undated last. A work's id is its base's id. A withdrawn
    witness joins nothing: no text is compared with one that nobody may read.
    """
    absent = withdrawn(edits)
    numbers = {witness.id: number for number, witness in enumerate(witnesses) if witness.id not in absent}
    named = [(numbers[a], numbers[b]) for a, b in joined_pairs(edits) if a in numbers and b in numbers]
    works = []
    for group in components(len(witnesses), (*links, *named)):
        members = [witnesses[number] for number in group]
        base = _base(members)
        rest = sorted((member for member in members if member is not base), key=_by_date)
        works.append(Work(base.id, base.id, (base.id, *(member.id for member in rest))))
    return tuple(sorted(works, key=lambda work: work.id))


def joined_pairs(edits: Mapping[str, Edits]) -> list[tuple[str, str]]:
    """The pairs a curator joined, in order, without those that ``not_mirrors`` separates."""
    separated = separated_pairs(edits)
    named = {(min(a, b), max(a, b)) for a, edit in edits.items() for b in edit.same_work if a != b}
    return sorted(named - separated)


def withdrawn(edits: Mapping[str, Edits]) -> frozenset[str]:
    """The ids of the texts a curator withdrew."""
    return frozenset(name for name, edit in edits.items() if edit.withdrawn)


def separated_pairs(edits: Mapping[str, Edits]) -> frozenset[tuple[str, str]]:
    """The pairs a curator separated, the lesser id first."""
    return frozenset((min(a, b), max(a, b)) for a, edit in edits.items() for b in edit.not_mirrors)


def _base(members: Sequence[Witness]) -> Witness:
    """The earliest; of several the longest, in words; of several the one with the least id."""
    least = min(map(_when, members))
    earliest = [member for member in members if _when(member) == least]
    return min(earliest, key=_longest) if len(earliest) > 1 else earliest[0]


def _longest(witness: Witness) -> tuple[int, str]:
    return -len(words_of(witness.text)), witness.id


def _by_date(witness: Witness) -> tuple[bool, str, str]:
    return *_when(witness), witness.id


def _when(witness: Witness) -> tuple[bool, str]:
    date = _earliest(witness)
    return not date, date


def _earliest(witness: Witness) -> str:
    """The earliest day the stated date can mean, empty where none is stated."""
    date = witness.value(Field.DATE)
    return first_day(date) if date else ""
