"""A list in pages of at most 200 entries, each at a stable address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final

from stemma.publish.browse.histogram import Histogram
from stemma.publish.index import Card
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.translation import Translation, messages

NOT_STATED: Final = "not--stated"
"""A file name no stated name can have: its list holds the texts that state none."""

Words = tuple[tuple[str, str], tuple[str, str]]
"""How many entries a list has, and which of them a page shows, each with its plural."""

TEXTS: Final = (
    messages("%(num)s text", "%(num)s texts"),
    messages("%(first)s to %(last)s of %(num)s texts", "%(first)s to %(last)s of %(num)s texts"),
)
"""The words of a list of texts."""

MAX_ENTRIES: Final = 200
"""Entries on one page of a list: bounds its weight."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a text, a work. ``head``: the heading it stands under, which has the ``anchor``."""

    title: str
    path: str
    where: str
    count: str
    lang: str = ""
    dir: str = "auto"
    head: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One name in a list of names, with the number of texts it leads to."""

    label: str
    path: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Names under one head; the head is empty where the list needs none, and may lead somewhere itself."""

    head: str
    names: tuple[Name, ...]
    path: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a list, in its pager. The path is empty for the page itself."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Pager:
    """The place of a page among the pages of its list."""

    here: str
    previous: str = ""
    next: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one heading; none where the list has no headings."""

    head: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list: what it is, names it divides into, entries, and the way on.

    ``orders``: a list of several pages in its other orders; one of a single page is sorted where it is read.
    """

    title: str
    intro: tuple[str, ...] = ()
    over: str = ""
    over_path: str = ""
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    groups: tuple[Names, ...] = ()
    months: Histogram | None = None
    undated_path: str = ""
    sections: tuple[Section, ...] = ()
    pager: Pager = Pager("")
    empty: str = ""
    orders: tuple[Step, ...] = ()

    @property
    def sortable(self) -> bool:
        """Whether all of the list is on this page, and is long enough to be sorted."""
        listed = sum(len(one.entries) for one in self.sections) + sum(len(one.names) for one in self.groups[:1])
        return not self.pager.steps and len(self.groups) < 2 and listed > 3


def entry(card: Card) -> Entry:
    """A text in a list: publisher below the title, the date beside it."""
    return Entry(card.title, card.path, card.whose, card.written, card.lang, card.dir)


def paged(
    renderer: Renderer,
    page: ListPage,
    entries: Sequence[Entry],
    address: Callable[[int], str],
    words: Words = TEXTS,
) -> Iterator[File]:
    """Every page of one list; ``address`` gives the path of page n. Without entries it is one page."""
    for number, first in enumerate(range(0, max(len(entries), 1), MAX_ENTRIES), start=1):
        shown = tuple(entries[first : first + MAX_ENTRIES])
        part = replace(page, sections=_sections(shown), pager=pager(number, len(entries), address, words, renderer.tr))
        if number > 1:
            part = replace(
                part, title=_continued(page.title, number, renderer.tr), groups=(), intro=(), facts=(), months=None
            )
        yield renderer.page("list.html", address(number), part)


def _continued(title: str, number: int, tr: Translation) -> str:
    return tr.gettext("%(title)s, page %(number)s", title=title, number=number)


def _sections(entries: Sequence[Entry]) -> tuple[Section, ...]:
    return tuple(
        Section(head, anchor, tuple(found))
        for (head, anchor), found in groupby(entries, key=lambda one: (one.head, one.anchor))
    )


def path_of(folder: str, name: str) -> str:
    """The address of the list of a stated name, or of the texts that state none."""
    return urls.named(folder, name) if name else f"{folder}/{NOT_STATED}.html"


def address_of(folder: str, name: str) -> Callable[[int], str]:
    """The addresses of such a list, page by page."""
    if name:
        return partial(urls.named, folder, name)
    return lambda number: f"{folder}/{NOT_STATED}.html" if number == 1 else f"{folder}/{NOT_STATED}/{number}.html"


def paged_names(renderer: Renderer, page: ListPage, names: Sequence[Name], folder: str, words: Words) -> Iterator[File]:
    """Every page of a list of names; of a list of several pages another one, the most texts first."""
    most = f"{folder}-most"
    several = len(names) > MAX_ENTRIES
    tr = renderer.tr
    both = ((tr.gettext("by name"), numbered(folder)(1)), (tr.gettext("most texts first"), numbered(most)(1)))
    yield from _names_in_order(renderer, page, names, folder, words, both if several else ())
    if several:
        by_number = sorted(names, key=lambda name: -name.count)
        yield from _names_in_order(renderer, page, by_number, most, words, both)


def _names_in_order(  # noqa: PLR0917
    renderer: Renderer,
    page: ListPage,
    names: Sequence[Name],
    top: str,
    words: Words,
    orders: tuple[tuple[str, str], ...],
) -> Iterator[File]:
    address = numbered(top)
    steps = tuple(Step(label, "" if path == address(1) else path) for label, path in orders)
    for number, first in enumerate(range(0, max(len(names), 1), MAX_ENTRIES), start=1):
        shown = tuple(names[first : first + MAX_ENTRIES])
        part = replace(page, groups=(Names("", shown),) if shown else (), orders=steps,
                       pager=pager(number, len(names), address, words, renderer.tr))  # fmt: skip
        if number > 1:
            part = replace(part, title=_continued(page.title, number, renderer.tr), intro=())
        yield renderer.page("list.html", address(number), part)


def pager(  # noqa: PLR0917
    number: int,
    total: int,
    address: Callable[[int], str],
    words: Words,
    tr: Translation,
    size: int = MAX_ENTRIES,
) -> Pager:
    """The pager of page ``number`` of a list of ``total`` entries, ``size`` on a page; ``words`` are as TEXTS."""
    last = max(1, -(-total // size))
    if last == 1:
        return Pager(tr.figures(total, *words[0]) if total else "")
    first = (number - 1) * size + 1
    return Pager(
        tr.figures(total, *words[1], first=tr.number(first), last=tr.number(min(first + size - 1, total))),
        address(number - 1) if number > 1 else "",
        address(number + 1) if number < last else "",
        tuple(
            Step(str(one) if one else "…", "" if one in (0, number) else address(one)) for one in _shown(number, last)
        ),
    )


def _shown(number: int, last: int) -> Iterator[int]:
    """The numbers a pager shows: both ends and the neighbours; 0 for what is left out."""
    wanted = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    before = 0
    for one in wanted:
        if one > before + 1:
            yield 0
        yield one
        before = one


def numbered(name: str) -> Callable[[int], str]:
    """The addresses of a list at the top of the site: ``titles.html``, ``titles-2.html`` and on."""
    return lambda number: f"{name}.html" if number == 1 else f"{name}-{number}.html"
