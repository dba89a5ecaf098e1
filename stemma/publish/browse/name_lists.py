"""The texts by name: publishers, authors, sources, languages, tags; a list of the names, and a list for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stemma.publish.browse.histogram import Histogram, drawn
from stemma.publish.browse.pagination import (
    Entry,
    ListPage,
    Name,
    Words,
    address_of,
    entry,
    paged,
    paged_names,
    path_of,
)  # fmt: skip
from stemma.publish.index import Card, Index, by_date
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording import languages, names
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import Translation, messages
from stemma.records import Publisher

_PUBLISHERS: Final = (
    messages("%(num)s publisher", "%(num)s publishers"),
    messages("%(first)s to %(last)s of %(num)s publishers", "%(first)s to %(last)s of %(num)s publishers"),
)
_AUTHORS: Final = (
    messages("%(num)s author", "%(num)s authors"),
    messages("%(first)s to %(last)s of %(num)s authors", "%(first)s to %(last)s of %(num)s authors"),
)
_SOURCES: Final = (
    messages("%(num)s source", "%(num)s sources"),
    messages("%(first)s to %(last)s of %(num)s sources", "%(first)s to %(last)s of %(num)s sources"),
)
_LANGUAGES: Final = (
    messages("%(num)s language", "%(num)s languages"),
    messages("%(first)s to %(last)s of %(num)s languages", "%(first)s to %(last)s of %(num)s languages"),
)
_TAGS: Final = (
    messages("%(num)s tag", "%(num)s tags"),
    messages("%(first)s to %(last)s of %(num)s tags", "%(first)s to %(last)s of %(num)s tags"),
)


@dataclass(frozen=True, slots=True)
class _Group:
    """A name, the part of its address, its other forms, and its texts."""

    shown: str
    key: str
    also: str
    cards: tuple[Card, ...]


def pages(index: Index, renderer: Renderer) -> Iterator[File]:
    """Every list of names."""
    yield from publisher_lists(index.cards, index.archive.publishers, renderer)
    yield from author_lists(index.cards, renderer)
    yield from source_lists(index.cards, renderer)
    yield from language_lists(index.cards, renderer)
    yield from tag_lists(index.cards, renderer)


def publisher_lists(cards: Sequence[Card], records: Sequence[Publisher], renderer: Renderer) -> Iterator[File]:
    """Publishers by name, and for each its other names and hosts, a chart and its texts by year."""
    tr = renderer.tr
    record = {one_line(one.name): one for one in records}
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.publisher, []).append(card)
    groups = [
        _Group(name, name, "; ".join(map(one_line, record[name].other_names)) if name in record else "", tuple(texts))
        for name, texts in sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold(), pair[0]))
    ]
    intro = tr.gettext("As the pages name them, with variant names grouped by the archive’s authority records.")
    page = ListPage(tr.gettext("Publishers"), (intro,), empty=tr.gettext("No text names a publisher."))
    yield from _names(renderer, page, "publishers", groups, _PUBLISHERS, tr.gettext("no publisher stated"))
    for group in groups:
        page = ListPage(
            group.shown or tr.gettext("No publisher stated"), (), tr.gettext("Publishers"), "publishers.html",
            _facts(record.get(group.shown), tr), months=_chart(group, tr),
        )  # fmt: skip
        entries = [_of_publisher(card, tr) for card in by_date(group.cards)]
        yield from paged(renderer, page, entries, address_of("publishers", group.key))


def author_lists(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Authors by name, and a list for each; spellings that differ in capitals alone are one name."""
    tr = renderer.tr
    groups = _grouped([(form, card) for card in cards for form in card.authors])
    nobody = tuple(card for card in cards if not card.authors)
    if nobody:
        groups.append(_Group("", "", "", nobody))
    page = ListPage(
        tr.gettext("Authors"), (tr.gettext("As the pages name them."),), empty=tr.gettext("No text names an author.")
    )
    yield from _names(renderer, page, "authors", groups, _AUTHORS, tr.gettext("no author stated"))
    for group in groups:
        page = ListPage(group.shown or tr.gettext("No author stated"), (), tr.gettext("Authors"), "authors.html")
        yield from paged(renderer, page, [entry(card) for card in by_date(group.cards)],
                         address_of("authors", group.key))  # fmt: skip


