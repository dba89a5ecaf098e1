"""Names of people and tags: spelled in several ways, listed once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its key, and its forms, the most frequent first."""

    key: str
    forms: tuple[str, ...]
    count: int

    @property
    def shown(self) -> str:
        """The form that is shown."""
        return self.forms[0]


def key(name: str) -> str:
    """What forms of one name have in common: capitals, accents written in one or two characters and spaces aside."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def grouped(found: Iterable[str]) -> tuple[Name, ...]:
    """The names among some forms, with how often each occurs, in the order of their keys."""
    by_key: dict[str, Counter[str]] = {}
    for form in found:
        by_key.setdefault(key(form), Counter())[form] += 1
    return tuple(
        Name(one, tuple(sorted(forms, key=lambda form: (-forms[form], form))), forms.total())
        for one, forms in sorted(by_key.items())
    )


def sortable(title: str) -> str:
    """A title without accents and case, for the order of a list that depends on no locale."""
    if title.isascii():
        return title.lower()
    folded = unicodedata.normalize("NFKD", title.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))
