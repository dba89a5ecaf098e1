"""The collector's table: claims of its own, and a line for each row that is wrong."""

from __future__ import annotations

from pathlib import Path

from stemma.receive import sources_table
from stemma.receive.sources_table import Provenance
from stemma.records import Severity

HEAD = "path,original_url,received_on,received_from\n"


def test_rows_are_provenance(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text(HEAD + "a/b.txt,https://packet.example/lamp,2021-05-09,the harbour office\nc.txt,,,\n")
    assert sources_table.read(table) == (
        {
            "a/b.txt": Provenance("https://packet.example/lamp", "2021-05-09", "the harbour office"),
            "c.txt": Provenance("", "", ""),
        },
        (),
    )
    assert sources_table.read(tmp_path / "none.csv") == ({}, ())


def test_a_wrong_row_is_a_line_with_its_number(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text(HEAD + "a.txt,https://a.example/,9 May\nb.txt,javascript:x,2021-02-30,\nc.txt,,2021-05-09,\n")
    table_, problems = sources_table.read(table)
    assert [(problem.severity, problem.line) for problem in problems] == [
        (Severity.WARNING, 2),
        (Severity.WARNING, 3),
        (Severity.WARNING, 3),
    ]
    assert table_["b.txt"] == Provenance("", "", "")
    (unknown,) = sources_table.unknown_paths(table_, {"a.txt", "c.txt"}, "sources.csv")
    assert "raw/b.txt" in unknown.what


def test_an_unknown_column_is_an_error(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text("path,url\na.txt,https://a.example/\n")
    _, (problem,) = sources_table.read(table)
    assert problem.severity is Severity.ERROR
