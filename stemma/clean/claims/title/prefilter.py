"""Which few lines of a page could be its title: those that score highest by features that one look gives."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import Final, NamedTuple

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.ranking import Weights, read_weights
from stemma.clean.claims.tags import is_tags
from stemma.clean.claims.title.page_style import BODY, PageStyle, is_centred
from stemma.records import Evidence, Label

MAX_KEPT: Final = 5
"""How many lines are kept at most; the cost of the second look grows with it."""
MAX_BEHIND: Final = 4.0
"""How far the score of a kept line may be behind the highest."""
LINES_ABOVE: Final = 220
"""How many lines above the body could be the title."""
LINES_WITHIN: Final = 12
"""How many lines of the body could: the labeller may have taken the title for the body's first line."""
MAX_TITLE_LENGTH: Final = 220
"""Characters of a title at most."""
MAX_TITLE_WORDS: Final = 32
"""Words of a title at most."""
MAX_PAGE_NUMBER: Final = 5
"""Characters of the number of a page are fewer."""
RUNNING_TIMES: Final = 2
"""How often a line is next to the number of a page to be a running head."""
RECURRING: Final = "recurring"
"""The feature of a line that recurs in other pages as boilerplate."""
RECURRING_PENALTY: Final = 2.0
"""How much lower such a line scores. The training data has single pages alone, so it cannot be fitted from them."""
PREFILTER: Final = read_weights("title/weights.toml", "prefilter")
"""The weights of the first look, by style."""

_NO_TITLE: Final = re.compile(
    r"(?:for|about|this (?:article|page) is about)\b.{3,160}\bsee\b.{3,}|"
    r"(?:not to be confused with|redirects here|for other uses|siehe auch|zu anderen bedeutungen|"
    r"dieser artikel behandelt|dieser artikel beschreibt|para otros usos|"
    r"este artículo trata|pour les articles homonymes|ne doit pas être|"
    r"questa voce|niet te verwarren met|não confundir com|see also:?)\b.*|"
    r"(?:photo |image )?credits?:?\s[^.]{3,40}|[^.]{3,60}\s\d{1,4}\s?\((?:1[5-9]|20)\d\d\)(?:[,:]\s?\d+.*)?|"
    r".{0,40}\bvol(?:ume|\.)?\s?[\dIVXL]+,?\s(?:no|nr|issue)\b.*",
    re.IGNORECASE,
)
"""No titles by their words: notes above an encyclopaedia's article, a picture's credit, the volume of a journal."""
_NO_TITLE_STARTS: Final = frozenset("fo no th ab re si zu di pa es po ne qu ni nã se ph im cr".split())  # noqa: SIM905
_LETTER: Final = re.compile(r"[^\W\d_]")
_BOILERPLATE: Final = frozenset({Label.APPEAL, Label.SHARE})
_CREDIT: Final = re.compile(r"\d{4}|\d[./:]\d\d|(?:by|von|par|por) ", re.IGNORECASE)
_CREDITS: Final = frozenset({Label.META, Label.CREDIT})
_UNNAMED: Final = frozenset({None, Evidence.MODEL, Evidence.RECURRENCE, Evidence.SECTION, Evidence.SEQUENCE})
"""Evidence that is no phrase or form of the line itself."""


def edge_names(name: str, edges: Sequence[int]) -> tuple[str, ...]:
    """The names of a number's ranges, by the number less the first edge: each is called by the edge it ends at."""
    return tuple(f"{name}-{edges[bisect_left(edges, number)]}" for number in range(edges[0], edges[-1] + 1))


_LABELS: Final = {label: f"label-{label}" for label in (None, *Label)}
_BELOW: Final = {label: f"below-{label}" for label in (None, *Label)}
_LEVELS: Final = tuple(f"level-{level}" for level in range(7))
_WORDS: Final = edge_names("spaces", (*range(12), 14, 17, 20, 24, MAX_TITLE_WORDS))
_AWAY: Final = edge_names("away", (-LINES_WITHIN, -6, *range(-5, 13), 16, 20, 24, 32, 48, 80, LINES_ABOVE))
_ENDS: Final = {mark: f"ends-{mark}" for mark in ".?!:,;。？！…"}
_INDENT: Final = edge_names("indent", (-12, -7, -3, -1, 0, 2, 4, 8, 12))
_CREDIT_IN: Final = ("credit-none", "credit-1", "credit-2", "credit-3")
_BELOW_LONG: Final = edge_names("below-long", (0, 20, 40, 100, 200))
_ABOVE_LONG: Final = edge_names("above-long", (0, 20, 40, 100))
_GAPS: Final = tuple(f"gaps-{above}-{below}" for above in range(4) for below in range(4))
_TIMES: Final = ("", "once", "twice", "often")


