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
from stemma.publish.wording.numbers import capital, per_cent
from stemma.publish.wording.translation import Translation, message
from stemma.records import Kind, Relation, Witness

MAX_COPIES: Final = 50
"""Copies that a text page lists; the page of the work has them all."""

KINDS: Final = {
    Kind.MIRROR: message("Copy"),
    Kind.REVISION: message("Revision"),
    Kind.CONTAINS: message("Contains"),
    Kind.EXCERPT: message("Excerpt"),
}


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
        yield copy(
            scope, view, id_, _kind(relation, view.tr), _seen_from(scope, view, witness, id_, relation), near=witness.id
        )


def parts(scope: WorkSlice, view: WorkView, witness: Witness, *, doubtful: bool = False) -> Iterator[Copy]:
    """Texts of other works that carry this one or a part of it; the doubtful links of it apart."""
    place = {id_: number for number, id_ in enumerate(view.outer)}
    found = sorted(_sorted(scope, witness.id), key=lambda one: place.get(one.other(witness.id), len(place)))
    for relation in found:
        partner = relation.other(witness.id)
        if partner in view.members and not doubtful:
            continue
        if relation.doubtful is doubtful and (doubtful or (part_of(relation) and carried(relation, partner))):
            said = shares(relation, witness.id, view.tr, outline=view.outlines.get(witness.id))
            yield copy(scope, view, partner, _kind(relation, view.tr, witness.id), said, near=witness.id)


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
    said = shares(relation, witness.id, view.tr, outline=view.outlines.get(witness.id))
    if copies > 1:
        said += " " + view.tr.count(
            copies - 1,
            "%(num)s other copy of it is in this text too.",
            "%(num)s other copies of it are in this text too.",
        )
    return copy(scope, view, relation.b, view.tr.gettext("Contained"), said, near=witness.id)


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
        said=f"{view.tr.gettext(', ') if kind else ''}{head.written}. {said}".rstrip(),
        compare=urls.comparison(*pair) if pair and not here else "",
        pair=""
        if not pair or id_ not in view.sigla
        else "".join(view.sigla.get(one, "") for one in pair if one != id_),
        here=here,
    )


def in_numbers(summary: Summary, tr: Translation, *, opens: bool = True) -> str:
    """What a witness adds, lacks and changes, as one sentence; not ``opens``: to go on after a colon."""
    said = [tr.gettext(", ").join(_clauses(summary, tr)) or tr.gettext("same words throughout")]
    typographic = summary.typographic + summary.spacing
    if typographic:
        light = tr.count(typographic, "%(num)s typographic difference", "%(num)s typographic differences")
        said.append(capital(light))
    text = " ".join(tr.gettext("%(clauses)s.", clauses=one) for one in said)
    return capital(text) if opens else text


def _clauses(summary: Summary, tr: Translation) -> Iterator[str]:
    if summary.words_added:
        added = tr.count(summary.words_added, "adds %(num)s word", "adds %(num)s words")
        yield _in_paragraphs(added, summary.paragraphs_added, tr)
    if summary.words_lacking:
        lacking = tr.count(summary.words_lacking, "lacks %(num)s word", "lacks %(num)s words")
        yield _in_paragraphs(lacking, summary.paragraphs_lacking, tr)
    if summary.moved:
        yield tr.count(summary.moved, "moves %(num)s paragraph", "moves %(num)s paragraphs")
    if summary.moved_words:
        yield tr.count(summary.moved_words, "moves %(num)s word", "moves %(num)s words")
    if summary.changed:
        yield tr.count(summary.changed, "changes words in %(num)s place", "changes words in %(num)s places")
    if summary.meaningful:
        yield tr.count(
            summary.meaningful,
            "changes symbols or signs in %(num)s place",
            "changes symbols or signs in %(num)s places",
        )
    if summary.spelling:
        yield tr.count(summary.spelling, "%(num)s spelling difference", "%(num)s spelling differences")


def _in_paragraphs(words: str, paragraphs: int, tr: Translation) -> str:
    if not paragraphs:
        return words
    return f"{words} ({tr.count(paragraphs, '%(num)s whole paragraph', '%(num)s whole paragraphs')})"


def _sorted(scope: WorkSlice, id_: str) -> list[Relation]:
    """The relations of a text, the closest first."""
    return sorted(scope.relations.get(id_, ()), key=lambda relation: (-relation.shared_words, relation.other(id_)))


