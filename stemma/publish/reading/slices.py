"""What the pages of one work read of the archive: a frozen slice of the index, and nothing wider.

A page depends on its slice, the templates and the settings alone, so the slice is its cache key too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from stemma.publish.index import Head, Index, Neighbours, Pair, date_order
from stemma.records import Apparatus, Kind, Relation, Witness, Work


@dataclass(frozen=True, slots=True)
class WorkSlice:
    """A work and what its pages say of other texts.

    ``members`` are its published witnesses, ``outer`` the texts of other works that have a part of one, ``inner`` those
    that one contains, by stated date. ``texts`` holds the base, the members and every text related to one of them;
    ``heads`` these and every text that is named. ``relations`` are by member, ``pairs`` the same by both ids;
    ``recurring`` the keys of members' paragraphs that other texts have too.
    ``apparatuses`` hold the differences of the texts set side by side, ``compared`` every pair that has a comparison.
    """

    work: Work
    members: tuple[str, ...]
    outer: tuple[str, ...]
    inner: tuple[str, ...]
    texts: Mapping[str, Witness]
    heads: Mapping[str, Head]
    relations: Mapping[str, tuple[Relation, ...]]
    pairs: Mapping[Pair, Relation]
    recurring: frozenset[int]
    apparatuses: Mapping[Pair, Apparatus]
    compared: frozenset[Pair]
    neighbours: Mapping[str, Neighbours]
    withdrawn_copies: Mapping[str, tuple[str, ...]]

    def relation(self, one: str, other: str) -> Relation | None:
        """The relation of two texts, in whichever direction it is written."""
        return self.pairs.get((one, other)) or self.pairs.get((other, one))

    def comparison(self, one: str, other: str) -> Pair | None:
        """The pair of ids under which two texts are compared, or None where they are not."""
        return next((pair for pair in ((one, other), (other, one)) if pair in self.compared), None)


def slices(index: Index) -> Iterator[WorkSlice]:
    """The slice of each work that has a published witness, in the order of the archive's works."""
    for work in index.archive.works:
        if index.members[work.id]:
            yield slice_of(index, work)


def slice_of(index: Index, work: Work) -> WorkSlice:
    """What the pages of one work are made from. In: a work with at least one published witness."""
    members = index.members[work.id]
    relations = {id_: index.relations[id_] for id_ in members if id_ in index.relations}
    outer = _others(index, work, relations, carrying=True)
    inner = tuple(id_ for id_ in _others(index, work, relations, carrying=False) if id_ not in outer)
    found = {(one.base, one.witness): one for id_ in members for one in index.comparisons.get(id_, ())}
    beside = {*work.members, *outer, *inner}
    related = {link.other(id_) for id_, links in relations.items() for link in links}
    apparatuses = {pair: one for pair, one in found.items() if pair[1] in beside}
    texts = {work.base, *members, *related, *(id_ for pair in apparatuses for id_ in pair)}
    neighbours = {id_: index.neighbours[id_] for id_ in members}
    named = set(texts)
    named.update(id_ for near in neighbours.values() for id_ in (near.before, near.after))
    return WorkSlice(
        work=work,
        members=members,
        outer=outer,
        inner=inner,
        texts={id_: index.archive.by_id[id_] for id_ in sorted(texts)},
        heads={id_: index.card[id_].head for id_ in sorted(named) if id_ in index.card},
        relations=relations,
        recurring=index.recurring.intersection(chain.from_iterable(index.paragraphs[id_].tolist() for id_ in members)),
        pairs={(link.a, link.b): link for links in relations.values() for link in links},
        apparatuses=apparatuses,
        compared=frozenset(found),
        neighbours=neighbours,
        withdrawn_copies={id_: index.withdrawn_copies[id_] for id_ in members if id_ in index.withdrawn_copies},
    )


def _others(
    index: Index, work: Work, relations: Mapping[str, tuple[Relation, ...]], *, carrying: bool
) -> tuple[str, ...]:
    """Texts of other works that have a part of a member or, not ``carrying``, are in one, by stated date."""
    found = {
        link.other(member)
        for member, links in relations.items()
        for link in links
        if part_of(link) and not link.doubtful and carried(link, link.other(member)) is carrying
    }
    return tuple(sorted(found.difference(work.members), key=lambda id_: date_order(index.card[id_])))


def part_of(relation: Relation) -> bool:
    """Whether a relation links a text with one that has a part of it, or of which it is a part."""
    return relation.kind in (Kind.CONTAINS, Kind.EXCERPT)


def carried(relation: Relation, by: str) -> bool:
    """Whether the text ``by`` has a part of the other, rather than being wholly in it."""
    return relation.kind is Kind.EXCERPT or (relation.kind is Kind.CONTAINS and relation.a == by)
