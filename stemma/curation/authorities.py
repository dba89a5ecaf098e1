"""content/publishers.toml -> authority records."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from stemma.files import read_toml
from stemma.problems import nearest, unreadable
from stemma.records import Problem, Publisher, Severity

_HOST: Final = re.compile(r"(?:[a-z]+:)?(?://)?(?:www\.)?([^/:?#]*)(?:[:/?#].*)?", re.IGNORECASE)
_FOLDER: Final = re.compile(r"^(?:\./)?/?(?:content/)?(?:raw/)?")
_ONE_RECORD: Final = "The first is used: delete it from the other, or make one of the two"
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
            named = entry.get("name") if isinstance(entry, dict) else None
            which = f"publisher {number}" + (f" ({named})" if isinstance(named, str) and named.strip() else "")
            problems.append(_problem(path, f"{which}: {wrong[0]}", wrong[1]))
            continue
        lists = {key: tuple(value) for key, value in _renamed(entry).items() if key != "name"}
        for key, form in _FORMS.items():
            lists[key] = tuple(filter(None, map(form, lists.get(key, ()))))
        records.append(Publisher(" ".join(entry["name"].split()), **lists))
    shared = (Problem(Severity.WARNING, path.name, what, _ONE_RECORD) for what in _shared(records))
    return tuple(records), (*problems, *shared)


def unused_folders(publishers: Iterable[Publisher], paths: Iterable[str], where: str) -> tuple[Problem, ...]:
    """A warning for each folder of a record in which no raw file lies."""
    known = {parent for path in paths for parent in _above(path)}
    named = [(one.name, folder) for one in publishers for folder in one.folders if folder not in known]
    return tuple(
        Problem(Severity.WARNING, where, f"{name}: there is no file below raw/{folder}", _meant(folder, known))
        for name, folder in named
    )


def _meant(folder: str, known: Iterable[str]) -> str:
    by_spelling = {one.casefold(): one for one in sorted(known)}
    close = get_close_matches(folder.casefold(), by_spelling, n=1, cutoff=0.8)
    return f"Did you mean {by_spelling[close[0]]!r}?" if close else "Correct or delete it"


def _above(path: str) -> Iterator[str]:
    """The folders that a file lies in, the innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _name(text: str) -> str:
    return " ".join(text.split())


def _host(text: str) -> str:
    """The host of an address, or what is written as one."""
    return _HOST.sub(r"\1", text.strip()).rstrip(".").casefold()


def _folder(text: str) -> str:
    return _FOLDER.sub("", text.strip().replace("\\", "/")).strip("/")


_FORMS: Final = {"other_names": _name, "hosts": _host, "folders": _folder}
"""How the values of a key are written that may be written in several ways."""


def _shared(records: Iterable[Publisher]) -> Iterator[str]:
    """What two records claim for their own: a name, a host or a folder."""
    owners: dict[tuple[str, str], str] = {}
    for one in records:
        claimed = [("name", name) for name in dict.fromkeys(map(str.casefold, (one.name, *one.other_names)))]
        claimed += [("host", host.casefold()) for host in dict.fromkeys(one.hosts)]
        claimed += [("folder", folder) for folder in dict.fromkeys(one.folders)]
        for key in claimed:
            if key in owners:
                yield f"the {key[0]} {key[1]!r} is in two records, of {owners[key]!r} and {one.name!r}"
            owners.setdefault(key, one.name)


def _renamed(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {FORMER_KEYS.get(key, key): value for key, value in entry.items()}


def _problem(path: Path, what: str, remedy: str) -> Problem:
    return Problem(Severity.ERROR, path.name, what, remedy)


def _wrong(entry: object) -> tuple[str, str] | None:
    """What is wrong with a record, and what to do about it."""
    if not isinstance(entry, dict):
        return "is no record", 'Write [[publisher]] on a line, and name = "…" below it'
    if len(_renamed(entry)) < len(entry):
        return "boilerplate is given twice, once by its former name furniture", "Make one list of the two"
    for key, value in _renamed(entry).items():
        if key not in KEYS:
            return f"unknown key {key!r}", nearest(key, KEYS)
        if key != "name" and (not isinstance(value, list) or any(not isinstance(one, str) for one in value)):
            shown = value if isinstance(value, str) else "…"
            return f"{key} must be a list of texts", f'Write {key} = ["{shown}"]'
    name = entry.get("name")
    return None if isinstance(name, str) and name.strip() else ("has no name", 'Add a line name = "…"')
