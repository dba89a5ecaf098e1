"""The learned models of the package: a pair for pages in Latin letters, and one for pages in other scripts.

The pages with known bodies are nearly all in Latin letters. What is learned from the same pages rewritten in other
scripts as well (``training/scripts.py``) reads pages in those better, and pages in Latin letters no better or worse;
docs/accuracy.md has the figures. So each page is read by the pair for its own letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from stemma.clean.labels.context_model import Trees, read_trees
from stemma.clean.labels.line_model import Weights, read_weights
from stemma.clean.lines.segment import Line

FOLDER: Final = "learned"
"""The folder of the files, beside this module."""
LATIN: Final = 0
OTHER: Final = 1
NAMES: Final = ("latin", "other")
"""What the files of a pair begin with."""
MIN_OTHER: Final = 0.25
"""Share of the characters of a page beyond Latin-1 from which on it is in another script: pages in other scripts have
.31 and more (98 known pages), Polish or Vietnamese ones stay below .2."""


class Models(NamedTuple):
    """A line model and the context model that was learned on its answers."""

    network: Weights
    trees: Trees


@cache
def models() -> tuple[Models, Models]:
    """The pairs that come with the package, for pages in Latin letters and for those in other scripts."""
    folder = files("stemma.clean.labels") / FOLDER
    pairs = []
    for name in NAMES:
        with (folder / f"{name}-network.npz").open("rb") as network, (folder / f"{name}-trees.npz").open("rb") as trees:
            pairs.append(Models(read_weights(network), read_trees(trees)))
    return pairs[LATIN], pairs[OTHER]


def script_of(page: Sequence[Line]) -> int:
    """Which pair reads a page: :data:`LATIN` or :data:`OTHER`."""
    text = "".join([line.visible for line in page])
    beyond = len(text) - len(text.encode("latin-1", "ignore"))
    return OTHER if beyond > MIN_OTHER * len(text) else LATIN
