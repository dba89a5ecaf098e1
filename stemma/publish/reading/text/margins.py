"""The margin of a reading page: beside each paragraph, which other witnesses have it, and how."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from stemma.observe.parallels import Parallel, Parallels, State, paragraph_starts
from stemma.publish.output import urls
from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.work.work_view import MAX_CHARACTERS, MAX_OUTER, MAX_PARAGRAPHS, WorkView, beside
from stemma.records import Witness
from stemma.text import WORD

MAX_SLOTS: Final = 8
"""Witnesses that each have a fixed place in the margin; of more, only those that differ are named."""

MAX_BESIDE: Final = 200
"""Witnesses set beside each paragraph; in a larger work the first of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One witness beside one paragraph. ``small``: a text of another work. ``link`` leads to the comparison."""

    siglum: str
    small: bool
    state: State
    places: int
    link: str


@dataclass(frozen=True, slots=True)
class Margin:
    """The witnesses named beside one paragraph. ``same`` and ``others`` count those not named: alike, and different."""

    entries: tuple[Entry, ...]
    same: int = 0
    others: int = 0

    @property
    def alone(self) -> bool:
        """Whether no other witness has the paragraph."""
        return not self.same and not self.others and all(entry.state is State.LACKING for entry in self.entries)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a text has of one paragraph, and the anchor of the comparison that shows it."""

    state: State
    places: int
    link: str


def margins(scope: WorkSlice, view: WorkView, witness: Witness) -> tuple[Margin, ...]:
    """One margin a paragraph of the witness; none at all for a single witness or a text too long to compare so."""
    if len(witness.body) > MAX_PARAGRAPHS or len(witness.text) > MAX_CHARACTERS:
        return ()
    rows: dict[str, Sequence[_Row]] = {}
    if view.base_published:
        rows.update(_members(scope, view, witness))
    for id_ in view.outer[:MAX_OUTER]:
        found = _direct(scope, witness.id, id_, view.beyond.get(id_) if witness.id == view.base.id else None)
        if found:
            rows[id_] = found
    if not rows:
        return ()
    return tuple(_margin(view, rows, number) for number in range(len(witness.body)))


def _margin(view: WorkView, rows: Mapping[str, Sequence[_Row]], number: int) -> Margin:
    entries = [
        Entry(view.sigla[id_], view.lower(id_), row[number].state, row[number].places, row[number].link)
        for id_, row in rows.items()
    ]
    if len(entries) <= MAX_SLOTS:
        return Margin(tuple(entries))
    differing = [entry for entry in entries if entry.state is not State.SAME]
    return Margin(tuple(differing[:MAX_SLOTS]), len(entries) - len(differing), max(len(differing) - MAX_SLOTS, 0))


def _members(scope: WorkSlice, view: WorkView, witness: Witness) -> Iterator[tuple[str, Sequence[_Row]]]:
    if witness.id == view.base.id:
        for id_, parallel in islice(view.parallels.items(), MAX_BESIDE):
            yield id_, [_row(urls.comparison(view.base.id, id_), one, "q") for one in parallel.paragraphs]
        return
    own = view.parallels.get(witness.id)
    if own is None:
        return
    yield view.base.id, _direct(scope, witness.id, view.base.id)
    home = _homes(scope, view, witness)
    for id_, parallel in islice(view.parallels.items(), MAX_BESIDE):
        if id_ != witness.id:
            yield id_, list(_composed(view, witness, own, (id_, parallel), home))


def _direct(scope: WorkSlice, one: str, other: str, known: Parallels | None = None) -> Sequence[_Row]:
    """The rows of a text compared with this one without a third between them."""
    pair, found = scope.comparison(one, other), known or beside(scope, one, other)
    if pair is None or found is None:
        return ()
    letter = "q" if pair[0] == one else "r"
    return [_row(urls.comparison(*pair), parallel, letter) for parallel in found.paragraphs]


def _row(address: str, parallel: Parallel, letter: str) -> _Row:
    return _Row(parallel.state, parallel.places, f"{address}#{letter}{parallel.paragraph + 1}")


def _composed(
    view: WorkView,
    witness: Witness,
    own: Parallels,
    partner: tuple[str, Parallels],
    home: Sequence[int | None],
) -> Iterator[_Row]:
    """What a third witness has of each paragraph, seen through the base both are compared with."""
    id_, theirs = partner
    address = urls.comparison(view.base.id, id_)
    added = {tuple(WORD.findall(addition.text)) for addition in theirs.additions}
    for number, place in enumerate(home):
        if place is None:
            same = tuple(WORD.findall(witness.body[number].text)) in added
            yield _Row(State.SAME if same else State.LACKING, 0, address)
            continue
        link = f"{address}#q{place + 1}"
        mine, other = own.paragraphs[place], theirs.paragraphs[place]
        if other.state is State.LACKING or mine.state is State.SAME:
            yield _Row(other.state, other.places, link)
            continue
        places = _differing(view.readings.get(place, ()), view.sigla[witness.id], view.sigla[id_])
        moved = (mine.state is State.MOVED) != (other.state is State.MOVED)
        alike = State.MOVED if moved else State.SAME
        yield _Row(State.DIFFERS if places and not moved else alike, places, link)


def _differing(places: Sequence[Mapping[str, int]], one: str, other: str) -> int:
    """At how many places two witnesses do not read the same."""
    return sum(readings.get(one, -1) != readings.get(other, -1) for readings in places)


def _homes(scope: WorkSlice, view: WorkView, witness: Witness) -> Sequence[int | None]:
    """For each paragraph of a witness the paragraph of the base it shares most with, or None."""
    apparatus = scope.apparatuses[view.base.id, witness.id]
    theirs, ours = paragraph_starts(view.base), paragraph_starts(witness)
    shared: list[dict[int, int]] = [{} for _ in ours]
    at_base = at_witness = 0
    stretches: list[tuple[int, int, int]] = []
    for variant in apparatus.variants:
        stretches.append((at_base, at_witness, variant.base_start - at_base))
        if variant.moved is not None and variant.base_end > variant.base_start:
            stretches.append((variant.base_start, variant.moved[0], variant.base_end - variant.base_start))
        at_base, at_witness = variant.base_end, variant.witness_end
    stretches.append((at_base, at_witness, len(view.base.text) - at_base))
    for base, place, length in stretches:
        _share(shared, theirs, ours, base, place, length)
    return [max(sorted(found), key=lambda q, found=found: found[q]) if found else None for found in shared]  # type: ignore[misc]


def _share(  # noqa: PLR0917
    shared: list[dict[int, int]], theirs: Sequence[int], ours: Sequence[int], base: int, place: int, length: int
) -> None:
    """Credit one equal stretch to the pairs of paragraphs it runs through."""
    while length > 0:
        q, p = bisect_right(theirs, base) - 1, bisect_right(ours, place) - 1
        step = min(
            length,
            theirs[q + 1] - base if q + 1 < len(theirs) else length,
            ours[p + 1] - place if p + 1 < len(ours) else length,
        )
        if step > 2:  # more than the blank line between two paragraphs
            shared[p][q] = shared[p].get(q, 0) + step
        base, place, length = base + step, place + step, length - step
