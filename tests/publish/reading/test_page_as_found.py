from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.reading.text.anatomy import anatomy
from stemma.publish.reading.text.boilerplate_lines import MAX_LINES, set_aside
from stemma.publish.reading.text.overview import Doubt, doubt
from stemma.publish.wording.translation import ENGLISH
from stemma.records import Accession, Block, Label, Paragraph, Witness
from tests.publish.archives import LAMP, page

QUAY = page("quay", LAMP, title="The lamp goes out")
labels = st.lists(st.sampled_from(list(Label)), min_size=1, max_size=60)


def _page(found: list[Label]) -> Witness:
    text = "\n".join(f"line {number}" for number in range(len(found)))
    blocks = tuple(Block(number, number, label, f"{label}.x") for number, label in enumerate(found, 1))
    return Witness(Accession("x", "x.txt", "0", len(text), text, "utf-8"), blocks, (), ())


def test_the_bar_runs_from_the_first_character_to_the_last() -> None:
    drawn = anatomy(QUAY, QUAY.accession.lines, ENGLISH)
    assert drawn is not None
    placed = sorted((bar for ink in drawn.inks for bar in ink.bars), key=lambda bar: float(bar.x[:-1]))
    assert placed[0].x == "0.00%"
    last = placed[-1]
    assert float(last.x[:-1]) + float(last.width[:-1]) == pytest.approx(100, abs=0.02)
    assert [share.name for share in drawn.shares] == [
        "the text",
        "title",
        "appeal for money or a subscription",
        "navigation",
    ]
    assert drawn.lines == 7


def test_a_blank_page_has_no_anatomy() -> None:
    assert anatomy(_page([]), ("",), ENGLISH) is None


@given(labels)
def test_bars_follow_one_another(found: list[Label]) -> None:
    page = _page(found)
    drawn = anatomy(page, page.accession.lines, ENGLISH)
    assert drawn is not None
    at = 0.0
    for bar in sorted((bar for ink in drawn.inks for bar in ink.bars), key=lambda bar: float(bar.x[:-1])):
        assert float(bar.x[:-1]) == pytest.approx(at, abs=0.05)
        at = float(bar.x[:-1]) + float(bar.width[:-1])


@given(labels)
def test_every_line_set_aside_is_shown_where_it_is(found: list[Label]) -> None:
    page = _page(found)
    page = replace(page, body=tuple(Paragraph(f"line {at}") for at, label in enumerate(found) if label is Label.BODY))
    aside = set_aside(page, page.accession.lines, (), ENGLISH)
    gaps = {gap.before: [line for row in gap.rows for line in row.text.split(" / ")] for gap in aside.gaps}
    read = [line for number in range(1, len(page.body) + 2)
            for line in (*gaps.get(number, []), *(one.text for one in page.body[number - 1 : number]))]  # fmt: skip
    assert read == list(page.accession.lines)
    assert aside.lines == sum(label is not Label.BODY for label in found)


def test_a_gap_inside_the_text_says_which_lines_and_what_they_are() -> None:
    page = _page([Label.BODY, Label.SHARE, Label.RELATED, Label.BODY, Label.NOTICE])
    page = replace(page, body=(Paragraph("line 0"), Paragraph("line 3")))
    inside, after = set_aside(page, page.accession.lines, (), ENGLISH).gaps
    assert (inside.before, inside.place, inside.labels) == (2, "l. 2–3", "share buttons and other headlines")
    assert (after.before, after.place, after.labels) == (3, "l. 5", "legal notice")


def test_where_the_curator_corrected_the_text_all_gaps_follow_it() -> None:
    aside = set_aside(replace(QUAY, body_corrected=True), QUAY.accession.lines, (), ENGLISH)
    assert [gap.before for gap in aside.gaps] == [len(LAMP) + 1]


def test_withheld_lines_are_counted_only() -> None:
    aside = set_aside(QUAY, QUAY.accession.lines, (Label.APPEAL,), ENGLISH)
    (row,) = aside.gaps[-1].rows
    assert (row.lines, row.text, row.withheld) == ("l. 7", "", True)
    assert 7 not in aside.anchors  # no claim comes from it


def test_very_many_lines_are_bounded() -> None:
    page = _page([Label.COMMENT] * (MAX_LINES + 40))
    (gap,) = set_aside(page, page.accession.lines, (), ENGLISH).gaps
    assert (gap.more, gap.place) == (40, "l. 1–540")


def test_doubt_is_counted() -> None:
    blocks = (Block(1, 1, Label.BODY, "a", 0.6), Block(2, 3, Label.NOTICE, "b", 0.5), Block(4, 4, Label.NOTICE, "b"))
    page = replace(_page([Label.BODY] * 4), blocks=blocks, body=(Paragraph("line 0"),))
    aside = set_aside(page, page.accession.lines, (), ENGLISH)
    assert (aside.doubtful, aside.doubtful_paragraphs) == (2, (1,))
    assert doubt(page, aside, ENGLISH) == Doubt(3, 2, (1,), (), "75%", "65%")
    assert doubt(QUAY, set_aside(QUAY, QUAY.accession.lines, (), ENGLISH), ENGLISH) is None


def test_a_line_that_is_claimed_has_an_anchor() -> None:
    aside = set_aside(QUAY, QUAY.accession.lines, (), ENGLISH)
    anchors = [row.anchor for gap in aside.gaps for row in gap.rows]
    assert sorted(filter(None, anchors)) == ["l2"]
    assert aside.anchors[2] == "l2"


def test_a_line_of_the_text_leads_to_its_paragraph() -> None:
    assert set_aside(QUAY, QUAY.accession.lines, (), ENGLISH).anchors[4] == "p2"
    assert 4 not in set_aside(replace(QUAY, body_corrected=True), QUAY.accession.lines, (), ENGLISH).anchors
