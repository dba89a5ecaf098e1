"""Where a text stops speaking like an article and its readers begin to talk: comments without any heading.

Each line of what looks like body weighs for or against being a reader's remark by how it speaks: to whom, how loosely
it is punctuated, whether it is a bare name or address. The place from which on the weights add up to most is where the
comments begin, if what stands before it is sober and what stands after it is not. The weights were set by hand and
checked on pages with known bodies (docs/accuracy.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

LONGEST: Final = 4000
ENOUGH: Final = 3.0
"""What the remarks must weigh together."""
MOST: Final = 8
"""How many places are looked at closely."""
FEWEST: Final = 3
"""So many sober lines of prose must come first, and so many lines must speak like a reader."""
BRIEF: Final = 0.6
"""So long a remark may be, on average, as a share of the length of a paragraph of the text."""
OFTEN: Final = 0.25
"""So great a share of the remarks must have a manner of :data:`MANNERS`."""
MANNERS: Final = ("address", "name", "careless", "loud")
"""Manners of speaking that an article hardly has; a name must stand alone on its line."""
SOBER: Final = -0.45
"""What the lines before the comments may weigh on average."""

_QUOTED: Final = re.compile(r"[“„«\"‘][^“”„«»\"]{0,600}[”“»\"’]")
_SELF: Final = frozenset(
    ("I", "I’m", "I'm", "my", "me", "lol", "LOL", "IMO", "imo", "Thanks", "thanks", "ich", "mir", "je")
)
_OTHER: Final = frozenset(("you", "You", "your", "Your", "u", "du", "dein", "tu"))
_LOOSE: Final = re.compile(r"\w [,.](?: |$)|[!?]{2,}|\.{4,}|(?<= )[:;]-?[()DP](?:\s|$)")
_ADDRESS: Final = re.compile(r"https?://\S+$")
_NAME: Final = re.compile(r"(?:[^\W\d_][\w.’'-]{0,20} ){0,3}[^\W\d_][\w.’'-]{0,20}$")
_STOPS: Final = ".!?…:;,。！？)”\"'»"


def first_remark(lines: Sequence[str]) -> int | None:
    """The place of the first line from which on readers speak, or None. ``lines``: the lines taken for body, in order.

    Linear in the size of the lines.
    """
    brief = _brief([len(line) for line in lines])
    if not brief or not _may_turn(lines, brief):
        return None
    heard = [hear(line, lines[at + 1] if at + 1 < len(lines) else "") for at, line in enumerate(lines)]
    weights = [weight for weight, _ in heard]
    before = [0.0, *accumulate(weights)]
    sober = [0, *accumulate(one < 0 for one in weights)]
    rest = {
        at: before[-1] - before[at]
        for at, one in enumerate(weights)
        if one > 0 and sober[at] >= FEWEST and before[at] <= SOBER * at and before[-1] - before[at] > ENOUGH
    }
    likeliest = sorted(rest, key=lambda at: (-rest[at], at))[:MOST]
    return next((at for at in likeliest if at in brief and _is_talk(heard[at:])), None)


def _brief(sizes: Sequence[int]) -> frozenset[int]:
    """The places from which on lines are as much shorter than those before them as remarks use to be."""
    before, count = [0, *accumulate(sizes)], len(sizes)
    whole = before[-1]
    return frozenset(
        at for at in range(FEWEST, count - FEWEST + 1) if (whole - before[at]) / (count - at) <= BRIEF * before[at] / at
    )


def _may_turn(lines: Sequence[str], places: frozenset[int]) -> bool:
    """Whether enough lines can have a manner from any of these places on; quicker than hearing them all."""
    talkers = [_may_talk(line) for line in lines]
    if sum(talkers) < FEWEST:
        return False
    # What a quotation leaves when it is taken out can look careless too.
    able = [one or _has_quotation(line) for one, line in zip(talkers, lines, strict=True)]
    passed = [0, *accumulate(able)]
    return any(passed[-1] - passed[at] >= OFTEN * (len(lines) - at) for at in places)


def _may_talk(line: str) -> bool:
    """Whether a line can have a manner as it stands."""
    return len(line) <= 40 or line[0].islower() or line.startswith("http") or _has_trace(line)


def _has_quotation(line: str) -> bool:
    return '"' in line or "“" in line or "‘" in line or "„" in line or "«" in line


def _has_trace(line: str) -> bool:
    return "!" in line or " ," in line or " ." in line or "??" in line or "...." in line or " :" in line or " ;" in line


def _is_talk(heard: Sequence[tuple[float, str]]) -> bool:
    """Whether readers speak soon, often, and in more than one way."""
    speaking = [manner for weight, manner in heard if weight > 0]
    soon = sum(1 for weight, _ in heard[:12] if weight > 0)
    manners = [speaking.count(manner) for manner in MANNERS]
    often = len(speaking) >= 0.35 * len(heard) and sum(manners) >= OFTEN * len(heard)
    return soon >= FEWEST and often and sum(count > 0 for count in manners) >= 2


def hear(line: str, after: str) -> tuple[float, str]:
    """How much more a line speaks like a reader's remark than like an article, as a logarithm, and its manner if any.

    ``after`` is the line that follows.
    """
    text = line[:LONGEST]
    if _ADDRESS.match(text):
        return 2.0, "address"
    count = text.count(" ") + 1
    if count <= 4 and len(text) <= 40 and text[-1] not in _STOPS:
        named = _NAME.match(text) and after.count(" ") >= 4 and text[0] not in "#*-"
        return (0.7, "name") if named else (0.0, "")
    own = _QUOTED.sub("", text) if _has_quotation(text) else text
    careless = text[0].islower() or (_has_trace(own) and _LOOSE.search(own) is not None)
    words = own.split()
    loud = "!" in own
    found = 1.5 * careless + 0.8 * loud + 0.5 * ("?" in own)
    found += 0.8 if not _SELF.isdisjoint(words) else 0.4 if not _OTHER.isdisjoint(words) else 0.0
    found += 0.5 * (count >= 8 and text[-1] not in _STOPS) + 0.7 * (count <= 4)
    if found:
        return found, "careless" if careless else "loud" if loud else ""
    return (-1.0 if count >= 40 else -0.7 if count >= 12 else 0.0), ""
