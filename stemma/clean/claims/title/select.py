"""Which line is the title: the lines that could be one, and their parts, ranked by their features.

The features are plain (a heading, a byline below, words that the text below has too); their weights are those of
:file:`weights.toml`, fitted by ``training/claims.py``. Where no line is probable enough the page states no title.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.publisher.host import Host
from stemma.clean.claims.ranking import Candidate, Ranking, Weights, rank, read_weights
from stemma.clean.claims.recognizers import credit_lines
from stemma.clean.claims.title.context import TitleContext, is_credit
from stemma.clean.claims.title.page_style import USUAL_WIDTH, PageStyle, is_centred
from stemma.clean.claims.title.position_features import CREDIT_LINES, is_numbered, of_place
from stemma.clean.claims.title.prefilter import (
    MAX_TITLE_LENGTH,
    PREFILTER,
    RECURRING,
    RECURRING_PENALTY,
    Prefiltered,
    among,
    is_recurring,
    prefiltered,
    reach,
)
from stemma.clean.claims.title.segments import is_path, parts
from stemma.clean.claims.title.text_features import is_site_tail, of_part, of_whole, of_words
from stemma.records import Claim, Evidence, Field

MIN_PROBABILITY: Final = 0.38
"""What the most probable line needs to be stated: cross-validated by site, wrong titles are then .14 of all pages."""
FULL_LINE: Final = 78
"""Characters of a hard-wrapped line: one that could not hold the next line's first word as well was broken there."""
LINES_BEFORE: Final = 3
"""How many lines above a candidate are read for dates and names."""
MAX_JOINED: Final = 3
"""How many lines a heading is put together from at most; a fourth full line is a paragraph."""
WEIGHTS: Final[Mapping[str, Weights]] = {
    style: Weights({**weights, RECURRING: -RECURRING_PENALTY})
    for style, weights in read_weights("title/weights.toml").items()
}


def rank_titles(
    page: Page,
    evidence: Sequence[Evidence | None] = (),
    taken: Collection[int] = (),
    weights: Mapping[str, Weights] = WEIGHTS,
    prefilter: Mapping[str, Weights] = PREFILTER,
    *,
    host: Host | None = None,
) -> Ranking:
    """The lines that could be the title of a page, ranked. The rule of the claim is its plainest feature.

    ``evidence``: what the label of each line of the page rests on, if that is known. ``taken``: the numbers of lines
    that are known to say something else. ``host``: in whose folder the page was received.
    """
    return rank(candidates(page, evidence, taken, prefilter, host), weights, MIN_PROBABILITY)


def _reason(features: Sequence[str]) -> str:
    for feature, name in (
        ("label-title", "labelled"),
        ("level-1", "heading"),
        ("only-level-1", "heading"),
        ("byline-1", "above-byline"),
        ("date-1", "above-date"),
        ("repeated-2", "repeated"),
        ("first-line", "first-line"),
    ):
        if feature in features:
            return name
    return "above-text"


def candidates(
    page: Page,
    evidence: Sequence[Evidence | None] = (),
    taken: Collection[int] = (),
    prefilter: Mapping[str, Weights] = PREFILTER,
    host: Host | None = None,
) -> list[Candidate]:
    """The lines that could be the title and their parts, each with its features."""
    near = reach(page)
    style = PageStyle.of(page.lines, page.lines[near.start : near.stop])
    kept = prefiltered(page, near, style, evidence=evidence, taken=taken, weights=prefilter)
    if not kept:
        return []
    context = TitleContext.of(page, style, near.start, _around(kept, len(page.lines)), host)
    found: list[Candidate] = []
    for one, rank_features in zip(kept, among(kept), strict=True):
        recurring = (RECURRING,) if is_recurring(page.lines[one.at], evidence) else ()
        found += _of_line(page, context, one.at, (*rank_features, *recurring))
    return found


def _around(kept: Sequence[Prefiltered], count: int) -> list[int]:
    """The indices of the lines that the prefilter kept and of those about them."""
    beside = {at for one in kept for at in range(one.at - LINES_BEFORE, one.at + 3 + CREDIT_LINES)}
    return sorted(at for at in beside if 0 <= at < count)


def _of_line(page: Page, context: TitleContext, at: int, known: Sequence[str]) -> list[Candidate]:
    """The candidates of one line: the whole of it and its parts. ``known`` are features of the line found already."""
    line = page.lines[at]
    text, span = _joined(page.lines, at, context.style) if context.style.wrapped else (line.text, 1)
    tail = ("tail",) if context.style.wrapped and at and _goes_on(page.lines[at - 1], line, context.style) else ()
    place = (*known, *tail, *of_place(page, context, at, span))
    beside_credit = at in context.signed or at - 1 in context.dated or at - 1 in context.signed
    if not line.level and ((is_credit(text) and beside_credit) or credit_lines.is_whole_byline(text)):
        return []
    found = parts(text, context.standing, dated=at in context.dated)
    kind = context.style.kind
    parted = [
        _candidate(line, one.text, kind, (*place, *of_words(context, at, one.text), *of_part(context, one)))
        for one in found
    ]
    listed = at > 0 and any(one.sort == "number" for one in found) and is_numbered(page.lines[at - 1])
    if listed or is_path(text) or any(is_site_tail(context, one) for one in found):
        return parted
    whole = (*place, *of_words(context, at, text), *of_whole(context, found))
    return [_candidate(line, text, kind, whole), *parted]


def _candidate(line: Line, text: str, kind: str, features: tuple[str, ...]) -> Candidate:
    claim = Claim(Field.TITLE, (text,), f"title.{_reason(features)}", line.number)
    return Candidate(claim, features, (line.number, text), kind)


def _joined(lines: tuple[Line, ...], at: int, style: PageStyle) -> tuple[str, int]:
    """A heading that a narrow page broke, put together: full lines without a blank one between, at one indent."""
    text, span = lines[at].text, 1
    while span <= MAX_JOINED and at + span < len(lines) and _goes_on(lines[at + span - 1], lines[at + span], style):
        text, span = f"{text} {lines[at + span].text}", span + 1
    return (text, span) if span <= MAX_JOINED and len(text) <= MAX_TITLE_LENGTH else (lines[at].text, 1)


def _goes_on(last: Line, line: Line, style: PageStyle) -> bool:
    if line.number != last.number + 1 or line.item or line.level or len(last.raw) > USUAL_WIDTH:
        return False
    word = len(line.text.split(" ", 1)[0])
    if line.indent == last.indent or (last.item and line.indent == last.indent + 2):
        return len(last.raw) + 1 + word > style.widths.get(last.indent, FULL_LINE)
    # Both stand in the middle of the page.
    return len(last.text) + 1 + word > FULL_LINE - 6 and is_centred(last) and is_centred(line)
