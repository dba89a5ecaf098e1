"""Relating in order: read bodies, find shared passages, set furniture apart, judge, gather works, collate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.records import Apparatus, Edits, Passage, Problem, Relation, Witness, Work
from stemma.relate.collate.schedule import collate_all
from stemma.relate.detect.boilerplate import Stretches, standing, without, words_aside
from stemma.relate.detect.classify import Judgement, judge
from stemma.relate.detect.closure import LARGEST, complete
from stemma.relate.detect.compare import Found, compare, compare_within
from stemma.relate.detect.corpus import read_bodies
from stemma.relate.detect.source_evidence import Sources, cuts
from stemma.relate.detect.winnowing import anchors
from stemma.relate.relations import Judged, Scene, links, relations
from stemma.relate.works import apart, gather, withdrawn


@dataclass(frozen=True, slots=True)
class Related:
    """Relations sorted by their ids, works by their id, apparatuses by base and witness, and what went wrong."""

    relations: tuple[Relation, ...]
    works: tuple[Work, ...]
    apparatuses: tuple[Apparatus, ...]
    problems: tuple[Problem, ...]


def relate(witnesses: Sequence[Witness], edits: Mapping[str, Edits], jobs: int = 1) -> Related:
    """Relations, works and apparatus of all witnesses, from their bodies alone.

    ``edits`` are by witness id; ``jobs`` processes may be used, and change nothing in what comes out.
    """
    ordered = sorted(witnesses, key=lambda witness: witness.id)
    bodies = read_bodies(ordered)
    scene = Scene(ordered, bodies, apart(edits), withdrawn(edits))
    judged, works = _gathered(scene, edits)
    told = relations(scene, judged, works)
    return Related(told, works, collate_all(ordered, works, told, jobs), ())


def _gathered(scene: Scene, edits: Mapping[str, Edits]) -> tuple[Judged, tuple[Work, ...]]:
    """All judged pairs of texts, and the works; the base of a large work is compared with each text of it."""
    corpus = scene.bodies.corpus
    chunks = list(anchors(corpus))
    found = compare(corpus, chunks)
    origins = (scene.witnesses, scene.bodies.bearers)
    aside = standing(corpus, found, Sources(*origins).same, cuts(*origins))
    sizes = [corpus.size(text) - words_aside(aside, text) for text in range(len(corpus))]
    found = _cleared(complete(corpus, chunks, _cleared(found, aside), sizes), aside)
    judged = _judged(found, sizes)
    works = gather(scene.witnesses, links(scene, judged), edits)
    pairs = [pair for pair in _with_bases(scene, works) if pair not in judged]
    if pairs:
        judged |= _judged(_cleared(compare_within(corpus, chunks, pairs, LARGEST), aside), sizes)
    return judged, works


def _cleared(found: Found, aside: Stretches) -> Found:
    """The passages that are no furniture."""
    if not aside:
        return found
    cleared = ((pair, without(passages, *(aside.get(text, ()) for text in pair))) for pair, passages in found.items())
    return {pair: passages for pair, passages in cleared if passages}


def _judged(found: Found, sizes: Sequence[int]) -> dict[tuple[int, int], tuple[Judgement, tuple[Passage, ...]]]:
    out = {}
    for (a, b), passages in found.items():
        judgement = judge(sizes[a], sizes[b], passages)
        if judgement:
            out[a, b] = (judgement, passages)
    return out


def _with_bases(scene: Scene, works: Sequence[Work]) -> list[tuple[int, int]]:
    """The pairs of texts of each large work that its base is one of."""
    large = [work for work in works if len(work.members) > LARGEST]
    if not large:
        return []
    text_of = {scene.witnesses[number].id: text for text, own in enumerate(scene.bodies.bearers) for number in own}
    pairs = {
        (min(text_of[work.base], text_of[member]), max(text_of[work.base], text_of[member]))
        for work in large
        for member in work.members
        if member in text_of and work.base in text_of
    }
    return sorted(pair for pair in pairs if pair[0] != pair[1])
