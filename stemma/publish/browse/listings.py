"""The lists of the archive: by date, publisher, language, tag, title; the latest, the most copied."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from stemma.publish.browse.pagination import Entry, ListPage, Name, Names, entry, numbered, paged, paged_names
from stemma.publish.index import Card, Index, by_date, latest_first, publishers
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording import languages
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.numbers import figures
from stemma.records import Publisher
from stemma.settings import Settings

NOT_STATED = "not--stated"
"""A file name no stated name can have: its list holds the texts that state none."""

_AFTER_LETTERS = ("0–9", "#", "untitled")
"""The groups after all letters, in this order."""


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """Every list of the site."""
    del settings
    cards = index.cards
    yield from latest(cards, renderer)
    yield from dates(cards, renderer)
    yield from publisher_lists(cards, index.archive.publishers, renderer)
    yield from language_lists(cards, renderer)
    yield from tag_lists(cards, renderer)
    yield from titles(cards, renderer)
    yield from most_copied(index, renderer)


def path_of(folder: str, name: str) -> str:
    """The address of the list of a stated name, or of the texts that state none."""
    return urls.named(folder, name) if name else f"{folder}/{NOT_STATED}.html"


def _address(folder: str, name: str) -> Callable[[int], str]:
    if name:
        return partial(urls.named, folder, name)
    return lambda number: f"{folder}/{NOT_STATED}.html" if number == 1 else f"{folder}/{NOT_STATED}/{number}.html"


def latest(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """All texts, latest stated date first."""
    page = ListPage(
        "All texts", ("By stated date, latest first; undated texts last.",),
        empty="There is no text in this archive yet.",
    )  # fmt: skip
    yield from paged(renderer, page, [entry(card) for card in latest_first(cards)], numbered("latest"))


def dates(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Years and their months, a page a year, a list a month, and the undated."""
    years: defaultdict[str, defaultdict[str, list[Card]]] = defaultdict(lambda: defaultdict(list))
    undated = []
    for card in by_date(cards):
        if card.numbers:
            year, *month = (f"{card.numbers[0]:04}", *(f"{one:02}" for one in card.numbers[1:2]))
            years[year][month[0] if month else ""].append(card)
        else:
            undated.append(card)
    yield _index_of_dates(years, undated, renderer)
    for year, months in years.items():
        yield from _year(year, months, renderer)
    page = ListPage("Undated texts", ("Texts that state no date, by title.",), "Dates", "dates.html",
                    empty="Every text states a date.")  # fmt: skip
    yield from paged(renderer, page, [entry(card) for card in undated], partial(urls.named, "dates", "undated"))


def _index_of_dates(
    years: Mapping[str, Mapping[str, Sequence[Card]]],
    undated: Sequence[Card],
    renderer: Renderer,
) -> File:
    groups = []
    for year, months in years.items():
        names = tuple(
            Name(in_words(f"{year}-{month}").partition(" ")[0] if month else "no month stated",
                 path_of("dates", f"{year}-{month}" if month else year), len(found))
            for month, found in sorted(months.items(), key=lambda pair: pair[0] or "99")
        )  # fmt: skip
        groups.append(Names(year, names, path_of("dates", year), sum(map(len, months.values()))))
    if undated:
        names = (Name("no date stated", path_of("dates", "undated"), len(undated)),)
        groups.append(Names("Undated", names, path_of("dates", "undated"), len(undated)))
    intro = "Texts by the date they state. Texts that state no date are listed as undated."
    page = ListPage("Dates", (intro,), groups=tuple(groups), empty="There is no text in this archive yet.")
    return renderer.page("list.html", "dates.html", page)


def _year(year: str, months: Mapping[str, Sequence[Card]], renderer: Renderer) -> Iterator[File]:
    named = sorted(month for month in months if month)
    names = tuple(Name(in_words(f"{year}-{month}"), path_of("dates", f"{year}-{month}"), len(months[month]))
                  for month in named)  # fmt: skip
    page = ListPage(
        year, (), "Dates", "dates.html", groups=(Names("By month", names),) if names else (),
        entries_head="Dated to the year alone",
    )  # fmt: skip
    year_only = months.get("", [])
    yield from paged(renderer, page, [entry(card) for card in year_only], _address("dates", year))
    for month in named:
        page = ListPage(in_words(f"{year}-{month}"), (), year, path_of("dates", year))
        yield from paged(renderer, page, [entry(card) for card in months[month]], _address("dates", f"{year}-{month}"))


def publisher_lists(cards: Sequence[Card], records: Sequence[Publisher], renderer: Renderer) -> Iterator[File]:
    """Publishers by name, and a list for each with its other names and hosts."""
    record = {one_line(one.name): one for one in records}
    grouped = _grouped((card.publisher, card) for card in cards)
    names = [
        Name(name or "no publisher stated", path_of("publishers", name), count,
             "; ".join(map(one_line, record[name].other_names)) if name in record else "")
        for name, count in sorted(publishers(cards), key=lambda pair: (not pair[0], pair[0].casefold(), pair[0]))
    ]  # fmt: skip
    intro = "As the pages name them, with variant names grouped by the archive’s authority records."
    page = ListPage("Publishers", (intro,), empty="No text names a publisher.")
    yield from paged_names(renderer, page, names, numbered("publishers"), ("publisher", "publishers"))
    for name, found in grouped.items():
        page = ListPage(name or "No publisher stated", (), "Publishers", "publishers.html", _facts(record.get(name)))
        yield from paged(renderer, page, [entry_of_publisher(card) for card in by_date(found)],
                         _address("publishers", name))  # fmt: skip


