"""The sample collection: the relations its stories were written with are found, and no others."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from stemma.receive.reception import receive
from stemma.records import Accession
from stemma.settings import Settings
from tests.archivist import PROJECT, Archivist
from tests.statements import Site

GOLDEN = tomllib.loads((Path(__file__).parent / "golden/sample-relations.toml").read_text("utf-8"))["relation"]


@pytest.fixture(scope="module")
def archivist(tmp_path_factory: pytest.TempPathFactory) -> Archivist:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(PROJECT / "content", folder / "content")
    one = Archivist(folder)
    one.build("--strict")
    return one


def test_the_relations_of_the_stories_and_no_others(archivist: Archivist) -> None:
    source = {row["id"]: row["source"] for row in archivist.rows("documents")}
    found = {
        frozenset((source[row["a"]], source[row["b"]])): (row["relation"], source[row["a"]])
        for row in archivist.rows("relations")
        if not row["doubtful"]
    }
    meant = {frozenset((row["a"], row["b"])): row for row in GOLDEN}
    assert sorted(map(sorted, set(meant) - set(found))) == []
    assert sorted(map(sorted, set(found) - set(meant))) == []
    wrong = [(sorted(pair), kind) for pair, (kind, _) in found.items() if kind not in meant[pair]["kinds"]]
    assert wrong == []
    swapped = [
        sorted(pair)
        for pair, (kind, container) in found.items()
        if kind == "contains" and meant[pair]["kinds"] == ["contains"] and container != meant[pair]["a"]
    ]
    assert swapped == []


def test_every_sentence_of_no_other_and_the_same_words_is_so(archivist: Archivist) -> None:
    site = Site(archivist.site)
    assert list(site.false()) == []
    assert min(site.checked[said] for said in ("in no other", "not in", "same words", "no copy")) >= 10


def test_the_committed_pages_are_what_the_program_writes(archivist: Archivist) -> None:
    committed = {path.name: path.read_bytes() for path in (PROJECT / "content/pages").glob("*.md")}
    written = {path.name: path.read_bytes() for path in (archivist.content / "pages").glob("*.md")}
    assert sorted(committed) == sorted(written)
    assert [name for name in committed if committed[name] != written[name]] == []


def test_seven_languages_and_five_encodings(archivist: Archivist) -> None:
    languages = {row["language"] for row in archivist.rows("documents")}
    assert {"en", "de", "fr", "es", "ru", "ar", "ja"} <= languages
    encodings = {accession.encoding for accession in _received(archivist)}
    assert len(encodings) >= 5
    assert any(accession.repairs for accession in _received(archivist))


def _received(archivist: Archivist) -> tuple[Accession, ...]:
    return receive(Settings(content=archivist.content)).accessions
