"""The announcing words of :file:`cues.toml` as patterns, compiled once."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final

_LISTS: Final[dict[str, dict[str, list[str]]]] = tomllib.loads(
    files(__package__).joinpath("cues.toml").read_text(encoding="utf-8")
)


def phrases(table: str, key: str = "phrases") -> tuple[str, ...]:
    """A list of cues, longest first, so that an alternation takes the longest that fits."""
    return tuple(sorted(set(_LISTS[table][key]), key=lambda phrase: (-len(phrase), phrase)))


def alternation(*lists: tuple[str, ...]) -> str:
    """Phrases as one group of a pattern. A space stands for any run of spaces up to three."""
    every = sorted({phrase for one in lists for phrase in one}, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in every) + ")"


AUTHOR_PLAIN: Final = phrases("author", "plain")
AUTHOR_VERB: Final = phrases("author", "verb")
AUTHOR_NOUN: Final = phrases("author", "noun")
AUTHOR_SIGN: Final = phrases("author", "sign")
POSTED: Final = phrases("posted")
PUBLISHED: Final = phrases("published")
CHANGED: Final = phrases("changed")
OTHER_DATE: Final = phrases("other_date")
ORIGIN: Final = phrases("origin")
ORIGINAL_URL: Final = phrases("original_url")
TAGS: Final = phrases("tags")
AGENCIES: Final = frozenset(phrases("agencies", "names"))
