"""The site's own manifest: the SHA-256 of every file in it, in sha256sum format."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from stemma import checksums
from stemma.records import Problem, Severity

NAME = "manifest-sha256.txt"


def write(folder: Path) -> int:
    """Write the manifest of a built folder; gives the number of files it names. Raises OSError."""
    lines = [checksums.format_line(path, checksums.of_file(folder / path)) + "\n" for path in _paths(folder)]
    (folder / NAME).write_bytes("".join(lines).encode("utf-8"))
    return len(lines)


def verify(site: Path) -> Iterator[Problem]:
    """Every difference between a site and its manifest, an error each: changed, missing, or not listed."""
    try:
        text = (site / NAME).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(Severity.ERROR, f"site/{NAME}", f"cannot be read: {error}", "Build the site again")
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(text.split("\n")[:-1], 1):
        entry = checksums.parse_line(line)
        if entry is None or entry[0] in listed:
            yield Problem(Severity.ERROR, f"site/{NAME}", "not a line of a manifest", "Build the site again", number)
        else:
            listed[entry[0]] = entry[1]
    if not text.endswith("\n"):
        yield Problem(Severity.ERROR, f"site/{NAME}", "its last line is cut short", "Build the site again")
    here = set(_paths(site))
    for path in sorted(here | set(listed)):
        said = _difference(site, path, listed.get(path), here)
        if said:
            yield Problem(Severity.ERROR, f"site/{path}", said, "Build the site again")


def _difference(site: Path, path: str, sha256: str | None, here: set[str]) -> str:
    if path not in here:
        return "is missing"
    if sha256 is None:
        return "is not in the manifest"
    try:
        return (
            "" if checksums.of_file(site / path) == sha256 else "has changed: its hash is not the one in the manifest"
        )
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _paths(folder: Path) -> list[str]:
    found = [(Path(at) / name).relative_to(folder).as_posix() for at, _, names in os.walk(folder) for name in names]
    return sorted(path for path in found if path != NAME)
