"""The search index: small pages of the texts alone, in bundles, indexed by Pagefind, and every file read back."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stemma.cache import NO_CACHE, Cache, Key
from stemma.publish.index import Index
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.output.target import Target, Written
from stemma.publish.search import canonical_bundle, catalogue, entries
from stemma.publish.wording.translation import ENGLISH, Translation
from stemma.records import Problem, Severity, Witness
from stemma.settings import Settings
from stemma.workers import IN_PROCESS, Engine

FOLDER: Final = "search"
"""Where the bundles and the catalogue stand in the site."""
_LANGUAGE: Final = "unknown"
"""No stemming: whole words and beginnings of words match, in every language alike."""
_INDEXED: Final = re.compile(r"^\s*Indexed (\d+) pages?$", re.MULTILINE)
_UNUSED: Final = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js",
                    "pagefind-worker.js", "wasm.en.pagefind")  # fmt: skip
_SHARED: Final = ("pagefind.js", "wasm.unknown.pagefind")
"""What the first bundle alone needs."""
_ID_DIGITS: Final = 7
"""Hexadecimal digits of a result id of Pagefind."""
_MAX_ROUNDS: Final = 5
"""How often bundles are indexed again because result ids clash: at 10,000 texts some pair does with a chance of 17%."""


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

    Method: a few bundles by a stable hash of the witness id, without filters or sort keys, put into canonical form;
    what Pagefind reports is compared with what was written, and each of its files is read back. A bundle is indexed
    again only where one of its texts changed.
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
    """How many bundles so many texts are cut into: as many as keep Pagefind below two gigabytes.

    Measured on 10,000 texts of 5 KB: each more costs a reader 35 KB and three requests a word, each fewer costs the
    build memory (0.45 GB for a thousand texts).
    """
    return -(-texts // 3400)


def bundle_of(witness: str, number: int) -> int:
    """The bundle a text lies in, by a hash of its id alone."""
    return int.from_bytes(hashlib.sha256(witness.encode()).digest()[:4], "big") % number


def clashes(ids: Iterable[Mapping[int, str]]) -> frozenset[str]:
    """The names whose result id another bundle has already given, or is none; ``ids`` maps id to name."""
    seen: set[int] = set()
    again: set[str] = set()
    for bundle in ids:
        again.update(name for number, name in bundle.items() if number in seen or number < 0)
        seen.update(bundle)
    return frozenset(again)


def _indexed(pages_: Sequence[IndexPage], work: Path, target: Target, engine: Engine, cache: Cache) -> list[Bundle]:
    """All bundles; where two texts got one result id, one is renamed and its bundle indexed again."""
    number = bundles(len(pages_))
    parts: list[list[IndexPage]] = [[] for _ in range(number)]
    for page in pages_:
        parts[bundle_of(page.witness.id, number)].append(page)
    parts = [part for part in parts if part]
    found: dict[int, Bundle] = {}
    due = list(range(len(parts)))
    for turn in range(_MAX_ROUNDS):
        tasks = [_Task(place, tuple(parts[place]), work, target) for place in due]
        found.update(zip(due, _bundles(tasks, f"bundle-{turn}", engine, cache), strict=True))
        again = clashes(dict(found[place].ids) for place in range(len(parts)))
        if not again:
            cache.use(sha256 for bundle in found.values() for _, sha256 in bundle.files)
            return [found[place] for place in range(len(parts))]
        due = [place for place, bundle in found.items() if any(name in again for _, name in bundle.ids)]
        for place in due:
            parts[place] = [
                IndexPage(page.witness, page.salt + (page.name.removesuffix(".html") in again)) for page in parts[place]
            ]
    raise IndexFailed(f"result ids still clash after {_MAX_ROUNDS} rounds")


@dataclass(frozen=True, slots=True)
class _Task:
    """One bundle to be made: its number, its pages, a folder for what is in between, and where it goes."""

    place: int
    pages: tuple[IndexPage, ...]
    work: Path
    target: Target

    def key(self, cache: Cache) -> Key | None:
        """The key of the bundle: all that Pagefind is given, and all that results show."""
        return cache.key(__name__, self.place, [(page.name, entries.searched(page.witness)) for page in self.pages])


def _bundles(tasks: Sequence[_Task], stage: str, engine: Engine, cache: Cache) -> list[Bundle]:
    """The bundles, each made, or taken where an earlier build made it of the same texts."""
    made: set[int] = set()

    def compute(places: Sequence[int]) -> Iterator[Bundle]:
        made.update(places)
        return engine.map(_bundle, [tasks[place] for place in places], least=2)

    found = cache.remember(stage, Bundle, [task.key(cache) for task in tasks], compute)
    lost = [
        place for place in range(len(tasks))
        if place not in made and not all(tasks[place].target.take(file) for file in found[place].files)
    ]  # fmt: skip
    for place, bundle in zip(lost, engine.map(_bundle, [tasks[place] for place in lost], least=2), strict=True):
        found[place] = bundle
    return found


def _bundle(task: _Task) -> Bundle:
    """Index one bundle, read it back, and write it into the site."""
    folder, site = task.work / str(task.place), f"{FOLDER}/{task.place}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(task.target.folder / site, ignore_errors=True)
    source, fragments, made = folder / "pages", folder / "fragments", folder / "bundle"
    source.mkdir(parents=True)
    fragments.mkdir()
    for page in task.pages:
        entry = entries.entry(page.witness)
        (source / page.name).write_text(entry.html, "utf-8", newline="\n")
        (fragments / page.name).write_bytes(entries.packed(entry.fragment, canonical_bundle.SIGNATURE))
    counted = _run(source, made)
    if counted != len(task.pages):
        raise IndexFailed(f"Pagefind indexed {counted} of {len(task.pages)} pages")
    ids = _verified(made)
    if len(ids) != len(task.pages):
        raise IndexFailed(f"Pagefind wrote {len(ids)} fragments for {len(task.pages)} pages")
    try:
        canonical_bundle.canonicalize(made)
    except (ValueError, LookupError) as error:
        raise IndexFailed(f"Pagefind wrote an index that cannot be read: {error}") from error
    for number, name in ids.items():
        (fragments / f"{name}.html").replace(made / "fragment" / _fragment_name(number))
    left_out = {path for pattern in (*_UNUSED, *(_SHARED if task.place else ())) for path in made.glob(pattern)}
    files = tuple(
        task.target.keep(File(f"{site}/{path.relative_to(made).as_posix()}", path.read_bytes()))
        for path in sorted(made.rglob("*"))
        if path.is_file() and path not in left_out
    )
    shutil.rmtree(folder)
    return Bundle(tuple(sorted(ids.items())), files)


def _fragment_name(number: int) -> str:
    return f"{_LANGUAGE}_{number:0{_ID_DIGITS}x}.pf_fragment"


def _run(source: Path, target: Path) -> int:
    """Run Pagefind and return the number of pages it says it indexed."""
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(source), "--output-path", str(target),
               "--force-language", _LANGUAGE]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
    said = ran.stdout.decode("utf-8", "replace")
    if ran.returncode:
        last = (ran.stderr.decode("utf-8", "replace") or said).strip().rpartition("\n")[2]
        raise IndexFailed(f"Pagefind ended with status {ran.returncode}: {last}")
    return sum(int(hit) for hit in _INDEXED.findall(said))


def _verified(bundle: Path) -> dict[int, str]:
    """Unpack every file of the bundle; result id -> name of the page, from the fragments.

    Pagefind makes an id longer where two texts of one bundle clash; such a one counts as none and is below zero.
    """
    ids: dict[int, str] = {}
    for path in sorted(bundle.rglob("*.pf_*")):
        try:
            data = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise IndexFailed(f"{path.name} is damaged: {error}") from error
        if not data.startswith(canonical_bundle.SIGNATURE):
            raise IndexFailed(f"{path.name} is damaged: no signature")
        if path.suffix == ".pf_fragment":
            url = json.loads(data[len(canonical_bundle.SIGNATURE) :])["url"]
            digits = path.stem.rpartition("_")[2]
            ids[int(digits, 16) if len(digits) == _ID_DIGITS else -1 - len(ids)] = url.strip("/").removesuffix(".html")
    return ids


def _catalogue(found: Sequence[Bundle], index: Index, tr: Translation) -> File:
    """The catalogue of all bundles; its tag is of every file that the search page reads beside it."""
    names = ("pagefind-entry.json", ".pf_fragment")
    tag = hashlib.sha256(
        "".join(sorted(f"{p} {s}\n" for one in found for p, s in one.files if p.endswith(names))).encode()
    )
    ids = [{number: name.partition("~")[0] for number, name in one.ids} for one in found]
    made = catalogue.catalogue(index.cards, ids, index.archive.publishers, tag.hexdigest()[:12], tr)
    return File(f"{FOLDER}/{catalogue.NAME}", catalogue.packed(made))
