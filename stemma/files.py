"""Files written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".unfinished"
"""How the name of a file ends that is not yet written to its end; the name begins with a dot."""


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, whole or not at all. Raises OSError, the file that was there untouched."""
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)  # noqa: PTH105 - the name says that it is atomic
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
