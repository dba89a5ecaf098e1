"""Weights of facts, and how sure the heaviest of several readings is: how claims with many candidates are chosen.

Each candidate weighs the sum of the weights of what is seen of it. The share of a value is that of a softmax over the
values, each as heavy as its heaviest candidate, with a nought for "none of them".
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final, TypeVar

Value = TypeVar("Value", bound=Hashable)

MOST: Final = 30.0
"""A heavier candidate counts as one of this weight."""
CROWD: Final = 200
"""So many candidates of a page are weighed, from the top down; each is compared with all others."""


def weights(name: str) -> Mapping[str, float]:
    """The weights of :file:`name`, a TOML file beside this module, by fact."""
    table: dict[str, dict[str, float]] = tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return table["weights"]


def weight(facts: Iterable[str], known: Mapping[str, float]) -> float:
    """What a candidate weighs; a fact without a weight weighs nothing."""
    return sum([known.get(fact, 0.0) for fact in facts])


def shares(weighed: Sequence[tuple[Value, float]]) -> list[tuple[Value, float]]:
    """The share of each value among the candidates, the greatest first; of equals that of the earlier candidate."""
    best: dict[Value, float] = {}
    for value, heavy in weighed:
        best[value] = max(best.get(value, 0.0), math.exp(min(heavy, MOST)))
    whole = 1.0 + sum(best.values())
    return sorted(((value, mass / whole) for value, mass in best.items()), key=lambda one: -one[1])


class Weights(dict[str, float]):
    """Weights by the names of facts; what was never seen in training weighs nothing."""

    def __missing__(self, fact: str) -> float:
        """Nothing."""
        return 0.0


_FILE: Final[Mapping[str, Any]] = tomllib.loads(
    files(__package__).joinpath("title/weights.toml").read_text(encoding="utf-8")
)
SIEVE: Final[Mapping[str, Weights]] = {kind: Weights(own) for kind, own in _FILE["sieve"].items()}
CLOSE: Final[Mapping[str, Weights]] = {kind: Weights(own) for kind, own in _FILE["weights"].items()}
