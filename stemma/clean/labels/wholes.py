"""Wholes: verse, code, tables, lists, and streams of other stories, which are text or not as a whole.

The models judge line by line. Here the verdicts on the lines of one thing are made to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from stemma.clean.labels.decoder import Verdict
from stemma.clean.lines.forms import preformatted, stanzas
from stemma.clean.lines.segment import Line
from stemma.records import Evidence, Form, Label

MIN_BODY_ROWS: Final = 0.4
"""Share of the lines of a block of code or a table that are body by themselves: then all of it is."""

MIN_ROWS: Final = 3
"""Rows parted into cells by strokes that make a table wherever they stand."""
MIN_LIST: Final = 3
"""Items of the shortest list that is text or not as a whole;"""
MAX_ITEM: Final = 4
"""mean words of its items: other headlines are longer;"""
MIN_LIST_BODY: Final = 0.3
"""and least mean probability of body. Menus below a text have less than .2 (pages of one fold)."""

MIN_PHRASES: Final = 8
"""Lines of the shortest run of phrases that blank lines part;"""
MIN_PHRASE: Final = 5
MAX_PHRASE: Final = 45
"""and their characters: fewer are a word of a menu, more a paragraph."""

MIN_STREAM: Final = 2
"""Dates with lines of prose below them that make a stream of other stories;"""
MIN_BEFORE_STREAM: Final = 0.4
"""least share of what is taken for text, in characters, above the tags that such a stream follows."""
_FRAMES: Final = frozenset("│┃║┼╋╬─━═")
_BULLETS: Final = frozenset("*+•·‣◦▪■□–-")


def judged_whole(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts on the lines of a page, with code, tables and lists whole and without streams of other stories."""
    whole = with_whole_lists(lines, with_whole_forms(lines, verdicts))
    return without_stream(lines, with_even_lines(lines, whole))


