"""Describe every line of a page as numbers and hashed words: what the line model sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.clean.letters import (
    CLASSES,
    DIGIT,
    LOWER,
    OTHER,
    SIGNS,
    SPACE,
    UPPER,
    WIDE,
    Bools,
    Hashes,
    Numbers,
    Page,
    hashes_of,
    mix,
    read_page,
)
from stemma.clean.segment import Line

BUCKETS: Final = 8192
"""Rows of the table of word vectors; row 0 is "no word"."""
BAG: Final = 24
"""How many words of a line are looked up; of a longer line the first ones and the last four."""
SLOTS: Final = BAG + 4
"""Columns of the table of words: the bag, then first word, second word, last word, the whole of a short line."""
SEEN: Final = 48
"""How many words of a line its numbers are taken from."""
LONGEST: Final = 4000
"""How many signs of a line are looked at."""

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]
Doubles = npt.NDArray[np.float64]

_COUNTED: Final = [SIGNS.index(sign) for sign in ",;:?!|\"'()/@#©·."]
_STOPPERS: Final = np.isin(np.arange(CLASSES), [SIGNS.index(sign) for sign in ".!?…\"')"])
_ENDERS: Final = np.isin(np.arange(CLASSES), [SIGNS.index(sign) for sign in ",.?!"])
_BLANKS: Final = np.isin(np.arange(CLASSES), [SPACE, SIGNS.index(" ")])
_PERSONS: Final = (
    "i me my mine you your u we us our ich mich mir mein du dich dir dein ihr je moi mon ma mes tu te toi ton vous "
    "votre nous yo mi tú usted ustedes io mio mia lei voi eu meu minha você vocês ik mij mijn jij jouw "
    "я мне меня мой ты вы вам вас 我 你 您 私 僕 أنا أنت"
)
_DOMAINS: Final = "com org net info co de fr uk ru it es nl eu"
_BULLETS: Final = frozenset("*+•·‣◦▪-o")


def describe_lines(lines: Sequence[Line]) -> tuple[Floats, Rows]:
    """One row of numbers and one row of word buckets a line. Depends on this page alone."""
    if not lines:
        return np.zeros((0, 0), dtype=np.float32), np.zeros((0, SLOTS), dtype=np.int32)
    texts = [line.visible[:LONGEST] for line in lines]
    page = read_page(texts)
    numbers: Doubles = np.concatenate(
        [
            _of_layout(lines, texts),
            _of_signs(page),
            _of_words(page),
            _of_place(lines, page.count),
            _of_paragraph(lines, page),
            _of_page(texts, page),
        ],
        axis=1,
    )
    return numbers.astype(np.float32), _look_up(page)


def _columns(*columns: npt.NDArray[np.generic]) -> Doubles:
    whole = np.empty((len(columns[0]), len(columns)), dtype=np.float64)
    for at, column in enumerate(columns):
        whole[:, at] = column
    return whole


def _of_layout(lines: Sequence[Line], texts: Sequence[str]) -> Doubles:
    """How the line is set: indent, blank lines, Markdown's signs, addresses."""
    first = np.array([text[0] for text in texts])
    return _columns(
        np.minimum([line.indent for line in lines], 24) / 12,
        np.minimum([line.gap for line in lines], 3) / 2,
        np.array([line.wrapped for line in lines]),
        np.array([text[0] in _BULLETS and text[1:2].isspace() for text in texts]),
        np.array([text[0].isdigit() and _is_numbered(text) for text in texts]),
        first == "#",
        (first == "|") | (first == ">"),
        np.array([text[0] in "*_" and not text[1:2].isspace() for text in texts]),
        np.array([text[0] == "!" for text in texts]),
        np.array(["http" in text or "www." in text for text in texts]),
        np.array([text.startswith("http") for text in texts]),
    )


def _is_numbered(raw: str) -> bool:
    return raw[1:4].lstrip("0123456789")[:2] in (". ", ") ", ".", ")")