def _kind(relation: Relation | None, tr: Translation, here: str = "") -> str:
    if relation is None:
        return tr.gettext("Witness")
    if relation.kind is Kind.CONTAINS and relation.a == here:
        return tr.gettext("Contained")
    return tr.gettext(KINDS[relation.kind])


def _self(view: WorkView, witness: Witness) -> str:
    if witness.id != view.base.id:
        return view.tr.gettext("The text on this page.")
    if len(view.members) == 1:
        return ""
    return view.tr.gettext("The text on this page, and the base the others are compared with.")


def _seen_from(scope: WorkSlice, view: WorkView, witness: Witness, id_: str, relation: Relation | None) -> str:
    tr = view.tr
    of_work = tr.gettext("Of the same work as %(siglum)s.", siglum=view.sigla[view.base.id])
    said = [shares(relation, witness.id, tr)] if relation else [of_work]
    publisher = scope.heads[witness.id].publisher
    if publisher and scope.heads[id_].publisher == publisher:
        said.append(tr.gettext("Duplicate from the same publisher."))
    if witness.id == view.base.id and id_ in view.parallels:
        said.append(in_numbers(view.parallels[id_].summary, tr))
    return " ".join(said)


def shares(  # noqa: PLR0917
    relation: Relation,
    here: str,
    tr: Translation,
    siglum: str = "",
    other: str = "",
    outline: Outline | None = None,
) -> str:
    """How two texts are related, in one sentence with its numbers, seen from one of them.

    ``siglum`` and ``other``: theirs, where the sentence is not on the page of the text. ``outline``: of the text, to
    say in which of its paragraphs the shared words are, where they are only a part.
    """
    share = per_cent(relation.coverage(here), tr)
    theirs = per_cent(relation.coverage(relation.other(here)), tr)
    said = tr.count(
        relation.shared_words,
        "%(related)s: %(num)s word in common, %(ours)s and %(theirs)s",
        "%(related)s: %(num)s words in common, %(ours)s and %(theirs)s",
        related=_related(relation, here, siglum, tr),
        ours=_of(share, siglum, tr) if siglum else tr.gettext("%(share)s of this text", share=share),
        theirs=_of(theirs, other, tr) if other else tr.gettext("%(share)s of theirs", share=theirs),
    )
    if outline and relation.passages and relation.kind in {Kind.CONTAINS, Kind.EXCERPT} and not relation.grew:
        said = tr.gettext("%(said)s; here %(where)s", said=said, where=_where(relation, here, outline, tr))
    return tr.gettext("%(clauses)s.", clauses=said)


def _of(share: str, siglum: str, tr: Translation) -> str:
    return tr.gettext("%(share)s of %(siglum)s", share=share, siglum=siglum)


def _related(relation: Relation, here: str, siglum: str, tr: Translation) -> str:  # noqa: PLR0911
    if relation.template:
        return tr.gettext("One form filled with other figures")
    if relation.kind is Kind.MIRROR:
        return tr.gettext("The same text")
    if relation.kind is Kind.REVISION:
        return tr.gettext("Another version")
    if relation.kind is Kind.EXCERPT:
        return capital(tr.count(len(relation.passages), "%(num)s shared passage", "%(num)s shared passages"))
    longer = relation.a == here
    if relation.grew:
        return tr.gettext("The same text, shorter") if longer else tr.gettext("The same text, longer")
    if longer:
        return tr.gettext("A part of %(siglum)s", siglum=siglum) if siglum else tr.gettext("A part of this text")
    return tr.gettext("It holds %(siglum)s", siglum=siglum) if siglum else tr.gettext("It holds this text")


def _where(relation: Relation, here: str, outline: Outline, tr: Translation) -> str:
    spans = [(p.a_start, p.a_end) if relation.a == here else (p.b_start, p.b_end) for p in relation.passages]
    touched = {number for start, end in spans for number in outline.paragraphs_of(start, end)}
    first, last = min(touched) + 1, max(touched) + 1
    if first == last:
        return tr.gettext("in ¶ %(number)s", number=first)
    if len(touched) == last - first + 1:
        return tr.gettext("in ¶ %(number)s", number=f"{first}–{last}")
    return tr.gettext("between ¶ %(first)s and ¶ %(last)s", first=first, last=last)
