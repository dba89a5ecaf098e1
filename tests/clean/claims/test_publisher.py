"""Who publishes a page: names made of the host's words, and where none is stated."""

from __future__ import annotations

import pytest

from stemma.clean.claims.page import Page, lay_out
from stemma.clean.claims.publisher import menus
from stemma.clean.claims.publisher.host import Host, host_in, host_of, initials, name_of, runs
from stemma.clean.claims.publisher.names import key_of, names_host
from stemma.clean.claims.publisher.select import candidates as publisher_candidates
from stemma.clean.claims.publisher.select import rank_publishers
from stemma.records import Label, Publisher

BODY = (
    "The keeper of the lamp has been told to put it out, and the harbour board has told him to keep it lit.",
    "He has asked both of them for the order in writing, and has had neither, so the lamp burns on as before.",
)


def page(*around: str) -> Page:
    """Lines of boilerplate, of which those from the first © on are a notice below the text."""
    cut = next((at for at, line in enumerate(around) if "©" in line), len(around))
    lines = (*around[:cut], *BODY, *around[cut:])
    labels = [Label.BODY if line in BODY else Label.NOTICE if "©" in line else Label.NAVIGATION for line in lines]
    return lay_out(lines, labels)


@pytest.mark.parametrize(
    ("folder", "letters"),
    [
        ("ennick-lantern.example", "ennicklantern"),
        ("www.velmpost.co.uk", "velmpost"),
        ("blog.velmpost.com.au", "velmpost"),
        ("scans/velmpost.org/2017", "velmpost"),
        ("quaywalker.wordpress.com", "quaywalker"),
        ("fährblatt.de", "fahrblatt"),
        ("wordpress.com", ""),
        ("medium.com", ""),
        ("pages", ""),
        ("received 2017", ""),
        ("", ""),
    ],
)
def test_what_a_folder_says_of_a_host(folder: str, letters: str) -> None:
    host = host_of(folder)
    assert (host.letters if host else "") == letters


def test_a_folder_may_have_a_name_that_is_no_host() -> None:
    assert name_of("harbour-review") == Host("harbourreview", "")
    assert name_of("pages") is name_of("scans-1") is name_of("a-b") is None


@pytest.mark.parametrize(
    ("line", "letters", "found"),
    [
        ("News from the Velm Post today", "velmpost", [("Velm Post", "whole")]),
        ("VelmPost.com", "velmpost", [("VelmPost", "whole")]),
        ("The Lantern of Ennick", "ennicklantern", [("Lantern", "part")]),
        ("Das Fährblatt und mehr", "faehrblatt", [("Fährblatt", "whole")]),
        ("Das Fährblatt und mehr", "fahrblatt", [("Fährblatt", "whole")]),
        ("nothing of the kind", "velmpost", []),
    ],
)
def test_words_that_make_up_a_host(line: str, letters: str, found: list[tuple[str, str]]) -> None:
    assert [(line[run.start : run.end], run.kind) for run in runs(line, Host(letters, ""))] == found


@pytest.mark.parametrize(
    ("line", "letters", "found"),
    [
        ("Read the Upper Velm Times", "uvtimes", "Upper Velm Times"),
        ("Ennicker Allgemeine Zeitung", "eaz", "Ennicker Allgemeine Zeitung"),
        ("Society of the Velm", "sov", ""),
        ("every ancient zebra", "eaz", ""),
    ],
)
def test_words_whose_beginnings_make_up_a_host(line: str, letters: str, found: str) -> None:
    assert [line[run.start : run.end] for run in initials(line, Host(letters, ""))] == ([found] if found else [])


def test_one_name_is_written_in_many_ways() -> None:
    assert len({key_of(name) for name in ("The Velm Post", "VELM POST", "VelmPost.com", "velmpost", "Velm-Post")}) == 1
    assert key_of("Velm Post") != key_of("Velm Post Group")


def test_the_host_a_page_names_most_often() -> None:
    host = host_in("desk@velmpost.example.org, velmpost.org, velmpost.org/about, facebook.com facebook.com")
    assert host is not None
    assert host.letters == "velmpost"
    assert host_in("no host is named. at all") is None


def test_the_host_by_which_a_page_calls_something_comes_first() -> None:
    host = host_in("oilshop.org oilshop.org oilshop.org, the lantern, lantern.org")
    assert host is not None
    assert host.letters == "lantern"
    short = host_in("vp shop, vp talk, letters@vp.org")
    assert short is not None
    assert short.letters == "vp"


