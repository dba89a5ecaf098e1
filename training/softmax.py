"""Fit a softmax over the candidates of a page and "none of them": multinomial logistic regression by L-BFGS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from stemma.clean.claims.ranking import Weights

CLIP: Final = 30.0
"""Scores beyond this count as this, as in :mod:`stemma.clean.claims.ranking`."""
TOLERANCE: Final = 1e-7
"""L-BFGS stops where the loss falls by less than this part of itself: the weights then differ between machines by
less than the two decimals that are written."""
MAX_STEPS: Final = 400


@dataclass(frozen=True)
class Example:
    """A candidate: the index of its page, its style, its features, and whether it is right."""

    page: int
    style: str
    features: Sequence[str]
    right: bool


@dataclass(frozen=True)
class Recipe:
    """How the weights of one ranking are fitted.

    ``penalty`` is of the square of a weight, ``style_penalty`` of what it differs by in pages of one style (None: the
    styles share all weights); a feature seen on fewer than ``min_sites`` sites gets none, and a weight below
    ``min_weight`` is dropped.
    """

    penalty: float
    style_penalty: float | None = None
    min_sites: int = 1
    min_weight: float = 0.005


class Examples:
    """The candidates of many pages as a sparse matrix, a row each, a column for each feature (and style)."""

    def __init__(self, examples: Iterable[Example], sites: Sequence[str], recipe: Recipe) -> None:
        """``sites`` run along the pages."""
        self.recipe, self.count = recipe, len(sites)
        rows = list(examples)
        seen: dict[str, set[str]] = defaultdict(set)
        for one in rows:
            for feature in one.features:
                seen[feature].add(sites[one.page])
        self.names = sorted(feature for feature, of in seen.items() if len(of) >= recipe.min_sites)
        self.styles = sorted({one.style for one in rows})
        columns = {feature: at for at, feature in enumerate(self.names)}
        shift = {style: (at + 1) * len(self.names) for at, style in enumerate(self.styles)}
        flat: list[int] = []
        ends = [0]
        for one in rows:
            own = [columns[feature] for feature in one.features if feature in columns]
            flat += own
            if recipe.style_penalty is not None:
                flat += [shift[one.style] + column for column in own]
            ends.append(len(flat))
        width = len(self.names) * (1 + (len(self.styles) if recipe.style_penalty is not None else 0))
        self.matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), width))
        self.page = np.array([one.page for one in rows])
        self.right = np.array([one.right for one in rows], bool)

    def fit(self, use: np.ndarray) -> dict[str, Weights]:
        """The weights by style, from the pages where ``use`` is true."""
        rows = use[self.page]
        matrix, page, right = self.matrix[rows], self.page[rows], self.right[rows]
        transposed = matrix.T.tocsr()
        penalty = np.full(matrix.shape[1], self.recipe.style_penalty or self.recipe.penalty)
        penalty[: len(self.names)] = self.recipe.penalty
        answered = np.bincount(page, right, minlength=self.count) > 0

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            raised = np.exp(np.clip(matrix @ weights, -CLIP, CLIP))
            whole = 1 + np.bincount(page, raised, minlength=self.count)
            hits = np.where(answered, np.bincount(page, raised * right, minlength=self.count), 1.0)
            pull = raised / whole[page] - np.where(right, raised / hits[page], 0)
            value = (np.log(whole) - np.log(hits)).sum() + (penalty * weights**2).sum() / 2
            return float(value), transposed @ pull + penalty * weights

        start = np.zeros(matrix.shape[1])
        found = minimize(
            loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MAX_STEPS, "ftol": TOLERANCE, "maxcor": 20}
        )
        return self._table(found.x)

    def _table(self, weights: np.ndarray) -> dict[str, Weights]:
        size = len(self.names)
        if self.recipe.style_penalty is None:
            return {"": self._kept(weights[:size])}
        return {
            style: self._kept(weights[:size] + weights[(at + 1) * size : (at + 2) * size])
            for at, style in enumerate(self.styles)
        }

    def _kept(self, weights: np.ndarray) -> Weights:
        return Weights(
            (name, round(float(weight), 2))
            for name, weight in zip(self.names, weights, strict=True)
            if abs(weight) >= self.recipe.min_weight
        )
