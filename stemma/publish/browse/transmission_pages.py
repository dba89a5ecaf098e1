"""Shared texts between publishers: a table and a chart, every number leading to the works it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.observe.transmission import Transmission, transmissions
from stemma.publish.browse.pagination import Entry
from stemma.publish.index import Card, Index, by_date
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import Translation
from stemma.settings import Settings

_MAX_PAIRS: Final = 200
"""Pairs of publishers in the table, those with the most shared works; each has a page."""
_MAX_WORKS: Final = 200
"""Works listed under one order of dates on the page of a pair."""
_MAX_PUBLISHERS: Final = 16
"""Publishers in the chart: as many as fit beside their names on a desktop."""
_CELL_SIZE: Final = 26
"""Side of a cell of the chart, in its own units."""
_NAME_WIDTH: Final = 190
"""Room for the names to the left of the chart, in the same units."""
_MAX_NAMED: Final = 6
"""Texts of the pair named below a work."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two publishers in numbers; delays in words, empty where there are none."""

    first: str
    second: str
    path: str
    works: int
    first_earlier: int
    second_earlier: int
    same_day: int
    undated: int
    first_delay: str
    second_delay: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the matrix, its side grown with the number, and what it says."""

    x: str
    y: str
    side: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A publisher beside the matrix, with its number."""

    number: int
    name: str
    y: int
    x: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The drawn matrix: publishers down and across, squares where the one down states the earlier date."""

    width: int
    height: int
    left: int
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TransmissionPage:
    """The page of all pairs."""

    pairs: tuple[Pair, ...]
    more: int
    matrix: Matrix | None


@dataclass(frozen=True, slots=True)
class Order:
    """The works of a pair in one order of dates."""

    anchor: str
    head: str
    note: str
    count: int
    works: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PairPage:
    """The page of one pair."""

    first: str
    second: str
    orders: tuple[Order, ...]


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The overview, and a page for each of the pairs with the most works."""
    del settings
    tr = renderer.tr
    found = transmissions(index.archive.works, {witness.id: witness for witness in index.witnesses})
    pairs = tuple(_pair(one, tr) for one in found[:_MAX_PAIRS])
    overview = TransmissionPage(pairs, len(found[_MAX_PAIRS:]), _matrix(pairs, tr))
    yield renderer.page("transmission.html", "carriage.html", overview)
    members = {id_: [index.card[one] for one in ids] for id_, ids in index.members.items()}
    for one, pair in zip(found, pairs, strict=False):
        yield renderer.page(
            "transmission_pair.html", pair.path, PairPage(pair.first, pair.second, tuple(_orders(one, members, tr)))
        )


def _pair(one: Transmission, tr: Translation) -> Pair:
    folder = f"carriage/{urls.slug(one_line(one.first))}"
    return Pair(
        one_line(one.first), one_line(one.second), urls.named(folder, one_line(one.second)), len(one.works),
        len(one.first_earlier), len(one.second_earlier), len(one.same_day), len(one.undated),
        _days(one.first_delay, tr), _days(one.second_delay, tr),
    )  # fmt: skip


def _days(delay: float | None, tr: Translation) -> str:
    if delay is None:
        return ""
    whole = int(delay) if delay == int(delay) else delay
    number = int(delay) if delay == int(delay) else max(int(delay), 2)  # one day and a half are days
    return tr.figures(number, "%(num)s day", "%(num)s days", num=tr.number(whole))


def _orders(one: Transmission, members: Mapping[str, Sequence[Card]], tr: Translation) -> Iterator[Order]:
    first, second = one_line(one.first), one_line(one.second)
    for anchor, head, delay, works in (
        (
            "first",
            tr.gettext("%(publisher)s states the earlier date", publisher=first),
            one.first_delay,
            one.first_earlier,
        ),
        (
            "second",
            tr.gettext("%(publisher)s states the earlier date", publisher=second),
            one.second_delay,
            one.second_earlier,
        ),
        ("same", tr.gettext("Both state the same day"), None, one.same_day),
        ("undated", tr.gettext("Undated: one of them states no full date"), None, one.undated),
    ):
        if works:
            note = tr.gettext("The median delay is %(delay)s.", delay=_days(delay, tr)) if delay is not None else ""
            shown = tuple(
                _entry(members[work], {first, second}, tr) for work in works[:_MAX_WORKS] if members.get(work)
            )
            yield Order(anchor, head, note, len(works), shown)


def _entry(found: Sequence[Card], pair: set[str], tr: Translation) -> Entry:
    base = found[0]
    theirs = by_date(card for card in found if card.publisher in pair)
    where = "; ".join(card.where for card in theirs[:_MAX_NAMED]) + ("; …" if len(theirs) > _MAX_NAMED else "")
    return Entry(
        base.title,
        urls.work(base.id),
        where,
        tr.figures(len(found), "%(num)s witness", "%(num)s witnesses"),
        base.lang,
        base.dir,
    )


def _matrix(pairs: Sequence[Pair], tr: Translation) -> Matrix | None:
    """The publishers that share the most works, at most sixteen."""
    shared: Counter[str] = Counter()
    for pair in pairs:
        shared[pair.first] += pair.works
        shared[pair.second] += pair.works
    names = sorted(shared, key=lambda name: (-shared[name], name))[:_MAX_PUBLISHERS]
    if len(names) < 2:
        return None
    place = {name: number for number, name in enumerate(names)}
    drawn = [pair for pair in pairs if pair.first in place and pair.second in place]
    most = max(max(pair.first_earlier, pair.second_earlier, 1) for pair in drawn)
    cells = []
    for pair in drawn:
        for early, late, count in (
            (pair.first, pair.second, pair.first_earlier),
            (pair.second, pair.first, pair.second_earlier),
        ):
            if count:
                cells.append(_cell(place[early], place[late], count / most, _said(early, late, count, tr)))
    rows = tuple(
        Row(number + 1, name if len(name) <= 26 else name[:25] + "…", number * _CELL_SIZE + _CELL_SIZE + 17,
            _NAME_WIDTH + number * _CELL_SIZE + _CELL_SIZE // 2)
        for number, name in enumerate(names)
    )  # fmt: skip
    size = len(names) * _CELL_SIZE
    return Matrix(_NAME_WIDTH + size + 4, _CELL_SIZE + size + 4, _NAME_WIDTH, rows, tuple(cells))


def _cell(down: int, across: int, share: float, said: str) -> Cell:
    side = max(4.0, (_CELL_SIZE - 4) * share**0.5)
    x = _NAME_WIDTH + across * _CELL_SIZE + (_CELL_SIZE - side) / 2
    y = _CELL_SIZE + down * _CELL_SIZE + (_CELL_SIZE - side) / 2
    return Cell(f"{x:.1f}", f"{y:.1f}", f"{side:.1f}", said)


def _said(early: str, late: str, count: int, tr: Translation) -> str:
    return tr.figures(
        count,
        "%(early)s before %(late)s: %(num)s work",
        "%(early)s before %(late)s: %(num)s works",
        early=early,
        late=late,
    )
