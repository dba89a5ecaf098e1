"""The parts of a line that could be the title by themselves: without a kicker, a site's name, a number or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from stemma.clean.claims.recognizers import dates

MIN_PART: Final = 8
"""Characters of a part of a line that could be the title."""
MAX_PARTS: Final = 4
"""Parts of a line that are ranked."""
MAX_SEPARATORS: Final = 4
"""Separators of a line; one of more is a menu."""
MAX_GLUED: Final = 2
"""Places at which a line is taken for two put together."""
MAX_REPEATED_TRIES: Final = 12
"""Words of a line after each of which a part that is a line of its own elsewhere is looked for."""

_SEPARATORS: Final = re.compile(
    r"\s?([|•»›→])\s?|\s([·–—:/~>-])\s|([:：])\s?|(?<=\w)([–—])(?=\w)|\.\s(?=[^\W\d_])|\s(?=\()"
)
_GLUED: Final = re.compile(r"""(?<=[^\W\d_A-Z]["”“»!?.])(?=[A-ZÀ-ÖØ-Þ„“«])|(?<=[^\W\d_A-Z])(?=["„“«][A-ZÀ-ÖØ-Þ])""")
"""Where two lines of a page were put together without a space."""
_STEPS: Final = (" » ", " › ", " > ", " → ")
_PATH_SORTS: Final = frozenset({"path", "slash", "bar"})
_HOME: Final = re.compile(
    r"(?:home|startseite|you are here:?|sie sind hier:?|du (?:bist|befindest dich) hier:?)\s?[»›>/|]", re.IGNORECASE
)
_BETWEEN: Final = frozenset("|•·»›→–—-~:/> ")
"""What neither ends nor begins a part of a line."""
_NUMBER: Final = re.compile(r"\(?\d{1,2}[.)]\s")
_SORTS: Final = {"|": "bar", "•": "bar", "·": "bar", "»": "path", "›": "path", "→": "path", ">": "path", "/": "slash"}
_DASHES: Final = frozenset("–—-~")


def is_path(text: str) -> bool:
    """Whether a line is a path from the home page down: it begins there, or takes two steps."""
    return any(text.count(step) > 1 for step in _STEPS) or _HOME.match(text) is not None


class Part(NamedTuple):
    """A part of a line, what is left of the line without it, what parts them, and whether the part comes first."""

    text: str
    rest: str
    sort: str
    is_head: bool


def parts(text: str, standing: Mapping[str, int], *, dated: bool) -> list[Part]:
    """The parts of a line; ``standing`` tells how often lines and parts of lines, folded, are on the page.

    ``dated``: whether the line may give a date.
    """
    found: dict[str, Part] = {}
    for part in _all(text, standing, dated=dated):
        if len(part.text) >= MIN_PART and part.text not in found:
            found[part.text] = part
            if len(found) == MAX_PARTS:
                break
    return list(found.values())


def _all(text: str, standing: Mapping[str, int], *, dated: bool) -> Iterator[Part]:
    if dated:
        yield from _undated(text)
    number = _NUMBER.match(text) if text[0] in "(0123456789" else None
    if number:
        yield Part(text[number.end() :], number[0], "number", is_head=False)
    marks = list(_SEPARATORS.finditer(text))
    if is_path(text):
        steps = [mark for mark in marks if _sort(mark) in _PATH_SORTS]
        if steps:
            yield Part(text[steps[-1].end() :].strip(), text[: steps[-1].start()].strip(), "path", is_head=False)
        return
    if len(marks) > MAX_SEPARATORS:
        return
    for mark in dict.fromkeys((*marks[:1], *marks[-1:], *marks[1:2], *marks[-2:-1])):
        head, tail, sort = text[: mark.start()].strip(), text[mark.end() :].strip(), _sort(mark)
        if head and tail:
            yield Part(head, tail, sort, is_head=True)
            yield Part(tail, head, sort, is_head=False)
    for glue in list(_GLUED.finditer(text))[:MAX_GLUED]:
        yield Part(text[glue.start() :], text[: glue.start()], "glued", is_head=False)
        yield Part(text[: glue.start()], text[glue.start() :], "glued", is_head=True)
    yield from _standing(text, standing)


def _sort(separator: re.Match[str]) -> str:
    mark = (separator[1] or separator[2] or separator[3] or separator[4] or separator[0]).strip()
    if mark in _DASHES:
        return "dash" if separator[2] else "tight-dash"
    if mark in ":：":
        return "wide-colon" if separator[2] else "colon"
    return _SORTS.get(mark, "stop" if mark == "." else "bracket")


def _undated(text: str) -> Iterator[Part]:
    for mention in dates.find(text)[:1]:
        if mention.start < 3:
            yield Part(text[mention.end :].strip(" ,.:|·–—-"), text[: mention.end], "date", is_head=False)
        elif mention.end > len(text) - 3:
            yield Part(text[: mention.start].strip(" ,:|·–—-("), text[mention.start :], "date", is_head=True)


def _standing(text: str, standing: Mapping[str, int]) -> Iterator[Part]:
    """Where a part, or what is left without it, stands alone elsewhere."""
    folded, end = text.casefold(), 0
    if len(folded) != len(text):
        return
    for _ in range(MAX_REPEATED_TRIES):
        end = folded.find(" ", end + 1)
        if end < 0:
            return
        if text[end - 1] in _BETWEEN or text[end + 1] in _BETWEEN:
            continue
        if folded[:end] in standing or folded[end + 1 :] in standing:
            yield Part(text[end + 1 :], text[:end], "none", is_head=False)
            yield Part(text[:end], text[end + 1 :], "none", is_head=True)
