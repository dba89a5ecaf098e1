"""The index, made by the real Pagefind: complete, verified, the same bytes every time; its catalogue agrees with it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from stemma.cache import NO_CACHE, Cache, Objects
from stemma.publish.index import build_index
from stemma.publish.output.target import Target
from stemma.publish.search import catalogue, index_pages
from stemma.publish.search.postings import IndexedPage
from stemma.records import Archive, Paragraph, Severity
from tests.publish import archives

CLASHING = ("eels.html", "packet.html")
"""Pages that are made to have one result id. Of two bundles each is in another."""


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


def test_an_index_that_cannot_be_read_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = index_pages._run

    def damaging(source: Path, target: Path) -> int:
        counted = real(source, target)
        victim = min(target.rglob("*.pf_index"))
        victim.write_bytes(victim.read_bytes()[:-9])
        return counted

    monkeypatch.setattr(index_pages, "_run", damaging)
    _, (problem,) = index_pages.write_index(build_index(archives.lamp()), Target(tmp_path, Objects(None)))
    assert "damaged" in problem.what


def test_result_ids_that_clash_are_told() -> None:
    assert index_pages.clashes([[(1, "a"), (2, "b")], [(2, "c"), (3, "d")], [(4, "e")]]) == {"c"}
    assert index_pages.clashes([[(1, "a"), (1, "b")]]) == {"b"}
    assert index_pages.clashes([[(1, "a")], [(2, "b")]]) == frozenset()


@pytest.mark.parametrize(("number", "first"), [(1, "eels"), (2, "packet")])
def test_a_text_whose_id_clashed_is_indexed_under_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, first: str
) -> None:
    """Also where the bundle is taken from an earlier build, and where a text beside it has changed since."""
    monkeypatch.setattr(index_pages, "bundles", lambda texts: number)
    real = index_pages._index

    def clashing(pages: Mapping[str, str], task: object) -> tuple[Mapping[str, IndexedPage], object]:
        found, reader = real(pages, task)  # type: ignore[arg-type]
        return {name: replace(one, number=9) if name in CLASHING else one for name, one in found.items()}, reader

    monkeypatch.setattr(index_pages, "_index", clashing)

    def built(archive: Archive, name: str, cache: Cache) -> dict[str, bytes]:
        (tmp_path / name).mkdir()
        target = Target(tmp_path / name, cache.objects)
        assert index_pages.write_index(build_index(archive), target, cache=cache)[1] == ()
        cache.sweep()
        return everything(tmp_path / name)

    changed = archives.lamp()
    changed = replace(changed, witnesses=tuple(
        replace(one, body=(Paragraph("Nobody counted the eels."),)) if one.id == "slip" else one
        for one in changed.witnesses
    ))  # fmt: skip
    for at, archive in enumerate((archives.lamp(), archives.lamp(), changed, changed, archives.lamp())):
        alone = built(archive, f"alone-{at}", NO_CACHE)
        assert built(archive, f"kept-{at}", Cache(tmp_path / "cache")) == alone
        found = fragments(tmp_path / f"kept-{at}")
        assert len(found) == 8
        assert [one["id"] for number, one in found.items() if number == "0000009"] == [first]


def test_another_raw_file_of_the_same_text_is_known_by_its_hash(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    for at, sha256 in enumerate(("1" * 64, "2" * 64)):
        (tmp_path / str(at)).mkdir()
        one = archives.witness("lamp", "The lamp was lit.")
        archive = archives.archive([replace(one, accession=replace(one.accession, sha256=sha256))])
        assert (
            index_pages.write_index(build_index(archive), Target(tmp_path / str(at), cache.objects), cache=cache)[1]
            == ()
        )
        assert [found["sha256"] for found in fragments(tmp_path / str(at)).values()] == [sha256]


@pytest.mark.parametrize(("texts", "number"), [(0, 0), (1, 1), (3400, 1), (3401, 2), (10_000, 3), (100_000, 10)])
def test_the_number_of_bundles_depends_on_the_size_alone(texts: int, number: int) -> None:
    assert index_pages.bundles(texts) == number
