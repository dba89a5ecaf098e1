"""Fixity on demand: whichever bit is flipped, in a raw file or in the site, ``--verify`` says so."""

from __future__ import annotations

import os
import random
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
    assert checked.startswith("Checked: 3 raw files against the register; 2 against their pages; 4 pages read; ")
    assert last == "No difference found."


def test_every_flipped_bit_is_found(archivist: Archivist) -> None:
    chance = random.Random(20150514)
    raw, site = _files(archivist.content / "raw"), _files(archivist.site)
    missed = []
    for number in range(FLIPS):
        path = chance.choice(raw if number % 3 == 0 else site)
        data = path.read_bytes()
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        path.write_bytes(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])
        if not errors(archivist):
            missed.append((path.name, place, bit))
        path.write_bytes(data)
    assert missed == []
    assert errors(archivist) == []


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
