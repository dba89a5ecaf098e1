"""From the lines of the body to paragraphs: wrapped lines joined, Markdown links and emphasis read, forms kept.

Only characters that mark a form are removed; every word of the lines is a word of the paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate, islice
from operator import attrgetter
from typing import Final

from stemma.clean.lines.forms import is_fence
from stemma.clean.lines.links import LINK, unescaped
from stemma.clean.lines.segment import Line
from stemma.markdown import safe_link
from stemma.records import Form, Mark, Paragraph, Span
from stemma.text import CJK

SOFT_HYPHEN: Final = "\u00ad"
"""At the end of a line: the word goes on in the next one."""
MAX_INDENT: Final = 40
"""No-break spaces that stand for the indent of a line of verse, counted from the first of its stanza."""
MIN_COMPOUND: Final = 8
"""Letters of the second half of a word from which on its hyphen at a line end is kept, if the page says nothing."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_END: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
MAX_LENGTH: Final = 200_000
"""Characters: a longer paragraph is kept as it is, without its links read."""

_FORM_MARKS: Final = frozenset("#>*+•·‣◦▪-")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_ITEM: Final = re.compile(r"[*+•·‣◦▪-][ \t]+(?=\S)")
_QUOTATION: Final = re.compile(r">[ \t]*(?=\S)")
_STRONG: Final = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*]{1,1000})(?<=[^\s*])\*\*(?![\w*])")
_EMPHASIS: Final = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_]{1,1000})(?<=[^\s*_])\1(?![\w*_])")
MAX_EMPHASES: Final = 500
"""Stretches of emphasis read in one paragraph; with more, the asterisks stay as they are."""
_ESCAPED: Final = re.compile(r"(?<!\S)\\([-+#>])(?=\s)|(?<=\d)\\([.)])(?=\s)")
"""A hyphen, a mark of form or the stop after a number with the backslash that html2text puts before it."""
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_UNFOLLOWED: Final = re.compile(
    r"(?:about|blob|file|ftps?|sms|tel|[a-z-]*intent|whatsapp|viber|tg|skype):", re.IGNORECASE
)
"""Addresses of which the words alone are kept; before any other colon a link may be something else, such as code."""
_WIDE: Final = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef]")
"""A character of Chinese or Japanese writing, its punctuation and full-width forms included."""


def paragraph(
    lines: Sequence[Line], form: Form | None = None, known: Callable[[], Collection[str]] = frozenset
) -> Paragraph:
    """One paragraph from the lines of one block. ``known``: the words of the page, asked where a line ends in a hyphen.

    ``form``: what :func:`~stemma.clean.lines.forms.forms` says of them; without, all but the first continue the one
    before, and the form is read from the first.
    """
    if form in (Form.CODE, Form.TABLE):
        return Paragraph(_preformatted(lines), form)
    if form is Form.VERSE:
        first = lines[0].indent
        return _marked(
            "\n".join("\u00a0" * min(max(0, line.indent - first), MAX_INDENT) + line.text for line in lines), form, 0
        )
    text, read, level = _form(lines[0])
    form = form or read
    for line in lines[1:]:
        more = line.text
        if form is Form.QUOTATION:
            more = _QUOTATION.sub("", more, count=1)
        text = _join(text, more, known)
    return _marked(text.removesuffix(SOFT_HYPHEN), form, level)


def _preformatted(lines: Sequence[Line]) -> str:
    """The lines as they are set, without the indent that all of them share and without fences."""
    kept = [line for line in lines if not is_fence(line.text)] or lines
    indent = min(line.indent for line in kept)
    return "\n".join(" " * (line.indent - indent) + line.text for line in kept)


