"""The apparatus of a whole work: each place of the base where witnesses differ, with every reading and its sigla."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stemma.records import Apparatus, Variant, VariantType, Witness

_ORDER = tuple(VariantType)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one or more witnesses have at a place. ``omitted``: they lack the lemma; ``added``: the lemma is empty.

    ``moved``: the words stand elsewhere in the other text. ``sigla`` are in the order of the work's members.
    """

    text: str
    sigla: tuple[str, ...]
    type: VariantType
    omitted: bool = False
    added: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the base, ``start`` to ``end`` (characters of its text), and the readings that differ from it.

    Witnesses that agree with the base there are not named. ``type`` is the heaviest of the readings.
    """

    start: int
    end: int
    lemma: str
    readings: tuple[Reading, ...]
    type: VariantType


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
    in the order of the base. Differences of several witnesses that overlap make one place, whose readings are written
    out over the whole of it; insertions at one point are one place.
    """
    text = base.text
    pool = sorted(
        (
            (variant.base_start, variant.base_end, rank, variant)
            for rank, apparatus in enumerate(apparatuses)
            if apparatus.base == base.id
            for variant in apparatus.variants
        ),
        key=lambda entry: entry[:3],
    )
    places = []
    for start, end, group in _overlapping(pool):
        readings: dict[tuple[str, VariantType, bool], list[str]] = {}
        for rank in sorted({rank for rank, _ in group}):
            witness = apparatuses[rank].witness
            own = [variant for owner, variant in group if owner == rank]
            written = _written(text, texts[witness], start, end, own)
            heaviest = max((variant.type for variant in own), key=_ORDER.index)
            moved = any(variant.moved is not None for variant in own)
            readings.setdefault((written, heaviest, moved), []).append(sigla[witness])
        lemma = text[start:end]
        rows = tuple(
            Reading(
                text=written,
                sigla=tuple(names),
                type=heaviest,
                omitted=bool(lemma.strip()) and not written.strip(),
                added=not lemma.strip() and bool(written.strip()),
                moved=moved,
            )
            for (written, heaviest, moved), names in readings.items()
        )
        places.append(Place(start, end, lemma, rows, max((row.type for row in rows), key=_ORDER.index)))
    return tuple(places)


def _overlapping(
    pool: Sequence[tuple[int, int, int, Variant]],
) -> Iterator[tuple[int, int, list[tuple[int, Variant]]]]:
    """Groups of variants that overlap in the base, or stand at the same point."""
    group: list[tuple[int, Variant]] = []
    first = last = -1
    for start, end, rank, variant in pool:
        if group and (start < last or start == first):
            last = max(last, end)
        else:
            if group:
                yield first, last, group
            group, first, last = [], start, end
        group.append((rank, variant))
    if group:
        yield first, last, group


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
    return Apparatus(apparatus.witness, apparatus.base, tuple(map(_swapped, apparatus.variants)))


def _swapped(variant: Variant) -> Variant:
    return replace(
        variant,
        base_start=variant.witness_start,
        base_end=variant.witness_end,
        witness_start=variant.base_start,
        witness_end=variant.base_end,
    )
