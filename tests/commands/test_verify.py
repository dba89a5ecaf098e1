"""Fixity on demand: whichever bit is flipped, in a raw file, the site, the register or a page, ``--verify`` says so."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stemma.commands.verify import verify
from stemma.records import Problem, Severity
from stemma.settings import Settings
from tests.archivist import Archivist

FLIPS = int(os.environ.get("STEMMA_FLIPS", "60"))
"""How many bits are flipped; the promise was measured with 1,000."""
STORY = """The night ferry to {place}

By Hanne Orlick

Velmouth Packet, May {day}, 2015

The ferry to {place} left at nine with four passengers, two dogs and a crate that nobody would own.

When the crate was opened, at {place}, it held a smaller crate, and the harbour master went home to his supper.
"""


def errors(archivist: Archivist) -> list[Problem]:
    settings = Settings(content=archivist.content, site=archivist.site)
    return [problem for problem in verify(settings)[0] if problem.severity is Severity.ERROR]


@pytest.fixture(scope="module")
def archivist(tmp_path_factory: pytest.TempPathFactory) -> Archivist:
    """Three registered raw files, one of them refused as text, and two that only their pages know."""
    one = Archivist(tmp_path_factory.mktemp("verify"))
    one.receive("tolleby.txt", STORY.format(place="Tolleby", day=1))
    one.receive("a name\nof two lines.txt", STORY.format(place="Ennick", day=2))
    one.receive("picture.txt", b"\x89PNG\r\n" + bytes(range(200)))
    one.build("--accept")
    one.receive("later.txt", STORY.format(place="Corvey", day=3))
    one.receive("latin.txt", STORY.format(place="Orléans sur Mer", day=4).encode("latin-1"))
    done = one.run(search=True)
    assert done.returncode == 0, done.stdout
    return one


def test_an_archive_as_it_was_built_has_no_differences(archivist: Archivist) -> None:
    assert errors(archivist) == []
    done = archivist.run("--verify")
    assert done.returncode == 0
    checked, last = done.stdout.strip().split("\n")[-2:]
    assert checked.startswith(
        "Checked: 3 raw files against the register; 2 against their pages; 4 pages against seals and "
    )
    assert last == "No difference found."


def test_every_flipped_bit_is_found(archivist: Archivist) -> None:
    chance = random.Random(20150514)
    pages = _files(archivist.content / "pages")
    register = archivist.content / "manifest-sha256.txt"
    kinds = [_files(archivist.content / "raw"), _files(archivist.site), [register], pages]
    missed = []
    for number in range(FLIPS):
        path = chance.choice(kinds[number % len(kinds)])
        with flipped(path, chance) as (place, bit):
            found = edits(archivist, path.name) if path in pages else errors(archivist)
            if not found:
                missed.append((path.name, place, bit))
    assert missed == []
    assert errors(archivist) == []
    assert not [page for page in pages if edits(archivist, page.name)]


def test_a_flip_in_a_page_is_named_as_an_edit(archivist: Archivist) -> None:
    page = archivist.page("later")
    data = page.read_bytes()
    page.write_bytes(data.replace(b"four passengers", b"fous passengers"))
    said = archivist.run("--verify")
    page.write_bytes(data)
    assert said.returncode == 0
    assert "note: pages/later.md: changed since the last build" in said.stdout
    assert "note: pages/later.md: the curator's: body" in said.stdout
    assert said.stdout.strip().endswith("No error found; 2 notes.")


def test_a_build_names_the_pages_that_changed_since_the_last_one(archivist: Archivist, tmp_path: Path) -> None:
    shutil.copytree(archivist.folder, tmp_path / "copy")
    one = Archivist(tmp_path / "copy")
    page = one.page("later")
    page.write_bytes(page.read_bytes().replace(b"four passengers", b"fous passengers"))
    assert "1 page changed since the last build: pages/later.md." in one.build()
    assert "since the last build:" not in one.build("--no-cache")


def test_without_the_record_of_the_last_build_less_is_checked_and_said(archivist: Archivist) -> None:
    said = archivist.run("--verify", "--no-cache").stdout
    assert "; 4 pages against seals; " in said


@contextmanager
def flipped(path: Path, chance: random.Random) -> Iterator[tuple[int, int]]:
    """A file with one bit of it flipped."""
    data = path.read_bytes()
    place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
    path.write_bytes(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])
    yield place, bit
    path.write_bytes(data)


def edits(archivist: Archivist, page: str) -> list[Problem]:
    """What is said of a page."""
    settings = Settings(content=archivist.content, site=archivist.site)
    return [problem for problem in verify(settings)[0] if problem.where == f"pages/{page}"]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def test_each_bit_of_the_manifest_counts(archivist: Archivist) -> None:
    path = archivist.site / "manifest-sha256.txt"
    data = path.read_bytes()
    for place in random.Random(7).sample(range(len(data)), 25):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x20]) + data[place + 1 :])
        assert errors(archivist), place
    path.write_bytes(data[:-1])
    assert errors(archivist)
    path.write_bytes(data)


def test_differences_are_named(archivist: Archivist) -> None:
    index, raw, extra = (
        archivist.site / "index.html",
        archivist.content / "raw/later.txt",
        archivist.site / "extra.html",
    )
    index_was, raw_was = index.read_bytes(), raw.read_bytes()
    index.unlink()
    raw.write_bytes(raw_was.replace(b"nine", b"nein"))
    extra.write_bytes(b"x")
    said = archivist.run("--verify")
    index.write_bytes(index_was)
    raw.write_bytes(raw_was)
    extra.unlink()
    assert said.returncode == 1
    lines = [line for line in said.stdout.split("\n") if line.startswith("error: ")]
    assert [line.split(":")[1].strip() for line in lines] == ["raw/later.txt", "site/extra.html", "site/index.html"]
    assert "3 differences found." in said.stdout
