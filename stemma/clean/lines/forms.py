"""Forms of several lines: verse, code, tables, definitions. Which lines of a body keep their line breaks.

A form is read from adjacent lines (no blank line between) that no hard wrapping joins. Lines of prose have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from stemma.clean.lines.segment import Line
from stemma.records import Form
from stemma.text import SINGLE

KEPT_LINES: Final = frozenset({Form.VERSE, Form.CODE, Form.TABLE})
"""Forms whose paragraphs keep the ends of their lines."""
MAX_VERSE: Final = 70
"""Characters of the longest line of verse."""
MAX_WORDS: Final = 14
MIN_WORDS: Final = 2
"""Words of a line of verse; Chinese and Japanese characters count as half a word."""
RUN_ON: Final = 0.5
"""Least share of the lines of a stanza that run on into the next one, in one stanza at least;"""
FAINT_RUN_ON: Final = 0.2
"""and in the stanzas above and below it."""
MIN_CODE: Final = 0.5
"""Least share of the lines of a run of code that are code by themselves; half of that where the lines are indented."""
MAX_CODE: Final = 200
"""Characters of the longest line of code or row of a table."""
SENTENCE: Final = 7
"""Spaces from which on a line that ends as a sentence does is one, and no code."""
MAX_TERM: Final = 60
"""Characters of the longest term of a list of definitions."""

_CODE: Final = re.compile(
    r"""[{}]\s*$|^[}\])]+[;,)]*$|^[\[{(]+$|[\w)\]'"]\s*;\s*$(?<=[)\]}'"=\d]\;)|=.*;\s*$|->.*;\s*$
    |^(?:\#include\b|\#!/|import\ [\w.{*]+|from\ [\w.]+\ import\ |def\ \w+\(|class\ \w+\s*[(:{]|function\b.*\(
      |(?:var|let|const|int|float|double|char|bool|auto|void|string)\ [\w*]+\s*[=;(,]|(?:public|private|static)\ \w+
      |return\b.*[;)\]]$|(?:if|for|while|switch|elif)\b.*[({:]$|(?:if|for|while|switch)\ ?\(.*\)
      |else\s*[{:]?$|try\s*[:{]$
      |except\b.*:$|end;?$|fi$|done$|package\ [\w.]+;?$|using\ [\w.]+;$)
    |^(?:\$\ \S|>>>\ |\.\.\.\ |\w*[=\#]>\ ?\S|sudo\ |git\ \w|npm\ \w|pip\ \w|apt(?:-get)?\ \w)
    |^//|^/\*|\*/$|^<!--|^</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>|</\w+>$
    |\w\([^()]*(?:\([^()]*\)[^()]*)*\)\s*[;{,]?$
    |^[\w.\[\]'"$@-]+\s?(?:=|:=|\+=|=>|<-)\s?\S
    |^["'][\w-]+["']\s?:\s|^[\w-]+:\s*[\[{"']
    |^(?:select|insert\ into|create\ table|update|delete\ from)\b.*(?:\bfrom\b|\(|\bset\b|;)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CODE_CHARACTERS: Final = frozenset("{}()[]<>=;:/#$")
_COMMANDS: Final = (
    "import ",
    "from ",
    "else",
    "end",
    "fi",
    "done",
    "package ",
    "using ",
    "git ",
    "npm ",
    "pip ",
    "sudo ",
)
"""How a line of code may begin that holds none of these."""
_FENCE: Final = re.compile(r"(?:```|~~~)[\w+#.-]*$")
_ROW: Final = re.compile(r"[│┃║]|\S\s*\|\s*\S|^\||\t")
_RULE: Final = re.compile(r"[─━═┼╋╬│┃║┌┐└┘├┤┬┴+|:=\s-]{3,}$")
_CELLS: Final = re.compile(r"\s{3,}|\t")
_SENTENCE_END: Final = re.compile(r"[.!?…:。！？]['\"’”»)\]]*$")
_PAUSE: Final = re.compile(r"[,;—–，；、-]['\"’”»)\]]*$")
_NO_VERSE: Final = re.compile(r"[\d#>*+•·‣◦▪|│\[(@-]|https?:|\w[\w .]{0,20}:\s")


def forms(lines: Sequence[Line], body: Sequence[bool]) -> list[Form | None]:
    """The form of each line of the body that has one of these; None for all others."""
    found: list[Form | None] = [None] * len(lines)
    runs = list(_runs(lines, body))
    for start, end, form in preformatted(lines, body):
        found[start:end] = [form] * (end - start)
    for start, end in _stanzas(lines, runs, found):
        found[start:end] = [Form.VERSE] * (end - start)
    for at in _definitions(lines, runs, found):
        found[at] = Form.DEFINITION
    return found


def is_code(text: str) -> bool:
    """Whether a line is code by itself: ends in a brace, calls, assigns, begins as a statement or command does."""
    return (
        len(text) <= MAX_CODE
        and (not _CODE_CHARACTERS.isdisjoint(text) or text.startswith(_COMMANDS))
        and _CODE.search(text) is not None
    )


def is_fence(text: str) -> bool:
    """Whether a line opens or closes a fenced block of Markdown."""
    return _FENCE.match(text) is not None


def preformatted(lines: Sequence[Line], inside: Sequence[bool]) -> Iterator[tuple[int, int, Form]]:
    """Where code and tables stand among the lines ``inside``, as half-open runs of places, each with its form."""
    for start, end in _runs(lines, inside):
        form = _form(lines[start:end])
        if form is not None:
            yield start, end, form
            continue
        for first, last in _stretches(lines, start, end):
            form = _form(lines[first:last])
            if form is not None:
                yield first, last, form


def stanzas(lines: Sequence[Line], inside: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where verse stands among the lines ``inside``, stanza by stanza, as half-open runs of places."""
    return _stanzas(lines, list(_runs(lines, inside)), [None] * len(lines))


def _stretches(lines: Sequence[Line], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of code or rows of a table among others without a blank line between; one other line may lie within."""
    marked = [at for at in range(start, end) if _is_row(lines[at].text) or is_code(lines[at].text)]
    first = 0
    for at in range(1, len(marked) + 1):
        if at == len(marked) or marked[at] - marked[at - 1] > 2:
            if at - first >= 3:
                yield marked[first], marked[at - 1] + 1
            first = at


def _runs(lines: Sequence[Line], body: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Adjacent lines of the body, two at least, as half-open runs of places."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].gap or not (body[at] and body[at - 1]):
            if at - start > 1 and body[start]:
                yield start, at
            start = at


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table, or the rule between two."""
    return len(text) <= MAX_CODE and (_ROW.search(text) is not None or _RULE.match(text) is not None)


def _form(run: Sequence[Line]) -> Form | None:
    """Code or a table, where most lines of a run are: prose of which one line looks like it is neither."""
    if is_fence(run[0].text):
        return Form.CODE
    if any(line.wrapped or len(line.text) > MAX_CODE for line in run):
        return None
    rows = [_is_row(line.text) for line in run]
    if all(rows) or _has_columns(run):
        return Form.TABLE
    code = sum(row or is_code(line.text) for row, line in zip(rows, run, strict=True))
    indents = len({line.indent for line in run})
    least = MIN_CODE * len(run) * (0.5 if indents > 1 and len(run) > 2 else 1)
    return Form.CODE if code >= max(2, least) and not any(_is_sentence(line.text) for line in run) else None


def _is_sentence(text: str) -> bool:
    """Whether a line is prose: words enough for a sentence, and the end of one."""
    return text.count(" ") >= SENTENCE and _SENTENCE_END.search(text) is not None and not is_code(text)


def _has_columns(run: Sequence[Line]) -> bool:
    """Whether three lines or more are parted into equally many columns by wide blanks."""
    cells = {len(_CELLS.split(line.text)) for line in run}
    return len(run) >= 3 and len(cells) == 1 and cells != {1}


def _stanzas(
    lines: Sequence[Line], runs: Sequence[tuple[int, int]], found: Sequence[Form | None]
) -> Iterator[tuple[int, int]]:
    """The stanzas of poems: short lines that run on into one another, and what stands above and below in their way."""
    parts = [part for start, end in runs for part in _verses(lines, start, end, found)]
    shares = [_run_on(lines[start:end]) for start, end in parts]
    sure = [share >= RUN_ON for share in shares]
    for at in (*range(len(parts)), *reversed(range(len(parts)))):
        beside = [other for other in (at - 1, at + 1) if 0 <= other < len(parts) and sure[other]]
        near = any(_near(lines, parts[min(at, other)], parts[max(at, other)]) for other in beside)
        sure[at] |= near and shares[at] >= FAINT_RUN_ON
    poem = [part for part, good in zip(parts, sure, strict=True) if good]
    if sum(end - start for start, end in poem) >= 3:
        yield from poem


def _verses(lines: Sequence[Line], start: int, end: int, found: Sequence[Form | None]) -> Iterator[tuple[int, int]]:
    """Runs of two or more lines that may be verse by their length and beginning."""
    first = start
    for at in range(start, end + 1):
        if at == end or not _may_be_verse(lines, at, found):
            if at - first > 1:
                yield first, at
            first = at + 1


def _may_be_verse(lines: Sequence[Line], at: int, found: Sequence[Form | None]) -> bool:
    line = lines[at]
    if found[at] or line.wrapped or (at + 1 < len(lines) and lines[at + 1].wrapped) or len(line.visible) > MAX_VERSE:
        return False
    words = line.text.count(" ") + 1 + len(SINGLE.findall(line.text)) / 2
    return MIN_WORDS <= words <= MAX_WORDS and _NO_VERSE.match(line.text) is None and not is_code(line.text)


def _run_on(stanza: Sequence[Line]) -> float:
    """The share of the lines of a stanza, but the last, that end within a sentence."""
    texts = [line.visible for line in stanza]
    running = [
        _PAUSE.search(text) is not None or (not _SENTENCE_END.search(text) and after[0].islower())
        for text, after in pairwise(texts)
    ]
    return sum(running) / len(running)


def _near(lines: Sequence[Line], before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether two stanzas follow one another with blank lines alone between them."""
    return before[1] == after[0] and lines[after[0]].gap <= 3


def _definitions(lines: Sequence[Line], runs: Sequence[tuple[int, int]], found: Sequence[Form | None]) -> Iterator[int]:
    """Lines that explain the short line above them, from which they are indented: two or more at the same indents."""
    places: dict[tuple[int, int], list[int]] = {}
    for start, end in runs:
        for at in range(start + 1, end):
            term, line = lines[at - 1], lines[at]
            if (
                not (found[at] or found[at - 1] or line.wrapped or term.wrapped)
                and line.indent >= term.indent + 2
                and len(term.visible) <= MAX_TERM
                and not _SENTENCE_END.search(term.visible.rstrip(":"))
                and not _NO_VERSE.match(term.text)
                and not _NO_VERSE.match(line.text)
            ):
                places.setdefault((term.indent, line.indent), []).append(at)
    yield from (at for same in places.values() if len(same) > 1 for at in same)
