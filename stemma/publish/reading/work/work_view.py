"""A work laid open: its witnesses with their sigla, who has which paragraph of the base, and the apparatus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.observe.apparatus import Place, merge, sigla, swapped
from stemma.observe.outline import Outline
from stemma.observe.parallels import Parallels, parallels
from stemma.publish.reading.slices import WorkSlice
from stemma.publish.wording.translation import ENGLISH, Translation
from stemma.records import VariantType, Witness, Work

MAX_CHARACTERS: Final = 1_000_000
"""Characters of a body beyond which no paragraph is compared on the reading page."""

MAX_OUTER: Final = 8
"""How many texts of other works are set beside a text, paragraph by paragraph; the others are counted."""

MAX_PARAGRAPHS: Final = 3000
"""Paragraphs of a body beyond which no paragraph is compared on the reading page."""


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work and what its pages show.

    ``members`` are the published witnesses, ``outer`` the texts of other works that have a part of it, ``inner`` those
    that it contains. ``sigla`` covers all, ``outlines`` every related text, ``parallels`` sets each compared member
    beside the base, and ``beyond`` the first of the texts of other works.
    ``readings`` numbers, for each place of a paragraph, the reading of each siglum that does not read as the base does.
    ``tr`` has the words of the pages.
    """

    work: Work
    base: Witness
    members: tuple[str, ...]
    outer: tuple[str, ...]
    inner: tuple[str, ...]
    outlines: Mapping[str, Outline]
    sigla: Mapping[str, str]
    parallels: Mapping[str, Parallels]
    places: tuple[Place, ...]
    beyond: Mapping[str, Parallels]
    readings: Mapping[int, tuple[Mapping[str, int], ...]]
    tr: Translation

    @property
    def base_published(self) -> bool:
        """Whether the base may be shown."""
        return self.base.id in self.members

    def lower(self, id_: str) -> bool:
        """Whether a siglum is a small letter: a text of another work."""
        return id_ in self.outer or id_ in self.inner


def view_work(scope: WorkSlice, tr: Translation = ENGLISH) -> WorkView:
    """What the pages of a work have in common, worked out once."""
    work = scope.work
    base = scope.texts[work.base]
    found = [apparatus for member in scope.members if (apparatus := scope.apparatuses.get((work.base, member)))]
    letters = dict(zip(work.members, sigla(len(work.members)), strict=True))
    texts = {apparatus.witness: scope.texts[apparatus.witness].text for apparatus in found}
    others = (*scope.outer, *scope.inner)
    small = sigla(len(work.members) + len(others))[len(work.members) :]
    outlines = {id_: Outline(text) for id_, text in scope.texts.items()}
    places = merge(base, found, letters, texts) if found else ()
    return WorkView(
        work=work,
        base=base,
        members=scope.members,
        outer=scope.outer,
        inner=scope.inner,
        outlines=outlines,
        sigla=letters | {id_: siglum.lower() for id_, siglum in zip(others, small, strict=True)},
        parallels={each.witness: parallels(outlines[base.id], outlines[each.witness], each) for each in found},
        places=places,
        beyond={id_: one for id_ in others[:MAX_OUTER] if (one := beside(scope, outlines, base.id, id_))},
        readings=_readings(outlines[base.id], places),
        tr=tr,
    )


def _readings(base: Outline, places: Sequence[Place]) -> Mapping[int, tuple[Mapping[str, int], ...]]:
    found: dict[int, list[Mapping[str, int]]] = {}
    for place in places:
        if place.type in (VariantType.SPELLING, VariantType.SUBSTANTIVE) and not place.moved:
            numbers = {siglum: number for number, reading in enumerate(place.readings) for siglum in reading.sigla}
            found.setdefault(base.paragraph_at(place.start), []).append(numbers)
    return {paragraph: tuple(numbers) for paragraph, numbers in found.items()}


def beside(scope: WorkSlice, outlines: Mapping[str, Outline], one: str, other_: str) -> Parallels | None:
    """The paragraphs of one text in another, where the two are compared (in whichever direction); no additions."""
    pair = scope.comparison(one, other_)
    if pair is None:
        return None
    apparatus = scope.apparatuses[pair]
    seen = apparatus if pair[0] == one else swapped(apparatus)
    return parallels(outlines[one], outlines[other_], seen, additions=False)
