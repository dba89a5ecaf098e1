"""Which line is the title: every line that could be one is weighed by what is seen of it, and the heaviest holds.

What is seen are plain facts (a heading, a byline below, words the body repeats); their weights stand in
:file:`titles.toml`, fitted by ``training/titles.py``. Where no line weighs enough the page states no title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from stemma.clean.sheet import Line, Sheet
from stemma.clean.subjects import is_tags
from stemma.clean.title_facts import seen
from stemma.clean.title_page import Page
from stemma.nouns import Claim, Field, Label

ABOVE: Final = 80
"""How many lines above the body are weighed."""
WITHIN: Final = 10
"""How many lines of the body are: a labeller may have taken the title for the body's first line."""
BEYOND: Final = 6
"""How many lines further dates and names are looked for."""
BOUND: Final = -0.15
"""What a line must weigh: where wrong titles are as many as may be, in cross-validation by domain."""
RECURRING: Final = 2.0
"""How much less a line weighs that stands in other texts too; no archive was at hand to learn it from."""
LONGEST: Final = 220
MOST_WORDS: Final = 32

_WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = tomllib.loads(
    files("stemma.clean").joinpath("titles.toml").read_text(encoding="utf-8")
)["weights"]
_LETTER: Final = re.compile(r"[^\W\d_]")
_FURNITURE: Final = frozenset({Label.APPEAL, Label.SHARE})
_UNNAMED: Final = ("model.", "survey.", "section.", "sequence.")
"""How the rules begin that are no phrase or form of the line itself."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line, or two or three that a narrow page broke, and what is seen of it."""

    at: int
    text: str
    span: int
    kind: str
    seen: tuple[str, ...]
    recurring: bool = False

    @property
    def weight(self) -> float:
        """The sum of the weights of what is seen."""
        weights = _WEIGHTS[self.kind]
        return sum([weights.get(fact, 0.0) for fact in self.seen]) - (RECURRING if self.recurring else 0.0)


def title(sheet: Sheet, rules: Sequence[str] = (), taken: Collection[int] = ()) -> Claim | None:
    """The title a page states, or None. ``rule`` names the plainest fact that speaks for it.

    ``rules``: by which rule each line of the page got its label, if that is known. ``taken``: the numbers of lines that
    are known to say something else.
    """
    free = (one for one in candidates(sheet, rules) if sheet.lines[one.at].number not in taken)
    best = max(free, key=lambda one: (one.weight, -one.at), default=None)
    if best is None or best.weight <= BOUND:
        return None
    return Claim(Field.TITLE, (best.text,), f"title.{_reason(best)}", sheet.lines[best.at].number)


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


def candidates(sheet: Sheet, rules: Sequence[str] = ()) -> Iterator[Candidate]:
    """The lines that could be the title, each with what is seen of it."""
    lines, count = sheet.lines, len(sheet.lines)
    start = max(0, sheet.first - ABOVE) if sheet.first < count else 0
    end = min(count, sheet.first + WITHIN, start + ABOVE + WITHIN)
    page = Page.of(sheet, range(start, min(count, end + BEYOND)))
    joined = 0
    for at in range(start, end):
        line = lines[at]
        if not _possible(line):
            continue
        text, span = _joined(lines, at) if page.wrapped else (line.text, 1)
        facts = [*seen(sheet, page, at, text, span)]
        if not line.level and "credit-words" in facts and "byline-itself" in facts:
            continue
        if at < joined:
            facts.append("tail")
        if rules and rules[line.number - 1] and not rules[line.number - 1].startswith(_UNNAMED):
            facts.append("named")
        joined = max(joined, at + span) if span > 1 else joined
        recurring = bool(rules) and rules[line.number - 1] == "survey.furniture"
        yield Candidate(at, text, span, page.kind, tuple(facts), recurring)


def _possible(line: Line) -> bool:
    return (
        2 < len(line.text) <= LONGEST
        and line.label not in _FURNITURE
        and (line.label is not Label.BODY or len(line.text) < (80 if line.text[-1] in ".。" else 160))
        and (not line.item or line.text.count(" ") > 1)
        and (line.level > 0 or " " in line.text or not line.text.isascii())
        and line.text.count(" ") < MOST_WORDS
        and _LETTER.search(line.text) is not None
        and "://" not in line.text
        and not is_tags(line.text)
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
