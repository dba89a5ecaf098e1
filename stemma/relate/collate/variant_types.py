"""The types of variants: spacing, typographic, spelling, substantive.

Spacing: white space alone, paragraph breaks among it. Typographic: the shape of quotation marks, dashes, dots;
punctuation added or left out; the same word in another encoding. Spelling: one word written in another way (misprints,
capitals, accents, British and American forms), or joined, divided or hyphenated. Everything else is substantive: other
words, endings that change the grammar, figures, symbols such as % and £, question and exclamation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz.distance import OSA

from stemma.records import VariantType
from stemma.text import CHARACTERS, INVISIBLE, WORD, bounded, fold, fold_all

_MEANINGFUL: Final = frozenset("?!%&@#‰؟¿¡؉‱")
_SHAPES: Final = str.maketrans({
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), "\u301c": "~", "∶": ":", "⁄": "/", "∕": "/", "٪": "%",
    "؟": "?", "؛": ";", "،": ",", "∙": "·", "・": "·",
})  # fmt: skip
"""Marks that are one in two shapes."""
_ROMAN: Final = re.compile("M{0,4}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
"""Roman figures, in capitals."""
_NASAL: Final = re.compile("[ङञणनम]\u094d(?=[क-ह])")
"""A nasal letter of Devanagari before another consonant, which anusvara may be written for."""
_ENDINGS: Final = frozenset(("s", "es", "d", "ed", "r", "er", "ing", "ly"))
_MAX_HANGING: Final = 2
"""Letters of a word that may hang on the one before it (’t), and then is no part of another spelling of it."""
_HYPHENS: Final = frozenset("-\u2010\u2011\u00ad")
_MAX_MISREAD: Final = 0.5
"""Part of the characters of a word that differ in a copy full of misread characters."""
_MAX_MISREAD_SHORT: Final = 0.67
"""The same for words of up to three characters."""
_LOOK_ALIKE: Final = str.maketrans("01568", "olsbb")
"""Figures that letters are misread as."""
_MAX_MISREAD_RUN: Final = 0.4
"""Part of the characters of a run of words, some of them joined or divided, that differ in such a copy."""
_MAX_MISREAD_CHARACTERS: Final = 2_000
"""Characters of such a run, of either text; a longer one is compared word by word alone, since the work of comparing it
as one string grows with the product of both lengths."""
_MAX_MISREAD_UNSPACED: Final = 3
"""Characters of a script without spaces in a row that are misread, each for another."""
_MIN_MISREAD_RATE: Final = 0.04
"""Part of the words that are misread from which a copy is full of misread characters (of OCR, say)."""
_MIN_MISREAD: Final = 8
"""Misread words that such a copy has, at least."""


def variant_type(base: str, witness: str, *, misread: bool = False) -> VariantType:
    """The type of one stretch against another that differs, numbers apart.

    ``misread``: the witness is full of misread characters, so that unlike spellings are still one word.
    """
    words, others = WORD.findall(base), WORD.findall(witness)
    if not words and not others:
        return _type_between(base, witness)
    return _type_of_words(words, others, misread=misread)


def is_misread(pairs: Iterable[tuple[Sequence[str], Sequence[str]]], words: int) -> bool:
    """Whether a copy of so many words is full of misread characters, from its changed runs of folded words."""
    count = sum(
        len(ours)
        if _unspaced((*ours, *theirs)) and len(ours) <= _MAX_MISREAD_UNSPACED
        else sum(0 < _distance(one, other) <= _MAX_MISREAD for one, other in zip(ours, theirs, strict=True))
        for ours, theirs in pairs
        if len(ours) == len(theirs)
    )
    return count >= max(_MIN_MISREAD, _MIN_MISREAD_RATE * words)


def _type_between(base: str, witness: str) -> VariantType:
    """The type of two different strings between the same words: white space and punctuation, no word."""
    bare_base, bare_witness = "".join(base.split()), "".join(witness.split())
    if bare_base == bare_witness:
        return VariantType.SPACING
    one, other = (unicodedata.normalize("NFKC", bare).translate(_SHAPES) for bare in (bare_base, bare_witness))
    if one != other and {bare_base, bare_witness} <= _HYPHENS | {""}:
        return VariantType.SPELLING
    if one != other and _meaningful(one) != _meaningful(other):
        return VariantType.SUBSTANTIVE
    return VariantType.TYPOGRAPHIC


def _type_of_words(base: Sequence[str], witness: Sequence[str], *, misread: bool) -> VariantType:
    """The type of one run of words against another that differs."""
    if not base or not witness:
        return VariantType.SUBSTANTIVE
    if len(base) == len(witness) and list(map(_encoded, base)) == list(map(_encoded, witness)):
        return VariantType.TYPOGRAPHIC
    one, other = "".join(fold_all(base)), "".join(fold_all(witness))
    if _unspaced((*base, *witness)) and _bare(one) == _bare(other):
        return VariantType.SPELLING
    if one != other and _ROMAN.fullmatch(one.upper()) and _ROMAN.fullmatch(other.upper()):
        return VariantType.SUBSTANTIVE
    if one == other or _respelled(base, witness) or (misread and _misread(base, witness)):
        return VariantType.SPELLING
    return VariantType.SUBSTANTIVE


def _respelled(base: Sequence[str], witness: Sequence[str]) -> bool:
    if len(base) == len(witness):
        return all(one == other or is_respelling(one, other) for one, other in zip(base, witness, strict=True))
    whole = min(map(len, (*base, *witness))) > _MAX_HANGING  # can and can't are two words
    return whole and len(base) + len(witness) <= 3 and is_respelling("".join(base), "".join(witness))


def _misread(base: Sequence[str], witness: Sequence[str]) -> bool:
    ours, theirs = fold_all(base), fold_all(witness)
    if _unspaced((*base, *witness)):
        return len(base) == len(witness) <= _MAX_MISREAD_UNSPACED
    if any(word.isnumeric() for word in ours) or any(word.isnumeric() for word in theirs):
        return ours == theirs
    ours, theirs = [word.translate(_LOOK_ALIKE) for word in ours], [word.translate(_LOOK_ALIKE) for word in theirs]
    if len(ours) == len(theirs) and all(map(_is_misread, ours, theirs)):
        return True
    one, other = " ".join(ours), " ".join(theirs)
    return max(len(one), len(other)) <= _MAX_MISREAD_CHARACTERS and _distance(one, other) <= _MAX_MISREAD_RUN


def _is_misread(one: str, other: str) -> bool:
    return _distance(one, other) <= (_MAX_MISREAD_SHORT if len(one) == len(other) <= 3 else _MAX_MISREAD)


def _distance(one: str, other: str) -> float:
    return OSA.normalized_distance(one, other)


def is_respelling(base: str, witness: str) -> bool:
    """Whether two words are one word in two spellings: one character or transposition apart, two in long words.

    Figures are never respelled; a plain grammatical ending more is another form, not another spelling; words that begin
    with different letters are two words (possible, impossible), but for aesthetic and esthetic and the like.
    """
    one, other = fold(base), fold(witness)
    if one == other:
        return True
    if any(character.isdigit() for character in one + other):
        return False
    one, other = (_NASAL.sub("\u0902", word) for word in (one, other))
    short, long = sorted((one, other), key=len)
    if len(long) == len(short) == 3:
        return sorted(one) == sorted(other) and OSA.distance(one, other) == 1
    if len(short) < 3 or (long.startswith(short) and long[len(short) :] in _ENDINGS):
        return False
    if short[0] != long[0] and sorted(short[:2]) != sorted(long[:2]):
        return long in (f"a{short}", f"o{short}") and short[0] == "e"
    allowed = 2 if len(short) >= 7 else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _unspaced(words: Sequence[str]) -> bool:
    """Whether all words are single characters of scripts without spaces."""
    return bool(words) and all(CHARACTERS.alone(ord(word[0])) for word in words)


def _bare(word: str) -> str:
    """A word of a script without spaces, without its marks."""
    return "".join(c for c in word if unicodedata.category(c)[0] != "M")


def _encoded(word: str) -> str:
    """The word without characters that are not seen, kashida among them, in the composed form."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", bounded(INVISIBLE.sub("", word)))


def _meaningful(between: str) -> list[str]:
    """The characters that carry meaning: %, £, +, ?, and so on."""
    return [c for c in between if c in _MEANINGFUL or (unicodedata.category(c)[0] == "S" and c not in "`´^¨¸˜")]
