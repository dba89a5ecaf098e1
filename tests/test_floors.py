"""Accuracy does not fall: the sample, and slices of collections with known answers, are held to their floors.

The figures are printed at the end of the run. A floor is raised by ``make floors``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import floors

BENCH = Path(os.environ.get("STEMMA_BENCH", ""))
Record = Callable[[str, object], None]


def check(groups: dict[str, floors.Figures], record_property: Record) -> None:
    for group, figures in groups.items():
        record_property("figures", floors.line(group, figures))
    fallen = floors.fallen(groups)
    if fallen:
        pytest.fail("\n".join(fallen), pytrace=False)


def test_the_sample_is_read_as_well_as_before(record_property: Record) -> None:
    check({"sample": floors.sample()}, record_property)


@pytest.mark.parametrize("name", floors.BENCH)
def test_collections_with_known_answers_are_read_as_well_as_before(name: str, record_property: Record) -> None:
    if not BENCH.name or not (BENCH / name).is_dir():
        pytest.skip("STEMMA_BENCH names no folder with known answers")
    check(floors.BENCH[name](BENCH / name), record_property)


def test_a_floor_is_raised_and_never_lowered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.toml")
    floors.FLOORS.write_text(floors.raised({"sample": {"labels": 0.9, "claims": 0.8}}))
    floors.FLOORS.write_text(floors.raised({"sample": {"labels": 0.95, "claims": 0.5}, "wild": {"md": 0.7}}))
    assert floors.floors() == {"sample": {"labels": 0.948, "claims": 0.798}, "wild": {"md": 0.698}}
    assert floors.fallen({"sample": {"labels": 0.94, "claims": 0.9}}) == [
        "sample: labels 0.9400 is below its floor 0.948"
    ]
    assert floors.fallen({"sample": {"new": 1.0}}) != [], "a figure without a floor is not passed over"
