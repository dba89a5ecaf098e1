"""Whole pages of many kinds: lists, verse, code, tables, recipes, interviews, threads, pagers, and what is around them.

``kinds.txt`` holds them, each line behind a mark of what it is.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stemma.clean.labels.labeller import label_lines
from stemma.clean.lines.segment import segment
from stemma.records import Label

PAGES = re.split(r"(?m)^=== ", Path(__file__).with_name("kinds.txt").read_text(encoding="utf-8"))[1:]
LABELS = {
    "B": {Label.BODY},
    "-": set(Label) - {Label.BODY},
    "C": {Label.COMMENT, Label.META},
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.partition("\n")[0])
def test_each_line_is_what_it_is(page: str) -> None:
    marks, texts = zip(*(line.split("|", 1) for line in page.rstrip("\n").split("\n")[1:]), strict=True)
    lines = segment("\n".join(texts))
    wrong = [
        (line.text, verdict.label)
        for line, verdict in zip(lines, label_lines([lines])[0], strict=True)
        if verdict.label not in LABELS.get(marks[line.number - 1], set(Label))
    ]
    assert wrong == []
