"""Slips that people make: each gets one line with what is wrong and what to do, and never a traceback."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from stemma.publish.output import staging
from tests.archivist import PROJECT, SETTINGS, Archivist
from tests.test_build import TEXT


@dataclass(frozen=True)
class Slip:
    """A name, the command line, what is done to the archive before, the line that is printed, the exit code."""

    name: str
    options: tuple[str, ...]
    before: Callable[[Archivist], object]
    said: str
    code: int = 1


def nothing(_: Archivist) -> None:
    """The archive is as it should be."""


def settings(text: str | bytes) -> Callable[[Archivist], object]:
    return lambda one: (one.content / "archive.toml").write_bytes(text if isinstance(text, bytes) else text.encode())


def beside(name: str, text: str | bytes) -> Callable[[Archivist], object]:
    return lambda one: (one.content / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def raw(path: str, data: str | bytes) -> Callable[[Archivist], object]:
    return lambda one: one.receive(path, data)


def page(old: str, new: str) -> Callable[[Archivist], object]:
    return lambda one: one.edit("ferry", old, new)


def folder_in_place_of(name: str) -> Callable[[Archivist], object]:
    def change(one: Archivist) -> None:
        (one.content / name).unlink(missing_ok=True)
        (one.content / name).mkdir()

    return change


def only_raw(name: str) -> Callable[[Archivist], object]:
    return lambda one: (one.content / "raw/ferry.txt").rename(one.content / "raw" / name)


def copied_page(one: Archivist) -> None:
    shutil.copy(one.page("ferry"), one.page("copy"))


def registered_then_changed(one: Archivist) -> None:
    one.build("--accept")
    one.receive("ferry.txt", TEXT + "And one more line.\n")


def registered_then_gone(one: Archivist) -> None:
    one.receive("second.txt", TEXT.replace("ferry", "barge"))
    one.build("--accept")
    (one.content / "raw/second.txt").unlink()


TOML = "error: content/archive.toml"
SLIPS = [
    # the command line
    Slip("an unknown option", ("--sit", "x"), nothing, "error: unknown option --sit. Did you mean '--site'? See build.py --help", 2),
    Slip("a word that is no option", ("build",), nothing, "error: unrecognized arguments: build. See build.py --help", 2),
    Slip("no processes", ("--jobs", "0"), nothing, "error: argument --jobs: must be 1 or more. See build.py --help", 2),
    Slip("no number", ("--jobs", "many"), nothing, "error: argument --jobs: must be 1 or more. See build.py --help", 2),
    Slip("a port there is not", ("--serve", "99999"), nothing, "error: argument --serve: must be a port from 1 to 65535. See build.py --help", 2),
    Slip("two things at once", ("--accept", "--review"), nothing, "error: argument --review: not allowed with argument --accept. See build.py --help", 2),
    Slip("an option without its value", ("--config",), nothing, "error: argument --config: expected one argument. See build.py --help", 2),
    Slip("lifting without accepting", ("--lift-withdrawal", "ferry"), nothing, "error: --lift-withdrawal needs --accept. See build.py --help", 2),
    Slip("a content folder that is not there", ("--content", "kontent"), nothing, "error: kontent: there is no such folder. Name the archive's content folder with --content"),
    Slip("a file as content folder", ("--content", "content/archive.toml"), nothing, "error: content/archive.toml: is not a folder. Name the archive's content folder with --content"),
    Slip("raw as content folder", ("--content", "content/raw"), nothing, "error: content/raw: is a folder of raw files, not of an archive's content. Name the folder above it: --content content"),
    Slip("a settings file that is not there", ("--config", "archiv.toml"), nothing, "error: archiv.toml: there is no such file. Correct --config, or leave it out"),
    Slip("templates that are not there", ("--templates", "mine"), nothing, "error: mine: there is no such folder of templates. Correct --templates, or leave it out"),
    Slip("a site in place of the content", ("--site", "content"), nothing, "error: content: the site would replace raw/, or lie inside it. Name another folder with --site"),
    Slip("a site in place of a file", ("--site", "content/archive.toml"), nothing, "error: content/archive.toml: holds something that is not a site of this program. Name another folder with --site, or empty this one"),
    Slip("explaining what is not there", ("--explain", "fery.txt"), nothing, "error: fery.txt: is not a received raw file, nor its page or id. Name a .txt file below content/raw, its page or its id; a build says which files were refused"),
    Slip("explaining a page that is not there", ("--explain", "content/pages/fery.md"), nothing, "error: content/pages/fery.md: is not a received raw file, nor its page or id. Name a .txt file below content/raw, its page or its id; a build says which files were refused"),
    Slip("accepting what is not there", ("--accept", "fery.txt"), nothing, "error: manifest-sha256.txt: nothing to accept at 'fery.txt'. Name files or folders by their path below content/raw"),
    # archive.toml
    Slip("text without quotes", (), settings("title = The ferry\n"), f'{TOML}:1: cannot be read: invalid value. Write text in straight quotation marks, as in title = "…"'),
    Slip("curly quotes", (), settings("# ours\ntitle = “The ferry”\n"), f'{TOML}:2: cannot be read: invalid value. Use straight quotation marks: "…"'),
    Slip("an open quote", (), settings('title = "The ferry\naddress = "x"\n'), f"{TOML}:1: cannot be read: illegal character '\\n'. Write text in straight quotation marks, as in title = \"…\""),
    Slip("a colon", (), settings('title: "The ferry"\n'), f"{TOML}:1: cannot be read: expected '=' after a key in a key/value pair. Write an equals sign in place of the colon: title = …"),
    Slip("True", (), settings(SETTINGS + "raw_files = True\n"), f"{TOML}:3: cannot be read: invalid value. Write true or false, in small letters"),
    Slip("a key twice", (), settings(SETTINGS + 'title = "Again"\n'), f"{TOML}:3: cannot be read: cannot overwrite a value. Delete one of the lines of title"),
    Slip("a misspelled key", (), settings(SETTINGS + 'licens = "x"\n'), f"{TOML}:3: unknown setting 'licens'. Did you mean 'licence'?"),
    Slip("a number for a text", (), settings('address = "https://a.example/"\ntitle = 7\n'), f"{TOML}:2: title: must be text in quotes. See docs/settings.md"),
    Slip("an empty title", (), settings('title = " "\naddress = "https://a.example/"\n'), f"{TOML}:1: title: must not be empty. See docs/settings.md"),
    Slip("an address without https", (), settings('title = "x"\naddress = "velm.example"\n'), f"{TOML}:2: address: must be a web address that begins with https://. See docs/settings.md"),
    Slip("settings in Latin-1", (), settings('title = "Fähre"\n'.encode("latin-1")), f"{TOML}:1: is not UTF-8. Save it as UTF-8"),
    Slip("settings in UTF-16", (), settings('title = "x"\n'.encode("utf-16")), f"{TOML}:1: is not UTF-8. Save it as UTF-8"),
    Slip("a folder for settings", (), folder_in_place_of("archive.toml"), f"{TOML}: cannot be read: is a folder, not a file. Put a readable file in its place"),
    # the tables
    Slip("cells separated by bars", (), beside("sources.csv", "path|original_url\nferry.txt|https://a.example/\n"), "error: sources.csv:1: the first line does not name the columns. Begin the table with the line path,title,author,date,publisher,language,tags,original_url,received_on,received_from"),
    Slip("a table without a head", (), beside("sources.csv", "ferry.txt,https://a.example/\n"), "error: sources.csv:1: the first line does not name the columns. Begin the table with the line path,title,author,date,publisher,language,tags,original_url,received_on,received_from"),
    Slip("a misspelled column", (), beside("sources.csv", "path,recieved_on\n"), "error: sources.csv:1: unknown column 'recieved_on'. Did you mean 'received_on'? Columns of your own begin with x_"),
    Slip("a comma in a cell", (), beside("sources.csv", "path,received_from\nferry.txt,Orlick, Hanne\n"), "error: sources.csv:2: this row has more cells than the first. Put a cell that holds the separator in quotes"),
    Slip("a table in Latin-1", (), beside("sources.csv", "path,title\nferry.txt,Fähre\n".encode("latin-1")), "error: sources.csv:2: is not UTF-8. Save it as UTF-8; in a spreadsheet the format is called CSV UTF-8"),
    Slip("a path that begins with raw", (), beside("sources.csv", "path;date\nRaw/Ferry.txt;2017\n"), "warning: sources.csv: there is no raw/Raw/Ferry.txt. Write the path as ferry.txt", 0),
    Slip("a date as a spreadsheet shows it", (), beside("sources.csv", "\ufeffpath;date\r\nferry.txt;3.4.2019\r\n"), "warning: sources.csv:2: '3.4.2019' is not a date. Write it as 2017-11-02, 2017-11, 2017, 1950~ or 1950?", 0),
    Slip("a publisher without a name", (), beside("publishers.toml", '[[publisher]]\nhosts = ["a.example"]\n'), 'error: publishers.toml: publisher 1: has no name. Add a line name = "…"'),
    Slip("a folder that is not there", (), beside("publishers.toml", '[[publisher]]\nname = "Packet"\nfolders = ["scans"]\n'), "warning: publishers.toml: Packet: there is no file below raw/scans. Correct or delete it", 0),
    Slip("a publisher without quotes", (), beside("publishers.toml", "[[publisher]]\nname = Packet\n"), 'error: publishers.toml:2: cannot be read: invalid value. Write text in straight quotation marks, as in title = "…"'),
    # pages
    Slip("a misspelled key of a page", (), page("author:", "autor:"), "error: pages/ferry.md:4: unknown key 'autor'. Did you mean 'author'?"),
    Slip("a date as one says it", (), page("date: '2015-05-14'", "date: 14 May 2015"), "error: pages/ferry.md:6: date: '14 May 2015' is not a date. Write it as 2017-11-02, 2017-11 or 2017, or leave it empty"),
    Slip("a lost line of hyphens", (), page("---\n\nThe", "\nThe"), "error: pages/ferry.md:1: has no front matter. It must begin with a line ---, then title: …, and end with a line ---"),
    Slip("a copied page", (), copied_page, "error: pages/ferry.md: pages/copy.md is of raw/ferry.txt too. Correct source: in one of the two, or delete one"),
    # raw files
    Slip("no text at all", (), only_raw("ferry.html"), "error: content/raw: there is no text to publish. Put .txt files there"),
    Slip("a picture named .txt", (), raw("map.txt", b"\x89PNG\r\n\x1a\n"), "warning: raw/map.txt: not received: this is a PNG picture, not text", 0),
    Slip("a page saved as HTML", (), raw("page.txt", "<html><body><p>The ferry</p></body></html>"), "warning: raw/page.txt: looks like HTML, not like plain text. Save the page's text in its place, or withdraw it", 0),
    Slip("a registered file changed", (), registered_then_changed, "error: raw/ferry.txt: a registered file has changed: its hash is not the one in the register. Restore it, or run with --accept to record it"),
    Slip("a registered file gone", (), registered_then_gone, "error: raw/second.txt: a registered file is missing. Restore it, or run with --accept to record it"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archivist:
    one = Archivist(tmp_path_factory.mktemp("slips") / "archive")
    one.receive("ferry.txt", TEXT)
    one.build()
    return one


def test_there_are_forty_and_more() -> None:
    assert len({slip.name for slip in SLIPS}) == len(SLIPS) >= 40


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_one_line_with_what_to_do(built: Archivist, tmp_path: Path, slip: Slip) -> None:
    shutil.copytree(built.folder, tmp_path / "archive")
    one = Archivist(tmp_path / "archive")
    slip.before(one)
    site = one.published()
    done = one.run(*slip.options)
    assert done.returncode == slip.code, done.stdout
    lines = [line for line in done.stdout.split("\n") if re.match("error: |warning: ", line)]
    assert lines == [slip.said]
    assert "Traceback" not in done.stdout
    if slip.code:
        assert one.published() == site


@pytest.mark.parametrize("old", ["python2.7", "python3.6", "python3.8", "python3.10"])
def test_an_old_python_is_one_line(old: str, tmp_path: Path) -> None:
    """The file is read by any Python; here the version is only claimed, so that the test runs everywhere."""
    text = (PROJECT / "build.py").read_text("utf-8")
    number = tuple(map(int, old.removeprefix("python").split(".")))
    (tmp_path / "build.py").write_text(text.replace("sys.version_info", f"{number!r}"), "utf-8")
    done = subprocess.run([sys.executable, "build.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    said = f"error: Stemma needs Python 3.11 or later; this is {number[0]}.{number[1]}. Run it with another.\n"
    assert done.stderr == said


def test_missing_libraries_are_one_line(built: Archivist) -> None:
    command = [sys.executable, "-S", str(PROJECT / "build.py")]
    done = subprocess.run(command, cwd=built.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(
        r"error: \w+ is not installed\. Run here: python -m pip install --require-hashes .*\n", done.stderr
    )


def test_a_port_that_is_taken_is_one_line(built: Archivist) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = built.run("--serve", str(port))
    assert said.returncode == 1
    assert said.stdout.startswith(f"error: port {port}: cannot be used: address already in use. Stop what uses it, or ")
    assert "Traceback" not in said.stdout


def test_quiet_says_nothing_where_nothing_is_wrong(built: Archivist) -> None:
    assert built.build("--quiet") == ""


def test_lists_are_cut_at_ten_and_the_account_has_them_all(built: Archivist, tmp_path: Path) -> None:
    shutil.copytree(built.folder, tmp_path / "archive")
    one = Archivist(tmp_path / "archive")
    for number in range(25):
        one.receive(f"empty-{number:02}.txt", b"")
    lines = one.build().split("\n")
    assert sum(line.startswith("warning: ") for line in lines) == 10
    assert "15 more warnings: --verbose prints them, build-report.json lists them." in lines
    assert (one.folder / "build-report.json").read_text("utf-8").count("not received") == 25
    shutil.rmtree(one.folder / ".stemma-cache", ignore_errors=True)
    assert one.build("--verbose").count("warning: ") == 25


def test_two_archives_side_by_side_share_neither_account_nor_lock(built: Archivist, tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    shutil.copytree(built.content, one.content)
    one.build("--site", "a")
    one.build("--site", "b")
    other = tmp_path / "other"
    shutil.copytree(one.content, other)
    said: list[str] = []
    with staging.lock(one.content, staging.lockable(tmp_path / "a"), say=said.append):
        assert "Another build" not in one.build("--content", "other", "--site", "b")
    assert said == []
    assert {"a-build-report.json", "b-build-report.json"} <= {path.name for path in tmp_path.iterdir()}
