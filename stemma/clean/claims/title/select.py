"""Which line is the title: the lines that could be one are weighed by what is seen of them, and the heaviest holds.

What is seen are plain facts (a heading, a byline below, words the text below has too); their weights stand in
:file:`titles.toml`, fitted by ``training/titles.py``. Where no line weighs enough the page states no title.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log
from typing import Final

from stemma.clean.claims.page import Line, Sheet
from stemma.clean.claims.ranking import CLOSE, SIEVE, Weights
from stemma.clean.claims.title.context import Page, is_credit
from stemma.clean.claims.title.page_style import WIDTH, Form, is_centred
from stemma.clean.claims.title.position_features import CREDITS, is_path, of_place
from stemma.clean.claims.title.prefilter import LONGEST, RECURRING, Sieved, among, is_recurring, reach, sieved
from stemma.clean.claims.title.segments import parts
from stemma.clean.claims.title.text_features import of_part, of_whole, of_words
from stemma.records import Claim, Evidence, Field

BOUND: Final = -0.6
"""What the logarithm of a line's odds must be: wrong titles are then as many as may be, by cross-validation."""
FULL: Final = 78
"""A line that could not hold the next one's first word within so many signs was broken."""
BEFORE: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line, a part of one, or lines that a narrow page broke, and what is seen of it."""

    at: int
    text: str
    kind: str
    seen: tuple[str, ...]
    recurring: bool = False

    @property
    def weight(self) -> float:
        """The sum of the weights of what is seen."""
        return sum(map(CLOSE[self.kind].__getitem__, self.seen)) - (RECURRING if self.recurring else 0.0)


def title(sheet: Sheet, evidence: Sequence[Evidence | None] = (), taken: Collection[int] = ()) -> Claim | None:
    """The title a page states, or None. ``rule`` names the plainest fact that speaks for it.

    ``evidence``: what the label of each line of the page rests on, if that is known. ``taken``: the numbers of lines
    that are known to say something else.
    """
    found = candidates(sheet, evidence, taken)
    place, odds = chosen([one.weight for one in found])
    if odds <= BOUND:
        return None
    best = found[place]
    return Claim(Field.TITLE, (best.text,), f"title.{_reason(best)}", sheet.lines[best.at].number)


def chosen(weights: Sequence[float]) -> tuple[int, float]:
    """The heaviest, by its place, and the logarithm of its odds against all others and against no title at all."""
    if not weights:
        return -1, -inf
    place = max(range(len(weights)), key=weights.__getitem__)
    rest = 1 + sum([exp(weight) for at, weight in enumerate(weights) if at != place])
    return place, weights[place] - log(rest)


def _reason(best: Candidate) -> str:
    for fact, name in (
        ("label-title", "labelled"),
        ("level-1", "heading"),
        ("only-level-1", "heading"),
        ("byline-1", "above-byline"),
        ("date-1", "above-date"),
        ("repeated-2", "repeated"),
        ("first-line", "first-line"),
    ):
        if fact in best.seen:
            return name
    return "above-text"


def candidates(
    sheet: Sheet,
    evidence: Sequence[Evidence | None] = (),
    taken: Collection[int] = (),
    sieve: Mapping[str, Weights] = SIEVE,
) -> list[Candidate]:
    """The lines that could be the title and their parts, each with what is seen of it."""
    near = reach(sheet)
    form = Form.of(sheet.lines, sheet.lines[near.start : near.stop])
    close = sieved(sheet, near, form, evidence=evidence, taken=taken, weights=sieve)
    if not close:
        return []
    page = Page.of(sheet, form, near.start, _around(close, len(sheet.lines)))
    return [
        one
        for sifted, standing in zip(close, among(close), strict=True)
        for one in _weighed(sheet, page, sifted.at, standing, evidence)
    ]


def _around(close: Sequence[Sieved], count: int) -> list[int]:
    """The places of the lines looked at closely and of those about them."""
    beside = {at for one in close for at in range(one.at - BEFORE, one.at + 3 + CREDITS)}
    return sorted(at for at in beside if 0 <= at < count)


def _weighed(
    sheet: Sheet, page: Page, at: int, standing: Sequence[str], evidence: Sequence[Evidence | None]
) -> list[Candidate]:
    """A line looked at closely and its parts; ``standing`` is what it is among the others."""
    line = sheet.lines[at]
    text, span = _joined(sheet.lines, at) if page.form.wrapped else (line.text, 1)
    tail = ("tail",) if page.form.wrapped and at and _goes_on(sheet.lines[at - 1], line) else ()
    place, kind, recurring = (
        (*standing, *tail, *of_place(sheet, page, at, span)),
        page.form.kind,
        is_recurring(line, evidence),
    )
    if not line.level and is_credit(text) and (at in page.signed or at - 1 in page.dated or at - 1 in page.signed):
        return []
    found = parts(text, page.times, dated=at in page.dated)
    parted = [
        Candidate(at, one.text, kind, (*place, *of_words(page, at, one.text), *of_part(page, one)), recurring)
        for one in found
    ]
    if is_path(text):
        return parted
    whole = (*place, *of_words(page, at, text), *of_whole(page, found))
    return [Candidate(at, text, kind, whole, recurring), *parted]


def _joined(lines: tuple[Line, ...], at: int) -> tuple[str, int]:
    """A heading that a narrow page broke, put together: full lines without a blank one between, at one indent."""
    text, span = lines[at].text, 1
    while span < 4 and at + span < len(lines) and _goes_on(lines[at + span - 1], lines[at + span]):
        text, span = f"{text} {lines[at + span].text}", span + 1
    # A fourth full line is a paragraph.
    return (text, span) if span < 4 and len(text) <= LONGEST else (lines[at].text, 1)


def _goes_on(last: Line, line: Line) -> bool:
    if line.number != last.number + 1 or line.item or line.level or len(last.raw) > WIDTH:
        return False
    word = len(line.text.split(" ", 1)[0])
    if line.indent == last.indent or (last.item and line.indent == last.indent + 2):
        return len(last.raw) + 1 + word > FULL
    # Both stand in the middle of the page.
    return len(last.text) + 1 + word > FULL - 6 and is_centred(last) and is_centred(line)
