"""Chinese and Japanese for an index that splits at spaces alone: runs of characters as overlapping pairs."""

from __future__ import annotations

import re
from typing import Final

_RUN: Final = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)  # the characters WORD counts singly


def paired(text: str) -> str:
    """Replace each run by its pairs and its last character, separated by spaces; leave everything else.

    The last character stands alone too, so that every character begins a word. The search page splits a query the
    same way and joins the pairs again where it shows them.

    >>> paired("灯台の光 goes out")
    '灯台 台の の光 光 goes out'
    """
    if text.isascii() or not _RUN.search(text):
        return text
    return " ".join(_RUN.sub(_split, text).split())


def _split(run: re.Match[str]) -> str:
    characters = run.group()
    return f" {' '.join(characters[at : at + 2] for at in range(len(characters)))} "
