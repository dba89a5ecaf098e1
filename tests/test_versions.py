"""The seeded collection of benchmarks.versions: versions, quotations, forms and compilations in several scripts."""

from __future__ import annotations

import pytest

from benchmarks.scripts import SCRIPTS
from benchmarks.versions import measure


@pytest.mark.parametrize("script", SCRIPTS)
def test_versions_are_told_apart_in_every_script(script: str) -> None:
    figures = measure(script, groups=6)
    assert figures["false_links"] == 0
    assert figures["link_f1"] >= 0.995
    assert figures["kinds_f1"] >= 0.995
    assert figures["works"] >= 0.995
