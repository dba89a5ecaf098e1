"""The seeded collection of benchmarks.versions: versions, quotations, forms and compilations in several scripts."""

from __future__ import annotations

import pytest

from benchmarks.versions import measure

FLOORS = {"Thai, without spaces": (0.95, 0.9, 0.9), "Chinese characters": (0.98, 0.96, 0.95)}
"""Link F1, kinds and works; in the other scripts .995. A small collection: one pair is .02 of a kind."""


@pytest.mark.parametrize(
    "script", ["Latin", "Arabic, with and without vowel signs", "Thai, without spaces", "Chinese characters"]
)
def test_versions_are_told_apart_in_every_script(script: str) -> None:
    link, kinds, works = FLOORS.get(script, (0.995, 0.995, 0.995))
    figures = measure(script, groups=6)
    assert figures["false_links"] == 0
    assert figures["link_f1"] >= link
    assert figures["kinds_f1"] >= kinds
    assert figures["works"] >= works
