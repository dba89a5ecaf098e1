"""The seal: short digests by which a curator's edit is told from what the machine last wrote.

Digests are over canonical values, so re-quoting, CRLF, another Unicode form of the same letters and re-wrapped lines
are no edits; the breaks and indents of verse and of lines between fences are part of the text. The digest of a body
begins with the version of its form: a page sealed before verse and code kept their lines still reads as unedited.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

VERSION: Final = "2-"
"""What the digest of a body begins with; the first form had no version."""

_APART: Final = re.compile(r"\n[ \t>]*\n")
_QUOTED: Final = re.compile(r"^[ \t]*(?:>[ \t]?)*", re.MULTILINE)
_QUOTES: Final = (" ", "\t", ">")
_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})")
_BLANKS: Final = re.compile(r"[ \t]+")


def of_values(values: Iterable[str]) -> str:
    """The digest of a field: its values, in order."""
    return _digest([canonical(value) for value in values])


def of_body(markdown: str) -> str:
    """The digest of a body: each paragraph of its Markdown as it is read, however its lines are wrapped."""
    return VERSION + _digest(list(_paragraphs(canonical(markdown))))


def fits_body(sealed: str | None, markdown: str) -> bool:
    """Whether a body is the one that was sealed, in this form of the digest or in the first."""
    if sealed is None or sealed.startswith(VERSION):
        return sealed == of_body(markdown)
    paragraphs = (" ".join(_QUOTED.sub("", part).split()) for part in _APART.split(canonical(markdown)))
    return sealed == _digest([paragraph for paragraph in paragraphs if paragraph])


def canonical(value: str) -> str:
    """A value as it is compared: NFC, LF, stripped."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _paragraphs(markdown: str) -> Iterator[str]:
    """Each paragraph on one line, but for hard breaks (two spaces or a backslash) and what lies between fences."""
    whole = ""
    fence = ""
    for line in [*markdown.split("\n"), ""]:
        bare = _QUOTED.sub("", line) if line[:1] in _QUOTES else line
        opened = _FENCE.match(bare)
        if fence:
            whole += "\n" + line.rstrip()
            fence = "" if opened and opened[1].startswith(fence) else fence
        elif opened or not bare.strip():
            if whole.strip():
                yield whole.strip(" \n")
            whole, fence = (bare.strip(), opened[1]) if opened else ("", "")
        else:
            broken = bare.endswith(("  ", "\\"))
            bare = bare.removesuffix("\\")
            whole += (_BLANKS.sub(" ", bare) if "  " in bare or "\t" in bare else bare).strip(" ")
            whole += "\n" if broken else " "
    if fence:
        yield whole


def _digest(values: list[str]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:12]
