"""What a build costs after a small change: ``python -m benchmarks.again --pages N [--search] [--jobs N]``.

Builds a collection whole, then again after each of some changes, then once from a copy without a site, as a fresh
checkout with its cache restored. Prints seconds, processor seconds and both as a share of the whole build.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import collection

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Bench:
    """A folder with a copy of the program, a content folder and a site."""

    folder: Path
    options: tuple[str, ...]

    def build(self) -> tuple[float, float]:
        """Build; gives seconds and processor seconds."""
        command = [sys.executable, str(self.folder / "build.py"), "--quiet", *self.options]
        before, start = os.times(), time.perf_counter()
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        return time.perf_counter() - start, spent

    def more(self, name: str, text: str) -> None:
        """Lay one more raw file into the folder of the first site."""
        (self.folder / "content" / "raw" / "site-00" / f"{name}.txt").write_text(text, "utf-8")

    @property
    def known(self) -> str:
        """A raw file of the first site."""
        return min((self.folder / "content" / "raw" / "site-00").glob("0*.txt")).read_text("utf-8")


def changes(bench: Bench) -> dict[str, Callable[[], object]]:
    """The changes, by name, to be made one after the other."""
    rng = random.Random(7)
    own = [" ".join(f"{rng.choice('bdfglmnprst')}{rng.randint(0, 99999)}" for _ in range(80)) for _ in range(8)]
    parts = bench.known.split("\n\n")
    mixed = [*parts[:10], "A heading of its own", *own, *parts[-6:]]
    page = min((bench.folder / "content" / "pages").glob("*.md"))
    rules = min((bench.folder / "stemma" / "clean" / "labels" / "rules").glob("*.toml"))
    template = bench.folder / "templates" / "text.html"

    def append(path: Path, text: str) -> Callable[[], object]:
        return lambda: path.write_text(path.read_text("utf-8") + text, "utf-8")

    return {
        "nothing changed": lambda: None,
        "one file more, of its own words": lambda: bench.more("more-1", "\n\n".join(own)),
        "one file more, with a known site's boilerplate": lambda: bench.more("more-2", "\n\n".join(mixed)),
        "one file more, a copy": lambda: bench.more("more-3", bench.known),
        "one title corrected": lambda: page.write_text(
            "\n".join(["---", "title: A title that was corrected", *page.read_text("utf-8").split("\n")[2:]]), "utf-8"
        ),
        "one template touched": append(template, "\n{# touched #}\n"),
        "one rule changed": append(rules, "\n# touched\n"),
    }


def main() -> None:
    """Make the collection, build it whole and again, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--search", action="store_true", help="build the search index too")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    options = ("--jobs", str(given.jobs), *([] if given.search else ["--no-search"]))
    with tempfile.TemporaryDirectory(prefix="stemma-again-") as name:
        bench = Bench(Path(name) / "archive", options)
        for part in ("stemma", "templates"):
            shutil.copytree(PROJECT / part, bench.folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PROJECT / "build.py", bench.folder)
        collection.write(bench.folder / "content", given.pages)
        result: dict[str, object] = {"pages": given.pages, "search": given.search, "jobs": given.jobs}
        whole = _told(result, "whole", bench.build(), None)
        for label, change in changes(bench).items():
            change()
            _told(result, label, bench.build(), whole)
        fresh = Bench(Path(name) / "checkout", options)
        for part in ("stemma", "templates", "content", ".stemma-cache"):
            shutil.copytree(bench.folder / part, fresh.folder / part)
        shutil.copy(PROJECT / "build.py", fresh.folder)
        fresh.more("more-4", "\n\n".join(["A fourth text", *bench.known.split("\n\n")[5:9]]))
        _told(result, "fresh checkout with the cache, one file more", fresh.build(), whole)
        print(json.dumps(result))


def _told(
    result: dict[str, object], label: str, took: tuple[float, float], whole: tuple[float, float] | None
) -> tuple[float, float]:
    shares = "" if whole is None else f"  {took[0] / whole[0]:5.2f}  {took[1] / whole[1]:5.2f} of the whole"
    print(f"{label:<50} {took[0]:8.2f} s {took[1]:8.2f} s of processor time{shares}", flush=True)
    result[label] = [round(took[0], 2), round(took[1], 2)]
    return took


if __name__ == "__main__":
    main()
