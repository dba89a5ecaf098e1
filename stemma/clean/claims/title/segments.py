"""The parts of a line that could be the title by themselves: without a kicker, a site's name, a number or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from stemma.clean.claims.recognizers import dates

SHORTEST: Final = 8
MOST: Final = 4
"""So many parts of a line are weighed."""
MENU: Final = 4
"""A line of more parts is a menu."""
MOST_STANDING: Final = 12
"""Words of a line after each of which a part that stands alone elsewhere is looked for."""

_SIGNS: Final = re.compile(r"\s?([|•»›→])\s?|\s([·–—:/~>-])\s|([:：])\s?|(?<=\w)([–—])(?=\w)|\.\s(?=[^\W\d_])|\s(?=\()")
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
        if len(part.text) >= SHORTEST and part.text not in found:
            found[part.text] = part
            if len(found) == MOST:
                break
    return list(found.values())


def _all(text: str, times: Mapping[str, int], *, dated: bool) -> Iterator[Part]:
    if dated:
        yield from _undated(text)
    number = _NUMBER.match(text) if text[0] in "(0123456789" else None
    if number:
        yield Part(text[number.end() :], number[0], "number", is_head=False)
    signs = list(_SIGNS.finditer(text))
    if len(signs) > MENU:
        return
    for sign in dict.fromkeys((*signs[:1], *signs[-1:], *signs[1:2], *signs[-2:-1])):
        head, tail, sort = text[: sign.start()].strip(), text[sign.end() :].strip(), _sort(sign)
        if head and tail:
            yield Part(head, tail, sort, is_head=True)
            yield Part(tail, head, sort, is_head=False)
    yield from _standing(text, times)


def _sort(sign: re.Match[str]) -> str:
    mark = (sign[1] or sign[2] or sign[3] or sign[4] or sign[0]).strip()
    if mark in _DASHES:
        return "dash" if sign[2] else "tight-dash"
    if mark in ":：":
        return "wide-colon" if sign[2] else "colon"
    return _SORTS.get(mark, "stop" if mark == "." else "bracket")


def _undated(text: str) -> Iterator[Part]:
    for sighting in dates.find(text)[:1]:
        if sighting.start < 3:
            yield Part(text[sighting.end :].strip(" ,.:|·–—-"), text[: sighting.end], "date", is_head=False)
        elif sighting.end > len(text) - 3:
            yield Part(text[: sighting.start].strip(" ,:|·–—-("), text[sighting.start :], "date", is_head=True)


def _standing(text: str, times: Mapping[str, int]) -> Iterator[Part]:
    """Where a part, or what is left without it, stands alone elsewhere."""
    folded, end = text.casefold(), 0
    if len(folded) != len(text):
        return
    for _ in range(MOST_STANDING):
        end = folded.find(" ", end + 1)
        if end < 0:
            return
        if folded[:end] in times or folded[end + 1 :] in times:
            yield Part(text[end + 1 :], text[:end], "none", is_head=False)
            yield Part(text[:end], text[end + 1 :], "none", is_head=True)
