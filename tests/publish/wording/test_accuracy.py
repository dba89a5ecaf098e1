"""What the site says of the program's accuracy is what was measured."""

from __future__ import annotations

import re
from pathlib import Path

from stemma.publish.wording.accuracy import ACCURACY

MEASURED = (Path(__file__).parents[3] / "docs/accuracy.md").read_text("utf-8")


def measured(row: str) -> list[int]:
    """The figures of a row of a table, in whole per cent."""
    found = re.search(rf"^\| \**{row}\** \|(.*)$", MEASURED, re.MULTILINE)
    assert found, row
    return [round(float(figure) * 100) for figure in re.findall(r"\.\d+", found[1])]


def test_the_site_says_what_was_measured() -> None:
    _, shown, found = measured("all conversions")
    assert abs(ACCURACY.shown - shown) <= 1
    assert abs(ACCURACY.found - found) <= 1
    for field in ("title", "author", "date"):
        assert abs(getattr(ACCURACY, field) - measured(field)[0]) <= 2
    assert f"{ACCURACY.pages:,}" in MEASURED
