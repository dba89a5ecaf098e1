"""The site's own manifest: the SHA-256 of every file in it, in sha256sum format."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from stemma import checksums
from stemma.files import files_below
from stemma.records import Problem, Severity

NAME = "manifest-sha256.txt"


def write(folder: Path, known: Mapping[str, str]) -> tuple[int, int]:
    """Write the manifest of a built folder; gives the number and the bytes of all files, its own too. Raises OSError.

    ``known``: the SHA-256 of files that were written or read in this build, by path; all others are read.
    """
    sizes = {path: entry.stat().st_size for path, entry in files_below(folder) if path != NAME}
    hashes = ((path, known.get(path) or checksums.of_file(folder / path)) for path in sorted(sizes))
    data = "".join(checksums.format_line(path, sha256) + "\n" for path, sha256 in hashes).encode("utf-8")
    (folder / NAME).write_bytes(data)
    return len(sizes) + 1, len(data) + sum(sizes.values())


def size(site: Path) -> int:
    """How many files the manifest of a site names; none where it cannot be read."""
    try:
        return (site / NAME).read_bytes().count(b"\n")
    except OSError:
        return 0


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
    here = {path for path, _ in files_below(site) if path != NAME}
    for path, what in _strange(site):
        here.discard(path)
        listed.pop(path, None)
        yield Problem(Severity.ERROR, f"site/{path}", what, "Build the site again")
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


def _strange(site: Path) -> list[tuple[str, str]]:
    """What no build puts into a site: links, empty folders, pipes and devices; each with what it is."""
    found = []
    for at, folders, names in os.walk(site):
        here = Path(at)
        if not folders and not names and here != site:
            found.append((here, "is an empty folder"))
        for name in (*folders, *names):
            mode = (here / name).lstat().st_mode
            if stat.S_ISLNK(mode):
                found.append((here / name, "is a link"))
            elif not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
                found.append((here / name, "is neither a file nor a folder"))
    return sorted((path.relative_to(site).as_posix(), what) for path, what in found)
