"""A Pagefind bundle in canonical form: the same bytes in whatever order a file system lists its files.

Pagefind 1.5 numbers pages in the order in which it finds them, and no file system promises one. Here they are numbered
anew by their names (hashes of what they hold), in the list of pages and in every posting; positions are copied as they
stand. What is read is CBOR of one fixed shape: [[word, postings, [[form, postings], …]], …], a posting being [page as a
step from the one before, positions, positions in metadata].
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stemma.files import gzipped

SIGNATURE: Final = b"pagefind_dcd"
_NUMBER: Final = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_LIST: Final = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_POSTING: Final = re.compile(rb"\x83(%b)(%b%b*+%b%b*+)" % (_NUMBER, _LIST, _NUMBER, _LIST, _NUMBER), re.DOTALL)
_UNSIGNED, _TEXT, _ARRAY = 0, 3, 4


def canonicalize(bundle: Path) -> None:
    """Put the bundle in ``bundle`` into canonical form. Raises OSError, or ValueError where it has another shape."""
    entry_path = bundle / "pagefind-entry.json"
    entry = json.loads(entry_path.read_bytes())
    for name in sorted(entry["languages"]):
        language = entry["languages"][name]
        language["hash"] = _canonical_language(bundle, language["hash"], name)
    entry["languages"] = {name: entry["languages"][name] for name in sorted(entry["languages"])}
    entry_path.write_text(json.dumps(entry, separators=(",", ":")), "utf-8", newline="\n")


def _canonical_language(bundle: Path, hash_: str, language: str) -> str:
    path = bundle / f"pagefind.{hash_}.pf_meta"
    meta, end = _item(data := _unpacked(path), 0)
    if end != len(data) or len(meta) != 6 or meta[3] or meta[4]:
        raise ValueError(f"{path.name} has another shape than expected")
    order = sorted(range(len(meta[1])), key=lambda number: str(meta[1][number][0]))
    numbers = [0] * len(order)
    for new, old in enumerate(order):
        numbers[old] = new
    meta[1] = [meta[1][old] for old in order]
    for chunk in meta[2]:
        old_path = bundle / "index" / f"{chunk[2]}.pf_index"
        packed = _renumbered(_unpacked(old_path), numbers)
        old_path.unlink()
        chunk[2] = _name(packed, language)
        _pack(bundle / "index" / f"{chunk[2]}.pf_index", packed)
    path.unlink()
    packed = _packed(meta)
    _pack(bundle / f"pagefind.{_name(packed, language)}.pf_meta", packed)
    return _name(packed, language)


def _name(packed: bytes, language: str) -> str:
    return f"{language}_{hashlib.sha256(packed).hexdigest()[:12]}"


def _unpacked(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(SIGNATURE):
        raise ValueError(f"{path.name} has no signature")
    return data[len(SIGNATURE) :]


def _pack(path: Path, data: bytes) -> None:
    path.write_bytes(gzipped(SIGNATURE + data))


def _renumbered(data: bytes, numbers: Sequence[int]) -> bytes:
    """One chunk of the index, its postings numbered anew and in order."""
    shell, at = _head(data, 0)
    words, at = _head(data, at)
    out = [_header(_ARRAY, shell), _header(_ARRAY, words)]
    for _ in range(words):
        fields, at = _head(data, at)
        word, at = _item(data, at)
        postings, at = _postings(data, at, numbers)
        out += [_header(_ARRAY, fields), _packed(word), postings]
        count, at = _head(data, at)
        variants = []
        for _ in range(count):
            pair, at = _head(data, at)
            form, at = _item(data, at)
            postings, at = _postings(data, at, numbers)
            variants.append((form, _header(_ARRAY, pair) + _packed(form) + postings))
        out += [_header(_ARRAY, count), *(packed for _, packed in sorted(variants))]
    if at != len(data):
        raise ValueError("a chunk of the index has another shape than expected")
    return b"".join(out)


def _postings(data: bytes, at: int, numbers: Sequence[int]) -> tuple[bytes, int]:
    count, at = _head(data, at)
    found = []
    page = 0
    for _ in range(count):
        posting = _POSTING.match(data, at)
        if posting is None:
            raise ValueError("a posting of the index has another shape than expected")
        step, at = posting[1], posting.end()
        page += step[0] if len(step) == 1 else int.from_bytes(step[1:], "big")
        found.append((numbers[page], posting[2]))
    found.sort()
    out = [_header(_ARRAY, count)]
    before = 0
    for page, places in found:
        out += [b"\x83", _header(_UNSIGNED, page - before), places]
        before = page
    return b"".join(out), at


def _head(data: bytes, at: int) -> tuple[int, int]:
    """The length of the list that begins here, and where its first item is."""
    first = data[at]
    if first >> 5 != _ARRAY:
        raise ValueError("a list was expected in the index")
    return _argument(data, at)


def _argument(data: bytes, at: int) -> tuple[int, int]:
    low = data[at] & 31
    if low < 24:
        return low, at + 1
    if low > 27:
        raise ValueError("an item of unknown length in the index")
    end = at + 1 + (1 << (low - 24))
    return int.from_bytes(data[at + 1 : end], "big"), end


def _item(data: bytes, at: int) -> tuple[Any, int]:
    """One number, text or list, and where it ends."""
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
        item, at = _item(data, at)
        items.append(item)
    return items, at


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
