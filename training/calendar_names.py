"""Write stemma/clean/claims/recognizers/calendar_names.toml: names of months and weekdays in 38 languages.

    python -m training.calendar_names

The names are those of CLDR (Unicode Common Locale Data Repository, Unicode License v3) as Babel gives them; Babel is
needed here alone. Names are in small letters, without full stops; an entry may hold several spellings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import babel
from babel.dates import get_day_names, get_month_names

from stemma.clean.claims.recognizers import dates

_CODES: Final = (
    "ar bg bn ca cs da de el en es et fa fi fr hi hu id it ja ko lt lv nb nl pl pt ro ru sk sl sr sv th tr uk"
)
LANGUAGES: Final = (*_CODES.split(), "vi", "zh", "he")
"""Hebrew is last: Babel 2.18 gives its months to every language that is read after it and lacks a name."""
WIDTHS: Final = ("wide", "abbreviated")
CONTEXTS: Final = ("format", "stand-alone")
PERSIAN: Final = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
"""The months of the solar Hijri calendar as Persian writes them, which Babel does not carry."""
Names = Callable[..., Mapping[int, str]]
"""Babel's names by width, context and language."""


def spellings(names: Names, language: str, number: int) -> str:
    """The spellings of one name, the usual one first."""
    found: dict[str, None] = {}
    for width in WIDTHS:
        for context in CONTEXTS:
            name = " ".join(names(width, context, language)[number].lower().replace(".", "").split())
            if len(name) > 1 and not any(character.isdigit() for character in name):
                found[name] = None
    return "|".join(found)


def table(title: str, rows: Mapping[str, list[str]]) -> list[str]:
    """One table of the file; a language whose names are numbers is left out."""
    lines = ["", f"[{title}]"]
    for language, names in rows.items():
        if all(names):
            lines.append(f"{language} = [{', '.join(f'{chr(34)}{name}{chr(34)}' for name in names)}]")
    return lines


def main() -> None:
    """Write the file."""
    months = {code: [spellings(get_month_names, code, number) for number in range(1, 13)] for code in LANGUAGES}
    days = {code: [spellings(get_day_names, code, number) for number in range(7)] for code in LANGUAGES}
    lines = [
        f"# Months and weekdays from CLDR by Babel {babel.__version__}, written by training/calendar_names.py.",
        "# © 1991 onwards Unicode, Inc., under the Unicode License v3 (https://www.unicode.org/license.txt).",
        *table("months", months),
        *table("weekdays", days),
        *table("persian", {"fa": list(PERSIAN)}),
    ]
    Path(dates.__file__).with_name("calendar_names.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
