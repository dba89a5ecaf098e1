"""Which few lines of a page are looked at closely for its title: those that weigh most by what one look tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import Final, NamedTuple

from stemma.clean.claims.page import Line, Sheet
from stemma.clean.claims.ranking import SIEVE, Weights
from stemma.clean.claims.tags import is_tags
from stemma.clean.claims.title.page_style import BODY, Form, is_centred
from stemma.records import Evidence, Label

KEPT: Final = 5
"""So many lines pass at most,"""
BEHIND: Final = 4.0
"""and none that weighs so much less than the heaviest."""
ABOVE: Final = 220
"""How many lines above the body could be the title."""
WITHIN: Final = 12
"""How many lines of the body could: a labeller may have taken the title for the body's first line."""
LONGEST: Final = 220
MOST_WORDS: Final = 32
RECURRING: Final = 2.0
"""How much less a line weighs that stands in other texts too; no archive was at hand to learn it from."""

_LETTER: Final = re.compile(r"[^\W\d_]")
_FURNITURE: Final = frozenset({Label.APPEAL, Label.SHARE})
_CREDIT: Final = re.compile(r"\d{4}|\d[./:]\d\d|(?:by|von|par|por) ", re.IGNORECASE)
_CREDITS: Final = frozenset({Label.META, Label.CREDIT})
_UNNAMED: Final = frozenset({None, Evidence.MODEL, Evidence.RECURRENCE, Evidence.SECTION, Evidence.SEQUENCE})
"""Evidence that is no phrase or form of the line itself."""


def named(name: str, edges: Sequence[int]) -> tuple[str, ...]:
    """The names of a number's ranges, by the number less the first edge: each is called by the edge it ends at."""
    return tuple(f"{name}-{edges[bisect_left(edges, number)]}" for number in range(edges[0], edges[-1] + 1))


_LABELS: Final = {label: f"label-{label}" for label in (None, *Label)}
_BELOW: Final = {label: f"below-{label}" for label in (None, *Label)}
_LEVELS: Final = tuple(f"level-{level}" for level in range(7))
_WORDS: Final = named("spaces", (*range(12), 14, 17, 20, 24, MOST_WORDS))
_AWAY: Final = named("away", (-WITHIN, -6, *range(-5, 13), 16, 20, 24, 32, 48, 80, ABOVE))
_ENDS: Final = {sign: f"ends-{sign}" for sign in ".?!:,;。？！…"}
_INDENT: Final = named("indent", (-12, -7, -3, -1, 0, 2, 4, 8, 12))
_CREDIT_IN: Final = ("credit-none", "credit-1", "credit-2", "credit-3")
_BELOW_LONG: Final = named("below-long", (0, 20, 40, 100, 200))
_ABOVE_LONG: Final = named("above-long", (0, 20, 40, 100))
_GAPS: Final = tuple(f"gaps-{above}-{below}" for above in range(4) for below in range(4))
_TIMES: Final = ("", "once", "twice", "often")