def with_whole_forms(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, with verse, code and tables of the text whole: the model judges their lines one by one.

    A stanza, a block of code or a table is body where enough of it is. So are code and tables with body above and
    below, and a table drawn with lines below body: no menu is. What a certain rule says of a line holds.
    """
    whole = list(verdicts)
    inside = _span(lines, verdicts)
    blocks = list(preformatted(lines, inside))
    verse = [(start, end, Form.VERSE) for start, end in stanzas(lines, inside)]
    for start, end, form in (*blocks, *verse):
        body = [verdict.label is Label.BODY for verdict in verdicts[start:end]]
        below_body = start > 0 and verdicts[start - 1].label is Label.BODY
        within = below_body and end < len(lines) and verdicts[end].label is Label.BODY
        drawn = below_body and form is Form.TABLE and _is_drawn(lines[start:end])
        if (within and form is not Form.VERSE) or drawn or sum(body) >= MIN_BODY_ROWS * len(body):
            for at in range(start, end):
                if whole[at].evidence is not Evidence.RULE and whole[at].label is not Label.BODY:
                    whole[at] = Verdict(Label.BODY, "sequence.form", 1 - whole[at].confidence, Evidence.SEQUENCE)
    return tuple(whole)


def _span(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> list[bool]:
    """Which lines forms are looked for in: from the first line of the body to the last, and to a table drawn below.

    Lines that no blank line parts from these belong to it.
    """
    places = [at for at, verdict in enumerate(verdicts) if verdict.label is Label.BODY] or [0]
    first = places[0]
    last = max(places[-1], *(at for at, line in enumerate(lines) if "|" in line.text or "│" in line.text), 0)
    while first and not lines[first].gap:
        first -= 1
    while last + 1 < len(lines) and not lines[last + 1].gap:
        last += 1
    return [first <= at <= last for at in range(len(lines))]


def _is_drawn(rows: Sequence[Line]) -> bool:
    """Whether rows are drawn with the lines of a table, or three or more parted into equally many cells by strokes."""
    strokes = {line.text.count("|") for line in rows}
    return all(not _FRAMES.isdisjoint(line.text) for line in rows) or (
        len(rows) >= MIN_ROWS and len(strokes) == 1 and min(strokes) > 1
    )


def with_whole_lists(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, with lists of short items below a paragraph of the text whole.

    Line by line a list of a few words each looks like a menu; a menu as a whole is much less probably text.
    """
    whole = list(verdicts)
    for start, end in _lists(lines):
        items = whole[start:end]
        body = [one.confidence if one.label is Label.BODY else 1 - one.confidence for one in items]
        if (
            whole[start - 1].label is Label.BODY
            and not any(one.evidence is Evidence.RULE for one in items)
            and sum(line.visible.count(" ") for line in lines[start:end]) <= MAX_ITEM * len(items)
            and sum(body) >= MIN_LIST_BODY * len(items)
        ):
            for at in range(start, end):
                if whole[at].label is not Label.BODY:
                    whole[at] = Verdict(Label.BODY, "sequence.list", 1 - whole[at].confidence, Evidence.SEQUENCE)
    return tuple(whole)


def _lists(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Lines that begin with the same bullet, one below the other, with another line above: half-open runs of places."""
    marks = [line.text[0] if line.text[0] in _BULLETS and line.text[1:2] == " " else "" for line in lines]
    if not any(marks):
        return
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or marks[at] != marks[at - 1] or lines[at].gap > 1:
            if start and at - start >= MIN_LIST and marks[start]:
                yield start, at
            start = at


def with_even_lines(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, with runs of short lines that blank lines part, as blogs set a text phrase by phrase, whole.

    No line of such a run ends as a sentence does or fits a rule; all have the same indent.
    """
    whole = list(verdicts)
    for start, end in _even_runs(lines, verdicts):
        if sum(one.label is Label.BODY for one in whole[start:end]) >= MIN_BODY_ROWS * (end - start):
            for at in range(start, end):
                if whole[at].label is not Label.BODY:
                    whole[at] = Verdict(Label.BODY, "sequence.phrases", 1 - whole[at].confidence, Evidence.SEQUENCE)
    return tuple(whole)


def _even_runs(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> Iterator[tuple[int, int]]:
    even = [
        line.gap > 0
        and MIN_PHRASE <= len(line.visible) <= MAX_PHRASE
        and verdict.evidence is not Evidence.RULE
        and line.visible[-1].isalnum()
        and line.text[0].isalnum()
        for line, verdict in zip(lines, verdicts, strict=True)
    ]
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not (even[at] and even[at - 1] and lines[at].indent == lines[at - 1].indent):
            if at - start >= MIN_PHRASES and even[start]:
                yield start, at
            start = at


def without_stream(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, without a stream of other stories below the tags that end the text: dates and lines below each."""
    tags = _ruled(verdicts, Label.TAGS)
    if not tags:
        return tuple(verdicts)
    body = [len(line.visible) * (one.label is Label.BODY) for line, one in zip(lines, verdicts, strict=True)]
    passed = [0, *accumulate(body)]
    tags = [at for at in tags if passed[at] >= MIN_BEFORE_STREAM * passed[-1]]
    stamps = [at for at in _ruled(verdicts, Label.META) if tags and at > tags[0]]
    if len(stamps) < MIN_STREAM or not all(any(body[at:after]) for at, after in pairwise(stamps)):
        return tuple(verdicts)
    return tuple(
        Verdict(Label.RELATED, "sequence.stream", verdict.confidence, Evidence.SEQUENCE)
        if verdict.label is Label.BODY and at > stamps[0] - 2
        else verdict
        for at, verdict in enumerate(verdicts)
    )


def _ruled(verdicts: Sequence[Verdict], label: Label) -> list[int]:
    """The places that a rule gives a label."""
    return [at for at, one in enumerate(verdicts) if one.label is label and one.evidence is Evidence.RULE]
