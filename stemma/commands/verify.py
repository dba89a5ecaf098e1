"""Fixity on demand: raw files against the register, pages against their seals, the site against its manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stemma.curation import edits
from stemma.publish.output import manifest
from stemma.receive import fixity, reception
from stemma.records import Edits, Problem, Severity
from stemma.settings import Settings


def verify(settings: Settings) -> Iterator[Problem]:
    """Every difference: an error where bytes are not what was recorded, a note for each correction a curator made.

    A raw file that is not in the register yet is held against the hash its page gives.
    """
    received = reception.receive(settings)
    hashes = dict(received.hashes)
    curation = edits.read(settings, received.accessions)
    known, problems = fixity.read(settings.register)
    yield from problems
    if known is None and not problems:
        what = "there is no register, so only the pages know what the raw files were"
        yield Problem(Severity.WARNING, settings.register.name, what, "Run with --accept to make one")
    yield from fixity.differences(known or fixity.Register({}, {}), hashes, curation.withdrawn)
    yield from _against_pages(curation.edits, hashes, known)
    yield from (problem for problem in curation.problems if problem.severity is not Severity.NOTE)
    yield from _corrections(curation.edits)
    yield from manifest.verify(settings.site)


def _against_pages(
    edits: Mapping[str, Edits], hashes: Mapping[str, str], known: fixity.Register | None
) -> Iterator[Problem]:
    for edit in edits.values():
        registered = known is not None and edit.source in known.files
        now = hashes.get(edit.source)
        if not registered and now is not None and edit.sha256 and now != edit.sha256:
            what = f"its hash is not the one in {edit.page}"
            yield Problem(
                Severity.ERROR, f"raw/{edit.source}", what, "Restore the file, or build again to take it as it is"
            )


def _corrections(edits: Mapping[str, Edits]) -> Iterator[Problem]:
    for edit in edits.values():
        parts = [str(field) for field, _ in edit.fields] + ["body"] * (edit.body is not None)
        if parts:
            yield Problem(Severity.NOTE, edit.page, f"the curator's: {', '.join(parts)}")
        if edit.withdrawn:
            yield Problem(Severity.NOTE, edit.page, f"withdrawn: {edit.withdrawn.reason}")
