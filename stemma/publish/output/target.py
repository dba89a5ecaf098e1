"""The folder a site is built in: files are written into it, or taken from those that earlier builds kept."""

# ruff: noqa: PTH103, PTH112, PTH120 - names of files are strings here

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from stemma.cache import Objects, write_new
from stemma.publish.output.render import File

Written = tuple[str, str]
"""The path of a file of the site and its SHA-256."""


@dataclass(frozen=True, slots=True)
class Target:
    """A folder, and where files of the site are kept from one build to the next."""

    folder: Path
    objects: Objects

    def write(self, file: File, sha256: str = "") -> Written:
        """Write a file that is made anew in every build; its SHA-256 may be known. Raises OSError."""
        write_new(self._place(file.path), file.data)
        return file.path, sha256 or hashlib.sha256(file.data).hexdigest()

    def keep(self, file: File) -> Written:
        """Write a file that later builds may take. Raises OSError."""
        return file.path, self.objects.put(file.data, self._place(file.path))

    def take(self, written: Written) -> bool:
        """Put a kept file in its place; False where it is kept no more, or damaged. Raises OSError."""
        path, sha256 = written
        return self.objects.take(sha256, self._place(path))

    def _place(self, path: str) -> str:
        place = f"{self.folder}/{path}"
        parent = os.path.dirname(place)
        if not os.path.isdir(parent):
            os.makedirs(parent, exist_ok=True)
        return place