def _marked(text: str, form: Form, level: int) -> Paragraph:
    """The paragraph of a text, its links and emphasis read."""
    if len(text) > MAX_LENGTH:
        return Paragraph(text, form, level)
    plain, spans = _read_links(_ESCAPED.sub(r"\1\2", text) if "\\" in text else text)
    if "*" in plain or "_" in plain:
        plain, spans = _read_marks(plain, spans, _STRONG, Mark.STRONG)
        plain, spans = _read_marks(plain, spans, _EMPHASIS, Mark.EMPHASIS)
    if not spans:
        return Paragraph(plain, form, level)
    return Paragraph(plain, form, level, tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


def _form(line: Line) -> tuple[str, Form, int]:
    """The text of a paragraph's first line without the mark of its form, the form, and its level."""
    if line.text[0] not in _FORM_MARKS:
        return line.text, Form.PARAGRAPH, 0
    if heading := _HEADING.match(line.text):
        return line.text[heading.end() :].rstrip("#").rstrip() or line.text, Form.HEADING, max(2, len(heading[1]))
    if quotation := _QUOTATION.match(line.text):
        return line.text[quotation.end() :], Form.QUOTATION, 0
    if item := _ITEM.match(line.text):
        return line.text[item.end() :], Form.ITEM, 1
    return line.text, Form.PARAGRAPH, 0


def _join(text: str, more: str, known: Callable[[], Collection[str]]) -> str:
    """Two lines as one, without a space in a script that has none. Words are never changed."""
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + more
    if text.endswith("-") and text[-2:-1].isalpha() and more[0].isalpha():
        return text[: None if _keeps_hyphen(text, more, known()) else -1] + more
    if _WIDE.match(text[-1:]) and _WIDE.match(more[:1]):
        return text + more
    return f"{text} {more}"


def page_words(lines: Sequence[Line]) -> frozenset[str]:
    """The words of a page, folded, hyphenated ones as a whole too; of a word divided between lines neither half."""
    words: set[str] = set()
    for at, line in enumerate(lines):
        found = _WORD.findall(line.text.casefold())
        if line.text.endswith("-"):
            found = found[:-1]
        if at and lines[at - 1].text.endswith("-"):
            found = found[1:]
        words.update(found)
        words.update(part for word in found if "-" in word for part in word.split("-"))
    return frozenset(words)


def _keeps_hyphen(text: str, more: str, known: Collection[str]) -> bool:
    """Whether the hyphen at the end of a line is the word's own, as in a compound, by the words of the page.

    Where the page has the word neither way, a compound is told by its second half: a capital, a word of the page, or
    eight letters and more; what printers break off is shorter.
    """
    first, second = _WORD_END.search(text.casefold()), _WORD.match(more.casefold())
    if not first or not second or more[0].isupper():
        return True
    before, after = first[1], second[0].split("-")[0]
    if before.rpartition("-")[2] + after in known or before + after in known:
        return False
    if f"{before}-{after}" in known or (before in known and after in known and len(after) > 2):
        return True
    return len(after) >= MIN_COMPOUND


def _read_links(text: str) -> tuple[str, list[Span]]:
    """The text with each ``[words](target)`` replaced by its words; a span for each target that can be followed."""
    if "](" not in text:
        return text, []
    parts: list[str] = []
    spans: list[Span] = []
    end = size = 0
    for link in LINK.finditer(text):
        words, target = unescaped(link[1]).strip(), unescaped(link[3] or "").strip("<>")
        safe = safe_link(target)
        if not link[2] and _SCHEME.match(target) and not safe and not _UNFOLLOWED.match(target):
            continue
        parts.append(text[end : link.start()])
        size += len(parts[-1])
        if words and safe and not link[0].startswith("!"):
            spans.append(Span(size, size + len(words), Mark.LINK, target))
        parts.append(words)
        size += len(words)
        end = link.end()
    parts.append(text[end:])
    return "".join(parts), spans


def _read_marks(text: str, spans: list[Span], pattern: re.Pattern[str], mark: Mark) -> tuple[str, list[Span]]:
    """The text without the marks of emphasis, with a span for each stretch; earlier spans moved along."""
    matches = list(islice(pattern.finditer(text), MAX_EMPHASES + 1))
    found = _uncut(matches, spans)
    if not found or len(matches) > MAX_EMPHASES:
        return text, spans
    removed: list[tuple[int, int]] = []
    marked: list[tuple[int, int]] = []
    for match in found:
        start, end = match.span(match.lastindex or 0)
        removed += [(match.start(), start), (end, match.end())]
        marked.append((start, end))
    starts = [start for start, _ in removed]
    before = [0, *accumulate(end - start for start, end in removed)]

    def moved(place: int) -> int:
        at = bisect_left(starts, place)
        return place - before[at] + max(0, removed[at - 1][1] - place if at else 0)

    kept = [Span(moved(span.start), moved(span.end), span.mark, span.href) for span in spans]
    kept += [Span(moved(start), moved(end), mark) for start, end in marked]
    return _without(text, removed), kept


def _uncut(matches: list[re.Match[str]], spans: list[Span]) -> list[re.Match[str]]:
    """The stretches of emphasis that neither begin nor end inside a link or another stretch. Linear in both."""
    by_start, by_end = sorted(spans, key=attrgetter("start")), sorted(spans, key=attrgetter("end"))
    starts, ends = [span.start for span in by_start], [span.end for span in by_end]
    found = []
    for match in matches:
        start, end = match.span()
        leaving = by_start[bisect_right(starts, start) : bisect_left(starts, end)]
        entering = by_end[bisect_right(ends, start) : bisect_left(ends, end)]
        if all(span.end <= end for span in leaving) and all(span.start >= start for span in entering):
            found.append(match)
    return found


def _without(text: str, removed: list[tuple[int, int]]) -> str:
    parts = []
    end = 0
    for start, stop in removed:
        parts.append(text[end:start])
        end = stop
    parts.append(text[end:])
    return "".join(parts)
