"""What the search knows of one text: the page that Pagefind indexes, and the fragment that the search page shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Final

from stemma.files import gzipped
from stemma.publish.search.tokens import PLACEHOLDER, extras, sequence
from stemma.publish.wording.references import split_name
from stemma.records import Field, Witness
from stemma.text import with_whole_vowels

TITLE_WEIGHT: Final = 7
"""How much more a word of a title counts than one of the text, for the order of results: Pagefind's own for an h1."""
AUTHOR_WEIGHT: Final = 3
"""The same for a word of an author's name."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A text as results show it: id, stated title or "", authors, paragraphs as they are; the hash of its raw file.

    ``starts``: the place of the first token of each paragraph; ``end``: the place after the last. ``extra``: tokens
    searched besides, from there on; ``extras``: of each group of them its place and the number of its paragraph.
    ``families``: how many words at the end of each author's name are the family name, 0 where that is not known.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    starts: tuple[int, ...]
    end: int
    extra: str
    extras: tuple[tuple[int, int], ...]
    sha256: str
    families: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """The HTML page for Pagefind, and the fragment that takes the place of Pagefind's own."""

    html: str
    fragment: Fragment


def searched(witness: Witness) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    """All that an entry is made of, beside the id: title, authors, paragraphs, the hash of the raw file.

    What a curator wrote was not normalised when it was received: vowels are put together here, as in a query.
    """
    paragraphs = tuple(with_whole_vowels(one.text) for one in witness.body)
    authors = tuple(map(with_whole_vowels, witness.values(Field.AUTHOR)))
    return with_whole_vowels(witness.value(Field.TITLE)), authors, paragraphs, witness.accession.sha256


def entry(witness: Witness) -> Entry:
    """The entry of a text. Searched are its title, its authors and its body; never the lines set aside."""
    title, authors, paragraphs, sha256 = searched(witness)
    tokens, starts = sequence([title, *authors, *paragraphs])
    body = starts[1 + len(authors)] if paragraphs else len(tokens)
    extra: list[str] = []
    groups: list[tuple[int, int]] = []
    for number, (paragraph, following) in enumerate(zip_longest(paragraphs, paragraphs[1:], fillvalue="")):
        found = extras(paragraph, following)
        if found:
            groups.append((len(tokens) + len(extra), number))
            extra += found
    fragment = Fragment(
        witness.id, title, authors, paragraphs, tuple(starts[1 + len(authors) :]), len(tokens), " ".join(extra),
        tuple(groups), sha256, tuple(map(_family, authors)),
    )  # fmt: skip
    return Entry(_html(tokens, starts[1] if len(starts) > 1 else len(tokens), body, extra), fragment)


def _family(name: str) -> int:
    split = split_name(name)
    return len(split[0].split()) if split else 0


def packed(fragment: Fragment, signature: bytes) -> bytes:
    """A fragment as the bytes of a file, the same for the same fragment."""
    text = json.dumps(asdict(fragment), ensure_ascii=False, separators=(",", ":"))
    return gzipped(signature + text.encode("utf-8", "replace"))


def _html(tokens: Sequence[str], authors: int, body: int, extra: Sequence[str]) -> str:
    """Title, authors, body and extras, in the order of their places. Tokens need no escaping."""
    parts = (
        ("h1", TITLE_WEIGHT, tokens[:authors]),
        ("p", AUTHOR_WEIGHT, tokens[authors:body]),
        ("p", 1, tokens[body:]),
        ("p", 1, extra if tokens or extra else [PLACEHOLDER]),
    )
    main = "".join(
        f"<{tag} data-pagefind-weight={weight}>{' '.join(part)}</{tag}>\n" for tag, weight, part in parts if part
    )
    head = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"></head>'
    return f"{head}<body><main data-pagefind-body>\n{main}</main></body></html>\n"
