"""The features of a page as a whole: whether it shows a title at all. They are the same for all of its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Final

from stemma.clean.claims.page import Page
from stemma.clean.claims.title.page_style import BODY
from stemma.records import Label

MAX_HEADING: Final = 70
"""Characters of a line of the body that can be a heading within it."""

_LINES: Final = (5, 10, 20, 40, 80, 160, 320)
_SHARES: Final = (0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 0.99)
_HEADINGS: Final = (0.02, 0.1, 0.25, 0.5)
_AROUND: Final = (1, 3, 10, 30)
_BELOW: Final = (*_AROUND, 100)
_LENGTHS: Final = (20, 60, 100, 200)
_HAS: Final = {label: f"page-has-{label}" for label in Label}


def of_page(page: Page) -> tuple[str, ...]:
    """How long the page is, how much of it is text, and what it has besides."""
    lines = page.lines
    count = max(1, len(lines))
    labels = [line.label for line in lines]
    above = Counter(labels[: page.first])
    body = lines[page.first : page.last + 1]
    headings = sum([len(line.text) < MAX_HEADING and line.text[-1:] not in '.!?"”' for line in body])
    return (
        f"page-lines-{bisect_right(_LINES, len(lines))}",
        f"page-body-{bisect_right(_SHARES, labels.count(BODY) / count)}",
        f"page-headings-{bisect_right(_HEADINGS, headings / max(1, len(body)))}",
        f"page-menu-{bisect_right(_AROUND, above[Label.NAVIGATION])}",
        f"page-titles-{min(3, above[Label.TITLE])}",
        f"page-below-{bisect_right(_BELOW, len(lines) - 1 - page.last)}",
        f"page-opening-{bisect_right(_LENGTHS, len(lines[0].text)) if lines else 0}",
        *[_HAS[label] for label in set(labels) if label is not None],
    )
