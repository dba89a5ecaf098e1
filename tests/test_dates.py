"""Dates as the records hold them."""

from __future__ import annotations

import pytest

from stemma.dates import is_date, is_day


@pytest.mark.parametrize(
    ("text", "day", "date"),
    [
        ("2017-03-15", True, True),
        ("1912-05", False, True),
        ("1912", False, True),
        ("2017-02-29", False, False),
        ("2017-13", False, False),
        ("20170315", False, False),
        ("2017-3-5", False, False),
        ("912", False, False),
        ("", False, False),
        ("١٩١٢", False, False),
    ],
)
def test_what_is_a_date(text: str, *, day: bool, date: bool) -> None:
    assert is_day(text) is day
    assert is_date(text) is date
