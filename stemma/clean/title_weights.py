"""The weights of what is seen of a possible title, as fitted by ``training/titles.py``: the only door to their file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final


class Weights(dict[str, float]):
    """Weights by the names of facts; what was never seen in training weighs nothing."""

    def __missing__(self, fact: str) -> float:
        """Nothing."""
        return 0.0


_FILE: Final[Mapping[str, Any]] = tomllib.loads(
    files("stemma.clean").joinpath("titles.toml").read_text(encoding="utf-8")
)
SIEVE: Final[Mapping[str, Weights]] = {kind: Weights(own) for kind, own in _FILE["sieve"].items()}
CLOSE: Final[Mapping[str, Weights]] = {kind: Weights(own) for kind, own in _FILE["weights"].items()}
