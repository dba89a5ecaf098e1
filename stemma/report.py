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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

try:
    import resource
except ImportError:  # Windows counts no such thing
    resource = None  # type: ignore[assignment]

from rich.console import Console

from stemma.files import write_whole
from stemma.problems import BuildFailed, errors, line, printable
from stemma.records import Problem, Severity

NAME: Final = "build-report.json"
_NONE: Final = "No difference found."

MAX_LISTED: Final = 10
"""Problems of one severity that a step prints; of more, the number. The account lists all."""
REDRAW_SECONDS: Final = 0.2
"""How often the progress of a step is drawn: more is not seen, and costs time."""
Out = TypeVar("Out")
_IN_CONTENT: Final = ("publishers.toml", "sources.csv", "manifest-sha256.txt")


def place(site: Path) -> Path:
    """Where the account of a build is written: beside the site, and named after it where it has a name of its own."""
    real = site.resolve()
    return real.with_name(NAME if real.name == "site" else f"{real.name}-{NAME}")


def _nothing(done: int, total: int) -> None:
    """Show no progress."""


@dataclass
class Report:
    """Collects stages and problems of one build.

    ``quiet`` leaves out everything but warnings and errors, ``verbose`` nothing; ``strict`` makes a file not yet in the
    register a warning. ``content`` is the content folder as GitHub is to name its files.
    """

    quiet: bool = False
    strict: bool = False
    verbose: bool = False
    content: str = "content"
    stages: list[tuple[str, float, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    _written: tuple[Path, dict[str, object]] | None = field(default=None, repr=False)
    _show: Callable[[int, int], None] = field(default=_nothing, repr=False)

    @contextmanager
    def stage(self, name: str) -> Iterator[list[str]]:
        """Time a stage; whatever is added to the list it gives is printed beside it."""
        reported: list[str] = []
        start = time.perf_counter()
        if self.watched:
            with Console(stderr=True).status(f"{name} …") as status:
                self._show = lambda done, total: status.update(f"{name} … {done:,} of {total:,}")
                yield reported
            self._show = _nothing
        else:
            yield reported
        seconds = time.perf_counter() - start
        self.stages.append((name, seconds, ", ".join(reported)))
        if not self.quiet:
            self.say(f"{name:<10} {seconds:7.2f} s  {', '.join(reported)}".rstrip())

    @property
    def watched(self) -> bool:
        """Whether somebody sees the progress: a terminal, and not a quiet one."""
        return bool(sys.stderr and sys.stderr.isatty() and not self.quiet)

    def progress(self, results: Iterable[Out], total: int) -> Iterator[Out]:
        """The results as they come; the terminal shows how many of ``total`` there are, several times a second."""
        shown = 0.0
        for done, result in enumerate(results, 1):
            now = time.monotonic()
            if now - shown > REDRAW_SECONDS:
                self._show(done, total)
                shown = now
            yield result

    def add(self, problems: Iterable[Problem]) -> None:
        """Take problems in, and print them: errors and warnings a line each, notes counted."""
        found = [self._weighed(problem) for problem in problems]
        self.problems += found
        for severity in Severity:
            some = [problem for problem in found if problem.severity is severity]
            if severity is not Severity.NOTE or self.verbose:
                self._print(some)

    def note(self, text: str) -> None:
        """Print one line of what is neither an error nor a warning."""
        if not self.quiet:
            self.say(text)

    def _print(self, problems: Sequence[Problem]) -> None:
        """A line each for problems of one severity; of many the first, and how many more the account holds."""
        most = len(problems) if self.verbose or len(problems) <= MAX_LISTED else MAX_LISTED
        for problem in problems[:most]:
            self.say(line(problem))
        for problem in problems:
            self._annotate(problem)
        if problems[most:]:
            self.say(
                f"{len(problems) - most:,} more {problems[0].severity}s: --verbose prints them, {NAME} lists them."
            )

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
        notes = [problem for problem in found if problem.severity is Severity.NOTE]
        if not self.verbose:
            self._print(notes)
        bad = self.count(Severity.ERROR)
        self.say(checked)
        none = f"No error found; {len(notes):,} {'note' if len(notes) == 1 else 'notes'}." if notes else _NONE
        self.say(f"{bad:,} {'difference' if bad == 1 else 'differences'} found." if bad else none)
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
            inside = problem.where.startswith(("raw/", "pages/")) or problem.where in _IN_CONTENT
            where = f"file={_escaped(f'{self.content}/' * inside + problem.where, more=True)}"
            if problem.line is not None:
                where += f",line={problem.line}"
            reported = problem.what + (f". {problem.remedy}" if problem.remedy else "")
            self.say(f"::{kind} {where}::{_escaped(reported)}")

    def account_failed(self, path: Path) -> None:
        """Write what was found by a build that published nothing; the figures stay those of the last one that did."""
        self._write(path, self._account(_earlier(path), {}, published=False))

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
            self.say("; ".join(f"{key} {now:,}" for key, now in self.figures.items() if now))
            if since:
                self.say("since the last build: " + "; ".join(f"{key} {more:+,}" for key, more in since.items()))
        self._written = (path, self._account(self.figures, since, published=True))
        self._write(*self._written)

    def memory(self) -> None:
        """Say, also in the account, how much memory the largest process took, of those that have ended and this one."""
        if resource is not None:
            peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
            megabytes = peak // (1024 if sys.platform != "darwin" else 1 << 20)
            self.note(f"The largest process took {megabytes:,} MB.")
            if self._written:
                path, account = self._written
                self._write(path, account | {"largest_process_mb": megabytes})

    def _account(self, figures: Mapping[str, int], since: Mapping[str, int], *, published: bool) -> dict[str, object]:
        return {
            "published": published,
            "figures": figures,
            "since_last_build": since,
            "stages": [
                {"stage": name, "seconds": round(s, 3), "reported": reported} for name, s, reported in self.stages
            ],
            "problems": [
                {"severity": p.severity, "where": printable(p.where), "what": printable(p.what), "remedy": p.remedy}
                for p in self.problems
            ],
        }

    def _write(self, path: Path, account: Mapping[str, object]) -> None:
        """Write the account, whole or not at all. The site does not need it, so a failure is a warning."""
        try:
            write_whole(path, (json.dumps(account, indent=1) + "\n").encode("utf-8"))
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
