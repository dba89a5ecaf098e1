"""The input of the line model: for each line of a page its features as numbers, and its words as hash buckets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.clean.labels.codepoints import (
    CHARACTERS,
    CLASSES,
    CLAUSE_ENDS,
    DIGIT,
    LOWER,
    OTHER,
    SPACE,
    UPPER,
    WIDE,
    Characters,
    Numbers,
    mix,
    read_characters,
)
from stemma.clean.labels.layout_features import MAX_LENGTH, Column, of_layout
from stemma.clean.labels.word_features import MAX_WORDS, of_words
from stemma.clean.lines.segment import Line
from stemma.word_hash import Hashes

BUCKETS: Final = 8192
"""Rows of the table of word vectors; row 0 is “no word”."""
BAG: Final = 24
"""How many words of a line are looked up; of a longer line the first ones and the last four."""
SLOTS: Final = BAG + 4
"""Columns of the table of words: the bag, then first word, second word, last word, the whole of a short line."""

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]

_COUNTED: Final = [CHARACTERS.index(character) for character in ",;:?!|\"'()/@#©·."]
_STOP, _QUOTE, _COLON, _COMMA, _DOTS, _FEED, _BLANK = (CHARACTERS.index(character) for character in '.":,…\n ')
_STOPPERS: Final = np.isin(np.arange(CLASSES), [CHARACTERS.index(character) for character in ".!?…\"')"])


def describe_lines(lines: Sequence[Line]) -> tuple[Floats, Rows]:
    """One row of numbers and one row of word buckets a line. Depends on this page alone."""
    return describe_pages([lines])[0]


def describe_pages(pages: Sequence[Sequence[Line]]) -> list[tuple[Floats, Rows]]:
    """What :func:`describe_lines` gives for each page. Several pages at once cost half as much as one by one.

    Most of a page's cost is that of calling numpy some three hundred times, which a batch of pages shares.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return [(np.zeros((0, 0), dtype=np.float32), np.zeros((0, SLOTS), dtype=np.int32)) for _ in pages]
    texts = [line.visible[:MAX_LENGTH] for line in lines]
    page = read_characters(texts)
    batch = _Batch.of([len(one) for one in pages])
    columns = (
        *of_layout(lines, texts),
        *_of_characters(page, batch),
        *of_words(page),
        *_of_place(lines, page.count, batch),
        *_of_paragraph(lines, page),
        *_of_page(texts, page, batch),
    )
    numbers = np.empty((len(columns), len(lines)), dtype=np.float32)
    for row, column in zip(numbers, columns, strict=True):
        row[:] = column
    rows, words = np.ascontiguousarray(numbers.T), _look_up(page)
    bounds = pairwise(accumulate([0, *map(len, pages)]))
    return [
        (rows[start:end] if end > start else np.zeros((0, 0), dtype=np.float32), words[start:end])
        for start, end in bounds
    ]


class _Batch(NamedTuple):
    """Where each page lies among the lines of a batch; pages without lines are left out.

    ``starts`` and ``sizes`` run along the pages: the number of the first line, and how many there are. ``page`` runs
    along the lines: the number of the line's page.
    """

    starts: Numbers
    sizes: Numbers
    page: Numbers

    @classmethod
    def of(cls, counts: Sequence[int]) -> _Batch:
        sizes = np.array([count for count in counts if count])
        return cls(np.cumsum(sizes) - sizes, sizes, np.repeat(np.arange(len(sizes)), sizes))


def _of_characters(page: Characters, batch: _Batch) -> Iterator[Column]:
    """Which characters the line holds, and how it begins and ends."""
    kinds, ends = page.kinds, page.ends
    count = len(ends)
    begins = np.concatenate([[0], ends[:-1] + 1])
    size = ends - begins
    owner = np.repeat(np.arange(0, count * CLASSES, CLASSES), size + 1)
    owner += kinds
    totals = np.bincount(owner, minlength=count * CLASSES).reshape(count, CLASSES).T
    whole = np.maximum(size, 1)
    outset = begins[batch.starts][batch.page]
    first, last, before = kinds[begins], kinds[np.maximum(ends - 1, 0)], kinds[np.maximum(ends - 2, outset)]
    yield from np.minimum(totals[_COUNTED], 4) / 2
    yield np.log1p(size) / 4
    for kind in (UPPER, LOWER, DIGIT, WIDE, OTHER):
        yield totals[kind] / whole
    yield totals[_COMMA] / whole * 20
    yield _STOPPERS[last] & (size > 0)
    yield (last == _STOP) | ((last == _QUOTE) & (before == _STOP))
    yield last == _COLON
    yield (last == _DOTS) | ((last == _STOP) & (before == _STOP))
    yield first == UPPER
    yield first == LOWER
    yield first == DIGIT
    yield from _of_stops(page)


def _of_stops(page: Characters) -> Iterator[Column]:
    """How often a line is loosely punctuated (a blank before a stop, stops in heaps), and how many sentences it ends.

    The end of a sentence counts before the line's own end.
    """
    kinds = page.kinds
    at = np.flatnonzero(kinds < CLAUSE_ENDS)
    before, after = kinds[at - 1], kinds[at + 1]
    spaced = (after == _BLANK) | (after == SPACE)
    loose = ((before == _BLANK) | (before == SPACE)) & (spaced | (after == _FEED))
    sentence = (kinds[at] == _STOP) & (after == _BLANK)
    for marked, most, unit in ((loose | (after < CLAUSE_ENDS), 3, 2), (sentence, 6, 3)):
        owner = np.searchsorted(page.ends, at[marked])
        yield np.minimum(np.bincount(owner, minlength=len(page.ends)), most) / unit


