"""Works with several witnesses, as entries of a list: how many, from when, of what kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stemma.nouns import Archive
from stemma.publish import addresses
from stemma.publish.lists import Entry
from stemma.publish.shelf import Card, by_date, standing, withdrawn


def copied(archive: Archive, shelf: Sequence[Card]) -> tuple[Entry, ...]:
    """An entry for each work with more than one standing witness, the most witnesses first, then by title."""
    gone = withdrawn(archive)
    by_id = {card.id: card for card in shelf}
    works = [(work, [by_id[one] for one in standing(work, gone)]) for work in archive.works]
    several = [(work, found) for work, found in works if len(found) > 1]
    several.sort(key=lambda pair: (-len(pair[1]), pair[1][0].title.casefold(), pair[0].id))
    return tuple(_entry(found) for _, found in several)


def _entry(found: Sequence[Card]) -> Entry:
    base = found[0]
    return Entry(
        base.title, addresses.work(base.id), ". ".join(filter(None, (_earliest(found), _kinds(found)))),
        f"{len(found)} witnesses", base.lang, base.dir,
    )  # fmt: skip


def _earliest(found: Sequence[Card]) -> str:
    first = by_date(found)[0]
    return f"earliest: {first.where}" if first.numbers else "no dates stated"


def _kinds(found: Sequence[Card]) -> str:
    counts = Counter(card.relation for card in found)
    said = [
        f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in ("mirror", "revision") if counts[kind]
    ]
    return ", ".join(said)
