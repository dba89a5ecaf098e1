"""Build the archive: the table of contents of the pipeline.

Run ``python build.py --help``; docs/design.md explains the rooms.
"""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until main() takes over, an interrupt ends the program without a trace

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType

from stemma.clean.cleaning import clean
from stemma.desk import curation
from stemma.desk.curation import Desk
from stemma.desk.pages import pages
from stemma.desk.reviewing import review
from stemma.explanation import explanation
from stemma.looking import look
from stemma.nouns import Archive, Severity
from stemma.options import Options, parse
from stemma.problems import BuildFailed
from stemma.publish import swap
from stemma.publish.numbers_in_words import count
from stemma.publish.publishing import publish
from stemma.receive import register
from stemma.receive.reception import Received, receive
from stemma.relate.relating import relate
from stemma.report import Report
from stemma.settings import Settings
from stemma.settings import read as read_settings
from stemma.verification import verify

PROJECT = Path(__file__).resolve().parent


def compose(settings: Settings, report: Report, accept: tuple[str, ...] | None) -> tuple[Received, Desk, Archive]:
    """The journey of the raw files, room by room, to the archive. Raises BuildFailed where it cannot be vouched for."""
    with report.stage("receive") as said:
        received = receive(settings)
        report.add(received.problems)
        said.append(f"{len(received.accessions):,} of {received.found:,} files")
    with report.stage("desk") as said:
        desk = curation.read(settings, received.accessions)
        report.add(desk.problems)
        recorded, problems = register.hold(settings.register, dict(received.hashes), desk.withdrawn, accept)
        report.add(problems)
        said.extend(recorded or [f"{sum(map(curation.touched, desk.edits.values())):,} pages with a curator's edits"])
    report.stop_on_errors()
    with report.stage("clean") as said:
        witnesses = clean(desk.accessions, desk.edits, desk.publishers, settings.jobs)
        said.append(f"{sum(len(witness.body) for witness in witnesses):,} paragraphs")
    with report.stage("relate") as said:
        related = relate(witnesses, desk.edits, settings.jobs)
        report.add(related.problems)
        said.append(f"{len(related.relations):,} relations, {len(related.works):,} works")
    found = (related.relations, related.works, related.apparatuses, tuple(report.problems))
    return received, desk, Archive(witnesses, desk.edits, desk.publishers, *found)


def build(settings: Settings, report: Report, accept: tuple[str, ...] | None = None) -> None:
    """The archive, its pages on the desk, and the site. Nothing is published where anything is an error."""
    received, desk, archive = compose(settings, report, accept)
    with report.stage("pages") as said:
        written = dict(pages(archive, desk, settings.jobs))
        report.add(curation.store(settings.pages, written, desk.removed))
        said.append(f"{len(written):,} pages")
    publish(archive, settings, report)
    report.account(settings.site, received, archive)
    if not settings.register.exists():
        report.say("Nothing tells yet whether a raw file changes: run with --accept to record their hashes.")


def run(options: Options, report: Report) -> int:
    """Do what the command line asks for; gives the exit code."""
    settings, problems = read_settings(options.settings)
    report.add(problems)
    report.add(swap.harmless(settings.site, settings.raw, settings.pages, settings.templates, PROJECT / "stemma"))
    report.stop_on_errors()
    if options.explain:
        for line in explanation(settings, options.explain):
            report.say(line)
        return 0
    if options.serve:
        return look(settings, PROJECT, options.serve, partial(run, replace(options, serve=None)))
    with swap.alone(settings.content, settings.site.resolve().parent, say=report.say):
        if options.verify:
            return report.verdict(verify(settings))
        if options.review:
            findings = review(compose(settings, report, None)[2])
            for finding in findings:
                report.say(f"{finding.page}: {finding.what}. Change: {finding.line}")
            report.say(f"{len(findings):,} things to look at")
            return 0
        build(settings, report, options.accept)
    return 1 if settings.strict and report.count(Severity.WARNING) else 0


def main() -> int:
    """Run, and say in one line how it ended where it did not end well."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="backslashreplace")
    os.umask(0o022)
    gc.disable()  # an archive is many small records and no cycles: looking for some costs a tenth of the time
    options = parse(sys.argv[1:], PROJECT)
    report = Report(options.settings.quiet, options.settings.strict)
    try:
        _on_signals(_stop)
        return run(options, report)
    except BuildFailed as failed:
        report.add(problem for problem in failed.problems if problem not in report.problems)
        if not options.explain:
            errors = count(report.count(Severity.ERROR), "error")
            report.say(f"Nothing was published: {errors}. The site that was there stands.")
        return 1
    except KeyboardInterrupt:
        report.say("Stopped. The site is whole: the one that was there, or the new one.")
        return 130
    finally:
        _on_signals(signal.SIG_DFL)


def _on_signals(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, handler)


def _stop(_: int, __: FrameType | None) -> None:
    """Let everything be put away once; a second signal ends the program at once."""
    _on_signals(signal.SIG_DFL)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
