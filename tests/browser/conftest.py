"""The sample site, built and served with the headers of netlify.toml, in a real Chromium; some tests also in Firefox.

Every page opened here is watched: a console message, an error, or a request to another origin fails its test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from stemma.commands import server

ROOT = Path(__file__).parents[2]
NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


FIREFOX = (os.environ.get("FIREFOX", ""), "firefox", "firefox-esr")


def chromium_path() -> str | None:
    """The first Chromium there is."""
    return next(filter(None, (shutil.which(name) for name in NAMES if name)), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, or a skip that says how to get one."""
    found = chromium_path()
    if found is None:
        pytest.skip("no Chromium found: install the package chromium, or set CHROMIUM to the path of one")
    return found


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own archive, built as anybody builds it."""
    del chromium  # without one there is no need to build
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "content", folder / "content")
    command = [sys.executable, str(ROOT / "build.py"), "--content", "content", "--site", "site", "--quiet"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site on loopback."""
    with server.serving(site, server.headers(ROOT / "netlify.toml")) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    with playwright.chromium.launch(executable_path=chromium, args=QUIET) as running:
        yield running


@pytest.fixture(scope="session")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The installed Firefox, driven by WebDriver BiDi, or a skip that says how to get one."""
    path = next(filter(None, (shutil.which(name) for name in FIREFOX if name)), None)
    if path is None:
        pytest.skip("no Firefox found: install firefox-esr, or set FIREFOX to the path of one")
    home = str(tmp_path_factory.mktemp("firefox"))  # Firefox refuses a home that belongs to somebody else
    with playwright.firefox.launch(
        channel="moz-firefox", executable_path=path, env={**os.environ, "HOME": home}
    ) as running:
        yield running


Open = Callable[..., Page]


@pytest.fixture
def opening(browser: Browser, address: str) -> Iterator[Open]:
    """Open pages in fresh contexts: ``opening("search.html", width=320)``; fails its test where a page is not quiet.

    ``watched=False`` is for tests that break something on purpose.
    """
    with opener(browser, address) as opened:
        yield opened


@contextmanager
def opener(browser: Browser, address: str) -> Iterator[Open]:
    """What the fixture ``opening`` gives, in any browser."""
    amiss: list[str] = []
    with ExitStack() as stack:

        def opened(path: str, *, width: int = 1200, watched: bool = True, **options: object) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
            stack.callback(context.close)
            if watched:
                _watch(context, address, amiss)
            page = context.new_page()
            page.set_default_timeout(8000)
            page.goto(path if path.startswith(("file:", "about:", "http:")) else address + path)
            return page

        yield opened
    assert not amiss


def _watch(context: BrowserContext, address: str, amiss: list[str]) -> None:
    context.on("console", lambda message: amiss.append(f"console: {message.text}"))
    context.on("weberror", lambda error: amiss.append(f"error: {error.error}"))
    context.on("dialog", lambda dialog: amiss.append(f"dialog: {dialog.message}"))
    context.on("request", lambda request: None if request.url.startswith((address, "file:", "about:"))
               else amiss.append(f"request: {request.url}"))  # fmt: skip
