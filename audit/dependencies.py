"""Known vulnerabilities of the pinned libraries, from the index or from the last answer it gave.

    python -m audit.dependencies requirements.txt [...]        (make audit-dependencies)

pip-audit asks the package index for the advisories of each pinned version. Its answers are kept in ``.audit-cache/``;
where the index cannot be asked, the kept answer for exactly that version is used, with its day. Exit codes: 0 every
library was checked and none is known to be vulnerable, 1 one is, 2 at least one could not be checked at all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

CACHE = Path(".audit-cache/advisories.json")
"""Answers by ``name==version``: the day they were given and the ids of the advisories."""

Answers = dict[str, dict[str, Any]]


def ask(requirements: Path) -> list[dict[str, Any]]:
    """What pip-audit says of each library of a requirements file."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    done = subprocess.run(
        [*command, "--progress-spinner", "off", "-r", str(requirements)], stdout=subprocess.PIPE, text=True, check=False
    )
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return found


def merge(found: Sequence[Mapping[str, Any]], kept: Answers, today: str) -> Answers:
    """The kept answers with the new ones in their place; a library that could not be asked about keeps its old one."""
    new = {
        f"{one['name']}=={one['version']}": {"day": today, "advisories": [known["id"] for known in one["vulns"]]}
        for one in found
        if "skip_reason" not in one
    }
    return {**kept, **new}


def pinned(requirements: Path) -> list[str]:
    """The libraries a requirements file pins, as ``name==version``."""
    lines = requirements.read_text("utf-8").split("\n")
    return [line.split(" ")[0].lower() for line in lines if "==" in line and not line.startswith((" ", "#"))]


def main(paths: Sequence[Path]) -> int:
    """Check the libraries of some requirements files; prints a line for each that is not known to be sound."""
    kept: Answers = json.loads(CACHE.read_text("utf-8")) if CACHE.is_file() else {}
    today = date.today().isoformat()  # noqa: DTZ011 - a day is enough
    for path in paths:
        kept = merge(ask(path), kept, today)
    CACHE.parent.mkdir(exist_ok=True)
    CACHE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    wanted = sorted({name for path in paths for name in pinned(path)})
    unknown = [name for name in wanted if name not in kept]
    vulnerable = [name for name in wanted if name in kept and kept[name]["advisories"]]
    old = [kept[name]["day"] for name in wanted if name in kept and kept[name]["day"] != today]
    for name in vulnerable:
        print(f"vulnerable: {name}: {', '.join(kept[name]['advisories'])}")
    for name in unknown:
        print(f"not checked: {name}: no advisories could be had")
    told = f", {len(old)} of them by answers of {min(old)} or later" if old else ""
    print(f"{len(wanted) - len(unknown)} of {len(wanted)} libraries checked{told}; {len(vulnerable)} vulnerable")
    return 1 if vulnerable else 2 if unknown else 0


if __name__ == "__main__":
    sys.exit(main(list(map(Path, sys.argv[1:]))))
