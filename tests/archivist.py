"""A person at the command line: adds files, runs build.py as a process, reads what it wrote."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import runner

PROJECT = Path(__file__).parent.parent
SETTINGS = 'title = "An archive of texts"\naddress = "https://archive.example/"\n'


@dataclass
class Archivist:
    """One content folder, one site."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def receive(self, path: str, text: str | bytes) -> None:
        """Add a raw file."""
        place = self.content / "raw" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    def settle(self, more: str = "", *, instead: bool = False) -> None:
        """Write archive.toml: a title, an address, and ``more``, or that ``instead``."""
        (self.content / "archive.toml").write_text(more if instead else SETTINGS + more, "utf-8")

    def run(self, *options: str, search: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run build.py, on settings of its own where none were written; what it printed is in stdout.

        With an environment, in a process of its own from the beginning.
        """
        if self.content.is_dir() and not (self.content / "archive.toml").exists():
            self.settle()
        arguments = ["--content", "content", "--site", "site", *options, *([] if search else ["--no-search"])]
        if not environment:
            return runner.run(arguments, self.folder)
        return subprocess.run(
            [sys.executable, str(PROJECT / "build.py"), *arguments],
            cwd=self.folder,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def build(self, *options: str, search: bool = False, **environment: str) -> str:
        """Build, which must succeed; returns the output."""
        done = self.run(*options, search=search, **environment)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def page(self, name: str) -> Path:
        """The curator's page of a text."""
        return self.content / "pages" / f"{name}.md"

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a page as an editor would."""
        text = self.page(name).read_text("utf-8")
        assert old in text, text
        self.page(name).write_text(text.replace(old, new, 1), "utf-8")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """A table of site/data."""
        text = (self.site / "data" / f"{table}.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.split("\n") if line]

    def document(self, name: str) -> dict[str, Any]:
        """The row of one text in documents.jsonl."""
        return next(row for row in self.rows("documents") if row["id"] == name)

    def published(self) -> dict[str, bytes]:
        """Every file of the site, compressed ones unpacked."""
        files = {}
        for path in sorted(self.site.rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                files[path.relative_to(self.site).as_posix()] = (
                    gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
                )
        return files

    def seal(self, name: str, part: str) -> str:
        """The digest of a part in a page, empty if there is none."""
        found = re.search(rf"^  {part}: '?([0-9a-f]+)", self.page(name).read_text("utf-8"), re.MULTILINE)
        return found[1] if found else ""
