"""Lists: complete, in pages of at most 200, every page at an address of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.publish.browse import about, build_page, home, listings, recurring_boilerplate, transmission_pages
from stemma.publish.browse.listings import initial
from stemma.publish.browse.pagination import TEXTS, numbered, pager
from stemma.publish.data import feeds
from stemma.publish.index import build_index
from stemma.publish.output.render import Frame, Renderer
from stemma.publish.search import index_pages
from stemma.publish.wording.translation import ENGLISH
from stemma.records import Archive
from stemma.settings import Settings
from tests.publish import archives

TEMPLATES = Path(__file__).parents[3] / "templates"
DATES = ("", "2017", "2017-03", "0001-01-01", "9999-12-31", "x")
SETTINGS = Settings(title="The Velm Archive", address="https://velm.example/")
ROOMS = (home, listings, index_pages, about, build_page, recurring_boilerplate, transmission_pages, feeds)


def site(archive: Archive) -> dict[str, str]:
    frame = Frame(SETTINGS.title, "", SETTINGS.address, "", "", "", search=True, search_engines=True)
    renderer = Renderer(TEMPLATES, frame)
    index = build_index(archive)
    found: dict[str, str] = {}
    for pages in ROOMS:
        for file in pages.pages(index, renderer, SETTINGS):
            assert file.path not in found
            found[file.path] = file.data.decode()
    return found


def test_every_text_that_stands_is_in_each_list_and_a_withdrawn_one_in_none() -> None:
    pages = site(archives.lamp())
    for prefix, depth in (
        ("latest", ""),
        ("publishers/", "../"),
        ("authors/", "../"),
        ("sources/", "../"),
        ("titles/", "../"),
        ("languages/", "../"),
        ("dates/", "../"),
    ):
        found = [name for path, page in pages.items() if path.startswith(prefix)
                 for name in re.findall(rf'href="{re.escape(depth)}t/([^"]+)\.html"', page)]  # fmt: skip
        assert sorted(found) == ["commons", "eels", "manara", "packet", "review", "slip", "todai", "year"], prefix
    assert "t/gone.html" in pages["withdrawn.html"]
    assert not [path for path, page in pages.items() if "t/gone.html" in page and path != "withdrawn.html"]


def test_the_size_in_numbers() -> None:
    page = site(archives.lamp())["index.html"]
    assert "It holds 8 pages from 5 publishers." in page
    assert "They are witnesses of 6 works; 1 of these has more than one witness." in page


def test_a_publisher_is_shown_with_its_other_names_and_hosts() -> None:
    pages = site(archives.lamp())
    page = next(page for path, page in pages.items() if path.startswith("publishers/velmouth-packet"))
    assert "Velmouth Packet &amp; Advertiser" in page
    assert "packet.example" in page


def test_a_text_without_a_title_stands_with_the_untitled() -> None:
    pages = site(archives.lamp())
    assert "t/slip.html" in pages["titles/untitled.html"]
    assert "0–9" not in pages["titles.html"]


def test_an_archive_without_any_text_still_has_its_pages() -> None:
    pages = site(archives.archive(()))
    assert "It holds no text yet." in pages["index.html"]
    assert "There is no text in this archive yet." in pages["dates.html"]
    assert {"publishers.html", "tags.html", "copied.html", "withdrawn.html", "404.html", "feed.atom"} <= set(pages)


def test_a_long_list_is_cut_into_pages_of_two_hundred() -> None:
    archive = archives.archive(archives.witness(f"w{n:03}", f"Text {n}.", title=f"Text {n:03}") for n in range(450))
    pages = site(archive)
    parts = [pages[path] for path in ("latest.html", "latest-2.html", "latest-3.html")]
    assert [part.count('<li><a href="t/') for part in parts] == [200, 200, 50]
    assert "latest-4.html" not in pages
    assert 'rel="next" href="latest-3.html"' in parts[1]


def test_two_names_that_look_alike_have_two_lists() -> None:
    archive = archives.archive(
        (
            archives.witness("a", "A.", publisher="The Packet", date="2017"),
            archives.witness("b", "B.", publisher="the packet", date="2017"),
            archives.witness("c", "C.", publisher="2", date="2017"),
            archives.witness("d", "D.", date="2017"),
        )
    )
    assert sum(path.startswith("publishers/") for path in site(archive)) == 4


@pytest.mark.parametrize(
    ("title", "letter"),
    [("eels", "E"), ("Élan", "E"), ("“Quoted”", "Q"), ("84 crowns", "0–9"), ("—", "#"), ("灯台", "灯"), ("دفاتر", "د")],
)
def test_the_letter_a_title_stands_under(title: str, letter: str) -> None:
    assert initial(title) == letter


def test_a_pager_shows_both_ends_and_the_neighbours() -> None:
    here = pager(10, 4000, numbered("latest"), TEXTS, ENGLISH)
    assert here.here == "1,801 to 2,000 of 4,000 texts"
    assert [step.label for step in here.steps] == ["1", "…", "8", "9", "10", "11", "12", "…", "20"]
    assert (here.previous, here.next) == ("latest-9.html", "latest-11.html")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.text(max_size=30), st.text(max_size=20), st.sampled_from(DATES),
            st.text(max_size=8), st.text(max_size=12),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_no_name_breaks_a_page(rows: list[tuple[str, str, str, str, str]]) -> None:
    archive = archives.archive(
        archives.witness(
            f"w{n}", "A text.", title=title, publisher=publisher, date=date, language=language, tags=(tag,)
        )
        for n, (title, publisher, date, language, tag) in enumerate(rows)
    )
    for path, page in site(archive).items():
        assert len(path) < 200
        assert "\x00" not in page
        assert "\u202e" not in page
