"""A work laid open: its witnesses with their sigla, who has which paragraph of the base, and the apparatus."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.observe.apparatus import Place, merge, sigla, swapped
from stemma.observe.parallels import Parallels, paragraph_starts, parallels
from stemma.publish.finding_aid import FindingAid, by_date, part_of
from stemma.records import Kind, Relation, VariantType, Witness, Work

LONGEST = 1_000_000
"""Characters of a body beyond which no paragraph is compared on the reading page."""

OUTER_DRAWN = 8
"""How many texts of other works are set beside a text, paragraph by paragraph."""

MOST_PARAGRAPHS = 3000
"""Paragraphs of a body beyond which no paragraph is compared on the reading page."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A work and what its pages show.

    ``members`` are the witnesses that stand (not taken down), ``outer`` the texts of other works that have a part of
    it; ``sigla`` covers both, ``parallels`` sets each compared member beside the base, and
    ``beyond`` the first of the outer texts. ``readings`` numbers, for each place of a paragraph, the reading of each
    siglum that does not read as the base does.
    """

    work: Work
    base: Witness
    members: tuple[str, ...]
    outer: tuple[str, ...]
    sigla: Mapping[str, str]
    parallels: Mapping[str, Parallels]
    places: tuple[Place, ...]
    beyond: Mapping[str, Parallels]
    readings: Mapping[int, tuple[Mapping[str, int], ...]]

    @property
    def base_stands(self) -> bool:
        """Whether the base may be shown."""
        return self.base.id in self.members

    def lower(self, id_: str) -> bool:
        """Whether a siglum is a small letter: a text of another work."""
        return id_ in self.outer


def opened(aid: FindingAid, work: Work) -> OpenWork:
    """Lay a work open."""
    base = aid.by_id[work.base]
    members = tuple(member for member in work.members if member not in aid.gone)
    found = [apparatus for member in members if (apparatus := aid.apparatuses.get((work.base, member)))]
    letters = dict(zip(work.members, sigla(len(work.members)), strict=True))
    texts = {apparatus.witness: aid.by_id[apparatus.witness].text for apparatus in found}
    outer = _outer(aid, work, members)
    small = sigla(len(work.members) + len(outer))[len(work.members) :]
    places = merge(base, found, letters, texts) if found else ()
    return OpenWork(
        work=work,
        base=base,
        members=members,
        outer=outer,
        sigla=letters | {id_: siglum.lower() for id_, siglum in zip(outer, small, strict=True)},
        parallels={each.witness: parallels(base, aid.by_id[each.witness], each) for each in found},
        places=places,
        beyond={id_: one for id_ in outer[:OUTER_DRAWN] if (one := beside(aid, base.id, id_))},
        readings=_readings(base, places),
    )


def _readings(base: Witness, places: Sequence[Place]) -> Mapping[int, tuple[Mapping[str, int], ...]]:
    starts = paragraph_starts(base)
    found: dict[int, list[Mapping[str, int]]] = {}
    for place in places:
        if place.type in (VariantType.SPELLING, VariantType.SUBSTANTIVE):
            numbers = {siglum: number for number, reading in enumerate(place.readings) for siglum in reading.sigla}
            found.setdefault(bisect_right(starts, place.start) - 1, []).append(numbers)
    return {paragraph: tuple(numbers) for paragraph, numbers in found.items()}


def beside(aid: FindingAid, one: str, other_: str) -> Parallels | None:
    """The paragraphs of one text in another, where the two are compared (in whichever direction)."""
    pair = aid.comparison(one, other_)
    if pair is None:
        return None
    apparatus = aid.apparatuses[pair]
    return parallels(aid.by_id[one], aid.by_id[other_], apparatus if pair[0] == one else swapped(apparatus))


def carried(relation: Relation, by: str) -> bool:
    """Whether the text ``by`` has a part of the other, rather than being wholly in it."""
    return relation.kind is Kind.EXCERPT or (relation.kind is Kind.CONTAINS and relation.a == by)


def _outer(aid: FindingAid, work: Work, members: tuple[str, ...]) -> tuple[str, ...]:
    """Texts of other works that carry a member or a part of it, by stated date."""
    found = {
        relation.other(member)
        for member in members
        for relation in aid.relations.get(member, ())
        if part_of(relation) and not relation.doubtful and carried(relation, relation.other(member))
    }
    inside = set(work.members)
    return tuple(sorted((id_ for id_ in found if id_ not in inside), key=lambda id_: by_date(aid.by_id[id_])))
