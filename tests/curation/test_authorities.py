"""publishers.toml as a curator in a hurry writes it: read where only one thing can be meant, else a line that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.curation import authorities
from stemma.problems import line
from stemma.records import Publisher, Severity

PACKET = '[[publisher]]\nname = "Packet"\n'


def test_hosts_and_folders_are_read_however_they_are_written(tmp_path: Path) -> None:
    table = tmp_path / "publishers.toml"
    table.write_text(
        '[publisher]\nname = " Velmouth  Packet "\nother_names = ["The Packet ", ""]\n'
        'hosts = ["https://www.Packet.example/news", "packet.example:80", " "]\n'
        "folders = ['content/raw/scans/', 'raw\\letters', './a/b', '']\n"
        'boilerplate = ["  Founded 1846"]\n',
        "utf-8",
    )
    assert authorities.read(table) == (
        (
            Publisher(
                "Velmouth Packet", ("The Packet",), ("packet.example", "packet.example"),
                ("scans", "letters", "a/b"), ("  Founded 1846",),
            ),
        ),
        (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PACKET + 'hosts = "a.example"\n', 'error: publishers.toml: publisher 1 (Packet): hosts must be a list of texts. Write hosts = ["a.example"]'),
        (PACKET + 'host = ["a.example"]\n', "error: publishers.toml: publisher 1 (Packet): unknown key 'host'. Did you mean 'hosts'?"),
        (PACKET + "folders = [7]\n", 'error: publishers.toml: publisher 1 (Packet): folders must be a list of texts. Write folders = ["…"]'),
        ('[[publisher]]\nhosts = ["a.example"]\n', 'error: publishers.toml: publisher 1: has no name. Add a line name = "…"'),
        ('publisher = "Packet"\n', 'error: publishers.toml: publisher 1: is no record. Write [[publisher]] on a line, and name = "…" below it'),
        ('[[publishers]]\nname = "Packet"\n', "error: publishers.toml: unknown key 'publishers'. Did you mean 'publisher'?"),
        (PACKET + 'hosts = ["a.example"]\n[[publisher]]\nname = "Post"\nhosts = ["www.A.example"]\n', "warning: publishers.toml: the host 'a.example' is in two records, of 'Packet' and 'Post'. The first is used: delete it from the other, or make one of the two"),
        (PACKET + '[[publisher]]\nname = "PACKET"\n', "warning: publishers.toml: the name 'packet' is in two records, of 'Packet' and 'PACKET'. The first is used: delete it from the other, or make one of the two"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_with_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "publishers.toml").write_text(text, "utf-8")
    assert [line(problem) for problem in authorities.read(tmp_path / "publishers.toml")[1]] == [said]


@pytest.mark.parametrize(
    ("folder", "remedy"),
    [("Packet-Scans", "Did you mean 'packet-scans'?"), ("packet-scan", "Did you mean 'packet-scans'?"),
     ("letters", "Correct or delete it")],
)  # fmt: skip
def test_a_folder_that_is_not_there_is_a_warning(folder: str, remedy: str) -> None:
    records = (Publisher("Packet", folders=("packet-scans", "packet-scans/1850", folder)),)
    (problem,) = authorities.unused_folders(records, ["packet-scans/1850/a.txt", "b.txt"], "publishers.toml")
    assert (problem.severity, problem.remedy) == (Severity.WARNING, remedy)
    assert f"raw/{folder}" in problem.what
