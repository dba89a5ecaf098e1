"""The apparatus of a whole work: each place of the base where witnesses differ, with every reading and its sigla."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from stemma.observe.parallels import flat
from stemma.records import Apparatus, Variant, VariantType, Witness

_ORDER = tuple(VariantType)


Characters = tuple[int, int]

_HEAVY = (VariantType.SPELLING, VariantType.SUBSTANTIVE)

_MAX_UNIT: Final = 60
"""Characters of the base beyond which a difference, or one over paragraphs, is a place of its own: the smaller ones
inside it are places too."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one or more witnesses have at a place. ``omitted``: they lack the lemma; ``added``: the lemma is empty.

    ``before``: where words that moved are in these witnesses, as a place of the base's text; None for all others.
    ``sigla`` are in the order of the work's members.
    """

    text: str
    sigla: tuple[str, ...]
    type: VariantType
    omitted: bool = False
    added: bool = False
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the base, ``start`` to ``end`` (characters of its text), and the readings that differ from it.

    Witnesses that agree with the base there are not named. ``type`` is the heaviest of the readings. Where words moved,
    that is a place of its own, and what differs in them are others.
    """

    start: int
    end: int
    lemma: str
    readings: tuple[Reading, ...]
    type: VariantType

    @property
    def moved(self) -> bool:
        """Whether the place says that words moved."""
        return self.readings[0].before is not None


def sigla(count: int) -> tuple[str, ...]:
    """The first ``count`` sigla: A, B, … Z, AA, AB and so on."""
    return tuple(_siglum(number) for number in range(count))


def _siglum(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def merge(
    base: Witness, apparatuses: Sequence[Apparatus], sigla: Mapping[str, str], texts: Mapping[str, str]
) -> tuple[Place, ...]:
    """The apparatus of a work from the apparatus of each of its witnesses.

    In: the base witness, the apparatuses whose base it is, sigla by witness id, body texts by witness id. Out: places
    in the order of the base. Differences of words that overlap make one place, whose readings are written out over the
    whole of it, but a long one is a place by itself; differences of typography alone are places apart. Insertions at
    one point are one place. No reading equals its lemma.
    """
    pool = [
        _Own(variant.base_start, variant.base_end, rank, variant, _target(variant, apparatus.variants))
        for rank, apparatus in enumerate(apparatuses)
        if apparatus.base == base.id
        for variant in flat(apparatus.variants)
        if variant.moved is None or variant.base_start < variant.base_end
    ]
    pool.sort(key=lambda own: (own.start, own.end, own.rank))
    heavy = [own for own in pool if own.before is None and own.variant.type in _HEAVY]
    groups = [
        *_overlapping([own for own in heavy if not own.wide(base.text)]),
        *_equal([own for own in heavy if own.wide(base.text)]),
        *_equal([own for own in pool if own.before is not None]),
        *_overlapping([own for own in pool if own.before is None and own.variant.type not in _HEAVY]),
    ]
    written = {rank: (sigla[one.witness], texts[one.witness]) for rank, one in enumerate(apparatuses)}
    places = [place for group in groups if (place := _place(base.text, group, written))]
    return tuple(sorted(places, key=lambda place: (place.start, place.end, place.type, place.lemma)))


@dataclass(frozen=True, slots=True)
class _Own:
    """A variant of one witness (by rank). ``before``: where its words are in the witness, if they moved."""

    start: int
    end: int
    rank: int
    variant: Variant
    before: int | None

    def wide(self, base: str) -> bool:
        """Whether the variant is a place of its own."""
        return self.end - self.start > _MAX_UNIT or "\n\n" in base[self.start : self.end]


def _target(variant: Variant, variants: Sequence[Variant]) -> int | None:
    """The place of the base at which a witness has words that moved."""
    if variant.moved is None:
        return None
    at = bisect_right(variants, variant.moved[0], key=lambda one: one.witness_start) - 1
    back = [one for one in variants[max(at - 1, 0) : at + 2] if one.moved and one.base_start == one.base_end]
    here = [one for one in back if one.witness_start <= variant.moved[0] < one.witness_end]
    return here[0].base_start if here else variant.base_start


def _place(base: str, group: Sequence[_Own], written: Mapping[int, tuple[str, str]]) -> Place | None:
    start, end = min(own.start for own in group), max(own.end for own in group)
    lemma = base[start:end]
    readings: dict[tuple[str, VariantType, int | None], list[str]] = {}
    for rank in sorted({own.rank for own in group}):
        siglum, witness = written[rank]
        own = [one for one in group if one.rank == rank]
        heaviest = max((one.variant.type for one in own), key=_ORDER.index)
        before = own[0].before
        text = "" if before is not None else _written(base, witness, start, end, [one.variant for one in own])
        if text != lemma:
            readings.setdefault((text, heaviest, before), []).append(siglum)
    rows = tuple(
        Reading(
            text=text,
            sigla=tuple(names),
            type=type_,
            omitted=before is None and bool(lemma.strip()) and not text.strip(),
            added=not lemma.strip() and bool(text.strip()),
            before=before,
        )
        for (text, type_, before), names in readings.items()
    )
    return Place(start, end, lemma, rows, max((row.type for row in rows), key=_ORDER.index)) if rows else None


def _equal(pool: Sequence[_Own]) -> Iterator[list[_Own]]:
    """Groups of variants of the same range."""
    for _, group in groupby(pool, key=lambda own: (own.start, own.end)):
        yield list(group)


def _overlapping(pool: Sequence[_Own]) -> Iterator[list[_Own]]:
    """Groups of variants that overlap in the base, or are at the same point."""
    group: list[_Own] = []
    first = last = -1
    for own in pool:
        if group and (own.start < last or own.start == first):
            last = max(last, own.end)
        else:
            if group:
                yield group
            group, first, last = [], own.start, own.end
        group.append(own)
    if group:
        yield group


def _written(base: str, witness: str, start: int, end: int, own: Sequence[Variant]) -> str:
    """The witness's words for ``start`` to ``end`` of the base: its variants there, the base's words between them."""
    parts, at = [], start
    for variant in own:
        parts += [base[at : variant.base_start], witness[variant.witness_start : variant.witness_end]]
        at = variant.base_end
    parts.append(base[at:end])
    return "".join(parts)


def swapped(apparatus: Apparatus) -> Apparatus:
    """The same differences seen from the other text."""
    away = sorted((one.moved, one.changes) for one in apparatus.variants if one.moved and one.base_start < one.base_end)
    return Apparatus(
        apparatus.witness,
        apparatus.base,
        tuple(_swapped(variant, _changes(variant, away)) for variant in apparatus.variants),
    )


def _changes(variant: Variant, away: Sequence[tuple[Characters, tuple[Variant, ...]]]) -> tuple[Variant, ...]:
    """The changes inside words that moved, for the variant at the place where the witness has them."""
    if variant.moved is None or variant.base_start < variant.base_end:
        return ()
    at = bisect_left(away, variant.witness_start, key=lambda one: one[0][0])
    found = away[at : at + 1] if at < len(away) and away[at][0][1] <= variant.witness_end else []
    return tuple(_swapped(change) for _, changes in found for change in changes)


def _swapped(variant: Variant, changes: tuple[Variant, ...] = ()) -> Variant:
    return Variant(
        variant.witness_start,
        variant.witness_end,
        variant.base_start,
        variant.base_end,
        variant.type,
        variant.moved,
        changes,
    )
