"""The seal: short digests by which a curator's edit is told from what the machine last wrote.

Digests are over canonical values, so re-quoting, CRLF, another Unicode form of the same letters and re-wrapped lines
are no edits.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable

_APART = re.compile(r"\n[ \t>]*\n")
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)*", re.MULTILINE)


def of_values(values: Iterable[str]) -> str:
    """The digest of a field: its values, in order."""
    return _digest([canonical(value) for value in values])


def of_body(markdown: str) -> str:
    """The digest of a body: the words of each paragraph of its Markdown, however its lines are wrapped."""
    text = unicodedata.normalize("NFC", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = (" ".join(_QUOTED.sub("", part).split()) for part in _APART.split(text))
    return _digest([paragraph for paragraph in paragraphs if paragraph])


def canonical(value: str) -> str:
    """A value as it is compared: NFC, LF, stripped."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _digest(values: list[str]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:12]
