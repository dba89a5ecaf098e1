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
MAX_REPEATED_TRIES: Final = 12
"""Words of a line after each of which a part that is a line of its own elsewhere is looked for."""

_SEPARATORS: Final = re.compile(
    r"\s?([|•»›→])\s?|\s([·–—:/~>-])\s|([:：])\s?|(?<=\w)([–—])(?=\w)|\.\s(?=[^\W\d_])|\s(?=\()"
)
_NUMBER: Final = re.compile(r"\(?\d{1,2}[.)]\s")
_SORTS: Final = {"|": "bar", "•": "bar", "·": "bar", "»": "path", "›": "path", "→": "path", ">": "path", "/": "slash"}
_DASHES: Final = frozenset("–—-~")


class Part(NamedTuple):
    """A part of a line, what is left of the line without it, what parts them, and whether the part comes first."""

    text: str
    rest: str
    sort: str
    is_head: bool


def parts(text: str, times: Mapping[str, int], *, dated: bool) -> list[Part]:
    """The parts of a line; ``times`` tells how often the page's lines, folded, stand on it.

    ``dated``: whether the line may give a date.
    """
    found: dict[str, Part] = {}
    for part in _all(text, times, dated=dated):
        if len(part.text) >= MIN_PART and part.text not in found:
            found[part.text] = part
            if len(found) == MAX_PARTS:
                break
    return list(found.values())


def _all(text: str, times: Mapping[str, int], *, dated: bool) -> Iterator[Part]:
    if dated:
        yield from _undated(text)
    number = _NUMBER.match(text) if text[0] in "(0123456789" else None
    if number:
        yield Part(text[number.end() :], number[0], "number", is_head=False)
    marks = list(_SEPARATORS.finditer(text))
    if len(marks) > MAX_SEPARATORS:
        return
    for mark in dict.fromkeys((*marks[:1], *marks[-1:], *marks[1:2], *marks[-2:-1])):
        head, tail, sort = text[: mark.start()].strip(), text[mark.end() :].strip(), _sort(mark)
        if head and tail:
            yield Part(head, tail, sort, is_head=True)
            yield Part(tail, head, sort, is_head=False)
    yield from _standing(text, times)


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


def _standing(text: str, times: Mapping[str, int]) -> Iterator[Part]:
    """Where a part, or what is left without it, stands alone elsewhere."""
    folded, end = text.casefold(), 0
    if len(folded) != len(text):
        return
    for _ in range(MAX_REPEATED_TRIES):
        end = folded.find(" ", end + 1)
        if end < 0:
            return
        if folded[:end] in times or folded[end + 1 :] in times:
            yield Part(text[end + 1 :], text[:end], "none", is_head=False)
            yield Part(text[:end], text[end + 1 :], "none", is_head=True)
