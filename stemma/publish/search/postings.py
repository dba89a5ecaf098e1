"""A bundle of Pagefind, read page by page: which words each page has, and where.

What Pagefind writes of a page depends on that page alone, so a page is indexed once, and bundles are made of pages in
whatever company they were indexed. What is read is CBOR of one fixed shape: [[word, postings, forms], …], a posting
being [page as a step from the one before, positions, positions in metadata]. Words are ASCII and have no other forms.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

SIGNATURE: Final = b"pagefind_dcd"
ID_DIGITS: Final = 7
"""Hexadecimal digits of a result id of Pagefind; where two pages it indexes together clash, it makes one longer."""
META_FIELDS: Final = ["title"]
"""The metadata that Pagefind finds in pages made for it, where they have a title."""
_NUMBER: Final = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_LIST: Final = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_PIECE: Final = re.compile(
    rb"(\x83(?:(?:[\x60-\x77]|\x78.|\x79..|\x7a.{4})([!-\x7f]*)%b|(%b)(%b%b*+%b%b*+)(\x80?)))"
    % (_LIST, _NUMBER, _LIST, _NUMBER, _LIST, _NUMBER),
    re.DOTALL,
)
"""The head of a word, or a posting, with the empty list of forms that follows the last one of a word."""
_HEAD: Final = re.compile(rb"\x81%b" % _LIST, re.DOTALL)
_UNSIGNED, _TEXT, _ARRAY = 0, 3, 4


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """What Pagefind found in a page. ``number`` is its result id, ``size`` its words.

    ``words`` are its different words, parted by spaces, sorted; ``places`` for each of them the bytes of its positions,
    one after the other; ``lengths`` (unsigned integers of 32 bits, little-endian) how many bytes each has.
    """

    number: int
    size: int
    words: bytes
    places: bytes
    lengths: bytes


def read(bundle: Path) -> Mapping[str, IndexedPage]:
    """Every page of a bundle by its name. Raises OSError; or ValueError, also LookupError, where it is damaged."""
    (path,) = bundle.glob("*.pf_meta")
    meta, end = item(data := unpacked(path), 0)
    if end != len(data) or len(meta) != 6 or meta[3] or meta[4] or meta[5] not in ([], META_FIELDS):
        raise ValueError(f"{path.name} has another shape than expected")
    words: list[list[bytes]] = [[] for _ in meta[1]]
    places: list[list[bytes]] = [[] for _ in meta[1]]
    for _, _, name in meta[2]:
        _collect(unpacked(bundle / "index" / f"{name}.pf_index"), words, places)
    names = _names(bundle)
    return {
        names[str(hash_)]: IndexedPage(
            int(str(hash_).rpartition("_")[2][:ID_DIGITS], 16), size,
            b" ".join(own), b"".join(where), np.array(list(map(len, where)), dtype="<u4").tobytes(),
        )
        for (hash_, size), own, where in zip(meta[1], words, places, strict=True)
    }  # fmt: skip


def _names(bundle: Path) -> dict[str, str]:
    """The name of each page's file, without its ending, by what Pagefind calls the page."""
    found = {}
    for path in bundle.rglob("*.pf_fragment"):
        url = json.loads(unpacked(path))["url"]
        found[path.stem] = str(url).strip("/").removesuffix(".html")
    return found


def unpacked(path: Path) -> bytes:
    """A file of a bundle without its signature. Raises OSError, or ValueError where it is damaged."""
    try:
        data = gzip.decompress(path.read_bytes())
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(f"{path.name} is damaged: {error}") from error
    if not data.startswith(SIGNATURE):
        raise ValueError(f"{path.name} is damaged: no signature")
    return data[len(SIGNATURE) :]


def _collect(data: bytes, words: Sequence[list[bytes]], places: Sequence[list[bytes]]) -> None:
    """Read one part of the index: words and their places are given to the pages. Raises ValueError on another shape."""
    head = _HEAD.match(data)
    read = head.end() if head else 0
    word, page, whole = b"", 0, True
    for piece, own, step, where, last in _PIECE.findall(data, read):
        read += len(piece)
        if step:
            page += step[0] if len(step) == 1 else int.from_bytes(step[1:], "big")
            words[page].append(word)
            places[page].append(where)
            whole = bool(last)
        elif whole:
            word, page, whole = own, 0, False
        else:
            break
    if read != len(data) or not whole:
        raise ValueError("a part of the index has another shape than expected")


def _argument(data: bytes, at: int) -> tuple[int, int]:
    low = data[at] & 31
    if low < 24:
        return low, at + 1
    if low > 27:
        raise ValueError("an item of unknown length in the index")
    end = at + 1 + (1 << (low - 24))
    return int.from_bytes(data[at + 1 : end], "big"), end


def item(data: bytes, at: int) -> tuple[Any, int]:
    """One number, text or list of CBOR, and where it ends. Raises ValueError."""
    kind = data[at] >> 5
    value, at = _argument(data, at)
    if kind == _UNSIGNED:
        return value, at
    if kind == _TEXT:
        return data[at : at + value].decode("utf-8"), at + value
    if kind != _ARRAY:
        raise ValueError("an item of unknown kind in the index")
    items = []
    for _ in range(value):
        one, at = item(data, at)
        items.append(one)
    return items, at