def _of_signs(page: Page) -> Doubles:
    """What signs the line is made of, and how it begins and ends."""
    count = len(page.ends)
    owner = np.repeat(np.arange(count), np.diff(page.ends, prepend=-1))
    tally = np.bincount(owner * CLASSES + page.kinds, minlength=count * CLASSES).reshape(count, CLASSES)
    size = np.maximum(tally.sum(axis=1) - 1, 0)
    whole = np.maximum(size, 1)
    first = page.kinds[np.concatenate([[0], page.ends[:-1] + 1])]
    last = page.kinds[np.maximum(page.ends - 1, 0)]
    before = page.kinds[np.maximum(page.ends - 2, 0)]
    stop, quote = SIGNS.index("."), SIGNS.index('"')
    return np.concatenate(
        [
            np.minimum(tally[:, _COUNTED], 4) / 2,
            _columns(
                np.log1p(size) / 4,
                tally[:, UPPER] / whole,
                tally[:, LOWER] / whole,
                tally[:, DIGIT] / whole,
                tally[:, WIDE] / whole,
                tally[:, OTHER] / whole,
                tally[:, SIGNS.index(",")] / whole * 20,
                (_STOPPERS[last]) & (size > 0),
                (last == stop) | ((last == quote) & (before == stop)),
                last == SIGNS.index(":"),
                (last == SIGNS.index("…")) | ((last == stop) & (before == stop)),
                first == UPPER,
                first == LOWER,
                first == DIGIT,
                np.minimum(_pairs(page, owner, count), 3) / 2,
                np.minimum(_sentences(page, owner, count), 6) / 3,
            ),
        ],
        axis=1,
    )


def _pairs(page: Page, owner: Numbers, count: int) -> Numbers:
    """How often a line is loosely punctuated: a blank before a stop, stops in heaps."""
    kinds = page.kinds
    ends, blank = _ENDERS[kinds], _BLANKS[kinds]
    loose = blank[:-2] & ends[1:-1] & (blank[2:] | (kinds[2:] == SIGNS.index("\n")))
    heaped = ends[:-2] & ends[1:-1]
    return np.bincount(owner[:-2], weights=loose | heaped, minlength=count).astype(np.int64)


def _sentences(page: Page, owner: Numbers, count: int) -> Numbers:
    """How many sentences a line ends before its own end."""
    inner = (page.kinds[:-1] == SIGNS.index(".")) & (page.kinds[1:] == SIGNS.index(" "))
    return np.bincount(owner[:-1], weights=inner, minlength=count).astype(np.int64)


def _of_words(page: Page) -> Doubles:
    """What words the line is made of: how they begin, how long they are, whom they speak to, dates in figures."""
    count = len(page.ends)
    seen = page.place < SEEN
    line = page.line[seen]
    starts, stops = page.starts[seen], page.stops[seen]
    first = page.kinds[starts]
    capitals = np.concatenate([[0], np.cumsum(page.kinds == UPPER)])
    length = stops - starts
    shouted = (capitals[stops] - capitals[starts] == length) & (length > 1)
    whole = np.maximum(np.minimum(page.count, SEEN), 1)

    def share(of: npt.NDArray[np.generic]) -> Doubles:
        return np.bincount(line, weights=of, minlength=count) / whole

    year, clock, date = _dates(page)
    return _columns(
        np.log1p(page.count) / 3,
        share(first == UPPER),
        share(shouted),
        share(first == DIGIT),
        share((first == LOWER) & (length <= 3)),
        share(length) / 6,
        np.minimum(share(_among(page.hashes[seen], _PERSONS)) * 4, 2),
        _any(page, year),
        _any(page, clock),
        _any(page, date),
        _any(page, _among(page.hashes, _DOMAINS) & (page.codes[np.maximum(page.starts - 1, 0)] == ord("."))),
        page.count == 0,
    )


@cache
def _known(words: str) -> Hashes:
    return hashes_of(words.split())


def _among(hashes: Hashes, words: str) -> Bools:
    known = _known(words)
    found: Bools = known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes
    return found


def _any(page: Page, marked: Bools) -> Bools:
    found: Bools = np.bincount(page.line[marked], minlength=len(page.ends)) > 0
    return found


