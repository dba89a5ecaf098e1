"""What a person sees while a build runs, and the account of it: stages, problems, figures.

Timings go to the terminal and to build-report.json alone: nothing in the site depends on them. A terminal that cannot
be written to never stops a build.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from stemma.nouns import Problem, Severity
from stemma.problems import line, printable

SHOWN = 40
"""So many problems of one severity are printed in full on a terminal; a log gets them all."""


@dataclass
class Report:
    """Collects stages and problems of one build. ``quiet`` leaves out everything but warnings and errors."""

    quiet: bool = False
    stages: list[tuple[str, float, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[list[str]]:
        """Time a stage; whatever is put in the list given is said beside it."""
        said: list[str] = []
        start = time.perf_counter()
        if sys.stderr.isatty() and not self.quiet:
            with Console(stderr=True).status(f"{name} …"):
                yield said
        else:
            yield said
        seconds = time.perf_counter() - start
        self.stages.append((name, seconds, ", ".join(said)))
        if not self.quiet:
            self.say(f"{name:<10} {seconds:7.2f} s  {', '.join(said)}".rstrip())

    def add(self, problems: Iterable[Problem]) -> None:
        """Take problems in, and print them: errors and warnings a line each, notes counted."""
        found = list(problems)
        self.problems += found
        for problem in found:
            if problem.severity is not Severity.NOTE:
                self.say(line(problem))
                self._annotate(problem)

    def count(self, severity: Severity) -> int:
        """How many problems of a severity were found."""
        return Counter(problem.severity for problem in self.problems)[severity]

    def say(self, text: str) -> None:
        """Print one line to standard output."""
        with suppress(OSError, ValueError):
            print(printable(text), flush=True)  # noqa: T201 - this is the one place that prints

    def _annotate(self, problem: Problem) -> None:
        if os.environ.get("GITHUB_ACTIONS"):
            kind = "error" if problem.severity is Severity.ERROR else "warning"
            where = f"file={_escaped(problem.where, more=True)}"
            if problem.line is not None:
                where += f",line={problem.line}"
            said = problem.what + (f". {problem.remedy}" if problem.remedy else "")
            self.say(f"::{kind} {where}::{_escaped(said)}")

    def write(self, path: Path, before: dict[str, object]) -> None:
        """Write the account of the build beside the site; what cannot be written is left out."""
        account = {
            "figures": self.figures,
            "since_last_build": {
                key: value - was
                for key, value in self.figures.items()
                if isinstance(was := _earlier(before).get(key), int) and value != was
            },
            "stages": [{"stage": name, "seconds": round(s, 3), "said": said} for name, s, said in self.stages],
            "problems": [
                {"severity": p.severity, "where": printable(p.where), "what": printable(p.what), "remedy": p.remedy}
                for p in self.problems
            ],
        }
        with suppress(OSError):
            path.write_text(json.dumps(account, ensure_ascii=False, indent=1) + "\n", "utf-8", "backslashreplace")


def _earlier(account: dict[str, object]) -> dict[str, object]:
    figures = account.get("figures")
    return figures if isinstance(figures, dict) else {}


def earlier(path: Path) -> dict[str, object]:
    """The account of the build before this one, empty where there is none."""
    try:
        account = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return account if isinstance(account, dict) else {}


def _escaped(text: str, *, more: bool = False) -> str:
    """Escape for a workflow command of GitHub Actions."""
    text = printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if more else text
