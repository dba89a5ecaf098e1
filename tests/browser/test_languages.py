"""The sample in German and in Arabic: scripts speak the language of the page, and Arabic runs from right to left."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from stemma.commands import server
from tests.browser.conftest import ROOT, Open, opener

TEXT = "t/velmouth-packet.2017-03-15-lamp-at-ennick.html"


@pytest.fixture(scope="module", params=["de", "ar"])
def told(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Open]]:
    """The language, and how a page of the sample in it is opened."""
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(ROOT / "content", folder / "content")
    settings = folder / "content" / "archive.toml"
    settings.write_text(f'language = "{request.param}"\n{settings.read_text("utf-8")}', "utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "--content", "content", "--site", "site", "--quiet"]
    subprocess.run(command, cwd=folder, check=True)
    headers = server.headers(ROOT / "netlify.toml")
    with server.serving(folder / "site", headers) as address, opener(browser, address) as opened:
        yield request.param, opened


def test_the_search_answers_in_the_language_of_the_page(told: tuple[str, Open]) -> None:
    language, opened = told
    page = opened("search.html?q=lamp%20qqqq")
    expect(page.locator("#results")).to_be_visible()
    said = {
        "de": ("Werke, auf", "qqqq kommt in keinem Text dieses Archivs vor.", "2017", "Von "),
        "ar": ("عملًا، في", "qqqq: لا يرد في أي نص من هذا الأرشيف.", "مارس 2017", "بقلم "),
    }[language]
    shown = page.locator("#results").inner_text()
    assert [one for one in said if one not in shown] == []


def test_a_filter_by_language_is_named_in_it_and_found_by_its_english_name_too(told: tuple[str, Open]) -> None:
    language, opened = told
    page = opened("search.html?q=language:german")
    expect(page.locator("#results")).to_be_visible()
    assert page.locator("#hits > li").count() == 1
    assert {"de": "Deutsch", "ar": "الألمانية"}[language] in page.locator("#f-language").inner_text()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_a_page_runs_in_the_direction_of_its_language_and_its_text_in_its_own(
    told: tuple[str, Open], width: int
) -> None:
    language, opened = told
    for path in (TEXT, TEXT.replace("t/", "work/"), "index.html", "search.html?q=lamp", "carriage.html"):
        page = opened(path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page = opened(TEXT, width=width)
    assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate("getComputedStyle(document.querySelector('.txt')).direction") == "ltr"
    letter = page.locator("#copies .sig >> nth=0").bounding_box()
    assert letter is not None
    assert (letter["x"] > width / 2) is (language == "ar")
