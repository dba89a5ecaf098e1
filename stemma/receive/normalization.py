"""Normalisation of a received text: characters that nobody sees, HTML entities, composed letters.

A pure step from text to text that keeps every line in its place; what it changed is returned as repairs. The raw file
is never touched. Joiners (ZWNJ, ZWJ) stay: Persian, the scripts of India and emoji are written with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final

from stemma.text import with_whole_vowels

MAX_MARKS: Final = 30
"""Combining marks in a row before a grapheme joiner is put in: the Stream-Safe Text Format of Unicode (UAX #15, 13).

Putting marks into canonical order takes quadratic time in the length of the run; no writing uses more than a few.
"""
MAX_ENTITY_LINE: Final = 50_000
"""Characters of a line in which entities are decoded."""

_SPACELESS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, which write no spaces between words: there a zero-width space parts two words."""
_CANDIDATES: Final = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_UNSEEN: Final = re.compile(
    "[\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    f"|(?<![{_SPACELESS}])\u200b|\u200b(?![{_SPACELESS}])"
    "|\u00ad(?!\n[ \t]*[^\\W\\d_])"
)
"""Byte order marks, directional marks, zero-width spaces, soft hyphens; a soft hyphen that divides a word between two
lines stays until the lines are joined."""
_ENTITY: Final = re.compile(r"&(?:amp;){0,2}(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND: Final = re.compile(r"&(?!#?[A-Za-z0-9]{1,32};)")
_MARKUP: Final = re.compile(r"&(?:amp;){0,2}(?:lt|gt|#0*60|#0*62|#[xX]3[cCeE]);")
_CODE: Final = re.compile(
    r"`|</|<[A-Za-z!?]|&(?:amp;)?[lg]t;|[{}]\s*$|\)\s*;\s*$|=\s?[\"']|&&|[\"'“‘(]&(?:amp;)?#?[A-Za-z0-9]{1,32};[\"'”’)]"
)
"""A line of code, or one that speaks of markup: in it an entity stands for itself."""
_FENCE: Final = re.compile(r"\s{0,3}(?:```|~~~)")


def normalized(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with LF line ends in normal form, and a note for each kind of repair. Linear in the text."""
    repairs = []
    for step in (_without_entities, _without_unseen, _composed):
        text, note = step(text)
        if note:
            repairs.append(note)
    return text, tuple(repairs)


def _without_unseen(text: str) -> tuple[str, str]:
    if text.isascii() or not _CANDIDATES.search(text):
        return text, ""
    text, count = _UNSEEN.subn("", text)
    return (
        text,
        f"{_counted(count, 'unseen character')} removed (soft hyphens, zero-width spaces, marks)" if count else "",
    )


def _composed(text: str) -> tuple[str, str]:
    """Unicode normalisation form C, after long runs of combining marks are bounded; vowels of Thai and Lao as one."""
    whole = with_whole_vowels(text)
    found, note = _canonical(whole)
    return found, note or ("composed vowels of Thai or Lao" if whole != text else "")


def _canonical(text: str) -> tuple[str, str]:
    if unicodedata.is_normalized("NFC", text):  # linear: a run of marks out of order ends the test
        return text, ""
    bounded = _long_run().sub(lambda run: "\u034f".join(_pieces(run.group())), text)
    return unicodedata.normalize("NFC", bounded), "composed to Unicode normalisation form C"


def _pieces(run: str) -> Iterator[str]:
    return (run[at : at + MAX_MARKS] for at in range(0, len(run), MAX_MARKS))


@cache
def _long_run() -> re.Pattern[str]:
    """A run of more than :data:`MAX_MARKS` characters with a combining class."""
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{marks}]{{{MAX_MARKS + 1},}}")


def _without_entities(text: str) -> tuple[str, str]:
    """Entities in prose, escaped once or twice, as the characters they name; ``<``, ``>`` and lines of code stay.

    An ampersand is decoded only where the page escapes all of them and none of ``<`` and ``>``: else it may be meant.
    """
    if "&" not in text or not _ENTITY.search(text):
        return text, ""
    ampersands = not _MARKUP.search(text) and not _BARE_AMPERSAND.search(text)
    lines = text.split("\n")
    count, fenced = 0, False
    for at, line in enumerate(lines):
        fenced ^= _FENCE.match(line) is not None
        if "&" in line and not fenced and len(line) <= MAX_ENTITY_LINE and not _CODE.search(line):
            lines[at], found = _decoded(line, ampersands=ampersands)
            count += found
    return "\n".join(lines), f"{_counted(count, 'HTML entity', 'HTML entities')} decoded" if count else ""


def _decoded(line: str, *, ampersands: bool) -> tuple[str, int]:
    count = 0

    def one(entity: re.Match[str]) -> str:
        nonlocal count
        character = unescape(f"&{entity[1]};")
        if not _is_prose(character) and not (ampersands and character == "&"):
            return entity.group()
        count += 1
        return character

    return _ENTITY.sub(one, line), count


def _is_prose(decoded: str) -> bool:
    """Whether an entity gave a character that may stand in a line of prose."""
    return len(decoded) <= 2 and not any(
        character in "<>&\u2028\u2029\ufffd" or unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
        for character in decoded
    )


def _counted(count: int, noun: str, plural: str = "") -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {plural or noun + 's'}"
