"""Every page type: quiet, at home on a narrow screen, and readable from a folder of files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]

KINDS = (
    "index.html", "search.html", "search.html?q=lamp", "latest.html", "dates.html", "dates/2017.html",
    "publishers.html", "publishers/*.html", "authors.html", "authors/*.html", "sources.html",
    "sources/*.html", "languages.html", "languages/*.html", "tags.html", "titles.html",
    "titles/*.html", "copied.html", "atlas.html", "carriage.html", "carriage/*/*.html", "about.html", "reading.html",
    "citing.html", "glossary.html", "build.html", "withdrawn.html", "404.html", "t/*.html", "work/*.html",
    "compare/*/*.html",
)  # fmt: skip


def one(site: Path, kind: str) -> str:
    """A page of a kind: the largest."""
    path, mark, query = kind.partition("?")
    found = max(sorted(site.glob(path)), key=lambda page: page.stat().st_size, default=None)
    if found is None:
        pytest.skip(f"the sample has no {path}")
    return found.relative_to(site).as_posix() + mark + query


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_on_a_narrow_screen(opening: Open, site: Path, kind: str) -> None:
    page = opening(one(site, kind), width=320)
    page.wait_for_timeout(400 if "?" in kind else 0)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "?" not in kind and kind != "404.html"])
def test_a_page_reads_from_a_folder_of_files(opening: Open, site: Path, kind: str) -> None:
    page = opening((site / one(site, kind)).as_uri(), watched=kind != "search.html")
    expect(page.locator("main h1, main h2").first).to_be_attached()
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper')")


def test_search_from_a_folder_says_why_it_cannot(opening: Open, site: Path) -> None:
    page = opening((site / "search.html").as_uri(), watched=False)
    expect(page.locator("#without")).to_contain_text("needs JavaScript and a web server")
    page.get_by_role("link", name="Titles, A to Z").click()
    expect(page.locator("h1")).to_have_text("Titles")


def test_a_query_from_a_folder_stays_in_the_box_beside_the_reason(opening: Open, site: Path) -> None:
    page = opening((site / "index.html").as_uri(), watched=False)
    page.get_by_role("searchbox").fill("lamp at dusk")
    page.keyboard.press("Enter")
    expect(page.locator("#without")).to_contain_text("nothing has been searched")
    expect(page.get_by_role("searchbox")).to_have_value("lamp at dusk")


def test_without_javascript_the_search_box_says_so_before_anything_is_typed(opening: Open) -> None:
    page = opening("index.html", java_script_enabled=False)
    expect(page.get_by_role("search")).to_contain_text("needs JavaScript")
    page.get_by_role("searchbox").fill("lamp")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#without")).to_contain_text("nothing has been searched")
    expect(page.locator("#lists a").first).to_be_visible()


def test_a_list_sorts_where_it_is_read_and_back(opening: Open, site: Path) -> None:
    page = opening(one(site, "publishers/*.html"))
    titles = page.locator(".entries a")
    listed = titles.all_inner_texts()
    page.get_by_role("button", name="A to Z").click()
    assert titles.all_inner_texts() != listed
    assert sorted(titles.all_inner_texts()) == sorted(listed)
    expect(page.get_by_role("button", name="A to Z")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".sub").first).to_be_hidden()
    page.get_by_role("button", name="as listed").click()
    assert titles.all_inner_texts() == listed
    plain = opening(one(site, "publishers/*.html"), java_script_enabled=False)
    expect(plain.get_by_role("button", name="A to Z")).to_be_hidden()


def test_from_a_margin_to_all_readings_of_the_paragraph(opening: Open, site: Path) -> None:
    found = next(path for path in site.glob("t/*.html") if "429 words" in path.read_text("utf-8"))
    page = opening(found.relative_to(site).as_posix(), java_script_enabled=False)
    page.locator("#p3 .all a").click()
    here = page.locator(".readings > :target")
    expect(here.locator(".letters")).to_have_count(3)
    page.wait_for_load_state("load")
    tops = "(all) => new Set(all.map((one) => Math.round(one.getBoundingClientRect().y))).size"
    assert here.locator(".letters").evaluate_all(tops) == 1
    page.set_viewport_size({"width": 360, "height": 900})
    assert here.locator(".letters").evaluate_all(tops) == 3


def test_a_lost_address_at_any_depth_has_style_and_ways_out(opening: Open) -> None:
    page = opening("no/such/page/at/all.html", watched=False)
    expect(page.locator("h1")).to_have_text("There is nothing at this address")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper')")
    page.get_by_role("link", name="Publishers").first.click()
    expect(page.locator("h1")).to_have_text("Publishers")


def test_keyboard_alone_from_home_to_a_compared_paragraph(opening: Open, site: Path) -> None:
    page = opening("index.html")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    work = page.locator("#copied table a").first
    work.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/**")
    compared = page.locator("main a[href*='compare/']").first
    compared.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/**")
    assert (site / "compare").is_dir()


def test_a_short_text_prints_on_two_pages_with_its_citation(opening: Open, site: Path) -> None:
    """The lamp: 429 words, four copies, two texts that have a part of it."""
    found = next(path for path in site.glob("t/*.html") if "429 words" in path.read_text("utf-8"))
    page = opening(found.relative_to(site).as_posix())
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
