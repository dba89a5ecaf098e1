"""A compilation, paragraph by paragraph: which other texts have its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from stemma.records import Kind, Relation, Witness
from stemma.text import words_of

MIN_SHARED_WORDS = 8
"""Words of a paragraph in another text from which it is listed, unless they are the whole paragraph."""


_MIN_REACHED_WORDS = 4
"""Words of a paragraph inside a passage from which it is not the witness's alone: passages may end a word too late."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many words of a paragraph another witness has."""

    witness: str
    words: int


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph (from 0) and the witnesses that have words of it, most words first."""

    paragraph: int
    words: int
    shares: tuple[Share, ...]


def provenance(witness: Witness, relations: Iterable[Relation]) -> tuple[Part, ...]:
    """Which text each paragraph is also found in, from the passages of the witness's relations.

    In: a witness, and relations (others' are passed over). Listed are texts that it contains, quotes or shares a
    revision with, not those that contain it. Out: one part a paragraph.
    """
    sizes = [len(words_of(paragraph.text)) for paragraph in witness.body]
    starts = list(accumulate(sizes, initial=0))
    counts: list[dict[str, int]] = [{} for _ in sizes]
    for relation in relations:
        other, stretches = _seen_from(witness.id, relation)
        if other:
            for number, words in _shared_out(stretches, starts, sizes):
                counts[number][other] = counts[number].get(other, 0) + words
    return tuple(Part(number, sizes[number], _ranked(sizes[number], shares)) for number, shares in enumerate(counts))


def shared_paragraphs(witness: Witness, relations: Iterable[Relation]) -> dict[str, frozenset[int]]:
    """By related text the paragraphs (from 0) of which it has words, from the passages: four, or all there are."""
    sizes = [len(words_of(paragraph.text)) for paragraph in witness.body]
    starts = list(accumulate(sizes, initial=0))
    found: dict[str, frozenset[int]] = {}
    for relation in relations:
        own = relation.passages if relation.a == witness.id else tuple(p.swapped for p in relation.passages)
        counts: dict[int, int] = {}
        for number, words in _shared_out([(p.a_start, p.a_end) for p in own], starts, sizes):
            counts[number] = counts.get(number, 0) + words
        reached = frozenset(
            number for number, words in counts.items() if words >= min(_MIN_REACHED_WORDS, sizes[number])
        )
        found[relation.other(witness.id)] = reached
    return found


def _seen_from(id_: str, relation: Relation) -> tuple[str, list[tuple[int, int]]]:
    """The other witness and the stretches of this one, or nothing."""
    if relation.a == id_:
        return relation.b, [(p.a_start, p.a_end) for p in relation.passages]
    if relation.b == id_ and relation.kind is not Kind.CONTAINS:
        return relation.a, [(p.b_start, p.b_end) for p in relation.passages]
    return "", []


def _shared_out(
    stretches: Sequence[tuple[int, int]], starts: Sequence[int], sizes: Sequence[int]
) -> Iterable[tuple[int, int]]:
    """The words of stretches in each paragraph, none counted twice."""
    reached = 0
    for start, end in sorted(stretches):
        low = max(start, reached)
        reached = max(reached, end)
        number = max(0, bisect_right(starts, low) - 1)
        while low < end and number < len(sizes):
            high = min(end, starts[number + 1])
            if high > low:
                yield number, high - low
            low, number = max(low, high), number + 1


def _ranked(size: int, shares: dict[str, int]) -> tuple[Share, ...]:
    listed = [(words, other) for other, words in shares.items() if words >= min(MIN_SHARED_WORDS, size)]
    return tuple(Share(other, words) for words, other in sorted(listed, key=lambda entry: (-entry[0], entry[1])))
