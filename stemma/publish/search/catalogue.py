"""The catalogue beside the bundles: for each result id what facets, folding and sorting need, and nothing else.

The search page reads it whole, so it is kept small: columns of numbers, result ids as steps from one to the next,
gzip without a time. Titles and words come from the fragments of the few results that are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from stemma.dates import is_date, is_plain
from stemma.files import gzipped
from stemma.publish.index import Card, TextKind, publishers
from stemma.publish.wording import languages, names
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import Translation
from stemma.records import Publisher

NAME: Final = "catalogue.pack"
RELATIONS: Final = ("", "mirror", "revision")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rows as columns: ``sizes`` rows a bundle, in the order of their result ids.

    ``ids`` are steps (the first of a bundle from 0); ``dates`` are yyyymmdd with 00 for what is not stated, 0 for
    undated; ``inexact`` has the rows whose date is more than that (an interval, about, uncertain), with the date in
    EDTF. ``works`` are numbers from 1 for works with several published witnesses, 0 for a text without copies; the
    other columns are places in the lists of names, each with its other forms; a text has several authors. A language's
    second form is its code. ``sources`` are where the files were received from. The first of
    publishers, authors, languages and sources is "", for none.
    """

    tag: str
    sizes: tuple[int, ...]
    publishers: tuple[tuple[str, ...], ...]
    authors: tuple[tuple[str, ...], ...]
    languages: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    relations: tuple[str, ...]
    ids: tuple[int, ...]
    dates: tuple[int, ...]
    inexact: tuple[tuple[int, str], ...]
    works: tuple[int, ...]
    publisher: tuple[int, ...]
    author: tuple[tuple[int, ...], ...]
    language: tuple[int, ...]
    source: tuple[int, ...]
    kind: tuple[int, ...]
    relation: tuple[int, ...]


def catalogue(
    cards: Sequence[Card], found: Sequence[Mapping[int, str]], records: Iterable[Publisher], tag: str, tr: Translation
) -> Catalogue:
    """The catalogue of the published texts; ``found`` maps result id to witness id, a mapping a bundle."""
    by_id = {card.id: card for card in cards}
    rows = [by_id[ids[number]] for ids in found for number in sorted(ids)]
    names_of = _publishers(cards, records)
    languages_ = _languages(cards, tr)
    language_at = {names[0]: place for place, names in enumerate(languages_)}
    authors = _authors(cards)
    author_at = {form: place for place, forms in enumerate(authors) for form in forms}
    works = _works(cards)
    kinds = tuple(TextKind)
    sources = ("", *sorted({card.source for card in cards} - {""}))
    source_at = {name: place for place, name in enumerate(sources)}
    publisher_at = {names[0]: place for place, names in enumerate(names_of)}
    return Catalogue(
        tag,
        tuple(len(ids) for ids in found),
        names_of,
        authors,
        languages_,
        sources,
        tuple(tr.gettext(kind) for kind in kinds),
        RELATIONS,
        tuple(step for ids in found for step in _steps(sorted(ids))),
        tuple(_number(card.numbers) for card in rows),
        tuple((row, card.date) for row, card in enumerate(rows) if is_date(card.date) and not is_plain(card.date)),
        tuple(works.get(card.work, 0) for card in rows),
        tuple(publisher_at[card.publisher] for card in rows),
        tuple(tuple(sorted({author_at[name] for name in card.authors})) or (0,) for card in rows),
        tuple(language_at[languages.shown(card.language, tr)] for card in rows),
        tuple(source_at[card.source] for card in rows),
        tuple(kinds.index(card.kind) for card in rows),
        tuple(RELATIONS.index(card.relation) for card in rows),
    )


def packed(catalogue: Catalogue) -> bytes:
    """The catalogue as gzipped JSON, the same bytes for the same catalogue."""
    return gzipped(json.dumps(asdict(catalogue), ensure_ascii=False, separators=(",", ":")).encode())


def _publishers(cards: Sequence[Card], records: Iterable[Publisher]) -> tuple[tuple[str, ...], ...]:
    other = {one_line(record.name): tuple(map(one_line, record.other_names)) for record in records}
    names = [name for name, _ in publishers(cards) if name]
    return (("",), *((name, *other.get(name, ())) for name in names))


def _authors(cards: Sequence[Card]) -> tuple[tuple[str, ...], ...]:
    return (("",), *(group.forms for group in names.grouped(name for card in cards for name in card.authors)))


def _languages(cards: Sequence[Card], tr: Translation) -> tuple[tuple[str, ...], ...]:
    """Each language: its name in the language of the interface, its code, its English name where that is another."""
    found = {
        (shown, languages.code(card.language), *((name,) if name != shown else ()))
        for card in cards
        if card.language and (shown := languages.shown(card.language, tr)) and (name := languages.name(card.language))
    }
    return (("", ""), *sorted(found))


def _works(cards: Sequence[Card]) -> dict[str, int]:
    """Works with several published witnesses, numbered from 1."""
    sizes: dict[str, int] = {}
    for card in cards:
        sizes[card.work] = sizes.get(card.work, 0) + 1
    several = [work for work, size in sizes.items() if work and size > 1]
    return {work: number for number, work in enumerate(several, start=1)}


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _number(date: Sequence[int]) -> int:
    year, month, day = (*date, 0, 0, 0)[:3]
    return year * 10000 + month * 100 + day
