"""A fresh folder beside the site, then one swap: a reader sees the old site or the new one, whole.

Everything unfinished is named after the site, so that the next build finds what a dead one left, and removes it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from itertools import chain
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks: there, do not run two builds at once
    fcntl = None  # type: ignore[assignment]

from stemma.files import sync, sync_folder
from stemma.problems import BuildFailed
from stemma.publish.output import manifest
from stemma.records import Problem, Severity

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_AT_FDCWD = -100


def staging(site: Path, use: str = "") -> Path:
    """The folder a new site is built in, or one beside it for a ``use``: on the same file system as the site."""
    real = site.resolve()
    return real.with_name(f".{real.name}-staging{use and '-' + use}")


def safe_target(site: Path, *kept: Path) -> tuple[Problem, ...]:
    """An error where a site at ``site`` would replace what must be kept, or anything that is not a site."""
    real = site.resolve()
    for folder in (one.resolve() for one in kept):
        if folder.is_relative_to(real) or real.is_relative_to(folder):
            what = f"the site would replace {folder.name}/, or lie inside it"
            return (Problem(Severity.ERROR, str(site), what, "Name another folder with --site"),)
    if real.is_mount():
        what, remedy = "is a mount point, which no folder can take the place of", "Name a folder inside it with --site"
        return (Problem(Severity.ERROR, str(site), what, remedy),)
    if real.exists() and not (real / manifest.NAME).is_file() and (not real.is_dir() or any(real.iterdir())):
        remedy = "Name another folder with --site, or empty this one"
        return (Problem(Severity.ERROR, str(site), "holds something that is not a site of this program", remedy),)
    return ()


@contextmanager
def fresh(site: Path) -> Iterator[Path]:
    """An empty staging folder, and nothing left beside the site of a build that died. Raises OSError.

    It is removed again, and whatever else was staged, unless :func:`swap` has taken it.
    """
    folder, before = staging(site), staging(site, "before")
    if before.is_dir() and not site.resolve().exists():
        before.rename(site.resolve())
    _clear(folder)
    folder.mkdir(parents=True)
    try:
        yield folder
    except BaseException:
        with suppress(OSError):  # what went wrong is to be reported, not that not all of it could be removed
            _clear(folder)
        raise
    _clear(folder)


def _clear(folder: Path) -> None:
    beside = sorted(folder.parent.glob(f"{escape(folder.name)}-*")) if folder.parent.is_dir() else []
    for one in (folder, *beside):
        _remove(one)


def swap(folder: Path, site: Path) -> None:
    """Put ``folder`` in the place of ``site``; afterwards ``folder`` holds the old site, or is gone.

    The new site is on the disk before it takes the place, and the place is before this returns: after a loss of power
    the site is the old one or the new one.
    """
    real = site.resolve()
    folder.chmod(0o755)
    sync(chain([folder], folder.rglob("*")))
    if not real.exists():
        folder.rename(real)
    elif not _exchange(folder, real):
        aside = staging(real, "before")
        _remove(aside)
        real.rename(aside)
        folder.rename(real)
    sync_folder(real.parent)


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


def lockable(site: Path) -> Path:
    """What to lock for a site: its own folder, so that archives side by side do not wait for each other.

    Before the first build there is none: then the folder around it.
    """
    real = site.resolve()
    return real if real.is_dir() else real.parent


@contextmanager
def lock(*folders: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Lock each folder for this build; a second build on one of them says so and waits until this one ends.

    The folder itself is locked, so a build that dies leaves nothing behind. Raises BuildFailed where a folder cannot be
    opened.
    """
    held: list[int] = []
    try:
        held.extend(_lock(folder, say) for folder in sorted({folder.resolve() for folder in folders}))
        yield
    finally:
        for handle in reversed(held):
            os.close(handle)


def _lock(folder: Path, say: Callable[[str], object]) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(f"Another build is running in {folder}: waiting until it ends.")
                fcntl.flock(handle, fcntl.LOCK_EX)
                if not os.path.samestat(os.fstat(handle), folder.stat()):  # a new site was put in its place meanwhile
                    os.close(handle)
                    return _lock(folder, say)
    except OSError as error:
        what = f"cannot be opened: {error.strerror}"
        raise BuildFailed([Problem(Severity.ERROR, str(folder), what, "Fix its permissions")]) from error
    return handle
