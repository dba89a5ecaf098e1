"""Comment onset: the line at which an article ends and readers' comments begin, where no heading says so.

Each line that may be body scores for or against being a comment by its style: grammatical person, loose punctuation, a
bare name or address. Comments begin where the scores from there on add up to most, if the lines before read like an
article and those after do not; or where a series of posts begins, under recurring names, ranks and times. The scores
were set by hand and checked on pages with known bodies (docs/accuracy.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

MAX_LENGTH: Final = 4000
"""Characters of a line that are read."""
MIN_SCORE: Final = 3.0
"""Least sum of the scores of the comments."""
MAX_CANDIDATES: Final = 8
"""Places tried, best sum first."""
MIN_LINES: Final = 3
"""Least number of article-like lines before the onset, and of comment-like lines soon after it."""
LENGTH_RATIO: Final = 0.6
"""Greatest ratio of the mean length of a comment to that of a paragraph of the text, in characters."""
MIN_TRAITS: Final = 0.25
"""Least share of the comments with a trait of :data:`TRAITS`."""
TRAITS: Final = ("address", "name", "informal", "exclamation")
"""Traits of style that an article rarely has; a name counts where it is alone on its line."""
ARTICLE_SCORE: Final = -0.45
"""Greatest mean score of the lines before the onset."""

MAX_POST_LINE: Final = 60
"""Characters: a longer line is no name, rank or time of a post."""
MIN_RECURRENCE: Final = 3
"""How often such a line recurs, digits aside, from the onset on: no text repeats one so often between other lines."""
MIN_POST_LINES: Final = 0.25
"""Least share of such lines from the onset on."""

_DIGITS: Final = re.compile(r"[0-9][0-9.,:]*")
_QUOTED: Final = re.compile(r"[“„«\"‘][^“”„«»\"]{0,600}[”“»\"’]")
_SELF: Final = frozenset(
    ("I", "I’m", "I'm", "my", "me", "lol", "LOL", "IMO", "imo", "Thanks", "thanks", "ich", "mir", "je")
)
_OTHER: Final = frozenset(("you", "You", "your", "Your", "u", "du", "dein", "tu"))
_LOOSE: Final = re.compile(r"\w [,.](?: |$)|[!?]{2,}|\.{4,}|(?<= )[:;]-?[()DP](?:\s|$)")
_ADDRESS: Final = re.compile(r"https?://\S+$")
_NAME: Final = re.compile(r"(?:[^\W\d_][\w.’'-]{0,20} ){0,3}[^\W\d_][\w.’'-]{0,20}$")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_STOPS: Final = ".!?…:;,。！？)”\"'»"


def find_onset(lines: Sequence[str]) -> int | None:
    """The place of the first line of comments, or None. ``lines``: the lines that may be body, in order.

    Linear in the size of the lines.
    """
    shorter_after = _shorter_after([len(line) for line in lines])
    if not shorter_after or not _may_hold_comments(lines, shorter_after):
        return None
    scored = [score(line, lines[at + 1] if at + 1 < len(lines) else "") for at, line in enumerate(lines)]
    scores = [value for value, _ in scored]
    before = [0.0, *accumulate(scores)]
    article_like = [0, *accumulate(one < 0 for one in scores)]
    rest = {
        at: before[-1] - before[at]
        for at, one in enumerate(scores)
        if one > 0
        and article_like[at] >= MIN_LINES
        and before[at] <= ARTICLE_SCORE * at
        and before[-1] - before[at] > MIN_SCORE
    }
    candidates = sorted(rest, key=lambda at: (-rest[at], at))[:MAX_CANDIDATES]
    return next((at for at in candidates if at in shorter_after and _are_comments(scored[at:])), None)


def find_posts(lines: Sequence[str]) -> int | None:
    """The place of the first of a series of posts, or None: lines among which the same short ones recur, digits aside.

    Such lines are the name of a reader, a rank, the time of a post, its buttons. Items of a list do not recur.
    """
    forms = [_DIGITS.sub("0", line) if len(line) <= MAX_POST_LINE and _WORD.search(line) else "" for line in lines]
    recurring = {form for form, count in Counter(forms).items() if form and count >= MIN_RECURRENCE}
    marks = [at for at, form in enumerate(forms) if form in recurring]
    if not marks or marks[0] < MIN_LINES or len(marks) < MIN_POST_LINES * (len(lines) - marks[0]):
        return None
    alone = sum(after - before > 1 for before, after in pairwise([*marks, len(lines)]))
    return marks[0] if alone >= MIN_RECURRENCE else None


def _shorter_after(sizes: Sequence[int]) -> frozenset[int]:
    """The places from which on lines are as much shorter than those before as comments usually are."""
    before, count = [0, *accumulate(sizes)], len(sizes)
    whole = before[-1]
    return frozenset(
        at
        for at in range(MIN_LINES, count - MIN_LINES + 1)
        if (whole - before[at]) / (count - at) <= LENGTH_RATIO * before[at] / at
    )


def _may_hold_comments(lines: Sequence[str], places: frozenset[int]) -> bool:
    """Whether enough lines can have a trait from any of these places on; quicker than scoring them all."""
    able = [_may_have_trait(line) for line in lines]
    if sum(able) < MIN_LINES:
        return False
    # What is left of a line without its quotations can look informal too.
    able = [one or _has_quotation(line) for one, line in zip(able, lines, strict=True)]
    passed = [0, *accumulate(able)]
    return any(passed[-1] - passed[at] >= MIN_TRAITS * (len(lines) - at) for at in places)


def _may_have_trait(line: str) -> bool:
    """Whether a line, quotations included, can have a trait."""
    return len(line) <= 40 or line[0].islower() or line.startswith("http") or _has_trace(line)


def _has_quotation(line: str) -> bool:
    return '"' in line or "“" in line or "‘" in line or "„" in line or "«" in line


def _has_trace(line: str) -> bool:
    return "!" in line or " ," in line or " ." in line or "??" in line or "...." in line or " :" in line or " ;" in line


def _are_comments(scored: Sequence[tuple[float, str]]) -> bool:
    """Whether comment-like lines come soon, often, and with more than one trait."""
    scoring = [trait for value, trait in scored if value > 0]
    soon = sum(1 for value, _ in scored[:12] if value > 0)
    traits = [scoring.count(trait) for trait in TRAITS]
    often = len(scoring) >= 0.35 * len(scored) and sum(traits) >= MIN_TRAITS * len(scored)
    return soon >= MIN_LINES and often and sum(count > 0 for count in traits) >= 2


def score(line: str, after: str) -> tuple[float, str]:
    """How much more a line reads like a comment than like an article, as a logarithm, and its trait if any.

    ``after`` is the line that follows.
    """
    text = line[:MAX_LENGTH]
    if _ADDRESS.match(text):
        return 2.0, "address"
    count = text.count(" ") + 1
    if count <= 4 and len(text) <= 40 and text[-1] not in _STOPS:
        named = _NAME.match(text) and after.count(" ") >= 4 and text[0] not in "#*-"
        return (0.7, "name") if named else (0.0, "")
    own = _QUOTED.sub("", text) if _has_quotation(text) else text
    informal = text[0].islower() or (_has_trace(own) and _LOOSE.search(own) is not None)
    words = own.split()
    exclaims = "!" in own
    found = 1.5 * informal + 0.8 * exclaims + 0.5 * ("?" in own)
    found += 0.8 if not _SELF.isdisjoint(words) else 0.4 if not _OTHER.isdisjoint(words) else 0.0
    found += 0.5 * (count >= 8 and text[-1] not in _STOPS) + 0.7 * (count <= 4)
    if found:
        return found, "informal" if informal else "exclamation" if exclaims else ""
    return (-1.0 if count >= 40 else -0.7 if count >= 12 else 0.0), ""
