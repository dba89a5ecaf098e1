"""Every axis of the lists counts what the facets of the search count, and leads to as many texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

import pytest

from stemma.publish.index import build_index
from stemma.publish.search.catalogue import Catalogue, catalogue
from stemma.publish.wording.translation import ENGLISH
from stemma.records import Archive
from tests.publish import archives
from tests.publish.browse.test_lists import site

NAME = re.compile(r'<li><a href="([^"]+)"><bdi>([^<]*)</bdi></a><span class="count">([\d,]+)</span>', re.DOTALL)
AXES = {"publishers": "publisher", "authors": "author", "languages": "language", "sources": "source"}


def many() -> Archive:
    """Texts with names in several spellings, several authors, and none."""
    return archives.archive(
        archives.witness(
            f"w{n}", f"Text {n} of the weir.", title=f"Text {n}", date=f"20{10 + n % 7}-03-0{1 + n % 5}",
            publisher=("The Packet", "Weir Post", "")[n % 3], language=("en", "de", "")[n % 3],
            author=(("Ana Holm",), ("ANA HOLM", "Bo Lind"), ("Bo Lind",), ())[n % 4],
        )
        for n in range(23)
    )  # fmt: skip


def counted(found: Catalogue, axis: str) -> Counter[str]:
    """How many texts the search counts for each name."""
    column = getattr(found, axis)
    names = getattr(found, f"{axis}s")
    places = [place for row in column for place in (row if isinstance(row, tuple) else (row,))]
    return Counter(names[place] if axis == "source" else names[place][0] for place in places)


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("archive", [archives.lamp(), many()], ids=["lamp", "many"])
def test_a_list_counts_what_the_search_counts(axis: str, archive: Archive) -> None:
    index = build_index(archive)
    ids = {number: card.id for number, card in enumerate(index.cards)}
    search = counted(catalogue(index.cards, [ids], archive.publishers, "0", ENGLISH), AXES[axis])
    pages = site(archive)
    listed = {unescape(label): int(count.replace(",", "")) for _, label, count in NAME.findall(pages[f"{axis}.html"])}
    none = search.pop("", 0)
    assert {name: listed[name] for name in search} == dict(search)
    assert sum(listed.values()) - sum(search.values()) == none
    for path, label, count in NAME.findall(pages[f"{axis}.html"]):
        assert pages[path].count('<li><a href="../t/') == int(count), label


@pytest.mark.parametrize("archive", [archives.lamp(), many()], ids=["lamp", "many"])
def test_years_count_what_the_search_counts(archive: Archive) -> None:
    index = build_index(archive)
    ids = {number: card.id for number, card in enumerate(index.cards)}
    search = Counter(date // 10000 for date in catalogue(index.cards, [ids], archive.publishers, "0", ENGLISH).dates)
    dates = site(archive)["dates.html"]
    years = re.findall(r'<h2><a href="dates/(\d{4})\.html">\d{4}</a> <span class="second">([\d,]+)</span>', dates)
    assert {int(year): int(count.replace(",", "")) for year, count in years} == {
        year: count for year, count in search.items() if year
    }


def test_many_names_have_pages_by_name_and_by_number() -> None:
    archive = archives.archive(
        archives.witness(f"w{n}-{m}", f"Text {n}.", title=f"Text {n}", author=(f"Name {n:03}",))
        for n in range(230)
        for m in range(1 + (n == 222))
    )
    pages = site(archive)
    assert labels(pages[p] for p in ("authors-most.html", "authors-most-2.html"))[0] == "Name 222"
    assert sorted(labels(pages[p] for p in ("authors-most.html", "authors-most-2.html"))) == labels(
        pages[p] for p in ("authors.html", "authors-2.html")
    )
    assert 'href="authors-most.html"' in pages["authors.html"]
    assert 'class="sorts" role' not in pages["authors.html"]
    assert "publishers-most.html" not in pages


def labels(pages: Iterable[str]) -> list[str]:
    """The names on some pages, in their order."""
    return [label for page in pages for _, label, _ in NAME.findall(page)]
