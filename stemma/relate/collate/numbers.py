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
_SIGNS: Final[dict[int, str]] = {
    **{ord(raised): f"^{sign}" for raised, sign in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True)},
    **{ord(mark): sign for mark, sign in zip("·٫٬٪∶⁄’′", "..,%:/''", strict=True)},
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"), "-"),
}
"""Marks of numbers, and raised digits, in the form in which they are compared."""
_FIGURE: Final = re.compile(r"[\d¹²³¼-¾⁰-₉⅐-ↈ↉①-⓿]")
_FRACTION: Final = re.compile("[¼-¾⅐-⅞↉]")
_NUMBER: Final = re.compile(
    r"(?:(?<![\w.,)])[-+±]?[.,]?)?\d(?:[\d^]|(?<=\^)[-+]|(?:[.,:/-]|(?<=\d)')(?=\d)|(?<=\d)[eE][-+]?(?=\d))*"
)
_GROUPED: Final = re.compile(r"(?<!\d)(\d{1,3})((?:[ \u00a0\u2009\u202f]\d{3})+)(?!\d)")
_RANGE: Final = re.compile(r"(?<=\d)\s-\s(?=\d)")
_DAY: Final = re.compile(r"(?<![\d.])(\d{1,2})\.\s(\d{1,2})\.\s(\d{4}|\d\d)(?!\d)")
_LIST: Final = re.compile(r"(?<![\d.,])\d{1,2}(?:,\d{1,2}){2,}(?![\d.,])")
_THOUSANDS: Final = re.compile(r"\d{1,3}([.,'])\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d\d)+,\d{3}")
_APOSTROPHES: Final = re.compile(r"(\d{1,3}(?:'\d{3})+)([.,]\d+)?")


def differ(base: str, witness: str, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether the numbers in or beside two stretches (character ranges of both texts) can not be the same."""
    if max(ours[1] - ours[0], theirs[1] - theirs[0]) > _MAX_CHARACTERS or not (
        _figure_near(base, *ours) or _figure_near(witness, *theirs)
    ):
        return False
    one, other = _around(base, *ours), _around(witness, *theirs)
    if one == other or not (_FIGURE.search(one) or _FIGURE.search(other)):
        return False
    return not any(
        len(mine) == len(far) and all(map(_same, mine, far)) for mine, far in product(_ways(one), _ways(other))
    )


def rewritten(base: str, witness: str) -> bool:
    """Whether two stretches hold figures alone, and the same ones in another form: ½ and 1/2."""
    if max(len(base), len(witness)) > _REACH or not (_FIGURE.search(base) and _FIGURE.search(witness)):
        return False
    if any(_NUMBER.sub("", _plain(one)).strip() for one in (base, witness)):
        return False
    return any(mine == far for mine, far in product(_ways(base), _ways(witness)))


def exchange_marks(base: str, witness: str, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether one text has another mark than the other inside a number: a point, a comma or a colon."""
    marks = {_plain(base[slice(*ours)]), _plain(witness[slice(*theirs)])}
    return (
        len(marks) == 2
        and marks <= {".", ",", ":"}
        and all(
            text[start - 1 : start].isdecimal() and text[end : end + 1].isdecimal()
            for text, (start, end) in ((base, ours), (witness, theirs))
        )
    )


def _figure_near(text: str, start: int, end: int) -> bool:
    return _FIGURE.search(text, max(start - _REACH, 0), end + _REACH) is not None


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
    return text[near] != "\n" and len(sides) == 2 and all(_in_number(side) for side in sides)


def _in_number(character: str) -> bool:
    return character.isnumeric() or character in ".,-" or _SIGNS.get(ord(character)) == "-"


def _ways(text: str) -> Iterator[list[str]]:
    """The numbers of a text, in order: as they stand, and with what spaces part as one, or commas as many."""
    text = _plain(text)
    yield _NUMBER.findall(text)
    joined = _GROUPED.sub(lambda group: re.sub(r"\s", "", group.group()), text)
    joined = _DAY.sub(r"\1.\2.\3", _RANGE.sub("-", joined))
    for other in (joined, _LIST.sub(lambda several: several.group().replace(",", ", "), text)):
        if other != text:
            yield _NUMBER.findall(other)


def _plain(text: str) -> str:
    """Text with digits of all scripts, fractions and marks of numbers in their plain form."""
    if text.isascii():
        return text
    text = _FRACTION.sub(lambda one: f" {unicodedata.normalize('NFKC', one.group())} ", text)
    return unicodedata.normalize("NFKC", "".join(map(_digit, text.translate(_SIGNS)))).translate(_SIGNS)


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _same(one: str, other: str) -> bool:
    return one == other or not _readings(one).isdisjoint(_readings(other))


def _readings(number: str) -> frozenset[str]:
    """What a number may mean: its sign and digits, with a point for decimals."""
    sign = number[0] if number[0] in "-+±" else ""
    digits = number[len(sign) :]
    if parted := _APOSTROPHES.fullmatch(digits):
        digits = parted[1].replace("'", "") + (parted[2] or "")
    found = {number, sign + digits}
    if _THOUSANDS.fullmatch(digits):
        found.add(sign + re.sub(r"\D", "", digits))
    parts = re.split(r"[.,:]", digits)
    if len(parts) == 2:
        found.add(sign + ".".join(parts))
    elif len(parts) > 2:
        whole, mark, last = digits[: -len(parts[-1]) - 1], digits[-len(parts[-1]) - 1], parts[-1]
        if _THOUSANDS.fullmatch(whole) and mark not in whole:
            found.add(f"{sign}{re.sub(r'[^0-9]', '', whole)}.{last}")
    pieces = re.split(r"[./-]", number)
    if len(pieces) > 2 or len(pieces[0]) == 4:
        found.add("/".join(pieces))
    return frozenset(found)
