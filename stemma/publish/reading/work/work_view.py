"""A work laid open: its witnesses with their sigla, who has which paragraph of the base, and the apparatus."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.observe.apparatus import Place, merge, sigla, swapped
from stemma.observe.parallels import Parallels, paragraph_starts, parallels
from stemma.publish.reading.slices import WorkSlice
from stemma.records import VariantType, Witness, Work

MAX_CHARACTERS: Final = 1_000_000
"""Characters of a body beyond which no paragraph is compared on the reading page."""

MAX_OUTER: Final = 8
"""How many texts of other works are set beside a text, paragraph by paragraph."""

MAX_PARAGRAPHS: Final = 3000
"""Paragraphs of a body beyond which no paragraph is compared on the reading page."""


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work and what its pages show.

    ``members`` are the published witnesses, ``outer`` the texts of other works that have a part of it. ``sigla`` covers
    both, ``parallels`` sets each compared member beside the base, and ``beyond`` the first of the outer texts.
    ``readings`` numbers, for each place of a paragraph, the reading of each siglum that does not read as the base does.
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
    def base_published(self) -> bool:
        """Whether the base may be shown."""
        return self.base.id in self.members

    def lower(self, id_: str) -> bool:
        """Whether a siglum is a small letter: a text of another work."""
        return id_ in self.outer


def view_work(scope: WorkSlice) -> WorkView:
    """What the pages of a work have in common, worked out once."""
    work = scope.work
    base = scope.texts[work.base]
    found = [apparatus for member in scope.members if (apparatus := scope.apparatuses.get((work.base, member)))]
    letters = dict(zip(work.members, sigla(len(work.members)), strict=True))
    texts = {apparatus.witness: scope.texts[apparatus.witness].text for apparatus in found}
    outer = scope.outer
    small = sigla(len(work.members) + len(outer))[len(work.members) :]
    places = merge(base, found, letters, texts) if found else ()
    return WorkView(
        work=work,
        base=base,
        members=scope.members,
        outer=outer,
        sigla=letters | {id_: siglum.lower() for id_, siglum in zip(outer, small, strict=True)},
        parallels={each.witness: parallels(base, scope.texts[each.witness], each) for each in found},
        places=places,
        beyond={id_: one for id_ in outer[:MAX_OUTER] if (one := beside(scope, base.id, id_))},
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


def beside(scope: WorkSlice, one: str, other_: str) -> Parallels | None:
    """The paragraphs of one text in another, where the two are compared (in whichever direction)."""
    pair = scope.comparison(one, other_)
    if pair is None:
        return None
    apparatus = scope.apparatuses[pair]
    return parallels(scope.texts[one], scope.texts[other_], apparatus if pair[0] == one else swapped(apparatus))
