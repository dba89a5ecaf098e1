"""The margin of a reading page: beside each paragraph, which other witnesses have it, and how."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from stemma.observe.compilation import shared_paragraphs
from stemma.observe.outline import paragraph_key
from stemma.observe.parallels import Parallel, Parallels, State
from stemma.publish.output import urls
from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.work.readings import Readings
from stemma.publish.reading.work.shared_rows import MAX_ANCHORED
from stemma.publish.reading.work.work_view import MAX_CHARACTERS, MAX_OUTER, MAX_PARAGRAPHS, WorkView, beside
from stemma.records import Witness

MAX_SLOTS: Final = 8
"""Witnesses that each have a fixed place in the margin; of more, only those that differ are named."""

MAX_BESIDE: Final = 200
"""Witnesses set beside each paragraph; in a larger work the first of them."""

MAX_CHECKED: Final = 50_000_000
"""Characters in which the paragraphs of a text are looked for, one by one. Beyond, none is said to be in no other,
and a witness is said to have the same words only where one of its own paragraphs has just these."""


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
    """The witnesses named beside one paragraph. ``same`` and ``others`` count those not named: alike, and different.

    ``elsewhere`` counts related texts that are neither, and have words of the paragraph. ``alone``: no related text has
    any of it, after every one was asked, and no other text of the archive has the paragraph. ``readings`` leads to
    all readings of the paragraph, side by side; empty where there are fewer than three texts or no difference.
    """

    entries: tuple[Entry, ...]
    same: int = 0
    others: int = 0
    elsewhere: int = 0
    alone: bool = False
    readings: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """What a text has of one paragraph, and the anchor of the comparison that shows it.

    ``words``: the paragraph has some. ``composed``: it was seen through the base, not compared with the text itself.
    """

    state: State
    places: int
    link: str
    words: bool = True
    composed: bool = False


def margins(scope: WorkSlice, view: WorkView, witness: Witness, readings: Readings | None = None) -> tuple[Margin, ...]:
    """One margin a paragraph of the witness; none at all for a single witness or a text too long to compare so."""
    if len(witness.body) > MAX_PARAGRAPHS or len(witness.text) > MAX_CHARACTERS:
        return ()
    rows: dict[str, Sequence[_Row]] = {}
    home = _homes(scope, view, witness) if view.base_published else ()
    if view.base_published:
        rows.update(_members(scope, view, witness, home))
    near = [other for other in (*view.outer, *view.inner) if scope.relation(witness.id, other)]
    for id_ in near[:MAX_OUTER]:
        known = view.beyond.get(id_) if witness.id == view.base.id else None
        found = _direct(scope, view, witness.id, id_, known)
        if found:
            rows[id_] = found
    relations = scope.relations.get(witness.id, ())
    if not rows and not relations:
        return ()
    reached = shared_paragraphs(witness, relations)
    texts = (rows.keys() | reached.keys()) & view.outlines.keys()
    checked = len(witness.body) * sum(len(view.outlines[id_].text) for id_ in texts) <= MAX_CHECKED
    return tuple(
        _margin(
            view,
            rows,
            number,
            _holders(view, witness, number, texts, reached) if checked else None,
            words=view.outlines[witness.id].paragraphs[number],
            recurs=paragraph_key(paragraph.text) in scope.recurring,
            readings=_side_by_side(view, readings, home[number] if home else None),
        )
        for number, paragraph in enumerate(witness.body)
    )


def _side_by_side(view: WorkView, readings: Readings | None, place: int | None) -> str:
    """Where the readings of a paragraph of the base are."""
    if readings is None or place is None or place + 1 not in readings.numbers:
        return ""
    return f"{urls.work(view.base.id)}#r{place + 1}"


def _holders(
    view: WorkView, witness: Witness, number: int, texts: AbstractSet[str], reached: Mapping[str, AbstractSet[int]]
) -> dict[str, bool]:
    """The related texts that have a paragraph (True), or words of it in a shared passage (False)."""
    words = view.outlines[witness.id].paragraphs[number]
    if not words:
        return {}
    found = {id_: False for id_ in texts if number in reached.get(id_, ())}
    return found | {id_: True for id_ in texts if view.outlines[id_].has(words)}


def _margin(
    view: WorkView,
    rows: Mapping[str, Sequence[_Row]],
    number: int,
    holders: Mapping[str, bool] | None,
    *,
    words: str,
    recurs: bool,
    readings: str,
) -> Margin:
    entries = [
        Entry(view.sigla[id_], view.lower(id_), row.state, row.places, row.link)
        for id_, found in rows.items()
        if (row := _verified(view, found[number], id_, holders, words)).state is not State.LACKING
        or id_ not in view.inner
    ]
    alone = not recurs and holders is not None and not holders and all(one.state is State.LACKING for one in entries)
    elsewhere = len(holders.keys() - rows.keys()) if holders else 0
    if len(entries) <= MAX_SLOTS:
        return Margin(tuple(entries), elsewhere=elsewhere, alone=alone, readings=readings)
    differing = [entry for entry in entries if entry.state is not State.SAME]
    same, more = len(entries) - len(differing), max(len(differing) - MAX_SLOTS, 0)
    return Margin(tuple(differing[:MAX_SLOTS]), same, more, elsewhere, alone, readings)


def _verified(view: WorkView, row: _Row, id_: str, holders: Mapping[str, bool] | None, words: str) -> _Row:
    """The row, set right where it was seen through a third text or another paragraph."""
    if holders is None:
        whole = words in view.outlines[id_].whole_paragraphs
        if row.state is State.LACKING and words and whole:
            return replace(row, state=State.SAME)
        if row.composed and row.state is State.SAME and words and not whole:
            return replace(row, state=State.PART)
        return row
    if row.state is State.LACKING and id_ in holders:
        return replace(row, state=State.SAME if holders[id_] else State.PART)
    if row.state is State.SAME and not holders.get(id_, False) and row.words:
        return replace(row, state=State.DIFFERS)
    return row


def _members(
    scope: WorkSlice, view: WorkView, witness: Witness, home: Sequence[int | None]
) -> Iterator[tuple[str, Sequence[_Row]]]:
    if witness.id == view.base.id:
        for id_, parallel in islice(view.parallels.items(), MAX_BESIDE):
            yield id_, [_row(urls.comparison(view.base.id, id_), one, "q") for one in parallel.paragraphs]
        return
    own = view.parallels.get(witness.id)
    if own is None:
        return
    yield view.base.id, _direct(scope, view, witness.id, view.base.id)
    for id_, parallel in islice(view.parallels.items(), MAX_BESIDE):
        if id_ != witness.id:
            yield id_, list(_composed(view, witness, own, (id_, parallel), home))


def _direct(scope: WorkSlice, view: WorkView, one: str, other: str, known: Parallels | None = None) -> Sequence[_Row]:
    """The rows of a text compared with this one without a third between them."""
    pair, found = scope.comparison(one, other), known or beside(scope, view.outlines, one, other)
    if pair is None or found is None:
        return ()
    letter = "q" if pair[0] == one else "r"
    address = urls.comparison(*pair)
    rows = [_row(address, parallel, letter) for parallel in found.paragraphs]
    if len(rows) <= MAX_ANCHORED:
        return rows
    return [replace(row, link=address) if row.state is State.LACKING or not row.words else row for row in rows]


def _row(address: str, parallel: Parallel, letter: str) -> _Row:
    return _Row(parallel.state, parallel.places, f"{address}#{letter}{parallel.paragraph + 1}", parallel.words > 0)


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
    paragraphs = view.outlines[witness.id].paragraphs
    for number, place in enumerate(home):
        if place is None:
            yield _Row(State.LACKING, 0, address)
            continue
        link = f"{address}#q{place + 1}"
        mine, other = own.paragraphs[place], theirs.paragraphs[place]
        if other.state is State.LACKING or mine.state is State.SAME:
            yield _Row(other.state, other.places, link, bool(paragraphs[number]), composed=True)
            continue
        places = _differing(view.readings.get(place, ()), view.sigla[witness.id], view.sigla[id_])
        moved = (mine.state is State.MOVED) != (other.state is State.MOVED)
        alike = State.MOVED if moved else State.SAME
        state = State.DIFFERS if places and not moved else alike
        yield _Row(state, places, link, bool(paragraphs[number]), composed=True)


def _differing(places: Sequence[Mapping[str, int]], one: str, other: str) -> int:
    """At how many places two witnesses do not read the same."""
    return sum(readings.get(one, -1) != readings.get(other, -1) for readings in places)


def _homes(scope: WorkSlice, view: WorkView, witness: Witness) -> Sequence[int | None]:
    """For each paragraph of a witness the paragraph of the base it shares most with, or None; nothing uncompared."""
    if witness.id == view.base.id:
        return range(len(witness.body))
    if witness.id not in view.parallels:
        return ()
    apparatus = scope.apparatuses[view.base.id, witness.id]
    theirs, ours = view.outlines[view.base.id].starts, view.outlines[witness.id].starts
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
