"""``stemma upgrade``: put this version of the program into an archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What ``stemma upgrade`` brings up to date, and how far it goes."""

    folder: Path
    dry_run: bool
    delete: bool
