"""The lists of the archive: by date, publisher, language, tag, title; the latest, the most copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from stemma.publish.browse import date_lists, name_lists
from stemma.publish.browse.pagination import Entry, ListPage, Name, Names, address_of, entry, numbered, paged, path_of
from stemma.publish.index import Card, Index, by_date, latest_first
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.names import sortable
from stemma.publish.wording.translation import Translation, messages
from stemma.settings import Settings

_AFTER_LETTERS = ("0–9", "#", "untitled")
"""The groups after all letters, in this order."""
_WORKS: Final = (
    messages("%(num)s work", "%(num)s works"),
    messages("%(first)s to %(last)s of %(num)s works", "%(first)s to %(last)s of %(num)s works"),
)


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """Every list of the site."""
    del settings
    cards = index.cards
    yield from latest(cards, renderer)
    yield from date_lists.pages(cards, renderer)
    yield from name_lists.pages(index, renderer)
    yield from titles(cards, renderer)
    yield from most_copied(index, renderer)


def latest(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """All texts, latest stated date first."""
    tr = renderer.tr
    page = ListPage(
        tr.gettext("All texts"), (tr.gettext("By stated date, latest first; undated texts last."),),
        empty=tr.gettext("There is no text in this archive yet."),
    )  # fmt: skip
    yield from paged(renderer, page, [entry(card) for card in latest_first(cards)], numbered("latest"))


def titles(cards: Sequence[Card], renderer: Renderer) -> Iterator[File]:
    """Titles by their first letter, a list a letter."""
    grouped = _grouped(("untitled" if card.untitled else initial(card.title), card) for card in cards)
    order = sorted(
        grouped, key=lambda letter: (_AFTER_LETTERS.index(letter) + 1 if letter in _AFTER_LETTERS else 0, letter)
    )
    tr = renderer.tr
    untitled = tr.gettext("untitled")
    names = tuple(
        Name(untitled if letter == "untitled" else letter, path_of("titles", letter.lower()), len(grouped[letter]))
        for letter in order
    )
    page = ListPage(
        tr.gettext("Titles"), (tr.gettext("A to Z, then other alphabets."),),
        groups=(Names("", names),) if names else (), empty=tr.gettext("There is no text in this archive yet."),
    )  # fmt: skip
    yield renderer.page("list.html", "titles.html", page)
    for letter in order:
        found = sorted(grouped[letter], key=lambda card: (sortable(card.title), card.numbers, card.id))
        title = tr.gettext("Titles: %(letter)s", letter=letter)
        page = ListPage(
            tr.gettext("Untitled texts") if letter == "untitled" else title, (), tr.gettext("Titles"), "titles.html"
        )
        yield from paged(renderer, page, [entry(card) for card in found], address_of("titles", letter.lower()))


def most_copied(index: Index, renderer: Renderer) -> Iterator[File]:
    """Works with more than one witness, the most witnesses first."""
    tr = renderer.tr
    intro = tr.gettext(
        "Works with more than one witness, the most witnesses first. The order does not show who copied whom."
    )
    empty = tr.gettext("No work has more than one witness.")
    page = ListPage(tr.gettext("Most copied works"), (intro,), empty=empty)
    yield from paged(renderer, page, copied(index, tr), numbered("copied"), _WORKS)


def initial(title: str) -> str:
    """The letter a title is listed under: without accents, upper case; digits together, the rest together."""
    for character in sortable(title):
        if character.isdigit():
            return "0–9"
        if character.isalpha():
            return character.upper()[:1]
    return "#"


def _grouped(pairs: Iterable[tuple[str, Card]]) -> dict[str, list[Card]]:
    groups: dict[str, list[Card]] = {}
    for name, card in pairs:
        groups.setdefault(name, []).append(card)
    return groups


def copied(index: Index, tr: Translation) -> tuple[Entry, ...]:
    """An entry for each work with more than one published witness, the most witnesses first, then by title."""
    return tuple(_copied_entry(found, tr) for found in copied_works(index))


def copied_works(index: Index) -> tuple[Sequence[Card], ...]:
    """The witnesses of each such work, in the same order; the base first."""
    several = [
        (id_, [index.card[one] for one in members]) for id_, members in index.members.items() if len(members) > 1
    ]
    several.sort(key=lambda pair: (-len(pair[1]), pair[1][0].title.casefold(), pair[0]))
    return tuple(found for _, found in several)


def _copied_entry(found: Sequence[Card], tr: Translation) -> Entry:
    base = found[0]
    return Entry(
        base.title, urls.work(base.id), ". ".join(filter(None, (_earliest(found, tr), _kinds(found, tr)))),
        tr.figures(len(found), "%(num)s witness", "%(num)s witnesses"), base.lang, base.dir,
    )  # fmt: skip


def _earliest(found: Sequence[Card], tr: Translation) -> str:
    first = by_date(found)[0]
    return tr.gettext("earliest: %(text)s", text=first.where) if first.numbers else tr.gettext("no dates stated")


def _kinds(found: Sequence[Card], tr: Translation) -> str:
    counts = Counter(card.relation for card in found)
    copies, revisions = counts["mirror"], counts["revision"]
    said = (
        tr.figures(copies, "%(num)s copy", "%(num)s copies") if copies else "",
        tr.figures(revisions, "%(num)s revision", "%(num)s revisions") if revisions else "",
    )
    return tr.gettext(", ").join(filter(None, said))
