"""Where bodies came from: which texts share a source. Evidence to tell furniture from reuse, never a claim."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.nouns import Field, Witness


class Sources:
    """Which texts come from one source: pages of one folder, or that state the same publisher."""

    def __init__(self, witnesses: Sequence[Witness], bearers: Sequence[Sequence[int]]) -> None:
        """Take the witnesses, and which of them bear each text."""
        self._claims = [
            tuple(
                (witnesses[number].accession.folder, witnesses[number].value(Field.PUBLISHER).casefold())
                for number in own[:_MOST]
            )
            for own in bearers
        ]

    def same(self, a: int, b: int) -> bool:
        """Whether some bearer of either comes from the same source: pages that state two publishers never do."""
        return any(
            p == q if p and q else bool(folder) and folder == other
            for folder, p in self._claims[a]
            for other, q in self._claims[b]
        )


_MOST = 20
