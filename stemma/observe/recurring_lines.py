"""Recurring boilerplate: lines set aside on pages of at least two unrelated works, where they recur and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import xxhash

from stemma.records import Label, Witness, Work
from stemma.text import fold, words_of

MAX_LINES: Final = 500
"""Recurring lines listed: those with the most carriers."""

_MIN_WORDS: Final = 3
"""Words of a recurring line: shorter ones recur by chance."""
_MAX_VARIANTS: Final = 20
"""Other forms listed for one line."""
_MAX_CHARACTERS: Final = 400
"""Characters kept of a line."""


@dataclass(frozen=True, slots=True)
class RecurringLine:
    """One recurring line: as most pages write it, its label, who carries it, and how else it is written.

    ``carriers`` are ids of witnesses in order, ``works`` how many unrelated works these belong to. ``variants`` are
    other writings of the same words (signs, capitals, spaces), the commonest first, at most twenty.
    """

    text: str
    label: Label
    carriers: tuple[str, ...]
    works: int
    variants: tuple[str, ...]


def recurring_lines(
    witnesses: Sequence[Witness], works: Sequence[Work], most: int = MAX_LINES
) -> tuple[RecurringLine, ...]:
    """The recurring boilerplate of an archive, most works first, then most carriers, then by its words.

    Lines are compared by their folded words, and have at least three. In: all witnesses with their labelled blocks, all
    works. Titles, dates and bylines are not boilerplate.
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
                writings[key][line[:_MAX_CHARACTERS], label] += 1
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
    """The boilerplate lines of a page, stripped, with a hash of their folded words."""
    lines = witness.accession.lines
    for block in witness.blocks:
        if block.label not in _OF_THE_TEXT:
            for line in lines[block.first - 1 : block.last]:
                key = _key(line)
                if key is not None:
                    yield key, line.strip(), block.label


@lru_cache(maxsize=1 << 16)  # lines that recur are what is looked for here
def _key(line: str) -> int | None:
    """A hash of the folded words of a line; None where they are few."""
    words = [fold(word) for word in words_of(line)]
    return (
        xxhash.xxh3_64_intdigest(" ".join(words).encode("utf-8", "surrogatepass")) if len(words) >= _MIN_WORDS else None
    )


def _entry(works: int, carriers: tuple[str, ...], writings: Mapping[tuple[str, Label], int]) -> RecurringLine:
    ranked = sorted(writings, key=lambda writing: (-writings[writing], writing))
    texts = list(dict.fromkeys(text for text, _ in ranked))
    labels: Counter[Label] = Counter()
    for (_, label), count in writings.items():
        labels[label] += count
    label = min(labels, key=lambda one: (-labels[one], one.value))
    return RecurringLine(texts[0], label, carriers, works, tuple(texts[1 : 1 + _MAX_VARIANTS]))
