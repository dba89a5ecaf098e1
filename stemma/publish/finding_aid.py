"""The finding aid: what belongs to each text of the archive, found once and looked up by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.publish.wording.dates import parts
from stemma.publish.wording.titles import Heading, heading
from stemma.records import Apparatus, Archive, Field, Kind, Relation, Witness, Work


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The text before and after one, by stated date, among the texts of ``publisher`` (or, if empty, of all)."""

    before: str
    after: str
    publisher: str


@dataclass(frozen=True, slots=True)
class FindingAid:
    """An archive, indexed by id. ``gone``: the texts that were taken down, of which nothing is shown.

    ``parted``: for a text, the copies of it that were taken down; for one taken down, the copies that stand.
    """

    archive: Archive
    by_id: Mapping[str, Witness]
    work_of: Mapping[str, Work]
    headings: Mapping[str, Heading]
    relations: Mapping[str, tuple[Relation, ...]]
    apparatuses: Mapping[tuple[str, str], Apparatus]
    pairs: Mapping[tuple[str, str], Relation]
    with_witness: Mapping[str, tuple[Apparatus, ...]]
    neighbours: Mapping[str, Neighbours]
    gone: frozenset[str]
    parted: Mapping[str, tuple[str, ...]]

    def relation(self, one: str, other: str) -> Relation | None:
        """The relation of two texts, in whichever direction it is written."""
        return self.pairs.get((one, other)) or self.pairs.get((other, one))

    def comparison(self, one: str, other: str) -> tuple[str, str] | None:
        """The pair of ids under which two texts are compared, or None where they are not."""
        for pair in ((one, other), (other, one)):
            if pair in self.apparatuses:
                return pair
        return None


def finding_aid(archive: Archive) -> FindingAid:
    """Index an archive once; linear in its size."""
    gone = frozenset(edits.id for edits in archive.edits.values() if edits.withdrawn)
    relations: dict[str, list[Relation]] = {}
    for relation in archive.relations:
        if relation.a in gone or relation.b in gone:
            continue
        relations.setdefault(relation.a, []).append(relation)
        relations.setdefault(relation.b, []).append(relation)
    apparatuses = [one for one in archive.apparatuses if one.base not in gone and one.witness not in gone]
    with_witness: dict[str, list[Apparatus]] = {}
    for apparatus in apparatuses:
        with_witness.setdefault(apparatus.witness, []).append(apparatus)
    return FindingAid(
        archive=archive,
        by_id=archive.by_id,
        work_of=archive.work_of,
        headings={witness.id: heading(witness) for witness in archive.witnesses},
        relations={id_: tuple(found) for id_, found in relations.items()},
        apparatuses={(one.base, one.witness): one for one in apparatuses},
        with_witness={id_: tuple(found) for id_, found in with_witness.items()},
        pairs={(relation.a, relation.b): relation for relation in archive.relations},
        neighbours=_neighbours([witness for witness in archive.witnesses if witness.id not in gone]),
        gone=gone,
        parted=_parted(archive, gone),
    )


def _parted(archive: Archive, gone: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Pairs of which one is gone: by their relation, or by what the page of the one that is gone last listed."""
    pairs = {(relation.a, relation.b) for relation in archive.relations if (relation.a in gone) != (relation.b in gone)}
    pairs |= {
        (name, mirror)
        for name in gone
        if name not in archive.by_id
        for mirror in archive.edits[name].mirrors
        if mirror in archive.by_id and mirror not in gone
    }
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {name: tuple(sorted(others)) for name, others in found.items()}


def part_of(relation: Relation) -> bool:
    """Whether a relation links a text with one that has a part of it, or of which it is a part."""
    return relation.kind in (Kind.CONTAINS, Kind.EXCERPT)


def by_date(witness: Witness) -> tuple[bool, tuple[int, ...], str]:
    """The order of texts by stated date, those without one last."""
    date = parts(witness.value(Field.DATE))
    return not date, date, witness.id


def _neighbours(witnesses: Sequence[Witness]) -> Mapping[str, Neighbours]:
    ordered = sorted(witnesses, key=by_date)
    houses: dict[str, list[str]] = {}
    for witness in ordered:
        houses.setdefault(witness.value(Field.PUBLISHER), []).append(witness.id)
    found = _row([witness.id for witness in ordered], "")
    for publisher, ids in houses.items():
        if publisher and len(ids) > 1:
            found.update(_row(ids, publisher))
    return found


def _row(ids: Sequence[str], publisher: str) -> dict[str, Neighbours]:
    padded = ["", *ids, ""]
    return {id_: Neighbours(padded[place], padded[place + 2], publisher) for place, id_ in enumerate(padded[1:-1])}
