"""Five real files against what a careful reader finds in them (STEMMA_SEEDS names their folder)."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.archivist import Archivist

SEEDS = os.environ.get("STEMMA_SEEDS", "")
pytestmark = pytest.mark.skipif(not SEEDS, reason="STEMMA_SEEDS is not set")

Rows = list[dict[str, Any]]


def rows(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return tomllib.loads((Path(SEEDS) / "expected.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    one = Archivist(folder)
    for path in Path(SEEDS).glob("*.txt"):
        one.receive(path.name, path.read_bytes())
    one.build()
    return one.site


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, dict[str, Any]]:
    return {row["source"]: row for row in rows(site / "data/documents.jsonl")}


def test_bodies_are_exactly_the_lines_of_the_article(
    documents: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    for source, (first, last) in expected["body"].items():
        lines = (Path(SEEDS) / source).read_text("utf-8").split("\n")
        wanted = {number for number in range(first, last + 1) if lines[number - 1].strip()}
        blocks = documents[source]["blocks"]
        found = {n for b in blocks if b["label"] == "body" for n in range(b["first"], b["last"] + 1)}
        assert found == wanted, source


def test_every_other_line_has_its_label(documents: dict[str, dict[str, Any]], expected: dict[str, Any]) -> None:
    wrong = []
    for source, labels in expected["labels"].items():
        found = {n: b["label"] for b in documents[source]["blocks"] for n in range(b["first"], b["last"] + 1)}
        for label, numbers in labels.items():
            wrong += [(source, n, label, found.get(n)) for n in numbers if found.get(n) not in label.split("|")]
    assert wrong == []


def test_claims_are_those_of_the_page_and_no_others(
    documents: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    wrong = []
    for source, document in documents.items():
        claims = expected["claims"].get(source, {})
        for field in ("title", "publisher", "author", "date", "origin", "origin_date", "posted_by", "tags"):
            wanted = claims.get(field)
            if field in ("author", "tags"):
                wanted = [wanted] if isinstance(wanted, str) else wanted or []
            found = document[field]
            if found != (wanted if wanted is None or isinstance(wanted, list) else str(wanted)):
                wrong.append((source, field, wanted, found))
    assert wrong == []


def test_relations_works_and_base(site: Path, documents: dict[str, dict[str, Any]], expected: dict[str, Any]) -> None:
    source = {row["id"]: name for name, row in documents.items()}
    found: dict[str, set[tuple[str, ...]]] = {"mirror": set(), "contains": set()}
    for row in rows(site / "data/relations.jsonl"):
        found[row["relation"]].add((source[row["a"]], source[row["b"]]))
    assert {frozenset(pair) for pair in found["mirror"]} == {frozenset(p) for p in expected["relations"]["mirror"]}
    assert found["contains"] == {tuple(pair) for pair in expected["relations"]["contains"]}
    works = rows(site / "data/works.jsonl")
    groups = {frozenset(source[member] for member in work["members"]) for work in works}
    assert groups == {frozenset(group) for group in expected["works"]["groups"]}
    assert [source[work["base"]] for work in works if len(work["members"]) > 1] == [expected["works"]["base"]]


def test_identical_texts_are_identical_word_for_word(
    documents: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    for one, other in expected["works"]["identical"]:
        assert documents[one]["body"] == documents[other]["body"]
