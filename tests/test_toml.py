"""TOML files cost no more than their size, and say on which line they are wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stemma import settings
from stemma.settings import Settings


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("title = " + "[" * 100_000, "nested too deeply", None),
        ("title = " + "{a=" * 100_000, "nested too deeply", None),
        ("# one\n" + "a." * 20_000 + "a = 1", "more than twenty parts", 2),
        ("# one\n[" + "a . " * 20_000 + "a]", "more than twenty parts", 2),
        ("title = 'a'\n" + "x" * 5_000_000, "is larger than 4,194,304 bytes", None),
    ],
)
def test_what_cannot_be_read_in_time_is_refused(tmp_path: Path, text: str, said: str, line: int | None) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "archive.toml").write_text(text, "utf-8")
    _, problems = settings.read(Settings(content=tmp_path, config=tmp_path / "archive.toml"))
    assert said in problems[0].what
    assert problems[0].line == line


def test_a_pipe_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    os.mkfifo(tmp_path / "archive.toml")
    _, problems = settings.read(Settings(content=tmp_path, config=tmp_path / "archive.toml"))
    assert "is a pipe, not a file" in problems[0].what


def test_many_dots_in_a_text_are_no_long_key(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "archive.toml").write_text(f'title = "{"wait . " * 30}"\naddress = "https://a.b.c.d.e/"\n', "utf-8")
    _, problems = settings.read(Settings(content=tmp_path, config=tmp_path / "archive.toml"))
    assert problems == ()
