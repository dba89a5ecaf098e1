"""A built site whose sentences are computed again: its pages, and its data read anew; nothing of the program between.

The sample, and real pages where STEMMA_BENCH names a folder with some: all of them with STEMMA_LONG, else a part.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from stemma.text import fold_all, words_of
from tests.archivist import PROJECT

REAL_PAGES = 120
"""Real pages: as many as take some ten seconds to build."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass
class Site:
    """A built site, and its data read again."""

    folder: Path

    def rows(self, table: str) -> list[dict[str, Any]]:
        text = (self.folder / f"data/{table}.jsonl").read_text("utf-8")
        return [json.loads(line) for line in text.split("\n") if line]

    @cached_property
    def texts(self) -> Mapping[str, dict[str, Any]]:
        return {row["id"]: row for row in self.rows("documents")}

    @cached_property
    def works(self) -> Mapping[str, Sequence[str]]:
        members = {row["id"]: [one for one in row["members"] if one in self.texts] for row in self.rows("works")}
        return {id_: members[row["work"]] for id_, row in self.texts.items()}

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The folded words of each body, each between spaces."""
        return {id_: spaced(row["body"]) for id_, row in self.texts.items()}

    def page(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    @cached_property
    def related(self) -> Mapping[frozenset[str], dict[str, Any]]:
        """Relations by the two texts."""
        return {frozenset((row["a"], row["b"])): row for row in self.rows("relations")}

    def raw(self, id_: str) -> bytes:
        return (self.folder / f"raw/{id_}.txt").read_bytes()

    def lines(self, id_: str, page: str) -> list[str]:
        """The lines of a raw file, in the encoding that its page names."""
        named = re.search(r"</bdi></a>, [\d,]+ bytes, ([\w-]+)", page)
        text = self.raw(id_).decode(named[1] if named else "utf-8", "replace")
        return re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))

    def pages(self) -> Iterator[tuple[str, str]]:
        for id_ in self.texts:
            yield id_, self.page(f"t/{id_}.html")


def spaced(text: str) -> str:
    return f" {' '.join(fold_all(words_of(text)))} "


def written(date: str) -> str:
    """A day, month or year in words; empty for anything else."""
    parts = date.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        return ""
    day = [str(int(parts[2]))] if len(parts) > 2 else []
    return " ".join([*day, *(MONTHS[int(month) - 1] for month in parts[1:2]), parts[0]])


def counted(said: str) -> int:
    """A number as it stands in a sentence: "no", "Five", "1,204"."""
    return WORDS.index(said.lower()) if said.lower() in WORDS else number(said)


def siglum(place: int) -> str:
    """A, B … Z, AA."""
    return (siglum(place // 26 - 1) if place > 25 else "") + chr(65 + place % 26)


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def number(text: str) -> int:
    return int(text.replace(",", ""))


def sample(folder: Path) -> None:
    shutil.copytree(PROJECT / "content", folder / "content")


def real(folder: Path) -> None:
    data = Path(os.environ.get("STEMMA_BENCH", "none")) / "cleaning/dev.jsonl.gz"
    if not data.is_file():
        pytest.skip("STEMMA_BENCH names no folder with real pages")
    made: Counter[str] = Counter()
    with gzip.open(data, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["flavour"] == "page" and (made.total() < REAL_PAGES or os.environ.get("STEMMA_LONG")):
                domain = re.sub(r"[^a-z0-9.-]", "-", row["domain"].lower())
                made[domain] += 1
                path = folder / "content/raw" / domain / f"{made[domain]}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(row["raw_text"], "utf-8")
    (folder / "content/archive.toml").write_text('title = "Real"\naddress = "https://real.example/"\n', "utf-8")
