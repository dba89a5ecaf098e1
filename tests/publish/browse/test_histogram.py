"""The histogram: every dated text in one bar, no date too wild to draw."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.browse.histogram import drawn
from stemma.publish.index import build_index
from stemma.publish.wording.translation import ENGLISH
from tests.publish import archives

DATES = st.one_of(
    st.dates().map(str), st.integers(0, 9999).map("{:04}".format), st.sampled_from(["2017-03", "", "9999-12"])
)


def test_months_and_years_of_a_few_texts() -> None:
    found = drawn(build_index(archives.lamp()).cards, ENGLISH)
    assert found is not None
    assert found.title == "6 dated texts by month, 2014 to 2018. The fullest month is March 2017 with 2."
    assert found.peak == "March 2017, 2 texts"
    assert [(one.label, one.count) for one in found.years] == [
        ("2014", 1), ("2015", 0), ("2016", 0), ("2017", 4), ("2018", 1),
    ]  # fmt: skip
    assert found.undated == 2


def test_no_date_no_drawing() -> None:
    assert drawn(build_index(archives.archive([archives.witness("a", "A.")])).cards, ENGLISH) is None


@given(st.lists(DATES, max_size=8))
def test_any_dates_can_be_drawn(dates: list[str]) -> None:
    archive = archives.archive(archives.witness(f"w{n}", "A.", date=date) for n, date in enumerate(dates))
    found = drawn(build_index(archive).cards, ENGLISH)
    if found is not None:
        assert len(found.bars) <= 288 + 112
        assert len(found.years) <= 8
        assert sum(bar.peak for bar in found.bars) == 1
