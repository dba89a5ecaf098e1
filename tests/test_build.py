"""The command line as a person meets it: what is said, what is published, how it ends."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archivist import PROJECT, SETTINGS, Archivist

TEXT = """The ferry that never sails

By Hanne Orlick

Velmouth Packet, May 14, 2015

The ferry to Tolleby has not sailed on a Sunday since the winter of the long frost, and nobody remembers why.

A committee of three was asked to find the reason, and found instead a key, two receipts and a drawing of a goose.

The captain says that he would sail on Sundays if he were asked, and that in nineteen years he has not been asked.
"""


@pytest.fixture
def archivist(tmp_path: Path) -> Archivist:
    one = Archivist(tmp_path)
    one.receive("ferry.txt", TEXT)
    return one


def test_a_folder_with_raw_in_it_is_enough(archivist: Archivist) -> None:
    said = archivist.build()
    assert "received 1" in said
    assert archivist.document("ferry")["title"] == "The ferry that never sails"
    assert (archivist.site / "raw/ferry.txt").read_bytes() == TEXT.encode()
    assert archivist.page("ferry").read_text("utf-8").startswith("---\ntitle: The ferry that never sails\n")


def test_the_same_bytes_twice_are_two_witnesses_with_two_addresses(archivist: Archivist) -> None:
    archivist.receive("copies/ferry.txt", TEXT)
    archivist.build()
    assert [row["id"] for row in archivist.rows("documents")] == ["copies.ferry", "ferry"]
    (relation,) = archivist.rows("relations")
    assert (relation["relation"], relation["coverage_a"]) == ("mirror", 1.0)


def test_bad_files_are_a_line_each_and_the_rest_is_built(archivist: Archivist) -> None:
    archivist.receive("empty.txt", b"")
    archivist.receive("noise.txt", bytes((7919 * n * n + 31 * n) % 256 for n in range(4000)))
    archivist.receive("new\nline.txt", TEXT.replace("ferry", "barge"))
    said = archivist.build()
    lines = [line for line in said.split("\n") if line.startswith("warning: raw/")]
    assert [line.split(":")[1].strip() for line in lines] == ["raw/empty.txt", "raw/noise.txt"]
    assert "3 raw files" not in said
    assert {row["source"] for row in archivist.rows("documents")} == {"ferry.txt", "new\nline.txt"}
    assert archivist.run("--strict").returncode == 1


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("title = 'unclosed", "cannot be read"),
        ("titel = 'x'", "Did you mean 'title'?"),
        ("title = ''", "title: must not be empty"),
        ("title = 7", "must be text in quotes"),
        ("address = 'ftp://x'", "must be a web address"),
        ("withheld = ['coments']", "must be a list of"),
    ],
)
def test_broken_settings_are_one_line_and_the_old_site_stays(archivist: Archivist, toml: str, said: str) -> None:
    archivist.build()
    before = archivist.published()
    archivist.settle(toml, instead=True)
    done = archivist.run()
    errors = [line for line in done.stdout.split("\n") if line.startswith("error:")]
    assert done.returncode == 1
    assert len(errors) == 1
    assert errors[0].startswith("error: content/archive.toml")
    assert said in errors[0]
    assert archivist.published() == before


def test_a_broken_template_names_its_file_and_line(archivist: Archivist) -> None:
    templates = archivist.folder / "mine"
    shutil.copytree(PROJECT / "templates", templates)
    text = (templates / "text.html").read_text("utf-8")
    (templates / "text.html").write_text(text + "{% endfor %}\n", "utf-8")
    done = archivist.run("--templates", "mine")
    assert done.returncode == 1
    line = 1 + text.count("\n")
    assert f"error: mine/text.html:{line}:" in done.stdout
    assert not archivist.site.exists()


def test_a_registered_file_that_changed_stops_the_build_until_it_is_accepted(archivist: Archivist) -> None:
    assert "new  ferry.txt" in archivist.build("--accept")
    archivist.receive("ferry.txt", TEXT.replace("nineteen", "twenty"))
    done = archivist.run()
    assert done.returncode == 1
    assert "error: raw/ferry.txt: a registered file has changed" in done.stdout
    assert "changed  ferry.txt" in archivist.build("--accept", "ferry.txt")
    archivist.receive("new.txt", TEXT)
    assert "warning" not in archivist.build()
    strict = archivist.run("--strict")
    assert strict.returncode == 1
    assert "warning: raw/new.txt: a page knows it and the register does not list it" in strict.stdout


def test_wrong_usage_is_2(archivist: Archivist) -> None:
    assert archivist.run("--jobs", "0").returncode == 2
    assert "argument --jobs: must be 1 or more" in archivist.run("--jobs", "many").stdout
    assert archivist.run("--sit", "x").returncode == 2


def test_continuous_integration_gets_annotations(archivist: Archivist) -> None:
    archivist.receive("a,b.txt", b"")
    said = archivist.build(GITHUB_ACTIONS="true")
    assert re.search(r"^::warning file=content/raw/a%2Cb\.txt::not received: ", said, re.MULTILINE)


def test_explain_and_review(archivist: Archivist) -> None:
    archivist.receive("untitled.txt", TEXT.split("\n\n", 4)[4])
    archivist.build()
    said = archivist.run("--explain", "content/raw/ferry.txt").stdout
    assert re.search(r"^ +1  title .*The ferry that never sails$", said, re.MULTILINE)
    assert re.search(r"rightly as text or not: \d+% of the lines\.$", said.strip())
    for name in ("ferry.txt", "ferry", "content/pages/ferry.md", "pages/ferry.md"):
        assert archivist.run("--explain", name).stdout == said
    said = archivist.run("--review").stdout
    assert "pages/untitled.md: states no title. Change: title: …" in said
    assert archivist.run("--explain", "content/raw/none.txt").returncode == 1


def test_a_template_folder_and_a_site_anywhere(archivist: Archivist) -> None:
    archivist.build("--site", "deep/er/site")
    assert (archivist.folder / "deep/er/site/index.html").exists()
    assert not list((archivist.folder / "deep/er").glob(".*"))


def test_what_the_collector_knows_is_a_claim_with_the_collector_as_evidence(archivist: Archivist) -> None:
    table = archivist.content / "sources.csv"
    rows = "ferry.txt,https://packet.example/ferry,2021-05-09,the harbour office\ngone.txt,,,\n"
    table.write_text("path,original_url,received_on,received_from\n" + rows)
    said = archivist.build()
    assert "warning: sources.csv: there is no raw/gone.txt" in said
    assert archivist.document("ferry")["original_url"] == "https://packet.example/ferry"
    html = archivist.published()["t/ferry.html"].decode()
    assert "on 9 May 2021 from <bdi>the harbour office</bdi>, as the collector notes" in html
    assert "the collector" in html


def test_the_curators_list_is_a_page_where_settings_ask_for_it(archivist: Archivist) -> None:
    archivist.receive("untitled.txt", TEXT.split("\n\n", 4)[4])
    archivist.build()
    assert not (archivist.site / "review.html").exists()
    archivist.settle("review_page = true\n")
    archivist.build()
    assert "states no title" in (archivist.site / "review.html").read_text("utf-8")


@pytest.mark.parametrize("site", ["content", "content/raw/site", "."])
def test_a_site_never_takes_the_place_of_anything_else(archivist: Archivist, site: str) -> None:
    (archivist.folder / "thesis").mkdir()
    (archivist.folder / "thesis/chapter.md").write_text("One.")
    for place in (site, "thesis"):
        done = archivist.run("--site", place)
        assert done.returncode == 1
        assert "Name another folder with --site" in done.stdout
    assert (archivist.content / "raw/ferry.txt").exists()
    assert (archivist.folder / "thesis/chapter.md").exists()


def test_nothing_received_is_an_error_and_the_old_site_stays(archivist: Archivist) -> None:
    archivist.build()
    before = archivist.published()
    (archivist.content / "raw/ferry.txt").rename(archivist.folder / "ferry.txt")
    done = archivist.run()
    assert done.returncode == 1
    assert "there is no text to publish" in done.stdout
    assert archivist.published() == before


def test_accepting_a_path_that_is_not_there_is_an_error(archivist: Archivist) -> None:
    done = archivist.run("--accept", "fery.txt")
    assert done.returncode == 1
    assert "nothing to accept at 'fery.txt'" in done.stdout
    assert not (archivist.content / "manifest-sha256.txt").exists()


@pytest.mark.parametrize("key", ["boilerplate", "furniture"], ids=["as it is called", "as version 0.1.0 called it"])
def test_a_publishers_own_boilerplate_is_set_aside_by_name(archivist: Archivist, key: str) -> None:
    closed = "Replies to this paper are closed after nine tides, and not before, by order of the harbour office."
    archivist.receive("tides.txt", f"{TEXT}\n{closed}\n")
    archivist.build()
    assert closed in archivist.document("tides")["body"]
    record = f'[[publisher]]\nname = "Velmouth Packet"\n{key} = ["{closed}"]\n'
    (archivist.content / "publishers.toml").write_text(record, "utf-8")
    archivist.build()
    assert closed not in archivist.document("tides")["body"]
    assert archivist.document("tides")["blocks"][-1]["rule"] == "publisher.boilerplate"


def test_the_rights_of_an_example_are_never_stated_of_other_texts(archivist: Archivist) -> None:
    sample = SETTINGS.replace("archive.example", "velm.example") + 'licence = "Everything here is fiction."\n'
    archivist.settle(sample, instead=True)
    for options in ((), ("--accept",), ("--strict",)):
        done = archivist.run(*options)
        assert done.returncode == 1
        assert "error: content/archive.toml: has the address of an example, https://velm.example/, " in done.stdout
        assert not archivist.site.exists()
    archivist.settle(sample.replace("velm.example", "velm.org"), instead=True)
    archivist.build()


def test_without_settings_nothing_is_stated_and_a_warning_says_so(archivist: Archivist) -> None:
    archivist.settle("", instead=True)
    said = archivist.build()
    assert "warning: content/archive.toml: does not set title and address: a placeholder is shown" in said
    home = archivist.published()["index.html"].decode()
    assert "Rights in the texts" not in home
    assert "Contact" not in home


def test_settings_where_version_0_1_0_kept_them_stop_a_build(archivist: Archivist) -> None:
    archivist.settle()
    (archivist.content / "archive.toml").rename(archivist.folder / "archive.toml")
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "--content", "content", "--site", "site"],
        cwd=archivist.folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "error: content/archive.toml: is read from the content folder; there is one in " in done.stdout


def test_a_settings_file_that_is_named_must_exist(archivist: Archivist) -> None:
    done = archivist.run("--config", "none.toml")
    assert done.returncode == 1
    assert "error: none.toml: there is no such file. Correct --config, or leave it out" in done.stdout
