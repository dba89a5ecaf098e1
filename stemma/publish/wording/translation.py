"""The words of the site in the language of the interface: gettext catalogues, plural forms and numbers by its rules.

The source is English; the other languages are in ``catalogues/``, which ``make catalogues`` compiles. Nothing depends
on the locale of the machine.
"""

from __future__ import annotations

import gettext
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from stemma.files import read_bounded
from stemma.packaged import CATALOGUES
from stemma.settings import LANGUAGES

_SEPARATORS: Final = {"ar": ",.", "de": ".,", "en": ",.", "fr": "\u202f,"}
"""Between thousands, and before a fraction, as CLDR has it.

Figures are 0 to 9 in every language, as in the line numbers and addresses.
"""
_RIGHT_TO_LEFT: Final = frozenset(("ar",))
_MAX_CATALOGUE: Final = 1 << 22
"""Bytes of a compiled catalogue, which is part of the program."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One language of the interface. Values go in by name: ``%(num)s lines``; a per cent sign is written ``%%``."""

    language: str
    catalogue: gettext.NullTranslations

    @property
    def dir(self) -> str:
        """Which way the language runs."""
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"

    def gettext(self, message: str, **values: object) -> str:
        """A message with its values."""
        return self.catalogue.gettext(message) % values

    def figures(self, number: int, one: str, many: str, **values: object) -> str:
        """The form of a message for a number, which stands in it as ``num`` in figures: "1,204 lines"."""
        return self.catalogue.ngettext(one, many, number) % {"num": self.number(number), **values}

    def count(self, number: int, one: str, many: str, **values: object) -> str:
        """The same, with numbers up to ten in words: "no words", "one word", "ten words", "1,204 words"."""
        words = self.gettext("no one two three four five six seven eight nine ten").split()
        said = words[number] if number < len(words) else self.number(number)
        return self.catalogue.ngettext(one, many, number) % {"num": said, **values}

    def number(self, number: float) -> str:
        """A number in figures, thousands apart."""
        return f"{number:,}".translate(str.maketrans(",.", _SEPARATORS[self.language]))

    def script(self) -> Mapping[str, Any]:
        """The messages of the scripts, as ``static/words.js`` reads them; none for English, which they have."""
        if self.language == "en":
            return {}
        found: dict[str, Any] = json.loads(read_bounded(CATALOGUES / f"{self.language}.json", _MAX_CATALOGUE))
        return found


def message(text: str) -> str:
    """The text itself: marks a constant as a message that is translated where it is shown."""
    return text


def messages(one: str, many: str) -> tuple[str, str]:
    """The same of a message that has a plural."""
    return one, many


@cache
def translation(language: str) -> Translation:
    """The translation into a language of the interface, read once a process. English needs no catalogue."""
    if language not in LANGUAGES:
        raise ValueError(f"no language of the interface: {language!r}")
    if language == "en":
        return ENGLISH
    with (CATALOGUES / f"{language}.mo").open("rb") as file:
        return Translation(language, gettext.GNUTranslations(file))


ENGLISH: Final = Translation("en", gettext.NullTranslations())
