"""Names in the menus of a page: words with which several of their lines begin, and those of a logo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import nlargest
from typing import Final

from stemma.clean.claims.page import Page
from stemma.records import Label

MAX_LINE: Final = 48
"""Characters of a line of a menu."""
MAX_WORDS: Final = 2
"""Words of a name that begins such lines."""
MIN_LINES: Final = 3
"""Lines that begin with it and go on differently, at least."""
MAX_NAMES: Final = 3
"""Names of this kind on a page, the most frequent ones."""

_BODY: Final = Label.BODY
_LOGO: Final = re.compile(
    r"(?:Go to |Zur )?([^\W_].{2,40}?)[ -](?:logo|homepage|home page|home|startseite)", re.IGNORECASE
)
_SMALL: Final = """
    mehr alle alles zur zum zu in im am wie was wer warum so jetzt und mit von vom aus auf für über bei
    nach neue neuer neues more all how what why when who your our my you we this that to and with from
    on at for by is are new best top get see read show view go add follow share about sign log contact
    mon wie ihr sie unser unsere un una en por con para como qué del al y e di da in su più tutti tutte
    voir tous toutes pour avec sur dans nos vos votre zurück back sport sports news tv video videos live
    us uk home logo accéder the der die das den le la les l el il lo los de het een ein eine o a os as"""
_NO_NAME: Final = frozenset(_SMALL.split())
"""Words with which many lines of menus begin, and none of which begins or ends a name by itself."""


def logos(page: Page) -> Iterator[tuple[int, int, int]]:
    """“Harbour Review logo”: the index of the line, and the half-open offsets of the name."""
    for at, line in enumerate(page.lines):
        text = line.text
        logo = _LOGO.fullmatch(text) if len(text) <= MAX_LINE and text[-1:] in _LOGO_ENDS else None
        if logo and line.label is not _BODY:
            yield at, logo.start(1), logo.end(1)


_LOGO_ENDS: Final = frozenset("oOeE")


def beginnings(page: Page) -> Iterator[tuple[int, int]]:
    """“Harbour Shop”, “Harbour Podcasts”, “Harbour Jobs”: the index of each such line, and where the name ends."""
    begun: dict[str, dict[str, tuple[int, int]]] = {}
    for at, line in enumerate(page.lines):
        text = line.text
        if line.label is _BODY or len(text) > MAX_LINE:
            continue
        end = 0
        for _ in range(MAX_WORDS):
            end = text.find(" ", end + 1)
            if end < 0:
                break
            begun.setdefault(text[:end].casefold(), {}).setdefault(text[end:].casefold(), (at, end))
    often = [(len(rest), name) for name, rest in begun.items() if len(rest) >= MIN_LINES and _is_name(name)]
    for _, name in nlargest(MAX_NAMES, often):
        yield from begun[name].values()


def _is_name(words: str) -> bool:
    """Whether the words that begin lines could be a name: no small word first or last, letters throughout."""
    first, _, last = words.partition(" ")
    return (first + last).isalnum() and not first.isdigit() and first not in _NO_NAME and last not in _NO_NAME
