"""The furniture atlas: lines set aside on pages of at least two unrelated works, with their carriers and variants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.nouns import Label, Witness, Work
from stemma.relate.words import fold, words_of

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
    carriers: dict[tuple[str, ...], dict[str, None]] = {}
    writings: dict[tuple[str, ...], Counter[tuple[str, Label]]] = {}
    for witness in sorted(witnesses, key=lambda witness: witness.id):
        for line, label in _set_aside(witness):
            key = tuple(map(fold, words_of(line)))
            if len(key) >= _FEWEST_WORDS:
                carriers.setdefault(key, {})[witness.id] = None
                writings.setdefault(key, Counter())[line[:_LONGEST], label] += 1
    counted = [(len({work_of.get(id_, id_) for id_ in ids}), key) for key, ids in carriers.items() if len(ids) > 1]
    ranked = sorted(
        ((count, key) for count, key in counted if count > 1), key=lambda row: (-row[0], -len(carriers[row[1]]), row[1])
    )
    return tuple(_entry(count, tuple(carriers[key]), writings[key]) for count, key in ranked[:most])


_OF_THE_TEXT: Final = frozenset((Label.BODY, Label.TITLE, Label.META))


def _set_aside(witness: Witness) -> Iterator[tuple[str, Label]]:
    """The lines of a page that are furniture, stripped."""
    lines = witness.accession.lines
    for block in witness.blocks:
        if block.label not in _OF_THE_TEXT:
            for line in lines[block.first - 1 : block.last]:
                if line.strip():
                    yield line.strip(), block.label


def _entry(works: int, carriers: tuple[str, ...], writings: Mapping[tuple[str, Label], int]) -> Furniture:
    ranked = sorted(writings, key=lambda writing: (-writings[writing], writing))
    texts = list(dict.fromkeys(text for text, _ in ranked))
    labels: Counter[Label] = Counter()
    for (_, label), count in writings.items():
        labels[label] += count
    label = min(labels, key=lambda one: (-labels[one], one.value))
    return Furniture(texts[0], label, carriers, works, tuple(texts[1 : 1 + _VARIANTS]))
