"""An archive made by version 0.1.0, with a curator's work in it: nothing lost, nothing returned, each address answers.

tests/golden/archive-0.1.0 was made by that version: two corrected publishers, a corrected body, an alias, a withdrawn
text, a template of its own (404.html), and a few files of the clone it lies in. addresses.txt lists its site.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stemma import __version__
from stemma.curation import seal
from tests import sample
from tests.archivist import PROJECT
from tests.commands.installed import Installed
from tests.commands.test_init import WHEEL, files

FIXTURE = PROJECT / "tests/golden/archive-0.1.0"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path / "archive")
    (tmp_path / "archive/addresses.txt").unlink()
    return tmp_path / "archive"


def test_a_dry_run_says_what_will_change_and_writes_nothing(archive: Path, installed: Installed) -> None:
    before = files(archive)
    said = installed.stemma("upgrade", "--dry-run", cwd=archive)
    assert said.startswith(f"Upgrade of . from 0.1.0 to {__version__}.\n")
    for line in (
        "Addresses: 5 stay",
        "Pages: publisher of 1 of 5 differs",
        "Works: not compared, as there is no site of the former version",
        f"Writes: .gitattributes, .github/workflows/pages.yml, .gitignore, build.py, {WHEEL}, requirements.txt.",
        "Moves: archive.toml to content/archive.toml.",
        "Templates of yours that are older than what they replace: templates/404.html. Compare each.",
        "Files of the clone that may be deleted: 5, Makefile, pyproject.toml, stemma/ (2), templates/ (1).",
        "Nothing was written: this was a dry run.",
    ):
        assert f"\n{line}\n" in said
    assert files(archive) == before


def test_nothing_is_lost_and_nothing_returns(archive: Path, installed: Installed) -> None:
    before = files(archive)
    installed.stemma("upgrade", "--delete", cwd=archive)
    after = files(archive)
    assert {path: data for path, data in after.items() if path.startswith("content/")} == {
        **{path: data for path, data in before.items() if path.startswith("content/")},
        "content/archive.toml": before["archive.toml"],
    }
    assert after["templates/404.html"] == before["templates/404.html"]
    assert not {"archive.toml", "Makefile", "stemma/nouns.py", "templates/home.html"} & after.keys()
    done = installed.run("build.py", cwd=archive)
    assert done.returncode == 1
    assert "error: templates/404.html:4: there is no template _ask.html. Correct it, or delete it" in done.stdout
    own = (PROJECT / "templates/404.html").read_text("utf-8").replace("<h1>", "<h1>The school says: ", 1)
    (archive / "templates/404.html").write_text(own, "utf-8")
    done = installed.run("build.py", cwd=archive)
    assert done.returncode == 0, done.stdout
    site = files(archive / "site")
    addresses = (FIXTURE / "addresses.txt").read_text("utf-8").split("\n")
    pages = [path for path in addresses if path.endswith(".html")]
    moved = {
        path: path.replace("work/", "t/") for path in pages
    }  # a work has one page, or none, and other addresses lead to the text
    gone = [path for path in pages if path not in site and moved[path] not in site]
    assert gone == ["publishers/not--stated.html"]  # the publisher of the one text listed there is read now
    assert b"COMMON GROUND" in site["t/commons-grue-vom-wehr--9e451bdd88a3.html"]
    assert b"The school says: " in site["404.html"]
    assert b"Ned Quill, has applied" in site["t/packet.2016-05-01-ferry.html"]
    assert b"globe" not in b"".join(data for path, data in site.items() if path != "t/packet.2016-06-12-notice.html")
    assert b"One of the persons named asked for it." in site["t/packet.2016-06-12-notice.html"]
    assert not [path for path in site if path.startswith("raw/") and "notice" in path]
    pages_now = files(archive / "content/pages")
    assert b"publisher: Tolleby Packet" in pages_now["packet.2016-04-03-lamp.md"]
    assert b"- two-captains" in pages_now["packet.2016-05-01-ferry.md"]


def test_what_the_curator_changed_of_the_program_is_left_and_named(archive: Path, installed: Installed) -> None:
    (archive / "netlify.toml").write_text("# ours\n", "utf-8")
    said = installed.stemma("upgrade", cwd=archive)
    assert "Leaves what you changed: netlify.toml." in said
    assert (archive / "netlify.toml").read_text("utf-8") == "# ours\n"
    assert (archive / "stemma/nouns.py").exists()
    assert said.endswith("delete the former program's files: run stemma upgrade --delete\n")
    installed.stemma("upgrade", "--delete", cwd=archive)
    assert not (archive / "stemma").exists()


@pytest.mark.skipif(not sample.is_here(), reason=sample.REASON)
def test_the_samples_settings_are_never_taken_over(archive: Path, installed: Installed) -> None:
    settings = (PROJECT / "content/archive.toml").read_text("utf-8")
    listed = (PROJECT / "stemma/skeleton/version-0.1.0.txt").read_text("utf-8")
    (archive / "archive.toml").write_text(settings, "utf-8")
    assert "  archive.toml\n" in listed
    said = installed.stemma("upgrade", cwd=archive)
    assert "Does not take over: archive.toml, which is the sample's." in said
    assert not (archive / "content/archive.toml").exists()


def test_an_archive_of_its_own_gets_the_newer_wheel(archive: Path, installed: Installed, tmp_path: Path) -> None:
    new = tmp_path / "new"
    installed.stemma("init", str(new), cwd=tmp_path)
    shutil.rmtree(new / "content")
    shutil.copytree(archive / "content", new / "content")
    (new / WHEEL).rename(new / "program/stemma_archive-0.1.9-py3-none-any.whl")
    (new / "templates/home.html").write_text("{% extends 'layout.html' %}", "utf-8")
    (new / ".github/workflows/pages.yml").unlink()
    said = installed.stemma("upgrade", cwd=new)
    assert said.startswith(f"Upgrade of . from 0.1.9 to {__version__}.\n")
    assert "\nDeletes: program/stemma_archive-0.1.9-py3-none-any.whl.\n" in said
    assert sorted(path.name for path in (new / "program").iterdir()) == [Path(WHEEL).name]
    assert not (new / ".github/workflows/pages.yml").exists()


def test_a_folder_without_an_archive_is_one_line(installed: Installed, tmp_path: Path) -> None:
    said = installed.stemma("upgrade", cwd=tmp_path, code=1)
    assert said == "error: .: holds no archive: there is no folder content. Name an archive's folder\n"


def test_an_archive_with_errors_is_not_upgraded(archive: Path, installed: Installed) -> None:
    page = archive / "content/pages/packet.2016-04-03-lamp.md"
    page.write_text(page.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    before = files(archive)
    said = installed.stemma("upgrade", cwd=archive, code=1)
    assert "unknown key 'titel'" in said
    assert files(archive) == before


def test_fields_and_texts_that_will_differ_are_counted(archive: Path, installed: Installed) -> None:
    """As if the former version had read another author: the seal fits what it wrote, so the field is the program's."""
    page = archive / "content/pages/packet.2016-04-03-lamp.md"
    text = page.read_text("utf-8")
    text = text.replace("- Maud Ferrin", "- Maud Ferris", 1)
    text = text.replace("  author: 55f9475b29b0", f"  author: {seal.of_values(['Maud Ferris'])}", 1)
    page.write_text(text, "utf-8")
    assert "\nPages: publisher of 1, author of 1 of 5 differs\n" in installed.stemma(
        "upgrade", "--dry-run", cwd=archive
    )
