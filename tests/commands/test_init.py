"""A new archive: its files, what it states, and the program it carries."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from stemma import __version__
from stemma.commands import init, wheel
from stemma.packaged import SKELETON
from stemma.problems import BuildFailed
from stemma.settings import FROM_FILE, Settings, read
from tests.archivist import PROJECT
from tests.commands.installed import Installed, pip

WHEEL = f"program/stemma_archive-{__version__}-py3-none-any.whl"
TEXT = """The ferry that never sails

By Hanne Orlick

Velmouth Packet, May 14, 2015

The ferry to Tolleby has not sailed on a Sunday since the winter of the long frost, and nobody remembers why.

A committee of three was asked to find the reason, and found instead a key, two receipts and a drawing of a goose.
"""
FILES = [
    ".gitattributes",
    ".github/workflows/pages.yml",
    ".gitignore",
    ".python-version",
    "build.py",
    "content/README.md",
    "content/archive.toml",
    "content/raw/.gitkeep",
    "netlify.toml",
    WHEEL,
    "requirements.txt",
    "templates/README.md",
]


@pytest.fixture(scope="module")
def archive(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "an archive"
    installed.stemma("init", str(folder), "--title", 'Ferry "papers"', cwd=folder.parent)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_archive_has_these_files_and_states_nothing_but_what_was_given(archive: Path) -> None:
    assert sorted(files(archive)) == sorted(FILES)
    stated = tomllib.loads((archive / "content/archive.toml").read_text("utf-8"))
    assert stated == {"title": 'Ferry "papers"'}


def test_files_that_an_archive_shares_with_the_program_are_the_same(archive: Path) -> None:
    for name in ("build.py", "netlify.toml", ".python-version", ".gitattributes", ".github/workflows/pages.yml"):
        assert (archive / name).read_bytes() == (PROJECT / name).read_bytes()


def test_it_builds_with_the_command_and_with_its_own_build_py(archive: Path, installed: Installed) -> None:
    (archive / "content/raw/ferry.txt").write_text(TEXT, "utf-8")
    said = installed.stemma("build", "--no-search", cwd=archive)
    assert "content/archive.toml: does not set address" in said
    first = files(archive / "site")
    done = installed.run("build.py", "--no-search", cwd=archive)
    assert done.returncode == 0, done.stdout
    assert files(archive / "site") == first
    page = first["t/ferry.html"].decode()
    assert "Ferry &#34;papers&#34;" in page
    assert "Rights in the texts" not in page


def test_the_wheel_is_the_same_however_often_it_is_made(archive: Path, tmp_path: Path) -> None:
    """Installed from the archive's own requirements, whose hash pip checks, the program writes the same wheel."""
    lines = (archive / "requirements.txt").read_text("utf-8").split("\n")
    pinned = [line for line in lines if line.startswith("./program/")]
    assert len(pinned) == 1
    (tmp_path / "program-only.txt").write_text(pinned[0], "utf-8")
    target, requirements = str(tmp_path / "again"), str(tmp_path / "program-only.txt")
    pip("install", "--no-deps", "--require-hashes", "--target", target, "-r", requirements, cwd=archive)
    Installed(tmp_path / "again").stemma("init", "second", cwd=tmp_path)
    first, second = (folder / WHEEL for folder in (archive, tmp_path / "second"))
    assert first.read_bytes() == second.read_bytes()
    assert (tmp_path / "second/requirements.txt").read_bytes() == (archive / "requirements.txt").read_bytes()


def test_the_requirements_pin_every_library_by_its_hash(archive: Path) -> None:
    text = (archive / "requirements.txt").read_text("utf-8")
    assert text.endswith((PROJECT / "requirements.txt").read_text("utf-8"))
    assert len(re.findall(r"^[a-z0-9-]+==|^\./program/", text, re.MULTILINE)) <= text.count("--hash=sha256:")


def test_an_archive_is_never_written_over_another(archive: Path, installed: Installed) -> None:
    before = files(archive)
    said = installed.stemma("init", str(archive), cwd=archive.parent, code=1)
    assert re.search(r"^error: an archive: there is already \.gitattributes, and \d+ more files", said)
    assert files(archive) == before


def test_a_changed_program_is_refused(installed: Installed, tmp_path: Path) -> None:
    module = installed.folder / "stemma/text.py"
    was = module.read_bytes()
    module.write_bytes(was + b"# changed\n")
    said = installed.stemma("init", "new", cwd=tmp_path, code=1)
    module.write_bytes(was)
    assert said.startswith("error: stemma: stemma/text.py is not as it was installed. Install the program again")
    assert not (tmp_path / "new").exists()


def test_a_working_copy_is_refused_with_one_line() -> None:
    with pytest.raises(BuildFailed) as failed:
        wheel.rebuilt()
    (problem,) = failed.value.problems
    assert problem.remedy.startswith("Install it as a package")


def test_a_wrong_setting_is_named(installed: Installed, tmp_path: Path) -> None:
    said = installed.stemma("init", "new", "--address", "velm", cwd=tmp_path, code=1)
    assert re.search(r"error: new/content/archive\.toml:\d+: address: must be a web address", said)


def test_there_is_a_commented_line_for_each_setting_and_each_is_right(tmp_path: Path) -> None:
    text = (SKELETON / "content/archive.toml").read_text("utf-8")
    assert tomllib.loads(text) == {}
    set_all = re.sub(r"(?m)^#(?=\w+ = |\[\[)", "", text)
    assert tuple(tomllib.loads(set_all)) == FROM_FILE
    (tmp_path / "archive.toml").write_text(set_all, "utf-8")
    (tmp_path / "about.md").touch()
    (tmp_path / "static").mkdir()
    (tmp_path / "raw").mkdir()
    for name in ("own.css", "logo.svg", "icon.png"):
        (tmp_path / "static" / name).touch()
    place = Settings(content=tmp_path, templates=tmp_path, config=tmp_path / "archive.toml")
    _, problems = read(place)
    assert problems == ()
    assert init.settings_file({}) == text.encode()
