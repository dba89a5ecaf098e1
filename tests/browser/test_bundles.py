"""Several bundles are searched as one: the same works, counts and words found nowhere as in a single bundle."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from stemma.cache import Objects
from stemma.commands import server
from stemma.publish.index import build_index
from stemma.publish.output.target import Target
from stemma.publish.search import index_pages
from stemma.records import Archive
from tests.publish import archives
from tests.publish.browse.test_lists import site

ROOT = Path(__file__).parents[2]
QUERIES = (
    "lamp", "eels", "ennick lamp", '"lit at dusk"', '"lit at dusk" council', "lamp -head", "lampwick", "lamp eelsworth",
    "publisher:packet", "year:2017", "灯台の", "光", "المنارة", "cafe", '"a café"', '"in a cafe"', "coun", "well-known",
)  # fmt: skip


def made(archive: Archive, folder: Path) -> Path:
    for path, page in site(archive).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(page, "utf-8")
    shutil.copytree(ROOT / "templates" / "static", folder / "static")
    (folder / "data").mkdir()
    shutil.copy(ROOT / "stemma" / "folding.json", folder / "data")
    assert index_pages.write_index(build_index(archive), Target(folder, Objects(None)))[1] == ()
    return folder


def texts() -> Archive:
    houses = ("Velm Commons", "Tolleby Post")
    more = [
        archives.witness(
            f"more-{number}", f"Paragraph {number} of the harbour board, about the lamp.", title=f"Board {number}",
            publisher=houses[number % 2], date=f"20{10 + number}", language="en",
        )
        for number in range(10)
    ]  # fmt: skip
    lamp = archives.lamp()
    works = [work.members for work in lamp.works if len(work.members) > 1]
    return archives.archive(
        (*lamp.witnesses, *more), lamp.relations, works, edits=lamp.edits, publishers=lamp.publishers
    )


@pytest.fixture(scope="module")
def addresses(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The same archive in one bundle and in three."""
    del chromium
    rules = server.headers(ROOT / "netlify.toml")
    one = made(texts(), tmp_path_factory.mktemp("one"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_pages, "bundles", lambda _: 3)
        three = made(texts(), tmp_path_factory.mktemp("three"))
    assert {path.name for path in (three / "search").iterdir()} == {"0", "1", "2", "catalogue.pack"}
    with server.serving(one, rules) as first, server.serving(three, rules) as second:
        yield first, second


def said(page: Page, address: str, query: str) -> tuple[list[str], ...]:
    page.goto(f"{address}search.html?sort=latest&q={quote(query)}")
    expect(page.locator("#results")).to_be_visible()
    return tuple(
        page.locator(where).all_inner_texts()
        for where in ("#count", "#nowhere", "#hits > li", "#facets label", "#hits mark")
    )


@pytest.mark.parametrize("query", QUERIES)
def test_three_bundles_say_what_one_says(opening: Callable[..., Page], addresses: tuple[str, str], query: str) -> None:
    one, three = addresses
    page = opening("about:blank", watched=False)
    assert said(page, one, query) == said(page, three, query)


def test_a_word_known_in_one_bundle_alone_is_not_answered_by_a_shorter_one(
    opening: Callable[..., Page], addresses: tuple[str, str]
) -> None:
    page = opening("about:blank", watched=False)
    for address in addresses:
        count, nowhere, *_ = said(page, address, "lampwick")
        assert count == ["No text found"]
        assert nowhere == ["lampwick is in no text of this archive."]
        assert said(page, address, "cafe")[0] == ["1 work, on 1 page"]
