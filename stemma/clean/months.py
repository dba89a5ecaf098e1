"""The month names of :file:`months.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final


def _read() -> Mapping[str, int]:
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(
        files("stemma.clean").joinpath("months.toml").read_text(encoding="utf-8")
    )
    names: dict[str, int] = {}
    for table in tables.values():
        for language, months in table.items():
            for number, spellings in enumerate(months, start=1):
                for name in spellings.split("|"):
                    if names.setdefault(name, number) != number:
                        raise ValueError(f"months.toml: {language}: {name!r} is two different months")
    return MappingProxyType(names)


MONTHS: Final = _read()
"""Month numbers by name, lower case, without a full stop."""
