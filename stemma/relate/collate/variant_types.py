"""The types of variants: spacing, typographic, spelling, substantive.

Spacing: white space alone, paragraph breaks among it. Typographic: the shape of quotation marks, dashes, dots, and
punctuation added or left out. Spelling: one word written in another way (misprints, capitals, accents, British and
American forms), or joined, divided or hyphenated. Everything else is substantive: other words, endings that change the
grammar, figures, symbols such as % and £, question and exclamation marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA

from stemma.records import VariantType
from stemma.text import fold

_MEANINGFUL: Final = frozenset("?!%&@#‰؟¿¡")
_ENDINGS: Final = frozenset(("s", "es", "d", "ed", "r", "er", "ing", "ly"))
_HYPHENS: Final = frozenset("-\u2010\u2011\u00ad")


def type_between(base: str, witness: str) -> VariantType:
    """The type of two different strings between the same words: white space and punctuation, no word."""
    bare_base, bare_witness = "".join(base.split()), "".join(witness.split())
    if bare_base == bare_witness:
        return VariantType.SPACING
    if {bare_base, bare_witness} <= _HYPHENS | {""}:
        return VariantType.SPELLING
    if _meaningful(bare_base) != _meaningful(bare_witness):
        return VariantType.SUBSTANTIVE
    return VariantType.TYPOGRAPHIC


def type_of_words(base: Sequence[str], witness: Sequence[str]) -> VariantType:
    """The type of one run of words against another that differs."""
    if not base or not witness:
        return VariantType.SUBSTANTIVE
    if fold("".join(base)) == fold("".join(witness)):
        return VariantType.SPELLING
    if len(base) == len(witness) and all(
        one == other or is_respelling(one, other) for one, other in zip(base, witness, strict=True)
    ):
        return VariantType.SPELLING
    if len(base) + len(witness) <= 3 and is_respelling("".join(base), "".join(witness)):
        return VariantType.SPELLING
    return VariantType.SUBSTANTIVE


def is_respelling(base: str, witness: str) -> bool:
    """Whether two words are one word in two spellings: one character or transposition apart, two in long words.

    Figures are never is_respelling; a plain grammatical ending more is another form, not another spelling.
    """
    one, other = _bare(base), _bare(witness)
    if one == other:
        return True
    if any(char.isdigit() for char in one + other):
        return False
    short, long = sorted((one, other), key=len)
    if len(long) == len(short) == 3:
        return sorted(one) == sorted(other) and OSA.distance(one, other) == 1
    if len(short) < 3 or (long.startswith(short) and long[len(short) :] in _ENDINGS):
        return False
    allowed = 2 if len(short) >= 7 else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _bare(word: str) -> str:
    """The folded word without accents."""
    folded = fold(word)
    if folded.isascii():
        return folded
    return "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))


def _meaningful(between: str) -> list[str]:
    """The characters that carry meaning: %, £, +, ?, and so on."""
    return [
        char
        for char in between
        if char in _MEANINGFUL or (unicodedata.category(char)[0] == "S" and char not in "`´^¨¸˜")
    ]
