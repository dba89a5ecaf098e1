"""The copies of a text as a list: which witnesses there are, what they share in numbers, and where to compare them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stemma.observe.parallels import Summary
from stemma.publish.finding_aid import FindingAid, part_of
from stemma.publish.output import urls
from stemma.publish.reading.work.work_view import OpenWork, carried
from stemma.publish.wording import languages
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.numbers import count, per_cent, sentence
from stemma.records import Field, Kind, Relation, Witness

MOST: Final = 50
"""How many copies a reading page lists; the page of the work has them all."""

_KINDS: Final = {Kind.MIRROR: "Mirror", Kind.REVISION: "Revision", Kind.CONTAINS: "Contains", Kind.EXCERPT: "Excerpt"}


@dataclass(frozen=True, slots=True)
class Copy:
    """One line of a list of witnesses. ``kind`` stands in bold before ``said``; ``compare`` may be empty."""

    siglum: str
    small: bool
    publisher: str
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


def members(aid: FindingAid, work: OpenWork, witness: Witness) -> Iterator[Copy]:
    """The first witnesses of the work, seen from one of them, and always that one itself."""
    shown = work.members[:MOST]
    for id_ in shown if witness.id in shown else (*shown, witness.id):
        if id_ == witness.id:
            yield copy(aid, work, id_, "", _self(work, witness), here=True)
            continue
        relation = aid.relation(witness.id, id_)
        yield copy(aid, work, id_, _kind(relation), _seen_from(aid, work, witness, id_, relation), near=witness.id)


def parts(aid: FindingAid, work: OpenWork, witness: Witness, *, doubtful: bool = False) -> Iterator[Copy]:
    """Texts of other works that carry this one or a part of it; the doubtful links of it apart."""
    place = {id_: number for number, id_ in enumerate(work.outer)}
    found = sorted(_sorted(aid, witness.id), key=lambda one: place.get(one.other(witness.id), len(place)))
    for relation in found:
        partner = relation.other(witness.id)
        if partner in work.members and not doubtful:
            continue
        if relation.doubtful is doubtful and (doubtful or (part_of(relation) and carried(relation, partner))):
            said = shares(relation, witness.id)
            yield copy(aid, work, partner, _kind(relation, witness.id), said, near=witness.id)


def sources(aid: FindingAid, work: OpenWork, witness: Witness) -> tuple[tuple[Relation, Copy], ...]:
    """The texts of other works this one contains, one for each: the base where it is among them, else the closest."""
    by_work: dict[str, list[Relation]] = {}
    for relation in _sorted(aid, witness.id):
        contained = relation.kind is Kind.CONTAINS and relation.a == witness.id and not relation.doubtful
        if contained and relation.b not in work.members:
            by_work.setdefault(aid.work_of[relation.b].id, []).append(relation)
    return tuple(
        (found, _contained(aid, work, witness, found, len(by_work[id_]))) for id_, found in _firsts(aid, by_work)
    )


def _firsts(aid: FindingAid, by_work: Mapping[str, list[Relation]]) -> Iterator[tuple[str, Relation]]:
    for id_, found in by_work.items():
        base = aid.work_of[found[0].b].base
        yield id_, next((one for one in found if one.b == base), found[0])


def _contained(aid: FindingAid, work: OpenWork, witness: Witness, relation: Relation, all_: int) -> Copy:
    ours, theirs = per_cent(relation.coverage_a), per_cent(relation.coverage_b)
    said = f"This text has {theirs} of it, which is {ours} of this text."
    if all_ > 1:
        said += " " + sentence([f"likewise of {count(all_ - 1, 'copy', 'copies')} of it"])
    return copy(aid, work, relation.b, "Contained", said, near=witness.id)


def copy(  # noqa: PLR0917
    aid: FindingAid, work: OpenWork, id_: str, kind: str, said: str, near: str = "", *, here: bool = False
) -> Copy:
    """One line. ``near``: the text it is compared with; ``here``: it is the text of the page itself."""
    witness, heading = aid.by_id[id_], aid.headings[id_]
    pair = aid.comparison(near, id_) or (aid.comparison(work.base.id, id_) if id_ in work.members else None)
    language = witness.value(Field.LANGUAGE)
    return Copy(
        siglum=work.sigla.get(id_, ""),
        small=work.lower(id_),
        publisher=one_line(witness.value(Field.PUBLISHER)),
        title=heading.text,
        ours=heading.ours,
        lang=languages.code(language),
        dir=languages.direction(language),
        text=urls.text(id_),
        kind=kind,
        said=f"{', ' if kind else ''}{dated(witness)}. {said}".rstrip(),
        compare=urls.comparison(*pair) if pair and not here else "",
        pair=""
        if not pair or id_ not in work.sigla
        else "".join(work.sigla.get(one, "") for one in pair if one != id_),
        here=here,
    )


def dated(witness: Witness) -> str:
    """The stated date in words, or "undated"."""
    date = one_line(witness.value(Field.DATE))
    return in_words(date) if date else "undated"


def in_numbers(summary: Summary) -> str:
    """What a witness adds, lacks and changes, as one sentence."""
    clauses = [
        _gained("adds", summary.paragraphs_added, summary.words_added),
        _gained("lacks", summary.paragraphs_lacking, summary.words_lacking),
    ]
    if summary.moved:
        clauses.append(f"moves {count(summary.moved, 'paragraph')}")
    if summary.changed:
        clauses.append(f"changes words in {count(summary.changed, 'place')}")
    elif not summary.spelling:
        clauses.append("changes no word")
    if summary.spelling:
        clauses.append(f"spells otherwise in {count(summary.spelling, 'place')}")
    signs = summary.typographic + summary.spacing
    tail = [sentence([count(signs, "typographic difference")])] if signs else []
    return " ".join([sentence(clauses), *tail])


def _gained(verb: str, paragraphs: int, words: int) -> str:
    if not words:
        return f"{verb} nothing"
    in_paragraphs = f" ({count(paragraphs, 'whole paragraph')})" if paragraphs else ""
    return f"{verb} {count(words, 'word')}{in_paragraphs}"


def _sorted(aid: FindingAid, id_: str) -> list[Relation]:
    """The relations of a text, the closest first."""
    return sorted(aid.relations.get(id_, ()), key=lambda relation: (-relation.shared_words, relation.other(id_)))


def _kind(relation: Relation | None, here: str = "") -> str:
    if relation is None:
        return "Witness"
    if relation.kind is Kind.CONTAINS and relation.a == here:
        return "Contained"
    return _KINDS[relation.kind]


def _self(work: OpenWork, witness: Witness) -> str:
    if witness.id != work.base.id:
        return "The text on this page."
    return "The text on this page, and the base the others are compared with." if len(work.members) > 1 else ""


def _seen_from(aid: FindingAid, work: OpenWork, witness: Witness, id_: str, relation: Relation | None) -> str:
    said = [shares(relation, witness.id)] if relation else [f"Of the same work as {work.sigla[work.base.id]}."]
    publisher = witness.value(Field.PUBLISHER)
    if publisher and aid.by_id[id_].value(Field.PUBLISHER) == publisher:
        said.append("Received again: a copy of the same publisher.")
    if witness.id == work.base.id and id_ in work.parallels:
        said.append(in_numbers(work.parallels[id_].summary))
    return " ".join(said)


def shares(relation: Relation, here: str, name: str = "this text") -> str:
    """How much of one text the other has, and how much of that other it is."""
    there = relation.other(here)
    ours, theirs = per_cent(relation.coverage(here)), per_cent(relation.coverage(there))
    return f"Has {ours} of {name}, which is {theirs} of it."
