"""The index of an archive, built once a build: a card for each published text, and what belongs to it, by id.

A withdrawn text has no card, and nothing that is looked up here leads to it but ``withdrawn_copies``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from stemma.observe.outline import Keys, paragraph_keys, recurring_keys
from stemma.publish.output import urls
from stemma.publish.wording import languages
from stemma.publish.wording.dates import in_words, parts
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.titles import Heading, heading
from stemma.publish.wording.translation import ENGLISH, Translation
from stemma.records import Apparatus, Archive, Field, Kind, Relation, Witness, Work

Pair = tuple[str, str]
"""The ids under which two texts are compared: base and witness, or container and contained text."""

One = TypeVar("One")

MAX_TAGS: Final = 60
"""Tags of one text in lists and on its page; of more, the first."""


class TextKind(StrEnum):
    """What a text is among the others. Every text is of one kind, the first that fits."""

    COMPILATION = "compilation"
    COPIED = "in several copies"
    PART = "part of a longer text"
    SINGLE = "single text"


@dataclass(frozen=True, slots=True)
class Head:
    """What another text's page says of a text: its heading, publisher, date, language. All strings are safe to show.

    ``source``: where its file was received from. ``date`` is EDTF or empty, ``numbers`` its year, month and day, as
    many as are stated, of an interval those of its beginning. ``work`` is the id of its work, that of its base.
    ``written`` is the date in words, or "undated"; ``whose`` the publisher or, where none is stated, where the file was
    received from, which the page does not say; ``where`` both.
    """

    id: str
    heading: Heading
    publisher: str
    source: str
    date: str
    numbers: tuple[int, ...]
    language: str
    work: str
    written: str
    whose: str
    where: str

    @property
    def title(self) -> str:
        """Its title as one string."""
        return self.heading.plain

    @property
    def untitled(self) -> bool:
        """Whether its first words take the place of a title."""
        return self.heading.ours

    @property
    def path(self) -> str:
        """The address of its reading page."""
        return urls.text(self.id)

    @property
    def lang(self) -> str:
        """The language code for ``lang``, or empty."""
        return languages.code(self.language)

    @property
    def dir(self) -> str:
        """The direction of its title."""
        return languages.direction(self.language)


@dataclass(frozen=True, slots=True)
class Card(Head):
    """A published text as a line in a list, feed or catalogue. ``relation``: how it is related to its work's base."""

    authors: tuple[str, ...]
    tags: tuple[str, ...]
    kind: TextKind
    relation: str

    @property
    def head(self) -> Head:
        """What pages of other texts may say of it."""
        return Head(
            self.id, self.heading, self.publisher, self.source, self.date, self.numbers, self.language, self.work,
            self.written, self.whose, self.where,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The text before and after one, by stated date, among the texts of ``publisher`` (or, if empty, of all)."""

    before: str
    after: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Index:
    """An archive, indexed. ``cards`` are in the order of the archive; ``members`` are the published ones of each work.

    ``relations`` and ``comparisons`` (apparatuses by base and witness) are those of published texts, by the id of each
    side. ``paragraphs``: the keys of the paragraphs of each of them; ``recurring``: those that several have.
    ``withdrawn_copies``: for a text, the copies of it that were withdrawn; for a withdrawn one, the published.
    """

    archive: Archive
    cards: tuple[Card, ...]
    card: Mapping[str, Card]
    withdrawn: frozenset[str]
    members: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, tuple[Relation, ...]]
    comparisons: Mapping[str, tuple[Apparatus, ...]]
    neighbours: Mapping[str, Neighbours]
    paragraphs: Mapping[str, Keys]
    recurring: frozenset[int]
    withdrawn_copies: Mapping[str, tuple[str, ...]]

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """The published texts, in the order of the archive."""
        return tuple(witness for witness in self.archive.witnesses if witness.id in self.card)

    def published(self, work: Work) -> tuple[str, ...]:
        """The members of a work that are published, in order."""
        return self.members[work.id]


def build_index(archive: Archive, tr: Translation = ENGLISH) -> Index:
    """Index an archive, with what cards say in the language of the interface; linear in size, but for sorting."""
    withdrawn = frozenset(edits.id for edits in archive.edits.values() if edits.withdrawn)
    paragraphs = {one.id: paragraph_keys(one) for one in archive.witnesses if one.id not in withdrawn}
    members = {work.id: tuple(one for one in work.members if one not in withdrawn) for work in archive.works}
    cards = tuple(_cards(archive, withdrawn, members, tr))
    published = [link for link in archive.relations if link.a not in withdrawn and link.b not in withdrawn]
    apparatuses = [one for one in archive.apparatuses if one.base not in withdrawn and one.witness not in withdrawn]
    return Index(
        archive=archive,
        cards=cards,
        card={card.id: card for card in cards},
        withdrawn=withdrawn,
        members=members,
        relations=_by_side((link, (link.a, link.b)) for link in published),
        comparisons=_by_side((one, (one.base, one.witness)) for one in apparatuses),
        neighbours=_neighbours(cards),
        paragraphs=paragraphs,
        recurring=recurring_keys(paragraphs.values()),
        withdrawn_copies=_withdrawn_copies(archive, withdrawn),
    )


def _by_side(rows: Iterable[tuple[One, Pair]]) -> Mapping[str, tuple[One, ...]]:
    found: dict[str, list[One]] = {}
    for row, sides in rows:
        for side in sides:
            found.setdefault(side, []).append(row)
    return {id_: tuple(rows) for id_, rows in found.items()}


def source_of(witness: Witness) -> str:
    """Where a file was received from: the collector's note, else its folder, else nothing."""
    return one_line(witness.accession.received_from or witness.accession.folder)


def by_date(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Earliest stated date first, undated last; then by title and id."""
    return tuple(sorted(cards, key=lambda card: (not card.numbers, card.numbers, card.title.casefold(), card.id)))


def latest_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Latest stated date first, undated last; then by title and id."""
    known = sorted(cards, key=lambda card: (card.title.casefold(), card.id))
    known.sort(key=lambda card: card.numbers, reverse=True)
    return tuple(known)


def publishers(cards: Iterable[Card]) -> tuple[tuple[str, int], ...]:
    """Publishers with the number of their texts, the largest first, then by name; "" counts those that state none."""
    counts = Counter(card.publisher for card in cards)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0].casefold(), entry[0])))


