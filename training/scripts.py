"""Pages as they would look in other scripts: the letters replaced, the layout and what is text kept.

The pages with known bodies are nearly all in Latin letters. A page whose letters say nothing leaves the layout to
learn from: lengths, blank lines, lists, digits, how lines begin and end. Some scripts write no blank between words, and
some of these no stop at the end of a sentence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from training.alignment import Marked


@dataclass(frozen=True, slots=True)
class Script:
    """Letters to draw from; how many a letter of the original becomes; its stops; whether blanks part words."""

    letters: str
    rate: float
    stops: dict[str, str]
    spaced: bool


def _letters(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


WIDE_STOPS = {". ": "。", ".": "。", ", ": "，", "! ": "！", "? ": "？", ": ": "：", "; ": "；"}
NO_STOPS = {". ": " ", ".": "", ", ": " ", "; ": " "}
SCRIPTS = (
    Script(_letters(0x4E00, 0x6E00), 0.34, WIDE_STOPS, spaced=False),
    Script(_letters(0x3042, 0x3093) + _letters(0x5200, 0x5600), 0.5, WIDE_STOPS, spaced=False),
    Script(_letters(0x4E00, 0x6E00), 0.34, {". ": " ", ".": "", ", ": " "}, spaced=False),
    Script(_letters(0x0E01, 0x0E2E) + _letters(0x0E40, 0x0E44), 0.9, NO_STOPS, spaced=False),
    Script(_letters(0x1000, 0x1021), 0.8, {". ": "။ ", ".": "။", ", ": "၊ "}, spaced=False),
    Script(_letters(0x0915, 0x0939), 0.7, {". ": "। ", ".": "।"}, spaced=True),
    Script(_letters(0x0627, 0x064A), 0.8, {", ": "، ", "? ": "؟ ", "; ": "؛ "}, spaced=True),
    Script(_letters(0x0430, 0x044F), 1.1, {}, spaced=True),
    Script(_letters(0xAC00, 0xBC00), 0.5, {}, spaced=True),
    Script(_letters(0x05D0, 0x05EA), 0.8, {}, spaced=True),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|@)\S*")


def in_another_script(page: Sequence[Marked], chance: random.Random) -> list[Marked]:
    """The page with other letters; the same word becomes the same word. Addresses stay as they are."""
    script = chance.choice(SCRIPTS)
    return [replace(line, text=_converted(line.text, script)) for line in page]


def _converted(text: str, script: Script) -> str:
    parts, at = [], 0
    for address in _ADDRESS.finditer(text):
        parts += [_letters_of(text[at : address.start()], script), address[0]]
        at = address.end()
    return "".join((*parts, _letters_of(text[at:], script)))


def _letters_of(text: str, script: Script) -> str:
    if not script.spaced:
        text = re.sub(r"(?<=[^\W\d_]) (?=[^\W\d_])", "\x00", text)
    for stop, other in script.stops.items():
        text = re.sub(rf"(?<=\w){re.escape(stop)}(?!\S*\.)", other, text)
    return _WORD.sub(lambda word: _word(word[0].casefold(), script), text).replace("\x00", "")


def _word(word: str, script: Script) -> str:
    seed = crc32(word.encode("utf-8", "surrogatepass"))
    count = max(1, round(len(word) * script.rate))
    return "".join(script.letters[(seed * (2 * at + 1) >> (at % 7)) % len(script.letters)] for at in range(count))
