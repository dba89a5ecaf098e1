"""Build the archive: the table of contents of the pipeline.

Run ``python build.py --help``; docs/design.md explains the rooms.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from stemma.clean.cleaning import clean
from stemma.desk import authorities, curation
from stemma.desk.pages import pages
from stemma.nouns import Accession, Archive, Problem, Severity
from stemma.options import Options, parse
from stemma.problems import BuildFailed, errors
from stemma.publish import swap
from stemma.publish.publishing import publish
from stemma.receive import provenance, register
from stemma.receive.reception import receive
from stemma.relate.relating import relate
from stemma.report import Report, earlier
from stemma.settings import Settings
from stemma.settings import read as read_settings


def main() -> int:
    """Do what the command line asks for; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    os.umask(0o022)
    signal.signal(signal.SIGTERM, _stop)
    options = parse(sys.argv[1:], Path(__file__).resolve().parent)
    report = Report(options.settings.quiet)
    try:
        return run(options, report)
    except BuildFailed as failed:
        report.add(problem for problem in failed.problems if problem not in report.problems)
        report.say(f"Nothing was published: {report.count(Severity.ERROR)} errors. The site that was there stands.")
        return 1
    except KeyboardInterrupt:
        report.say("Stopped. The site that was there stands.")
        return 130


def run(options: Options, report: Report) -> int:
    """Build, or do what was asked for instead."""
    settings, problems = read_settings(options.settings)
    report.add(problems)
    with swap.alone(settings.content, settings.site.resolve().parent):
        build(settings, report, options)
    return 1 if settings.strict and report.count(Severity.WARNING) else 0


def build(settings: Settings, report: Report, options: Options) -> None:
    """The journey of the raw files, room by room. Raises BuildFailed before anything is published."""
    account = settings.site.resolve().parent / "build-report.json"
    before = earlier(account)
    with report.stage("receive") as said:
        notes, problems = provenance.read(settings.content / "sources.csv")
        report.add(problems)
        received = receive(settings, notes)
        report.add(received.problems)
        report.add(provenance.unknown_paths(notes, dict(received.hashes), "sources.csv"))
        said.append(f"{len(received.accessions):,} of {len(received.hashes):,} files")
    with report.stage("desk") as said:
        publishers, problems = authorities.read(settings.content / "publishers.toml")
        report.add(problems)
        desk, problems = curation.read(settings)
        report.add(problems)
        accessions, problems = curation.adopt(received.accessions, desk)
        report.add(problems)
        report.add(curation.orphans(desk, accessions))
        report.add(curation.unknown_ids(desk, accessions))
        _fixity(settings, report, options, dict(received.hashes), desk)
        said.append(f"{sum(map(curation.touched, desk.edits.values())):,} pages with a curator's edits")
    _go_on(report, settings)
    with report.stage("clean") as said:
        witnesses = clean(accessions, desk.edits, publishers, settings.jobs)
        said.append(f"{sum(len(witness.body) for witness in witnesses):,} paragraphs")
    with report.stage("relate") as said:
        related = relate(witnesses, desk.edits, settings.jobs)
        report.add(related.problems)
        said.append(f"{len(related.relations):,} relations, {len(related.works):,} works")
    archive = Archive(
        witnesses, desk.edits, publishers, related.relations, related.works, related.apparatuses, tuple(report.problems)
    )
    _go_on(report, settings)
    with report.stage("pages") as said:
        written = dict(pages(archive, desk))
        report.add(curation.store(settings.pages, written, _removed(desk, accessions)))
        said.append(f"{len(written):,} pages")
    publish(archive, settings, report)
    report.figures |= {
        "received": len(received.accessions),
        "refused": len(received.hashes) - len(received.accessions),
        "relations": len(related.relations),
        "works": len(related.works),
        "warnings": report.count(Severity.WARNING),
    }
    report.write(account, before)


def _removed(desk: curation.Desk, accessions: tuple[Accession, ...]) -> list[str]:
    here = {accession.id for accession in accessions}
    return [name for name, edits in desk.edits.items() if name not in here and not curation.touched(edits)]


def _fixity(settings: Settings, report: Report, options: Options, hashes: dict[str, str], desk: curation.Desk) -> None:
    """Hold the raw files against the register; with --accept, write it first."""
    known, problems = register.read(settings.register)
    report.add(problems)
    withdrawn = {edits.source for edits in desk.edits.values() if edits.withdrawn}
    if options.accept is not None and not errors(problems):
        known, lines = register.accepted(known or register.Register({}, {}), hashes, withdrawn, options.accept)
        for line in lines or ("nothing to accept: the register is as the files are",):
            report.say(line)
        register.save(settings.register, known)
    if known is not None:
        report.add(register.check(known, hashes, withdrawn))


def _go_on(report: Report, settings: Settings) -> None:
    """Stop here where the archive cannot be vouched for."""
    if errors(report.problems):
        raise BuildFailed(errors(report.problems))


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
