"""The context model: from the features of paragraphs in their context to how probably each line is body.

Gradient-boosted oblivious trees (Friedman 2001; Kohavi 1994): at each depth a tree asks one question of every
paragraph, so its leaf is the number that the answers spell. Features, thresholds and leaves are whole numbers: the
same page gives the same answer on every machine. ``python -m training.labels`` makes them; they are data, read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import IO, Final

import numpy as np
import numpy.typing as npt

from stemma.clean.labels.context_features import UNIT, Paragraphs, ReadPage, describe_context

MAX_SCORE: Final = 8_000
"""Scores are log-odds in thousandths; the tables of probabilities begin and end at plus and minus this."""
STEP: Final = 250
"""Between two entries of a table of probabilities."""
CHUNK: Final = 4096
"""Paragraphs judged at a time, so that a long page needs no more memory."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trees:
    """The learned numbers. ``features`` and ``thresholds``: (trees, depth); ``leaves``: (trees, 2 ** depth).

    The answer to a question is yes where the feature is greater than the threshold; the first one is the lowest bit.
    ``probabilities``: by score, of the words of a page to be body; ``confidences``: of a line to be, both measured on
    sites the trees have not seen and never falling.
    """

    features: npt.NDArray[np.int32]
    thresholds: npt.NDArray[np.int32]
    leaves: npt.NDArray[np.int32]
    bias: int
    probabilities: Integers
    confidences: Integers


@dataclass(frozen=True, slots=True)
class Body:
    """How probably each line of a page is body (0 to 1): to choose the text by, and to say how sure the choice is."""

    probability: npt.NDArray[np.float64]
    confidence: npt.NDArray[np.float64]


def read_trees(stream: IO[bytes]) -> Trees:
    """Trees as training/labels.py stores them."""
    with np.load(stream) as stored:
        return Trees(
            stored["features"].astype(np.int32),
            stored["thresholds"].astype(np.int32),
            stored["leaves"].astype(np.int32),
            int(stored["bias"]),
            stored["probabilities"].astype(np.int64),
            stored["confidences"].astype(np.int64),
        )


def find_body(pages: Sequence[ReadPage], learned: Trees) -> list[Body]:
    """For each page how probably its lines are body. Each page is judged by itself; together they cost less."""
    held = [page for page in pages if page.lines]
    if not held:
        return [Body(np.zeros(0), np.zeros(0)) for _ in pages]
    lay = Paragraphs.of(held)
    scores = score(describe_context(held, lay), learned)
    probability, confidence = (
        (look_up(table, scores) / UNIT)[lay.owner] for table in (learned.probabilities, learned.confidences)
    )
    bounds = pairwise(accumulate((len(page.lines) for page in pages), initial=0))
    return [Body(probability[start:end], confidence[start:end]) for start, end in bounds]


def score(columns: npt.NDArray[np.int32], learned: Trees) -> Integers:
    """The log-odds of body of each paragraph, in thousandths. ``columns``: a row a feature, a column a paragraph."""
    count = columns.shape[1]
    found = np.empty(count, dtype=np.int64)
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        found[part] = _sum_of_leaves(columns[:, part], learned)
    return found


def _sum_of_leaves(columns: npt.NDArray[np.int32], learned: Trees) -> Integers:
    trees, depth = learned.features.shape
    answers = np.ascontiguousarray(columns)[learned.features.T] > learned.thresholds.T[:, :, np.newaxis]
    leaf = np.repeat(np.arange(0, trees << depth, 1 << depth, dtype=np.intp), columns.shape[1]).reshape(trees, -1)
    for bit in range(depth):
        leaf += answers[bit].astype(np.intp) << bit
    found: Integers = learned.bias + np.take(learned.leaves.ravel(), leaf).sum(axis=0, dtype=np.int64)
    return found


def look_up(table: Integers, scores: Integers) -> Integers:
    """The probability of each score, in ten-thousandths; between two entries of the table linear."""
    shifted = np.clip(scores, -MAX_SCORE, MAX_SCORE) + MAX_SCORE
    below, rest = np.divmod(shifted, STEP)
    above = np.minimum(below + 1, len(table) - 1)
    found: Integers = (table[below] * (STEP - rest) + table[above] * rest) // STEP
    return found
