"""Relating: read bodies, find shared passages, leave boilerplate out, classify, cluster into works, collate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache as once
from itertools import pairwise

import numpy as np

from stemma.cache import NO_CACHE, Cache
from stemma.records import Apparatus, Edits, Kind, Passage, Relation, Witness, Work
from stemma.relate.collate.schedule import collate_all
from stemma.relate.detect.boilerplate import Spans, boilerplate_spans, boilerplate_words, without
from stemma.relate.detect.classify import Classification, classify, coverage, shared
from stemma.relate.detect.closure import MAX_FAMILY, complete
from stemma.relate.detect.compare import SharedPassages, compare, compare_within
from stemma.relate.detect.corpus import Bodies, read_bodies
from stemma.relate.detect.misread import fill_misread
from stemma.relate.detect.source_evidence import Sources, cuts
from stemma.relate.detect.tokens import Corpus
from stemma.relate.detect.versions import Classified, grown, is_template, quoted, without_short, without_welds
from stemma.relate.detect.winnowing import fingerprints
from stemma.relate.relations import Collection, links, relations
from stemma.relate.works import cluster, separated_pairs, withdrawn
from stemma.text import fold_all, words_of
from stemma.workers import IN_PROCESS, Engine


@dataclass(frozen=True, slots=True)
class Related:
    """Relations sorted by their ids, works by their id, apparatuses by base and witness."""

    relations: tuple[Relation, ...]
    works: tuple[Work, ...]
    apparatuses: tuple[Apparatus, ...]


def relate(
    witnesses: Sequence[Witness], edits: Mapping[str, Edits], engine: Engine = IN_PROCESS, cache: Cache = NO_CACHE
) -> Related:
    """Relations, works and apparatus of all witnesses, from their bodies alone.

    ``edits`` are by witness id; ``engine`` and ``cache`` change nothing in what comes out.
    """
    ordered = sorted(witnesses, key=lambda witness: witness.id)
    absent = withdrawn(edits)
    bodies = read_bodies(ordered, cache, absent)
    collection = Collection(ordered, bodies, separated_pairs(edits), absent)
    classified, works = _detect(collection, edits)
    found = relations(collection, classified, works)
    return Related(found, works, collate_all(ordered, works, found, engine=engine, cache=cache, withdrawn=absent))


def _detect(collection: Collection, edits: Mapping[str, Edits]) -> tuple[Classified, tuple[Work, ...]]:
    """All related pairs of texts, and the works. The base of a large work is compared with each of its texts."""
    corpus = collection.bodies.corpus
    chunks = list(fingerprints(corpus))
    found = compare(corpus, chunks)
    origins = (collection.witnesses, collection.bodies.holders)
    boilerplate = boilerplate_spans(corpus, found, Sources(*origins).same, _in_units(collection.bodies, cuts(*origins)))
    sizes = [_size(corpus, boilerplate, text) for text in range(len(corpus))]
    found = _without_boilerplate(complete(corpus, chunks, _without_boilerplate(found, boilerplate), sizes), boilerplate)
    found = fill_misread(corpus, found, _words(collection))
    classified = _classified(collection.bodies, found, boilerplate)
    grew = grown(classified, corpus)
    classified |= {pair: (replace(classified[pair][0], grew=True), classified[pair][1]) for pair in grew}
    classified = dict(without_welds(classified))
    works = cluster(collection.witnesses, links(collection, classified), edits)
    pairs = [pair for pair in _with_bases(collection, works) if pair not in classified]
    if pairs:
        found = _without_boilerplate(compare_within(corpus, chunks, pairs, MAX_FAMILY), boilerplate)
        classified |= _classified(collection.bodies, found, boilerplate)
    return classified, works


def _without_boilerplate(found: SharedPassages, boilerplate: Spans) -> SharedPassages:
    """The passages without boilerplate."""
    if not boilerplate:
        return found
    cleared = (
        (pair, without(passages, *(boilerplate.get(text, ()) for text in pair))) for pair, passages in found.items()
    )
    return {pair: passages for pair, passages in cleared if passages}


def _in_units(bodies: Bodies, cuts: Mapping[int, Sequence[int]]) -> Mapping[int, Sequence[int]]:
    """Places in words as places in units."""
    written = bodies.corpus.written
    return {
        text: np.searchsorted(written.units(text, bodies.corpus.size(text)), places).tolist()
        if written.has(text)
        else places
        for text, places in cuts.items()
    }


def _words(collection: Collection) -> Callable[[int], Sequence[str]]:
    """The folded units of a text by its number, read once and only where they are asked for."""
    bodies, corpus = collection.bodies, collection.bodies.corpus

    @once
    def words(text: int) -> Sequence[str]:
        folded = fold_all(words_of(collection.witnesses[bodies.holders[text][0]].text))
        if not corpus.written.has(text):
            return folded
        units = corpus.written.units(text, corpus.size(text)).tolist()
        return ["".join(folded[first:last]) for first, last in pairwise(units)]

    return words


def _classified(
    bodies: Bodies, found: SharedPassages, boilerplate: Spans
) -> dict[tuple[int, int], tuple[Classification, tuple[Passage, ...]]]:
    corpus = bodies.corpus
    out = {}
    for (a, b), passages in found.items():
        sizes = (_words_without(bodies, boilerplate, a), _words_without(bodies, boilerplate, b))
        classification = classify(
            coverage(sizes, bodies.in_words(a, b, passages)), _shared_words(corpus, (a, b), passages)
        )
        if classification:
            main = without_short(passages) if corpus.written.has(a) or corpus.written.has(b) else passages
            first = (min(p.a_start for p in main), min(p.b_start for p in main))
            heads = (first[0] - _before(boilerplate, a, first[0]), first[1] - _before(boilerplate, b, first[1]))
            classification = quoted(classification, main, heads)
            if classification.kind is not Kind.EXCERPT and is_template(*corpus.words(a), *corpus.words(b)):
                classification = replace(classification, kind=Kind.EXCERPT, swapped=False, template=True)
            out[a, b] = (classification, passages)
    return out


def _size(corpus: Corpus, boilerplate: Spans, text: int) -> int:
    """The units of a text without boilerplate."""
    return corpus.size(text) - boilerplate_words(boilerplate, text)


def _shared_words(corpus: Corpus, pair: tuple[int, int], passages: Sequence[Passage]) -> int:
    """How many words the passages of two texts are, in any script about."""
    return min(
        corpus.written.weighed(text, corpus.size(text), units)
        for text, units in zip(pair, shared(passages), strict=True)
    )


def _words_without(bodies: Bodies, boilerplate: Spans, text: int) -> int:
    """The words of a text without boilerplate."""
    spans = boilerplate.get(text, ())
    size = bodies.words(text, bodies.corpus.size(text))
    return size - sum(bodies.words(text, end) - bodies.words(text, start) for start, end in spans)


def _before(boilerplate: Spans, text: int, place: int) -> int:
    """Units of boilerplate before a unit of a text."""
    return sum(min(end, place) - start for start, end in boilerplate.get(text, ()) if start < place)


def _with_bases(collection: Collection, works: Sequence[Work]) -> list[tuple[int, int]]:
    """For each large work the pairs of its base's text with its other texts."""
    large = [work for work in works if len(work.members) > MAX_FAMILY]
    if not large:
        return []
    text_of = {
        collection.witnesses[number].id: text for text, own in enumerate(collection.bodies.holders) for number in own
    }
    pairs = {
        (min(text_of[work.base], text_of[member]), max(text_of[work.base], text_of[member]))
        for work in large
        for member in work.members
        if member in text_of and work.base in text_of
    }
    return sorted(pair for pair in pairs if pair[0] != pair[1])
