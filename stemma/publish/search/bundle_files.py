"""Indexed pages -> the files of a bundle as Pagefind's reader takes them; the same bytes for the same pages.

Pages are numbered by their result ids, words are sorted, and cut into parts of about the same size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stemma.files import gzipped
from stemma.publish.search.postings import ID_DIGITS, META_FIELDS, SIGNATURE, IndexedPage

LANGUAGE: Final = "unknown"
"""No stemming: whole words and beginnings of words match, in every language alike."""
PART_BYTES: Final = 65_000
"""Bytes of a part of the index before it is packed, about: a reader loads one or two for each word of a query. That of
Pagefind's own parts, measured on 3,400 texts."""

_POSTINGS_AT_ONCE: Final = 200_000
"""Postings that are laid out at once: bounds memory."""
_UNSIGNED, _TEXT, _ARRAY = 0, 3, 4
_POSTING: Final = 0x83
_NO_FORMS: Final = b"\x80"

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]


def fragment_name(number: int) -> str:
    """The name of the file that holds what results show of a page, by its result id."""
    return f"fragment/{_page_name(number)}.pf_fragment"


def files(pages: Sequence[IndexedPage], version: str) -> tuple[str, dict[str, bytes]]:
    """The name of the index, and its files but for the fragments, by path.

    In: at most 65,536 pages, no two of one number, and the version of Pagefind.
    """
    ordered = sorted(pages, key=lambda page: page.number)
    made: dict[str, bytes] = {}
    parts: list[list[str]] = []
    before = ""
    for first, last, data in _parts(ordered):
        name = _name(data)
        begins = first
        if parts:
            parts[-1][1], begins = _apart(before, first)
        parts.append([begins, last, name])
        before = last
        made[f"index/{name}.pf_index"] = gzipped(SIGNATURE + data)
    listed = [[_page_name(page.number), page.size] for page in ordered]
    meta = _packed([version, listed, parts, [], [], META_FIELDS])
    made[f"pagefind.{_name(meta)}.pf_meta"] = gzipped(SIGNATURE + meta)
    return _name(meta), made


def _apart(before: str, after: str) -> tuple[str, str]:
    """The last word of a part and the first of the next, cut where they can be told apart, as Pagefind cuts them."""
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    return before[: same + 1], after[: same + 1]


def _page_name(number: int) -> str:
    return f"{LANGUAGE}_{number:0{ID_DIGITS}x}"


def _name(packed: bytes) -> str:
    return f"{LANGUAGE}_{hashlib.sha256(packed).hexdigest()[:12]}"


def _parts(pages: Sequence[IndexedPage]) -> Iterator[tuple[str, str, bytes]]:
    """The first word, the last word and the bytes of each part of the index."""
    words: list[bytes] = []
    rows: list[bytes] = []
    size = 0
    for word, row in _rows(pages):
        if rows and size + len(row) > PART_BYTES:
            yield _part(words, rows)
            words, rows, size = [], [], 0
        words.append(word)
        rows.append(row)
        size += len(row)
    if rows:
        yield _part(words, rows)


def _part(words: Sequence[bytes], rows: Sequence[bytes]) -> tuple[str, str, bytes]:
    data = b"".join((_header(_ARRAY, 1), _header(_ARRAY, len(rows)), *rows))
    return words[0].decode(), words[-1].decode(), data


def _rows(pages: Sequence[IndexedPage]) -> Iterator[tuple[bytes, bytes]]:
    """Each word, sorted, and all that the index has of it."""
    words = sorted({word for page in pages for word in page.words.split()})
    rank = {word: place for place, word in enumerate(words)}
    own = [np.array([rank[word] for word in page.words.split()], dtype=np.int32) for page in pages]
    ranks = np.concatenate([np.zeros(0, np.int32), *own])
    numbers = np.repeat(np.arange(len(pages), dtype=np.int32), [len(some) for some in own])
    order = np.argsort(ranks, kind="stable")
    ranks, numbers = ranks[order], numbers[order]
    postings, ends = _postings(pages, order, _steps(ranks, numbers))
    counts = np.bincount(ranks, minlength=len(words))
    bounds = np.append(0, ends)[np.append(0, np.cumsum(counts))].tolist()
    whole = postings.tobytes()
    for word, count, start, end in zip(words, counts.tolist(), bounds[:-1], bounds[1:], strict=True):
        head = (_header(_ARRAY, 3), _header(_TEXT, len(word)), word, _header(_ARRAY, count))
        yield word, b"".join((*head, whole[start:end], _NO_FORMS))


def _steps(ranks: Numbers, numbers: Numbers) -> Numbers:
    """For each posting its page, counted from the one before of the same word."""
    steps = numbers.copy()
    same = ranks[1:] == ranks[:-1]
    steps[1:][same] -= numbers[:-1][same]
    return steps


def _postings(pages: Sequence[IndexedPage], order: Ints, steps: Numbers) -> tuple[Bytes, Ints]:
    """All postings as bytes, one after the other, and where each ends."""
    places = np.frombuffer(b"".join(page.places for page in pages), dtype=np.uint8)
    lengths = np.frombuffer(b"".join(page.lengths for page in pages), dtype="<u4").astype(np.int64)
    starts = (np.cumsum(lengths) - lengths)[order]
    lengths = lengths[order]
    digits = 1 + (steps > 23) + (steps > 0xFF)
    heads = 1 + digits
    ends = np.cumsum(heads + lengths)
    begins = ends - heads - lengths
    out = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    out[begins] = _POSTING
    for count, lead in ((1, None), (2, 0x18), (3, 0x19)):
        at, values = begins[digits == count] + 1, steps[digits == count]
        if lead is not None:
            out[at] = lead
        for digit in range(max(1, count - 1)):
            out[at + count - 1 - digit] = (values >> (8 * digit)) & 0xFF
    for low in range(0, len(order), _POSTINGS_AT_ONCE):
        some = slice(low, low + _POSTINGS_AT_ONCE)
        sizes = lengths[some]
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        out[np.repeat(begins[some] + heads[some], sizes) + within] = places[np.repeat(starts[some], sizes) + within]
    return out, ends


def _packed(value: object) -> bytes:
    if isinstance(value, int):
        return _header(_UNSIGNED, value)
    if isinstance(value, str):
        text = value.encode("utf-8")
        return _header(_TEXT, len(text)) + text
    if isinstance(value, list):
        return _header(_ARRAY, len(value)) + b"".join(map(_packed, value))
    raise ValueError(f"{value!r} has no place in the index")


@lru_cache(maxsize=4096)
def _header(kind: int, value: int) -> bytes:
    if value < 24:
        return bytes([kind << 5 | value])
    size = 0 if value < 1 << 8 else 1 if value < 1 << 16 else 2 if value < 1 << 32 else 3
    return bytes([kind << 5 | 24 + size]) + value.to_bytes(1 << size, "big")
