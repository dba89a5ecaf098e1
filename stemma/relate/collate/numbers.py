"""Numbers as numbers: whether two stretches of text, with the characters that touch their digits, say the same figures.

``3,200`` and ``3.200`` may be one number (a comma or a point, for thousands or for decimals), ``1.5`` and ``15`` may
not; ``-5``, ``3–2`` and ``10⁶`` are read with their signs. Every number has all its readings, and two numbers are the
same if they share one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import product
from typing import Final

_MAX_CHARACTERS: Final = 400
"""Characters of a stretch up to which its numbers are read: longer ones are changed in words anyway."""
_REACH: Final = 40
"""Characters on either side of a stretch that may belong to a number in it."""
_SUPERSCRIPTS: Final = {ord(raised): f"^{digit}" for raised, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_NUMBER: Final = re.compile(r"(?<![\w.,)])[-+±]?\d(?:[\d^]|(?:[.,:/-]|(?<=\d)['’])(?=\d))*|\d(?:[\d^]|[.,:/-](?=\d))*")
_GROUPED: Final = re.compile(r"(?<!\d)(\d{1,3})((?:[ \u00a0\u2009\u202f]\d{3})+)(?!\d)")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*")


def differ(base: str, witness: str, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether the numbers in or beside two stretches (character ranges of both texts) can not be the same."""
    if max(ours[1] - ours[0], theirs[1] - theirs[0]) > _MAX_CHARACTERS:
        return False
    one, other = _around(base, *ours), _around(witness, *theirs)
    if one == other or not (_figures(one) or _figures(other)):
        return False
    return not any(
        len(mine) == len(far) and all(map(_same, mine, far)) for mine, far in product(_ways(one), _ways(other))
    )


def exchange_marks(base: str, witness: str, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether one text has a point where the other has a comma, inside a number: for thousands or for decimals."""
    marks = {base[slice(*ours)], witness[slice(*theirs)]}
    return marks == {".", ","} and all(
        text[start - 1 : start].isdecimal() and text[end : end + 1].isdecimal()
        for text, (start, end) in ((base, ours), (witness, theirs))
    )


def _figures(text: str) -> bool:
    return any(map(str.isnumeric, text))


def _around(text: str, start: int, end: int) -> str:
    """A stretch with all that touches it, and groups of digits beyond a single space."""
    low, high = start, end
    while low and start - low < _REACH and _goes_on(text, low, -1):
        low -= 1
    while high < len(text) and high - end < _REACH and _goes_on(text, high, 1):
        high += 1
    return text[low:high]


def _goes_on(text: str, at: int, step: int) -> bool:
    """Whether the character before (-1) or from (1) a place touches what is there."""
    near = at if step > 0 else at - 1
    if not text[near].isspace():
        return True
    sides = text[max(near - 1, 0) : near] + text[near + 1 : near + 2]
    return text[near] != "\n" and len(sides) == 2 and sides.isdigit()


def _ways(text: str) -> Iterator[list[str]]:
    """The numbers of a text, in order: with groups of three digits apart, and with them as one number."""
    text = text.translate(_SUPERSCRIPTS).translate(_DASHES)
    if not text.isascii():
        text = "".join(_digit(character) for character in text)
    yield _NUMBER.findall(text)
    joined = _GROUPED.sub(lambda group: re.sub(r"\s", "", group.group()), text)
    if joined != text:
        yield _NUMBER.findall(joined)


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _same(one: str, other: str) -> bool:
    return one == other or not _readings(one).isdisjoint(_readings(other))


def _readings(number: str) -> frozenset[str]:
    """What a number may mean: its sign and digits, with a point for decimals."""
    sign = number[0] if number[0] in "-+±" else ""
    digits = number[len(sign) :]
    found = {number}
    if _THOUSANDS.fullmatch(digits):
        found.add(sign + re.sub(r"\D", "", digits))
    parts = re.split(r"[.,:]", digits)
    if len(parts) == 2:
        found.add(sign + ".".join(parts))
    elif len(parts) > 2:
        whole, mark, last = digits[: -len(parts[-1]) - 1], digits[-len(parts[-1]) - 1], parts[-1]
        if _THOUSANDS.fullmatch(whole) and mark not in whole:
            found.add(f"{sign}{re.sub(r'[^0-9]', '', whole)}.{last}")
    if len(pieces := re.split(r"[./-]", number)) > 2:
        found.add("/".join(pieces))
    return frozenset(found)
