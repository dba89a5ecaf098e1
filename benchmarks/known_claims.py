"""When a claim is the one that is known to be right, and when a page holds that one at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]
"""A page with known answers: id, domain, flavour, raw_text, and where known gold_body, gold_title, gold_author,
gold_date, gold_publisher; ``silver_site_name`` is what a site calls itself."""

WORDS: Final = re.compile(r"\w+")
PARTS: Final = re.compile(r"\s*(?:,|;|&|\||/|\band\b|\bund\b|\bet\b)\s*")
MONTHS: Final = "january february march april may june july august september october november december".split()  # noqa: SIM905
ARTICLES: Final = frozenset(["the", "der", "die", "das", "le", "la", "les", "el", "il", "lo", "de", "het"])
ENDINGS: Final = frozenset(
    ["com", "de", "org", "net", "info", "co", "uk", "fr", "ch", "at", "nl", "it", "es", "eu", "news", "tv"]
)


def fold(text: str) -> str:
    """Words in small letters, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(WORDS.findall("".join(one for one in plain if not unicodedata.combining(one))))


def names(value: str | Sequence[str | Sequence[str]]) -> frozenset[str]:
    """Authors as a set of folded names."""
    if isinstance(value, str):
        return frozenset(name for name in map(fold, PARTS.split(value)) if name)
    return frozenset(name for one in value for name in names(one))


def publisher_form(name: str) -> str:
    """What is the same in the usual ways to write a publisher: no article, no spaces, no ending of a host."""
    words = fold(re.sub(r"[_.]", " ", name)).split()
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in ENDINGS:
        words = words[:-1]
    return "".join(words)


def publisher_forms(row: Row) -> frozenset[str]:
    """The names of a publisher that count as right: the known one, what is in its brackets, the site's own."""
    whole = [row[key] for key in ("gold_publisher", "silver_site_name") if row.get(key)]
    parts = [
        part for name in whole for part in (name, re.sub(r"\s*\(.*?\)", "", name), *re.findall(r"\((.+?)\)", name))
    ]
    return frozenset(map(publisher_form, parts)) - {""}


def is_known(field: str, row: Row) -> bool:
    """Whether a row says what is right; of a publisher at least what the site calls itself."""
    return bool(row.get(f"gold_{field}") or (field == "publisher" and row.get("silver_site_name")))


def is_hit(field: str, row: Row, given: Sequence[str]) -> bool:
    """Whether the values of a claim are the known ones."""
    if field == "publisher":
        return publisher_form(given[0]) in publisher_forms(row)
    gold = row[f"gold_{field}"]
    if field == "author":
        return names(gold) == names(given)
    return bool(given[0][:10] == gold if field == "date" else fold(given[0]) == fold(gold))


def is_answerable(field: str, row: Row) -> bool:
    """Whether the known value can be read in the raw text at all."""
    raw = row["raw_text"]
    if field == "publisher":
        joined = fold(re.sub(r"[_.]", " ", raw)).replace(" ", "")
        return any(form in joined for form in publisher_forms(row) if len(form) > 2)
    gold = row[f"gold_{field}"]
    if field == "date":
        return re.search(_date_pattern(gold), raw.lower()) is not None
    whole = f" {fold(raw)} "
    return all(f" {name} " in whole for name in names(gold)) if field == "author" else f" {fold(gold)} " in whole


def _date_pattern(iso: str) -> str:
    y, m, d = iso[:4], int(iso[5:7]), int(iso[8:10])
    name = MONTHS[m - 1]
    sept = r"|sept\.?" if m == 9 else ""
    month = rf"(?:{name}|{name[:3]}\.?{sept})"
    th = "(?:st|nd|rd|th)?"
    return "|".join(
        (
            rf"{y}[-/.](?:0?{m})[-/.](?:0?{d})(?!\d)",
            rf"\b0?{d}[-/. ]+0?{m}[-/. ]+(?:{y}|{y[2:]})\b",
            rf"\b0?{m}[-/.]0?{d}[-/.](?:{y}|{y[2:]})\b",
            rf"\b{month} 0?{d}{th},? *(?:at )?{y}",
            rf"\b0?{d}{th}\.?[- ]+(?:of )?{month},?[- ]*{y}",
            rf"{y}[ ,-]+{month}[ -]0?{d}\b",
            rf"{y}年0?{m}月0?{d}日",
        )
    )
