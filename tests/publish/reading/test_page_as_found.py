from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.reading.text.anatomy import anatomy
from stemma.publish.reading.text.boilerplate_lines import MAX_LINES, set_aside
from stemma.records import Accession, Block, Label, Witness
from tests.publish.archives import LAMP, page

QUAY = page("quay", LAMP, title="The lamp goes out")
labels = st.lists(st.sampled_from(list(Label)), min_size=1, max_size=60)


def _page(found: list[Label]) -> Witness:
    text = "\n".join(f"line {number}" for number in range(len(found)))
    blocks = tuple(Block(number, number, label, f"{label}.x") for number, label in enumerate(found, 1))
    return Witness(Accession("x", "x.txt", "0", len(text), text, "utf-8"), blocks, (), ())


def test_the_bar_runs_from_the_first_character_to_the_last() -> None:
    drawn = anatomy(QUAY, QUAY.accession.lines)
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
    assert anatomy(_page([]), ("",)) is None


@given(labels)
def test_bars_follow_one_another(found: list[Label]) -> None:
    page = _page(found)
    drawn = anatomy(page, page.accession.lines)
    assert drawn is not None
    at = 0.0
    for bar in sorted((bar for ink in drawn.inks for bar in ink.bars), key=lambda bar: float(bar.x[:-1])):
        assert float(bar.x[:-1]) == pytest.approx(at, abs=0.05)
        at = float(bar.x[:-1]) + float(bar.width[:-1])


@given(labels)
def test_every_line_set_aside_is_counted_and_shown(found: list[Label]) -> None:
    page = _page(found)
    aside = set_aside(page, page.accession.lines, ())
    lines = [line for group in aside.groups for row in group.rows for line in row.text.split(" / ")]
    expected = [line for line, label in zip(page.accession.lines, found, strict=True) if label is not Label.BODY]
    assert sorted(lines) == sorted(expected)


def test_withheld_lines_are_counted_only() -> None:
    aside = set_aside(QUAY, QUAY.accession.lines, (Label.APPEAL,))
    (appeal,) = [group for group in aside.groups if group.withheld]
    assert (appeal.count, appeal.rows) == ("1 line", ())
    assert 7 not in aside.anchors  # no claim comes from it


def test_very_many_lines_are_bounded() -> None:
    page = _page([Label.COMMENT] * (MAX_LINES + 40))
    (group,) = set_aside(page, page.accession.lines, ()).groups
    assert group.more == 40
    assert group.count == "540 lines"


def test_a_line_that_is_claimed_has_an_anchor() -> None:
    aside = set_aside(QUAY, QUAY.accession.lines, ())
    anchors = [row.anchor for group in aside.groups for row in group.rows]
    assert sorted(filter(None, anchors)) == ["l2"]
    assert aside.anchors[2] == "l2"


def test_a_line_of_the_text_leads_to_its_paragraph() -> None:
    assert set_aside(QUAY, QUAY.accession.lines, ()).anchors[4] == "p2"
    assert 4 not in set_aside(replace(QUAY, body_corrected=True), QUAY.accession.lines, ()).anchors
