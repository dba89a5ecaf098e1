"""Titles of plain pages: what stands above a byline or a date, among mastheads, paths and credits."""

from __future__ import annotations

import pytest

from stemma.clean.claims.page import lay_out
from stemma.clean.claims.title.page_style import PageStyle
from stemma.clean.claims.title.select import candidates, rank_titles
from stemma.records import Evidence, Label

TEXT = (
    "The keeper of the lamp has been told to put it out, and the harbour board has told him to keep it lit.",
    "He has asked both of them for the order in writing, and has had neither, so the lamp burns on as it did before.",
)


def read(*above: str, evidence: dict[int, Evidence] | None = None) -> str | None:
    """The title of a page: lines of boilerplate, "" for a blank one, and two paragraphs below."""
    lines = (*above, "", TEXT[0], "", TEXT[1])
    labels = [None if not line else Label.BODY if line in TEXT else Label.NAVIGATION for line in lines]
    known = [(evidence or {}).get(number, Evidence.MODEL) for number in range(1, len(lines) + 1)]
    claims = rank_titles(lay_out(lines, labels), known).claims
    return claims[0].value if claims else None


@pytest.mark.parametrize(
    "above",
    [
        ("The lamp is to be put out", "", "By Ada Quist", "", "15 March 2017"),
        ("The lamp is to be put out", "By Ada Quist", "15 March 2017"),
        ("Harbour Review", "", "The lamp is to be put out", "", "From the South Quay Courier", "15 March 2017"),
        ("Home » News » Lamps", "", "The lamp is to be put out", "", "15 March 2017"),
        ("* Home", "* News", "* Tides", "", "# The lamp is to be put out", "", "By Ada Quist"),
        ("  1. Home", "  2. News", "  3. # The lamp is to be put out", "", "By Ada Quist"),
    ],
)
def test_the_line_above_the_credits(above: tuple[str, ...]) -> None:
    assert read(*above) == "The lamp is to be put out"


@pytest.mark.parametrize("mark", [" – ", " | ", " - "])
def test_the_name_of_the_site_is_no_part_of_a_title(mark: str) -> None:
    heading = f"The lamp is to be put out{mark}Harbour Review"
    lines = (heading, "", "By Ada Quist", "", *TEXT, "", "© 2017 Harbour Review")
    labels = [None if not line else Label.BODY if line in TEXT else Label.NAVIGATION for line in lines]
    found = rank_titles(lay_out(lines, labels), [Evidence.MODEL] * len(lines)).claims
    assert found[0].value == "The lamp is to be put out"
    other = (heading.replace("Harbour Review", "and lit again"), *lines[1:])
    found = rank_titles(lay_out(other, labels), [Evidence.MODEL] * len(lines)).claims
    assert found[0].value == other[0]


@pytest.mark.parametrize(
    "note",
    [
        "For lamps on land, see lantern (street lighting).",
        "Not to be confused with the lamp at Corvey.",
        "LAMPS AND BUOYS 12 (1998)",
        "Lamps and Buoys, Vol. 12, No. 3",
        "Credit Ada Quist",
    ],
)
def test_notes_volumes_and_credits_are_no_titles(note: str) -> None:
    assert read("The lamp is to be put out", "", note) in {None, "The lamp is to be put out"}
    assert read(note, "", "15 March 2017") is None


def test_a_line_of_other_texts_is_no_title() -> None:
    page = ("The Friday Review of Harbours and Lamps", "", "15 March 2017")
    assert read(*page) == page[0]
    assert read(*page, evidence={1: Evidence.RECURRENCE}) is None


def test_a_page_of_text_alone_has_no_title() -> None:
    assert read() is None


def test_a_line_known_to_say_something_else_is_no_title() -> None:
    page = lay_out(("The lamp is to be put out", "", TEXT[0]), (Label.NAVIGATION, None, Label.BODY))
    assert rank_titles(page).claims
    assert not rank_titles(page, taken={1}).claims


def test_a_path_is_no_title_and_its_last_step_may_be_one() -> None:
    page = ("Harbour Review", "", "Home » News » The lamp is to be put out", "15 March 2017", "By Ada Quist")
    assert read(*page) == "The lamp is to be put out"


@pytest.mark.parametrize("path", ["News » Harbour » Lamps", "Reprints › South Quay › Lamps and oil"])
def test_nor_is_one_that_begins_elsewhere(path: str) -> None:
    assert read(path, "", "15 March 2017") != path


@pytest.mark.parametrize(
    ("text", "spaces"),
    [("one two three", 2), ("秋山の灯台をたずねて", 5), ("秋山の灯台 をたずねて", 6), ("Straßenordnung", 0)],
)
def test_a_line_without_spaces_is_as_long_as_one_with_them(text: str, spaces: int) -> None:
    assert lay_out([text], [None]).lines[0].spaces == spaces


def test_a_title_in_a_script_without_spaces() -> None:
    lines = (
        "首頁",
        "燈塔",
        "",
        "看守人不肯熄滅港口的燈",
        "",
        "2017年3月15日",
        "",
        "港務局要看守人把燈熄滅，鎮上的人卻要他讓燈繼續亮著。" * 3,
    )
    labels = [None if not line else Label.BODY if len(line) > 40 else Label.NAVIGATION for line in lines]
    assert rank_titles(lay_out(lines, labels), [Evidence.MODEL] * len(lines)).claims[0].value == lines[3]


def test_the_width_of_a_page_says_where_a_heading_was_broken() -> None:
    """At 60 characters a line, "lamp" would have fitted on none of these lines."""
    prose = "The keeper of the lamp has been told to put out his lamps "
    lines = ["The keeper of the northern harbour refuses to put out the", "lamp of Corvey", "", "By Ada Quist", ""]
    lines += [prose + "ab"] * 12
    labels = [None if not line else Label.BODY if line.startswith(prose) else Label.NAVIGATION for line in lines]
    near = lay_out(lines, labels)
    assert PageStyle.of(near.lines, near.lines[:4]).widths == {0: 60}
    found = rank_titles(near, [Evidence.MODEL] * len(lines)).claims
    assert found[0].value == "The keeper of the northern harbour refuses to put out the lamp of Corvey"


def test_a_heading_that_a_narrow_page_broke_in_its_middle_is_put_together() -> None:
    first = "The lamp is to be put out on the last day of March, says the harbour board, and".center(80).rstrip()
    second = "lit again".center(80).rstrip()
    text = ("   " + " ".join(TEXT[0].split()[:9]), "   " + " ".join(TEXT[0].split()[9:]))
    lines = (first, second, "", "By Ada Quist", "", *text)
    labels = [None if not line else Label.BODY if line in text else Label.NAVIGATION for line in lines]
    claims = {one.claim.value for one in candidates(lay_out(lines, labels))}
    assert f"{first.strip()} {second.strip()}" in claims


@pytest.mark.timeout(60)
@pytest.mark.parametrize("lines", [3, 300, 3000])
def test_a_page_that_repeats_one_line_has_no_title_and_takes_no_long_time(lines: int) -> None:
    raw = ["The lamp is to be put out", "By Ada Quist, 3 May 2019"] * lines
    page = lay_out(raw, [Label.NAVIGATION] * len(raw))
    assert rank_titles(page, [Evidence.MODEL] * len(raw)).claims == ()
