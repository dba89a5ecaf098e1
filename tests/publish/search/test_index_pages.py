"""The index, made by the real Pagefind: complete, verified, the same bytes every time; its catalogue agrees with it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stemma.cache import Objects
from stemma.publish.index import build_index
from stemma.publish.output.target import Target
from stemma.publish.search import catalogue, index_pages
from stemma.records import Archive, Severity
from tests.publish import archives


def fragments(folder: Path) -> dict[str, dict[str, object]]:
    """What readers' browsers will read: result id -> fragment."""
    return {path.stem.rpartition("_")[2]: json.loads(gzip.decompress(path.read_bytes())[12:])
            for path in folder.rglob("*.pf_fragment")}  # fmt: skip


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def indexed(archive: Archive, folder: Path) -> Path:
    folder.mkdir()
    assert index_pages.write_index(build_index(archive), Target(folder, Objects(None)))[1] == ()
    return folder / "search"


def test_every_text_that_stands_is_indexed_with_its_paragraphs(tmp_path: Path) -> None:
    found = fragments(indexed(archives.lamp(), tmp_path / "site"))
    assert sorted(str(one["id"]) for one in found.values()) == [
        "commons", "eels", "manara", "packet", "review", "slip", "todai", "year",
    ]  # fmt: skip
    eels = next(one for one in found.values() if one["id"] == "eels")
    assert eels["paragraphs"] == ["Eels were counted at the weir.", "The count was wrong, and the eels know it."]
    assert (eels["title"], eels["authors"]) == ("Eels: a retraction", [])
    assert (eels["starts"], eels["end"]) == ([3, 9], 18)


def test_nothing_is_left_beside_the_site(tmp_path: Path) -> None:
    indexed(archives.lamp(), tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_catalogue_knows_every_result(tmp_path: Path) -> None:
    folder = indexed(archives.lamp(), tmp_path / "site")
    rows = json.loads(gzip.decompress((folder / catalogue.NAME).read_bytes()))
    total, ids = 0, []
    for step in rows["ids"]:
        total += step
        ids.append(f"{total:07x}")
    found = fragments(folder)
    assert sorted(ids) == sorted(found)
    at = {str(found[one]["id"]): row for row, one in enumerate(ids)}
    assert rows["dates"][at["packet"]] == 20170315
    assert rows["dates"][at["year"]] == 20171200
    assert rows["dates"][at["slip"]] == 0
    assert rows["publishers"][rows["publisher"][at["packet"]]] == [
        "Velmouth Packet",
        "The Packet",
        "Velmouth Packet & Advertiser",
    ]
    assert rows["works"][at["packet"]] == rows["works"][at["commons"]] != 0
    assert rows["works"][at["eels"]] == 0
    assert rows["sources"][0] == ""
    assert len(rows["source"]) == len(rows["dates"])
    assert rows["inexact"] == []
    assert rows["kinds"][rows["kind"][at["year"]]] == "compilation"
    assert rows["relations"][rows["relation"][at["commons"]]] == "revision"


def test_the_same_bytes_under_another_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stemma.publish.search import index_pages;"
        "from stemma.cache import Objects; from stemma.publish.index import build_index;"
        "from stemma.publish.output.target import Target;"
        "from tests.publish import archives; folder = Path(sys.argv[1]); folder.mkdir();"
        "sys.exit(bool(index_pages.write_index(build_index(archives.lamp()), Target(folder, Objects(None)))[1]))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], check=True, env=environment)
    assert everything(tmp_path / "1") == everything(tmp_path / "2")


def test_texts_without_words_are_no_trouble(tmp_path: Path) -> None:
    archive = archives.archive([
        archives.witness("empty"), archives.witness("signs", "— … —"),
        archives.witness("emoji", "🎉 🎉"), archives.witness("number", "²", title="₂"),
        archives.witness("markup", "<script>x</script> <p id='p9'>"),
        archives.witness("refresh", "<meta http-equiv=refresh content=0>", title="</h1><body data-pagefind-ignore>"),
    ])  # fmt: skip
    found = fragments(indexed(archive, tmp_path / "site"))
    assert len(found) == 6
    assert "<script>x</script>" in str([one["paragraphs"] for one in found.values()])


def test_an_archive_without_texts_has_an_empty_catalogue(tmp_path: Path) -> None:
    folder = indexed(archives.archive(()), tmp_path / "site")
    assert [path.name for path in folder.iterdir()] == [catalogue.NAME]


def test_a_pagefind_that_fails_is_one_error_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    _, (problem,) = index_pages.write_index(build_index(archives.lamp()), Target(tmp_path, Objects(None)))
    assert problem.severity is Severity.ERROR
    assert not (tmp_path / "search").exists()


def test_a_damaged_bundle_is_noticed(tmp_path: Path) -> None:
    folder = indexed(archives.lamp(), tmp_path / "site")
    shutil.rmtree(folder / "0" / "fragment")  # ours, not Pagefind's
    victim = min(folder.rglob("*.pf_index"))
    victim.write_bytes(victim.read_bytes()[:-9])
    with pytest.raises(index_pages.IndexFailed, match="damaged"):
        index_pages._verified(folder / "0")


def test_result_ids_that_clash_are_told() -> None:
    assert index_pages.clashes([{1: "a", 2: "b"}, {2: "c", 3: "d"}, {4: "e"}]) == {"c"}
    assert index_pages.clashes([{-1: "longer id"}]) == {"longer id"}
    assert index_pages.clashes([{1: "a"}, {2: "b"}]) == frozenset()


def test_a_text_whose_id_clashed_is_indexed_under_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_pages, "bundles", lambda texts: 2)
    real = index_pages.clashes
    rounds: list[int] = []

    def first_says_eels(ids: list[dict[int, str]]) -> frozenset[str]:
        rounds.append(1)
        return frozenset({"eels"}) if len(rounds) == 1 else real(ids)

    monkeypatch.setattr(index_pages, "clashes", first_says_eels)
    found = fragments(indexed(archives.lamp(), tmp_path / "site"))
    assert sorted(str(one["id"]) for one in found.values())[1] == "eels"
    assert len(found) == 8
    assert rounds == [1, 1]


@pytest.mark.parametrize(("texts", "number"), [(0, 0), (1, 1), (3400, 1), (3401, 2), (10_000, 3), (100_000, 30)])
def test_the_number_of_bundles_depends_on_the_size_alone(texts: int, number: int) -> None:
    assert index_pages.bundles(texts) == number
