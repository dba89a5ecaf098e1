"""Whole pages, invented: comments that no heading announces, as four systems print them; and texts that have none.

The texts hold what a turn of style could be taken for: code, a glossary, dialogue, letters.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.clean.labels.labeller import label_lines
from stemma.clean.lines.segment import segment
from stemma.records import Label

PAGES = Path(__file__).parent / "comment_pages"
ONSET = "=====\n"
"""Stands where the comments of a thread begin; not part of the page."""
NOT_THE_TEXT = {Label.COMMENT, Label.META}


def labels(text: str) -> list[tuple[str, Label]]:
    lines = segment(text)
    return [(line.text, verdict.label) for line, verdict in zip(lines, label_lines([lines])[0], strict=True)]


@pytest.mark.parametrize("page", sorted((PAGES / "threads").glob("*.txt")), ids=lambda page: page.stem)
def test_comments_without_a_heading_are_found_and_the_text_above_them_is_kept(page: Path) -> None:
    article, _, thread = page.read_text(encoding="utf-8").partition(ONSET)
    found = labels(article + thread)
    count = len(segment(article))
    assert [line for line, label in found[:count] if label is not Label.BODY] == []
    assert [line for line, label in found[count:] if label not in NOT_THE_TEXT] == []
    assert Label.COMMENT in {label for _, label in found[count:]}


@pytest.mark.parametrize("page", sorted((PAGES / "articles").glob("*.txt")), ids=lambda page: page.stem)
def test_no_part_of_a_text_is_taken_for_comments(page: Path) -> None:
    found = labels(page.read_text(encoding="utf-8"))
    assert [line for line, label in found if label is Label.COMMENT] == []
    assert [line for line, label in found[1:] if label is not Label.BODY] == []
