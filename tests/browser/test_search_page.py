"""The search page in Chromium, under the policy that is served: each behaviour it promises."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

Open = Callable[..., Page]


def ask(opening: Open, query: str, more: str = "") -> Page:
    page = opening(f"search.html?q={quote(query)}{more}")
    expect(page.locator("#results")).to_be_visible()
    return page


def tally(page: Page) -> tuple[int, int]:
    """Works and pages, as the page says."""
    said = page.locator("#count").inner_text()
    found = re.fullmatch(r"([\d,]+) works?, on ([\d,]+) pages?", said)
    if found is None:
        assert said == "No text found"
        return 0, 0
    works, pages = (int(number.replace(",", "")) for number in found.groups())
    return works, pages


def settled(page: Page, change: Callable[[], object]) -> None:
    """Do something that changes the address, and wait until the results are those of the new one."""
    before = page.url
    change()
    expect(page).not_to_have_url(before)
    expect(page.locator("#results")).to_be_visible()
    page.wait_for_timeout(150)


def dates(page: Page) -> list[str]:
    return [
        line.partition(". ")[0].rpartition(", ")[2] for line in page.locator("#hits > li > .where").all_inner_texts()
    ]


def test_typing_finds_a_text_and_its_hit_opens_its_paragraph(opening: Open) -> None:
    page = opening("search.html")
    expect(page.locator("#lists")).to_be_visible()
    page.locator("#q").press_sequentially("ledger", delay=20)
    expect(page.locator("#results")).to_be_visible()
    expect(page.locator("#hits mark").first).to_have_text(re.compile("^ledger", re.IGNORECASE))
    expect(page.locator("#lists")).to_be_hidden()
    page.locator("#hits .at").first.click()
    expect(page).to_have_url(re.compile(r"/t/[^/]+\.html#p\d+$"))
    expect(page.locator(":target")).to_contain_text(re.compile("ledger", re.IGNORECASE))


def test_the_title_of_a_hit_leads_to_the_same_paragraph(opening: Open) -> None:
    page = ask(opening, "ledger")
    hit = page.locator("#hits > li").first
    assert hit.locator("h3 a").get_attribute("href") == hit.locator(".at").get_attribute("href")


@pytest.mark.parametrize("facet", ["publisher", "language", "kind"])
def test_the_count_of_a_facet_is_what_choosing_it_finds(opening: Open, facet: str) -> None:
    page = ask(opening, "lamp")
    all_works, all_pages = tally(page)
    labels = page.locator(f"#f-{facet} label")
    counts = [int(text) for text in page.locator(f"#f-{facet} .n").all_inner_texts()]
    assert sum(counts) == all_pages
    for number, count in enumerate(counts[:3]):
        settled(page, labels.nth(number).locator("input").click)
        assert tally(page)[1] == count
        assert len(parse_qs(urlsplit(page.url).query, keep_blank_values=True)[facet]) == 1
        settled(page, page.locator(f"#f-{facet} input:checked").click)
    assert tally(page) == (all_works, all_pages)


def test_two_values_of_one_facet_add_up(opening: Open) -> None:
    page = ask(opening, "lamp")
    counts = [int(text) for text in page.locator("#f-publisher .n").all_inner_texts()]
    settled(page, page.locator("#f-publisher input").nth(0).click)
    settled(page, page.locator("#f-publisher input:not(:checked)").nth(0).click)
    assert tally(page)[1] == counts[0] + counts[1]


def test_a_range_of_years_with_and_without_undated(opening: Open) -> None:
    page = ask(opening, "lamp")
    whole = tally(page)[1]
    undated = int(page.locator("#undated-n").inner_text())
    settled(page, lambda: page.locator("#from").select_option("2017"))
    settled(page, lambda: page.locator("#to").select_option("2017"))
    with_undated = tally(page)[1]
    settled(page, page.locator("#undated").click)
    assert tally(page)[1] == with_undated - undated
    assert with_undated < whole
    assert all(date.endswith("2017") for date in dates(page))


def test_sorting_drops_nothing(opening: Open) -> None:
    page = ask(opening, "lamp")
    whole = tally(page)
    for order in ("earliest", "latest"):
        settled(page, partial(page.locator("#sort").select_option, order))
        assert tally(page) == whole
        years = [int(date[-4:]) for date in dates(page) if date != "undated"]
        assert years == sorted(years, reverse=order == "latest")


def test_copies_of_one_work_are_one_hit(opening: Open) -> None:
    page = ask(opening, "lamp")
    works, pages = tally(page)
    seen_works = seen_pages = 0
    while True:
        items = page.locator("#hits > li")
        seen_works += items.count()
        folds = page.locator("#hits summary").all_inner_texts()
        seen_pages += items.count() + sum(int(re.sub(r"\D", "", fold)) for fold in folds)
        following = page.locator("#pager a[rel=next]")
        if not following.count():
            break
        settled(page, following.click)
    assert (seen_works, seen_pages) == (works, pages)
    assert works < pages


def test_a_work_is_shown_by_its_base(opening: Open, site: Path) -> None:
    bases = {json.loads(line)["base"] for line in (site / "data/works.jsonl").read_text("utf-8").split("\n") if line}
    page = ask(opening, "lamp")
    folded = page.locator("#hits > li:has(details)")
    shown = [folded.nth(at).locator("h3 a").get_attribute("href") or "" for at in range(folded.count())]
    assert len(shown) > 2
    assert {re.sub(r"^(?:.*/)?t/|\.html.*", "", address) for address in shown} <= bases


def test_a_fold_opens_on_demand(opening: Open) -> None:
    page = ask(opening, "lamp")
    fold = page.locator("#hits details").first
    count = int(re.sub(r"\D", "", fold.locator("summary").inner_text()))
    fold.locator("summary").click()
    expect(fold.locator("li")).to_have_count(count)
    fold.locator("li a").first.click()
    expect(page).to_have_url(re.compile(r"/t/[^/]+\.html$"))


def test_minus_parts_the_texts_with_from_those_without(opening: Open) -> None:
    whole = tally(ask(opening, "lamp"))[1]
    both = tally(ask(opening, "lamp ledger"))[1]
    without = tally(ask(opening, "lamp -ledger"))[1]
    assert 0 < both < whole
    assert both + without == whole
    assert tally(ask(opening, "−ledger lamp"))[1] == without


def test_a_phrase_beside_other_words(opening: Open) -> None:
    words = tally(ask(opening, "harbour board"))[1]
    page = ask(opening, '"harbour board"')
    phrase = tally(page)[1]
    assert 0 < phrase <= words
    marks = page.locator("#hits .ex").first.locator("mark").all_inner_texts()
    assert [mark.lower() for mark in marks[:2]] == ["harbour", "board"]
    beside = tally(ask(opening, "“harbour board” lamp"))[1]
    assert 0 < beside <= phrase
    assert tally(ask(opening, '"board harbour"')) == (0, 0)
    assert tally(ask(opening, 'lamp -"harbour board"'))[1] == tally(ask(opening, "lamp"))[1] - beside


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", "»«", "‹›", "‘’", "‚‘", "''", "＂＂", "「」"])
def test_a_phrase_stands_between_any_quotation_marks(opening: Open, marks: str) -> None:
    assert tally(ask(opening, f"{marks[0]}board harbour{marks[1]}")) == (0, 0)
    assert tally(ask(opening, f"{marks[0]}harbour board{marks[1]}")) == tally(ask(opening, '"harbour board"'))


def test_a_word_found_nowhere_is_named(opening: Open) -> None:
    page = ask(opening, "lamp ledger lampwickery")
    expect(page.locator("#nowhere")).to_contain_text("lampwickery is in no text of this archive.")
    assert tally(page) == tally(ask(opening, "lamp ledger"))
    page = ask(opening, "xyzzyplugh")
    expect(page.locator("#nowhere")).to_contain_text("xyzzyplugh is in no text of this archive.")
    assert tally(page) == (0, 0)


def test_words_that_meet_nowhere_are_counted_one_by_one(opening: Open) -> None:
    page = ask(opening, "lamp -lamp")
    assert tally(page) == (0, 0)


def test_where_files_were_received_from_is_a_facet(opening: Open) -> None:
    page = ask(opening, "lamp")
    total = tally(page)[1]
    counts = [int(text) for text in page.locator("#f-source .n").all_text_contents()]
    assert sum(counts) == total
    place = page.locator("#f-source span[dir]").all_text_contents().index("velmouth-packet")
    settled(page, page.locator("#f-source input").nth(place).click)
    assert tally(page)[1] == counts[place] < total
    assert "source=velmouth-packet" in page.url


def test_prefixes(opening: Open) -> None:
    page = ask(opening, 'publisher:"velmouth packet"')
    assert tally(page)[1] > 0
    assert all(line.startswith("Velmouth Packet,") for line in page.locator("#hits > li > .where").all_inner_texts())
    page = ask(opening, "year:2017")
    assert all(date.endswith("2017") for date in dates(page))
    assert tally(ask(opening, "year: ٢٠١٧")) == tally(ask(opening, "year:2017"))
    assert tally(ask(opening, "year:2014-16")) == tally(ask(opening, "year:2014-2016"))
    spring = tally(ask(opening, "year:2014-2016"))[1]
    assert spring == sum(tally(ask(opening, f"year:{year}"))[1] for year in (2014, 2015, 2016))
    page = ask(opening, "lamp publisher:velmouth year:2017")
    assert 0 < tally(page)[1] < tally(ask(opening, "lamp"))[1]


def test_results_can_be_cited(opening: Open) -> None:
    page = ask(opening, "lamp")
    pages = tally(page)[1]
    page.locator("#citing > details > summary").click()
    links = page.locator("#citing a[download]")
    expect(links).to_have_count(3)
    assert [links.nth(at).get_attribute("download") for at in range(3)] == [
        "results.bib",
        "results.ris",
        "results.json",
    ]
    shown = page.locator("#citing pre").all_text_contents()
    assert shown[0].count("@misc{") == shown[1].count("TY  - NEWS") == len(json.loads(shown[2])) == pages
    assert "SHA-256" in shown[0]
    assert "https://velm.example/t/" in shown[0]
    assert "author = {Orlick, Hanne}" in shown[0]
    assert "AU  - Orlick, Hanne" in shown[1]
    assert {"family": "Orlick", "given": "Hanne"} in [name for one in json.loads(shown[2]) for name in one["author"]]


def test_authors_are_found_by_name_and_by_prefix(opening: Open) -> None:
    page = ask(opening, "author:orlick")
    texts = tally(page)[1]
    assert texts > 0
    assert tally(ask(opening, "Hanne Orlick"))[1] >= texts


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?", "punctuation cannot be searched"),
        ("language:klingon", "no text is in a language of that name or code. Languages: Arabic, English"),
        ("year:soon lamp", "is not a year, so it was left out"),
        ("year:2017-03 lamp", "is not a year, so it was left out"),
        ("year:1650", "no text states a date then. Stated years: 2014 to"),
        ("publisher:xyzzy", "no publisher has that in a name"),
        ("author:xyzzy", "no author has that in a name"),
        ("author:rlick", "no author has that in a name"),
        ("title:lamp", "this is no filter, so its words were searched everywhere"),
        (
            "lamp " + " ".join(f"lamp{number}" for number in range(300)),
            "only its first 32 different words were searched",
        ),
    ],
)
def test_what_cannot_be_searched_is_answered_in_words(opening: Open, query: str, said: str) -> None:
    page = ask(opening, query)
    expect(page.locator("#nowhere")).to_contain_text(said)
    assert (tally(page)[1] > 0) == ("lamp" in query)


def test_a_language_is_known_by_its_code(opening: Open) -> None:
    texts = tally(ask(opening, "language:arabic"))
    assert texts[1] > 0
    for code in ("ar", "ara", "AR-eg"):
        assert tally(ask(opening, f"language:{code}")) == texts


def test_other_scripts(opening: Open) -> None:
    page = ask(opening, "うなぎ")
    expect(page.locator("#hits mark").first).to_have_text("うなぎ")
    assert tally(ask(opening, "language:arabic"))[1] > 0


def test_the_address_is_the_state(opening: Open) -> None:
    page = ask(opening, "lamp")
    settled(page, page.locator("#f-publisher input").first.click)
    settled(page, lambda: page.locator("#sort").select_option("latest"))
    said, hits = tally(page), page.locator("#hits").inner_text()
    page.reload()
    expect(page.locator("#results")).to_be_visible()
    assert (tally(page), page.locator("#hits").inner_text()) == (said, hits)
    expect(page.locator("#f-publisher input").first).to_be_checked()
    expect(page.locator("#sort")).to_have_value("latest")
    settled(page, page.go_back)
    expect(page.locator("#sort")).to_have_value("relevance")
    settled(page, page.go_back)
    expect(page.locator("#f-publisher input:checked")).to_have_count(0)
    settled(page, page.go_forward)
    expect(page.locator("#f-publisher input").first).to_be_checked()
    page.locator("#hits h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/t/"))
    page.go_back()
    expect(page.locator("#f-publisher input").first).to_be_checked()


def test_pages_of_results_have_addresses(opening: Open) -> None:
    page = ask(opening, "the")
    first = page.locator("#hits h3").all_inner_texts()
    settled(page, page.locator("#pager a[rel=next]").click)
    assert parse_qs(urlsplit(page.url).query)["page"] == ["2"]
    assert page.locator("#hits h3").all_inner_texts() != first
    page.reload()
    expect(page.locator("#pager a[rel=prev]")).to_be_visible()


def test_the_form_of_the_first_page_leads_here(opening: Open) -> None:
    page = opening("index.html")
    page.locator("#q").fill("ledger")
    page.locator("#q").press("Enter")
    expect(page.locator("#hits h3").first).to_be_visible()


def test_keys(opening: Open) -> None:
    page = opening("search.html")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("lamp")
    expect(page.locator("#results")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hits h3 a").nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hits h3 a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#lists")).to_be_visible()


def test_a_screen_reader_hears_the_count(opening: Open) -> None:
    page = ask(opening, "lamp")
    assert page.get_by_role("status").filter(has_text="works, on").count() == 1


def test_a_query_is_text_and_nothing_else(opening: Open) -> None:
    page = opening("search.html?q=" + quote('<img src=x onerror=alert(1)> "<b>" -<i> publisher:<u>'))
    page.wait_for_timeout(500)
    assert page.locator("main img, main b:has(b), main u, main i").count() == 0


def test_without_javascript_the_lists_are_there(opening: Open) -> None:
    page = opening("search.html?q=lamp", java_script_enabled=False)
    expect(page.locator("#lists")).to_be_visible()
    expect(page.locator("#lists a").first).to_be_visible()
    expect(page.locator("#results")).to_be_hidden()
    expect(page.locator("#without")).to_be_visible()


@pytest.mark.parametrize(
    "pattern", ["**/catalogue.pack", "**/pagefind.js", "**/*.pf_meta*", "**/wasm.*", "**/search/**"]
)
@pytest.mark.parametrize("how", ["refused", "silent"])
def test_a_bundle_that_does_not_load_leads_to_the_lists(opening: Open, pattern: str, how: str) -> None:
    page = opening("search.html", watched=False)
    page.context.route(pattern, lambda route: refused(route) if how == "refused" else None)
    began = time.monotonic()
    page.goto(page.url + "?q=lamp")
    expect(page.locator("#trouble")).to_contain_text("browse the lists", ignore_case=True)
    assert time.monotonic() - began < 8  # the page waits 2.5 seconds; the rest is a busy machine's
    expect(page.locator("#lists a").first).to_be_visible()
    page.context.unroute_all(behavior="ignoreErrors")


def refused(route: Route) -> None:
    route.abort()
