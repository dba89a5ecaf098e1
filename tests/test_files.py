"""Files: read with bounds, written whole, on the disk before anything points to them."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from stemma.files import read_bounded, write_all, write_whole
from stemma.publish.output import staging


def test_a_regular_file_is_read_through_a_link_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"words")
    (tmp_path / "b").symlink_to("a")
    assert read_bounded(tmp_path / "b", 5) == b"words"


def test_pipes_devices_folders_and_large_files_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"123456")
    said = {}
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path, tmp_path / "large"):
        with pytest.raises(OSError) as caught:  # noqa: PT011 - the words follow
            read_bounded(path, 5)
        said[path.name] = caught.value.strerror
    assert list(said.values()) == [
        "is a pipe, not a file",
        "is a device, not a file",
        "is a folder, not a file",
        "is larger than 5 bytes",
    ]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, {"a": b"old", "b": b"old"})

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "a", b"new")
    assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir()) == [("a", b"old"), ("b", b"old")]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The order of the calls that matter when power fails; each is really made."""
    made: list[str] = []
    fsync, replace, rename, exchange = os.fsync, os.replace, Path.rename, staging._exchange

    def syncing(handle: int) -> None:
        made.append(f"fsync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        fsync(handle)

    def replacing(one: Path, other: Path) -> None:
        made.append(f"rename to {Path(other).name}")
        replace(one, other)

    def renaming(one: Path, other: Path) -> Path:
        made.append(f"rename to {Path(other).name}")
        return rename(one, other)

    def exchanging(one: Path, other: Path) -> bool:
        made.append(f"exchange {Path(other).name}")
        return exchange(one, other)

    class Traced(ctypes.CDLL):
        def __getattr__(self, name: str) -> Any:
            found = super().__getattr__(name)
            if name != "syncfs":
                return found

            def syncing_all(handle: int) -> int:
                made.append("syncfs")
                return int(found(handle))

            return syncing_all

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(os, "replace", replacing)
    monkeypatch.setattr(Path, "rename", renaming)
    monkeypatch.setattr(staging, "_exchange", exchanging)
    monkeypatch.setattr(ctypes, "CDLL", Traced)
    return made


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the names of open files are read from /proc")
def test_bytes_are_on_the_disk_before_a_name_points_to_them(tmp_path: Path, calls: list[str]) -> None:
    write_whole(tmp_path / "register", b"lines")
    assert calls == ["fsync .register.unfinished", "rename to register", f"fsync {tmp_path.name}"]
    calls.clear()
    write_all(tmp_path, {"one.md": b"1", "two.md": b"2"})
    assert calls == ["syncfs", "rename to one.md", "rename to two.md", f"fsync {tmp_path.name}"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the names of open files are read from /proc")
def test_a_site_is_on_the_disk_before_it_takes_its_place(tmp_path: Path, calls: list[str]) -> None:
    site = tmp_path / "site"
    for expected in ("rename to site", "exchange site"):
        with staging.fresh(site) as folder:
            (folder / "index.html").write_bytes(b"x")
            staging.swap(folder, site)
        assert calls == ["syncfs", expected, f"fsync {tmp_path.name}"]
        calls.clear()
