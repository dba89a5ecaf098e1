"""The search index: small pages of the texts alone, indexed by Pagefind, and every file read back; then bundles."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from stemma.cache import NO_CACHE, Cache, Key
from stemma.publish.index import Index
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.output.target import Target, Written
from stemma.publish.search import bundle_files, catalogue, entries, postings
from stemma.publish.search.postings import IndexedPage
from stemma.publish.wording.translation import ENGLISH, Translation
from stemma.receive.spool import without_text
from stemma.records import Problem, Severity, Witness
from stemma.settings import Settings
from stemma.workers import IN_PROCESS, Engine

FOLDER: Final = "search"
"""Where the bundles and the catalogue stand in the site."""
MAX_BUNDLE: Final = 10_000
"""Texts of one bundle, about: half a gigabyte while it is put together. Pagefind's reader takes 65,536."""
MAX_RUN: Final = 1000
"""Texts that one process of Pagefind indexes: with 5 KB each it takes about half a gigabyte."""
_INDEXED: Final = re.compile(r"^\s*Indexed (\d+) pages?$", re.MULTILINE)
_ENTRY: Final = "pagefind-entry.json"
_SHARED: Final = ("pagefind.js", "wasm.unknown.pagefind")
"""What the first bundle alone needs."""
_MAX_ROUNDS: Final = 5
"""How often bundles are made again because result ids clash: at 10,000 texts some pair does with a chance of 17%."""


class IndexFailed(Exception):  # noqa: N818 - the name says what happened
    """Pagefind gave no index that passes the checks; the message says why."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page. ``words``: the messages of its scripts in the language of the interface; none for English."""

    words: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """An index-only page: the text it stands for, and a number that is raised where two result ids clash."""

    witness: Witness
    salt: int = 0

    def __reduce__(self) -> tuple[object, ...]:
        """Sent to another process without what is not searched."""
        one = self.witness
        return IndexPage, (Witness(without_text(one.accession), (), one.body, one.claims), self.salt)

    @property
    def name(self) -> str:
        """Its file name, which Pagefind hashes into the result id."""
        return f"{self.witness.id}{f'~{self.salt}' if self.salt else ''}.html"


@dataclass(frozen=True, slots=True)
class Bundle:
    """One bundle as it is in the site: the result id and the name of each page, and its files."""

    ids: tuple[tuple[int, str], ...]
    files: tuple[Written, ...]


