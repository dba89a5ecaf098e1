"""Content made safe for HTML, XML and a terminal: no invisible character takes effect, and none is removed silently."""

from __future__ import annotations

import re
from typing import Final

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls; tab and line feed are spaces
    "\u2028\u2029"  # separators of lines and paragraphs
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides, isolates
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of pairs and noncharacters
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)


def visible(text: str) -> str:
    """Replace each character that has an effect without being visible by a visible one.

    Controls become their control picture (U+2400 and on), all others their name, such as "[U+202E]". The result is
    valid in HTML and XML. Works on rendered HTML too, as the replacements need no escaping.
    """
    return text if text.isprintable() else _INVISIBLE.sub(_replacement, text)


def one_line(text: str) -> str:
    """The same on one line: every run of white space is one space, none at the ends."""
    return " ".join(visible(text).split())


def _replacement(hit: re.Match[str]) -> str:
    code = ord(hit.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"[U+{code:04X}]"
