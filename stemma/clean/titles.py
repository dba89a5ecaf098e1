"""Which line is the title: every line that could be one is weighed by what is seen of it, and the heaviest holds.

What is seen are plain facts (a heading, a byline below, words the body repeats); their weights stand in
:file:`titles.toml`, fitted by ``training/titles.py``. Where no line weighs enough the page states no title.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from stemma.clean import bylines, dates
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import WORD, Claim, Field, Label

ABOVE: Final = 45
"""How many lines above the body are weighed."""
WITHIN: Final = 8
"""How many lines of the body are: a labeller may have taken the title for the body's first line."""
LONGEST: Final = 220
MOST_WORDS: Final = 32

_WEIGHTS: Final[Mapping[str, float]] = tomllib.loads(
    files("stemma.clean").joinpath("titles.toml").read_text(encoding="utf-8")
)["weights"]
_SUFFIX: Final = re.compile(r"\s+(?:[|·•»]|[–—-])\s+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_FURNITURE: Final = frozenset({Label.COMMENT, Label.APPEAL, Label.SHARE, Label.NOTICE, Label.TAGS, Label.META})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line, or two or three that a narrow page broke, and what is seen of it."""

    at: int
    text: str
    span: int
    seen: tuple[str, ...]

    @property
    def weight(self) -> float:
        """The sum of the weights of what is seen."""
        return sum(_WEIGHTS.get(fact, 0.0) for fact in self.seen)


def title(sheet: Sheet) -> Claim | None:
    """The title a page states, or None. ``rule`` names the plainest fact that speaks for it."""
    best = max(candidates(sheet), key=lambda one: (one.weight, -one.at), default=None)
    if best is None or best.weight <= 0:
        return None
    return Claim(Field.TITLE, (best.text,), f"title.{_reason(best)}", sheet.lines[best.at].number)


def _reason(best: Candidate) -> str:
    for fact, name in (
        ("label", "labelled"),
        ("level-1", "heading"),
        ("only-level-1", "heading"),
        ("byline-1", "above-byline"),
        ("date-1", "above-date"),
        ("repeated", "repeated"),
        ("first-line", "first-line"),
    ):
        if fact in best.seen:
            return name
    return "above-text"


def candidates(sheet: Sheet) -> Iterator[Candidate]:
    """The lines that could be the title, each with what is seen of it."""
    lines = sheet.lines
    page = _Page.of(sheet)
    start = max(0, sheet.first - ABOVE) if sheet.first < len(lines) else 0
    for at in range(start, min(len(lines), sheet.first + WITHIN, start + ABOVE + WITHIN)):
        line = lines[at]
        if _possible(line):
            text, span = _joined(lines, at)
            yield Candidate(at, text, span, tuple(_seen(sheet, page, at, text, span)))


def _possible(line: Line) -> bool:
    return (
        2 < len(line.text) <= LONGEST
        and line.label not in _FURNITURE
        and line.text.count(" ") < MOST_WORDS
        and _LETTER.search(line.text) is not None
        and "://" not in line.text
    )


def _joined(lines: tuple[Line, ...], at: int) -> tuple[str, int]:
    """A heading that a narrow page broke, put together: full lines without a blank one between, at one indent."""
    text, span = lines[at].text, 1
    while span < 3 and at + span < len(lines):
        last, line = lines[at + span - 1], lines[at + span]
        full = len(last.raw) + 1 + len(line.text.split(" ", 1)[0]) > 78 and len(last.raw) <= 80
        if not full or line.number != last.number + 1 or line.indent != last.indent or line.item or line.level:
            break
        text, span = f"{text} {line.text}", span + 1
    # A third full line is a paragraph.
    return (text, span) if span < 3 or len(text) <= LONGEST else (lines[at].text, 1)


@dataclass(frozen=True, slots=True)
class _Page:
    """What all candidates of a page are measured against."""

    words: frozenset[str]
    times: Mapping[str, int]
    level_1: int
    headings: int
    flush: bool
    dated: frozenset[int]
    signed: frozenset[int]

    @classmethod
    def of(cls, sheet: Sheet) -> _Page:
        body = " ".join(line.text for line in sheet.lines[sheet.first : sheet.first + 30])[:6000].casefold()
        near = range(max(0, sheet.first - ABOVE), min(len(sheet.lines), sheet.first + WITHIN + 6))
        return cls(
            words=frozenset(WORD.findall(body)),
            times=Counter(line.text.casefold() for line in sheet.lines),
            level_1=sum(line.level == 1 for line in sheet.lines),
            headings=sum(line.level > 0 for line in sheet.lines),
            flush=sum(line.indent == 0 for line in sheet.lines) * 4 < len(sheet.lines),
            dated=frozenset(at for at in near if len(sheet.lines[at].text) < 120 and dates.find(sheet.lines[at].text)),
            signed=frozenset(at for at in near if bylines.is_byline(sheet.lines[at].text)),
        )


def _seen(sheet: Sheet, page: _Page, at: int, text: str, span: int) -> Iterator[str]:
    line = sheet.lines[at]
    yield "any"
    if line.label is Label.TITLE:
        yield "label"
    if line.label is Label.BODY:
        yield "in-body"
    yield from _form(line, page, text)
    yield from _place(sheet, page, at, span)
    yield from _words(page, text)


def _form(line: Line, page: _Page, text: str) -> Iterator[str]:
    if line.level:
        yield f"level-{min(line.level, 3)}"
        if line.level == 1 and page.level_1 == 1:
            yield "only-level-1"
    elif page.headings:
        yield "no-heading-among-headings"
    if line.item:
        yield "item"
    if "](" in line.raw:
        yield "link"
    if page.flush and not line.indent:
        yield "flush"
    if text[-1] in ".。":
        yield "full-stop"
    elif text[-1] in "?!？！":
        yield "question"
    elif text[-1] in ":,;…：，":
        yield "open-end"
    if text[0].islower():
        yield "small-letter"
    if text.isupper():
        yield "capitals"
    if _SUFFIX.search(text):
        yield "suffix"


def _place(sheet: Sheet, page: _Page, at: int, span: int) -> Iterator[str]:
    lines, distance = sheet.lines, sheet.first - at - span
    yield f"distance-{'in' if distance < 0 else min(distance, 3) if distance < 4 else 6 if distance < 7 else 12 if distance < 13 else 99}"
    if at == 0:
        yield "first-line"
    for fact, places in (("date", page.dated), ("byline", page.signed)):
        near = next((gap for gap in range(4) if at + span + gap in places), None)
        if near is not None:
            yield f"{fact}-{1 if near == 0 else 2}"
        if at in places:
            yield f"{fact}-itself"
    if at and lines[at - 1].number == lines[at].number - 1:
        yield "close-above"
    last = at + span
    if last < len(lines) and lines[last].number == lines[last - 1].number + 1:
        yield "close-below"


def _words(page: _Page, text: str) -> Iterator[str]:
    folded = text.casefold()
    words = WORD.findall(folded)
    yield f"words-{'1' if len(words) < 2 else '3' if len(words) < 4 else '6' if len(words) < 7 else '16' if len(words) < 17 else '24' if len(words) < 25 else '32'}"
    content = [word for word in words if len(word) > 3] or words
    share = sum(word in page.words for word in content) / max(1, len(content))
    yield f"shared-{int(share * 4)}"
    if page.times.get(folded, 0) > 1:
        yield "repeated"
    elif len(words) > 3 and any(other.startswith(folded) and len(other) > len(folded) for other in page.times):
        yield "begins-another"