def _facts(record: Publisher | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if record is None:
        return ()
    facts = (("Other names", record.other_names), ("Hosts", record.hosts))
    return tuple((term, tuple(map(one_line, values))) for term, values in facts if values)


def entry_of_publisher(card: Card) -> Entry:
    """A text in the list of its own publisher: the kind of text stands below the title."""
    return Entry(card.title, card.path, str(card.kind), card.written, card.lang, card.dir)


def language_lists(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Languages by number of texts, and a list for each."""
    grouped = _grouped((languages.name(card.language), card) for card in cards)
    order = sorted(grouped, key=lambda name: (not name, -len(grouped[name]), name))
    names = [Name(name or "not known", path_of("languages", name), len(grouped[name])) for name in order]
    page = ListPage(
        "Languages",
        ("The language of each text, detected from its words unless the page or the curator states it.",),
        empty="No language is known.",
    )
    yield from paged_names(renderer, page, names, numbered("languages"), ("language", "languages"))
    for name, found in grouped.items():
        page = ListPage(name or "Language not known", (), "Languages", "languages.html")
        yield from paged(renderer, page, [entry(card) for card in by_date(found)], _address("languages", name))


def tag_lists(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Tags by name, and a list for each."""
    grouped = _grouped((tag, card) for card in cards for tag in card.tags)
    order = sorted(grouped, key=lambda name: (name.casefold(), name))
    names = [Name(name, path_of("tags", name), len(grouped[name])) for name in order]
    page = ListPage("Tags", ("Tags given by the pages.",), empty="No page gives a tag.")
    yield from paged_names(renderer, page, names, numbered("tags"), ("tag", "tags"))
    for name, found in grouped.items():
        page = ListPage(name, (), "Tags", "tags.html")
        yield from paged(renderer, page, [entry(card) for card in by_date(found)], _address("tags", name))


def titles(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Titles by their first letter, a list a letter."""
    grouped = _grouped(("untitled" if card.untitled else initial(card.title), card) for card in cards)
    order = sorted(
        grouped, key=lambda letter: (_AFTER_LETTERS.index(letter) + 1 if letter in _AFTER_LETTERS else 0, letter)
    )
    names = tuple(Name(letter, path_of("titles", letter.lower()), len(grouped[letter])) for letter in order)
    page = ListPage("Titles", ("A to Z, then other alphabets.",), groups=(Names("", names),) if names else (),
                    empty="There is no text in this archive yet.")  # fmt: skip
    yield renderer.page("list.html", "titles.html", page)
    for letter in order:
        found = sorted(grouped[letter], key=lambda card: (sortable(card.title), card.numbers, card.id))
        page = ListPage("Untitled texts" if letter == "untitled" else f"Titles: {letter}", (), "Titles", "titles.html")
        yield from paged(renderer, page, [entry(card) for card in found], _address("titles", letter.lower()))


def most_copied(index: Index, renderer: Renderer) -> Iterator[File]:
    """Works with more than one witness, the most witnesses first."""
    intro = "Works with more than one witness, the most witnesses first. The order does not show who copied whom."
    page = ListPage("Most copied works", (intro,), empty="No work has more than one witness.")
    yield from paged(renderer, page, copied(index), numbered("copied"), ("work", "works"))


def initial(title: str) -> str:
    """The letter a title is listed under: without accents, upper case; digits together, the rest together."""
    for character in sortable(title):
        if character.isdigit():
            return "0–9"
        if character.isalpha():
            return character.upper()[:1]
    return "#"


def sortable(title: str) -> str:
    """A title without accents and case, for the order of a list that depends on no locale."""
    if title.isascii():
        return title.lower()
    folded = unicodedata.normalize("NFKD", title.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))


def _grouped(pairs: Iterable[tuple[str, Card]]) -> dict[str, list[Card]]:
    groups: dict[str, list[Card]] = {}
    for name, card in pairs:
        groups.setdefault(name, []).append(card)
    return groups


def copied(index: Index) -> tuple[Entry, ...]:
    """An entry for each work with more than one published witness, the most witnesses first, then by title."""
    several = [
        (id_, [index.card[one] for one in members]) for id_, members in index.members.items() if len(members) > 1
    ]
    several.sort(key=lambda pair: (-len(pair[1]), pair[1][0].title.casefold(), pair[0]))
    return tuple(_copied_entry(found) for _, found in several)


def _copied_entry(found: Sequence[Card]) -> Entry:
    base = found[0]
    return Entry(
        base.title, urls.work(base.id), ". ".join(filter(None, (_earliest(found), _kinds(found)))),
        f"{len(found)} witnesses", base.lang, base.dir,
    )  # fmt: skip


def _earliest(found: Sequence[Card]) -> str:
    first = by_date(found)[0]
    return f"earliest: {first.where}" if first.numbers else "no dates stated"


def _kinds(found: Sequence[Card]) -> str:
    counts = Counter(card.relation for card in found)
    named = (("mirror", "copy", "copies"), ("revision", "revision", "revisions"))
    return ", ".join(figures(counts[kind], one, many) for kind, one, many in named if counts[kind])
