"""Data for machines: exactly the fields that are promised, and figures that can be counted again."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from stemma.publish.data import citations, exports
from stemma.publish.index import build_index
from stemma.publish.output import urls
from stemma.publish.output.render import Renderer
from stemma.text import WORD
from tests.archivist import Archivist
from tests.publish import archives

TEMPLATES = Path(__file__).parents[3] / "templates"
LAMP = """The harbour board of Velmouth voted on Tuesday night, by five to four, to put out the lamp on the point.

Thirty-one boats still work the channel between the island and the bar, and their owners were asked what they steer by.
"""
FERRY = """The ferry to Tolleby has not sailed on a Sunday since the winter of the long frost, and nobody remembers why.

A committee of three was asked to find the reason, and found instead a key, two receipts and a drawing of a goose.
"""


@pytest.fixture(scope="module")
def archivist(tmp_path_factory: pytest.TempPathFactory) -> Archivist:
    one = Archivist(tmp_path_factory.mktemp("exports"))
    one.receive(
        "lamp.txt",
        f"The lamp at Ennick goes out\n\nBy Hanne Orlick\n\n15 March 2017\n\n{LAMP}\nShare this:\n\nFacebook\n",
    )
    one.receive("both.txt", f"Two from the estuary\n\n{LAMP}\n{FERRY}")
    one.receive(
        "日本/港.txt",
        "港の灯\n\n港の委員会は火曜日の夜、岬の灯を消すことを五対四で決めた。三十一隻の船がいまも水路を使っている。\n",
    )
    one.build()
    return one


def test_documents_have_the_fields_promised(archivist: Archivist) -> None:
    rows = archivist.rows("documents")
    assert [list(row) for row in rows] == [list(exports.DOCUMENT_FIELDS)] * 3
    for row in rows:
        raw = (archivist.site / "raw" / f"{row['id']}.txt").read_bytes()
        assert hashlib.sha256(raw).hexdigest() == row["sha256"]
        assert raw == (archivist.content / "raw" / row["source"]).read_bytes()
        assert (archivist.site / row["url"]).is_file()
        lines = raw.decode().split("\n")
        covered = [
            n for block in row["blocks"] for n in range(block["first"], block["last"] + 1) if lines[n - 1].strip()
        ]
        assert covered == [n for n, line in enumerate(lines, 1) if line.strip()]
    lamp = archivist.document("lamp")
    assert (lamp["title"], lamp["author"], lamp["date"]) == (
        "The lamp at Ennick goes out",
        ["Hanne Orlick"],
        "2017-03-15",
    )
    assert lamp["body"] == LAMP.strip()
    assert lamp["publisher"] is None
    assert lamp["tags"] == []


def test_relations_can_be_counted_again(archivist: Archivist) -> None:
    (relation,) = archivist.rows("relations")
    assert list(relation) == list(exports.RELATION_FIELDS)
    assert (relation["a"], relation["b"], relation["relation"]) == ("both", "lamp", "contains")
    words = {side: WORD.findall(archivist.document(relation[side])["body"]) for side in "ab"}
    for side in "ab":
        shared = sum(passage[side][1] - passage[side][0] for passage in relation["passages"])
        assert relation[f"coverage_{side}"] == round(shared / len(words[side]), 4)
    for passage in relation["passages"]:
        assert words["a"][slice(*passage["a"])] == words["b"][slice(*passage["b"])]


def test_works_name_their_base_first(archivist: Archivist) -> None:
    works = archivist.rows("works")
    assert [list(work) for work in works] == [list(exports.WORK_FIELDS)] * 3
    assert all(work["members"][0] == work["base"] for work in works)
    assert {row["work"] for row in archivist.rows("documents")} == {work["id"] for work in works}


def test_the_page_of_explanations_names_every_field(archivist: Archivist) -> None:
    said = (archivist.site / "data/README.txt").read_text("utf-8")
    for fields in (exports.DOCUMENT_FIELDS, exports.RELATION_FIELDS, exports.WORK_FIELDS):
        assert all(f"  {name} " in said for name in fields)
    assert "folding.json" in said
    table = json.loads((archivist.site / "data/folding.json").read_text("utf-8"))
    assert (table["pattern"], table["version"]) == (WORD.pattern, 2)


def test_awkward_characters_are_escaped_in_the_data(tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    one.receive(
        "odd.txt", "Bell \x07 and \x85 and \u2028 and \ufdd0 and \U0001ffff in one line of the long ferry timetable.\n"
    )
    one.build()
    data = (one.site / "data/documents.jsonl").read_bytes().decode()
    assert data.count("\n") == 1
    assert not any(sign in data for sign in "\x07\x85\u2028\ufdd0\U0001ffff")
    assert "\u2028" in one.document("odd")["body"]


def test_a_large_table_goes_on_in_a_next_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MAX_PART", 900)
    index = build_index(archives.lamp())
    whole = [file for file in exports.files(index) if file.path.startswith("data/documents")]
    assert [file.path for file in whole[:2]] == ["data/documents.jsonl", "data/documents-2.jsonl"]
    assert all(len(file.data) <= 900 or file.data.count(b"\n") == 1 for file in whole)
    rows = b"".join(file.data for file in whole).decode().split("\n")[:-1]
    assert [json.loads(row)["id"] for row in rows] == [card.id for card in index.cards]


def test_a_large_archive_has_its_documents_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    index = build_index(archives.lamp())
    plain = {file.path: file.data for file in exports.files(index)}
    monkeypatch.setattr(urls, "PACKED_FROM", len(index.cards))
    packed = {file.path: file.data for file in exports.files(index)}
    assert urls.documents(len(index.cards)) == "data/documents.jsonl.gz"
    assert gzip.decompress(packed.pop("data/documents.jsonl.gz")) == plain.pop("data/documents.jsonl")
    assert packed == plain


def test_the_citations_of_every_text_are_in_one_file_a_format(archivist: Archivist) -> None:
    data = archivist.site / "data"
    ids = sorted(str(row["id"]) for row in archivist.rows("documents"))
    library = parse_string((data / "citations.bib").read_text("utf-8"))
    assert library.failed_blocks == []
    assert sorted(entry.key for entry in library.entries) == ids
    assert (
        sorted(entry["accession_number"] for entry in rispy.loads((data / "citations.ris").read_text("utf-8"))) == ids
    )
    assert sorted(entry["id"] for entry in json.loads((data / "citations.json").read_text("utf-8"))) == ids


def test_a_withdrawn_text_is_in_no_citation() -> None:
    index = build_index(archives.lamp())
    found = citations.pages(index, Renderer(TEMPLATES, archives.FRAME), archives.SETTINGS)
    assert all(b"gone" not in file.data and b"packet" in file.data for file in found)


def test_citations_beyond_the_size_of_a_part_go_on_in_a_next_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citations, "MAX_PART", 1000)
    found = citations.pages(build_index(archives.lamp()), Renderer(TEMPLATES, archives.FRAME), archives.SETTINGS)
    parts = [file for file in found if file.path.endswith(".json")]
    assert [file.path for file in parts[:2]] == ["data/citations.json", "data/citations-2.json"]
    assert sum(len(json.loads(file.data)) for file in parts) == 8
