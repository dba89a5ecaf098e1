"""Every address of the site is made here, portable on any host and file system."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from typing import Final

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|index)$")

HOME = "index.html"
SEARCH = "search.html"
TEXTS, WORKS = "t", "work"
PACKED_FROM: Final = 5_000
"""Texts from which on the table of documents is packed with gzip: it is the one that grows with the texts, and takes a
third of the bytes then. People open smaller tables as they are."""


def text(witness: str) -> str:
    """The reading page of a witness."""
    return f"{TEXTS}/{witness}.html"


def raw(witness: str) -> str:
    """The raw file of a witness, byte for byte."""
    return f"raw/{witness}.txt"


def work(witness: str) -> str:
    """The page of the work whose base is this witness. Where there is none, the address leads to the text."""
    return f"{WORKS}/{witness}.html"


def comparison(base: str, witness: str) -> str:
    """The comparison of a base (or container) with a witness (or contained text)."""
    return f"compare/{base}/{witness}.html"


def documents(texts: int) -> str:
    """The table of documents in an archive of so many texts, or its first part."""
    return "data/documents.jsonl" + ".gz" * (texts >= PACKED_FROM)


def named(folder: str, name: str, page: int = 1) -> str:
    """The address of a list that has a name (a publisher, a tag, a language), page by page.

    A plain lower-case name is its own address; any other is shortened to one and told apart by its hash.
    """
    stem = slug(name)
    return f"{folder}/{stem}.html" if page == 1 else f"{folder}/{stem}/{page}.html"


def slug(name: str) -> str:
    """A name as a portable file name: [a-z0-9-], different for different names, never reserved, at most 75 bytes."""
    if len(name) <= 60 and _PLAIN.fullmatch(name) and not _RESERVED.match(name):
        return name
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", folded))[:60].strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{words}--{digest}" if words else f"x--{digest}"


def relative(target: str, page: str) -> str:
    """A link from one page to another (or to ``path#fragment``) that works from a folder of files and any base path."""
    path, mark, fragment = target.partition("#")
    if path in ("", page):
        return mark + fragment if mark else posixpath.basename(page)
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) + mark + fragment
