"""A built site, served as its host would serve it, and a Chromium to visit it with."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from stemma.commands import server

PROJECT = Path(__file__).resolve().parent.parent
SITE = PROJECT / "site"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The program that CHROMIUM names, or the first that is installed; ends the process with a line where none is."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        sys.exit("No Chromium was found. Install it, or set CHROMIUM to its path.")
    return found


@contextmanager
def visited(site: Path) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address at which it finds the site, with the headers of netlify.toml."""
    program = chromium()
    with (
        server.serving(site, server.headers(PROJECT / "netlify.toml")) as address,
        sync_playwright() as running,
        running.chromium.launch(executable_path=program, args=QUIET) as browser,
    ):
        yield browser, address
