"""The copies of a text as a list: which witnesses there are, what they share in numbers, and where to compare them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stemma.observe.outline import Outline
from stemma.observe.parallels import Summary
from stemma.publish.output import urls
from stemma.publish.reading.slices import WorkSlice, carried, part_of
from stemma.publish.reading.work.work_view import WorkView
from stemma.publish.wording.numbers import count, per_cent, sentence
from stemma.records import Kind, Relation, Witness

MAX_COPIES: Final = 50
"""Copies that a text page lists; the page of the work has them all."""

KINDS: Final = {Kind.MIRROR: "Copy", Kind.REVISION: "Revision", Kind.CONTAINS: "Contains", Kind.EXCERPT: "Excerpt"}


@dataclass(frozen=True, slots=True)
class Copy:
    """One line of a list of witnesses. ``kind`` stands in bold before ``said``; ``compare`` may be empty.

    ``source``: where its file was received from, where no publisher is stated.
    """

    siglum: str
    small: bool
    publisher: str
    source: str
    title: str
    ours: bool
    lang: str
    dir: str
    text: str
    kind: str
    said: str
    compare: str
    pair: str
    here: bool = False


def members(scope: WorkSlice, view: WorkView, witness: Witness) -> Iterator[Copy]:
    """The first witnesses of the work, seen from one of them, and always that one itself."""
    shown = view.members[:MAX_COPIES]
    for id_ in shown if witness.id in shown else (*shown, witness.id):
        if id_ == witness.id:
            yield copy(scope, view, id_, "", _self(view, witness), here=True)
            continue
        relation = scope.relation(witness.id, id_)
        yield copy(scope, view, id_, _kind(relation), _seen_from(scope, view, witness, id_, relation), near=witness.id)


def parts(scope: WorkSlice, view: WorkView, witness: Witness, *, doubtful: bool = False) -> Iterator[Copy]:
    """Texts of other works that carry this one or a part of it; the doubtful links of it apart."""
    place = {id_: number for number, id_ in enumerate(view.outer)}
    found = sorted(_sorted(scope, witness.id), key=lambda one: place.get(one.other(witness.id), len(place)))
    for relation in found:
        partner = relation.other(witness.id)
        if partner in view.members and not doubtful:
            continue
        if relation.doubtful is doubtful and (doubtful or (part_of(relation) and carried(relation, partner))):
            said = shares(relation, witness.id, outline=view.outlines.get(witness.id))
            yield copy(scope, view, partner, _kind(relation, witness.id), said, near=witness.id)


def sources(scope: WorkSlice, view: WorkView, witness: Witness) -> tuple[tuple[Relation, Copy], ...]:
    """The texts of other works this one contains, one for each: the base where it is among them, else the closest."""
    by_work: dict[str, list[Relation]] = {}
    for relation in _sorted(scope, witness.id):
        contained = relation.kind is Kind.CONTAINS and relation.a == witness.id and not relation.doubtful
        if contained and relation.b not in view.members:
            by_work.setdefault(scope.heads[relation.b].work, []).append(relation)
    return tuple(
        (found, _contained(scope, view, witness, found, len(by_work[id_]))) for id_, found in _firsts(scope, by_work)
    )


def _firsts(scope: WorkSlice, by_work: Mapping[str, list[Relation]]) -> Iterator[tuple[str, Relation]]:
    for id_, found in by_work.items():
        base = scope.heads[found[0].b].work
        yield id_, next((one for one in found if one.b == base), found[0])


def _contained(scope: WorkSlice, view: WorkView, witness: Witness, relation: Relation, copies: int) -> Copy:
    said = shares(relation, witness.id, outline=view.outlines.get(witness.id))
    if copies > 1:
        other_copies = count(copies - 1, "other copy", "other copies")
        said += f" The same holds for {other_copies}."
    return copy(scope, view, relation.b, "Contained", said, near=witness.id)


def copy(  # noqa: PLR0917
    scope: WorkSlice, view: WorkView, id_: str, kind: str, said: str, near: str = "", *, here: bool = False
) -> Copy:
    """One line. ``near``: the text it is compared with; ``here``: it is the text of the page itself."""
    head = scope.heads[id_]
    pair = scope.comparison(near, id_) or (scope.comparison(view.base.id, id_) if id_ in view.members else None)
    return Copy(
        siglum=view.sigla.get(id_, ""),
        small=view.lower(id_),
        publisher=head.publisher,
        source="" if head.publisher else head.source,
        title=head.heading.text,
        ours=head.heading.ours,
        lang=head.lang,
        dir=head.dir,
        text=urls.text(id_),
        kind=kind,
        said=f"{', ' if kind else ''}{head.written}. {said}".rstrip(),
        compare=urls.comparison(*pair) if pair and not here else "",
        pair=""
        if not pair or id_ not in view.sigla
        else "".join(view.sigla.get(one, "") for one in pair if one != id_),
        here=here,
    )


def in_numbers(summary: Summary) -> str:
    """What a witness adds, lacks and changes, as one sentence."""
    clauses = [
        *_words("adds", summary.paragraphs_added, summary.words_added),
        *_words("lacks", summary.paragraphs_lacking, summary.words_lacking),
    ]
    if summary.moved:
        clauses.append(f"moves {count(summary.moved, 'paragraph')}")
    if summary.moved_words:
        clauses.append(f"moves {count(summary.moved_words, 'word')}")
    if summary.changed:
        clauses.append(f"changes words in {count(summary.changed, 'place')}")
    if summary.meaningful:
        clauses.append(f"changes symbols or signs in {count(summary.meaningful, 'place')}")
    if summary.spelling:
        clauses.append(count(summary.spelling, "spelling difference"))
    typographic = summary.typographic + summary.spacing
    tail = [sentence([count(typographic, "typographic difference")])] if typographic else []
    return " ".join([sentence(clauses or ["same words throughout"]), *tail])


def _words(verb: str, paragraphs: int, words: int) -> Iterator[str]:
    if words:
        in_paragraphs = f" ({count(paragraphs, 'whole paragraph')})" if paragraphs else ""
        yield f"{verb} {count(words, 'word')}{in_paragraphs}"


def _sorted(scope: WorkSlice, id_: str) -> list[Relation]:
    """The relations of a text, the closest first."""
    return sorted(scope.relations.get(id_, ()), key=lambda relation: (-relation.shared_words, relation.other(id_)))


def _kind(relation: Relation | None, here: str = "") -> str:
    if relation is None:
        return "Witness"
    if relation.kind is Kind.CONTAINS and relation.a == here:
        return "Contained"
    return KINDS[relation.kind]


def _self(view: WorkView, witness: Witness) -> str:
    if witness.id != view.base.id:
        return "The text on this page."
    return "The text on this page, and the base the others are compared with." if len(view.members) > 1 else ""


def _seen_from(scope: WorkSlice, view: WorkView, witness: Witness, id_: str, relation: Relation | None) -> str:
    said = [shares(relation, witness.id)] if relation else [f"Of the same work as {view.sigla[view.base.id]}."]
    publisher = scope.heads[witness.id].publisher
    if publisher and scope.heads[id_].publisher == publisher:
        said.append("Duplicate from the same publisher.")
    if witness.id == view.base.id and id_ in view.parallels:
        said.append(in_numbers(view.parallels[id_].summary))
    return " ".join(said)


def shares(relation: Relation, here: str, name: str = "this text", outline: Outline | None = None) -> str:
    """How two texts are related, in one sentence with its numbers, seen from one of them.

    ``outline``: that one's, to say in which of its paragraphs the shared words are, where they are only a part.
    """
    there = relation.other(here)
    ours, theirs = per_cent(relation.coverage(here)), per_cent(relation.coverage(there))
    said = f"{_related(relation, here, name)}: {count(relation.shared_words, 'word')} in common"
    said += f", {ours} of {name} and {theirs} of theirs"
    if outline and relation.passages and relation.kind in {Kind.CONTAINS, Kind.EXCERPT} and not relation.grew:
        said += f"; here {_where(relation, here, outline)}"
    return f"{said}."


def _related(relation: Relation, here: str, name: str) -> str:
    if relation.template:
        return "One form filled with other figures"
    if relation.kind is Kind.MIRROR:
        return "The same text"
    if relation.kind is Kind.REVISION:
        return "Another version"
    if relation.kind is Kind.EXCERPT:
        passages = len(relation.passages)
        return "One shared passage" if passages == 1 else f"{count(passages, 'shared passage').capitalize()}"
    longer = relation.a == here
    if relation.grew:
        return f"The same text, {'shorter' if longer else 'longer'}"
    return f"A part of {name}" if longer else f"It holds {name}"


def _where(relation: Relation, here: str, outline: Outline) -> str:
    spans = [(p.a_start, p.a_end) if relation.a == here else (p.b_start, p.b_end) for p in relation.passages]
    touched = {number for start, end in spans for number in outline.paragraphs_of(start, end)}
    first, last = min(touched) + 1, max(touched) + 1
    if first == last:
        return f"in ¶ {first}"
    return f"in ¶ {first}–{last}" if len(touched) == last - first + 1 else f"between ¶ {first} and ¶ {last}"
