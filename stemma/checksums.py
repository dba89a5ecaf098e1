"""One line of a checksum file as ``sha256sum`` writes and reads it: the register and the site's manifest."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

_LINE: Final = re.compile(r"(?P<escaped>\\)?(?P<sha256>[0-9a-f]{64}) [ *](?P<path>.+)")
_CHUNK: Final = 1 << 20


def format_line(path: str, sha256: str) -> str:
    """The line of one file, without its line end; a backslash first where the path holds one or a line end."""
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{chr(92) if escaped != path else ''}{sha256}  {escaped}"


def parse_line(line: str) -> tuple[str, str] | None:
    """Path and SHA-256 of one line, or None where it is not such a line."""
    found = _LINE.fullmatch(line)
    if not found:
        return None
    path = found["path"]
    if found["escaped"]:
        path = re.sub(r"\\(.)", lambda escape: {"n": "\n", "r": "\r"}.get(escape[1], escape[1]), path)
    return path, found["sha256"]


def of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
