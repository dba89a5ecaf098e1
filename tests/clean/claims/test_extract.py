"""What whole pages say of themselves: invented pages, the claims a careful reader finds, and what they do not say."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.clean.claims.extract import extract
from stemma.records import Claim, Field, Label, Publisher

BODY = (
    (
        "The ferry to the islands came in late on Tuesday, and nobody on the quay had expected it, "
        "least of all the harbour master, who had gone home."
    ),
    "On 4 March 2011 the old ferry had sunk there, and the island council has asked for a new one ever since.",
    "The council will meet again in the spring, when the harbour report is due and the money has been counted.",
)

Stated = dict[Field, tuple[tuple[str, ...], int | None]]


def claims(page: str, publishers: tuple[Publisher, ...] = ()) -> tuple[Claim, ...]:
    """The claims of a page where a line starting with a label and a bar has that label; ``...`` stands for the body."""
    lines: list[str] = []
    labels: list[Label | None] = []
    for line in page.strip("\n").split("\n"):
        if line == "...":
            for paragraph in BODY:
                lines += [paragraph, ""]
                labels += [Label.BODY, None]
            continue
        label, bar, text = line.partition("| ")
        known = bar and label in set(Label)
        lines.append(text if known else line)
        labels.append(Label(label) if known else Label.NAVIGATION if line.strip() else None)
    return extract(tuple(lines), tuple(labels), (None,) * len(lines), publishers).claims


def stated(page: str, publishers: tuple[Publisher, ...] = ()) -> Stated:
    """What holds for each field, without the measured language."""
    found: Stated = {}
    for claim in claims(page, publishers):
        if claim.field is not Field.LANGUAGE:
            found.setdefault(claim.field, (claim.values, claim.line))
    return found


SYNDICATED = """
Ferry returns to the island harbour after a year

