"""A text as Pagefind is given it: folded words in ASCII, one after another, so that its own splitting changes nothing.

Pagefind splits at white space, and takes dashes, quotation marks and many marks of other scripts for parts of a word.
Here words are those of stemma.text, folded as everywhere, and written so that each is one word for Pagefind too.
templates/static/search-tokens.js does the same to a query; tests/publish/search/test_tokens.py holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from stemma.text import WORD, fold

UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua980-\ua9df\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Tai, Javanese, kana, Chinese characters."""
_PARTS: Final = re.compile(f"([{UNSPACED}])|[^{UNSPACED}_]+")
_PICTURE: Final = re.compile("[\u203c\u2049\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
                             "\u2b00-\u2bff\U0001f000-\U0001faff]")  # fmt: skip
"""Emoji and other pictures, which are no words and still can be searched, one by one."""
_DIVIDED: Final = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]\s+([^\W\d_]{2,})")
"""A word divided at the end of a line, as the joined lines of a paragraph show it."""
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
            units += [(word, False) for word in re.findall(r"[a-z0-9]+", text.lower())]
        else:
            units += _units(text)
    following = [*units[1:], ("", False)]
    tokens = [
        encoded(word + after if unspaced and next_unspaced else word)
        for (word, unspaced), (after, next_unspaced) in zip(units, following, strict=False)
    ]
    return tokens, starts


def extras(texts: Iterable[str]) -> list[str]:
    """What is searched besides the words as they stand: each divided word joined, between its neighbours; pictures."""
    found: list[str] = []
    for text in texts:
        for hit in _DIVIDED.finditer(text):
            before = sequence([text[max(hit.start() - 80, 0) : hit.start()]])[0][-2:]
            after = sequence([text[hit.end() : hit.end() + 80]])[0][:2]
            found += [PLACEHOLDER, *before, *sequence([hit[1] + hit[2]])[0], *after]
        if not text.isascii():
            found += (token for picture in _PICTURE.findall(text) for token in (PLACEHOLDER, encoded(picture)))
    return found


def encoded(word: str) -> str:
    """A folded word in lower-case ASCII: other words get other tokens, longer words longer ones that begin alike.

    >>> encoded("lamp"), encoded("zebra"), encoded("ж")
    ('lamp', 'zzebra', 'z0ty')
    """
    if _PLAIN.fullmatch(word):
        return word
    return "".join(map(_encoded, word))


def _units(text: str) -> Iterator[tuple[str, bool]]:
    """Words, and the single characters of scripts without spaces, folded; each with whether it is such a character."""
    for hit in WORD.finditer(text):
        for part in _PARTS.finditer(_fold(hit.group())):
            yield part.group(), part.group(1) is not None


def _fold(word: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one))
    return fold(plain)


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
