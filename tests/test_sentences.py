"""Every sentence of fact on the pages is true: each is computed again from the data files, and compared.

Over the sample, and over real pages where STEMMA_BENCH names a folder with some.
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
from tests.archivist import PROJECT, Archivist

REAL_PAGES = 120
"""Real pages: as many as take some ten seconds to build."""
LETTER = r"(?:<i>)?(\w+)(?:</i>)?"


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

    def pages(self) -> Iterator[tuple[str, str]]:
        for id_ in self.texts:
            yield id_, self.page(f"t/{id_}.html")


def spaced(text: str) -> str:
    return f" {' '.join(fold_all(words_of(text)))} "


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def number(text: str) -> int:
    return int(text.replace(",", ""))


def _sample(folder: Path) -> None:
    shutil.copytree(PROJECT / "content", folder / "content")


def _real(folder: Path) -> None:
    data = Path(os.environ.get("STEMMA_BENCH", "none")) / "cleaning/dev.jsonl.gz"
    if not data.is_file():
        pytest.skip("STEMMA_BENCH names no folder with real pages")
    made: Counter[str] = Counter()
    with gzip.open(data, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["flavour"] == "page" and made.total() < REAL_PAGES:
                domain = re.sub(r"[^a-z0-9.-]", "-", row["domain"].lower())
                made[domain] += 1
                path = folder / "content/raw" / domain / f"{made[domain]}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(row["raw_text"], "utf-8")
    (folder / "content/archive.toml").write_text('title = "Real"\naddress = "https://real.example/"\n', "utf-8")


@pytest.fixture(scope="module", params=[_sample, _real], ids=["sample", "real"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    archivist = Archivist(tmp_path_factory.mktemp("sentences"))
    request.param(archivist.folder)
    archivist.build("--no-search")
    return Site(archivist.site)


def test_how_many_copies_a_text_has(site: Site) -> None:
    spoken = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    for id_, page in site.pages():
        several = len(site.works[id_])
        assert ("No other copy found" in page) == (several == 1), id_
        said = re.search(r">a work in ([\w,]+) witnesses</a>", page)
        assert (said[1] if said else "one") == (spoken[several] if several <= 10 else f"{several:,}"), id_
        copies = re.search(r">Copies \((\d+)\)<", page)
        assert (number(copies[1]) if copies else 0) == several - 1, id_


def test_how_long_a_text_is(site: Site) -> None:
    for id_, page in site.pages():
        said = re.search(r"<li>([\d,]+) words?(?:, \d+ minutes)?</li>", page)
        assert said, id_
        assert number(said[1]) == len(words_of(site.texts[id_]["body"])), id_


def test_no_line_is_missing_unseen(site: Site) -> None:
    """Every line that is not of the text lies in a gap that is named, and no line of the text does."""
    for id_, page in site.pages():
        gaps = [(int(a), int(b or a)) for a, b in re.findall(r"<span>l\. (\d+)(?:–(\d+))? set aside</span>", page)]
        aside = [one for one in site.texts[id_]["blocks"] if one["label"] != "body"]
        body = [one for one in site.texts[id_]["blocks"] if one["label"] == "body"]
        for block in aside:
            assert any(a <= block["first"] and block["last"] <= b for a, b in gaps), (id_, block)
        if "The curator corrected its text" not in page:
            for block in body:
                assert not any(a <= block["last"] and block["first"] <= b for a, b in gaps), (id_, block)
        said = re.search(r"Set aside \(([\d,]+) lines?\)", page)
        lines = sum(block["last"] - block["first"] + 1 for block in aside)
        assert (number(said[1]) if said else 0) == lines, id_


def test_shares_are_those_of_the_data(site: Site) -> None:
    covered = {}
    for row in site.rows("relations"):
        covered[row["a"], row["b"]] = row["coverage_a"], row["coverage_b"]
        covered[row["b"], row["a"]] = row["coverage_b"], row["coverage_a"]
    entry = re.compile(r"<li>(?:(?!</li>).)*?(\d+)% of this text and (\d+)% of theirs.*?</li>", re.DOTALL)
    checked = 0
    for id_, page in site.pages():
        for found in entry.finditer(page):
            other = re.search(r'<a href="([^"]+)\.html">Read', found[0])
            assert other, id_
            shares = covered[id_, other[1]]
            assert abs(100 * shares[0] - int(found[1])) <= 1, (id_, other[1])
            assert abs(100 * shares[1] - int(found[2])) <= 1, (id_, other[1])
            checked += 1
    assert checked >= len(covered) // 4


def test_the_same_words_are_the_same_words(site: Site) -> None:
    for id_, page in site.pages():
        for found in re.finditer(r"<li>(?:(?!</li>).)*?Same words throughout.*?</li>", page, re.DOTALL):
            other = re.search(r'<a href="([^"]+)\.html">Read', found[0])
            assert other, id_
            assert site.words[id_] == site.words[other[1]], (id_, other[1])


def test_a_paragraph_in_no_related_text_is_in_none(site: Site) -> None:
    related: dict[str, set[str]] = {id_: set(members) - {id_} for id_, members in site.works.items()}
    for row in site.rows("relations"):
        if not row["doubtful"]:
            related[row["a"]].add(row["b"])
            related[row["b"]].add(row["a"])
    for id_, page in site.pages():
        paragraphs = site.texts[id_]["body"].split("\n\n")
        letters = {}
        for found in re.finditer(r'<li><span class="sig[^"]*">(\w+)</span>(.*?)</li>', page, re.DOTALL):
            other = re.search(r'<a href="([^"]+)\.html">Read', found[2])
            if other:
                letters[found[1]] = other[1]
        for found in re.finditer(r'id="p(\d+)">(.*?)</div>', page, re.DOTALL):
            words = spaced(paragraphs[int(found[1]) - 1])
            if "in no related text</span>" in found[2] and words.strip():
                holders = [other for other in related[id_] if words in site.words[other]]
                assert holders == [], (id_, found[1])
            for letter in re.findall(rf"same words as </span>{LETTER}", found[2]):
                if letter in letters:
                    assert words in site.words[letters[letter]], (id_, found[1], letter)


def test_lists_count_what_the_data_hold(site: Site) -> None:
    documents = site.texts.values()
    axes = {
        "publishers": Counter(row["publisher"] or "no publisher stated" for row in documents),
        "authors": Counter(name.casefold() for row in documents for name in set(row["author"])),
        "tags": Counter(name for row in documents for name in {tag.casefold() for tag in row["tags"]}),
    }
    for axis, expected in axes.items():
        for path in [site.folder / f"{axis}.html", *site.folder.glob(f"{axis}-*.html")]:
            rows = re.findall(r'<bdi>(.*?)</bdi></a><span class="count">([\d,]+)</span>', path.read_text("utf-8"))
            for name, count in rows:
                shown = html.unescape(name)
                if shown != "no author stated":
                    assert number(count) == expected[shown if axis == "publishers" else shown.casefold()], (axis, name)


def test_the_totals_are_those_of_the_data(site: Site) -> None:
    sizes = [len(row["members"]) for row in site.rows("works")]
    kinds = Counter(row["relation"] for row in site.rows("relations") if not row["doubtful"])
    page = plain(site.page("build.html"))
    for said, count in {
        "texts published": len(site.texts), "works": len(sizes),
        "works with more than one witness": sum(size > 1 for size in sizes),
        "pairs that are copies": kinds["mirror"], "pairs that are revisions": kinds["revision"],
        "pairs where one contains the other": kinds["contains"], "pairs that share a part": kinds["excerpt"],
        "doubtful pairs": sum(row["doubtful"] for row in site.rows("relations")),
    }.items():  # fmt: skip
        assert f" {said} {count:,} " in page, said
    publishers = {row["publisher"] for row in site.texts.values()} - {None}
    home = plain(site.page("index.html"))
    assert f"It holds {len(site.texts):,} pages" in home
    assert not publishers or f" from {len(publishers):,} publisher" in home
