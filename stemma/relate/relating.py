"""Relating in order: read bodies, find shared passages, set furniture apart, judge, gather works, collate."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xxhash

from stemma.nouns import Apparatus, Edits, Field, Kind, Passage, Problem, Relation, Witness, Work
from stemma.relate.collating import collate_all
from stemma.relate.comparing import Found, compare
from stemma.relate.families import LARGEST, complete
from stemma.relate.gathering import apart, gather
from stemma.relate.judging import BRIEF, Judgement, judge
from stemma.relate.setting_aside import Stretches, standing, without, words_aside
from stemma.relate.winnowing import anchors
from stemma.relate.words import Corpus, Ints, Lexicon, assemble, read


@dataclass(frozen=True, slots=True)
class Related:
    """Relations sorted by their ids, works by their id, apparatuses by base and witness, and what went wrong."""

    relations: tuple[Relation, ...]
    works: tuple[Work, ...]
    apparatuses: tuple[Apparatus, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The distinct bodies of a collection, and which witnesses (by number) have each."""

    corpus: Corpus
    bearers: tuple[tuple[int, ...], ...]


def relate(witnesses: Sequence[Witness], edits: Mapping[str, Edits], jobs: int = 1) -> Related:
    """Relations, works and apparatus of all witnesses, from their bodies alone.

    ``edits`` are by witness id; ``jobs`` processes may be used, and change nothing in what comes out.
    """
    ordered = sorted(witnesses, key=lambda witness: witness.id)
    bodies = read_bodies(ordered)
    chunks = list(anchors(bodies.corpus))
    found = compare(bodies.corpus, chunks)
    aside = standing(bodies.corpus, found, Sources(ordered, bodies.bearers).same)
    found = complete(bodies.corpus, chunks, found)
    relations = tuple(sorted(_relations(ordered, bodies, found, aside, edits), key=lambda r: (r.a, r.b)))
    works = gather(ordered, relations, edits)
    return Related(relations, works, collate_all(ordered, works, relations, jobs), ())


class Sources:
    """Which texts come from one source: pages of one folder, or that state the same publisher."""

    def __init__(self, witnesses: Sequence[Witness], bearers: Sequence[Sequence[int]]) -> None:
        """Take the witnesses, and which of them bear each text."""
        self._claims = [
            tuple(
                (witnesses[number].accession.folder, witnesses[number].value(Field.PUBLISHER).casefold())
                for number in own
            )
            for own in bearers
        ]

    def same(self, a: int, b: int) -> bool:
        """Whether some bearer of either comes from the same source: pages that state two publishers never do."""
        return any(
            p == q if p and q else bool(folder) and folder == other
            for folder, p in self._claims[a]
            for other, q in self._claims[b]
        )


def read_bodies(witnesses: Sequence[Witness]) -> Bodies:
    """Every body as numbers, equal ones once, in an order that depends on the bodies alone."""
    lexicon = Lexicon()
    texts: list[array[int]] = []
    spread: list[tuple[Ints, Ints] | None] = []
    for witness in witnesses:
        numbers, places = read(lexicon, witness.text)
        texts.append(numbers)
        spread.append(places)
    hashes = lexicon.hashes
    groups: dict[bytes, list[int]] = {}
    for number, text in enumerate(texts):
        if len(text):
            signature = xxhash.xxh3_128_digest(hashes[np.frombuffer(text, dtype=np.int32)].tobytes())
            groups.setdefault(signature, []).append(number)
    ranked = [tuple(groups[signature]) for signature in sorted(groups)]
    placed = {number: places for number, places in enumerate(spread) if places is not None}
    return Bodies(assemble(lexicon, [texts[bearers[0]] for bearers in ranked], placed), tuple(ranked))


def _relations(
    witnesses: Sequence[Witness], bodies: Bodies, found: Found, aside: Stretches, edits: Mapping[str, Edits]
) -> Iterator[Relation]:
    parted = apart(edits)
    for a, b, judgement, passages in _pairs(bodies, found, aside):
        first, second = (b, a) if judgement.swapped else (a, b)
        if judgement.kind is not Kind.CONTAINS and witnesses[first].id > witnesses[second].id:
            first, second = second, first
        pair = (witnesses[a].id, witnesses[b].id)
        if (min(pair), max(pair)) in parted:
            continue
        yield _relation(witnesses, first, second, judgement, passages, turned=first != a)


def _pairs(bodies: Bodies, found: Found, aside: Stretches) -> Iterator[tuple[int, int, Judgement, tuple[Passage, ...]]]:
    """Every pair of witnesses that is related."""
    corpus = bodies.corpus
    for text, bearers in enumerate(bodies.bearers):
        size = corpus.size(text)
        if len(bearers) > 1 and size >= BRIEF:
            whole = Judgement(Kind.MIRROR, swapped=False, coverage_a=1.0, coverage_b=1.0, shared_words=size)
            for rank, a in enumerate(bearers if len(bearers) <= LARGEST else bearers[:1]):
                for b in bearers[rank + 1 :]:
                    yield a, b, whole, (Passage(0, size, 0, size),)
    for (x, y), passages in found.items():
        kept = without(passages, aside.get(x, ()), aside.get(y, ()))
        judgement = judge(corpus.size(x), corpus.size(y), kept, words_aside(aside, x), words_aside(aside, y))
        if judgement:
            for a in bodies.bearers[x]:
                for b in bodies.bearers[y]:
                    yield a, b, judgement, kept


def _relation(
    witnesses: Sequence[Witness],
    first: int,
    second: int,
    judgement: Judgement,
    passages: Sequence[Passage],
    *,
    turned: bool,
) -> Relation:
    coverage = (judgement.coverage_a, judgement.coverage_b)
    if turned:
        coverage = coverage[::-1]
        passages = sorted(
            (Passage(p.b_start, p.b_end, p.a_start, p.a_end) for p in passages), key=lambda p: (p.a_start, p.b_start)
        )
    return Relation(
        a=witnesses[first].id,
        b=witnesses[second].id,
        kind=judgement.kind,
        coverage_a=round(coverage[0], 4),
        coverage_b=round(coverage[1], 4),
        shared_words=judgement.shared_words,
        passages=tuple(passages),
        doubtful=judgement.doubtful,
    )
