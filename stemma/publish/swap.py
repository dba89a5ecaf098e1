"""A fresh folder beside the site, then one swap: whoever looks sees the old site or the new one, whole."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks: there, do not run two builds at once
    fcntl = None  # type: ignore[assignment]

from stemma.nouns import Problem, Severity
from stemma.problems import BuildFailed

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_AT_FDCWD = -100


def staging(site: Path) -> Path:
    """The folder a new site is built in: on the same file system, named after the site, so a dead build is found."""
    real = site.resolve()
    return real.with_name(f".{real.name}-staging")


@contextmanager
def fresh(site: Path) -> Iterator[Path]:
    """An empty staging folder. It is removed again unless :func:`swap` has taken it. Raises OSError."""
    folder = staging(site)
    _remove(folder)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        _remove(folder)


def swap(folder: Path, site: Path) -> None:
    """Put ``folder`` in the place of ``site``; afterwards ``folder`` holds the old site, or is gone."""
    real = site.resolve()
    folder.chmod(0o755)
    if not real.exists():
        folder.rename(real)
    elif not _exchange(folder, real):
        aside = folder.with_name(folder.name + "-before")
        _remove(aside)
        real.rename(aside)
        folder.rename(real)
        _remove(aside)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step where the system can (Linux, renameat2)."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return bool(call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


@contextmanager
def alone(*folders: Path) -> Iterator[None]:
    """Hold each folder for this build; another build on one of them waits until this one ends.

    The folder itself is locked, so a build that dies leaves nothing behind. Raises BuildFailed where a folder cannot be
    opened.
    """
    held: list[int] = []
    try:
        held.extend(map(_hold, sorted({folder.resolve() for folder in folders})))
        yield
    finally:
        for handle in reversed(held):
            os.close(handle)


def _hold(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        said = f"cannot be opened: {error.strerror}"
        raise BuildFailed([Problem(Severity.ERROR, str(folder), said, "Mend its permissions")]) from error
    return handle