def _of_place(lines: Sequence[Line], words: Numbers, batch: _Batch) -> Iterator[Column]:
    """The position of the line on its page, in lines and in words."""
    count = batch.sizes[batch.page]
    at = np.arange(len(lines)) - batch.starts[batch.page]
    before = np.cumsum(words) - words
    before -= before[batch.starts][batch.page]
    total = np.maximum(1, np.add.reduceat(words, batch.starts))[batch.page]
    after = np.array([*(line.gap for line in lines[1:]), 3])
    after[batch.starts + batch.sizes - 1] = 3
    yield at / count
    yield np.log1p(at) / 4
    yield np.log1p(count - 1 - at) / 4
    yield before / total
    yield np.log1p(before) / 6
    yield np.log1p(total - before - words) / 6
    yield np.minimum(after, 3) / 2


def _of_paragraph(lines: Sequence[Line], page: Characters) -> Iterator[Column]:
    """Features of the whole hard-wrapped paragraph that a line belongs to."""
    owner = np.cumsum([not line.wrapped for line in lines]) - 1
    size = np.bincount(owner, weights=page.count)
    length = np.bincount(owner)
    final = np.cumsum(length) - 1
    yield (np.log1p(size) / 3)[owner]
    yield _STOPPERS[page.kinds[np.maximum(page.ends[final] - 1, 0)]][owner]
    yield np.log1p(length - 1)[owner]
    yield (length > 1)[owner]


def _of_page(texts: Sequence[str], page: Characters, batch: _Batch) -> Iterator[Column]:
    """How much a line's words recur on its page, whether the line itself does, and how big the page is."""
    shared, own = _shared_words(page, batch)
    sizes = np.log1p(page.count)
    words, long = (np.add.reduceat(count, batch.starts) for count in (page.count, page.count > 20))
    yield np.log1p(list(_recurrences(texts, batch)))
    yield shared / np.maximum(own, 1) / 3
    yield np.log1p(shared) / 3
    yield (np.maximum.reduceat(sizes, batch.starts)[batch.page] - sizes) / 3
    yield (np.log1p(batch.sizes) / 5)[batch.page]
    yield (np.log1p(words) / 7)[batch.page]
    yield (np.log1p(long) / 4)[batch.page]


def _recurrences(texts: Sequence[str], batch: _Batch) -> Iterator[int]:
    """How often each line occurs on its page again."""
    for start, size in zip(batch.starts.tolist(), batch.sizes.tolist(), strict=True):
        same = Counter(texts[start : start + size])
        yield from (same[text] - 1 for text in texts[start : start + size])


def _shared_words(page: Characters, batch: _Batch) -> tuple[Numbers, Numbers]:
    """For each line how often its longer words occur in other lines, and how many such words it has; each once."""
    count = len(page.ends)
    chosen = np.flatnonzero((page.place < MAX_WORDS) & (page.stops - page.starts > 4))
    cuts = np.searchsorted(page.line[chosen], batch.starts)
    order = np.concatenate([one[np.argsort(page.hashes[one])] for one in np.split(chosen, cuts[1:])])
    hashes = page.hashes[order]
    new = np.diff(hashes, prepend=hashes[:1]) != 0
    new[cuts[cuts < len(new)]] = True
    word = np.cumsum(new)
    pairs = word * count + page.line[order]
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    word, line = np.divmod(pairs, count)
    others = np.minimum(np.bincount(word) - 1, 8)[word]
    return np.bincount(line, weights=others, minlength=count), np.bincount(line, minlength=count)


def _look_up(page: Characters) -> Rows:
    """The rows of a line's words in the table of word vectors: hashes, so that no list of words has to be kept."""
    rows = np.zeros((len(page.ends), SLOTS), dtype=np.int32)
    _fill_bag(page, rows)
    count, first = page.count, page.first
    hashes = np.concatenate([page.hashes, np.zeros(4, dtype=np.uint64)])
    short = [hashes[first + place] * np.uint64(2 * place + 5) * (count > place) for place in range(4)]
    marked = np.stack(
        [
            hashes[first] + np.uint64(1),
            hashes[first + 1] + np.uint64(2),
            hashes[first + count - 1] + np.uint64(3),
            short[0] + short[1] + short[2] + short[3],
        ],
        axis=1,
    )
    held = np.stack([count > 0, count > 1, count > 0, (count > 0) & (count <= 4)], axis=1)
    rows[:, BAG:] = np.where(held, _buckets(mix(marked)), 0)
    return rows


def _fill_bag(page: Characters, rows: Rows) -> None:
    """The words of each line in their slots; of a long line the first ones, and the last four."""
    line, slot, hashes = page.line, page.place, page.hashes
    if page.count.max() > BAG:
        count = page.count[line]
        kept = np.flatnonzero((slot < BAG - 4) | (slot >= count - 4) | (count <= BAG))
        line, slot, hashes, count = line[kept], slot[kept], hashes[kept], count[kept]
        slot = np.where((count > BAG) & (slot >= BAG - 4), slot - count + BAG, slot)
    rows.ravel()[line * SLOTS + slot] = _buckets(hashes)


def _buckets(hashes: Hashes) -> Rows:
    rows: Rows = (hashes % np.uint64(BUCKETS - 1) + np.uint64(1)).astype(np.int32)
    return rows
