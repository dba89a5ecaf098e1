"""Folding: lines and their words in the plain form that rules are compared with, all lines of a page at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from stemma.clean.lines.links import visible

_LEAD: Final = re.compile(r"(?:o (?=\S)|[\s*•·▪◦‣■□●○–—−\-+#>»›→←◄►▶|│┃║═─✓❏]+)+")
_LEADS: Final = frozenset("o *•·▪◦‣■□●○–—−-+#>»›→←◄►▶|│┃║═─✓❏")
"""First characters of :data:`_LEAD`, where every blank is a space."""
_PLAIN: Final = (*zip("’‘′‚‛“”„″‟", "'" * 5 + '"' * 5, strict=True), ("…", "..."), ("\xa0", " "))
"""Quotation marks made straight, and what NFKC would take most of its time for."""
_GAPS: Final = tuple("\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029")
"""Blanks that NFKC does not make a space of."""
_NUMBER: Final = re.compile(r"\d[\d.,:]*(?:[km]\b)?")
_TOKEN: Final = re.compile(r"[^\W\d_]+|#")
_ASCII_GAPS: Final = {code: " " for code in range(128) if not chr(code).isalpha() and chr(code) not in "#\n"}


def fold(line: str) -> str:
    """A line as rules see it: links and emphasis reduced to their text, bullets and frames gone, in small letters.

    Spaces are collapsed, quotation marks straight, full-width forms plain. Linear in the length of the line.
    """
    return fold_all([line.replace("\n", " ")])[0]


def fold_all(lines: Sequence[str]) -> list[str]:
    """Lines as :func:`fold` gives each of them. No line may hold a line feed."""
    whole = plain("\n".join([visible(line) if "](" in line else line for line in lines]))
    for gap in _GAPS:
        if gap in whole:
            whole = whole.replace(gap, " ")
    if "  " in whole:
        whole = "\n".join([" ".join(line.split()) if "  " in line else line for line in whole.split("\n")])
    if "**" in whole or "__" in whole:
        whole = whole.replace("**", "").replace("__", "")
    lines = [
        line[lead.end() :] if line[:1] in _LEADS and (lead := _LEAD.match(line)) else line for line in whole.split("\n")
    ]
    return [line.rstrip(" *_|│┃║").casefold() for line in lines]


def plain(text: str) -> str:
    """Straight quotation marks, and full-width forms and ligatures as their plain equals."""
    if text.isascii():
        return text
    for character, equal in _PLAIN:
        text = text.replace(character, equal)
    return "\n".join([line if line.isascii() else unicodedata.normalize("NFKC", line) for line in text.split("\n")])


def words(folded: str) -> list[str]:
    """The words of a folded line; every number, and every count such as 1.2k, is ``#``."""
    return words_all([folded.replace("\n", " ")])[0]


def words_all(folded: Sequence[str]) -> list[list[str]]:
    """The words of folded lines as :func:`words` gives those of each. No line may hold a line feed."""
    counted = _NUMBER.sub(" # ", "\n".join(folded))
    if counted.isascii():
        return [line.split() for line in counted.translate(_ASCII_GAPS).split("\n")]
    lines = counted.split("\n")
    # Lines of plain letters are the most on most pages, and several times quicker to cut without a pattern.
    ascii_lines = iter("\n".join([line for line in lines if line.isascii()]).translate(_ASCII_GAPS).split("\n"))
    return [next(ascii_lines).split() if line.isascii() else _TOKEN.findall(line) for line in lines]
