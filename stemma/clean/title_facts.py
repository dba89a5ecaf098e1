"""What is seen of a line that could be a title: plain facts, by the names that :file:`titles.toml` weighs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stemma.clean import bylines, dates, names
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import WORD, Label

LONG: Final = 100
_ENDS: Final = (("full-stop", ".。"), ("question", "?!？！"), ("open-end", ":,;…：，"))
_SUFFIX: Final = re.compile(r"\s[|·•»›>/]\s|\s[–—-]\s\S+(?:\s\S+){0,2}$")
_CAPTION: Final = re.compile(
    r"\b(?:photos?|fotos?|bild|image|getty|credit|courtesy|dpa|afp|reuters|quelle|source)\b|©|\((?:l|r|links|rechts)\.?\)",
    re.IGNORECASE,
)
_PATH: Final = re.compile(r"\s[»›>/]\s|\b(?:home|startseite)\b", re.IGNORECASE)


def likely(line: Line) -> bool:
    """Whether a line has the length and the end of a headline: the lines others are counted by."""
    spaces = line.text.count(" ")
    return not line.item and (3 <= spaces < 25 or line.level == 1) and line.text[-1:] not in ".:,;。"


@dataclass(frozen=True, slots=True)
class Page:
    """What all lines of a page that could be its title are measured against."""

    words: frozenset[str]
    times: Mapping[str, int]
    all: str
    level_1: int
    headings: int
    flush: bool
    dated: frozenset[int]
    signed: frozenset[int]
    airy: bool
    likely: tuple[int, ...]

    @property
    def kind(self) -> str:
        """How the page was written down, which decides what its lines can show."""
        if self.headings:
            return "markdown"
        return "flush" if self.flush else "airy" if self.airy else "dense"

    @classmethod
    def of(cls, sheet: Sheet, above: int, within: int) -> Page:
        """Read a page once, for all lines ``above`` the body and ``within`` it."""
        body = " ".join(line.text for line in sheet.lines[sheet.first : sheet.first + 30])[:6000].casefold()
        near = range(max(0, sheet.first - above), min(len(sheet.lines), sheet.first + within + 6))
        folded = [line.text.casefold() for line in sheet.lines]
        return cls(
            all="\n" + "\n".join(folded) + "\n",
            words=frozenset(WORD.findall(body)),
            times=Counter(folded),
            level_1=sum(line.level == 1 for line in sheet.lines),
            headings=sum(line.level > 0 for line in sheet.lines),
            flush=sum(line.indent == 0 for line in sheet.lines) * 4 < len(sheet.lines),
            dated=frozenset(at for at in near if len(sheet.lines[at].text) < 120 and dates.find(sheet.lines[at].text)),
            airy=bool(sheet.lines) and sheet.lines[-1].number > 1.3 * len(sheet.lines),
            likely=tuple(at for at in near if likely(sheet.lines[at])),
            signed=frozenset(at for at in near if bylines.is_byline(sheet.lines[at].text)),
        )


def seen(sheet: Sheet, page: Page, at: int, text: str, span: int) -> Iterator[str]:
    """What is seen of the line at a place, or of ``span`` lines put together as ``text``: the names of plain facts."""
    line = sheet.lines[at]
    yield "any"
    if line.label is not None:
        yield f"label-{line.label}"
    yield from _form(line, page, text)
    yield from _place(sheet, page, at, span)
    yield from _dates_and_bylines(sheet, page, at, span)
    yield from _neighbours(sheet, page, at, span)
    yield from _words(page, text)


def _form(line: Line, page: Page, text: str) -> Iterator[str]:
    if line.level:
        yield f"level-{min(line.level, 3)}"
        if line.level == 1 and page.level_1 == 1:
            yield "only-level-1"
    elif page.headings:
        yield "no-heading-among-headings"
    marks = (
        ("item", line.item),
        ("link", "](" in line.raw),
        ("flush", page.flush and not line.indent),
        ("small-letter", text[0].islower()),
        ("capitals", text.isupper()),
        ("suffix", _SUFFIX.search(text)),
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


def _dates_and_bylines(sheet: Sheet, page: Page, at: int, span: int) -> Iterator[str]:
    for fact, places in (("date", page.dated), ("byline", page.signed)):
        near = next((gap for gap in range(4) if at + span + gap in places), None)
        if near is not None:
            yield f"{fact}-{1 if near == 0 else 2}"
        if at in places and len(sheet.lines[at].text) < 60:
            yield f"{fact}-itself"
        if any(other in places for other in range(at - 3, at)):
            yield f"{fact}-above"


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
            yield "close-below"


def _bin(number: int, edges: tuple[int, ...]) -> int:
    """The first edge a number does not pass."""
    return next((edge for edge in edges if number <= edge), edges[-1])


def _words(page: Page, text: str) -> Iterator[str]:
    folded = text.casefold()
    words = WORD.findall(folded)
    yield f"words-{_bin(len(words), (1, 3, 6, 16, 24, 99))}"
    content = [word for word in words if len(word) > 3] or words
    shared = sum(word in page.words for word in content)
    yield f"shared-{shared * 4 // max(1, len(content))}"
    yield f"shared-words-{_bin(shared, (0, 1, 2, 4, 6, 99))}"
    times = page.times.get(folded, 0)
    if times > 1:
        yield f"repeated-{_bin(times, (2, 3, 9))}"
    elif len(words) > 3 and page.all.count("\n" + folded) > times:
        yield "begins-another"
    elif len(words) > 3 and page.all.count(folded + "\n") > times:
        yield "ends-another"
    if names.is_person(text):
        yield "person"
    long = [word for word in text.split() if len(word) > 3]
    tall = sum(word[0].isupper() for word in long)
    yield f"tall-{_bin(tall * 4 // max(1, len(long)), (0, 1, 2, 3, 4))}"
