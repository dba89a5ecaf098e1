"""content/publishers.toml -> authority records."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stemma.files import read_toml
from stemma.problems import nearest, unreadable
from stemma.records import Problem, Publisher, Severity

KEYS = ("name", "other_names", "hosts", "folders", "boilerplate")
"""The keys of a publisher, in the order of the record's attributes."""
FORMER_KEYS = {"furniture": "boilerplate"}
"""Keys of version 0.1.0 and what they are now: still read."""


def read(path: Path) -> tuple[tuple[Publisher, ...], tuple[Problem, ...]]:
    """The publishers in the order of the file; none where there is no file. Anything wrong is an error."""
    try:
        table = read_toml(path)
    except FileNotFoundError:
        return (), ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return (), (unreadable(path, error, path.name),)
    records: list[Publisher] = []
    problems = [
        _problem(path, f"unknown key {key!r}", nearest(key, ["publisher"])) for key in table if key != "publisher"
    ]
    entries = table.get("publisher", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        wrong = _wrong(entry)
        if wrong:
            problems.append(_problem(path, f"publisher {number}: {wrong}", "See docs/curating.md"))
            continue
        lists = {key: tuple(map(str, value)) for key, value in _renamed(entry).items() if key != "name"}
        lists["folders"] = tuple(folder.strip("/").removeprefix("raw/") for folder in lists.get("folders", ()))
        records.append(Publisher(entry["name"], **lists))
    return tuple(records), tuple(problems)


def _renamed(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {FORMER_KEYS.get(key, key): value for key, value in entry.items()}


def _problem(path: Path, what: str, remedy: str) -> Problem:
    return Problem(Severity.ERROR, path.name, what, remedy)


def _wrong(entry: object) -> str:
    if not isinstance(entry, dict):
        return "write it as [[publisher]]"
    if len(_renamed(entry)) < len(entry):
        return "boilerplate is given twice, once by its former name furniture"
    for key, value in _renamed(entry).items():
        if key not in KEYS:
            return f"unknown key {key!r}. {nearest(key, KEYS)}"
        if key != "name" and (not isinstance(value, list) or any(not isinstance(one, str) for one in value)):
            return f"{key} must be a list of texts"
    name = entry.get("name")
    return "" if isinstance(name, str) and name.strip() else "has no name"
