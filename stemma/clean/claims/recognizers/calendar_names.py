"""Names of months and weekdays: those of CLDR (:file:`calendar_names.toml`) and other usual spellings."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_Table = Mapping[str, list[str]]


def _read(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


_CLDR: Final = _read("calendar_names.toml")
_USUAL: Final = _read("months.toml")


def _spellings(table: _Table) -> Iterator[tuple[str, int]]:
    for language, names in table.items():
        for number, spellings in enumerate(names, start=1):
            for name in spellings.split("|"):
                yield name, number
                if "ı" in name:
                    yield name.replace("ı", "i"), number
                if language == "he":
                    yield f"ב{name}", number


def _names(*tables: _Table) -> Mapping[str, int]:
    """Numbers by name; a name that languages give to different numbers is left out."""
    found: dict[str, set[int]] = defaultdict(set)
    for table in tables:
        for name, number in _spellings(table):
            found[name].add(number)
    return MappingProxyType({name: min(numbers) for name, numbers in found.items() if len(numbers) == 1})


MONTHS: Final = _names(_CLDR["months"], *_USUAL.values())
"""Month numbers by name, in small letters, without full stops."""
PERSIAN_MONTHS: Final = _names(_CLDR["persian"])
"""Months of the solar Hijri calendar by name."""
WEEKDAYS: Final = MappingProxyType(
    {name: number - 1 for name, number in _names(_CLDR["weekdays"]).items() if len(name) > 2 or not name.isascii()}
)
"""Weekdays from 0, Monday, by name; names of two Latin letters are other words too."""
