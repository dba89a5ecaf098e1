"""Transmission: for each two publishers, the works both hold and the order of their stated dates.

Observations alone: an earlier date is what a page says of itself, and not who copied from whom. Copies within one
publisher are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median

from stemma.dates import first_day
from stemma.records import Field, Witness, Work


@dataclass(frozen=True, slots=True)
class Transmission:
    """Two publishers, the lesser name first, and the ids of the works both hold.

    ``first_earlier``: works in which the first one's earliest stated date is before the second's; ``second_earlier``
    the other way round; ``same_day``; ``undated``: works in which one of them states no whole date. ``first_delay``:
    the median of days by which the second is later where the first is earlier, ``second_delay`` the other way round;
    None where there is none.
    """

    first: str
    second: str
    works: tuple[str, ...]
    first_earlier: tuple[str, ...]
    second_earlier: tuple[str, ...]
    same_day: tuple[str, ...]
    undated: tuple[str, ...]
    first_delay: float | None
    second_delay: float | None


def transmissions(works: Sequence[Work], witnesses: Mapping[str, Witness]) -> tuple[Transmission, ...]:
    """All pairs of publishers that hold a work in common, most works first, then by name."""
    shared: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
    for work in works:
        if len(work.members) > 1:
            dates = _dates(work, witnesses)
            for first, second in combinations(sorted(dates), 2):
                shared.setdefault((first, second), []).append((work.id, _days(dates[first], dates[second])))
    pairs = [_transmission(first, second, rows) for (first, second), rows in shared.items()]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair.works), pair.first, pair.second)))


def _dates(work: Work, witnesses: Mapping[str, Witness]) -> dict[str, str]:
    """The earliest date each publisher of a work states, "" for none."""
    out: dict[str, str] = {}
    for witness in (witnesses[member] for member in work.members if member in witnesses):
        publisher = witness.value(Field.PUBLISHER)
        if publisher:
            stated = [day for day in (out.get(publisher, ""), witness.value(Field.DATE)) if day]
            out[publisher] = min(stated, key=first_day, default="")
    return out


def _days(first: str, second: str) -> int | None:
    """Days from the first date to the second; None where one of them is not a whole date."""
    days = [*_whole(first), *_whole(second)]
    return (days[1] - days[0]).days if len(days) == 2 else None


def _whole(day: str) -> Iterator[date]:
    try:
        yield date.fromisoformat(day)
    except ValueError:
        return


def _transmission(first: str, second: str, rows: Sequence[tuple[str, int | None]]) -> Transmission:
    before = [days for _, days in rows if days is not None and days > 0]
    after = [-days for _, days in rows if days is not None and days < 0]
    return Transmission(
        first=first,
        second=second,
        works=tuple(work for work, _ in rows),
        first_earlier=tuple(work for work, days in rows if days is not None and days > 0),
        second_earlier=tuple(work for work, days in rows if days is not None and days < 0),
        same_day=tuple(work for work, days in rows if days == 0),
        undated=tuple(work for work, days in rows if days is None),
        first_delay=median(before) if before else None,
        second_delay=median(after) if after else None,
    )
