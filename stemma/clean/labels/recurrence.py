"""Line recurrence: how often each line of a page occurs in other pages, in copies of its text and in other texts.

Counted over all pages before any line is labelled. A line that recurs in pages whose texts differ is boilerplate; one
that recurs in pages that share most of their prose is part of a copied text. Only hashes of lines are kept, so that
100,000 pages fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.clean.lines.links import visible
from stemma.records import Accession
from stemma.workers import IN_PROCESS, Engine

MIN_PROSE: Final = 60
"""Characters from which on a line counts as prose: shared prose makes two pages copies, shared short lines do not."""
MAX_PAGES: Final = 5_000
"""Pages: a line that occurs in more of them does not make any two of them copies."""
COPY_SHARE: Final = 0.5
"""Pages are taken for copies when they share this share of the prose, in characters, of the page that has less."""
MAX_LINES: Final = 50_000
"""Non-blank lines of a page that are counted; a page with more is not labelled line by line."""

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Sizes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LineCounts:
    """The recurrence of the lines of one page: a byte for each non-blank line, in order; counts stop at 255.

    ``folder``: in how many different texts received from the same folder the line occurs, ``archive``: in how many of
    the whole archive, this one included; ``copies``: in how many other pages that are copies of this one.
    """

    folder: bytes
    archive: bytes
    copies: bytes


def count_recurrence(accessions: Sequence[Accession], engine: Engine = IN_PROCESS) -> tuple[LineCounts, ...]:
    """The counts of each page, in order. They depend on the lines alone, not on any label."""
    pages = list(engine.map(_hashes, accessions))
    recurring = _recurring(page for page, _ in pages)
    folders = _ranks([accession.folder for accession in accessions])
    seen = _Occurrences.gather(pages, recurring)
    groups = _groups(seen, np.array([int(sizes.sum()) for _, sizes in pages], dtype=np.int64), len(pages))
    counts = [
        _distinct(seen.line, groups[seen.page]),
        _distinct(seen.line * len(pages) + folders[seen.page], groups[seen.page]),
        _sizes(seen.line * len(pages) + groups[seen.page]) - 1,
    ]
    everywhere, here, copies = (np.minimum(count, 255).astype(np.uint8) for count in counts)
    bounds = np.searchsorted(seen.page, np.arange(len(pages) + 1))
    counts_of = partial(_counts, recurring=recurring)
    return tuple(
        counts_of(page, here[start:end], everywhere[start:end], copies[start:end])
        for (page, _), start, end in zip(pages, bounds[:-1], bounds[1:], strict=True)
    )


def _hashes(accession: Accession) -> tuple[Hashes, Sizes]:
    """A hash a non-blank line, and its size where it is prose, else 0."""
    digests = bytearray()
    sizes: list[int] = []
    for line in accession.text.split("\n"):
        stripped = line.strip()
        if stripped and len(sizes) < MAX_LINES:
            stripped = visible(stripped)
            digests += blake2b(stripped.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            sizes.append(len(stripped) if len(stripped) >= MIN_PROSE else 0)
    return np.frombuffer(bytes(digests), dtype="<u8").astype(np.uint64), np.array(sizes, dtype=np.int32)


def _recurring(pages: Iterable[Hashes]) -> Hashes:
    """The hashes that occur in more than one page, sorted."""
    whole = np.concatenate([np.zeros(0, dtype=np.uint64), *(np.unique(page) for page in pages)])
    whole.sort()
    again = whole[1:][whole[1:] == whole[:-1]]
    unique: Hashes = np.unique(again)
    return unique


def _ranks(names: Sequence[str]) -> Numbers:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Each recurring line once a page: the rank of its hash, its page, its size. Sorted by page, then line."""

    line: Numbers
    page: Numbers
    size: Numbers

    @classmethod
    def gather(cls, pages: Sequence[tuple[Hashes, Sizes]], recurring: Hashes) -> _Occurrences:
        lines, owners, extents = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for number, (page, sizes) in enumerate(pages):
            unique, first = np.unique(page, return_index=True)
            rank = np.searchsorted(recurring, unique)
            known = rank < len(recurring)
            known[known] = recurring[rank[known]] == unique[known]
            lines.append(rank[known].astype(np.int64))
            owners.append(np.full(int(known.sum()), number, dtype=np.int64))
            extents.append(sizes[first[known]].astype(np.int64))
        return cls(np.concatenate(lines), np.concatenate(owners), np.concatenate(extents))


def _groups(seen: _Occurrences, prose: Numbers, count: int) -> Numbers:
    """For each page the number of its group of copies. Neighbours among the pages of a line are compared."""
    chosen = np.flatnonzero(seen.size > 0)
    order = chosen[np.argsort(seen.line[chosen], kind="stable")]
    line, page, size = seen.line[order], seen.page[order], seen.size[order]
    pages_of = _sizes(line)
    paired = np.flatnonzero((line[1:] == line[:-1]) & (pages_of[1:] <= MAX_PAGES))
    keys, inverse = np.unique(page[paired] * count + page[paired + 1], return_inverse=True)
    shared = np.bincount(inverse, weights=size[paired], minlength=len(keys))
    copies = shared >= COPY_SHARE * np.minimum(prose[keys // max(1, count)], prose[keys % max(1, count)])
    roots = list(range(count))
    for key in keys[copies].tolist():
        a, b = _root(roots, key // count), _root(roots, key % count)
        roots[max(a, b)] = min(a, b)
    return np.array([_root(roots, page) for page in range(count)], dtype=np.int64)


def _root(roots: list[int], page: int) -> int:
    while roots[page] != page:
        roots[page] = roots[roots[page]]
        page = roots[page]
    return page


def _sizes(keys: Numbers) -> Numbers:
    """For each key how often it occurs."""
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    sizes: Numbers = counts[inverse]
    return sizes


def _distinct(keys: Numbers, groups: Numbers) -> Numbers:
    """For each occurrence the number of different groups its key occurs in."""
    _, inverse = np.unique(keys, return_inverse=True)
    span = int(groups.max()) + 1 if len(groups) else 1
    pairs = np.unique(inverse * span + groups)
    counts: Numbers = np.bincount(pairs // span, minlength=len(keys))[inverse]
    return counts


def _counts(
    page: Hashes, here: npt.NDArray[np.uint8], everywhere: npt.NDArray[np.uint8], copies: npt.NDArray[np.uint8],
    *, recurring: Hashes,
) -> LineCounts:  # fmt: skip
    """The counts of a page's recurring lines, spread over all its lines in reading order."""
    unique, inverse = np.unique(page, return_inverse=True)
    rank = np.searchsorted(recurring, unique)
    known = rank < len(recurring)
    known[known] = recurring[rank[known]] == unique[known]
    found = []
    for counts, alone in ((here, 1), (everywhere, 1), (copies, 0)):
        whole = np.full(len(unique), alone, dtype=np.uint8)
        whole[known] = counts
        found.append(whole[inverse].tobytes())
    return LineCounts(*found)
