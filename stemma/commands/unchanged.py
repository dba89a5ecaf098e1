"""What has changed since the last build: whether there is anything to do, and which pages were edited."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stemma import checksums
from stemma.cache import Cache, digest
from stemma.curation.edits import page_files
from stemma.files import files_below
from stemma.packaged import TEMPLATES, program_digest
from stemma.problems import printable
from stemma.records import Problem
from stemma.settings import FROM_FILE, Settings

_NOTE: Final = "last-build"
_PAGES: Final = "last-pages"
_BESIDE: Final = ("publishers.toml", "sources.csv")


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made from, what it left, and what it reported."""

    inputs: bytes
    pages: bytes
    site: bytes
    problems: tuple[Problem, ...]


def inputs_digest(settings: Settings) -> bytes:
    """A digest of what a build reads, but for pages and register: raw files, settings, templates, program.

    Empty where something cannot be read: then no build is like another.
    """
    try:
        files = [
            Path(entry.path)
            for folder in (settings.raw, settings.templates, TEMPLATES)
            if folder.exists()
            for _, entry in files_below(folder)
        ]
        files += [settings.content / name for name in (*_BESIDE, *settings.own_pages)]
        facts = [getattr(settings, name) for name in (*FROM_FILE, "search", "strict")]
        return digest(program_digest(), facts, [(os.fsencode(path), _sha256(path)) for path in files])
    except OSError:
        return b""


def unchanged(cache: Cache, settings: Settings, inputs: bytes) -> LastBuild | None:
    """The last build, where this one would be the same; raw files and pages are told by their bytes, never by time."""
    last = cache.read_note(_NOTE, LastBuild)
    if last is None or not inputs or last.inputs != inputs:
        return None
    try:
        pages = {path.stem: checksums.of_file(path) for path in page_files(settings.pages)}
        same = _pages_digest(settings, pages) == last.pages and _site_digest(settings.site) == last.site
    except OSError:
        return None
    return last if same else None


def remember_build(
    cache: Cache, settings: Settings, inputs: bytes, pages: Mapping[str, str], problems: Sequence[Problem]
) -> None:
    """Write down a build that has just ended. ``pages``: the SHA-256 of each page's file as this build leaves it."""
    cache.write_note(_PAGES, pages)
    if inputs:
        told = tuple(
            replace(one, where=printable(one.where), what=printable(one.what), remedy=printable(one.remedy))
            for one in problems
        )
        last = LastBuild(inputs, _pages_digest(settings, pages), _site_digest(settings.site), told)
        cache.write_note(_NOTE, last)


def pages_changed(cache: Cache, pages: Mapping[str, str]) -> tuple[str, ...] | None:
    """The names of pages that are not as the last build left them, or that are new or gone, in order.

    In: the SHA-256 of each page's file as it is now, by name. None where nothing is known of the last build.
    """
    last = cache.read_note(_PAGES, dict[str, str])
    if last is None:
        return None
    return tuple(sorted({name for name, _ in last.items() ^ pages.items()}))


def _pages_digest(settings: Settings, pages: Mapping[str, str]) -> bytes:
    """A digest of what a build writes beside the site: the pages and the register."""
    return digest(_sha256(settings.register), sorted(pages.items()))


def _site_digest(site: Path) -> bytes:
    """A digest of the path, size and time of every file of the site. Raises OSError."""
    found = hashlib.blake2b(digest_size=16)
    for path, entry in files_below(site):
        status = entry.stat()
        found.update(b"%b\0%d %d\n" % (os.fsencode(path), status.st_size, status.st_mtime_ns))
    return found.digest()


def _sha256(path: Path) -> str:
    """The hash of a regular file, "" where there is none; of anything else only that it is there."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return "not a file"
    return checksums.of_file(path) if path.exists() else ""
