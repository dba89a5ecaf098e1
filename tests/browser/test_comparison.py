"""The comparison of the sample's lamp: three views, two folds, steps by link and by key, whole without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open


@pytest.fixture(name="lamp")
def _lamp(site: Path) -> str:
    """The comparison of the lamp with the version that put it out, whichever of the two is the base."""
    found = sorted(site.glob("compare/*lamp-at-ennick*/*ennick-lamp-to-be-put-out.html"))
    assert found
    return found[0].relative_to(site).as_posix()


def _seen(page: Page, selector: str) -> int:
    return sum(one.is_visible() for one in page.locator(selector).all())


def test_two_columns_hide_the_words_of_the_other(opening: Open, lamp: str) -> None:
    page = opening(lamp)
    assert _seen(page, ".pair .a del:not(.ty del)") > 0
    assert _seen(page, ".pair .a ins") == 0
    assert _seen(page, ".pair .b del") == 0
    page.get_by_label("in one line").check()
    assert _seen(page, ".pair .a ins:not(.ty ins)") > 0
    assert _seen(page, ".pair .b") == 0


def test_the_second_column_has_the_whole_text(opening: Open, lamp: str) -> None:
    page = opening(lamp)
    same = page.locator(".pair.eq:not(:has(.ty))").first
    assert same.locator(".b").inner_text() == same.locator(".a").inner_text() != ""


def test_wide_and_without_script_there_is_one_column(opening: Open, lamp: str) -> None:
    page = opening(lamp, java_script_enabled=False)
    assert _seen(page, ".pair .a ins") > 0
    assert _seen(page, ".pair .a del") > 0
    assert _seen(page, ".pair .b") == 0
    assert _seen(page, ".cols-only") == 0


def test_only_what_differs_and_what_was_left_out_is_said(opening: Open, lamp: str) -> None:
    page = opening(lamp)
    every = _seen(page, ".pair")
    page.get_by_label("only paragraphs that differ").check()
    assert 0 < _seen(page, ".pair") < every
    assert "the same words" in page.locator(".skipped.words").first.inner_text()


def test_typographic_differences_are_folded_until_asked_for(opening: Open, lamp: str) -> None:
    page = opening(lamp)
    page.get_by_label("in one line").check()
    assert _seen(page, ".a .ty ins") == 0
    page.get_by_label("typographic").check()
    assert _seen(page, ".a .ty ins") > 0


def test_steps_by_key_and_by_link(opening: Open, lamp: str) -> None:
    page = opening(lamp)
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.url.endswith("#v2")
    page.keyboard.press("p")
    assert page.url.endswith("#v1")
    page.locator("#v1 .steps a").last.click()
    assert page.url.endswith("#v2")


def test_narrow_and_without_script_everything_is_there(opening: Open, lamp: str) -> None:
    page = opening(lamp, width=320, java_script_enabled=False)
    assert _seen(page, ".pair .a ins") > 0
    assert _seen(page, ".pair .a del") > 0
    assert page.locator(".pair .b").first.is_hidden()


def test_from_a_compared_paragraph_to_its_citation(opening: Open, lamp: str) -> None:
    page = opening(lamp)
    page.locator("#q2 > a").first.click()
    assert page.url.endswith("#p2")
    assert page.locator("#p2:target").count() == 1
    assert "For a paragraph add its number" in page.locator("#cite").inner_text()