meta| By [South Quay](#)

meta| Harbour Review, March 03, 2017

meta| [South Quay](#) 2 March 2017

tags| Region: [Coast & Islands](#)

tags| Theme: [Ferries](#), [Harbour money](#)

...
credit| The original source of this article is [South Quay](#)
notice| Copyright © [South Quay](#), 2017

navigation| [Become a Member of Harbour Review](#)

credit| Articles by: [South Quay](#)
"""

REPOSTED = """
meta| date 2017-03-02 Posted on by quaywalker

South Quay

...
share| Share this: Share

tags| Filed under: Coast, Ferries | Tagged: Old quay |
"""

BLOG = """
* Home
* About

# Ferry returns to the island harbour after a year

meta| Published March 3, 2017 by Ada Quist | Updated May 9, 2019

...
comment| 1. Ole Brandt says: March 5, 2017 at 9:10 am
"""

GERMAN = """
Startseite
Nachrichten

Fähre kehrt nach einem Jahr in den Hafen zurück

meta| Von Ada Quist und Ole Brandt

meta| 03.11.2017, 10:15 Uhr

...
"""


def test_a_syndicated_page() -> None:
    assert stated(SYNDICATED) == {
        Field.TITLE: (("Ferry returns to the island harbour after a year",), 1),
        Field.PUBLISHER: (("Harbour Review",), 5),
        Field.AUTHOR: (("South Quay",), 3),
        Field.DATE: (("2017-03-03",), 5),
        Field.ORIGIN: (("South Quay",), 19),
        Field.ORIGIN_DATE: (("2017-03-02",), 7),
        Field.TAGS: (("Coast & Islands", "Ferries", "Harbour money"), 9),
    }


def test_a_reposted_page_names_no_author() -> None:
    assert stated(REPOSTED) == {
        Field.DATE: (("2017-03-02",), 1),
        Field.ORIGIN: (("South Quay",), 3),
        Field.POSTED_BY: (("quaywalker",), 1),
        Field.TAGS: (("Coast", "Ferries", "Old quay"), 13),
    }


def test_published_and_updated_is_published() -> None:
    found = stated(BLOG)
    assert found[Field.TITLE] == (("Ferry returns to the island harbour after a year",), 4)
    assert found[Field.DATE] == (("2017-03-03",), 6)
    assert found[Field.AUTHOR] == (("Ada Quist",), 6)


def test_several_authors_and_a_date_of_numbers() -> None:
    found = stated(GERMAN)
    assert found[Field.AUTHOR] == (("Ada Quist", "Ole Brandt"), 6)
    # The body is English here, and nothing else shows which number is the day.
    assert Field.DATE not in found
    assert stated(GERMAN + "meta| Stand: 13.11.2017")[Field.DATE] == (("2017-11-03",), 8)


@pytest.mark.parametrize(
    "line", ["11/05/2017", "Reviewed May 9, 2019", "© 2017", "yesterday", "3 hours ago", "31 February 2017"]
)
def test_what_is_no_date_of_the_text(line: str) -> None:
    assert Field.DATE not in stated(f"# Ferry returns to the island harbour\n\nmeta| {line}\n\n...\n")


def test_a_date_in_the_title_counts_when_nothing_better_does() -> None:
    page = "Harbour report – November 2, 2017: ferry returns to the islands\n\n...\n"
    (date,) = [claim for claim in claims(page) if claim.field is Field.DATE]
    assert (date.value, date.rule, date.line) == ("2017-11-02", "date.in-title", 1)


def test_a_page_of_nothing_but_text_says_nothing() -> None:
    assert stated("appeal| If you like the harbour news, please support South Quay: help@quay.example\n...\n") == {}


def test_a_listed_host_names_the_publisher() -> None:
    review = Publisher("Harbour Review", hosts=("harbour.example",))
    page = "...\nnotice| www.harbour.example contains material of others.\n"
    assert stated(page, (review,))[Field.PUBLISHER] == (("Harbour Review",), 7)
    assert stated(page) == {}


def test_original_addresses_are_read_beside_their_cue_alone() -> None:
    page = "...\ncredit| Original article: https://quay.example/ferry\nappeal| via: https://quay.example/donate\n"
    assert stated(page)[Field.ORIGINAL_URL] == (("https://quay.example/ferry",), 7)


def test_statements_that_disagree_are_both_kept() -> None:
    page = "# Ferry returns to the island harbour\n\nmeta| Published 3 March 2017\n\nmeta| 5 March 2017\n\n...\n"
    dates = [(claim.value, claim.rule) for claim in claims(page) if claim.field is Field.DATE]
    assert dates == [("2017-03-03", "date.published"), ("2017-03-05", "date.dateline")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(list(Label))), max_size=25))
def test_any_page_is_described_twice_alike_from_lines_it_has(page: list[tuple[str, Label]]) -> None:
    lines = tuple(text.replace("\n", " ") for text, _ in page)
    labels = tuple(label if line.strip() else None for line, (_, label) in zip(lines, page, strict=True))
    evidence = (None,) * len(lines)
    first = extract(lines, labels, evidence).claims
    assert first == extract(lines, labels, evidence).claims
    for claim in first:
        assert claim.values
        assert all(value.strip() for value in claim.values)
        assert claim.line is None or 1 <= claim.line <= len(lines)


@pytest.mark.parametrize(
    "sign",
    [
        "By ",
        "3 May ",
        "Share this: ",
        "a ",
        "[a](",
        "1/1/",
        "© ",
        "Posted on ",
        "(",
        "A, ",
        "2017 ",
        " by Ada",
        "· ",
        "__",
    ],
)
@pytest.mark.timeout(60)
def test_long_lines_state_nothing_and_take_no_long_time(sign: str) -> None:
    line = sign * (60_000 // len(sign))
    page = (line, "By " + line, *[line[:390]] * 20)
    assert extract(page, (Label.NAVIGATION,) * len(page), (None,) * len(page)).claims == ()


@pytest.mark.skipif("STEMMA_SEEDS" not in os.environ, reason="STEMMA_SEEDS is not set")
def test_the_seeds_say_what_a_careful_reader_finds() -> None:
    folder = Path(os.environ["STEMMA_SEEDS"])
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    for name, wanted in expected["claims"].items():
        lines = tuple((folder / name).read_text(encoding="utf-8").split("\n"))
        first, last = expected["body"][name]
        labels: list[Label | None] = [Label.NAVIGATION if line.strip() else None for line in lines]
        for label, numbers in expected["labels"][name].items():
            for number in numbers:
                if lines[number - 1].strip():
                    labels[number - 1] = Label(label.partition("|")[0])
        for number in range(first, last + 1):
            labels[number - 1] = Label.BODY if lines[number - 1].strip() else None
        found = [claim for claim in extract(lines, tuple(labels), (None,) * len(lines)).claims if claim.line]
        read = {str(claim.field): claim.values for claim in found}
        assert len(found) == len(read), name
        assert read == {
            field: tuple(value) if isinstance(value, list) else (str(value),) for field, value in wanted.items()
        }, name


@pytest.mark.parametrize(
    "head", ["Title: The ferry\nAuthor: Hanne Orlick\nDate: 4 May 2015", "Titel: The ferry\nDatum: 2015-05-04"]
)
def test_lines_that_name_the_title_are_read_as_those_of_author_and_date_are(head: str) -> None:
    found = stated(f"{head}\n\n...")
    assert found[Field.TITLE] == (("The ferry",), 1)
    assert found[Field.DATE][0] == ("2015-05-04",)


def test_a_line_alone_that_begins_so_is_no_header() -> None:
    found = stated("Title: The ferry\n\n...")
    assert "title.header" not in {claim.rule for claim in claims("Title: The ferry\n\n...")}
    assert Field.DATE not in found
