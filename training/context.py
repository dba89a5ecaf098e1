"""The context model: pages with known bodies, each read by a line model that has not seen it -> boosted trees.

See training/labels.py. The tables of probabilities come from trees that have not seen the page's fold either.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from catboost import CatBoostClassifier

from benchmarks.known_claims import Row
from stemma.clean.labels.context_features import UNIT, Integers, Paragraphs, ReadPage, describe_context
from stemma.clean.labels.context_model import MAX_SCORE, STEP, Trees, score
from stemma.clean.labels.features import describe_lines
from stemma.clean.labels.labeller import named_rules
from stemma.clean.labels.line_model import Weights, posteriors
from stemma.clean.labels.page_rules import with_page_rules
from stemma.clean.lines.segment import segment
from training.alignment import BODY, Marked, mark
from training.scripts import in_another_script

TREES = 100
DEPTH = 6
RATE = 0.15
FOREIGN = 0.15
"""Share of the pages that are learned in another script as well."""
SCALE = 1000
"""Leaves are stored as log-odds in thousandths."""
ENTRIES = np.arange(-MAX_SCORE, MAX_SCORE + 1, STEP)
"""The scores for which the tables give a probability."""
PRIOR = 20.0
"""Paragraphs that the logistic function counts for at each entry."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The paragraphs of a page: features (a row each), whether each is body, its weight and lines; the page's fold."""

    features: npt.NDArray[np.int32]
    body: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64]
    lines: npt.NDArray[np.int64]
    fold: int


def samples(
    rows: Sequence[Row], fold: Mapping[str, int], learned: Mapping[int, Weights], *, scripts: bool
) -> list[Sample]:
    """The pages of the data, each read by the weights for its fold; with ``scripts`` some in another one as well."""
    chance = random.Random(3)  # noqa: S311
    found = []
    for row in rows:
        number = fold[row["domain"]]
        page = mark(row["raw_text"], row["gold_body"])
        found.append(sample(page, number, learned[number]))
        if scripts and chance.random() < FOREIGN:
            found.append(sample(in_another_script(page, chance), number, learned[number]))
    return [one for one in found if one is not None]


def sample(page: Sequence[Marked], fold: int, learned: Weights) -> Sample | None:
    """A marked page, or None where it holds nothing. A paragraph weighs by its share of the body's words."""
    lines = segment("\n".join(line.text for line in page))
    if not lines:
        return None
    numbers, words = describe_lines(lines)
    rules = with_page_rules(lines, named_rules(lines))
    read = ReadPage(lines, numbers, words, posteriors(numbers, words, learned), rules)
    lay = Paragraphs.of([read])
    return _sample(describe_context([read], lay), lay, [page[line.number - 1] for line in lines], fold)


def _sample(columns: npt.NDArray[np.int32], lay: Paragraphs, lines: Sequence[Marked], fold: int) -> Sample:
    body = np.array([line.state == BODY for line in lines])
    words = np.array([line.words for line in lines])
    known, whole = lay.sums(words * body), lay.sums(words)
    weights = np.minimum(whole / max(1, known.sum()), 0.2) + 0.25 / len(known)
    return Sample(
        columns.T, np.where(whole > 0, 2 * known > whole, lay.sums(body) > 0), weights, np.bincount(lay.owner), fold
    )


def learn(samples: Sequence[Sample], seed: int = 0) -> Trees:
    """Fit the trees; their tables of probabilities are the logistic function."""
    model = CatBoostClassifier(
        iterations=TREES, depth=DEPTH, learning_rate=RATE, l2_leaf_reg=5, border_count=64, rsm=0.4, subsample=0.6,
        bootstrap_type="Bernoulli", boosting_type="Plain", score_function="L2", leaf_estimation_iterations=1,
        random_seed=seed, thread_count=1, verbose=0, allow_writing_files=False,
    )  # fmt: skip
    weights = np.concatenate([one.weights for one in samples])
    model.fit(
        np.concatenate([one.features for one in samples]).astype(np.float32),
        np.concatenate([one.body for one in samples]).astype(int),
        sample_weight=weights / weights.mean(),
    )
    return exported(model)


def exported(model: CatBoostClassifier) -> Trees:
    """The trees as whole numbers. Features are whole, so a border between two of them is rounded down."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        model.save_model(str(file), format="json")
        stored = json.loads(file.read_text())
    found = stored["oblivious_trees"]
    features = np.zeros((len(found), DEPTH), np.int32)
    thresholds = np.full((len(found), DEPTH), np.iinfo(np.int32).max, np.int32)
    leaves = np.zeros((len(found), 1 << DEPTH), np.int32)
    for at, tree in enumerate(found):
        for bit, split in enumerate(tree["splits"]):
            features[at, bit], thresholds[at, bit] = split["float_feature_index"], int(np.floor(split["border"]))
        leaves[at, : len(tree["leaf_values"])] = np.rint(np.array(tree["leaf_values"]) * SCALE)
    bias = int(np.rint(stored["scale_and_bias"][1][0] * SCALE))
    none = np.zeros(len(ENTRIES), np.int64)
    return Trees(features, thresholds, leaves, bias, none, none)


def table(scores: npt.NDArray[np.int64], body: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]) -> Integers:
    """The probability of body at each entry, in ten-thousandths: means of the scores around it, made never to fall.

    Isotonic regression by pooling adjacent violators (Ayer et al. 1955); each mean is drawn a little to the logistic
    function, so that an entry of few paragraphs says nothing wild.
    """
    nearest = (np.clip(scores, -MAX_SCORE, MAX_SCORE) + MAX_SCORE + STEP // 2) // STEP
    prior = 1 / (1 + np.exp(-ENTRIES / SCALE))
    weight = np.bincount(nearest, weights, minlength=len(ENTRIES)) + PRIOR
    mean = (np.bincount(nearest, weights * body, minlength=len(ENTRIES)) + PRIOR * prior) / weight
    pools: list[tuple[float, float, int]] = []
    for one in zip(mean.tolist(), weight.tolist(), [1] * len(mean), strict=True):
        pools.append(one)
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (a, v, m), (b, w, n) = pools.pop(-2), pools.pop()
            pools.append(((a * v + b * w) / (v + w), v + w, m + n))
    found = np.repeat([one for one, _, _ in pools], [count for _, _, count in pools]) * UNIT
    rounded: Integers = np.rint(found).astype(np.int64)
    return rounded


def calibrated(learned: Trees, samples: Sequence[Sample], judged: Mapping[int, Trees]) -> Trees:
    """The trees with tables of probabilities measured on folds by the trees that have not seen them."""
    scores = np.concatenate([score(np.ascontiguousarray(one.features.T), judged[one.fold]) for one in samples])
    body = np.concatenate([one.body for one in samples])
    weights = np.concatenate([one.weights for one in samples])
    alike = np.concatenate([one.lines for one in samples]).astype(np.float64)
    return replace(
        learned,
        probabilities=table(scores, body, weights / weights.mean()),
        confidences=table(scores, body, alike),
    )
