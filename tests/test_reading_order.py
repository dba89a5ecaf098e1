"""Every page of the sample as it is heard: headings in order, names that say what is meant, ids that are one place."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.archivist import PROJECT, Archivist

KINDS = (
    "*.html", "t/*.html", "work/*.html", "compare/*/*.html", "dates/*.html", "publishers/*.html", "authors/*.html",
    "sources/*.html", "languages/*.html", "tags/*.html", "titles/*.html", "carriage/*/*.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("heard")
    shutil.copytree(PROJECT / "content", folder / "content")
    one = Archivist(folder)
    one.build("--no-search")
    return one.site


def parsed(site: Path, kind: str) -> list[tuple[str, LexborHTMLParser]]:
    found = [(path.relative_to(site).as_posix(), path) for path in sorted(site.glob(kind))]
    assert found, kind
    return [(name, LexborHTMLParser(path.read_text("utf-8"))) for name, path in found]


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_in_order(site: Path, kind: str) -> None:
    for name, page in parsed(site, kind):
        levels = [int(str(one.tag)[1]) for one in page.css("h1, h2, h3, h4, h5, h6")]
        assert levels[:1] == [1], name
        assert levels.count(1) == 1, name
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert not jumps, (name, levels)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_followed_pressed_or_drawn_has_a_name(site: Path, kind: str) -> None:
    for name, page in parsed(site, kind):
        for link in page.css("a[href], button, summary"):
            said = (link.attributes.get("aria-label") or link.text()).strip()
            assert said, (name, link.html)
            assert not re.fullmatch(r"\d{1,3}", said) or link.css_first("[aria-hidden]"), (name, link.html)
        for drawing in page.css("svg[role=img]"):
            assert drawing.attributes.get("aria-label") or drawing.css_first("title"), name
        labelled = {label.attributes.get("for") for label in page.css("label")}
        for field in page.css("input, select"):
            inside = field.attributes.get("id") in labelled or any(
                field.mem_id in {one.mem_id for one in label.css("input, select")} for label in page.css("label")
            )
            assert inside or field.attributes.get("aria-label"), (name, field.html)


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_is_one_place_and_a_fragment_leads_to_one(site: Path, kind: str) -> None:
    for name, page in parsed(site, kind):
        ids = Counter(one.attributes["id"] for one in page.css("[id]"))
        assert [one for one, count in ids.items() if count > 1] == [], name
        for link in page.css("a[href^='#']"):
            assert str(link.attributes["href"])[1:] in ids, (name, link.html)
