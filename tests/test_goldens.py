"""Golden cases read as they did. ``make goldens`` rewrites them; look at the difference before it is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import goldens
from tests.goldens import Case

CASES = [(kind, case) for kind in goldens.RENDER for case in goldens.cases(kind)]


def parameters() -> list[object]:
    """Known failures must fail: one that passes is to be marked no longer."""
    return [
        pytest.param(
            kind,
            case,
            id=f"{kind}/{case.path.stem}",
            marks=[pytest.mark.xfail(reason=case.failure, strict=True)] if case.failure else [],
        )
        for kind, case in CASES
    ]


@pytest.mark.parametrize(("kind", "case"), parameters())
def test_a_golden_case_reads_as_it_did(kind: str, case: Case, tmp_path: Path) -> None:
    assert goldens.RENDER[kind](case, tmp_path) == case.expected


@pytest.mark.parametrize("kind", goldens.RENDER)
def test_every_case_says_what_it_shows(kind: str) -> None:
    found = goldens.cases(kind)
    assert len(found) > 5
    assert [case.path.name for case in found if not case.about.removeprefix(goldens.FAILURE)] == []
