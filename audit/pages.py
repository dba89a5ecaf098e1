"""One page of each type of a built site, found by what it holds, not by its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TYPES = (
    "home", "text", "right-to-left", "work", "comparison", "search", "dates", "year", "month", "publishers",
    "publisher", "authors", "author", "sources",
    "languages", "tags", "titles", "most copied", "latest", "recurring boilerplate", "transmission", "about", "reading",
    "citing", "glossary", "build", "withdrawn", "nothing here",
)  # fmt: skip


def pages(site: Path) -> dict[str, str]:
    """Type -> path below the site. A type the site has no page of is left out."""
    works = _rows(site, "works")
    documents = {row["id"]: row for row in _rows(site, "documents")}
    revised = {frozenset((row["a"], row["b"])) for row in _rows(site, "relations") if row["relation"] == "revision"}
    base, other = max(
        ((work["base"], member) for work in works for member in work["members"][1:]),
        key=lambda pair: (
            frozenset(pair) in revised,
            len(site.joinpath("compare", pair[0], f"{pair[1]}.html").read_bytes()),
        ),
    )
    right_to_left = next((name for name, row in documents.items() if row["language"] in ("ar", "fa", "he", "ur")), "")
    found = {
        "home": "index.html",
        "text": f"t/{base}.html",
        "right-to-left": f"t/{right_to_left}.html",
        "work": f"work/{base}.html",
        "comparison": f"compare/{base}/{other}.html",
        "search": "search.html",
        "dates": "dates.html",
        "year": _first(site, "dates/????.html"),
        "month": _first(site, "dates/????-??.html"),
        "publishers": "publishers.html",
        "publisher": _first(site, "publishers/*.html"),
        "authors": "authors.html",
        "author": _first(site, "authors/*.html"),
        "sources": "sources.html",
        "languages": "languages.html",
        "tags": "tags.html",
        "titles": "titles.html",
        "most copied": "copied.html",
        "latest": "latest.html",
        "recurring boilerplate": "atlas.html",
        "transmission": "carriage.html",
        "about": "about.html",
        "reading": "reading.html",
        "citing": "citing.html",
        "glossary": "glossary.html",
        "build": "build.html",
        "withdrawn": "withdrawn.html",
        "nothing here": "404.html",
    }
    return {name: found[name] for name in TYPES if (site / found[name]).is_file()}


def _first(site: Path, pattern: str) -> str:
    return next((path.relative_to(site).as_posix() for path in sorted(site.glob(pattern))), "none")


def _rows(site: Path, table: str) -> list[dict[str, Any]]:
    text = (site / "data" / f"{table}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]
