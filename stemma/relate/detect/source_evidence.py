"""Where bodies came from, and what cleaning set aside between their lines: evidence of boilerplate, never a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stemma.records import Block, Evidence, Field, Label, Witness
from stemma.text import words_of

_MAX_HOLDERS: Final = 20
"""Witnesses of one text whose source is looked at."""
_PROSE_CHARACTERS: Final = 60
"""Characters of a recurring line from which it is prose, and ends a text."""


class Sources:
    """Which texts come from one source: pages of one folder, or that state the same publisher."""

    def __init__(self, witnesses: Sequence[Witness], holders: Sequence[Sequence[int]]) -> None:
        """Take the witnesses, and which of them hold each text."""
        self._claims = [
            tuple(
                (witnesses[number].accession.folder, witnesses[number].value(Field.PUBLISHER).casefold())
                for number in own[:_MAX_HOLDERS]
            )
            for own in holders
        ]

    def same(self, a: int, b: int) -> bool:
        """Whether some witness of either comes from the same source: pages that state two publishers never do."""
        return any(
            p == q if p and q else bool(folder) and folder == other
            for folder, p in self._claims[a]
            for other, q in self._claims[b]
        )


def cuts(witnesses: Sequence[Witness], holders: Sequence[Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """By text, the words before which the page has a notice, an appeal or comments between lines of its body.

    What follows such a line may be body that goes on, or comments that cleaning took for body: evidence, no proof.
    Nothing is said of bodies that a curator wrote.
    """
    out: dict[int, tuple[int, ...]] = {}
    for text, own in enumerate(holders):
        witness = witnesses[own[0]]
        places = () if witness.body_corrected else tuple(_cuts(witness))
        if places:
            out[text] = places
    return out


def _cuts(witness: Witness) -> Iterator[int]:
    """How many words of the body precede each line set aside that ends texts."""
    if sum(block.label is Label.BODY for block in witness.blocks) != len(witness.body):
        return
    lines = witness.accession.lines
    paragraph, words, seen = 0, 0, 0
    reported = 0
    for block in witness.blocks:
        if block.label is Label.BODY:
            paragraph += 1
        elif 0 < paragraph < len(witness.body) and paragraph != reported and _ends_texts(block, lines):
            words += sum(len(words_of(part.text)) for part in witness.body[seen:paragraph])
            seen = reported = paragraph
            yield words


def _ends_texts(block: Block, lines: Sequence[str]) -> bool:
    if block.label in (Label.NOTICE, Label.COMMENT, Label.APPEAL):
        return True
    own = lines[block.first - 1 : block.last]
    return block.evidence is Evidence.RECURRENCE and any(len(line) >= _PROSE_CHARACTERS for line in own)
