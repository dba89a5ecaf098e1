"""This build, recurring boilerplate, shared texts between publishers: numbers that lead to what they count."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from stemma.records import Problem, Severity
from tests.publish import archives
from tests.publish.browse.test_lists import site


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_lines_that_recur_on_unrelated_pages_are_listed_with_the_pages_they_appear_on() -> None:
    page = plain(site(archives.quay())["atlas.html"])
    assert "Please give five crowns. appeal for money or a subscription, on 5 pages of 3 works" in page
    assert "Home | Tides | Letters navigation, on 5 pages of 3 works" in page
    assert "Lamp to be put out" in page


def test_a_label_that_is_withheld_is_not_listed_for_a_text_that_was_taken_down() -> None:
    edits = {name: archives.withdrawn(name) for name in ("year", "eels")}
    page = plain(site(replace(archives.quay(), edits=edits))["atlas.html"])
    assert "No line recurs on pages of unrelated works." in page


def test_publishers_that_share_a_work_are_counted_with_their_order() -> None:
    pages = site(archives.quay())
    overview = plain(pages["carriage.html"])
    assert "Quay Packet , Valley Record 1 shared works 1 first is earlier by 7 days 0 0 0" in overview
    pair = next(page for path, page in pages.items() if path.startswith("carriage/quay") and "Valley Record" in page)
    assert 'href="../../work/quay-1.html"' in pair
    assert "Quay Packet states the earlier date" in pair


def test_the_account_adds_up() -> None:
    archive = replace(
        archives.quay(),
        problems=(
            Problem(Severity.WARNING, "raw/x.txt", "empty file"),
            Problem(Severity.WARNING, "content/pages", "cannot be written"),
            Problem(Severity.NOTE, "raw/y.txt", "not in the register"),
        ),
    )
    page = plain(site(archive)["build.html"])
    assert "texts published 5" in page
    assert "works with more than one witness 1" in page
    assert "appeal.give appeal for money or a subscription 5 5" in page
    assert "raw/x.txt empty file" in page
    assert "content/pages" not in page
    assert "raw/y.txt" not in page
