"""Line recurrence: how often each line of a page occurs in other pages, in copies of its text and in other texts.

Counted over all pages before any line is labelled. A line that recurs in pages whose texts differ, and with the same
surroundings, is boilerplate; one that recurs in pages that share most of their prose is part of a copied text, and one
that recurs among other lines is quoted. Only hashes of lines are kept, so that 100,000 pages fit into memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
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
MAX_STRETCH: Final = 3
"""Lines, without short ones of the page's own: how far off the short line or the end of the page lies that shows what
surrounds a line."""
MIN_ANCHOR_PAGES: Final = 3
"""Pages that a short line occurs in, if it is to show the surroundings of others."""
MANY_TEXTS: Final = 8
"""Texts of a folder from which on a short line counts whatever surrounds it: other headlines lie around a heading."""
MAX_LINES: Final = 50_000
"""Non-blank lines of a page that are counted; a page with more is not labelled line by line."""

_UPWARD: Final = 0x9E3779B97F4A7C15
_DOWNWARD: Final = 0xC2B2AE3D27D4EB4F
"""Odd factors, one a direction, that mix the hashes of neighbouring lines."""

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Sizes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LineCounts:
    """The recurrence of the lines of one page: a byte for each non-blank line, in order; counts stop at 255.

    ``folder``: in how many different texts received from the same folder the line occurs with the surroundings it has
    here, or, where it is short and many have it, with any; ``archive``: in how many folders with different texts, this
    one included; ``copies``: in how many other pages that are copies of this one, whatever surrounds it.
    """

    folder: bytes
    archive: bytes
    copies: bytes


def count_recurrence(accessions: Sequence[Accession], engine: Engine = IN_PROCESS) -> tuple[LineCounts, ...]:
    """The counts of each page, in order. They depend on the lines alone, not on any label."""
    pages = list(engine.map(_hashes, accessions))
    lines = _Lines.join(pages)
    recurring, often = _recurring(lines)
    folders = _ranks([accession.folder for accession in accessions])
    rank, known = _find(lines.hash, recurring)
    seen = _Occurrences.gather(lines, rank, known, _find(lines.hash, often)[1])
    groups = _groups(seen, np.bincount(lines.page, lines.size, len(pages)).astype(np.int64), len(pages))
    everywhere, here = np.ones(len(seen.line), dtype=np.int64), np.ones(len(seen.line), dtype=np.int64)
    for surroundings in (seen.above, seen.below):
        texts, sources = (_distinct(surroundings, owners[seen.page]) for owners in (groups, folders))
        everywhere = np.maximum(everywhere, np.minimum(texts, sources))
        here = np.maximum(here, _distinct(surroundings * len(pages) + folders[seen.page], groups[seen.page]))
    anywhere = _distinct(seen.line * len(pages) + folders[seen.page], groups[seen.page])
    here = np.where((seen.size == 0) & (anywhere >= MANY_TEXTS), anywhere, here)
    copies = _distinct(seen.line * len(pages) + groups[seen.page], seen.page) - 1
    whole = [_spread(count, known, alone) for count, alone in ((here, 1), (everywhere, 1), (copies, 0))]
    bounds = np.searchsorted(lines.page, np.arange(len(pages) + 1)).tolist()
    return tuple(LineCounts(*(counts[start:end] for counts in whole)) for start, end in pairwise(bounds))


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


@dataclass(frozen=True, slots=True)
class _Lines:
    """The non-blank lines of all pages, page after page: hash, page, size where it is prose, else 0."""

    hash: Hashes
    page: Numbers
    size: Numbers

    @classmethod
    def join(cls, pages: Sequence[tuple[Hashes, Sizes]]) -> _Lines:
        hashes = np.concatenate([np.zeros(0, np.uint64), *(page for page, _ in pages)])
        sizes = np.concatenate([np.zeros(0, np.int32), *(sizes for _, sizes in pages)])
        owners = np.repeat(np.arange(len(pages)), [len(page) for page, _ in pages])
        return cls(hashes, owners, sizes.astype(np.int64))


def _recurring(lines: _Lines) -> tuple[Hashes, Hashes]:
    """The hashes that occur in more than one page, and those in :data:`MIN_ANCHOR_PAGES` or more, sorted."""
    order = np.lexsort((lines.page, lines.hash))
    hashes, pages = lines.hash[order], lines.page[order]
    once = np.ones(len(hashes), dtype=np.bool_)
    once[1:] = (hashes[1:] != hashes[:-1]) | (pages[1:] != pages[:-1])
    different, counts = np.unique(hashes[once], return_counts=True)
    return different[counts > 1], different[counts >= MIN_ANCHOR_PAGES]


def _ranks(names: Sequence[str]) -> Numbers:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Each occurrence of a recurring line, in the order of pages and lines: the rank of its hash, its page, its size.

    ``above`` and ``below``: the rank of the line together with what surrounds it there; -1 where that is not known.
    """

    line: Numbers
    page: Numbers
    size: Numbers
    above: Numbers
    below: Numbers

    @classmethod
    def gather(
        cls, lines: _Lines, rank: Numbers, known: npt.NDArray[np.bool_], often: npt.NDArray[np.bool_]
    ) -> _Occurrences:
        kept = often | (lines.size > 0)
        shown, short, pages = lines.hash[kept], lines.size[kept] == 0, lines.page[kept]
        around = np.zeros((2, len(lines.hash)), dtype=np.uint64)
        around[0, kept] = _stretches(shown[::-1], short[::-1], pages[::-1], np.uint64(_UPWARD))[::-1]
        around[1, kept] = _stretches(shown, short, pages, np.uint64(_DOWNWARD))
        above, below = (_ranked(one) for one in around[:, known])
        return cls(rank[known], lines.page[known], lines.size[known], above, below)


