"""Every count in the lists and on the pages about the archive, computed again from the data files."""

from __future__ import annotations

import html
import re
from collections import Counter

from tests.sentences.built import Site, number, plain


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
