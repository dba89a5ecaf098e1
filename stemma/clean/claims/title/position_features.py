"""The features of the place of a line that could be a title: they hold for the whole line and for each of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.title.context import TitleContext, is_headline_like, is_phrase, is_prose
from stemma.clean.claims.title.page_style import BODY, MIN_LONG, is_centred
from stemma.clean.claims.title.prefilter import edge_names
from stemma.records import Label

CREDIT_LINES: Final = 6
"""Lines of date, name and buttons that can be between a title and its text."""
MIN_CENTRED_INDENT: Final = 4
"""Spaces before a centred line, at least."""
PROSE_REACH: Final = 13
"""Lines below a candidate in which text is looked for."""
MENU_REACH: Final = 9
"""Lines above it over which a menu is followed."""
HEADLINE_REACH: Final = 10
"""Lines on either side among which other possible headlines are counted."""
RUN_REACH: Final = 3
"""Lines on either side of a candidate that are counted as possible headlines beside it."""
HEADING_REACH: Final = 3
"""Lines above a heading in which one of its level or above is looked for."""

_LABELS: Final = {label: f"label-{label}" for label in Label}
_UNDER: Final = {label: f"under-{label}" for label in (None, *Label)}
_LEVELS: Final = ("", "level-1", "level-2", "level-3", "level-3", "level-3", "level-3")
_DISTANCE: Final = edge_names("distance", (-13, -9, -4, -2, -1, 0, 1, 2, 3, 6, 12, 24, 60, 221))
_FIRST: Final = edge_names("first", (0, 1, 2, 5, 12, 40))
_BELOW: Final = edge_names("likely-below", (0, 1, 2, 4, HEADLINE_REACH))
_ABOVE: Final = edge_names("likely-above", (0, 1, 2, 4, HEADLINE_REACH))
_PROSE: Final = edge_names("prose-in", (0, 1, 2, 3, 5, 8, PROSE_REACH))
_MENU: Final = edge_names("menu-above", (0, 1, 3, 8, MENU_REACH))
_NEXT: Final = edge_names("next-spaces", (0, 1, 3, 5, 9, 15, 24))
_NEXT_BUT_ONE: Final = edge_names("next-but-one-spaces", (0, 1, 3, 5, 9, 15, 24))
_INDENT: Final = edge_names("indent-to-body", (-12, -7, -3, -1, 0, 2, 4, 8, 12))
_DIGITS: Final = frozenset("0123456789")
_NUMBERED: Final = re.compile(r"\s*\d{1,2}\\?\.\s")
_CREDITS: Final = frozenset({Label.META, Label.SHARE, Label.CREDIT, Label.TAGS})
_PATHS: Final = (" » ", " › ", " > ", " / ")
_HOMES: Final = ("home ", "startseite", "you are here", "sie sind hier")


def is_numbered(line: Line) -> bool:
    """Whether a line begins with a number, as those of a list do."""
    return line.raw.lstrip()[:1] in _DIGITS and _NUMBERED.match(line.raw) is not None


def of_place(page: Page, context: TitleContext, at: int, span: int) -> Iterator[str]:
    """The features of the place of a line, or of ``span`` lines put together."""
    line = page.lines[at]
    yield "any"
    yield from context.of_page
    yield _FIRST[min(page.first, 40)]
    if line.label is not None:
        yield _LABELS[line.label]
    if span > 1:
        yield f"joined-{span}"
    yield from _form(line, context)
    yield from _position(page, context, at, span)
    yield from _surroundings(page, at, span)
    yield from _run(page, context, at, span)
    yield from _dates_and_bylines(page, context, at, span)
    yield from _gaps(page, at, span)
    yield from _neighbours(page, context, at, span)
    yield from _credits(page, context, at, span)
    yield from _rank(page, context, at, span)


def _form(line: Line, context: TitleContext) -> Iterator[str]:
    yield from _heading(line, context)
    if context.style.wrapped and line.indent > MIN_CENTRED_INDENT and is_centred(line):
        yield "centred"
    if line.item:
        yield "item"
    if "](" in line.raw:
        yield "link"
        if line.raw.lstrip(" #*+-")[:1] == "[" and line.raw.endswith(")"):
            yield "link-whole"
    if context.style.indented and not line.indent:
        yield "flush"


def _heading(line: Line, context: TitleContext) -> Iterator[str]:
    if line.level:
        yield _LEVELS[line.level]
        if line is context.first_heading:
            yield "first-heading"
        if line.level == 1 and context.top_headings == 1:
            yield "only-level-1"
    elif context.style.kind == "markdown":
        yield "no-heading-among-headings"
        if context.top_headings == 0:
            yield "no-level-1"


def _position(page: Page, context: TitleContext, at: int, span: int) -> Iterator[str]:
    lines = page.lines
    yield _DISTANCE[max(-13, min(221, page.first - at - span)) + 13]
    if at == 0:
        yield "first-line"
    if is_headline_like(lines[at]):
        yield "likely"
        yield "likely-after-likely" if at and is_headline_like(lines[at - 1]) else "likely-after-menu"
        if at == 0:
            yield "first-line-likely"
            if len(lines) > 1 and len(lines[1].text) > MIN_LONG:
                yield "opening"
    yield _ABOVE[sum(map(is_headline_like, lines[max(context.start, at - HEADLINE_REACH) : at]))]
    yield _BELOW[sum(map(is_headline_like, lines[at + 1 : max(at + 1, min(page.first, at + HEADLINE_REACH + 1))]))]


def _run(page: Page, context: TitleContext, at: int, span: int) -> Iterator[str]:
    """Which of several lines that could be headlines it is, with no other between them: a title, its subtitle below."""
    lines, last = page.lines, at + span
    if not is_headline_like(lines[at]):
        return
    above, below = 0, 0
    while above < RUN_REACH and at - above > 0 and _may_join(page, context, at - above - 1):
        above += 1
    while below < RUN_REACH and last + below < len(lines) and _may_join(page, context, last + below):
        below += 1
    end = last + below
    credit = end < len(lines) and (_is_credit(context, end) or lines[end].label in _CREDITS)
    yield f"run-{above}-{below}"
    yield f"run-{above}-{below}-{'credit' if credit else 'text' if end >= page.first else 'other'}"


def _may_join(page: Page, context: TitleContext, at: int) -> bool:
    line = page.lines[at]
    return line.label is not BODY and is_headline_like(line) and not _is_credit(context, at)


def _surroundings(page: Page, at: int, span: int) -> Iterator[str]:
    """How far it is to the next line of text, and how long the menu above is."""
    lines, last = page.lines, at + span
    for gap, line in enumerate(lines[last : last + PROSE_REACH + 1]):
        if is_prose(line):
            yield _PROSE[gap]
            break
    menu = 0
    while menu < MENU_REACH and at - menu > 0 and not is_phrase(lines[at - 1 - menu]):
        menu += 1
    yield _MENU[menu]


def _dates_and_bylines(page: Page, context: TitleContext, at: int, span: int) -> Iterator[str]:
    last, near_credits = at + span, ""
    for feature, places in (("date", context.dated), ("byline", context.signed)):
        near = "1" if last in places else "2" if any(gap in places for gap in range(last + 1, last + 4)) else "0"
        if near != "0":
            yield f"{feature}-{near}"
        near_credits += near
        if at in places and len(page.lines[at].text) < 60:
            yield f"{feature}-itself"
        if at - 1 in places or at - 2 in places or at - 3 in places:
            yield f"{feature}-above"
    yield f"credited-{near_credits}"
    if at in context.people:
        yield "person"
    if last in context.people:
        yield "person-below"


def _gaps(page: Page, at: int, span: int) -> Iterator[str]:
    """The blank lines around, what stands in the lines next to it, and how far it is indented against the text."""
    lines, last, count = page.lines, at + span, len(page.lines)
    line = lines[at]
    above = min(2, line.number - lines[at - 1].number - 1) if at else 3
    below = min(2, lines[last].number - lines[last - 1].number - 1) if last < count else 3
    yield f"gaps-{above}-{below}"
    if at:
        before = lines[at - 1]
        if is_numbered(before):
            yield "below-numbered"
        yield _UNDER[before.label]
        if before.item:
            yield "below-item"
    if last < count:
        after = lines[last]
        yield _NEXT[min(after.spaces, 24)]
        if after.text[-1:] in ".。":
            yield "full-stop-below"
        if after.item:
            yield "item-below"
        if last + 1 < count:
            yield _NEXT_BUT_ONE[min(lines[last + 1].spaces, 24)]
    if page.first < count:
        yield _INDENT[max(-12, min(12, line.indent - lines[page.first].indent)) + 12]


def _neighbours(page: Page, context: TitleContext, at: int, span: int) -> Iterator[str]:
    lines, last, airy = page.lines, at + span, context.style.airy
    close = at > 0 and airy and lines[at - 1].number == lines[at].number - 1
    if close:
        yield "close-above"
    if at and len(context.folded[at - 1]) < 160 and _may_be_path(context.folded[at - 1]):
        yield "below-path"
    if last >= len(lines):
        return
    yield "body-below" if lines[last].label is BODY else "furniture-below"
    if len(lines[last].text) > MIN_LONG:
        yield "long-below"
    if airy and lines[last].number == lines[last - 1].number + 1:
        yield "close-above-credit" if _is_credit(context, last) else "close-below"
        if close:
            yield "close-both"


def _may_be_path(folded: str) -> bool:
    return folded.startswith(_HOMES) or any(mark in folded for mark in _PATHS)


def _is_credit(context: TitleContext, at: int) -> bool:
    """Whether a line gives a date or a name."""
    return at in context.signed or at in context.dated or at in context.people


def _credits(page: Page, context: TitleContext, at: int, span: int) -> Iterator[str]:
    """Whether nothing but date, names and buttons stands between the line and text."""
    last, credited = at + span, False
    for place, line in enumerate(page.lines[last : last + CREDIT_LINES], last):
        if line.label is BODY or len(line.text) > MIN_LONG:
            kind = "body" if line.label is BODY else "long"
            yield f"credits-then-{kind}" if credited else "then-text"
            return
        credit = _is_credit(context, place)
        credited = credited or place in context.signed or place in context.dated
        if not credit and line.label not in _CREDITS and len(line.text) >= 4 and not _is_buttons(line.text):
            return


def _is_buttons(text: str) -> bool:
    return " | " in text or " · " in text or " • " in text


def _rank(page: Page, context: TitleContext, at: int, span: int) -> Iterator[str]:
    """How the line stands out from those around it: by its heading, or by its indent where a page keeps indents."""
    lines, last = page.lines, at + span
    line, below, indented = lines[at], at + span - context.start, context.style.indented
    if line.level:
        if below >= len(context.levels) or context.levels[below] > line.level:
            yield "leads"
        if any(0 < one.level <= line.level for one in lines[max(0, at - HEADING_REACH) : at]):
            yield "led"
        return
    for name, other in (("last", at - 1), ("next", last)):
        if 0 <= other < len(lines):
            if indented:
                yield f"{_compared(line.indent, lines[other].indent)}-than-{name}"
            if not line.item and is_headline_like(lines[other]):
                longer = len(line.text) > len(lines[other].text)
                yield f"{'longer' if longer else 'shorter'}-than-likely-{name}"
    if indented:
        yield f"{_compared(line.indent, lines[min(page.first, len(lines) - 1)].indent)}-than-body"
        if below < len(context.indents) and line.indent < context.indents[below]:
            yield "leads"


def _compared(one: int, other: int) -> str:
    return "shallower" if one < other else "deeper" if one > other else "as-deep"