_SCORE_STEPS: Final = (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
_LEAD_STEPS: Final = (-4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0)
_BEFORE: Final = edge_names("sieved-before", (0, 1, 2, 3, 5, 10, 99))
_AFTER: Final = edge_names("sieved-after", (0, 1, 2, 3, 5, 10, 99))


class Prefiltered(NamedTuple):
    """A line that the prefilter keeps: its score there, and its index among the lines of the page."""

    score: float
    at: int


def reach(page: Page) -> range:
    """The indices of the lines that could be the title."""
    start = max(0, page.first - LINES_ABOVE) if page.first < len(page.lines) else 0
    return range(start, min(len(page.lines), page.first + LINES_WITHIN, start + LINES_ABOVE + LINES_WITHIN))


def prefiltered(
    page: Page,
    near: range,
    style: PageStyle,
    *,
    evidence: Sequence[Evidence | None] = (),
    taken: Collection[int] = (),
    weights: Mapping[str, Weights] = PREFILTER,
) -> list[Prefiltered]:
    """The lines with the highest scores, the highest first; none of them has a number in ``taken``."""
    weight = weights[style.kind].__getitem__
    scored = (
        Prefiltered(
            math.fsum(map(weight, features)) - (RECURRING_PENALTY if is_recurring(page.lines[at], evidence) else 0.0),
            -at,
        )
        for at, features in first_features(page, near, style, evidence)
        if page.lines[at].number not in taken
    )
    kept = nlargest(MAX_KEPT, scored)
    return [Prefiltered(score, -at) for score, at in kept if score > kept[0].score - MAX_BEHIND]


def among(kept: Sequence[Prefiltered]) -> list[tuple[str, ...]]:
    """For each line that is kept, its features among them: by its score, and by its place."""
    places = sorted([one.at for one in kept])
    return [tuple(_among(kept, places, rank)) for rank in range(len(kept))]


def _among(kept: Sequence[Prefiltered], places: Sequence[int], rank: int) -> Iterator[str]:
    score, at = kept[rank]
    order, last = places.index(at), len(places) - 1
    name = "only" if not last else "top" if not order else "bottom" if order == last else "middle"
    yield f"rank-{rank}"
    yield name
    yield f"rank-{rank}-{name}"
    if order:
        yield _BEFORE[min(at - places[order - 1], 99)]
    if order < last:
        yield _AFTER[min(places[order + 1] - at, 99)]
    rival = kept[0 if rank else 1].score if last else -9.0
    yield f"weighed-{bisect_left(_SCORE_STEPS, score)}"
    yield f"ahead-{bisect_left(_LEAD_STEPS, score - rival)}"


def is_recurring(line: Line, evidence: Sequence[Evidence | None]) -> bool:
    """Whether the line recurs in other texts as boilerplate."""
    return bool(evidence) and evidence[line.number - 1] is Evidence.RECURRENCE and line.label is not Label.BODY


def first_features(
    page: Page, near: range, style: PageStyle, evidence: Sequence[Evidence | None] = ()
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines that could be the title, by their indices, each with its features of the first look."""
    lines, first, count = page.lines, page.first, len(page.lines)
    credited = "".join([_credit(line) for line in lines[near.start : near.stop + 4]])
    times = Counter([line.text for line in lines])
    running = _running_heads(lines)
    margin = lines[first].indent if first < count else 0
    for at in near:
        line = lines[at]
        if len(line.text) > MAX_TITLE_LENGTH or line.text in running or not _possible(line):
            continue
        text, place = line.text, at - near.start
        credit = credited.find("+", place + 1, place + 4)
        is_named = bool(evidence) and evidence[line.number - 1] not in _UNNAMED
        yield (
            at,
            (
                _LABELS[line.label],
                _LEVELS[line.level],
                _WORDS[min(line.spaces, MAX_TITLE_WORDS)],
                _ENDS.get(text[-1], "ends-bare"),
                _AWAY[min(first - at, LINES_ABOVE) + LINES_WITHIN],
                _INDENT[max(-12, min(12, line.indent - margin)) + 12],
                "centred" if style.wrapped and is_centred(line) else "aside",
                "item" if line.item else "no-item",
                "small" if text[0].islower() else "tall",
                "credit" if credited[place] == "+" else "no-credit",
                _CREDIT_IN[credit - place if credit > 0 else 0],
                _TIMES[min(times[text], 3)],
                "named" if is_named else "unnamed",
                *_beside(line, lines[at - 1] if at else None, lines[at + 1] if at + 1 < count else None),
            ),
        )


def _running_heads(lines: Sequence[Line]) -> set[str]:
    """The lines that are several times next to the number of a page."""
    numbers = [at for at, line in enumerate(lines) if len(line.text) < MAX_PAGE_NUMBER and line.text.isdecimal()]
    beside = Counter([lines[near].text for at in numbers for near in (at - 1, at + 1) if 0 <= near < len(lines)])
    return {text for text, times in beside.items() if times >= RUNNING_TIMES}


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
    _, text, _, label, level, item, _, spaces = line
    length = len(text)
    return (
        length > 2
        and text.count(" ") < MAX_TITLE_WORDS
        and label not in _BOILERPLATE
        and (label is not BODY or length < (80 if text[-1] in ".。" else 160))
        and (spaces > 1 or not item or level > 0)
        and _LETTER.search(text) is not None
        and "://" not in text
        and not is_tags(text)
        and not _is_note(text)
    )


def _is_note(text: str) -> bool:
    """Whether a line fits :data:`_NO_TITLE`: the pattern is tried where the line begins or ends as such lines do."""
    tried = text[:2].casefold() in _NO_TITLE_STARTS or text[-1] in ")0123456789" or "ol" in text
    return tried and _NO_TITLE.fullmatch(text) is not None
