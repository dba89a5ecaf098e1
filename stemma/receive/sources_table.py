"""content/sources.csv: what the collector knows of a file and the file does not say."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stemma.dates import is_day
from stemma.files import read_bounded
from stemma.markdown import safe_link
from stemma.problems import nearest
from stemma.records import Problem, Severity

LARGEST: Final = 256 * 1024 * 1024
"""Bytes of the table beyond which it is refused: a million rows need less."""
COLUMNS = ("path", "original_url", "received_on", "received_from")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the collector notes on one file; an empty text where the collector says nothing."""

    original_url: str
    received_on: str
    received_from: str


def read(path: Path) -> tuple[Mapping[str, Provenance], tuple[Problem, ...]]:
    """Path below content/raw -> provenance. A damaged table is an error, a bad date or address a warning a line."""
    where = path.name
    try:
        rows = list(csv.DictReader(io.StringIO(read_bounded(path, LARGEST).decode("utf-8-sig")), strict=True))
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return {}, (Problem(Severity.ERROR, where, f"cannot be read: {error}", "Correct the table"),)
    uneven = next((number for number, row in enumerate(rows, 2) if None in row), None)
    if uneven:
        remedy = "Put a cell that holds a comma in quotes"
        return {}, (Problem(Severity.ERROR, where, "this row has more cells than the first", remedy, uneven),)
    unknown = sorted({str(key) for row in rows for key in row} - set(COLUMNS))
    if unknown or (rows and "path" not in rows[0]):
        return {}, (
            Problem(
                Severity.ERROR,
                where,
                f"unknown column {unknown[0]!r}" if unknown else "no column path",
                nearest(unknown[0] if unknown else "path", COLUMNS),
                1,
            ),
        )
    table: dict[str, Provenance] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows, 2):
        given = {key: (row.get(key) or "").strip() for key in COLUMNS}
        if given["received_on"] and not is_day(given["received_on"]):
            what = f"{given['received_on']!r} is not a date"
            problems.append(Problem(Severity.WARNING, where, what, "Write it as 2017-11-02", number))
            given["received_on"] = ""
        if given["original_url"] and not safe_link(given["original_url"]):
            what = f"{given['original_url']!r} is not a web address"
            problems.append(Problem(Severity.WARNING, where, what, "Begin it with https://", number))
            given["original_url"] = ""
        table[given["path"]] = Provenance(*(given[key] for key in COLUMNS[1:]))
    return table, tuple(problems)


def unknown_paths(provenance: Mapping[str, Provenance], paths: Collection[str], where: str) -> tuple[Problem, ...]:
    """A warning for every row whose file is not there."""
    return tuple(
        Problem(Severity.WARNING, where, f"there is no raw/{path}", "Correct the path or delete the row")
        for path in provenance
        if path not in paths
    )
