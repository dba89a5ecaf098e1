"""Describe every paragraph of a page in the light of the line model's answer: what the context model sees.

The first model reads a page once and never learns what it found. Here each paragraph is set beside the text that was
found: how far from it, how like it in words and layout, what rules fit in between. All features are whole numbers, so
that no decision depends on the last bit of a float.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.clean.labels.features import BAG, BUCKETS, Floats, Rows
from stemma.clean.labels.rules import FILES, Rule
from stemma.clean.lines.segment import Line
from stemma.records import Label

Integers = npt.NDArray[np.int64]

UNIT: Final = 10_000
"""Probabilities are counted in ten-thousandths; the line model rounds its own to these."""
STRONG: Final = (7_500, 12)
"""A paragraph of the text without doubt: its least probability of body, and of words."""
FAR: Final = 60
"""Paragraphs: whatever is further away counts as so far."""
MIN_BODY_WORDS: Final = 8
"""Least words of a paragraph from which the layout of the text is read."""
COMMON: Final = 3 * UNIT
"""A word of the text counts no more than if it occurred three times."""
UNSPACED: Final = 15
"""Characters for each blank from which on a script parts no words, as Thai does: four characters count as a word."""
FAINT_BODY: Final = 2_000
"""Probability of body from which on a possible comment counts as body, on a page with no other trace of comments."""

_LABELS: Final = {Label(name): at for at, name in enumerate(FILES, 1)}
_RARITY: Final = np.array([0, *(int(1000 / count**0.5) for count in range(1, 65))], dtype=np.int64)
"""What a word counts by the number of its occurrences on the page, in thousandths."""


class ReadPage(NamedTuple):
    """A page as lines, line model and rules know it: rows of ``numbers``, ``words`` and ``posteriors`` a line.

    ``posteriors``: the columns of :data:`~stemma.clean.labels.line_model.STATES`. ``rules``: what fits each line.
    """

    lines: Sequence[Line]
    numbers: Floats
    words: Rows
    posteriors: Floats
    rules: Sequence[Rule | None]


class Paragraphs(NamedTuple):
    """The paragraphs of several pages, one after another; pages without lines are left out.

    Along lines: ``owner``, the paragraph of each. Along paragraphs: ``first`` and ``last`` line, ``page``, and the
    first paragraph of that page and of the next (``start``, ``end``). Along pages: ``starts``, the first paragraph.
    """

    owner: Integers
    first: Integers
    last: Integers
    page: Integers
    start: Integers
    end: Integers
    starts: Integers

    @classmethod
    def of(cls, pages: Sequence[ReadPage]) -> Paragraphs:
        """The paragraphs of these pages, each of which has lines."""
        begins = np.array(
            [not (at and line.wrapped) for page in pages for at, line in enumerate(page.lines)], dtype=np.bool_
        )
        owner = np.cumsum(begins) - 1
        first = np.flatnonzero(begins)
        bounds = [0, *accumulate(len(page.lines) for page in pages)]
        starts = owner[bounds[:-1]]
        counts = np.diff(np.append(starts, len(first)))
        page = np.repeat(np.arange(len(starts)), counts)
        start = starts[page]
        last = np.append(first[1:], len(begins)) - 1
        return cls(owner, first, last, page, start, start + counts[page], starts)

    def sums(self, of_lines: npt.NDArray[np.generic]) -> Integers:
        """For each paragraph the sum of whole numbers of its lines."""
        return np.bincount(self.owner, of_lines, minlength=len(self.first)).astype(np.int64)

    def sums_of_pages(self, of_paragraphs: Integers) -> Integers:
        """For each paragraph the sum of the numbers of its page."""
        return np.add.reduceat(of_paragraphs, self.starts)[self.page]

    def near(self, column: Integers, shift: int) -> Integers:
        """The number of the paragraph ``shift`` after each, -1 outside the page."""
        at = np.arange(shift, len(column) + shift)
        inside = (at >= self.start) & (at < self.end)
        return np.where(inside, column[np.where(inside, at, 0)], -1)


class _Seen(NamedTuple):
    """What most features are made of, a number a paragraph: probabilities in :data:`UNIT`, words, rules, layout."""

    body: Integers
    tail: Integers
    comment: Integers
    inset: Integers
    words: Integers
    rule: Integers
    opens: Integers
    indent: Integers
    gap: Integers


def describe_context(pages: Sequence[ReadPage], lay: Paragraphs) -> npt.NDArray[np.int32]:
    """One row a feature, one column a paragraph. Each page is described by itself."""
    numbers = np.concatenate([page.numbers for page in pages])
    seen = _see(pages, numbers, lay)
    columns = (
        *_of_paragraph(seen, numbers, lay),
        *_of_page(seen, numbers, lay),
        *_of_place(seen, lay),
        *_of_rules(seen, lay),
        *_of_layout(seen, lay),
        *_of_topic(pages, seen, lay),
        *_of_neighbours(seen, lay),
    )
    return np.stack(columns).astype(np.int32)


def _see(pages: Sequence[ReadPage], numbers: Floats, lay: Paragraphs) -> _Seen:
    sizes = np.array([len(line.visible) for page in pages for line in page.lines], dtype=np.int64)
    spaces = np.array([1 + line.visible.count(" ") for page in pages for line in page.lines], dtype=np.int64)
    rounded = np.rint(np.concatenate([page.posteriors for page in pages]) * UNIT).astype(np.int64)
    whole, parts = lay.sums(sizes), lay.sums(spaces)
    _, body, inset, tail, comment = (lay.sums(column * sizes) // np.maximum(whole, 1) for column in rounded.T)
    body, comment = _believed(pages, body, comment, lay)
    wide = lay.sums(numbers[:, _WIDE] * sizes > 0.3 * sizes) > 0
    rules = [rule for page in pages for rule in page.rules]
    first = [rules[at] for at in lay.first.tolist()]
    return _Seen(
        body,
        tail,
        comment,
        inset,
        np.where(wide, whole // 2, np.where(whole > UNSPACED * parts, whole // 4, parts)),
        np.array([0 if rule is None else 2 if rule.certain else 1 for rule in first], dtype=np.int64),
        np.array([_LABELS[rule.label] if rule is not None and rule.opens else 0 for rule in first], dtype=np.int64),
        np.rint(numbers[lay.first, _INDENT] * 12).astype(np.int64),
        np.rint(numbers[lay.first, _GAP] * 2).astype(np.int64),
    )


def _believed(
    pages: Sequence[ReadPage], body: Integers, comment: Integers, lay: Paragraphs
) -> tuple[Integers, Integers]:
    """The probabilities of body and of comment, that of comment counted as body where nothing else points to comments.

    A faint comment counts as body on a page where no rule finds comments, any comment on one where no rule fits at all:
    there posts or a change of style must show (:mod:`~stemma.clean.labels.comments.onset`).
    """
    spoken = [any(rule is not None and rule.label is Label.COMMENT for rule in page.rules) for page in pages]
    bare = [not any(rule is not None and rule.certain for rule in page.rules) for page in pages]
    known, plain = np.array(spoken)[lay.page], np.array(bare)[lay.page]
    doubted = ~known & (plain | (body >= FAINT_BODY))
    return np.where(doubted, np.minimum(body + comment, UNIT), body), np.where(doubted, 0, comment)


# Columns of stemma.clean.labels.features.
_INDENT, _GAP, _BULLET, _LOWER, _WIDE, _OTHER, _STOP, _CAPITALS, _LENGTH, _RECURS = 0, 1, 3, 29, 31, 32, 35, 44, 48, 66
_LINES, _WORDS, _LONG = 70, 71, 72


def _of_paragraph(seen: _Seen, numbers: Floats, lay: Paragraphs) -> Iterator[Integers]:
    """The paragraph itself: probabilities, words, rule, characters of its first line, the end of its last one."""
    yield from (seen.body, seen.comment, seen.inset, seen.tail, seen.words, seen.rule, seen.indent, seen.gap)
    first = numbers[lay.first]
    for column in (_BULLET, _LOWER, _WIDE, _OTHER, _CAPITALS, _LENGTH):
        yield np.rint(first[:, column] * 100).astype(np.int64)
    yield np.rint(numbers[lay.last, _STOP]).astype(np.int64)
    yield np.rint(np.expm1(first[:, _RECURS])).astype(np.int64)


def _of_page(seen: _Seen, numbers: Floats, lay: Paragraphs) -> Iterator[Integers]:
    """The page as a whole: how big it is, how much of it is text, and how sure the line model is of that."""
    expected = seen.body * seen.words
    text, words = lay.sums_of_pages(expected), lay.sums_of_pages(seen.words)
    clear = np.where(seen.words >= MIN_BODY_WORDS, expected, 0)
    yield lay.end - lay.start
    yield text // UNIT
    yield text // np.maximum(words, 1)
    yield lay.sums_of_pages(clear // 100 * seen.body) // np.maximum(lay.sums_of_pages(clear // 100), 1)
    longest = np.maximum.reduceat(seen.words, lay.starts)[lay.page]
    yield longest - seen.words
    first = numbers[lay.first]
    for column, scale in ((_LINES, 5), (_WORDS, 7), (_LONG, 4)):
        yield np.rint(np.expm1(first[:, column] * scale)).astype(np.int64)


def _of_place(seen: _Seen, lay: Paragraphs) -> Iterator[Integers]:
    """Where the paragraph lies: text expected above it, and its place beside the best single stretch of text."""
    at = np.arange(len(seen.body))
    above = _Sums.of(seen.body * seen.words // 100)
    yield above.between(lay.start, at)
    gains = _Sums.of((seen.body - UNIT // 2) * seen.words).whole
    begins, ends = np.zeros_like(lay.starts), np.zeros_like(lay.starts)
    for page, (start, end) in enumerate(zip(lay.starts.tolist(), [*lay.starts[1:].tolist(), len(at)], strict=True)):
        gain = gains[start : end + 1]
        ends[page] = stop = int(np.argmax(gain - np.minimum.accumulate(gain)))
        begins[page] = int(np.argmin(gain[: stop + 1]))
    begin, end = (one[lay.page] + lay.start for one in (begins, ends))
    words = _Sums.of(seen.words)
    yield np.clip(at - begin, -FAR, FAR)
    yield np.clip(end - 1 - at, -FAR, FAR)
    yield words.between(begin, end)
    yield words.between(np.minimum(at, begin), begin) - words.between(end, np.maximum(at, end))


class _Sums(NamedTuple):
    """Running sums of whole numbers, from which the sum of any stretch is read."""

    whole: Integers

    @classmethod
    def of(cls, column: Integers) -> _Sums:
        return cls(np.concatenate([[0], np.cumsum(column)]))

    def between(self, start: Integers, end: Integers) -> Integers:
        """The sums from ``start`` up to, not including, ``end``."""
        return self.whole[end] - self.whole[start]


def _of_rules(seen: _Seen, lay: Paragraphs) -> Iterator[Integers]:
    """The rules around: how many since the text was last there, how many near, and the heading of the section."""
    at = np.arange(len(seen.body))
    ruled = _Sums.of((seen.rule > 0).astype(np.int64))
    strong = (seen.body > STRONG[0]) & (seen.words >= STRONG[1])
    before = np.concatenate([[-1], np.maximum.accumulate(np.where(strong, at, -1))[:-1]])
    before = np.maximum(before, lay.start - 1)
    after = np.append(np.minimum.accumulate(np.where(strong, at, len(at))[::-1])[::-1][1:], len(at))
    yield ruled.between(before + 1, at)
    yield np.where(before < lay.start, FAR, np.minimum(at - before, FAR))
    yield np.where(after >= lay.end, FAR, np.minimum(after - at, FAR))
    yield ruled.between(np.maximum(at - 20, lay.start), at)
    yield ruled.between(at, np.minimum(at + 21, lay.end))
    heading = np.maximum.accumulate(np.where(seen.opens > 0, at, -1))
    found = heading >= lay.start
    heading = np.where(found, heading, at)
    yield np.where(found, seen.opens[heading], 0)
    yield np.where(found, np.minimum(at - heading, FAR), FAR)
    expected, words = _Sums.of(seen.body * seen.words), _Sums.of(seen.words)
    yield np.where(found, expected.between(heading, at) // (words.between(heading, at) + 3), -1)


def _of_layout(seen: _Seen, lay: Paragraphs) -> Iterator[Integers]:
    """How the paragraph is set, beside the layout most of the text has: indent, blank lines, length."""
    clear = np.where(seen.words >= MIN_BODY_WORDS, seen.body * seen.words, 0)
    depth = int(seen.indent.max()) + 1
    by_indent = np.bincount(lay.page * depth + seen.indent, clear, minlength=(int(lay.page[-1]) + 1) * depth)
    by_indent = by_indent.reshape(-1, depth)
    whole = np.maximum(lay.sums_of_pages(clear), 1)
    yield seen.indent - by_indent.argmax(axis=1)[lay.page]
    yield (by_indent[lay.page, seen.indent] * 1000).astype(np.int64) // whole
    yield 100 * seen.gap - 100 * lay.sums_of_pages(clear * seen.gap) // whole
    mean = np.maximum(lay.sums_of_pages(clear // 100 * np.minimum(seen.words, 1000)) // np.maximum(whole // 100, 1), 1)
    yield 100 * seen.words // mean


def _of_topic(pages: Sequence[ReadPage], seen: _Seen, lay: Paragraphs) -> Iterator[Integers]:
    """How much of the paragraph's words the rest of the text uses as well, the rarer the more; and of its neighbours'.

    A second text of the page shares few words with the first.
    """
    bags = np.concatenate([page.words for page in pages])[:, :BAG].astype(np.int64)
    page_of_line = lay.page[lay.owner][:, np.newaxis]
    filled = bags > 0
    rows, line = (bags + page_of_line * BUCKETS)[filled], np.nonzero(filled)[0]
    owner = lay.owner[line]
    own = seen.body[owner]
    size = (int(lay.page[-1]) + 1) * BUCKETS
    found = np.bincount(rows, own, minlength=size).astype(np.int64)[rows] - own
    rarity = _RARITY[np.minimum(np.bincount(rows, minlength=size)[rows], len(_RARITY) - 1)]
    count = len(seen.body)
    held = np.bincount(owner, np.minimum(found, COMMON) * rarity, minlength=count).astype(np.int64)
    possible = np.maximum(np.bincount(owner, rarity, minlength=count).astype(np.int64), 500)
    yield held // possible
    yield (
        1000
        * np.bincount(owner, found > UNIT // 2, minlength=count).astype(np.int64)
        // np.maximum(np.bincount(owner, minlength=count), 1)
    )
    at = np.arange(count)
    likeness, words = _Sums.of(held // possible * seen.words), _Sums.of(seen.words)
    for start, end in ((np.maximum(at - 5, lay.start), at), (at, np.minimum(at + 6, lay.end))):
        yield likeness.between(start, end) // (words.between(start, end) + 3)


def _of_neighbours(seen: _Seen, lay: Paragraphs) -> Iterator[Integers]:
    """What the line model says of the paragraphs around, one by one and together."""
    for shift in (-4, -3, -2, -1, 1, 2, 3):
        yield lay.near(seen.body, shift)
    for shift in (-3, -2, -1, 1):
        yield lay.near(seen.tail, shift)
    for shift in (-1, 1):
        yield lay.near(seen.words, shift)
        yield lay.near(seen.gap, shift)
        yield lay.near(seen.inset, shift)
    at = np.arange(len(seen.body))
    expected, words = _Sums.of(seen.body * seen.words), _Sums.of(seen.words)
    for reach in (4, 10, 25):
        for start, end in ((np.maximum(at - reach, lay.start), at), (at + 1, np.minimum(at + reach + 1, lay.end))):
            yield expected.between(start, end) // (words.between(start, end) + 3)
