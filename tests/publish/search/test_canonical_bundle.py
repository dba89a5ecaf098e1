"""The same bundle whatever order its pages were found in, and no posting changed."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import cbor2
import pytest

from stemma.publish.search import canonical_bundle

WORDS = ("tide", "lamp", "café", "cafe", "goose", "harbour", "Ærø", "naïve", "naive", "quay", "ferry")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty pages, as Pagefind indexed them."""
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "pages").mkdir()
    chance = random.Random(11)
    for number in range(40):
        words = " ".join(chance.choices(WORDS, k=60))
        page = f"<body><main data-pagefind-body><h1>{words[:20]}</h1><p>{words} w{number}</p></main></body>"
        (folder / "pages" / f"{number}.html").write_text(f'<html lang="en">{page}', "utf-8")
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(folder / "pages"), "--output-path"]
    subprocess.run([*command, str(folder / "found"), "--force-language", "unknown"], check=True, capture_output=True)
    return folder / "found"


def read(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes())[len(canonical_bundle.SIGNATURE) :])


def meaning(bundle: Path) -> dict[str, Any]:
    """Word -> page -> positions, pages by their names."""
    (path,) = bundle.glob("*.pf_meta")
    meta = read(path)

    def places(postings: list[Any]) -> dict[str, Any]:
        page, found = 0, {}
        for step, positions, others in postings:
            page += step
            found[meta[1][page][0]] = (positions, others)
        return found

    words = [word for chunk in meta[2] for word in read(bundle / "index" / f"{chunk[2]}.pf_index")[0]]
    return {word: (places(own), {form: places(pages) for form, pages in forms}) for word, own, forms in words}


def shuffled(bundle: Path, seed: int) -> None:
    """Number the pages as another file system might have listed them."""
    (path,) = bundle.glob("*.pf_meta")
    meta = read(path)
    numbers = list(range(len(meta[1])))
    random.Random(seed).shuffle(numbers)
    pages = [None] * len(numbers)
    for old, new in enumerate(numbers):
        pages[new] = meta[1][old]
    meta[1] = pages

    def again(postings: list[Any]) -> list[Any]:
        page, found = 0, []
        for step, *rest in postings:
            page += step
            found.append([numbers[page], *rest])
        found.sort()
        return [[one[0] - before, *one[1:]] for one, before in zip(found, [0, *(o[0] for o in found)], strict=False)]

    for chunk in meta[2]:
        where = bundle / "index" / f"{chunk[2]}.pf_index"
        words = [
            [word, again(own), [[form, again(found)] for form, found in reversed(forms)]]
            for word, own, forms in read(where)[0]
        ]
        where.write_bytes(gzip.compress(canonical_bundle.SIGNATURE + cbor2.dumps([words])))
    path.write_bytes(gzip.compress(canonical_bundle.SIGNATURE + cbor2.dumps(meta)))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_any_order_of_the_pages_gives_the_same_bytes_and_every_posting(bundle: Path, tmp_path: Path) -> None:
    before = meaning(bundle)
    assert len(before) > 45
    assert any(forms for _, forms in before.values())
    canonical = []
    for seed in range(4):
        one = tmp_path / str(seed)
        shutil.copytree(bundle, one)
        if seed:
            shuffled(one, seed)
        assert meaning(one) == before
        canonical_bundle.canonicalize(one)
        assert meaning(one) == before
        canonical.append(files(one))
    assert canonical[1:] == canonical[:1] * 3
    canonical_bundle.canonicalize(one)
    assert files(one) == canonical[0]
    language = json.loads(canonical[0]["pagefind-entry.json"])["languages"]["unknown"]
    assert f"pagefind.{language['hash']}.pf_meta" in canonical[0]
    assert language["page_count"] == 40


def test_another_shape_is_an_error(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "it")
    (path,) = (tmp_path / "it").glob("*.pf_meta")
    path.write_bytes(gzip.compress(canonical_bundle.SIGNATURE + cbor2.dumps(["2.0", [], []])))
    with pytest.raises(ValueError, match="another shape"):
        canonical_bundle.canonicalize(tmp_path / "it")
