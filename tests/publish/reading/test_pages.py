import posixpath
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stemma.publish.index import build_index
from stemma.publish.output.render import Renderer
from stemma.publish.reading.pages import pages
from stemma.records import Archive, Claim, Edits, Field, Label, Withdrawal
from stemma.settings import Settings
from tests.publish.archives import FRAME, LAMP, SETTINGS, quay

TEMPLATES = Path(__file__).parents[3] / "templates"
VOID = frozenset(("meta", "link", "input", "br", "rect", "line", "path", "circle"))
OTHER_ROOMS = ("publishers/", "languages/", "tags/", "authors/", "sources/", "raw/", "static/")
OTHER_PAGES = frozenset((
    "index.html", "search.html", "dates.html", "publishers.html", "copied.html", "about.html", "reading.html",
    "citing.html", "glossary.html", "build.html", "withdrawn.html",
))  # fmt: skip


class Page(HTMLParser):
    """What a page links to, which fragments it has, and whether its elements are nested well."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.styled: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.styled += [name for name in values if name == "style" or name.startswith("on")]
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag in ("a", "link", "script") and (values.get("href") or values.get("src")):
            self.links.append(str(values.get("href") or values.get("src")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _site(found: Archive, settings: Settings = SETTINGS) -> Mapping[str, str]:
    made = {}
    for file in pages(build_index(found), Renderer(TEMPLATES, FRAME), settings):
        assert file.path not in made
        made[file.path] = file.data.decode()
    return made


def _hostile() -> Archive:
    found = quay()
    bad = '</script><script>alert(1)</script>" onmouseover="x\u202e\x00'
    first = found.witnesses[0]
    claims = tuple(replace(claim, values=(bad,)) if claim.field is not Field.LANGUAGE else claim
                   for claim in first.claims)  # fmt: skip
    claims += (Claim(Field.ORIGINAL_URL, ("javascript:alert(1)",), "x", None), Claim(Field.AUTHOR, (bad, bad), "x", 1))
    return replace(found, witnesses=(replace(first, claims=claims), *found.witnesses[1:]))


@pytest.mark.parametrize("found", [quay(), _hostile()], ids=["plain", "hostile"])
def test_every_link_and_fragment_resolves(found: Archive) -> None:
    site = {path: Page(html) for path, html in _site(found).items()}
    for path, page in site.items():
        assert len(page.ids) == len(set(page.ids)), path
        assert page.styled == []
        for link in page.links:
            target, _, fragment = link.partition("#")
            if target.startswith(("https://", "data:text/plain;")):
                continue
            where = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if where.startswith(OTHER_ROOMS) or where in OTHER_PAGES:
                continue
            assert where in site, (path, link)
            assert not fragment or fragment in site[where].ids, (path, link)


def test_hostile_claims_are_text() -> None:
    for html in _site(_hostile()).values():
        assert "<script>alert" not in html
        assert "\u202e" not in html
        assert 'href="javascript' not in html


def test_a_page_for_every_text_and_every_work_with_several() -> None:
    site = _site(quay())
    texts = {path for path in site if path.startswith("t/")}
    assert texts == {f"t/{id_}.html" for id_ in ("quay-1", "quay-2", "quay-3", "year", "eels")}
    assert [path for path in site if path.startswith("work/")] == ["work/quay-1.html"]
    assert "No other copy found" in site["t/eels.html"]
    assert {path for path in site if path.startswith("compare/")} == {
        "compare/quay-1/quay-2.html",
        "compare/quay-1/quay-3.html",
        "compare/year/quay-1.html",
        "compare/year/eels.html",
    }


def test_a_text_taken_down_is_nowhere() -> None:
    edits = {"quay-1": Edits("quay-1", "quay-1.md", "x", "x", withdrawn=Withdrawal("asked for", "2020-01-02"))}
    site = _site(quay(edits))
    assert "On 2 January 2020" in site["t/quay-1.html"]
    assert "asked for" in site["t/quay-1.html"]
    assert LAMP[0] not in site["t/quay-1.html"]
    assert "noindex" in site["t/quay-1.html"]
    assert not any(path.startswith("compare/quay-1") for path in site)
    assert "A withdrawn copy" in site["t/quay-3.html"]
    assert site["_redirects"] == "/t/quay-1.html /gone/quay-1.html 410!\n/work/* /t/:splat 302\n"


def test_an_old_address_leads_on_and_takes_none_in_use() -> None:
    edits = {"quay-1": Edits("quay-1", "quay-1.md", "x", "x", aliases=("old-quay", "year"))}
    site = _site(quay(edits))
    assert "https://quay.example/t/quay-1.html" in site["t/old-quay.html"]
    assert "The year" in site["t/year.html"]


def test_withheld_lines_and_their_raw_file_stay_away() -> None:
    site = _site(quay(), replace(SETTINGS, withheld=(Label.APPEAL,)))
    assert "five crowns" not in site["t/quay-1.html"]
    assert "raw/quay-1.txt" not in site["t/quay-1.html"]


def test_a_text_page_is_light() -> None:
    sheet = (TEMPLATES / "static" / "stemma.css").stat().st_size
    html = _site(quay())["t/quay-1.html"]
    assert sheet + len(html.encode()) < 40_000
    assert html.count("<script src") == 0


def test_the_same_archive_gives_the_same_pages() -> None:
    assert _site(quay()) == _site(quay())
