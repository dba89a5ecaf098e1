"""Fixity on demand: raw files against the register, pages against seals, the site against its manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stemma.cache import Cache
from stemma.commands.unchanged import pages_changed
from stemma.curation import edits
from stemma.curation.edits import Curation
from stemma.publish.output import manifest
from stemma.publish.wording.numbers import figures
from stemma.receive import fixity, reception, register
from stemma.receive.register import Register
from stemma.records import Edits, Problem, Severity
from stemma.settings import Settings


def verify(settings: Settings) -> tuple[tuple[Problem, ...], str]:
    """Every difference, and a sentence that says what was checked.

    An error where bytes are not what was recorded, a note for each correction a curator made. A raw file that is not in
    the register yet is held against the hash its page gives.
    """
    received = reception.receive(settings)
    hashes = dict(received.hashes)
    curation = edits.read(settings, received.accessions)
    known, problems = register.read(settings.register)
    changed = pages_changed(Cache(settings.cache if settings.use_cache else None), curation.hashes)
    found = (*problems, *_differences(settings, hashes, curation, known), *_edited(curation, changed))
    return found, _checked(settings, hashes, curation, known, last_build=changed is not None)


def _differences(
    settings: Settings, hashes: Mapping[str, str], curation: Curation, known: Register | None
) -> Iterator[Problem]:
    if known is None:
        what = "there is no register, so only the pages know what the raw files were"
        yield Problem(Severity.WARNING, settings.register.name, what, "Run with --accept to make one")
    yield from fixity.differences(known or Register({}, {}), curation.raw_files(hashes))
    yield from _against_pages(curation.edits, hashes, known)
    yield from (problem for problem in curation.problems if problem.severity is not Severity.NOTE)
    yield from _corrections(curation.edits)
    yield from manifest.verify(settings.site)


def _checked(
    settings: Settings, hashes: Mapping[str, str], curation: Curation, known: Register | None, *, last_build: bool
) -> str:
    """What was compared with what, in numbers: nothing is counted that was not."""
    listed = set(hashes) & {**known.files, **known.withdrawn}.keys() if known else set()
    paged = {one.source for one in curation.edits.values() if one.sha256} & hashes.keys() - listed
    rest = len(hashes) - len(listed) - len(paged)
    parts = [
        f"{figures(len(listed), 'raw file')} against the register",
        f"{len(paged):,} against their pages" if paged else "",
        f"{rest:,} against nothing, as nothing is recorded of them" if rest else "",
        f"{figures(len(curation.pages), 'page')} against seals"
        + (" and what the last build left" if last_build else ""),
        f"{figures(manifest.size(settings.site), 'file')} of the site against its manifest",
    ]
    return "Checked: " + "; ".join(filter(None, parts)) + "."


def _edited(curation: Curation, changed: Sequence[str] | None) -> Iterator[Problem]:
    """A note for each page that is not as the last build left it: edited since, or damaged."""
    for name in changed or ():
        what = "changed since the last build" if name in curation.hashes else "gone since the last build"
        yield Problem(Severity.NOTE, f"pages/{name}.md", what)


def _against_pages(edits: Mapping[str, Edits], hashes: Mapping[str, str], known: Register | None) -> Iterator[Problem]:
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
