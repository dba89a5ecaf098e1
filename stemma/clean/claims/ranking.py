"""One way to choose among candidates: a softmax over what a page could mean, with "none of them" beside.

A candidate's score is the sum of the weights of its features. Candidates with the same identity mean the same and count
once, by the best of them. The probability of an identity is that of a softmax (multinomial logistic regression) over
the identities of the page, in which "none of them" has the score 0.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from stemma.records import Claim

MAX_SCORE: Final = 30.0
"""A higher score counts as this one, so that no sum overflows; e to the 30th against 1 is certainty already."""
MAX_CANDIDATES: Final = 200
"""How many candidates of a page are ranked, from the top down. Each is compared with all others, so the cost grows with
the square; no page of the training data has more than 90."""


class Weights(dict[str, float]):
    """Weights by feature; a feature that training has not seen weighs nothing."""

    def __missing__(self, feature: str) -> float:
        """Nothing."""
        return 0.0


_NONE: Final = Weights()


def read_weights(name: str, table: str = "weights") -> Mapping[str, Weights]:
    """A table of the TOML file ``name`` beside this module, by style; under the empty style where it has no styles."""
    whole: dict[str, dict[str, Any]] = tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    own = whole[table]
    if not own or any(isinstance(value, dict) for value in own.values()):
        return {style: Weights(weights) for style, weights in own.items()}
    return {"": Weights(own)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a page could make, and the features by which it is ranked.

    ``identity``: candidates that mean the same have the same one. ``style`` names the weights that hold.
    ``alternative``: whether it may be stated beside the chosen one, as a claim that disagrees.
    """

    claim: Claim
    features: tuple[str, ...]
    identity: Hashable
    style: str = ""
    alternative: bool = False

    def score(self, weights: Mapping[str, Weights]) -> float:
        """The sum of the weights of its features."""
        return math.fsum(map(weights.get(self.style, _NONE).__getitem__, self.features))


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was ranked for one field of one page, and what was chosen.

    ``scores`` run along ``candidates``. ``probabilities`` are those of the identities, the most probable first; of
    equals that of the earlier candidate. ``claims``: the one that holds, then those that disagree; empty where no
    identity is probable enough.
    """

    candidates: tuple[Candidate, ...] = ()
    scores: tuple[float, ...] = ()
    probabilities: tuple[tuple[Hashable, float], ...] = ()
    claims: tuple[Claim, ...] = ()


def rank(
    candidates: Sequence[Candidate],
    weights: Mapping[str, Weights],
    min_probability: float,
    min_alternative: float = math.inf,
) -> Ranking:
    """Rank the candidates of one field of a page.

    The most probable identity is stated if it has ``min_probability``; with it, those alternatives whose score is above
    ``min_alternative``.
    """
    scores = [one.score(weights) for one in candidates]
    probabilities = softmax([one.identity for one in candidates], scores)
    claims: list[Claim] = []
    if probabilities and probabilities[0][1] >= min_probability:
        for place, (identity, _) in enumerate(probabilities):
            best, score = max(
                ((one, score) for one, score in zip(candidates, scores, strict=True) if one.identity == identity),
                key=lambda pair: pair[1],
            )
            if place == 0 or (best.alternative and score > min_alternative):
                claims.append(best.claim)
    return Ranking(tuple(candidates), tuple(scores), tuple(probabilities), tuple(claims))


def softmax(identities: Sequence[Hashable], scores: Sequence[float]) -> list[tuple[Hashable, float]]:
    """The probability of each identity among the candidates, the most probable first."""
    best: dict[Hashable, float] = {}
    for identity, score in zip(identities, scores, strict=True):
        best[identity] = max(best.get(identity, 0.0), math.exp(min(score, MAX_SCORE)))
    whole = 1.0 + math.fsum(best.values())
    return sorted(((identity, mass / whole) for identity, mass in best.items()), key=lambda one: -one[1])
