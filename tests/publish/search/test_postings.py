"""Pages that Pagefind indexed in any company give one bundle, with every posting that Pagefind wrote."""

from __future__ import annotations

import gzip
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import cbor2
import pytest

from stemma.publish.search import bundle_files, postings

WORDS = ("tide", "lamp", "caf", "zzebra", "goose", "harbour", "z0ty", "naive", "quay", "ferry", "l" * 140)


def page(number: int) -> str:
    """A page as it is made for Pagefind: tokens, and one of its own."""
    chance = random.Random(number)
    words = " ".join(chance.choices(WORDS[: 4 + number % 8], k=5 + number % 50))
    words += " " + "k" * 70_000 if number == 11 else ""
    head = f"<h1 data-pagefind-weight=7>{words[:20]}</h1>" if number % 3 else ""
    return f"<body><main data-pagefind-body>{head}<p>{words} w{number}</p></main></body>"


def indexed(folder: Path, numbers: Iterable[int]) -> Path:
    """The bundle that Pagefind makes of some pages."""
    (folder / "pages").mkdir(parents=True)
    for number in numbers:
        (folder / "pages" / f"{number}.html").write_text(f'<html lang="en">{page(number)}', "utf-8")
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(folder / "pages"), "--output-path"]
    subprocess.run([*command, str(folder / "found"), "--force-language", "unknown"], check=True, capture_output=True)
    return folder / "found"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred pages, as Pagefind indexed them together."""
    return indexed(tmp_path_factory.mktemp("bundle"), range(300))


def unpacked(data: bytes) -> Any:
    return cbor2.loads(gzip.decompress(data)[len(postings.SIGNATURE) :])


def meaning(meta: Any, part: Callable[[str], bytes]) -> dict[str, dict[str, Any]]:
    """Word -> page -> positions, pages by their names."""
    found: dict[str, dict[str, Any]] = {}
    for first, last, name in meta[2]:
        (rows,) = unpacked(part(name))
        assert rows[0][0].startswith(first)
        assert rows[-1][0].startswith(last)
        for word, own, forms in rows:
            assert forms == []
            number = 0
            for step, *positions in own:
                number += step
                found.setdefault(word, {})[meta[1][number][0]] = positions
    return found


def of_pagefind(bundle: Path) -> tuple[Any, dict[str, dict[str, Any]]]:
    (path,) = bundle.glob("*.pf_meta")
    meta = unpacked(path.read_bytes())
    return meta, meaning(meta, lambda name: (bundle / "index" / f"{name}.pf_index").read_bytes())


def of_ours(pages: Iterable[postings.IndexedPage]) -> tuple[Any, dict[str, dict[str, Any]]]:
    name, files = bundle_files.files(tuple(pages), "1.5.2")
    meta = unpacked(files[f"pagefind.{name}.pf_meta"])
    assert len(files) == 1 + len(meta[2])
    return meta, meaning(meta, lambda part: files[f"index/{part}.pf_index"])


def test_every_posting_of_pagefind_is_there_and_no_other(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_files, "PART_BYTES", 3000)
    pages = postings.read(bundle)
    assert sorted(pages) == sorted(map(str, range(300)))
    (theirs, before), (ours, after) = of_pagefind(bundle), of_ours(pages.values())
    assert after == before
    assert len(after) > 300
    assert list(after) == sorted(after)
    assert len(ours[2]) > 5
    assert sorted(map(tuple, ours[1])) == sorted(map(tuple, theirs[1]))
    assert [ours[0], *ours[3:]] == [theirs[0], *theirs[3:]]


def test_parts_begin_and_end_as_those_of_pagefind_do() -> None:
    """With the shortest beginnings that tell the last word of one part from the first of the next."""
    assert bundle_files._apart("harbour", "harpoon") == ("harb", "harp")
    assert bundle_files._apart("lamp", "lamplight") == ("lamp", "lampl")
    assert bundle_files._apart("goose", "tide") == ("g", "t")


def test_the_company_in_which_pages_are_indexed_changes_no_byte(bundle: Path, tmp_path: Path) -> None:
    together = postings.read(bundle)
    apart = {
        name: one
        for at, numbers in enumerate((range(0, 300, 2), range(299, 0, -2)))
        for name, one in postings.read(indexed(tmp_path / str(at), numbers)).items()
    }
    assert apart == together
    one = bundle_files.files(tuple(together.values()), "1.5.2")
    shuffled = random.Random(3).sample(list(apart.values()), len(apart))
    assert bundle_files.files(shuffled, "1.5.2") == one


@pytest.mark.parametrize("pages", [1, 24, 25, 257, 258, 4000])
def test_pages_far_apart_are_counted_with_as_many_bytes_as_it_takes(pages: int) -> None:
    empty = postings.IndexedPage(0, 1, b"", b"", b"")
    places = cbor2.dumps([7]) + cbor2.dumps([])
    word = postings.IndexedPage(0, 1, b"lamp", places, len(places).to_bytes(4, "little"))
    numbers = [0, pages - 1, pages]
    made = [postings.IndexedPage(at, 1, *((one := word if at in numbers else empty).words, one.places, one.lengths))
            for at in range(pages + 1)]  # fmt: skip
    _, found = of_ours(made)
    assert list(found["lamp"]) == [f"unknown_{number:07x}" for number in dict.fromkeys(numbers)]


def test_a_damaged_bundle_is_noticed(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "cut")
    victim = min((tmp_path / "cut").rglob("*.pf_index"))
    victim.write_bytes(victim.read_bytes()[:-9])
    with pytest.raises(ValueError, match="damaged"):
        postings.read(tmp_path / "cut")


def test_another_shape_is_an_error(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "it")
    (path,) = (tmp_path / "it").glob("*.pf_meta")
    meta = unpacked(path.read_bytes())

    def pack(path: Path, value: object) -> None:
        path.write_bytes(gzip.compress(postings.SIGNATURE + cbor2.dumps(value)))

    part = tmp_path / "it" / "index" / f"{meta[2][0][2]}.pf_index"
    rows = unpacked(part.read_bytes())
    for other in ([[rows[0], []]], [[[*rows[0][0][:2], [["form", []]]], *rows[0][1:]]], [[["word"]]], [[1]]):
        pack(part, other)
        with pytest.raises((ValueError, LookupError)):
            postings.read(tmp_path / "it")
    pack(path, ["2.0", [], []])
    with pytest.raises(ValueError, match="another shape"):
        postings.read(tmp_path / "it")
