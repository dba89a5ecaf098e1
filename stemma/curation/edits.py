"""content/pages <-> edits: what the curator changed, the ids that pages keep, and the pages written back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from stemma import markdown
from stemma.cache import NO_CACHE, Cache
from stemma.curation import authorities, seal
from stemma.curation.front_matter import OWN, Damaged, Page, parse
from stemma.files import UNFINISHED, read_bounded, write_all
from stemma.receive.fixity import RawFiles
from stemma.receive.ids import identify, is_id
from stemma.receive.spool import changed
from stemma.records import Accession, Edits, Problem, Publisher, Severity
from stemma.settings import Settings
from stemma.workers import IN_PROCESS, Engine

LARGEST_PAGE: Final = 32 * 1024 * 1024
"""Bytes of a page beyond which it is refused: the largest raw file has ten million, and Markdown may escape each."""

STORED_AT_ONCE: Final = 4096
"""Pages that are held in memory and written together: the disk is waited for once for all of them."""


@dataclass(frozen=True, slots=True)
class Curation:
    """The curator's work: every page as found, what of it is an edit (by id), the authority records.

    ``accessions`` are those received, each with the id of its page; ``removed`` are ids of untouched pages whose raw
    file is gone; ``hashes`` the SHA-256 of each page's file.
    """

    pages: Mapping[str, Page]
    edits: Mapping[str, Edits]
    publishers: tuple[Publisher, ...]
    accessions: tuple[Accession, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    hashes: dict[str, str]

    def hashes_after(self, written: Mapping[str, str]) -> dict[str, str]:
        """The SHA-256 of each page's file once ``written`` ones are written and ``removed`` ones are gone."""
        gone = frozenset(self.removed)
        return {name: sha256 for name, sha256 in (self.hashes | dict(written)).items() if name not in gone}

    @property
    def withdrawn(self) -> Mapping[str, str]:
        """Path -> SHA-256 (empty where the page does not say) of every text that its page takes down."""
        found = {edits.source: edits.sha256 for edits in self.edits.values() if edits.withdrawn}
        for accession in self.accessions:
            edits = self.edits.get(accession.id)
            if edits and edits.withdrawn:
                found[accession.path] = accession.sha256
        return found

    def raw_files(self, hashes: Mapping[str, str]) -> RawFiles:
        """What fixity needs to know of the raw files with these hashes (path -> SHA-256) and of the pages."""
        return RawFiles(hashes, self.withdrawn, frozenset(page.source for page in self.pages.values()))


def read(
    settings: Settings, received: Sequence[Accession], engine: Engine = IN_PROCESS, cache: Cache = NO_CACHE
) -> Curation:
    """Read every page and give each accession its page's id. A damaged page is an error that says what to correct."""
    table = settings.content / "publishers.toml"
    publishers, wrong = authorities.read(table)
    wrong += authorities.unused_folders(publishers, [one.path for one in received], table.name)
    pages, edits, hashes, damaged = _pages(settings.pages, engine, cache)
    accessions, moved = adopt(received, pages)
    accessions = tuple(_with_own(accession, edits.get(accession.id)) for accession in accessions)
    here = {accession.id for accession in accessions}
    gone = [name for name, edit in edits.items() if name not in here and not edit.withdrawn]
    return Curation(
        pages,
        edits,
        publishers,
        accessions,
        tuple(name for name in gone if not touched(edits[name])),
        (*wrong, *damaged, *moved, *_orphans(edits, gone), *_unknown_ids(edits, here), *_commented(pages)),
        hashes,
    )


def _pages(
    folder: Path, engine: Engine, cache: Cache
) -> tuple[dict[str, Page], dict[str, Edits], dict[str, str], list[Problem]]:
    """Every page as found, its edits and the SHA-256 of its file, by name; a problem for each that cannot be read."""
    files: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for path in page_files(folder):
        try:
            files.append((path.stem, read_bounded(path, LARGEST_PAGE)))
        except OSError as error:
            where = f"pages/{path.name}"
            problems.append(Problem(Severity.ERROR, where, f"cannot be read: {error.strerror}", "Fix its permissions"))
    read = cache.remember(
        "page",
        _ReadPage,
        [cache.key(__name__, file) for file in files],
        lambda places: engine.map(_read_page, [files[place] for place in places]),
        keep=lambda one: one.edits is not None and not one.edits.withdrawn,
    )
    pages = {name: one.page for (name, _), one in zip(files, read, strict=True) if one.page is not None}
    edits = {name: one.edits for (name, _), one in zip(files, read, strict=True) if one.edits is not None}
    problems += (one.problem for one in read if one.problem is not None)
    problems += _clashes(pages)
    return pages, edits, {name: hashlib.sha256(data).hexdigest() for name, data in files}, problems


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page and its edits, or what is wrong with it. The Markdown of a page is kept where it is the curator's."""

    page: Page | None
    edits: Edits | None
    problem: Problem | None


def _read_page(file: tuple[str, bytes]) -> _ReadPage:
    name, data = file
    where = f"pages/{name}.md"
    if not is_id(name):
        remedy = "Use small letters, digits, dots, hyphens and underscores; con, aux, nul … are reserved by Windows"
        return _ReadPage(None, None, Problem(Severity.ERROR, where, "its name cannot be an address", remedy))
    try:
        page = parse(data, name)
    except Damaged as damaged:
        return _ReadPage(None, None, damaged.problem(where))
    edits = _edits(page)
    return _ReadPage(page if edits.body is not None else replace(page, markdown=""), edits, None)


def page_files(folder: Path) -> list[Path]:
    """The files of pages, by name."""
    return sorted(path for path in folder.glob("*.md") if not path.name.startswith("."))