@pytest.mark.parametrize(
    ("text", "is_host"),
    [("Velm Post", True), ("VELM POST ONLINE", True), ("A long walk to the post", False), ("", False)],
)
def test_whether_words_are_the_name_of_the_host(text: str, *, is_host: bool) -> None:
    assert names_host(text, Host("velmpost", "")) is is_host
    assert not names_host(text, None)


STATED = {
    "as the host writes it": (("Velm Post", "News", "© 2017 Velm Post"), "velmpost.com", "Velm Post"),
    "with the word that the host lacks": (
        ("Ennicker Lampenblatt", "Politik", "Sport", "© 2017 Ennicker Lampenblatt"),
        "lampenblatt.de",
        "Ennicker Lampenblatt",
    ),
    "by its initials": (
        ("Upper Velm Times", "News", "Subscribe to Upper Velm Times", "© 2017 Upper Velm Times"),
        "uvtimes.com",
        "Upper Velm Times",
    ),
    "with full stops between its letters": (
        ("V.P.A. Shop", "V.P.A. Podcasts", "Quelle: V.P.A."),
        "vpa.net",
        "V.P.A",
    ),
    "without the word for its company": (
        ("Harbour Review", "Log in", "Harbour Review app", "© 2017 Harbour Review Ediciones"),
        "harbourreview.com",
        "Harbour Review",
    ),
    "apart, not as the host joins it to its article": (
        ("The Lantern", "theLantern.example", "© 2017 The Lantern"),
        "thelantern.example",
        "The Lantern",
    ),
    "in a folder with its name": (
        ("Harbour Review", "News", "© 2017 Harbour Review"),
        "harbour-review",
        "Harbour Review",
    ),
    "in no such folder, by its notice and masthead": (
        ("Harbour Review", "© 2017 Harbour Review"),
        "pages",
        "Harbour Review",
    ),
}


@pytest.mark.parametrize("case", STATED)
def test_the_publisher(case: str) -> None:
    around, folder, name = STATED[case]
    claims = rank_publishers(page(*around), folder).claims
    assert claims
    assert claims[0].value == name
    line = page(*around).lines[page(*around).place(claims[0].line or 0) or 0]
    assert name in line.text, "the value stands on its line"


@pytest.mark.parametrize(
    ("around", "folder"),
    [
        (("Home", "News", "Sport"), "velmpost.com"),
        (("Home", "News", "Sport"), "pages"),
        (("see www.velmpost.com/about", "desk@velmpost.com"), "velmpost.com"),
        (("Home", "Medium"), "medium.com"),
    ],
)
def test_the_folder_is_never_the_answer(around: tuple[str, ...], folder: str) -> None:
    assert rank_publishers(page(*around), folder).claims == ()


def test_a_text_may_name_its_paper_deep_within() -> None:
    lines = [f"On page {number} of the harbour's books the lamp is said to be lit." for number in range(40)]
    lines[20] = "“It was lit on every night of the year”, the keeper told Velm Post when he was asked about the books."
    laid = lay_out(lines, [Label.BODY] * len(lines))
    keys = {one.identity: one.claim for one in publisher_candidates(laid, "velmpost.com")}
    assert keys["velmpost"].line == 21
    assert "velmpost" not in {one.identity for one in publisher_candidates(laid, "pages")}


def test_names_in_menus() -> None:
    laid = page("lantern Shop", "lantern Podcasts", "lantern Jobs", "Tides", "Harbour Review logo", "Best of 2016")
    assert {laid.lines[at].text[:end] for at, end in menus.beginnings(laid)} == {"lantern"}
    assert [laid.lines[at].text[start:end] for at, start, end in menus.logos(laid)] == ["Harbour Review"]
    assert not list(menus.beginnings(page("How to row", "How to sail", "How to wait")))


def test_a_notice_without_a_name_names_nobody() -> None:
    claims = rank_publishers(page("News", "© 2017 All rights reserved"), "pages").claims
    assert not claims


def test_a_listed_publisher_is_stated_as_it_is_listed() -> None:
    listed = Publisher("The Harbour Review of Ennick", other_names=("Harbour Review",))
    claims = rank_publishers(
        page("Harbour Review, 3 May 2017", "© Harbour Review"), "pages", publishers=(listed,)
    ).claims
    assert claims[0].value == "The Harbour Review of Ennick"


def test_a_page_that_calls_itself_another_paper_says_so_by_its_rule() -> None:
    claims = rank_publishers(page("Harbour Review", "News", "© 2017 Harbour Review"), "velmpost.com").claims
    assert [(claim.value, claim.rule) for claim in claims[:1]] == [("Harbour Review", "publisher.unlike-folder")]
