"""The seeded collection of benchmarks.versions: versions, quotations, forms and compilations in several scripts."""

from __future__ import annotations

import pytest

from benchmarks.versions import SCRIPTS, measure

FLOORS = {"Thai, without spaces": (0.97, 0.93, 0.95)}
"""Link F1, kinds and works; in all other scripts .995."""


@pytest.mark.parametrize("script", SCRIPTS)
def test_versions_are_told_apart_in_every_script(script: str) -> None:
    link, kinds, works = FLOORS.get(script, (0.995, 0.995, 0.995))
    figures = measure(script)
    assert figures["false_links"] == 0
    assert figures["link_f1"] >= link
    assert figures["kinds_f1"] >= kinds
    assert figures["works"] >= works
