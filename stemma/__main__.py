"""The program: run what the command line asks for, and report how it ended."""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until main() takes over, an interrupt ends the program without a trace

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from stemma import packaged
from stemma.cli import Options, parse
from stemma.commands import upgrade
from stemma.commands.build import build, compose
from stemma.commands.explain import explanation
from stemma.commands.init import init
from stemma.commands.serve import serve
from stemma.commands.verify import verify
from stemma.curation.review import review, review_lines
from stemma.problems import BuildFailed, shown
from stemma.publish.output import staging
from stemma.publish.wording.numbers import count
from stemma.records import Severity
from stemma.report import Report, place
from stemma.settings import Settings
from stemma.settings import read as read_settings
from stemma.workers import Watched, engine

_COLLECTING: Final = (100_000, 1_000_000_000, 1_000_000_000)
"""New objects after which those among them are looked through that only refer to each other, and how often older ones
are: never. An archive is many small records without cycles, and looking through all of them costs a tenth of the time;
but the pages of a text leave 290 that its templates made, 28 KB, and 100,000 texts would fill the memory."""

INTERRUPTED: Final = 130
"""Exit code of a program that a signal ended, as shells have it."""

PUTTING_AWAY: Final = 1.0
"""Seconds in which an interrupted build removes what it had begun; the next build removes the rest."""


def run(options: Options, report: Report, project: Path) -> int:
    """Do what the command line asks for; gives the exit code."""
    if options.init:
        init(options.init, _ask if sys.stdin and sys.stdin.isatty() else None, report.say)
        return 0
    if options.upgrade:
        upgrade.upgrade(options.upgrade, options.settings, report)
        return 0
    settings, problems = read_settings(options.settings)
    report.add(problems)
    report.add(upgrade.other_version(project))
    report.add(staging.safe_target(settings.site, settings.raw, settings.pages, settings.templates, packaged.PACKAGE))
    report.stop_on_errors()
    if options.explain:
        for line in explanation(settings, options.explain):
            report.say(line)
        return 0
    if options.serve:
        again = replace(options, serve=None)
        return serve(settings, project, options.serve, partial(_report, again), partial(run, again, project=project))
    return _in_archive(options, settings, report)


def _in_archive(options: Options, settings: Settings, report: Report) -> int:
    """Verify, review or build, with the archive's folders locked."""
    with (
        staging.lock(settings.content, staging.lockable(settings.site), say=report.note),
        engine(settings.jobs, cluster=settings.cluster) as pool,
    ):
        workers = Watched(pool, report.progress) if report.watched else pool
        if options.verify:
            return report.verdict(*verify(settings))
        if options.review:
            for line in review_lines(review(compose(settings, report, None, workers)[2]), settings.content):
                report.say(line)
            return 0
        build(settings, report, options.accept, workers)
    report.memory()
    return 1 if settings.strict and report.count(Severity.WARNING) else 0


def main(project: Path | None = None) -> int:
    """Run, and say in one line how it ended where it did not end well; gives the exit code.

    ``project`` is the folder of the build.py that was called, whose options are then read; None for the commands of
    ``stemma``, which work in the current folder.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="backslashreplace")
    os.umask(0o022)
    gc.set_threshold(*_COLLECTING)
    options = parse(sys.argv[1:], project or Path.cwd(), by_command=project is None)
    report = _report(options)
    try:
        _on_signals(_stop_preview if options.serve else _stop)
        return run(options, report, project or Path.cwd())
    except BuildFailed as failed:
        report.add(problem for problem in failed.problems if problem not in report.problems)
        if not (options.explain or options.init or options.upgrade or options.serve):
            if not (options.verify or options.review):
                report.account_failed(place(options.settings.site))
            errors = count(report.count(Severity.ERROR), "error")
            report.say(f"Nothing was published: {errors}. The previous site, if any, is unchanged.")
        return 1
    except KeyboardInterrupt:
        _stopped(report)
    finally:
        _on_signals(signal.SIG_DFL)


def _report(options: Options) -> Report:
    settings = options.settings
    return Report(settings.quiet, settings.strict, settings.verbose, shown(settings.content))


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        return ""


def _on_signals(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, handler)


def _stop(_: int, __: FrameType | None) -> None:
    """Let everything be put away once, if that does not take long; a second signal ends the program at once."""
    _on_signals(signal.SIG_DFL)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _stopped_late)
        signal.setitimer(signal.ITIMER_REAL, PUTTING_AWAY)
    raise KeyboardInterrupt


def _stop_preview(_: int, __: FrameType | None) -> None:
    """Let the preview and what it builds be put away once, however long that takes."""
    _on_signals(signal.SIG_DFL)
    raise KeyboardInterrupt


def _stopped(report: Report) -> NoReturn:
    """Say how it ended, and end before a great archive is taken out of memory record by record."""
    report.say("Stopped. The site is whole: the previous one or the new one.")
    os._exit(INTERRUPTED)


def _stopped_late(_: int, __: FrameType | None) -> None:
    """End now: what is still beside the site the next build removes."""
    with suppress(OSError):
        os.write(1, b"Stopped. The site is whole: the previous one or the new one.\n")
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    sys.exit(main())