def source_lists(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Where files were received from, and a list for each source."""
    tr = renderer.tr
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.source, []).append(card)
    groups = [
        _Group(name, name, "", tuple(texts))
        for name, texts in sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold(), pair[0]))
    ]
    intro = tr.gettext(
        "Where the files were received from: the collector’s note, or the folder a file lies in. "
        "It is not a statement of the page."
    )
    page = ListPage(tr.gettext("Sources"), (intro,), empty=tr.gettext("There is no text in this archive yet."))
    yield from _names(renderer, page, "sources", groups, _SOURCES, tr.gettext("no source noted"))
    for group in groups:
        page = ListPage(group.shown or tr.gettext("No source noted"), (), tr.gettext("Sources"), "sources.html")
        yield from paged(renderer, page, [entry(card) for card in by_date(group.cards)],
                         address_of("sources", group.key))  # fmt: skip


def language_lists(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Languages by number of texts, and a list for each."""
    tr = renderer.tr
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(languages.name(card.language), []).append(card)
    groups = [
        _Group(languages.shown(texts[0].language, tr), name, "", tuple(texts))
        for name, texts in sorted(found.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    ]
    intro = tr.gettext("The language of each text, detected from its words unless the page or the curator states it.")
    page = ListPage(tr.gettext("Languages"), (intro,), empty=tr.gettext("No language is known."))
    yield from _names(renderer, page, "languages", groups, _LANGUAGES, tr.gettext("not known"))
    for group in groups:
        page = ListPage(group.shown or tr.gettext("Language not known"), (), tr.gettext("Languages"), "languages.html")
        yield from paged(renderer, page, [entry(card) for card in by_date(group.cards)],
                         address_of("languages", group.key))  # fmt: skip


def tag_lists(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Tags by name, and a list for each; spellings that differ in capitals alone are one tag."""
    tr = renderer.tr
    groups = _grouped([(form, card) for card in cards for form in card.tags])
    page = ListPage(
        tr.gettext("Tags"), (tr.gettext("Tags given by the pages."),), empty=tr.gettext("No page gives a tag.")
    )
    yield from _names(renderer, page, "tags", groups, _TAGS, "")
    for group in groups:
        page = ListPage(group.shown, (), tr.gettext("Tags"), "tags.html")
        yield from paged(renderer, page, [entry(card) for card in by_date(group.cards)],
                         address_of("tags", group.key))  # fmt: skip


def _names(  # noqa: PLR0917
    renderer: Renderer, page: ListPage, folder: str, groups: Sequence[_Group], words: Words, none: str
) -> Iterator[File]:
    listed = [Name(group.shown or none, path_of(folder, group.key), len(group.cards), group.also) for group in groups]
    yield from paged_names(renderer, page, listed, folder, words)


def _grouped(found: Sequence[tuple[str, Card]]) -> list[_Group]:
    """Forms of one name as one group, each text once."""
    cards: dict[str, dict[str, Card]] = {}
    for form, card in found:
        cards.setdefault(names.key(form), {})[card.id] = card
    return [
        _Group(name.shown, name.key, "; ".join(name.forms[1:]), tuple(cards[name.key].values()))
        for name in names.grouped(form for form, _ in found)
    ]


def _facts(record: Publisher | None, tr: Translation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if record is None:
        return ()
    facts = ((tr.gettext("Other names"), record.other_names), (tr.gettext("Hosts"), record.hosts))
    return tuple((term, tuple(map(one_line, values))) for term, values in facts if values)


def _chart(group: _Group, tr: Translation) -> Histogram | None:
    """The dates of a publisher with several years; its years lead to their headings in the list."""
    years = {card.numbers[0] for card in group.cards if card.numbers}
    if len(years) < 2:
        return None
    return drawn(group.cards, tr, list_path=path_of("publishers", group.key))


def _of_publisher(card: Card, tr: Translation) -> Entry:
    """A text in the list of its own publisher: under its year, with the kind of text below the title."""
    made = Entry(card.title, card.path, tr.gettext(card.kind), card.written, card.lang, card.dir)
    year = str(card.numbers[0]) if card.numbers else ""
    return replace(made, head=year or tr.gettext("Undated"), anchor=f"y{year}" if year else "undated")
