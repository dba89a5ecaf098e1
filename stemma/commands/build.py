"""Build: the pipeline from raw files to site, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from stemma.cache import NO_CACHE, Cache, remove
from stemma.clean.cleaning import clean
from stemma.commands.host_limits import described, measure
from stemma.commands.unchanged import inputs_digest, pages_changed, remember_build, unchanged
from stemma.curation import edits
from stemma.curation.edits import Curation
from stemma.curation.write_pages import pages
from stemma.problems import shown
from stemma.publish.site import publish
from stemma.publish.wording.numbers import figures
from stemma.receive import fixity, register
from stemma.receive.fixity import Acceptance, RawFiles
from stemma.receive.reception import Received, receive
from stemma.records import Archive, Problem, Severity
from stemma.relate.relating import relate
from stemma.report import Report, place
from stemma.settings import Settings
from stemma.workers import Engine

MAX_NAMED: Final = 20
"""Pages changed since the last build that are named in one line; the others are counted."""


def compose(
    settings: Settings, report: Report, accept: Acceptance | None, engine: Engine, cache: Cache = NO_CACHE
) -> tuple[Received, Curation, Archive]:
    """Run every stage that reads: raw files and pages -> the archive. Raises BuildFailed on any error.

    Without ``accept`` nothing is recorded in the register.
    """
    with report.stage("receive") as reported:
        received = receive(settings)
        report.add(received.problems)
        reported.append(f"{len(received.accessions):,} of {received.found:,} files")
    if received.passed_over:
        report.note(f"{received.passed_over}. Only .txt files are received: save each page's text as one.")
    with report.stage("curation") as reported:
        curation = edits.read(settings, received.accessions, engine, cache)
        report.add(curation.problems)
        reported.append(figures(sum(map(edits.touched, curation.edits.values())), "page") + " with a curator's edits")
        reported.extend(_fixity(settings, report, received, curation, accept))
    report.stop_on_errors()
    with report.stage("clean") as reported:
        witnesses = clean(curation.accessions, curation.edits, curation.publishers, engine, cache, spool=received.spool)
        reported.append(figures(sum(len(witness.body) for witness in witnesses), "paragraph"))
    with report.stage("relate") as reported:
        related = relate(witnesses, curation.edits, engine, cache)
        reported.append(f"{figures(len(related.relations), 'relation')}, {figures(len(related.works), 'work')}")
    found = (related.relations, related.works, related.apparatuses, tuple(report.problems))
    return received, curation, Archive(witnesses, curation.edits, curation.publishers, *found)


def _fixity(
    settings: Settings, report: Report, received: Received, curation: Curation, accept: Acceptance | None
) -> tuple[str, ...]:
    """Record what is accepted, then check the raw files against the register; gives a line for each thing recorded."""
    raw = curation.raw_files(dict(received.hashes))
    report.add(_borrowed_rights(settings, raw))
    recorded: tuple[str, ...] = ()
    if accept is not None:
        report.stop_on_errors()
        recorded, problems = fixity.record(settings.register, raw, accept)
        report.add(problems)
        report.stop_on_errors()
    report.add(fixity.check(settings.register, raw))
    return recorded


def _borrowed_rights(settings: Settings, raw: RawFiles) -> tuple[Problem, ...]:
    """An error where an example's settings would state its rights or contact of texts that are not the example's."""
    host = urlsplit(settings.address).hostname or ""
    if not host.endswith(".example") or not (settings.rights or settings.licence or settings.contact):
        return ()
    known, _ = register.read(settings.register)
    foreign = sorted(raw.hashes.keys() - (known.files.keys() | known.withdrawn.keys() if known else set()))
    if not foreign:
        return ()
    what = f"has the address of an example, {settings.address}, and states its rights or contact of raw/{foreign[0]}"
    remedy = "Set address, rights, licence and contact to this archive's own, or delete these lines"
    return (Problem(Severity.ERROR, shown(settings.config), what, remedy),)


def build(settings: Settings, report: Report, accept: Acceptance | None, engine: Engine) -> None:
    """The archive, its pages and its site. Nothing is published where anything is an error.

    Where nothing has changed since the site was built, nothing is done but to report what that build reported.
    """
    cache = Cache(settings.cache if settings.use_cache else None, report.say)
    inputs = inputs_digest(settings) if cache.keeps else b""
    if accept is None and cache.keeps and (before := unchanged(cache, settings, inputs)):
        report.add(before.problems)
        report.note("Nothing has changed since the last build: the site is as it would be built now.")
        return
    received, curation, archive = compose(settings, report, accept, engine, cache)
    for line in _edited(pages_changed(cache, curation.hashes)):
        report.note(line)
    report.add(fixity.record_withdrawals(settings.register, curation.raw_files(dict(received.hashes))))
    with report.stage("pages") as reported:
        written, problems = edits.store(settings.pages, pages(archive, curation, engine, cache), curation.removed)
        report.add(problems)
        reported.append(f"{len(written):,} of {len(archive.witnesses):,} pages written")
    publish(archive, settings, report, engine, cache)
    for line in described(measure(settings.site)):
        report.note(line)
    report.account(place(settings.site), _figures(received, archive))
    cache.sweep()
    if cache.keeps:
        remember_build(cache, settings, inputs, curation.hashes_after(written), report.problems)
    else:
        remove(settings.cache)
    if not settings.register.exists():
        report.note("There is no register yet, so changed raw files go unnoticed: run with --accept to make one.")


def _edited(changed: Sequence[str] | None) -> Iterator[str]:
    """A line that names the pages changed since the last build, so that no damaged page passes as a curator's work."""
    if changed:
        named = ", ".join(f"pages/{name}.md" for name in changed[:MAX_NAMED])
        more = f" and {len(changed) - MAX_NAMED:,} more" if len(changed) > MAX_NAMED else ""
        yield f"{figures(len(changed), 'page')} changed since the last build: {named}{more}."


def _figures(received: Received, archive: Archive) -> dict[str, int]:
    return {
        "raw files": received.found,
        "received": len(received.accessions),
        "refused": received.found - len(received.accessions),
        "ignored": sum(number for _, number in received.ignored),
        "withdrawn": sum(edits.withdrawn is not None for edits in archive.edits.values()),
        "relations": len(archive.relations),
        "works": len(archive.works),
    }
