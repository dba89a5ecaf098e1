"""One card for each text on the shelf: what every list, feed and catalogue needs to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from stemma.publish.output import urls
from stemma.publish.wording import languages
from stemma.publish.wording.dates import in_words, parts
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.titles import heading
from stemma.records import Archive, Field, Kind, Witness, Work

_MOST_TAGS: Final = 60
"""As many as a text page shows."""


class TextKind(StrEnum):
    """What a text is among the others. Every text is of one kind, the first that fits."""

    COMPILATION = "compilation"
    COPIED = "in several copies"
    PART = "part of a longer text"
    SINGLE = "single text"


@dataclass(frozen=True, slots=True)
class Card:
    """A text as a line in a list. All strings are safe to show.

    ``date`` is ISO text or empty, ``written`` the same in words, ``numbers`` its year, month and day, as many as are
    stated. ``untitled`` where its first words stand in for a title.
    """

    id: str
    title: str
    publisher: str
    date: str
    language: str
    tags: tuple[str, ...]
    work: str
    kind: TextKind
    relation: str
    written: str
    numbers: tuple[int, ...]
    untitled: bool

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

    @property
    def where(self) -> str:
        """Publisher and date, as far as the page states them."""
        return f"{self.publisher or 'no publisher stated'}, {self.written}"


def cards(archive: Archive) -> tuple[Card, ...]:
    """A card for every text that is not withdrawn, in the order of the archive."""
    gone = withdrawn(archive)
    containers = {link.a for link in archive.relations if link.kind is Kind.CONTAINS and not link.doubtful}
    contained = {link.b for link in archive.relations if link.kind is Kind.CONTAINS and not link.doubtful}
    relations = _relations(archive)
    sizes = {work.id: len(standing(work, gone)) for work in archive.works}
    made = []
    for witness in archive.witnesses:
        if witness.id in gone:
            continue
        work = archive.work_of.get(witness.id)
        kind = _kind(
            contains=witness.id in containers,
            copied=work is not None and sizes[work.id] > 1,
            part=witness.id in contained,
        )
        made.append(_card(witness, work.id if work else "", kind, relations.get(witness.id, "")))
    return tuple(made)


def withdrawn(archive: Archive) -> frozenset[str]:
    """The ids of texts that were taken down."""
    return frozenset(edits.id for edits in archive.edits.values() if edits.withdrawn)


def standing(work: Work, gone: frozenset[str]) -> tuple[str, ...]:
    """The members of a work that are not withdrawn, in order."""
    return tuple(member for member in work.members if member not in gone)


def by_date(shelf: Iterable[Card]) -> tuple[Card, ...]:
    """Earliest stated date first, undated last; then by title and id."""
    return tuple(sorted(shelf, key=lambda card: (not card.numbers, card.numbers, card.title.casefold(), card.id)))


def latest_first(shelf: Iterable[Card]) -> tuple[Card, ...]:
    """Latest stated date first, undated last; then by title and id."""
    known = sorted(shelf, key=lambda card: (card.title.casefold(), card.id))
    known.sort(key=lambda card: card.numbers, reverse=True)
    return tuple(known)


def publishers(shelf: Iterable[Card]) -> tuple[tuple[str, int], ...]:
    """Publishers with the number of their texts, the largest first, then by name; "" counts those that state none."""
    counts = Counter(card.publisher for card in shelf)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0].casefold(), entry[0])))


def _card(witness: Witness, work: str, kind: TextKind, relation: str) -> Card:
    title = heading(witness)
    numbers = parts(witness.value(Field.DATE))
    date = witness.value(Field.DATE) if numbers else ""
    return Card(
        witness.id,
        title.plain,
        one_line(witness.value(Field.PUBLISHER)),
        date,
        one_line(witness.value(Field.LANGUAGE)),
        tuple(dict.fromkeys(filter(None, map(one_line, witness.values(Field.TAGS)[:_MOST_TAGS])))),
        work,
        kind,
        relation,
        in_words(date) if date else "undated",
        numbers,
        title.ours,
    )


def _kind(*, contains: bool, copied: bool, part: bool) -> TextKind:
    if contains:
        return TextKind.COMPILATION
    if copied:
        return TextKind.COPIED
    return TextKind.PART if part else TextKind.SINGLE


def _relations(archive: Archive) -> dict[str, str]:
    """How each member of a work is related to its base, where a relation says so."""
    found = {}
    base_of = {member: work.base for work in archive.works for member in work.members}
    for link in archive.relations:
        if link.kind in (Kind.MIRROR, Kind.REVISION):
            for one, other in ((link.a, link.b), (link.b, link.a)):
                if base_of.get(one) == other and one != other:
                    found[one] = str(link.kind)
    return found
