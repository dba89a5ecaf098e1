"""Receiving: every file ends as an accession or as one line, and nothing is followed out of the folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from stemma.clean.labels import recurrence
from stemma.receive.ids import identify
from stemma.receive.reception import MAX_BYTES, MAX_LINES, PLAIN_LINES, Received, raw_bytes, receive
from stemma.records import Severity
from stemma.settings import Settings

TEXT = b"The harbour board of Velmouth voted on Tuesday night to put out the lamp.\n"


def received(tmp_path: Path, **files: bytes) -> Received:
    raw = tmp_path / "raw"
    raw.mkdir(exist_ok=True)
    for name, data in files.items():
        (raw / f"{name}.txt").write_bytes(data)
    return receive(Settings(content=tmp_path))


def test_files_at_any_depth_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.TXT", "a/.hidden.txt", "a/notes.md"):
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXT)
    found = received(tmp_path)
    assert [accession.path for accession in found.accessions] == ["a/b/c.TXT", "a/z.txt", "b.txt"]
    assert len({accession.id for accession in found.accessions}) == 3
    assert found.accessions[2].folder == ""
    assert raw_bytes(Settings(content=tmp_path), found.accessions[0]) == TEXT


def test_line_ends_become_lf_and_nothing_else_is_one(tmp_path: Path) -> None:
    found = received(tmp_path, a=b"One line\r\ntwo\rthree\x0bstill\xc2\x85three\xe2\x80\xa8three\n")
    assert found.accessions[0].lines == ("One line", "two", "three\x0bstill\x85three\u2028three", "")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\x00" * 500, bytes(range(256)) * 8])
def test_what_is_no_text_is_one_line(tmp_path: Path, data: bytes) -> None:
    found = received(tmp_path, bad=data, good=TEXT)
    assert [accession.path for accession in found.accessions] == ["good.txt"]
    (problem,) = found.problems
    assert problem.severity is Severity.WARNING
    assert problem.where == "raw/bad.txt"


def test_links_pipes_sockets_and_giants_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "good.txt").write_bytes(TEXT)
    (tmp_path / "outside.txt").write_bytes(TEXT)
    (raw / "link.txt").symlink_to(tmp_path / "outside.txt")
    (raw / "loop").symlink_to(raw)
    os.mkfifo(raw / "pipe.txt")
    monkeypatch.chdir(raw)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock.txt")
    with (raw / "giant.txt").open("wb") as giant:
        giant.truncate(MAX_BYTES + 1)
    found = received(tmp_path)
    assert [accession.path for accession in found.accessions] == ["good.txt"]
    said = {problem.where: problem.what for problem in found.problems}
    assert set(said) == {"raw/link.txt", "raw/loop", "raw/pipe.txt", "raw/sock.txt", "raw/giant.txt"}


def test_no_folder_is_one_error(tmp_path: Path) -> None:
    (problem,) = receive(Settings(content=tmp_path)).problems
    assert problem.severity is Severity.ERROR


def test_ids_are_readable_portable_and_different() -> None:
    assert identify("velmouth-packet/2017-03-15.txt") == "velmouth-packet.2017-03-15"
    assert identify("000_826f.txt") == "000_826f"
    odd = [
        "Case.txt",
        "case.TXT",
        "a/b.txt",
        "a.b.txt",
        "a-b.txt",
        "a b.txt",
        "a--b.txt",
        "café.txt",
        "cafe\u0301.txt",
        "CON.txt",
        "con.txt",
        "index.txt",
        "x\ny.txt",
        "..txt",
        "a" * 250 + ".txt",
        "a" * 251 + ".txt",
        "日本.txt",
    ]
    ids = [identify(path) for path in odd]
    assert len(set(ids)) == len(odd)
    for name in ids:
        assert name.isascii()
        assert name == name.lower()
        assert len(name) <= 90
        assert name.split(".")[0] not in ("con", "index")


def test_a_file_of_very_many_lines_is_told_of_or_refused(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "many.txt").write_text("a line\n" * (PLAIN_LINES + 1))
    (raw / "more.txt").write_text("\n" * MAX_LINES + "a line")
    (raw / "blank.txt").write_text("a line\n" + "\n" * PLAIN_LINES)
    came = receive(Settings(content=tmp_path))
    assert [one.path for one in came.accessions] == ["blank.txt", "many.txt"]
    assert [(problem.where, problem.what) for problem in came.problems] == [
        ("raw/many.txt", "more than 50,000 lines: all of it is taken for text, and nothing set aside"),
        ("raw/more.txt", "not received: 100,001 lines; at most 100,000 are read"),
    ]
    assert (came.found, came.ignored) == (3, ())
    assert PLAIN_LINES == recurrence.MAX_LINES
