"""The context model: paragraphs in their context as whole numbers, and trees that judge them the same everywhere."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from stemma.clean.labels.context_features import UNIT, Paragraphs, ReadPage, describe_context
from stemma.clean.labels.context_model import MAX_SCORE, Trees, find_body, look_up, read_trees, score
from stemma.clean.labels.features import describe_lines
from stemma.clean.labels.labeller import named_rules
from stemma.clean.labels.line_model import STATES
from stemma.clean.labels.models import LATIN, models
from stemma.clean.lines.segment import segment

WEIR = "The old weir at Saltmere gave way in the night of the second, and by morning the lower quay stood under water."
SLUICE = "Engineers of the county have closed the sluice and will look at the masonry once the river has fallen again."
PAGES = (f"Home\nNews\n\n{WEIR}\n{SLUICE}\n\nRelated stories\nA mill is sold\n", "", f"{SLUICE}\n{WEIR}", "3 comments")
BODY, COMMENT = STATES.index("body"), STATES.index("comment")


def read(text: str, comment: float = 0.0) -> ReadPage:
    """A page whose sentences are body to the line model, or comments as probably as is said."""
    lines = segment(text)
    posteriors = np.zeros((len(lines), len(STATES)), dtype=np.float32)
    for at, line in enumerate(lines):
        prose = len(line.text) > 60
        posteriors[at, BODY], posteriors[at, COMMENT] = (0.9 - comment, comment) if prose else (0.0, 0.0)
        posteriors[at, STATES.index("tail")] = 1 - posteriors[at].sum()
    return ReadPage(lines, *describe_lines(lines), posteriors, named_rules(lines))


def test_pages_described_together_are_described_as_each_by_itself() -> None:
    pages = [read(text) for text in PAGES if text]
    alone = [describe_context([page], Paragraphs.of([page])) for page in pages]
    assert (describe_context(pages, Paragraphs.of(pages)) == np.concatenate(alone, axis=1)).all()


def test_a_hard_wrapped_paragraph_is_one() -> None:
    lines = segment(f"{WEIR[:64]}\n{WEIR[64:]}\n{SLUICE}")
    lines = (lines[0], lines[1]._replace(wrapped=True), lines[2])
    page = ReadPage(lines, *describe_lines(lines), np.full((3, len(STATES)), 0.2, np.float32), [None] * 3)
    lay = Paragraphs.of([page])
    assert lay.owner.tolist() == [0, 0, 1]
    assert [column.size for column in describe_context([page], lay)] == [2] * describe_context([page], lay).shape[0]


def test_comments_count_as_body_where_nothing_else_points_to_them() -> None:
    believed = describe_context([read(f"{WEIR}\n3 comments\n{SLUICE}", 0.6)], Paragraphs.of([read("a\nb\nc")]))
    plain = describe_context([read(f"{WEIR}\nThree things\n{SLUICE}", 0.6)], Paragraphs.of([read("a\nb\nc")]))
    assert (believed[0, 2], believed[1, 2]) == (pytest.approx(0.3 * UNIT, abs=1), pytest.approx(0.6 * UNIT, abs=1))
    assert (plain[0, 2], plain[1, 2]) == (pytest.approx(0.9 * UNIT, abs=2), 0)


def test_a_tree_asks_its_questions_and_adds_its_leaf() -> None:
    table = np.array([0] * 64 + [UNIT])
    two = Trees(
        np.array([[0, 1], [1, 1]], np.int32),
        np.array([[5, 0], [7, 9]], np.int32),
        np.array([[1, 2, 3, 4], [10, 20, 30, 40]], np.int32),
        100,
        table,
        table,
    )
    columns = np.array([[5, 6, 6, 5], [0, 0, 8, 99]], np.int32)
    assert score(columns, two).tolist() == [111, 112, 124, 143]


def test_probabilities_lie_between_their_entries_and_never_fall() -> None:
    learned = models()[LATIN].trees
    for table in (learned.probabilities, learned.confidences):
        found = look_up(table, np.arange(-MAX_SCORE - 500, MAX_SCORE + 500, 7))
        assert (np.diff(found) >= 0).all()
        assert found.min() >= 0
        assert found.max() <= UNIT
    assert look_up(np.arange(65) * 250, np.array([-MAX_SCORE, 0, 125, MAX_SCORE])).tolist() == [0, 8000, 8125, 16000]


def test_the_trees_ask_for_features_there_are() -> None:
    page = read(WEIR)
    assert models()[LATIN].trees.features.max() < describe_context([page], Paragraphs.of([page])).shape[0]


def test_stored_trees_are_read_as_they_were() -> None:
    learned, stream = models()[LATIN].trees, io.BytesIO()
    names = ("features", "thresholds", "leaves", "bias", "probabilities", "confidences")
    stored: dict[str, Any] = {name: np.asarray(getattr(learned, name)) for name in names}
    np.savez(stream, **stored)
    stream.seek(0)
    again = read_trees(stream)
    assert all(np.array_equal(getattr(learned, name), getattr(again, name)) for name in names)


def test_pages_without_lines_have_no_body_and_no_say() -> None:
    pages = [read(text) for text in PAGES]
    found = find_body(pages, models()[LATIN].trees)
    assert [len(one.probability) for one in found] == [len(page.lines) for page in pages]
    assert (found[2].probability == find_body([pages[2]], models()[LATIN].trees)[0].probability).all()
    assert find_body([], models()[LATIN].trees) == []
