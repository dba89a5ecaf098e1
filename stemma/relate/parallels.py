"""A witness beside its base, paragraph by paragraph, and the difference in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stemma.nouns import Apparatus, Witness


class State(StrEnum):
    """What a witness has of one paragraph of the base."""

    SAME = "same"
    DIFFERS = "differs"
    MOVED = "moved"
    PART = "part"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Parallel:
    """One paragraph of the base (counted from 0) in a witness.

    ``places`` are the differences that weigh more than typographic, ``typographic`` the others. ``words`` of the base's
    paragraph, ``shared`` of them in the witness.
    """

    paragraph: int
    state: State
    words: int
    shared: int
    places: int = 0
    typographic: int = 0


@dataclass(frozen=True, slots=True)
class Addition:
    """A whole paragraph that the witness adds. ``after``: the base's paragraph it follows, -1 before the first.

    ``paragraph`` is its number in the witness's body, from 0.
    """

    after: int
    paragraph: int
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A witness against its base in numbers: words of the base it has, lacks, words it adds, and places by weight.

    ``moved`` counts paragraphs that stand elsewhere, ``paragraphs_added`` and ``paragraphs_lacking`` whole ones.
    ``changed`` counts places of words changed (substantive, both sides present).
    """

    words_base: int
    words_witness: int
    words_added: int
    words_lacking: int
    changed: int
    spelling: int
    typographic: int
    spacing: int
    moved: int
    paragraphs_added: int
    paragraphs_lacking: int


@dataclass(frozen=True, slots=True)
class Parallels:
    """All paragraphs of the base in a witness, what the witness adds, and the summary."""

    base: str
    witness: str
    paragraphs: tuple[Parallel, ...]
    additions: tuple[Addition, ...]
    summary: Summary


def parallels(base: Witness, witness: Witness, apparatus: Apparatus) -> Parallels:
    """The state of every paragraph of the base in one witness.

    In: base and witness, and the apparatus of the two (identical texts: an apparatus without variants). Out: one
    Parallel a paragraph of the base's body, the witness's own paragraphs, the numbers.
    """
    raise NotImplementedError
