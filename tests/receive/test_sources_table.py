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
        ("path,date\na.txt,\nb.txt,\na.txt,\n", "a.txt has two rows, this and line 2", 4),
        ("path,date\n,2017\n", "names no path", 2),
        ('path,title\na.txt,"a\n\nb.txt,"c"\n', "cannot be read", 2),
        ("\n\npath,date\na.txt,1950-13\n", "'1950-13' is not a date", 4),
        ("path,date\na.txt,3.4.2019\n", "'3.4.2019' is not a date", 2),
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


@pytest.mark.parametrize("written", ["2017-11-02T08:15", "2017-11-02 00:00:00", "2017-11-02T08:15:00Z", " 2017-11-02 "])
def test_the_time_of_a_day_is_left_out(tmp_path: Path, written: str) -> None:
    (tmp_path / "sources.csv").write_text(f"\npath;date\n\na.txt;{written}\n;\n", "utf-8")
    table, problems = sources_table.read(tmp_path / "sources.csv")
    assert table == {"a.txt": Provenance(((Field.DATE, ("2017-11-02",)),))}
    assert problems == ()


@pytest.mark.parametrize("written", ["a/B.txt", "raw/a/b.txt", "content/raw/a/b.txt", "./A/b.TXT", "raw\\a\\b.txt"])
def test_a_path_spelled_otherwise_is_corrected(tmp_path: Path, written: str) -> None:
    (tmp_path / "sources.csv").write_text(f"path\n{written}\n", "utf-8")
    table, _ = sources_table.read(tmp_path / "sources.csv")
    (problem,) = sources_table.unknown_paths(table, ["a/b.txt", "c.txt"], "sources.csv")
    assert problem.remedy == "Write the path as a/b.txt"
