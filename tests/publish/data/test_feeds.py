"""Feeds are valid XML whatever a text calls itself, and know no clock."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.data import feeds
from stemma.publish.index import build_index, latest_first
from stemma.publish.wording.translation import ENGLISH
from stemma.settings import Settings
from tests.publish import archives
from tests.publish.browse.test_lists import site

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = Settings(title="The Velm Archive", address="https://velm.example/")


def test_the_feed_begins_with_the_latest_stated_date() -> None:
    root = ET.fromstring(site(archives.lamp())["feed.atom"])
    assert root.findtext(f"{ATOM}updated") == "2018-01-01T00:00:00Z"
    assert [entry.findtext(f"{ATOM}updated", "")[:10] for entry in root.iter(f"{ATOM}entry")] == [
        "2018-01-01", "2017-12-01", "2017-04-06", "2017-03-16", "2017-03-15", "2014-02-28",
    ]  # fmt: skip


def test_the_sitemap_has_every_text_and_no_withdrawn_one() -> None:
    root = ET.fromstring(site(archives.lamp())["sitemap.xml"])
    urls = {element.text for element in root.iter() if element.tag.endswith("loc")}
    assert "https://velm.example/t/packet.html" in urls
    assert "https://velm.example/work/packet.html" in urls
    assert "https://velm.example/t/gone.html" not in urls


def test_a_large_sitemap_is_split() -> None:
    archive = archives.archive(archives.witness(f"w{n}", "A.") for n in range(5))
    index = build_index(archive)
    index = replace(index, cards=index.cards * 10_001)
    files = {file.path: file.data for file in feeds.sitemap(index, SETTINGS)}
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert files["sitemap-1.xml"].count(b"<loc>") == 50_000
    assert b"https://velm.example/sitemap-2.xml" in files["sitemap.xml"]


def test_robots_are_let_in_or_kept_out() -> None:
    assert "Sitemap: https://velm.example/sitemap.xml" in feeds.robots(SETTINGS)
    assert feeds.robots(Settings(search_engines=False)) == "User-agent: *\nDisallow: /\n"


@given(st.text(), st.text(), st.text())
def test_any_content_is_valid_xml(title: str, publisher: str, name: str) -> None:
    archive = archives.archive([archives.witness("a", "A.", title=title, publisher=publisher, date="2017-02-31")])
    settings = Settings(title=name, address="https://velm.example/")
    ET.fromstring(feeds.feed(latest_first(build_index(archive).cards), settings, ENGLISH))
    ET.fromstring(feeds.opensearch(settings, ENGLISH))
