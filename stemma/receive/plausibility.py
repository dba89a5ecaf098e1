"""Whether decoded text can be what somebody wrote: the check behind every guess at an encoding."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

SAMPLE: Final = 40_000
"""Characters of a text that are looked at: enough to know its encoding, and a bound on the work."""
MAX_CONTROLS: Final = 0.1
"""Above this share of control characters a file is binary. A text with a few NULs in it stays a text."""

_CONTROLS: Final = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_INVISIBLE: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
                               r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]*+")  # fmt: skip
_PIERCED: Final = re.compile(r"[^\W\d_](?:[¡-©«¬®-´¶¸-¿‚ƒ„†‡ˆ‰‹Œ“”•˜™›]|[\u2500-\u25ff])[^\W\d_]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALPHABETS: Final = frozenset({"latin", "greek", "cyrillic", "arabic", "hebrew", "thai"})
_UTF7_SCRIPTS: Final = frozenset({"latin", "greek", "cyrillic", "arabic", "hebrew", "cjk", "kana", "hangul", "mark"})

# Ranges of the scripts somebody may send a page in; anything else in a guessed encoding speaks against the guess.
_SCRIPTS: Final = (
    (0x41, 0x24F, "latin"), (0x370, 0x3FF, "greek"), (0x400, 0x52F, "cyrillic"), (0x590, 0x5FF, "hebrew"),
    (0x600, 0x6FF, "arabic"), (0xE00, 0xE7F, "thai"), (0x1E00, 0x1EFF, "latin"), (0x2000, 0x214F, "mark"),
    (0x2190, 0x22FF, "mark"), (0x2500, 0x25FF, "mark"), (0x3000, 0x3020, "mark"), (0x3040, 0x30FF, "kana"),
    (0x4E00, 0x9FFF, "cjk"), (0xAC00, 0xD7AF, "hangul"), (0xFF00, 0xFF5E, "mark"), (0xFF61, 0xFF9F, "halfwidth"),
)  # fmt: skip


def readable(text: str) -> bool:
    """Whether anything in a text can be seen: not only space, controls and zero-width characters."""
    match = _INVISIBLE.match(text)
    return match is not None and match.end() < len(text)


def control_share(text: str) -> float:
    """The share of control characters other than line ends, tabs and form feeds."""
    sample = text[:SAMPLE]
    data = sample.encode("utf-8", "surrogatepass")
    return (len(data) - len(data.translate(None, _CONTROLS))) / max(1, len(sample))


def spaced_like(data: bytes, encoding: str) -> bool:
    """Whether NULs are where UTF-16 or UTF-32 of any script puts them, at least beside spaces and line ends."""
    unit = {" ": " ".encode(encoding), "\n": "\n".encode(encoding), "。": "。".encode(encoding)}
    return any(aligned(data[:SAMPLE], character, len(unit[" "])) for character in unit.values())


def aligned(data: bytes, character: bytes, width: int) -> bool:
    """Whether a unit occurs at its own alignment more often than off it, and more than chance would have it."""
    on = sum(data[at : at + width] == character for at in range(0, len(data), width))
    return on * 200 >= len(data) // width > 0 and data.count(character) <= on * 1.5 + 1


def natural_utf7(before: str, after: str) -> bool:
    """Whether UTF-7 runs give characters of common scripts only, where a plus sign in ASCII would give a jumble."""
    new = [character for character in after if not character.isascii()]
    kinds = {script(character) for character in new}
    letters = kinds - {"mark", "symbol"}
    return bool(new) and kinds <= _UTF7_SCRIPTS | {"symbol"} and len(letters) <= 2 and len(after) < len(before)


@lru_cache(maxsize=4096)
def script(character: str) -> str:
    """The script of one character, "control", "symbol" (any common sign) or "rare"."""
    category = unicodedata.category(character)
    if category in {"Cc", "Cn", "Co", "Cs"}:
        return "space" if character in "\t\n\r\x0b\x0c\x1e\x85" else "control"
    point = ord(character)
    if category[0] in "PSZN" or point < 0x41:
        return "symbol"
    return next((name for first, last, name in _SCRIPTS if first <= point <= last), "rare")


def foreign_to_text(text: str) -> bool:
    """Whether a text holds more than a few controls, unassigned or rare characters, as chance would have it."""
    return objection(text) in {"control characters", "rare characters"}


def objection(text: str) -> str | None:
    """Why a guessed decoding cannot be right, or None. Counts scripts, controls, and words no language writes."""
    sample = text[:SAMPLE]
    count = Counter(sample)
    scripts: Counter[str] = Counter()
    for character, times in count.items():
        scripts[script(character)] += times
    foreign = sum(times for character, times in count.items() if not character.isascii())
    if scripts["control"] * 200 > len(sample):
        return "control characters"
    if (scripts["rare"] + scripts["halfwidth"]) * 10 > foreign:
        return "rare characters"
    if len(sample) > 40 and foreign and max(count.values()) * 2 > len(sample):
        return "one character over and over"
    letters = sum(scripts[name] for name in ("latin", "greek", "cyrillic", "arabic", "hebrew", "thai", "cjk", "kana"))
    if (letters + scripts["hangul"]) * 5 < len(sample) - scripts["space"] - count[" "]:
        return "hardly any letters"
    return _odd_words(sample)


def _odd_words(sample: str) -> str | None:
    """Words that mix scripts or turn to capitals midway: the mark of a wrong single-byte table."""
    odd = words = 0
    for word in _WORD.findall(sample):
        if word.isascii() or script(word[0]) not in _ALPHABETS:
            continue
        words += 1
        odd += _mixes(word) or (len(word) > 2 and word[1:] != word[1:].lower() and word != word.upper())
    # Punctuation inside a word: "gę¶l±". Some languages write ª and º so, and a page may run words together.
    odd += len(_PIERCED.findall(sample))
    return "words of no language" if odd * 4 > words else None


def _mixes(word: str) -> bool:
    return len({script(character) for character in word[:40]} & _ALPHABETS) > 1
