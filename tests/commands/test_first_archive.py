"""docs/first-archive.md shows what commands print. ``python -m tests.commands.test_first_archive`` writes it anew."""

from __future__ import annotations

import re
import shlex
import tempfile
from pathlib import Path

from tests.archivist import PROJECT
from tests.commands.installed import Installed, install

PAGE = PROJECT / "docs/first-archive.md"
CONSOLE = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
TEXT = re.compile(r"```text\n(.*?)```\n", re.DOTALL)


def session(installed: Installed, folder: Path) -> str:
    """The page with what its commands print in ``folder``."""
    text = PAGE.read_text("utf-8")
    raw = folder / "harbour/content/raw/packet/2015-05-14-ferry.txt"
    page = folder / "harbour/content/pages/packet.2015-05-14-ferry.md"
    here = folder
    blocks = []
    for block in CONSOLE.findall(text):
        printed = ""
        for command in re.findall(r"(?m)^\$ (.*)$", block):
            words = shlex.split(command)
            printed += f"$ {command}\n"
            if words[0] == "cd":
                here = here / words[1]
                raw.parent.mkdir(parents=True)
                raw.write_text(TEXT.findall(text)[0], "utf-8")
                continue
            if words[1] == "accept":
                page.write_text(page.read_text("utf-8").replace("publisher: ''", "publisher: Velmouth Packet"), "utf-8")
            printed += installed.stemma(*words[1:], cwd=here)
        blocks.append(printed)
    return CONSOLE.sub(lambda _: f"```console\n{blocks.pop(0)}```\n", text)


def masked(text: str) -> str:
    """The page without what varies: times, sizes and numbers of files, and with them the width of columns."""
    return re.sub(r"\d[\d.,]*", "N", re.sub(r" +", " ", text))


def test_the_page_shows_what_the_commands_print(installed: Installed, tmp_path: Path) -> None:
    assert masked(session(installed, tmp_path)) == masked(PAGE.read_text("utf-8"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PAGE.write_text(session(install(Path(place)), Path(place)), "utf-8")