def _cards(
    archive: Archive, withdrawn: frozenset[str], members: Mapping[str, tuple[str, ...]], tr: Translation
) -> Iterator[Card]:
    containers = {link.a for link in archive.relations if link.kind is Kind.CONTAINS and not link.doubtful}
    contained = {link.b for link in archive.relations if link.kind is Kind.CONTAINS and not link.doubtful}
    relations = _relations_to_base(archive)
    for witness in archive.witnesses:
        if witness.id not in withdrawn:
            work = archive.work_of.get(witness.id)
            kind = _kind(
                contains=witness.id in containers,
                copied=work is not None and len(members[work.id]) > 1,
                part=witness.id in contained,
            )
            yield _card(witness, work.id if work else "", kind, relations.get(witness.id, ""), tr)


def _card(witness: Witness, work: str, kind: TextKind, relation: str, tr: Translation) -> Card:
    numbers = parts(witness.value(Field.DATE))
    publisher, source = one_line(witness.value(Field.PUBLISHER)), source_of(witness)
    written = in_words(witness.value(Field.DATE), tr) if numbers else tr.gettext("undated")
    received = tr.gettext("received from %(source)s", source=source) if source else tr.gettext("no publisher stated")
    return Card(
        id=witness.id,
        heading=heading(witness, tr),
        publisher=publisher,
        source=source,
        date=witness.value(Field.DATE) if numbers else "",
        numbers=numbers,
        language=one_line(witness.value(Field.LANGUAGE)),
        work=work,
        written=written,
        whose=publisher or received,
        where=tr.gettext("%(publisher)s, %(date)s", publisher=publisher or received, date=written),
        authors=tuple(dict.fromkeys(filter(None, map(one_line, witness.values(Field.AUTHOR))))),
        tags=tuple(dict.fromkeys(filter(None, map(one_line, witness.values(Field.TAGS)[:MAX_TAGS])))),
        kind=kind,
        relation=relation,
    )


def _kind(*, contains: bool, copied: bool, part: bool) -> TextKind:
    if contains:
        return TextKind.COMPILATION
    if copied:
        return TextKind.COPIED
    return TextKind.PART if part else TextKind.SINGLE


def _relations_to_base(archive: Archive) -> dict[str, str]:
    """How each member of a work is related to its base, where a relation says so."""
    found = {}
    base_of = {member: work.base for work in archive.works for member in work.members}
    for link in archive.relations:
        if link.kind in (Kind.MIRROR, Kind.REVISION):
            for one, other in ((link.a, link.b), (link.b, link.a)):
                if base_of.get(one) == other and one != other:
                    found[one] = str(link.kind)
    return found


def _withdrawn_copies(archive: Archive, withdrawn: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Pairs of which one is withdrawn: by their relation, or by what the page of the withdrawn one last listed."""
    pairs = {(link.a, link.b) for link in archive.relations if (link.a in withdrawn) != (link.b in withdrawn)}
    pairs |= {
        (name, mirror)
        for name in withdrawn
        if name not in archive.by_id
        for mirror in archive.edits[name].mirrors
        if mirror in archive.by_id and mirror not in withdrawn
    }
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {name: tuple(sorted(others)) for name, others in found.items()}


def date_order(head: Head) -> tuple[bool, tuple[int, ...], str]:
    """The order of texts by stated date, those without one last; then by id."""
    return not head.numbers, head.numbers, head.id


def _neighbours(cards: Sequence[Card]) -> Mapping[str, Neighbours]:
    ordered = sorted(cards, key=date_order)
    by_publisher: dict[str, list[str]] = {}
    for card in ordered:
        by_publisher.setdefault(card.publisher, []).append(card.id)
    found = _in_a_row([card.id for card in ordered], "")
    for publisher, ids in by_publisher.items():
        if publisher and len(ids) > 1:
            found.update(_in_a_row(ids, publisher))
    return found


def _in_a_row(ids: Sequence[str], publisher: str) -> dict[str, Neighbours]:
    padded = ["", *ids, ""]
    return {id_: Neighbours(padded[place], padded[place + 2], publisher) for place, id_ in enumerate(padded[1:-1])}
