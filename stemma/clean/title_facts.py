"""What is seen of a line that could be a title: plain facts, by the names that :file:`titles.toml` weighs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from stemma.clean.sheet import Line, Sheet
from stemma.clean.title_page import LONG, OPENING, Page, is_credit, likely
from stemma.nouns import WORD, Label

CREDITS: Final = 6
"""So many lines of date, name and buttons can stand between a title and its text."""

_ENDS: Final = (("full-stop", ".。"), ("question", "?!？！"), ("open-end", ":,;…：，"))
_SUFFIX: Final = re.compile(r"\s[|·•»›>/]\s|\s[–—-]\s\S+(?:\s\S+){0,2}$")
_CAPTION: Final = re.compile(
    r"\b(?:photos?|fotos?|bild|image|getty|credit|courtesy|dpa|afp|reuters|quelle|source)\b|©|\((?:l|r|links|rechts)\.?\)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d+")
_PATH: Final = re.compile(r"\s[»›>/]\s|\b(?:home|startseite)\b", re.IGNORECASE)
_CREDITS: Final = frozenset({Label.META, Label.SHARE, Label.CREDIT, Label.TAGS})


def seen(sheet: Sheet, page: Page, at: int, text: str, span: int) -> Iterator[str]:
    """What is seen of the line at a place, or of ``span`` lines put together as ``text``: the names of plain facts."""
    line = sheet.lines[at]
    yield "any"
    if line.label is not None:
        yield f"label-{line.label}"
    if span > 1:
        yield "joined"
    yield from _form(line, page, text)
    yield from _place(sheet, page, at, span)
    yield from _surroundings(page, at, span)
    yield from _dates_and_bylines(sheet, page, at, span)
    yield from _neighbours(sheet, page, at, span)
    yield from _credits(sheet, page, at, span)
    yield from _rank(sheet, page, at, span)
    yield from _words(page, text)
    yield from _again(page, at, text)


def _form(line: Line, page: Page, text: str) -> Iterator[str]:
    if line.level:
        yield f"level-{min(line.level, 3)}"
        if line.level == 1 and page.top_headings == 1:
            yield "only-level-1"
    elif page.kind == "markdown":
        yield "no-heading-among-headings"
    marks = (
        ("item", line.item),
        ("link", "](" in line.raw),
        ("flush", page.indented and not line.indent),
        ("small-letter", text[0].islower()),
        ("capitals", text.isupper()),
        ("suffix", _SUFFIX.search(text)),
        ("credit-words", is_credit(text)),
        ("numbers", len(_NUMBER.findall(text)) > 2),
        ("caption", _CAPTION.search(text)),
    )
    yield from (fact for fact, true in marks if true)
    yield from (fact for fact, signs in _ENDS if text[-1] in signs)


def _place(sheet: Sheet, page: Page, at: int, span: int) -> Iterator[str]:
    lines, distance = sheet.lines, sheet.first - at - span
    yield f"distance-{_bin(distance, (-9, -4, -2, -1, 0, 1, 2, 3, 6, 12, 24, 99))}"
    if at == 0:
        yield "first-line"
    if likely(lines[at]):
        yield "likely"
        yield "likely-after-likely" if at and likely(lines[at - 1]) else "likely-after-menu"
        if at == 0:
            yield "first-line-likely"
            if len(lines) > 1 and len(lines[1].text) > LONG:
                yield "opening"
    above = bisect_left(page.likely, at)
    below = bisect_left(page.likely, sheet.first) - bisect_right(page.likely, at)
    yield f"likely-below-{_bin(max(0, below), (0, 1, 2, 4, 9))}"
    yield f"likely-above-{_bin(above, (0, 1, 2, 4, 9))}"


def _surroundings(page: Page, at: int, span: int) -> Iterator[str]:
    """How far it is to the next line of text, and how long the menu above is."""
    prose = bisect_left(page.prose, at + span)
    if prose < len(page.prose):
        yield f"prose-in-{_bin(page.prose[prose] - at - span, (0, 1, 2, 3, 5, 8, 13, 99))}"
    speaking = bisect_left(page.speaking, at)
    menu = at - 1 - (page.speaking[speaking - 1] if speaking else 0)
    yield f"menu-above-{_bin(menu, (0, 1, 3, 8, 99))}"


def _dates_and_bylines(sheet: Sheet, page: Page, at: int, span: int) -> Iterator[str]:
    for fact, places in (("date", page.dated), ("byline", page.signed)):
        near = next((gap for gap in range(4) if at + span + gap in places), None)
        if near is not None:
            yield f"{fact}-{1 if near == 0 else 2}"
        if at in places and len(sheet.lines[at].text) < 60:
            yield f"{fact}-itself"
        if at - 1 in places or at - 2 in places or at - 3 in places:
            yield f"{fact}-above"
    if at in page.people:
        yield "person"
    if at + span in page.people:
        yield "person-below"


def _neighbours(sheet: Sheet, page: Page, at: int, span: int) -> Iterator[str]:
    lines, last = sheet.lines, at + span
    if at:
        if len(lines[at - 1].text) < 160 and _PATH.search(lines[at - 1].text):
            yield "below-path"
        if page.airy and lines[at - 1].number == lines[at].number - 1:
            yield "close-above"
    if last < len(lines):
        yield "body-below" if lines[last].label is Label.BODY else "furniture-below"
        if len(lines[last].text) > LONG:
            yield "long-below"
        if page.airy and lines[last].number == lines[last - 1].number + 1:
            yield "close-above-credit" if _is_credit(page, last) else "close-below"
            if at and lines[at - 1].number == lines[at].number - 1:
                yield "close-both"


def _is_credit(page: Page, at: int) -> bool:
    """Whether a line gives a date or a name."""
    return at in page.signed or at in page.dated or at in page.people


def _credits(sheet: Sheet, page: Page, at: int, span: int) -> Iterator[str]:
    """Whether nothing but date, names and buttons stands between the line and text."""
    lines, last = sheet.lines, at + span
    for place in range(last, min(len(lines), last + CREDITS)):
        line = lines[place]
        if line.label is Label.BODY or len(line.text) > LONG:
            if any(own in page.signed or own in page.dated for own in range(last, place)):
                yield f"credits-then-{'body' if line.label is Label.BODY else 'long'}"
            else:
                yield "then-text"
            return
        if not _is_credit(page, place) and line.label not in _CREDITS and len(line.text) >= 4:
            return


def _rank(sheet: Sheet, page: Page, at: int, span: int) -> Iterator[str]:
    """How the line stands out from those around it: by its heading, or by its indent where a page keeps indents."""
    lines, last = sheet.lines, at + span
    line, below = lines[at], at + span - page.start
    if line.level:
        if below >= len(page.levels) or page.levels[below] > line.level:
            yield "leads"
        if any(0 < one.level <= line.level for one in lines[max(0, at - 3) : at]):
            yield "led"
        return
    for name, other in (("last", at - 1), ("next", last)):
        if 0 <= other < len(lines):
            if page.indented:
                yield f"{_compared(line.indent, lines[other].indent)}-than-{name}"
            if likely(lines[other]) and not line.item:
                longer = len(line.text) > len(lines[other].text)
                yield f"{'longer' if longer else 'shorter'}-than-likely-{name}"
    if not page.indented:
        return
    yield f"{_compared(line.indent, lines[min(sheet.first, len(lines) - 1)].indent)}-than-body"
    if below < len(page.indents) and line.indent < page.indents[below]:
        yield "leads"


def _compared(one: int, other: int) -> str:
    return "shallower" if one < other else "deeper" if one > other else "as-deep"


def _bin(number: int, edges: tuple[int, ...]) -> int:
    """The first edge a number does not pass."""
    return edges[min(bisect_left(edges, number), len(edges) - 1)]


def _words(page: Page, text: str) -> Iterator[str]:
    words = WORD.findall(text.casefold())
    yield f"words-{_bin(len(words), (1, 3, 6, 16, 24, 99))}"
    content = [word for word in words if len(word) > 3] or words
    shared = sum(word in page.words for word in content)
    yield f"shared-{shared * 4 // max(1, len(content))}"
    yield f"shared-words-{_bin(shared, (0, 1, 2, 4, 6, 99))}"
    yield f"lead-{_bin(sum(word in page.lead for word in content), (0, 1, 2, 4, 99))}"
    yield f"keywords-{_bin(sum(word in page.keywords for word in content), (0, 1, 2, 99))}"
    long = [word for word in text.split() if len(word) > 3]
    tall = sum(word[0].isupper() for word in long)
    yield f"tall-{_bin(tall * 4 // max(1, len(long)), (0, 1, 2, 3, 4))}"


def _again(page: Page, at: int, text: str) -> Iterator[str]:
    """Where else on the page the words stand: in a path above, in the first line, in a notice, anywhere."""
    folded = text.casefold()
    times = page.times.get(folded, 0)
    if times > 1:
        yield f"repeated-{_bin(times, (2, 3, 9))}"
    elif text.count(" ") > 2 and page.whole.count("\n" + folded) > times:
        yield "begins-another"
    elif text.count(" ") > 2 and page.whole.count(folded + "\n") > times:
        yield "ends-another"
    if len(folded) > 5:
        yield from _echoes(page, at, folded)


def _echoes(page: Page, at: int, folded: str) -> Iterator[str]:
    for one in page.folded[max(0, at - 3) : at]:
        if one.endswith(folded):
            yield "echo"
            break
    for one in page.folded[at + 1 : at + 4]:
        if one.startswith(folded):
            yield "echoed"
            break
    if folded in page.notices:
        yield "in-notice"
    if at and len(folded) > 9 and folded in page.folded[0][:OPENING]:
        yield "in-opening"
