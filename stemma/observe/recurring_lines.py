"""The furniture atlas: lines set aside on pages of at least two unrelated works, with their carriers and variants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import xxhash

from stemma.records import Label, Witness, Work
from stemma.text import fold, words_of

LARGEST: Final = 500
"""The atlas holds at most so many entries: those with the most carriers."""

_FEWEST_WORDS: Final = 3
_VARIANTS: Final = 20
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Furniture:
    """One recurring line: as most pages write it, its label, who carries it, and how else it is written.

    ``carriers`` are ids of witnesses in order, ``works`` how many unrelated works these belong to. ``variants`` are
    other writings of the same words (signs, capitals, spaces), the commonest first, at most twenty.
    """

    text: str
    label: Label
    carriers: tuple[str, ...]
    works: int
    variants: tuple[str, ...]


def furniture(witnesses: Sequence[Witness], works: Sequence[Work], most: int = LARGEST) -> tuple[Furniture, ...]:
    """The recurring furniture of an archive, most works first, then most carriers, then by its words.

    Lines are compared by their folded words, and have at least three. In: all witnesses with their labelled blocks, all
    works. Titles and what a page says of its date and author are not furniture.
    """
    work_of = {member: work.id for work in works for member in work.members}
    ordered = sorted(witnesses, key=lambda witness: witness.id)
    recurring = _recurring(ordered, work_of)
    carriers: dict[int, dict[str, None]] = {key: {} for key in sorted(recurring)}
    writings: dict[int, Counter[tuple[str, Label]]] = {key: Counter() for key in sorted(recurring)}
    for witness in ordered:
        for key, line, label in _set_aside(witness):
            if key in recurring:
                carriers[key][witness.id] = None
                writings[key][line[:_LONGEST], label] += 1
    entries = (
        _entry(len({work_of.get(id_, id_) for id_ in carriers[key]}), tuple(carriers[key]), writings[key])
        for key in carriers
    )
    return tuple(sorted(entries, key=lambda entry: (-entry.works, -len(entry.carriers), entry.text))[:most])


def _recurring(witnesses: Sequence[Witness], work_of: Mapping[str, str]) -> frozenset[int]:
    """The lines on pages of two works and more, as hashes: most lines are met once, and need not be kept."""
    met: dict[int, str] = {}
    out: set[int] = set()
    for witness in witnesses:
        work = work_of.get(witness.id, witness.id)
        out.update(key for key, _, _ in _set_aside(witness) if met.setdefault(key, work) != work)
    return frozenset(out)


_OF_THE_TEXT: Final = frozenset((Label.BODY, Label.TITLE, Label.META))


def _set_aside(witness: Witness) -> Iterator[tuple[int, str, Label]]:
    """The lines of a page that are furniture, stripped, with a hash of their folded words."""
    lines = witness.accession.lines
    for block in witness.blocks:
        if block.label not in _OF_THE_TEXT:
            for line in lines[block.first - 1 : block.last]:
                words = [fold(word) for word in words_of(line)]
                if len(words) >= _FEWEST_WORDS:
                    key = xxhash.xxh3_64_intdigest(" ".join(words).encode("utf-8", "surrogatepass"))
                    yield key, line.strip(), block.label


def _entry(works: int, carriers: tuple[str, ...], writings: Mapping[tuple[str, Label], int]) -> Furniture:
    ranked = sorted(writings, key=lambda writing: (-writings[writing], writing))
    texts = list(dict.fromkeys(text for text, _ in ranked))
    labels: Counter[Label] = Counter()
    for (_, label), count in writings.items():
        labels[label] += count
    label = min(labels, key=lambda one: (-labels[one], one.value))
    return Furniture(texts[0], label, carriers, works, tuple(texts[1 : 1 + _VARIANTS]))
