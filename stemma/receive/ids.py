"""A path below content/raw -> the witness's id: readable, portable, unique, and made from that path alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

_PLAIN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*(?:/[a-z0-9]+(?:[-_][a-z0-9]+)*)*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|index)(?:$|\.)")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,109}[a-z0-9_-])?")
MAX_ID: Final = 80
"""Characters of a path that may be its own id: with the folder and the ending a file name stays below 255 bytes."""


def identify(path: str) -> str:
    """The id of the raw file at ``path`` (forward slashes, ends in .txt).

    A path of lower-case letters, digits, single hyphens and underscores is its own id, its folders apart by dots. Any
    other is shortened to such a name and made unique by twelve digits of the path's SHA-256 after a double hyphen,
    which no plain path contains.
    """
    stem = path[: -len(".txt")]
    plain = stem.replace("/", ".")
    if path.endswith(".txt") and len(stem) <= MAX_ID and _PLAIN.fullmatch(stem) and not _RESERVED.match(plain):
        return plain
    folded = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", folded))[: MAX_ID - 20].strip("-") or "x"
    digest = hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return f"{words}--{digest}"


def is_id(name: str) -> bool:
    """Whether a name a person gave can be an id: a file name on every system, and an address."""
    return bool(_NAME.fullmatch(name)) and not _RESERVED.match(name)
