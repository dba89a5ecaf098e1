"""What a word is, and the form in which words are compared: one folding for relating, collation and search.

The table is ``folding.json``, which the search page reads too (templates/static/folding.js). Words are runs of letters
and digits with their marks; a character of a script written without spaces is a word alone, with its marks.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Final

FOLDING: Final[dict[str, object]] = json.loads(Path(__file__).with_name("folding.json").read_text("ascii"))
"""The table of words and folding. Character ranges are hexadecimal code points apart by spaces.

``version`` is that of the word pattern; ``alone``: characters that are a word alone; ``marks``: characters that
continue a word and begin none (combining marks, joiners, invisible characters, kashida); ``links``: marks that bind the
next character; ``outside``: letters that are apostrophes (ʻ, ʼ), which part words as other apostrophes do; ``removed``:
marks that folding takes out; ``kept``: characters whose compatibility form is more than letters, and which stay;
``letters``: what folding writes for a letter; ``zeros``: the zeros of other scripts.
"""


Ranges = Sequence[tuple[int, int]]


def _ranges(key: str) -> Ranges:
    pieces = (piece.partition("-") for piece in str(FOLDING[key]).split())
    return [(int(low, 16), int(high or low, 16)) for low, _, high in pieces]


def _characters(key: str) -> list[str]:
    return [chr(code) for low, high in _ranges(key) for code in range(low, high + 1)]


def _class(key: str) -> str:
    """The inside of a character class."""
    return "".join(f"\\U{low:08x}" + (f"-\\U{high:08x}" if high > low else "") for low, high in _ranges(key)).replace(
        "\\U0000", "\\u"
    )


_ALONE: Final = _class("alone")
_MARKS: Final = _class("marks")
_RUN: Final = f"[^\\W{_ALONE}{_class('outside')}\u0640\u0e33\u0eb3\uff9e\uff9f]"
"""A character of a run: a letter or digit that is neither alone nor outside, nor (kashida, sara am, kana marks) among
the marks."""

WORD: Final = re.compile(
    f"[{_ALONE}](?:(?=[^\0-\x7f])[{_MARKS}]+(?:(?<=[{_class('links')}])[{_ALONE}])?)*"
    f"|{_RUN}+(?:(?=[^\0-\x7f])[{_MARKS}]+{_RUN}*)*"
)
"""What a word is, everywhere: a run of letters, digits and underscores with their marks; or one character of a script
written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese and others) with its marks."""

CJK: Final = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese and Japanese characters (kana, Han) as ranges for a character class of a pattern."""

SINGLE: Final = re.compile(f"[{CJK}]")
"""A Chinese or Japanese character."""

_PLAIN: Final = re.compile(r"\w+")
_UNPLAIN: Final = re.compile("[^\0-\xac\xae-\u02af\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
"""Characters other than letters of Latin, Greek and Cyrillic, digits and punctuation: without any, there are no marks
and no scripts without spaces, and a run of letters and digits is a word."""
MAX_MARKS: Final = 30
"""Marks on one letter that are read. Normalisation is quadratic in them; Unicode's stream-safe format has 30 too."""
_LONG_RUN: Final = re.compile(f"[^\0-\u02ff]{{{MAX_MARKS + 1}}}")
_MANY_MARKS: Final = re.compile(f"([{_MARKS}]{{{MAX_MARKS}}})[{_MARKS}]+")
_SPLIT_VOWEL: Final = re.compile("[\u0e40\u0e4d\u0ec0\u0ecd]")
_SPLIT_VOWELS: Final = (
    (re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32"), "\\1\\2\u0e33"),
    (re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2|([\u0ec8-\u0ecb])\u0ecd\u0eb2"), "\\1\\2\u0eb3"),
    (re.compile("\u0e40\u0e40"), "\u0e41"),
    (re.compile("\u0ec0\u0ec0"), "\u0ec1"),
)
_REMOVED: Final = re.compile(f"[{_class('removed')}]+")
INVISIBLE: Final = re.compile(
    f"[{''.join(c for c in _characters('removed') if unicodedata.category(c) in {'Cf', 'Lm'})}]+"
)
"""Joiners, other characters that are not seen, and kashida."""
_KEPT: Final = re.compile(f"([{_class('kept')}])")
_LETTERS: Final = dict(FOLDING["letters"]) | {  # type: ignore[call-overload]
    chr(zero + digit): str(digit) for zero, _ in _ranges("zeros") for digit in range(10)
}
_LETTER: Final = re.compile(f"[{''.join(_LETTERS)}]")


class Characters:
    """What single code points are in the table."""

    def __init__(self) -> None:
        """Read the table."""
        keys = ("alone", "marks", "outside", "removed")
        self.alone_ranges, self.mark_ranges, self.outside_ranges, self._removed = map(_ranges, keys)
        self.links = frozenset(map(ord, _characters("links")))

    def alone(self, code: int) -> bool:
        """Whether a character is a word alone."""
        return _holds(self.alone_ranges, code)

    def mark(self, code: int) -> bool:
        """Whether a character continues a word and begins none."""
        return _holds(self.mark_ranges, code)

    def removed(self, code: int) -> bool:
        """Whether folding takes a mark out."""
        return _holds(self._removed, code)


def _holds(found: Ranges, code: int) -> bool:
    place = bisect_right(found, (code, 0x110000)) - 1
    return place >= 0 and found[place][1] >= code


CHARACTERS: Final = Characters()


def fold(word: str) -> str:
    """The form in which words are compared.

    Compatibility forms are unified (NFKC), letters are lower case, accents, vowel signs of Arabic and Hebrew, kashida
    and unseen characters are left out, and a few letters that are typed in place of each other are one (æ and ae, ı and
    i, ي and ی). Matras and other marks that spell a word stay.
    """
    return word.lower() if word.isascii() else fold_all((word,))[0]


def fold_all(words: Sequence[str]) -> list[str]:
    """Every word folded, all at once: the line feed is no part of a word and folds to itself."""
    joined = "\n".join(words)
    if joined.isascii():
        joined = joined.lower()
    elif _KEPT.search(joined):
        pieces = _KEPT.split(joined)
        joined = "".join(piece if place % 2 else _folded(piece) for place, piece in enumerate(pieces))
    else:
        joined = _folded(joined)
    return joined.split("\n") if words else []


def _folded(text: str) -> str:
    """Text without characters that are kept, folded; templates/static/folding.js does the same steps."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", bounded(text))
    text = _LETTER.sub(lambda letter: _LETTERS[letter.group()], _REMOVED.sub("", text).lower())
    return unicodedata.normalize("NFC", text)


def bounded(text: str) -> str:
    """Text that can be normalised in linear time: of very many marks on one letter, 30 of those that folding keeps."""
    return _MANY_MARKS.sub(r"\1", _REMOVED.sub("", text)) if _LONG_RUN.search(text) else text


def with_whole_vowels(text: str) -> str:
    """Text in which vowels of Thai and Lao typed as two characters are the one that looks the same.

    They are sara am and sara ae, which Unicode does not compose. templates/static/search-tokens.js does so to a query.
    """
    if _SPLIT_VOWEL.search(text):
        for pattern, whole in _SPLIT_VOWELS:
            text = pattern.sub(whole, text)
    return text


def words_of(text: str) -> list[str]:
    """All words of a text as written, as :data:`WORD` finds them, in order."""
    return (_PLAIN if is_plain(text) else WORD).findall(text)


def is_plain(text: str) -> bool:
    r"""Whether the words of a text are the matches of ``\w+``, which is quicker than :data:`WORD`."""
    return text.isascii() or _UNPLAIN.search(text) is None
