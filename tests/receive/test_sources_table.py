"""The collector's table: claims of its own, and a line for each row that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.receive import sources_table
from stemma.receive.sources_table import Provenance
from stemma.records import Field, Severity

HEAD = "path,original_url,received_on,received_from\n"


def test_rows_are_provenance(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text(HEAD + "a/b.txt,https://packet.example/lamp,2021-05-09,the harbour office\nc.txt,,,\n")
    assert sources_table.read(table) == (
        {
            "a/b.txt": Provenance(
                ((Field.ORIGINAL_URL, ("https://packet.example/lamp",)),), "2021-05-09", "the harbour office"
            ),
            "c.txt": Provenance(),
        },
        (),
    )
    assert sources_table.read(tmp_path / "none.csv") == ({}, ())


def test_a_wrong_row_is_a_line_with_its_number(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text(HEAD + "a.txt,https://a.example/,9 May\nb.txt,javascript:x,2021-02-30,\nc.txt,,2021-05-09,\n")
    table_, problems = sources_table.read(table)
    assert sorted((problem.severity, problem.line) for problem in problems) == [
        (Severity.WARNING, 2),
        (Severity.WARNING, 3),
        (Severity.WARNING, 3),
    ]
    assert table_["b.txt"] == Provenance()
    (unknown,) = sources_table.unknown_paths(table_, {"a.txt", "c.txt"}, "sources.csv")
    assert "raw/b.txt" in unknown.what


def test_an_unknown_column_is_an_error(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text("path,url\na.txt,https://a.example/\n")
    _, (problem,) = sources_table.read(table)
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_as_spreadsheets_save_it(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [
        ["Path", "title", "author", "date", "publisher", "language", "tags", "x_shelf", "x_Box", ""],
        ["caf\u00e9\\a.txt", '"Salt; and, again"', '"Orlick, Hanne; Brand, Ida"', "1950~", "Packet", "en",
         '"eels, salt"', "B 7", "", ""],
    ]  # fmt: skip
    table = tmp_path / "sources.csv"
    table.write_text("\r\n".join(separator.join(row) for row in rows) + "\r\n", encoding, newline="")
    read, problems = sources_table.read(table)
    assert problems == ()
    found = sources_table.of_path(read, "cafe\u0301/a.txt")
    assert dict(found.stated) == {
        Field.TITLE: ("Salt; and, again",),
        Field.AUTHOR: ("Orlick, Hanne", "Brand, Ida"),
        Field.DATE: ("1950~",),
        Field.PUBLISHER: ("Packet",),
        Field.LANGUAGE: ("en",),
        Field.TAGS: ("eels", "salt"),
    }
    assert found.own == (("x_shelf", "B 7"),)


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("path,date\na.txt,2017,more\n", "more cells", 2),
        ("path,date\na.txt,\na.txt,\n", "two rows", 3),
        ("path,date,date\n", "two columns", 1),
        ("file\n", "does not name the columns", 1),
        ("title\n", "no column path", 1),
        ("path,date\na.txt,1950-13\n", "'1950-13' is not a date", 2),
        ("path,language\na.txt,English\n", "'English' is not a language tag", 2),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, said: str, line: int) -> None:
    (tmp_path / "sources.csv").write_text(text, "utf-8")
    _, problems = sources_table.read(tmp_path / "sources.csv")
    assert said in problems[0].what
    assert problems[0].line == line