_WEIGHED: Final = (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
_AHEAD: Final = (-4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0)
_BEFORE: Final = named("sieved-before", (0, 1, 2, 3, 5, 10, 99))
_AFTER: Final = named("sieved-after", (0, 1, 2, 3, 5, 10, 99))


class Sieved(NamedTuple):
    """A line that is looked at closely, by its place, and what it weighed at the first look."""

    weight: float
    at: int


def reach(sheet: Sheet) -> range:
    """The places of the lines that could be the title."""
    start = max(0, sheet.first - ABOVE) if sheet.first < len(sheet.lines) else 0
    return range(start, min(len(sheet.lines), sheet.first + WITHIN, start + ABOVE + WITHIN))


def sieved(
    sheet: Sheet,
    near: range,
    form: Form,
    *,
    evidence: Sequence[Evidence | None] = (),
    taken: Collection[int] = (),
    weights: Mapping[str, Weights] = SIEVE,
) -> list[Sieved]:
    """The lines that weigh most, the heaviest first; none of them has a number in ``taken``."""
    weight = weights[form.kind].__getitem__
    weighed = (
        Sieved(sum(map(weight, facts)) - (RECURRING if is_recurring(sheet.lines[at], evidence) else 0.0), -at)
        for at, facts in looked(sheet, near, form, evidence)
        if sheet.lines[at].number not in taken
    )
    close = nlargest(KEPT, weighed)
    return [Sieved(weight, -at) for weight, at in close if weight > close[0].weight - BEHIND]


def among(close: Sequence[Sieved]) -> list[tuple[str, ...]]:
    """For each of the lines looked at closely, what it is among them: by its weight, and by its place."""
    places = sorted([one.at for one in close])
    return [tuple(_among(close, places, rank)) for rank in range(len(close))]


def _among(close: Sequence[Sieved], places: Sequence[int], rank: int) -> Iterator[str]:
    weight, at = close[rank]
    order, last = places.index(at), len(places) - 1
    name = "only" if not last else "top" if not order else "bottom" if order == last else "middle"
    yield f"rank-{rank}"
    yield name
    yield f"rank-{rank}-{name}"
    if order:
        yield _BEFORE[min(at - places[order - 1], 99)]
    if order < last:
        yield _AFTER[min(places[order + 1] - at, 99)]
    rival = close[0 if rank else 1].weight if last else -9.0
    yield f"weighed-{bisect_left(_WEIGHED, weight)}"
    yield f"ahead-{bisect_left(_AHEAD, weight - rival)}"


def is_recurring(line: Line, evidence: Sequence[Evidence | None]) -> bool:
    """Whether the line recurs in other texts as boilerplate."""
    return bool(evidence) and evidence[line.number - 1] is Evidence.RECURRENCE and line.label is not Label.BODY


def looked(
    sheet: Sheet, near: range, form: Form, evidence: Sequence[Evidence | None] = ()
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines that could be the title, by their places, each with the names of what one look tells."""
    lines, first, count = sheet.lines, sheet.first, len(sheet.lines)
    credited = "".join([_credit(line) for line in lines[near.start : near.stop + 4]])
    times = Counter([line.text for line in lines])
    margin = lines[first].indent if first < count else 0
    for at in near:
        line = lines[at]
        if len(line.text) > LONGEST or not _possible(line):
            continue
        text, place = line.text, at - near.start
        credit = credited.find("+", place + 1, place + 4)
        is_named = bool(evidence) and evidence[line.number - 1] not in _UNNAMED
        yield (
            at,
            (
                _LABELS[line.label],
                _LEVELS[line.level],
                _WORDS[text.count(" ")],
                _ENDS.get(text[-1], "ends-bare"),
                _AWAY[min(first - at, ABOVE) + WITHIN],
                _INDENT[max(-12, min(12, line.indent - margin)) + 12],
                "centred" if form.wrapped and is_centred(line) else "aside",
                "item" if line.item else "no-item",
                "small" if text[0].islower() else "tall",
                "credit" if credited[place] == "+" else "no-credit",
                _CREDIT_IN[credit - place if credit > 0 else 0],
                _TIMES[min(times[text], 3)],
                "named" if is_named else "unnamed",
                *_beside(line, lines[at - 1] if at else None, lines[at + 1] if at + 1 < count else None),
            ),
        )


def _beside(line: Line, above: Line | None, below: Line | None) -> tuple[str, ...]:
    """What the lines above and below are, and how many blank ones stand between."""
    gap = min(3, line.number - above.number) if above else 0
    return (
        _GAPS[gap * 4 + (min(3, below.number - line.number) if below else 0)],
        _BELOW[below.label if below else None],
        _BELOW_LONG[min(len(below.text), 200) if below else 0],
        _ABOVE_LONG[min(len(above.text), 100) if above else 0],
        "above-none" if not above else "above-item" if above.item else "above-other",
    )


def _credit(line: Line) -> str:
    """A plus where a line may give a date or a name, at one look."""
    return "+" if line.label in _CREDITS or (len(line.text) < 90 and _CREDIT.search(line.text)) else "-"


def _possible(line: Line) -> bool:
    _, text, _, label, level, item, _ = line
    length, spaces = len(text), text.count(" ")
    return (
        length > 2
        and spaces < MOST_WORDS
        and label not in _FURNITURE
        and (label is not BODY or length < (80 if text[-1] in ".。" else 160))
        and (spaces > 1 or not item or level > 0)
        and _LETTER.search(text) is not None
        and "://" not in text
        and not is_tags(text)
    )
