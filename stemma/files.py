"""Files read with bounds, written whole or not at all to last through a loss of power, compressed alike everywhere."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import stat
import sys
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

UNFINISHED: Final = ".unfinished"
"""How the name of a file ends that is not yet written to its end; the name begins with a dot."""

GZIP_LEVEL: Final = 7
"""How hard files of the search are packed: level 9 takes four times as long for 1.4% fewer bytes (1,000 texts)."""

LARGEST_TOML: Final = 4 * 1024 * 1024
"""Bytes of a TOML file beyond which it is refused: twenty thousand publishers need less."""

_LONG_KEY: Final = re.compile(r"""(?:^|[\[{,])[ \t]*+(?:[\w"'-]++[ \t]*+\.[ \t]*+){20}""", re.MULTILINE)
"""A key of more than twenty parts: reading one takes time quadratic in its parts (10 s for 20,000)."""

_KINDS: Final = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


def read_bounded(path: Path, largest: int) -> bytes:
    """The bytes of a regular file of at most ``largest`` bytes.

    Raises OSError, with a ``strerror`` for people, for a pipe, a device, a folder or a larger file: a pipe would be
    waited for without end, a device has no end. Links to files are followed.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            said = next((words for kind, words in _KINDS if kind(status.st_mode)), "is not a regular file")
            raise OSError(errno.EINVAL, said, str(path))
        with os.fdopen(os.dup(handle), "rb") as stream:
            data = stream.read(largest + 1)
    finally:
        os.close(handle)
    if len(data) > largest:
        raise OSError(errno.EFBIG, f"is larger than {largest:,} bytes", str(path))
    return data


def read_toml(path: Path) -> dict[str, Any]:
    """The table in a TOML file, which may begin with a byte order mark.

    Raises OSError, UnicodeDecodeError, or tomllib.TOMLDecodeError, also for what is nested too deeply to be read.
    """
    text = read_bounded(path, LARGEST_TOML).decode("utf-8-sig")
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise tomllib.TOMLDecodeError(f"a key of more than twenty parts (at line {line}, column 1)")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("values nested too deeply") from None


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, whole or not at all. Raises OSError, the file that was there untouched.

    The bytes are on the disk before the name points to them, and the name before this returns.
    """
    _write_all(path.parent, {path.name: data}, sync_each=True)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put many files into ``folder``, each whole or not at all. Raises OSError.

    The disk is waited for once for all of them, not once a file.
    """
    if files:
        _write_all(folder, files, sync_each=False)


def _write_all(folder: Path, files: Mapping[str, bytes], *, sync_each: bool) -> None:
    unfinished = {name: folder / f".{name}{UNFINISHED}" for name in files}
    try:
        for name, data in files.items():
            with unfinished[name].open("wb") as stream:
                stream.write(data)
                if sync_each:
                    stream.flush()
                    os.fsync(stream.fileno())
        if not sync_each:
            sync(unfinished.values())
        for name, path in unfinished.items():
            os.replace(path, folder / name)  # noqa: PTH105 - the name says that it is atomic
    except OSError:
        with suppress(OSError):
            for path in unfinished.values():
                path.unlink(missing_ok=True)
        raise
    sync_folder(folder)


def sync(paths: Iterable[Path]) -> None:
    """Wait until files and folders, which lie on one file system, are on the disk. Raises OSError.

    On Linux one call (syncfs, since 2.6.39) flushes the file system; elsewhere each is flushed by itself.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform.startswith("linux") else None
    for path in islice(paths, 1) if call else paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            if call is None:
                os.fsync(handle)
            elif call(handle) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(path))
        finally:
            os.close(handle)


def files_below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder that is no folder, links included, by name: its path from there, and its entry.

    Raises OSError.
    """
    yield from _files_below(folder, "")


def _files_below(folder: str | Path, path: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(entry.path, f"{path}{entry.name}/")
        else:
            yield path + entry.name, entry


def sync_folder(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk. Raises OSError; where folders cannot be flushed, nothing."""
    with suppress(PermissionError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def gzipped(data: bytes, level: int = GZIP_LEVEL) -> bytes:
    """The data as a gzip file, without name and time. Python 3.13's gzip module names another system in it."""
    return zlib.compress(data, level, wbits=31)