def _clashes(pages: Mapping[str, Page]) -> Iterator[Problem]:
    sources: dict[str, str] = {}
    for name, page in pages.items():
        where = f"pages/{name}.md"
        if page.source in sources:
            what = f"pages/{sources[page.source]}.md is of raw/{page.source} too"
            yield Problem(Severity.ERROR, where, what, "Correct source: in one of the two, or delete one")
        sources[page.source] = name
        for alias in page.aliases:
            if alias in pages or not is_id(alias):
                what = f"alias {alias!r} is {'a text of its own' if alias in pages else 'no address'}"
                yield Problem(Severity.ERROR, where, what, "Delete it from aliases")


def _edits(page: Page) -> Edits:
    fields = tuple(
        (field, values) for field, values in page.fields.items() if page.sealed.get(field) != seal.of_values(values)
    )
    corrected = not seal.fits_body(page.sealed.get("body"), page.markdown)
    handed_back = not page.markdown.strip() and "body" not in page.sealed
    return Edits(
        id=page.id,
        page=f"pages/{page.id}.md",
        source=page.source,
        sha256=page.sha256,
        fields=fields,
        body=markdown.read(page.markdown) if corrected and not handed_back else None,
        not_mirrors=page.not_mirrors,
        same_work=page.same_work,
        aliases=page.aliases,
        withdrawn=page.withdrawn,
        mirrors=page.mirrors,
        kept=page.kept,
        checked=page.checked,
    )


def touched(edits: Edits) -> bool:
    """Whether a curator changed anything in the page."""
    return bool(
        edits.fields
        or edits.body is not None
        or edits.not_mirrors
        or edits.same_work
        or edits.aliases
        or edits.withdrawn
        or edits.kept
        or edits.checked
    )


def adopt(
    accessions: Sequence[Accession], pages: Mapping[str, Page]
) -> tuple[tuple[Accession, ...], tuple[Problem, ...]]:
    """Give each accession its page's id: the page that names its path, else one whose file moved (the same hash)."""
    by_path = {page.source: name for name, page in pages.items()}
    paths = {accession.path for accession in accessions}
    lost = {page.sha256: name for name, page in sorted(pages.items(), reverse=True) if page.source not in paths}
    taken = set(pages)
    adopted: list[Accession] = []
    problems: list[Problem] = []
    for accession in accessions:
        name = by_path.get(accession.path)
        if name is None and accession.sha256 in lost:
            name = lost.pop(accession.sha256)
            what = f"takes the page of raw/{pages[name].source} along"
            problems.append(Problem(Severity.NOTE, f"raw/{accession.path}", what))
        if name is None and accession.id in taken:
            name = identify(f"{accession.path}/ .txt")
        adopted.append(accession if name is None else changed(accession, id=name))
    return tuple(adopted), tuple(problems)


def _orphans(edits: Mapping[str, Edits], gone: Sequence[str]) -> Iterator[Problem]:
    """A line for each page whose raw file is gone: a note where nothing is lost, a warning where an edit waits."""
    for name in gone:
        where, what = f"pages/{name}.md", f"raw/{edits[name].source} is gone"
        if touched(edits[name]):
            what += "; the page has a curator's edits and is kept, unpublished"
            yield Problem(Severity.WARNING, where, what, "Restore the raw file, or delete the page")
        else:
            yield Problem(Severity.NOTE, where, f"{what}; the page had no edits and is removed")


def _with_own(accession: Accession, edits: Edits | None) -> Accession:
    """The accession with the curator's own keys, which outrank the collector's."""
    own = {key: value for key, value in edits.kept if key.startswith(OWN)} if edits else {}
    if not own:
        return accession
    texts = {key: value if isinstance(value, str) else ", ".join(value) for key, value in own.items()}
    return changed(accession, own=tuple(sorted({**dict(accession.own), **texts}.items())))


def _commented(pages: Mapping[str, Page]) -> Iterator[Problem]:
    """A note for each page whose comments are kept in another place."""
    for name, page in pages.items():
        if page.commented:
            yield Problem(Severity.NOTE, f"pages/{name}.md", "its comments are kept under notes:")


def _unknown_ids(edits: Mapping[str, Edits], here: Collection[str]) -> Iterator[Problem]:
    """A warning for each id in not_mirrors or same_work that no text has."""
    for name, edit in edits.items():
        for key, ids in (("not_mirrors", edit.not_mirrors), ("same_work", edit.same_work)):
            for one in ids:
                if one not in here and one not in edits:
                    what = f"{key} names {one!r}, which no text has"
                    yield Problem(Severity.WARNING, f"pages/{name}.md", what, "Correct the id or delete it")


def store(
    folder: Path, pages: Iterable[tuple[str, bytes]], gone: Sequence[str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Write the pages that changed, each whole or not at all, and remove those that are gone; gives their SHA-256.

    A folder that cannot be written is one warning: the site does not need it.
    """
    hashes: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in sorted(folder.glob(f".*{UNFINISHED}")):
            left.unlink()
        ahead = iter(pages)
        while group := dict(islice(ahead, STORED_AT_ONCE)):
            hashes |= {name: hashlib.sha256(data).hexdigest() for name, data in group.items()}
            changed = {name: data for name, data in group.items() if _changed(folder, name, data)}
            write_all(folder, {f"{name}.md": data for name, data in sorted(changed.items())})
        for name in gone:
            (folder / f"{name}.md").unlink(missing_ok=True)
    except OSError as error:
        what = f"pages cannot be written: {error.strerror}"
        return hashes, (Problem(Severity.WARNING, "content/pages", what, "The site is built all the same"),)
    return hashes, ()


def _changed(folder: Path, name: str, data: bytes) -> bool:
    with suppress(FileNotFoundError):
        return (folder / f"{name}.md").read_bytes() != data
    return True
