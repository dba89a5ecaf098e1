"""The same bytes from the same input, search bundles included: whatever the hash seed, locale, zone, place, workers."""

from __future__ import annotations

import shutil
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from stemma.workers import MIN_VALUES, engine
from tests.archivist import PROJECT, Archivist

NOTE = """A note from pier {number}

Velmouth Packet, May {day}, 2015

{words}.
"""


def archive(folder: Path) -> Archivist:
    """The sample, and so many notes that the work is spread over processes; the notes come in any order."""
    one = Archivist(folder)
    shutil.copytree(PROJECT / "content" / "raw", one.content / "raw")
    shutil.copy(PROJECT / "content" / "publishers.toml", one.content)
    for number in range(MIN_VALUES - 40):
        words = " ".join(f"{letter}{number * 7919 % 1009}" for letter in "abcdefghijklmnopqrstu")
        one.receive(f"notes/pier-{number}.txt", NOTE.format(number=number, day=1 + number % 28, words=words))
    return one


def test_the_same_bytes_from_the_same_input(tmp_path: Path) -> None:
    first, second = archive(tmp_path / "a"), archive(tmp_path / "another place")
    surroundings = {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"}
    one = first.run("--jobs", "1", search=True, **surroundings)
    surroundings = {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "TZ": "America/Chicago", "HOME": "/nonexistent"}
    other = second.run("--jobs", "2", search=True, **surroundings)
    assert (one.returncode, other.returncode) == (0, 0), one.stdout + other.stdout
    ours, theirs = bytes_of(first.site), bytes_of(second.site)
    assert sorted(ours) == sorted(theirs)
    assert [path for path in ours if ours[path] != theirs[path]] == []
    assert bytes_of(first.content / "pages") == bytes_of(second.content / "pages")
    told = [path for path, data in ours.items() if str(tmp_path).encode() in data or str(PROJECT).encode() in data]
    assert told == []
    again = second.run("--jobs", "2", search=True)
    assert again.returncode == 0
    assert bytes_of(second.site) == theirs


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("start", ["fork", "forkserver", "spawn"])
def test_values_come_back_from_processes_in_order(start: str) -> None:
    if start not in get_all_start_methods():
        pytest.skip(f"this system has no {start}")
    values = [f"value {number}" for number in range(MIN_VALUES + 3)]
    with engine(2, start) as workers:
        assert list(workers.map(str.upper, values)) == [value.upper() for value in values]
        assert list(workers.map(str.title, values)) == [value.title() for value in values]
