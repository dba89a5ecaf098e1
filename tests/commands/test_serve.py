"""The preview builds, serves, and builds again when a page changes; a failed build leaves the site that was there."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.archivist import PROJECT, Archivist

TEXT = """The ferry that never sails

By Hanne Orlick

Velmouth Packet, May 14, 2015

The ferry to Tolleby has not sailed on a Sunday since the winter of the long frost, and nobody remembers why.

A committee of three was asked to find the reason, and found instead a key, two receipts and a drawing of a goose.
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def archivist(tmp_path: Path) -> Archivist:
    one = Archivist(tmp_path)
    one.receive("ferry.txt", TEXT)
    return one


@pytest.fixture
def address(archivist: Archivist) -> Iterator[str]:
    """The preview of the archive, as a person starts it."""
    port = free_port()
    command = [sys.executable, str(PROJECT / "build.py"), "--content", "content", "--site", "site", "--no-search"]
    process = subprocess.Popen(
        [*command, "--serve", str(port)], cwd=archivist.folder, stdout=subprocess.PIPE, text=True
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.kill(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert said.endswith("Stopped.\n")


def got(address: str) -> str:
    """A page, or nothing while there is none."""
    try:
        with urlopen(address, timeout=30) as answer:
            return str(answer.read().decode())
    except URLError:
        return ""


def until(condition: Callable[[], object]) -> bool:
    """Whether it comes true before the time limit of the test."""
    while not condition():
        time.sleep(0.1)
    return True


@pytest.mark.timeout(300)
def test_a_change_is_built_and_the_browser_is_told(archivist: Archivist, address: str) -> None:
    assert until(lambda: "that never sails" in got(address + "t/ferry.html"))
    assert '<script src="/.reload.js"></script>' in got(address + "t/ferry.html")
    assert until(lambda: got(address + ".version"))
    before = got(address + ".version")
    archivist.edit("ferry", "title: The ferry that never sails", "title: The ferry sails")
    assert until(lambda: got(address + ".version") != before)
    assert "<title>The ferry sails" in re.sub(r"\s+", " ", got(address + "t/ferry.html"))
    built = got(address + ".version")
    archivist.edit("ferry", "title: ", "tilte: ")
    assert until(lambda: got(address + ".version") != built)
    assert "<title>The ferry sails" in re.sub(r"\s+", " ", got(address + "t/ferry.html")), "the site that was there"
