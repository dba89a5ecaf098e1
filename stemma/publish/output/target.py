"""The folder a site is built in: files are written into it, or taken from those that earlier builds kept or left."""

# ruff: noqa: PTH103, PTH112, PTH120 - names of files are strings here

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stemma.cache import Objects, write_new
from stemma.publish.output.render import File

Written = tuple[str, str]
"""The path of a file of the site and its SHA-256."""


_READ: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_MODE: Final = 0o644
"""The permissions of a file that a build has written."""


@dataclass(frozen=True, slots=True)
class Target:
    """A folder, where files of the site are kept from one build to the next, and the site ``before``, if any."""

    folder: Path
    objects: Objects
    before: Path | None = None

    def write(self, file: File, sha256: str = "") -> Written:
        """Write a file that is made anew in every build; its SHA-256 may be known. Raises OSError.

        Where the site before has the same bytes there, the file is linked: that takes a fraction of the time.
        """
        place = self._place(file.path)
        if not self._link(file, place):
            write_new(place, file.data)
        return file.path, sha256 or hashlib.sha256(file.data).hexdigest()

    def keep(self, file: File) -> Written:
        """Write a file that later builds may take. Raises OSError."""
        return file.path, self.objects.put(file.data, self._place(file.path))

    def take(self, written: Written) -> bool:
        """Put a kept file in its place; False where it is kept no more, or damaged. Raises OSError."""
        path, sha256 = written
        return self.objects.take(sha256, self._place(path))

    def _link(self, file: File, place: str) -> bool:
        if self.before is None:
            return False
        found = f"{self.before}/{file.path}"
        try:
            if not _holds(found, file.data):
                return False
            os.link(found, place)
        except OSError:  # there is none, it is no regular file, or it is on another device
            return False
        return True

    def _place(self, path: str) -> str:
        place = f"{self.folder}/{path}"
        parent = os.path.dirname(place)
        if not os.path.isdir(parent):
            os.makedirs(parent, exist_ok=True)
        return place


def _holds(path: str, data: bytes) -> bool:
    """Whether a regular file, as a build leaves it, has just these bytes. Links are not followed. Raises OSError."""
    handle = os.open(path, _READ)
    try:
        status = os.fstat(handle)
        if status.st_size != len(data) or not stat.S_ISREG(status.st_mode) or stat.S_IMODE(status.st_mode) != _MODE:
            return False
        return os.read(handle, len(data) + 1) == data
    finally:
        os.close(handle)