def write_index(
    index: Index,
    target: Target,
    engine: Engine = IN_PROCESS,
    cache: Cache = NO_CACHE,
    tr: Translation = ENGLISH,
) -> tuple[tuple[Written, ...], tuple[Problem, ...]]:
    """Write bundles and catalogue into search/ of ``target``; gives its files. Any failure is one error, and no file.

    Method: Pagefind indexes each text once, without filters or sort keys; what it reports is compared with what was
    written, and each of its files is read back. What it found in each text is put together to a few bundles, by a
    stable hash of the witness id. A bundle is made again only where one of its texts changed.
    """
    folder = target.folder / FOLDER
    work = target.folder.with_name(f"{target.folder.name}-search")  # the next build clears it, should this one die
    try:
        found = _indexed([IndexPage(witness) for witness in index.witnesses], work, target, engine, cache)
        files = tuple(file for bundle in found for file in bundle.files)
        return (*files, target.write(_catalogue(found, index, tr))), ()
    except (IndexFailed, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        remedy = "Build again; if it stays so, build with --no-search and report it"
        return (), (Problem(Severity.ERROR, "the search index", str(error), remedy),)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The search page."""
    del index, settings
    yield renderer.page("search.html", urls.SEARCH, SearchPage(renderer.tr.script()))


def bundles(texts: int) -> int:
    """How many bundles so many texts are cut into: one per 3,400, but of more than three as few as memory allows.

    Each more costs a reader 35 KB and three requests a word (measured on 10,000 texts of 5 KB). Each fewer costs the
    build memory where one is put together, 60 MB for a thousand texts of 3.7 KB, and time where one of its texts
    changed.
    """
    return min(-(-texts // 3400), max(3, -(-texts // MAX_BUNDLE)))


def bundle_of(witness: str, number: int) -> int:
    """The bundle a text lies in, by a hash of its id alone."""
    return int.from_bytes(hashlib.sha256(witness.encode()).digest()[:4], "big") % number


def clashes(ids: Iterable[Iterable[tuple[int, str]]]) -> frozenset[str]:
    """The names whose result id one before them has, in the same bundle or another; ``ids``: id and name, by bundle."""
    seen: set[int] = set()
    again: set[str] = set()
    for bundle in ids:
        for number, name in bundle:
            if number in seen:
                again.add(name)
            seen.add(number)
    return frozenset(again)


def _indexed(pages_: Sequence[IndexPage], work: Path, target: Target, engine: Engine, cache: Cache) -> list[Bundle]:
    """All bundles; where two texts got one result id, one is renamed and its bundle made again."""
    number = bundles(len(pages_))
    parts: list[list[IndexPage]] = [[] for _ in range(number)]
    for page in pages_:
        parts[bundle_of(page.witness.id, number)].append(page)
    tasks = [_Task(place, tuple(part), work, target, cache.folder) for place, part in enumerate(filter(None, parts))]
    found: dict[int, Bundle] = {}
    made: dict[int, bool] = {}
    due = tasks
    for turn in range(_MAX_ROUNDS):
        for task, (bundle, new) in zip(due, _bundles(due, f"bundle-{turn}", engine, cache), strict=True):
            found[task.place], made[task.place] = bundle, new
        again = clashes(found[task.place].ids for task in tasks)
        if not again:
            return _placed(tasks, found, made, engine, cache)
        due = [task for task in tasks if any(name in again for _, name in found[task.place].ids)]
        due = [replace(task, pages=tuple(_renamed(page, again) for page in task.pages)) for task in due]
        tasks = sorted((*due, *(task for task in tasks if task.place not in {one.place for one in due})), key=_place)
    raise IndexFailed(f"result ids still clash after {_MAX_ROUNDS} rounds")


def _renamed(page: IndexPage, again: frozenset[str]) -> IndexPage:
    return IndexPage(page.witness, page.salt + (page.name.removesuffix(".html") in again))


@dataclass(frozen=True, slots=True)
class _Task:
    """One bundle: its number, its pages, a folder for what is in between, where it goes, and where records are kept."""

    place: int
    pages: tuple[IndexPage, ...]
    work: Path
    target: Target
    records: Path | None

    @property
    def site(self) -> str:
        """The folder of the bundle in the site."""
        return f"{FOLDER}/{self.place}"

    @property
    def stage(self) -> str:
        """The stage under which the cache keeps what Pagefind found in each of its pages."""
        return f"postings-{self.place}"

    def key(self, cache: Cache) -> Key | None:
        """The key of the bundle: all that Pagefind is given, and all that results show."""
        return cache.key(__name__, self.place, [(page.name, entries.searched(page.witness)) for page in self.pages])

    def clear(self) -> None:
        """Remove what was written of the bundle."""
        shutil.rmtree(self.target.folder / self.site, ignore_errors=True)


def _place(task: _Task) -> int:
    return task.place


def _bundles(tasks: Sequence[_Task], stage: str, engine: Engine, cache: Cache) -> list[tuple[Bundle, bool]]:
    """The bundles, each with whether it was made now, or known from an earlier build that made it of the same texts."""
    made: set[int] = set()

    def compute(places: Sequence[int]) -> Iterator[Bundle]:
        made.update(places)
        return engine.map(_bundle, [tasks[place] for place in places], least=2)

    found = cache.remember(stage, Bundle, [task.key(cache) for task in tasks], compute)
    return [(bundle, place in made) for place, bundle in enumerate(found)]


def _placed(
    tasks: Sequence[_Task], found: Mapping[int, Bundle], made: Mapping[int, bool], engine: Engine, cache: Cache
) -> list[Bundle]:
    """The bundles in their places: those of earlier builds are taken, or made again where a file is not kept."""
    whole = dict(found)
    lost = []
    for task in tasks:
        cache.claim(task.stage)
        if not made[task.place]:
            task.clear()
            if not all(task.target.take(file) for file in found[task.place].files):
                lost.append(task)
    whole.update(zip(map(_place, lost), engine.map(_bundle, lost, least=2), strict=True))
    cache.use(sha256 for bundle in whole.values() for _, sha256 in bundle.files)
    return [whole[task.place] for task in tasks]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in the index: what Pagefind found in its page, and the SHA-256 of its fragment."""

    page: IndexedPage
    fragment: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """What Pagefind writes beside an index, for readers: its version, the entry, the files that are for all bundles."""

    version: str
    entry: dict[str, Any]
    shared: tuple[File, ...]


def _bundle(task: _Task) -> Bundle:
    """Make one bundle: texts that were not indexed before are, and all are put together and written into the site."""
    task.clear()
    readers: list[_Reader] = []
    new: set[int] = set()

    def compute(places: Sequence[int]) -> Iterator[_Text]:
        new.update(places)
        for start in range(0, len(places), MAX_RUN):
            some = [task.pages[place] for place in places[start : start + MAX_RUN]]
            made = {page.name: entries.entry(page.witness) for page in some}
            indexed, reader = _index({name: one.html for name, one in made.items()}, task)
            readers.append(reader)
            for name, one in made.items():
                yield _Text(indexed[name], _keep(task, one.fragment, indexed[name].number)[1])

    cache = Cache(task.records)
    keys = [cache.key(__name__, page.name, entries.searched(page.witness)) for page in task.pages]
    texts = cache.remember(task.stage, _Text, keys, compute)
    ids = tuple(
        sorted(
            (text.page.number, page.name.removesuffix(".html")) for text, page in zip(texts, task.pages, strict=True)
        )
    )
    if clashes([ids]):
        return Bundle(ids, ())
    files = []
    for place, (text, page) in enumerate(zip(texts, task.pages, strict=True)):
        written = (_fragment(task, text.page.number), text.fragment)
        kept = place in new or task.target.take(written)
        files.append(written if kept else _keep(task, entries.entry(page.witness).fragment, text.page.number))
    reader = readers[0] if readers else _index({task.pages[0].name: entries.entry(task.pages[0].witness).html}, task)[1]
    name, made = bundle_files.files([text.page for text in texts], reader.version)
    made[_ENTRY] = _entry(reader, name, len(texts))
    files += [task.target.keep(File(f"{task.site}/{path}", data)) for path, data in made.items()]
    if not task.place:
        files += [task.target.keep(File(f"{task.site}/{one.path}", one.data)) for one in reader.shared]
    return Bundle(ids, tuple(sorted(files)))


def _fragment(task: _Task, number: int) -> str:
    return f"{task.site}/{bundle_files.fragment_name(number)}"


def _keep(task: _Task, fragment: entries.Fragment, number: int) -> Written:
    return task.target.keep(File(_fragment(task, number), entries.packed(fragment, postings.SIGNATURE)))


def _entry(reader: _Reader, name: str, count: int) -> bytes:
    """The file that a reader of the bundle begins with."""
    language = reader.entry["languages"][bundle_files.LANGUAGE] | {"hash": name, "page_count": count}
    entry = reader.entry | {"languages": {bundle_files.LANGUAGE: language}}
    return json.dumps(entry, separators=(",", ":")).encode()


def _index(pages_: Mapping[str, str], task: _Task) -> tuple[Mapping[str, IndexedPage], _Reader]:
    """Index some pages, HTML by the name of the file, and read back all that Pagefind wrote of them."""
    folder = task.work / str(task.place)
    shutil.rmtree(folder, ignore_errors=True)
    source, made = folder / "pages", folder / "bundle"
    source.mkdir(parents=True)
    for name, html in pages_.items():
        (source / name).write_text(html, "utf-8", newline="\n")
    counted = _run(source, made)
    if counted != len(pages_):
        raise IndexFailed(f"Pagefind indexed {counted} of {len(pages_)} pages")
    try:
        found = {f"{name}.html": page for name, page in postings.read(made).items()}
        entry = json.loads((made / _ENTRY).read_bytes())
        shared = tuple(File(name, (made / name).read_bytes()) for name in _SHARED)
        reader = _Reader(entry["version"], entry, shared)
    except (ValueError, LookupError) as error:
        raise IndexFailed(f"Pagefind wrote an index that cannot be read: {error}") from error
    if found.keys() != pages_.keys():
        raise IndexFailed(f"Pagefind wrote fragments of {len(found)} pages, not of the {len(pages_)} it was given")
    shutil.rmtree(folder)
    return found, reader


def _run(source: Path, target: Path) -> int:
    """Run Pagefind and return the number of pages it says it indexed."""
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(source), "--output-path", str(target),
               "--force-language", bundle_files.LANGUAGE]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
    said = ran.stdout.decode("utf-8", "replace")
    if ran.returncode:
        last = (ran.stderr.decode("utf-8", "replace") or said).strip().rpartition("\n")[2]
        raise IndexFailed(f"Pagefind ended with status {ran.returncode}: {last}")
    return sum(int(hit) for hit in _INDEXED.findall(said))


def _catalogue(found: Sequence[Bundle], index: Index, tr: Translation) -> File:
    """The catalogue of all bundles; its tag is of every file that the search page reads beside it."""
    names = ("pagefind-entry.json", ".pf_fragment")
    tag = hashlib.sha256(
        "".join(sorted(f"{p} {s}\n" for one in found for p, s in one.files if p.endswith(names))).encode()
    )
    ids = [{number: name.partition("~")[0] for number, name in one.ids} for one in found]
    made = catalogue.catalogue(index.cards, ids, index.archive.publishers, tag.hexdigest()[:12], tr)
    return File(f"{FOLDER}/{catalogue.NAME}", catalogue.packed(made))