def _dates(page: Page) -> tuple[Bools, Bools, Bools]:
    """Words that begin a year, a time of day, a date in figures."""
    length = page.stops - page.starts
    figures = (page.kinds[page.starts] == DIGIT) & (page.kinds[page.stops - 1] == DIGIT)
    head = page.codes[page.starts] * 256 + page.codes[np.minimum(page.starts + 1, len(page.codes) - 1)]
    century = (head == ord("1") * 256 + ord("9")) | (head == ord("2") * 256 + ord("0"))
    year = figures & (length == 4) & century
    joint = page.codes[page.stops]
    clock = np.zeros(len(length), dtype=np.bool_)
    date = np.zeros(len(length), dtype=np.bool_)
    near = (page.starts[1:] == page.stops[:-1] + 1) & figures[1:] & figures[:-1]
    clock[:-1] = near & (joint[:-1] == ord(":")) & (length[:-1] <= 2) & (length[1:] == 2)
    dashed = near & (joint[:-1] >= ord("-")) & (joint[:-1] <= ord("/"))
    date[:-2] = dashed[:-1] & dashed[1:]
    return year, clock, date


def _of_place(lines: Sequence[Line], words: Numbers) -> Doubles:
    """Where the line stands on the page, in lines and in words."""
    count = len(lines)
    at = np.arange(count)
    before = np.cumsum(words) - words
    total = max(1, int(words.sum()))
    after = np.array([*(line.gap for line in lines[1:]), 3])
    return _columns(
        at / max(1, count),
        np.log1p(at) / 4,
        np.log1p(count - 1 - at) / 4,
        before / total,
        np.log1p(before) / 6,
        np.log1p(total - before - words) / 6,
        np.minimum(after, 3) / 2,
    )


def _of_paragraph(lines: Sequence[Line], page: Page) -> Doubles:
    """What the hard-wrapped paragraph a line belongs to is like as a whole."""
    owner = np.cumsum([not line.wrapped for line in lines]) - 1
    size = np.bincount(owner, weights=page.count)[owner]
    length = np.bincount(owner)
    final = np.cumsum(length) - 1
    stop = _STOPPERS[page.kinds[np.maximum(page.ends[final] - 1, 0)]][owner]
    return _columns(np.log1p(size) / 3, stop, np.log1p(length[owner] - 1), length[owner] > 1)


def _of_page(texts: Sequence[str], page: Page) -> Doubles:
    """How much a line's words recur on the page, whether the line itself does, and how big the page is."""
    count = len(texts)
    same = Counter(texts)
    chosen = (page.place < SEEN) & (page.stops - page.starts > 4)
    _, word = np.unique(page.hashes[chosen], return_inverse=True)
    pairs = np.unique(word * count + page.line[chosen])
    others = np.minimum(np.bincount(pairs // count)[pairs // count] - 1, 8)
    kin = np.bincount(pairs % count, weights=others, minlength=count)
    own = np.bincount(pairs % count, minlength=count)
    sizes = np.log1p(page.count)
    return _columns(
        np.log1p(np.array([same[text] - 1 for text in texts])),
        kin / np.maximum(own, 1) / 3,
        np.log1p(kin) / 3,
        (sizes.max() - sizes) / 3,
        np.full(count, np.log1p(count) / 5),
        np.full(count, np.log1p(page.count.sum()) / 7),
        np.full(count, np.log1p((page.count > 20).sum()) / 4),
    )


def _look_up(page: Page) -> Rows:
    """The rows of a line's words in the table of word vectors: hashes, so that no list of words has to be kept."""
    count = page.count[page.line]
    rows = np.zeros((len(page.ends), SLOTS), dtype=np.int32)
    kept = (page.place < BAG - 4) | (page.place >= count - 4) | (count <= BAG)
    slot = np.where((count > BAG) & (page.place >= BAG - 4), page.place - count + BAG, page.place)
    rows[page.line[kept], slot[kept]] = _buckets(page.hashes[kept])
    for column, salt, marked in (
        (BAG, 1, page.place == 0),
        (BAG + 1, 2, page.place == 1),
        (BAG + 2, 3, page.place == count - 1),
    ):
        rows[page.line[marked], column] = _buckets(mix(page.hashes[marked] + np.uint64(salt)))
    short = count <= 4
    heads = np.flatnonzero(short & (page.place == 0))
    if len(heads):
        weighed = page.hashes[short] * (page.place[short].astype(np.uint64) * np.uint64(2) + np.uint64(5))
        begins = np.flatnonzero(page.place[short] == 0)
        rows[page.line[heads], BAG + 3] = _buckets(mix(np.add.reduceat(weighed, begins)))
    return rows


def _buckets(hashes: Hashes) -> Rows:
    rows: Rows = (hashes % np.uint64(BUCKETS - 1) + np.uint64(1)).astype(np.int32)
    return rows
