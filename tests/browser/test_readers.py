"""Fourteen tasks of readers, done as readers do them: by what is written and what is heard. In Chromium and Firefox."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.archivist import Archivist
from tests.browser.conftest import Open, opener

LAMP = "The lamp at Ennick goes out"


@pytest.fixture(params=["chromium", "firefox"])
def opening(request: pytest.FixtureRequest, address: str) -> Iterator[Open]:
    engine: Browser = request.getfixturevalue("browser" if request.param == "chromium" else "firefox")
    with opener(engine, address) as opened:
        yield opened


@pytest.fixture
def scripts_off(request: pytest.FixtureRequest) -> None:
    if "firefox" in request.node.name:
        pytest.skip("Firefox's remote protocol cannot turn scripts off for a page")


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Archive").get_by_role("link", name=name).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def lamp(opening: Open) -> Page:
    """The text of the lamp, found in the list of titles."""
    page = opening("copied.html")
    follow(page, LAMP)
    follow(page, "Read A")
    expect(page.get_by_role("heading", level=1)).to_have_text(LAMP)
    return page


def rows(site: Path, table: str) -> list[dict[str, object]]:
    text = (site / f"data/{table}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def see(page: Page, paragraph: str) -> None:
    """A paragraph begins inside the window, now or when the page is all there."""
    begins = (
        "(one) => { const { y } = document.querySelector(one).getBoundingClientRect(); return y >= -1 && y < 900; }"
    )
    page.wait_for_function(begins, arg=paragraph)


def test_1_find_a_text_by_a_remembered_phrase(opening: Open) -> None:
    page = opening("index.html")
    page.get_by_role("searchbox", name="Search the texts").fill('"somebody knows you are out there"')
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status").filter(has_text="on")).to_have_text(re.compile(r"\d works?, on \d pages?"))
    page.get_by_role("listitem").get_by_role("link", name=LAMP).first.click()
    expect(page).to_have_url(re.compile("#p4"))
    expect(page.locator("#p4")).to_contain_text("tells you that somebody knows you are out there")
    see(page, "#p4")


def test_2_see_all_copies_and_what_changed(opening: Open) -> None:
    page = lamp(opening)
    follow(page, "Copies (4)")
    expect(page.get_by_role("heading", name="Copies")).to_be_in_viewport()
    follow(page, "a work in five witnesses")
    assert page.get_by_role("link", name=re.compile(r"^Read [A-E]$")).count() == 5
    page.get_by_role("link", name=re.compile(r"^Compare with A ?: C$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A and C, compared")
    first = page.locator("#v1")
    expect(first.locator(".b").get_by_role("insertion").first).to_contain_text("last week")
    expect(first.locator(".a").get_by_role("deletion").first).to_contain_text("on Tuesday night")


def test_3_see_who_stated_a_date_first(opening: Open) -> None:
    page = opening("copied.html")
    follow(page, LAMP)
    line = page.get_by_role("img", name=re.compile("^Stated dates"))
    named = (line.get_attribute("aria-label") or "") + " ".join(line.locator("title").all_text_contents())
    assert re.search(r": A 15 March 2017; B 16 March 2017;", named)
    expect(page.locator("#dates").get_by_role("row").filter(has_text="undated")).to_contain_text("E")
    expect(page.locator("#dates")).to_contain_text("The order of the dates does not show who copied whom.")


def test_4_cite_a_paragraph(opening: Open) -> None:
    page = lamp(opening)
    follow(page, "Paragraph 4")
    assert page.url.endswith("#p4")
    here = page.url.rpartition("/")[2].partition("#")[0]
    follow(page, "Cite")
    cited = page.locator("#cite")
    expect(cited.get_by_role("blockquote").first).to_contain_text(
        f"Hanne Orlick, “{LAMP}”, Velmouth Packet, 15 March 2017."
    )
    expect(cited.get_by_role("blockquote").first).to_contain_text(f"/t/{here}")
    expect(cited).to_contain_text("#p")
    expect(cited.locator("pre").first).to_be_hidden()
    cited.get_by_text("BibTeX", exact=True).click()
    expect(cited.locator("pre").first).to_contain_text("@misc{")


def test_5_follow_a_publisher_over_a_year(opening: Open, site: Path) -> None:
    page = opening("index.html")
    menu(page, "Publishers")
    follow(page, "Velmouth Packet")
    expect(page.get_by_role("heading", level=3, name="2017")).to_be_visible()
    shown = [text for text in page.locator(".entries .count").all_inner_texts() if text.endswith("2017")]
    stated = [
        row for row in rows(site, "documents")
        if row["publisher"] == "Velmouth Packet" and str(row["date"]).startswith("2017")
    ]  # fmt: skip
    assert len(shown) == len(stated) > 2


def test_6_read_a_long_text_on_a_phone(opening: Open, long_text: str) -> None:
    page = opening(long_text, width=360, watched=False)
    expect(page.get_by_role("navigation", name="On this page")).to_contain_text(
        re.compile(r"[\d,]+ words, \d+ minutes")
    )
    page.get_by_text("Contents", exact=True).click()
    follow(page, "The third winter")
    see(page, ".para:target")
    expect(page.locator(".para:target")).to_have_text(re.compile("The third winter$"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    follow(page, "Back to the top of the text")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_7_see_what_was_set_aside_and_why(opening: Open) -> None:
    page = lamp(opening)
    aside = page.locator(".gap li").filter(has_text="rule")
    assert not any(one.is_visible() for one in aside.all())
    page.get_by_role("checkbox", name="Page as received", exact=True).check()
    assert all(one.is_visible() for one in aside.all())
    expect(aside.first).to_contain_text(re.compile(r"^l\. \d+.*, rule \w+\.[\w-]+"))
    page.get_by_role("checkbox", name="Page as received", exact=True).uncheck()
    lines = re.findall(r"\d+", page.get_by_role("link", name=re.compile(r"^Set aside \(\d+ lines\)$")).inner_text())[0]
    follow(page, f"Set aside ({lines} lines)")
    expect(page.locator("#anatomy")).to_contain_text(f"{lines} lines, kept where they are in the text above")


def test_8_take_the_data_away(opening: Open, site: Path) -> None:
    page = opening("index.html")
    menu(page, "About")
    tables = {"the texts": "documents", "their relations": "relations", "the works": "works"}
    explained = (site / "data/README.txt").read_text("utf-8")
    for name, table in tables.items():
        target = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert target == f"data/{table}.jsonl"
        assert {key for row in rows(site, table) for key in row if key not in explained} == set()
    expect(page.get_by_role("link", name="a README explains every field")).to_have_attribute("href", "data/README.txt")


def test_9_learn_how_far_to_trust_it(opening: Open) -> None:
    page = opening("index.html")
    menu(page, "About")
    expect(page.get_by_role("heading", name="How far to trust it")).to_be_visible()
    trust = page.locator("#accuracy")
    expect(trust).to_contain_text("The program makes mistakes.")
    doubtful = re.search(r"In this archive ([\d,]+) of", trust.inner_text())
    assert doubtful
    page.get_by_role("contentinfo").get_by_role("link", name="About this build").click()
    expect(page.get_by_role("row", name=re.compile("lines classified with low confidence"))).to_contain_text(
        doubtful[1]
    )


def test_10_land_on_a_text_from_outside(opening: Open, site: Path) -> None:
    inside = lamp(opening)
    page = opening(f"{_path(inside)}#p4:~:text=The%20lamp")
    expect(page.get_by_role("main")).to_contain_text(re.compile("Archived copy, received from Reading room at Skarne"))
    assert page.title().startswith(f"{LAMP}, Velmouth Packet")
    assert page.title().endswith(" · The Velm Archive")
    described = page.locator("meta[name=description]").get_attribute("content")
    assert described
    assert page.locator("meta[property='og:title']").get_attribute("content") == LAMP
    assert page.locator("link[rel=canonical]").get_attribute("href") == f"https://velm.example/{_path(page)}"
    elsewhere = page.get_by_role("link", name="Look up the original address in the Internet Archive")
    expect(elsewhere).to_have_attribute("href", re.compile(r"^https://web\.archive\.org/web/\*/https://velmouth"))
    page.get_by_role("banner").get_by_role("link", name="The Velm Archive").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The Velm Archive")
    assert (site / "index.html").is_file()


def _path(page: Page) -> str:
    return page.url.partition("#")[0].split("/", 3)[3]


def test_11_do_it_by_keyboard_alone(opening: Open) -> None:
    page = opening("index.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("lamp dusk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=3).first).to_be_visible()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(LAMP)
    differs = re.compile("^differs from C in 2 places")
    for _ in range(60):
        page.keyboard.press("Tab")
        if differs.match(page.evaluate("document.activeElement.textContent")):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A and C, compared")
    page.wait_for_load_state("load")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("#v[12]$"))


HEARD = (
    "index.html", "search.html", "latest.html", "dates.html", "dates/2017.html", "publishers.html", "authors.html",
    "sources.html", "tags.html", "titles.html", "copied.html", "atlas.html", "carriage.html", "about.html",
    "reading.html", "glossary.html", "build.html", "withdrawn.html", "404.html", "t/velmouth*ennick.html",
    "work/velmouth*ennick.html", "compare/*ennick/skarne*.html",
)  # fmt: skip
NAMED = re.compile(
    r'^\s*- \'?(link|button|checkbox|radio|searchbox|combobox|img)(?: "((?:[^"\\]|\\.)*)")?', re.MULTILINE
)
ALONE = re.compile(r"\d{4}|[^\W\d]")
"""What may be all of a name: a year, and a letter in the list of titles."""


def test_12_what_a_screen_reader_says_means_something(opening: Open, site: Path) -> None:
    """No link is called "1", no control is nameless, headings come in order, below one of the first level."""
    for pattern in HEARD:
        path = next(iter(sorted(site.glob(pattern)))).relative_to(site).as_posix()
        page = opening(path, watched=path != "404.html")
        said = page.locator("body").aria_snapshot()
        empty = [(role, name) for role, name in NAMED.findall(said)
                 if not re.search(r"[^\W\d]{2}", name) and not ALONE.fullmatch(name)]  # fmt: skip
        assert empty == [], path
        levels = [int(level) for level in re.findall(r"- '?heading .*\[level=(\d)\]", said)]
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


@pytest.mark.usefixtures("scripts_off")
def test_13_read_and_compare_without_javascript(opening: Open) -> None:
    page = opening("index.html", java_script_enabled=False)
    page.get_by_role("searchbox").fill("lamp")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("main")).to_contain_text("nothing has been searched")
    expect(page.get_by_role("main")).to_contain_text("needs JavaScript")
    follow(page, "Publishers")
    follow(page, "Velmouth Packet")
    follow(page, LAMP)
    page.get_by_role("checkbox", name="Page as received", exact=True).check()
    expect(page.locator(".gap li").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^differs from C")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("compared$"))


def test_14_read_it_from_a_folder(opening: Open, site: Path) -> None:
    page = opening((site / "index.html").as_uri())
    menu(page, "Publishers")
    follow(page, "Velmouth Packet")
    follow(page, LAMP)
    follow(page, "a work in five witnesses")
    page.get_by_role("link", name=re.compile(r"^Compare with A ?: B$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A and B, compared")
    page.get_by_label("typographic").check()
    expect(page.get_by_role("insertion").first).to_be_visible()
    search = opening((site / "search.html").as_uri(), watched=False)  # the browser itself complains of modules
    expect(search.get_by_role("main")).to_contain_text("does not work from a folder of files")


@pytest.fixture(scope="module")
def long_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a text of 20 chapters."""
    archivist = Archivist(tmp_path_factory.mktemp("long"))
    count = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    chapters = [
        f"## The {name} winter\n\n" + "\n\n".join(
            f"In the {name} winter of the lamp the keeper wrote on page {page} of his ledger that {number} boats had "
            f"passed the point before midnight, and that {number + page} of them had answered with a light of their "
            "own. The rest, he supposed, had nobody awake on board, or nobody who cared to be known."
            for page, number in enumerate(range(11, 18), start=1)
        ) for name in count
    ]  # fmt: skip
    archivist.receive(
        "ledger/winters.txt", "# Ten winters of a lamp\n\nBy Tobin Aske\n\n" + "\n\n".join(chapters) + "\n"
    )
    archivist.build()
    return (archivist.site / "t").joinpath("ledger.winters.html").as_uri()
