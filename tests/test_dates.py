"""Dates in EDTF: level 0 and the qualifiers of level 1 (examples of our own)."""

from __future__ import annotations

import pytest

from stemma.dates import day, first_day, is_date, is_plain, last_year
from stemma.publish.wording.dates import parts

DATES = {
    "1846": "1846-01-01",
    "1950-06": "1950-06-01",
    "2017-03-15": "2017-03-15",
    "1400": "1400-01-01",
    "1950~": "1950-01-01",
    "1950?": "1950-01-01",
    "1950%": "1950-01-01",
    "1846-02~": "1846-02-01",
    "1846-02-28?": "1846-02-28",
    "1949/1951": "1949-01-01",
    "1949-11/1950-02-03": "1949-11-01",
    "1949~/1951?": "1949-01-01",
    "1950/1950": "1950-01-01",
}


@pytest.mark.parametrize("text", DATES)
def test_a_date_begins_on_its_earliest_day(text: str) -> None:
    assert is_date(text)
    assert first_day(text) == DATES[text]
    assert is_plain(text) == (not set("~?%/") & set(text))
    assert last_year(text) == int(text.rsplit("/", maxsplit=1)[-1][:4])
    assert day(text) == (text if text == "2017-03-15" else "")


@pytest.mark.parametrize(
    "text",
    ["", "50", "1950-00", "1950-13", "1900-02-29", "1950-1-2", "1951/1949", "1950//1951", "1950/1951/1952", "~1950",
     "1950??", "/1950", "1950/", "about 1950", "\u0661\u0669\u0665\u0660", "1950-06-31", "2017-03-15/2017-03-14"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert not is_date(text)


def test_dates_sort_by_the_earliest_day_they_can_mean() -> None:
    """What a date begins on; a coarser date before a finer one of the same beginning, as lists of the site have it."""
    meant = [
        "1846",
        "1846-02~",
        "1949/1951",
        "1949-11/1950",
        "1950?",
        "1950-01-01",
        "1950-06%",
        "2017-03",
        "2017-03-15",
    ]
    mixed = meant[::-1]
    assert sorted(mixed, key=lambda one: (first_day(one), parts(one))) == meant
    assert sorted(mixed, key=parts) == meant
