"""The language of a text, measured by its script and its commonest words; none where that is too little to tell.

Counting small words is the method of Grefenstette (1995); it needs no model, gives the same answer everywhere, and is
right where it answers: a text that no list covers clearly better than the others has no language here.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from stemma.records import Claim, Field
from stemma.text import WORD

MIN_WORDS: Final = 12
"""Words of a text whose language can be measured."""
MIN_COVER: Final = 0.12
"""The share of a text's words that the list of its language must cover."""
MIN_LEAD: Final = 1.15
"""How many times as much as the next list it must cover."""
RULE: Final = "language.measured"
_SAMPLE: Final = 1500
"""Characters from which the language is measured."""

_SCRIPTS: Final = (
    ("kana", "\u3040", "\u30ff"),
    ("han", "\u4e00", "\u9fff"),
    ("hangul", "\uac00", "\ud7af"),
    ("cyrillic", "\u0400", "\u052f"),
    ("arabic", "\u0600", "\u06ff"),
    ("hebrew", "\u0590", "\u05ff"),
    ("greek", "\u0370", "\u03ff"),
    ("thai", "\u0e00", "\u0e7f"),
    ("devanagari", "\u0900", "\u097f"),
    ("bengali", "\u0980", "\u09ff"),
    ("latin", "A", "\u024f"),
    ("latin", "\u1e00", "\u1eff"),
)
_PLAIN: Final = {
    "hangul": "ko", "hebrew": "he", "greek": "el", "thai": "th", "devanagari": "hi", "bengali": "bn",
}  # fmt: skip
# Letters that another language of the same script has, and ours has not.
_FOREIGN_CYRILLIC: Final = (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћљњџј"), ("kk", "ңғқұһ"))
_BULGARIAN: Final = "ъ"
"""A letter that Russian has once in two thousand, Bulgarian once in fifty."""
_FOREIGN_ARABIC: Final = (("ur", "ٹڈڑےں"), ("fa", "پچژگ"))


def _lists() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, str] = tomllib.loads(files(__package__).joinpath("languages.toml").read_text(encoding="utf-8"))[
        "words"
    ]
    languages: dict[str, list[str]] = {}
    for language, words in table.items():
        for word in sorted(set(words.split())):
            languages.setdefault(word, []).append(language)
    return {word: tuple(of) for word, of in languages.items()}


_LANGUAGES: Final = _lists()


def measured(text: str) -> Claim | None:
    """The language claim of a body, without a line: it is measured, not stated."""
    found = language(text)
    return Claim(Field.LANGUAGE, (found,), RULE) if found else None


def language(text: str) -> str:
    """The BCP 47 tag of a text's language, or the empty string."""
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script == "latin":
        return _latin(sample)
    if script in {"kana", "han"}:
        kana = sum("\u3040" <= character <= "\u30ff" for character in sample)
        return "ja" if kana * 10 > len(sample) else "zh" if kana * 50 < len(sample) else ""
    if script == "cyrillic":
        found = _by_letters(sample, _FOREIGN_CYRILLIC, "ru", "ыэё")
        return found or ("bg" if sample.count(_BULGARIAN) * 150 > len(sample) else "")
    if script == "arabic":
        return _by_letters(sample, _FOREIGN_ARABIC, "ar", "ةأإى")
    return _PLAIN.get(script, "")


def _script(sample: str) -> str:
    """The script of more than half of a sample's letters, if there are enough of them."""
    if sample.isascii():
        return "latin" if sum(map(len, WORD.findall(sample[:200]))) >= 3 * MIN_WORDS else ""
    count: Counter[str] = Counter()
    for character, times in Counter(sample[:600]).items():
        if character.isalpha():
            count[_script_of(character)] += times
    east_asian = count["kana"] + count["han"]
    letters = count.total()
    if east_asian * 2 > letters >= MIN_WORDS:
        return "han"
    name, most = max(count.items(), key=lambda item: item[1], default=("", 0))
    return name if most * 2 > letters >= 3 * MIN_WORDS else ""


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return next((name for name, first, last in _SCRIPTS if first <= letter <= last), "other")


def _latin(sample: str) -> str:
    words = WORD.findall(sample.lower())
    count: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for one in _LANGUAGES.get(word, ()):
            count[one] += times
    (first, most), (_, second) = [*count.most_common(2), ("", 0), ("", 0)][:2]
    clear = len(words) >= MIN_WORDS and most >= MIN_COVER * len(words) and most >= MIN_LEAD * second
    return first if clear else ""


def _by_letters(sample: str, foreign: tuple[tuple[str, str], ...], own: str, letters: str) -> str:
    """One of the languages that share a script, by letters the others lack."""
    for name, marks in foreign:
        if sum(map(sample.count, marks)) * 150 > len(sample):
            return name
    return own if any(letter in sample for letter in letters) else ""
