"""Describe every line of a page as numbers and hashed words: what the line model sees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from stemma.clean.segment import Line
from stemma.nouns import WORD

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

_LINK: Final = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_ADDRESS: Final = re.compile(r"https?://|www\.|[\w.]{1,40}\.(?:com|org|net|de|fr|uk|ru|it|es)\b")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_NUMERIC_DATE: Final = re.compile(r"(?<!\d)\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?!\d)")
_MARKER: Final = re.compile(r"(?:[*+•·‣◦▪-]|o|\d{1,3}[.)])\s")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
_DIGITS: Final = re.compile(r"\d")
_SIGNS: Final = ",;:?!|\"'()/@#©•·…"
_STOPS: Final = ".!?…。！？»”\"')"


@lru_cache(maxsize=1 << 17)
def bucket(word: str, slot: str = "") -> int:
    """The row of a word in the table of word vectors: a hash, so that no list of words has to be kept."""
    shape = _DIGITS.sub("0", word.casefold())
    return 1 + crc32(f"{slot}{shape}".encode("utf-8", "surrogatepass")) % (BUCKETS - 1)


def describe_lines(lines: Sequence[Line]) -> tuple[Floats, Rows]:
    """One row of numbers and one row of word buckets a line. Depends on this page alone."""
    texts = [_LINK.sub(r"\1", line.text[:LONGEST]) for line in lines]
    words = [WORD.findall(text) for text in texts]
    numbers = [_of_line(line, text, found) for line, text, found in zip(lines, texts, words, strict=True)]
    for more in (_of_place(lines, words), _of_paragraph(lines, words, texts), _of_page(texts, words)):
        for row, extra in zip(numbers, more, strict=True):
            row.extend(extra)
    tokens = np.zeros((len(lines), SLOTS), dtype=np.int32)
    for index, found in enumerate(words):
        _look_up(found, tokens[index])
    return np.array(numbers, dtype=np.float32).reshape(len(lines), -1), tokens


def _look_up(words: list[str], row: Rows) -> None:
    if not words:
        return
    chosen = words if len(words) <= BAG else words[: BAG - 4] + words[-4:]
    row[: len(chosen)] = [bucket(word) for word in chosen]
    row[BAG] = bucket(words[0], "1 ")
    row[BAG + 1] = bucket(words[1], "2 ") if len(words) > 1 else 0
    row[BAG + 2] = bucket(words[-1], "9 ")
    row[BAG + 3] = bucket(" ".join(words), "= ") if len(words) <= 4 else 0


def _of_line(line: Line, text: str, words: list[str]) -> list[float]:
    """What a line says by itself."""
    size = len(text)
    seen = words[:SEEN]
    count = max(1, len(seen))
    raw = line.text
    links = raw.count("](")
    first = text[:1]
    return [
        log1p(size) / 4,
        log1p(len(words)) / 3,
        min(line.indent, 24) / 12,
        min(line.gap, 3) / 2,
        float(line.wrapped),
        sum(1 for word in seen if word[0].isupper()) / count,
        sum(1 for word in seen if len(word) > 1 and word.isupper()) / count,
        sum(1 for word in seen if word[0].isdigit()) / count,
        sum(1 for word in seen if len(word) <= 3 and word.islower()) / count,
        sum(map(len, seen)) / count / 6,
        *(min(text.count(sign), 4) / 2 for sign in _SIGNS),
        min(text.count(". "), 6) / 3,
        min(text.count(","), 12) / count,
        float(text[-1:] in _STOPS),
        float(text.endswith((".", "。", ".”", '."', ".»"))),
        float(text.endswith(":")),
        float(text.endswith(("...", "…"))),
        float(first.isupper()),
        float(first.islower()),
        float(first.isdigit()),
        float(_MARKER.match(raw) is not None),
        float(raw.startswith("#")),
        float(raw.startswith(("|", ">"))),
        float(raw.startswith(("**", "__", "_"))),
        min(links, 4) / 2,
        min(1.0, 1 - size / max(1, len(raw))),
        float(raw.startswith("[") and raw.endswith(")")),
        float(raw.startswith("![") or "[![" in raw),
        float(_ADDRESS.search(raw) is not None),
        float(_YEAR.search(text) is not None),
        float(_CLOCK.search(text) is not None),
        float(_NUMERIC_DATE.search(text) is not None),
        min(1.0, len(_WIDE.findall(text[:200])) / max(1, min(size, 200))),
        float(not words),
    ]


def _of_place(lines: Sequence[Line], words: Sequence[list[str]]) -> list[list[float]]:
    """Where the line stands on the page, in lines and in words."""
    total = max(1, sum(map(len, words)))
    count = len(lines)
    rows = []
    before = 0
    for index, found in enumerate(words):
        after = lines[index + 1].gap if index + 1 < count else 3
        rows.append(
            [
                index / max(1, count),
                log1p(index) / 4,
                log1p(count - 1 - index) / 4,
                before / total,
                log1p(before) / 6,
                log1p(total - before - len(found)) / 6,
                min(after, 3) / 2,
            ]
        )
        before += len(found)
    return rows


def _of_paragraph(lines: Sequence[Line], words: Sequence[list[str]], texts: Sequence[str]) -> list[list[float]]:
    """What the hard-wrapped paragraph a line belongs to is like as a whole."""
    starts = [index for index, line in enumerate(lines) if not line.wrapped]
    rows: list[list[float]] = []
    for start, end in pairwise([*starts, len(lines)]):
        size = sum(len(found) for found in words[start:end])
        stop = float(texts[end - 1][-1:] in _STOPS)
        row = [log1p(size) / 3, stop, log1p(end - start - 1), float(end - start > 1)]
        rows.extend([list(row) for _ in range(start, end)])
    return rows


def _of_page(texts: Sequence[str], words: Sequence[list[str]]) -> list[list[float]]:
    """How much a line's words recur on the page, whether the line itself does, and how big the page is."""
    same = Counter(texts)
    long_words = [{word.casefold() for word in found[:SEEN] if len(word) > 4} for found in words]
    spread = Counter(word for found in long_words for word in sorted(found))
    total = sum(map(len, words))
    prose = sum(1 for found in words if len(found) > 20)
    page = [log1p(len(texts)) / 5, log1p(total) / 7, log1p(prose) / 4]
    rows = []
    for text, found in zip(texts, long_words, strict=True):
        kin = [min(spread[word] - 1, 8) for word in found]
        rows.append([log1p(same[text] - 1), sum(kin) / max(1, len(kin)) / 3, log1p(sum(kin)) / 3, *page])
    return rows
