"""Whether content/ holds the sample. Tests of the sample are skipped, with a reason, where it holds another archive."""

from __future__ import annotations

from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"
REGISTER = (Path(__file__).parent / "golden/sample-register.txt").read_text("utf-8").strip()
"""The first line of the sample's register, with its digest of all others."""

TESTS = ("test_sample.py", "test_hosts.py", "test_determinism.py", "test_floors.py", "browser/")
"""Test files below tests/ that build the sample."""

REASON = "content/ holds another archive than the sample: its register differs"


def is_here() -> bool:
    """Whether the register in content/ is the sample's."""
    try:
        return (CONTENT / "manifest-sha256.txt").read_text("utf-8").split("\n")[0] == REGISTER
    except (OSError, UnicodeDecodeError):
        return False
