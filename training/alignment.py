"""From a raw page and its known body to what each line is: head, body, inset, tail or comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from stemma.clean.labels.line_model import STATES
from stemma.text import WORD

HEAD, BODY, INSET, TAIL, COMMENT = range(len(STATES))

RUN = 4
"""So many words in a row must agree before they count as the body's."""

COMMENTS_OPEN = re.compile(
    r"(?i)^\W*(?:\d+\s+)?(?:(?:reader|user|all|latest|recent|view|show|hide|see|add|post|leave|join)\s+(?:the\s+|a\s+|all\s+)?)?"
    r"(?:\d+\s+)?(comments?|responses?|replies|thoughts on|kommentare?|commentaires?|comentarios|commenti|reacties|"
    r"комментари[ийя]|discussion|conversation|leave a (?:reply|comment)|reader interactions)\b.{0,60}$"
)
BOILERPLATE = re.compile(
    r"(?i)(©|all rights reserved|privacy policy|your email address will not|akismet|newsletter|subscribe|sign up|"
    r"related (?:posts|articles|stories)|recent posts|primary sidebar|you may also|read more|most read|trending|footer|"
    r"cookie|categories|archives|about us|terms of)"
)
PERSONAL = re.compile(
    r"(?i)\b(i|i'm|i’m|my|me|you|your|thanks|thank|we|ich|du|sie|mir|je|vous|tu|yo|lol|agree|great|u)\b|[?!]"
)
ANSWER = re.compile(r"(?i)reply|log in")


@dataclass(frozen=True, slots=True)
class Marked:
    """A raw line, what state of the page it is in, and how many words it has."""

    text: str
    state: int
    words: int


def mark(raw: str, body: str) -> tuple[Marked, ...]:
    """Every line of the raw text, blank ones included, with its state.

    A line is body when at least half of its words lie in runs that a longest common subsequence shares with the body.
    """
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    counts, hits = _shared(lines, body)
    states = [BODY if 2 * hit > count > 0 else HEAD for count, hit in zip(counts, hits, strict=True)]
    places = [at for at, state in enumerate(states) if state == BODY]
    if places:
        first, last = places[0], places[-1]
        for at, state in enumerate(states):
            if state != BODY and at > first:
                states[at] = INSET if at < last else TAIL
        for at in _comments(lines, counts, states, last):
            states[at] = COMMENT
    return tuple(Marked(*one) for one in zip(lines, states, counts, strict=True))


def _shared(lines: Sequence[str], body: str) -> tuple[list[int], list[int]]:
    """For each line how many words it has and how many of them are the body's."""
    ids: dict[str, int] = {}
    raw: list[int] = []
    owners: list[int] = []
    for at, line in enumerate(lines):
        found = [ids.setdefault(word.casefold(), len(ids)) for word in WORD.findall(line)]
        raw += found
        owners += [at] * len(found)
    known = [ids.setdefault(word.casefold(), len(ids)) for word in WORD.findall(body)]
    counts, hits = [0] * len(lines), [0] * len(lines)
    for at in owners:
        counts[at] += 1
    for step in LCSseq.opcodes(raw, known):
        if step.tag == "equal" and step.src_end - step.src_start >= min(RUN, len(known)):
            for at in owners[step.src_start : step.src_end]:
                hits[at] += 1
    return counts, hits


def _comments(lines: Sequence[str], counts: Sequence[int], states: Sequence[int], last: int) -> list[int]:
    """Lines that are readers' comments: prose under a heading that says so, most of it personal."""
    best: list[int] = []
    for at in range(max(0, last - 3), len(lines)):
        if states[at] != BODY and len(lines[at]) < 80 and COMMENTS_OPEN.match(lines[at].strip()):
            best = max(best, _under(lines, counts, states, at), key=len)
    personal = sum(1 for at in best if PERSONAL.search(lines[at]))
    if len(best) < 3 or personal < 0.6 * len(best):
        return []
    between = [
        at
        for before, after in pairwise(best)
        if after - before < 14
        for at in range(before, after)
        if states[at] != BODY
    ]
    return [*between, best[-1]]


def _under(lines: Sequence[str], counts: Sequence[int], states: Sequence[int], heading: int) -> list[int]:
    found: list[int] = []
    missed = 0
    for at in range(heading + 1, len(lines)):
        if states[at] == BODY:
            break
        boilerplate = BOILERPLATE.search(lines[at])
        if counts[at] >= 8 and not boilerplate:
            found.append(at)
            missed = 0
        elif lines[at].strip():
            missed += 1
            if missed > 8 or (boilerplate and counts[at] < 14 and not ANSWER.search(lines[at])):
                break
    return found
