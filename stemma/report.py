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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console

from stemma.files import write_whole
from stemma.problems import BuildFailed, errors, line, printable
from stemma.records import Problem, Severity


@dataclass
class Report:
    """Collects stages and problems of one build.

    ``quiet`` leaves out everything but warnings and errors; ``strict`` makes a file not yet in the register a warning.
    """

    quiet: bool = False
    strict: bool = False
    stages: list[tuple[str, float, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[list[str]]:
        """Time a stage; whatever is added to the list it gives is printed beside it."""
        reported: list[str] = []
        start = time.perf_counter()
        if sys.stderr and sys.stderr.isatty() and not self.quiet:
            with Console(stderr=True).status(f"{name} …"):
                yield reported
        else:
            yield reported
        seconds = time.perf_counter() - start
        self.stages.append((name, seconds, ", ".join(reported)))
        if not self.quiet:
            self.say(f"{name:<10} {seconds:7.2f} s  {', '.join(reported)}".rstrip())

    def add(self, problems: Iterable[Problem]) -> None:
        """Take problems in, and print them: errors and warnings a line each, notes counted."""
        found = [self._weighed(problem) for problem in problems]
        self.problems += found
        for problem in found:
            if problem.severity is not Severity.NOTE:
                self.say(line(problem))
                self._annotate(problem)

    def _weighed(self, problem: Problem) -> Problem:
        unregistered = self.strict and problem.severity is Severity.NOTE and problem.where.startswith("raw/")
        return replace(problem, severity=Severity.WARNING) if unregistered else problem

    def stop_on_errors(self) -> None:
        """Raise BuildFailed where the archive cannot be vouched for."""
        if errors(self.problems):
            raise BuildFailed(errors(self.problems))

    def verdict(self, problems: Iterable[Problem], checked: str) -> int:
        """Print every problem found, notes too, what was checked, and a last line; gives the exit code."""
        found = list(problems)
        self.add(found)
        for problem in found:
            if problem.severity is Severity.NOTE:
                self.say(line(problem))
        bad = self.count(Severity.ERROR)
        self.say(checked)
        self.say(f"{bad:,} {'difference' if bad == 1 else 'differences'} found." if bad else "No difference found.")
        return 1 if bad else 0

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
            reported = problem.what + (f". {problem.remedy}" if problem.remedy else "")
            self.say(f"::{kind} {where}::{_escaped(reported)}")

    def account(self, path: Path, figures: Mapping[str, int]) -> None:
        """Say in a few lines what was built, and write the whole account to ``path``."""
        before = _earlier(path)
        self.figures |= {
            **figures,
            "errors": self.count(Severity.ERROR),
            "warnings": self.count(Severity.WARNING),
            "notes": self.count(Severity.NOTE),
        }
        since = {key: now - before[key] for key, now in self.figures.items() if now != before.get(key, now)}
        if not self.quiet:
            self.say("; ".join(f"{now:,} {key}" for key, now in self.figures.items() if now))
            if since:
                self.say("since the last build: " + "; ".join(f"{more:+,} {key}" for key, more in since.items()))
        account = {
            "figures": self.figures,
            "since_last_build": since,
            "stages": [
                {"stage": name, "seconds": round(s, 3), "reported": reported} for name, s, reported in self.stages
            ],
            "problems": [
                {"severity": p.severity, "where": printable(p.where), "what": printable(p.what), "remedy": p.remedy}
                for p in self.problems
            ],
        }
        self._write(path, (json.dumps(account, indent=1) + "\n").encode("utf-8"))

    def _write(self, path: Path, data: bytes) -> None:
        """Write the account, whole or not at all. The site does not need it, so a failure is a warning."""
        try:
            write_whole(path, data)
        except OSError as error:
            reported = f"the account of this build cannot be written: {error.strerror}"
            self.add([Problem(Severity.WARNING, path.name, reported, "The site is built all the same")])


def _earlier(path: Path) -> dict[str, int]:
    """The figures of the build before this one, empty where there is none."""
    try:
        figures = json.loads(path.read_text("utf-8"))["figures"]
        return {str(key): int(value) for key, value in figures.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _escaped(text: str, *, more: bool = False) -> str:
    """Escape for a workflow command of GitHub Actions."""
    text = printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if more else text
