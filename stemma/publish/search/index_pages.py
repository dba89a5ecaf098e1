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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stemma.publish.index import Index
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.search import canonical_bundle, catalogue, entries
from stemma.records import Problem, Severity, Witness
from stemma.settings import Settings

FOLDER: Final = "search"
"""Where the bundles and the catalogue stand in the site."""
_LANGUAGE: Final = "unknown"
"""No stemming: whole words and beginnings of words match, in every language alike."""
_INDEXED: Final = re.compile(r"^\s*Indexed (\d+) pages?$", re.MULTILINE)
_UNUSED: Final = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js",
                    "pagefind-worker.js", "wasm.en.pagefind")  # fmt: skip
_SHARED: Final = ("pagefind.js", "wasm.unknown.pagefind")
"""What the first bundle alone needs."""
_MAX_PARALLEL_TEXTS: Final = 30_000
"""Up to so many texts two bundles are indexed at a time; beyond that one at a time, to bound memory."""
_ID_DIGITS: Final = 7
"""Hexadecimal digits of a result id of Pagefind."""
_MAX_ROUNDS: Final = 5
"""How often bundles are indexed again because result ids clash: at 10,000 texts some pair does with a chance of 17%."""


class IndexFailed(Exception):  # noqa: N818 - the name says what happened
    """Pagefind gave no index that passes the checks; the message says why."""


@dataclass(frozen=True, slots=True)
class IndexPage:
    """An index-only page: the text it stands for, and a number that is raised where two result ids clash."""

    witness: Witness
    salt: int = 0

    @property
    def name(self) -> str:
        """Its file name, which Pagefind hashes into the result id."""
        return f"{self.witness.id}{f'~{self.salt}' if self.salt else ''}.html"


def write_index(
    index: Index, staging: Path, settings: Settings, report: Callable[[str], object] | None = None
) -> tuple[Problem, ...]:
    """Write bundles and catalogue into ``staging``/search. Whatever goes wrong is one error, and nothing is left half.

    Method: a few bundles by a stable hash of the witness id, without filters or sort keys, put into canonical form;
    what Pagefind reports is compared with what was written, and each of its files is read back.
    """
    target = staging / FOLDER
    work = staging.with_name(f"{staging.name}-search")  # a name that the next build clears, should this one die
    try:
        pages_ = [IndexPage(witness) for witness in index.witnesses]
        at_once = 2 if settings.jobs > 1 and len(pages_) <= _MAX_PARALLEL_TEXTS else 1
        found = _indexed(pages_, work, at_once)
        target.mkdir(parents=True, exist_ok=True)
        _placed(work, target, len(found))
        _catalogued(found, index, target)
    except (IndexFailed, OSError) as error:
        shutil.rmtree(target, ignore_errors=True)
        remedy = "Build again; if it stays so, build with --no-search and report it"
        return (Problem(Severity.ERROR, "the search index", str(error), remedy),)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if report is not None:
        report(f"{len(index.cards):,} texts in {len(found)} {'bundle' if len(found) == 1 else 'bundles'}")
    return ()


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The search page."""
    del index, settings
    yield renderer.page("search.html", urls.SEARCH, None)


def bundles(texts: int) -> int:
    """How many bundles so many texts are cut into.

    Measured on 10,000 texts of 5 KB: each more costs a reader 35 KB and three requests a word, each fewer costs the
    build memory (0.45 GB for a thousand texts).
    """
    return min(8, -(-texts // 3400))


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


def _indexed(pages_: Sequence[IndexPage], work: Path, jobs: int) -> list[dict[int, str]]:
    """Index all bundles; where two texts got one result id, rename one and index its bundle again."""
    number = bundles(len(pages_))
    parts: list[list[IndexPage]] = [[] for _ in range(number)]
    for page in pages_:
        parts[bundle_of(page.witness.id, number)].append(page)
    parts = [part for part in parts if part]
    found: list[dict[int, str]] = [{} for _ in parts]
    due = list(range(len(parts)))
    for _ in range(_MAX_ROUNDS):
        with ThreadPoolExecutor(jobs) as pool:
            for place, ids in zip(due, pool.map(lambda at: _bundle(parts[at], work / str(at)), due), strict=True):
                found[place] = ids
        again = clashes(found)
        if not again:
            return [{number: name.partition("~")[0] for number, name in ids.items()} for ids in found]
        due = [place for place, ids in enumerate(found) if not again.isdisjoint(ids.values())]
        for place in due:
            parts[place] = [
                IndexPage(page.witness, page.salt + (page.name.removesuffix(".html") in again)) for page in parts[place]
            ]
    raise IndexFailed(f"result ids still clash after {_MAX_ROUNDS} rounds")


def _bundle(pages_: Sequence[IndexPage], folder: Path) -> dict[int, str]:
    """Index one bundle below ``folder`` and read it back: result id -> name of the page, without its ending."""
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "pages"
    source.mkdir(parents=True)
    fragments = folder / "fragments"
    fragments.mkdir()
    for page in pages_:
        entry = entries.entry(page.witness)
        (source / page.name).write_text(entry.html, "utf-8", newline="\n")
        (fragments / page.name).write_bytes(entries.packed(entry.fragment, canonical_bundle.SIGNATURE))
    counted = _run(source, folder / "bundle")
    if counted != len(pages_):
        raise IndexFailed(f"Pagefind indexed {counted} of {len(pages_)} pages")
    ids = _verified(folder / "bundle")
    if len(ids) != len(pages_):
        raise IndexFailed(f"Pagefind wrote {len(ids)} fragments for {len(pages_)} pages")
    try:
        canonical_bundle.canonicalize(folder / "bundle")
    except (ValueError, LookupError) as error:
        raise IndexFailed(f"Pagefind wrote an index that cannot be read: {error}") from error
    for number, name in ids.items():
        (fragments / f"{name}.html").replace(folder / "bundle" / "fragment" / _fragment_name(number))
    shutil.rmtree(source)
    return ids


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


def _placed(work: Path, target: Path, number: int) -> None:
    """Move the bundles into the site, without what our own search page does not use."""
    for place in range(number):
        bundle = work / str(place) / "bundle"
        for pattern in (*_UNUSED, *(_SHARED if place else ())):
            for path in sorted(bundle.glob(pattern)):
                path.unlink()
        shutil.move(bundle, target / str(place))


def _catalogued(found: Sequence[Mapping[int, str]], index: Index, target: Path) -> None:
    digest = hashlib.sha256()
    for path in sorted(target.rglob("*")):
        if path.name == "pagefind-entry.json" or path.suffix == ".pf_fragment":
            digest.update(path.read_bytes())
    packed = catalogue.packed(
        catalogue.catalogue(index.cards, found, index.archive.publishers, digest.hexdigest()[:12])
    )
    (target / catalogue.NAME).write_bytes(packed)