def _find(lines: Hashes, recurring: Hashes) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """For each line the rank of its hash among the recurring ones, and whether it is one of them."""
    rank = np.searchsorted(recurring, lines)
    known = rank < len(recurring)
    known[known] = recurring[rank[known]] == lines[known]
    return rank.astype(np.int64), known


def _stretches(lines: Hashes, short: npt.NDArray[np.bool_], pages: Numbers, factor: np.uint64) -> Hashes:
    """For each line a hash of it and the lines after it, up to the first short one or the end; 0 where that is far.

    ``lines``: page after page, its prose and its lines that recur often; short lines of its own (other headlines,
    dates) say nothing. A paragraph that others quote has prose on both sides; a notice has the page's menu or its end
    on one.
    """
    starts = np.append(True, pages[1:] != pages[:-1])[: len(pages)]
    place = np.arange(len(lines)) + np.cumsum(starts) - 1  # behind each page is its end, like a short line
    last = np.append(starts[1:], True)[: len(pages)]
    end = np.repeat(place[last] + 1, np.diff(np.append(np.flatnonzero(starts), len(lines))))
    follow = np.zeros(len(lines) + int(starts.sum()), dtype=np.uint64)
    ends = np.ones(len(follow), dtype=np.bool_)
    follow[place], ends[place] = lines, short
    whole, found = lines.copy(), np.zeros(len(lines), dtype=np.uint64)
    for distance in range(1, MAX_STRETCH + 1):
        inside = np.flatnonzero(place + distance <= end)
        after = place[inside] + distance
        whole[inside] = whole[inside] * factor + follow[after]
        closed = inside[(found[inside] == 0) & ends[after]]
        found[closed] = whole[closed]
    return found


def _ranked(keys: Hashes) -> Numbers:
    """For each key a small number, alike for like ones; -1 for 0."""
    unique, inverse = np.unique(keys, return_inverse=True)
    return inverse.astype(np.int64) - int(len(unique) > 0 and unique[0] == 0)


def _groups(seen: _Occurrences, prose: Numbers, count: int) -> Numbers:
    """For each page the number of its group of copies. Neighbours among the pages of a line are compared."""
    once = np.unique(seen.page * (int(seen.line.max(initial=0)) + 1) + seen.line, return_index=True)[1]
    chosen = once[seen.size[once] > 0]
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
    """For each occurrence the number of different groups its key occurs in; 1 where it has no key."""
    _, inverse = np.unique(keys, return_inverse=True)
    span = int(groups.max(initial=0)) + 1
    pairs = np.unique(inverse * span + groups)
    counts: Numbers = np.bincount(pairs // span, minlength=1)[inverse]
    return np.where(keys < 0, 1, counts)


def _spread(counts: Numbers, known: npt.NDArray[np.bool_], alone: int) -> bytes:
    """The counts of recurring lines among all lines, a byte each; ``alone`` for the others."""
    whole = np.full(len(known), alone, dtype=np.uint8)
    whole[known] = np.minimum(counts, 255)
    return whole.tobytes()
