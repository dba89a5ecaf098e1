"""Markdown links and pictures in a line, and the words that a reader sees of them."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = r"[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?"
_TITLE: Final = r"(?:\s{1,9}\"[^\"\n]{0,300}\")?"
_WORDS: Final = r"[^\[\]\n]{0,1000}"

LINK: Final = re.compile(rf"!?\[({_WORDS})\]\(({_ADDRESS}){_TITLE}\)")
"""``[words](address "title")``, a picture too; an address may hold one pair of brackets. Every part is bounded."""

_WORD: Final = re.compile(r"[^\W\d_]")
_PICTURE: Final = re.compile(rf"\[?!\[{_WORDS}\]\({_ADDRESS}{_TITLE}\)(?:\]\({_ADDRESS}{_TITLE}\))?\s*")


def visible(text: str) -> str:
    """The text with each link and picture replaced by its words. A picture that is a link needs two steps."""
    if "](" not in text:
        return text
    once = LINK.sub(r"\1", text)
    return LINK.sub(r"\1", once) if "](" in once else once


def is_picture(line: str) -> bool:
    """Whether the line holds pictures alone."""
    return line.startswith(("![", "[![")) and not _PICTURE.sub("", line)


def is_linked(line: str) -> bool:
    """Whether every word of the line is a link's; list numbers and bullets beside them do not count."""
    return "](" in line and not _WORD.search(LINK.sub("", line))
