"""Markdown links and pictures in a line, and the words that a reader sees of them."""

from __future__ import annotations

import re
from typing import Final

_ESCAPED: Final = r"\\[^\s\w]|\\(?![^\s\w])"
_PAIR: Final = rf"\((?:[^()\s\\]|{_ESCAPED}){{0,500}}\)"
_ADDRESS: Final = rf"<[^<>\n]{{0,2000}}>|(?:[^()\s\\<]|{_ESCAPED}|{_PAIR})(?:[^()\s\\]|{_ESCAPED}|{_PAIR}){{0,2000}}|"
_SCRIPT: Final = (
    r"\s?(?:javascript|vbscript|data):(?:[^()\n\\]|\\.|\((?:[^()\n\\]|\\.|\([^()\n]{0,200}\)){0,500}\)){0,2000}"
)
_TITLE: Final = r"(?:\s{1,9}\"[^\"\n]{0,300}\")?"
_WORDS: Final = rf"(?:[^\[\]\n\\]|{_ESCAPED}){{0,1000}}"

LINK: Final = re.compile(rf"!?\[({_WORDS})\]\((?:({_SCRIPT})|({_ADDRESS}){_TITLE})\)", re.IGNORECASE)
"""``[words](address "title")``, a picture too: words, the address of a script, any other address.

Round brackets in an address come in pairs or after a backslash, as html2text writes them. Every part is bounded.
"""

_WORD: Final = re.compile(r"[^\W\d_]")
_PICTURE: Final = re.compile(rf"\[?!\[{_WORDS}\]\((?:{_ADDRESS}){_TITLE}\)(?:\]\((?:{_ADDRESS}){_TITLE}\))?\s*")
_BACKSLASH: Final = re.compile(r"\\(?=[^\s\w])")


def visible(text: str) -> str:
    """The text with each link and picture replaced by its words. A picture that is a link needs two steps."""
    if "](" not in text:
        return text
    once = LINK.sub(r"\1", text)
    return LINK.sub(r"\1", once) if "](" in once else once


def unescaped(text: str) -> str:
    """The words or the address of a link without the backslashes of Markdown."""
    return _BACKSLASH.sub("", text) if "\\" in text else text


def is_picture(line: str) -> bool:
    """Whether the line holds pictures alone."""
    return line.startswith(("![", "[![")) and not _PICTURE.sub("", line)


def is_linked(line: str) -> bool:
    """Whether every word of the line is a link's; list numbers and bullets beside them do not count."""
    return "](" in line and not _WORD.search(LINK.sub("", line))


def is_button(line: str) -> bool:
    """Whether every word of the line is that of a link to a script."""
    return (
        "](" in line
        and any(link[2] for link in LINK.finditer(line))
        and not _WORD.search(LINK.sub(lambda link: "" if link[2] else link[1], line))
    )
