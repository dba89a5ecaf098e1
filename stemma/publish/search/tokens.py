"""A text as Pagefind is given it: folded words in ASCII, one after another, so that its own splitting changes nothing.

Pagefind splits at white space, and takes dashes, quotation marks and many marks of other scripts for parts of a word.
Here words are those of stemma.text, folded as everywhere, and written so that each is one word for Pagefind too.
templates/static/search-tokens.js does the same to a query; tests/publish/search/test_tokens.py holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from stemma.text import CHARACTERS, WORD, fold_all

_PICTURE: Final = re.compile("[\u203c\u2049\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
                             "\u2b00-\u2bff\U0001f000-\U0001faff]")  # fmt: skip
"""Emoji and other pictures, which are no words and still can be searched, one by one."""
_HYPHENS: Final = frozenset("-\u2010\u00ad")
_NEIGHBOURHOOD: Final = 80
"""Characters around a divided word in which its two neighbours on either side are looked for."""
_DIVIDED: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,60})[-\u2010\u00ad]\s{1,20}([^\W\d_]{2,60})(?![^\W\d_])")
"""A word divided at the end of a line, as a paragraph shows it once its lines are joined; bounded, to be linear."""
_ASCII: Final = re.compile(r"[a-z0-9]+|(?<![a-z0-9_])_+(?![a-z0-9_])")
"""The same words in a text of ASCII alone; underscores part words, but alone they are one."""
_HYPHEN_AT_END: Final = re.compile(r"[-\u2010\u00ad]\s")
"""What every divided word has; most texts have none, and looking for it is quick."""
_PLAIN: Final = re.compile(r"[a-y0-9]*")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_SHORT: Final = 34 * 36 * 36
"""Code points below it (all before Hangul syllables) are written with three digits, the others with four."""
PLACEHOLDER: Final = "zxzz"
"""A token no word has. It keeps a text without words in the index, which skips empty pages."""


def sequence(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """The tokens of some texts, one after another, and the place of the first token of each text.

    A word of a script with spaces is one token. In the other scripts each character is one token together with the
    character after it, so that any stretch of two characters and more is found as a phrase.

    >>> sequence(["The lamp", "灯台の光 goes out"])
    (['the', 'lamp', 'zm7jzgkw', 'zgkwz9ke', 'z9kezg21', 'zg21', 'goes', 'out'], [0, 2])
    """
    units: list[tuple[str, bool]] = []
    starts: list[int] = []
    for text in texts:
        starts.append(len(units))
        if text.isascii():
            units += [(word, False) for word in _ASCII.findall(text.lower())]
        else:
            units += _units(text)
    following = [*units[1:], ("", False)]
    tokens = [
        encoded(word + after if unspaced and next_unspaced else word)
        for (word, unspaced), (after, next_unspaced) in zip(units, following, strict=False)
    ]
    return tokens, starts


def extras(text: str, following: str = "") -> list[str]:
    """What is searched besides the words as they are: divided words joined, between their neighbours; pictures.

    ``following`` is the next paragraph, whose first word may be the second half of a divided one.
    """
    found: list[str] = []
    if text.rstrip()[-1:] in _HYPHENS:
        text = f"{text} {following[:_NEIGHBOURHOOD]}"
    for hit in _DIVIDED.finditer(text) if _HYPHEN_AT_END.search(text) else ():
        before = sequence([text[max(hit.start() - _NEIGHBOURHOOD, 0) : hit.start()]])[0][-2:]
        after = sequence([text[hit.end() : hit.end() + _NEIGHBOURHOOD]])[0][:2]
        found += [PLACEHOLDER, *before, *sequence([hit[1] + hit[2]])[0], *after]
    if not text.isascii():
        found += (token for picture in _PICTURE.findall(text) for token in (PLACEHOLDER, encoded(picture)))
    return found


@lru_cache(1 << 16)
def encoded(word: str) -> str:
    """A folded word in lower-case ASCII: other words get other tokens, longer words longer ones that begin alike.

    >>> encoded("lamp"), encoded("zebra"), encoded("ж")
    ('lamp', 'zzebra', 'z0ty')
    """
    if _PLAIN.fullmatch(word):
        return word
    return "".join(map(_encoded, word))


def _units(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, folded, each with whether it is of a script without spaces."""
    words = WORD.findall(text)
    for word, folded in zip(words, fold_all(words), strict=True):
        unspaced = CHARACTERS.alone(ord(word[0]))
        for part in list(filter(None, folded.split("_"))) or [folded]:
            yield part, unspaced


def _encoded(character: str) -> str:
    code = ord(character)
    if character == "z":
        return "zz"
    if _PLAIN.fullmatch(character):
        return character
    if code < _SHORT:
        return "z" + _digits(code, 3)
    return "zy" + _digits(code, 4)


def _digits(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 36)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
