"""The audit of pinned libraries: what could not be asked is told from what is sound."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from audit import dependencies

PINNED = "chardet==7.1.0 \\\n    --hash=sha256:00\nxxhash==4.0.0 ; python_version > '3' \\\n    # via stemma\n"


@pytest.fixture
def requirements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "requirements.txt"
    path.write_text(PINNED, "utf-8")
    return path


def answers(monkeypatch: pytest.MonkeyPatch, *given: Mapping[str, object]) -> None:
    """Let the index give these answers; the index is no part of the project and is not asked in tests."""
    monkeypatch.setattr(dependencies, "ask", lambda _: list(given))


def test_an_answer_is_kept_for_a_day_without_a_network(
    requirements: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sound: dict[str, object] = {"name": "chardet", "version": "7.1.0", "vulns": []}
    bad: dict[str, object] = {"name": "xxhash", "version": "4.0.0", "vulns": [{"id": "CVE-1"}]}
    answers(monkeypatch, sound, bad)
    assert dependencies.main([requirements]) == 1
    answers(
        monkeypatch, *({"name": one["name"], "version": one["version"], "skip_reason": "?"} for one in (sound, bad))
    )
    assert dependencies.main([requirements]) == 1
    assert capsys.readouterr().out.count("vulnerable: xxhash==4.0.0: CVE-1") == 2
    assert set(json.loads(dependencies.CACHE.read_text())) == {"chardet==7.1.0", "xxhash==4.0.0"}


def test_a_library_nobody_could_ask_about_is_a_failure(
    requirements: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, {"name": "chardet", "version": "7.1.0", "vulns": []})
    assert dependencies.main([requirements]) == 2
    said = capsys.readouterr().out
    assert "not checked: xxhash==4.0.0" in said
    assert "1 of 2 libraries checked; 0 vulnerable" in said
