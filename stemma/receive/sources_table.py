"""content/sources.csv: what the collector knows of a file and the file does not say."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stemma.dates import is_day
from stemma.files import read_bounded
from stemma.markdown import safe_link
from stemma.problems import nearest, not_utf8
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
        table_rows = csv.DictReader(io.StringIO(read_bounded(path, LARGEST).decode("utf-8-sig")), strict=True)
        rows = list(table_rows)
    except FileNotFoundError:
        return {}, ()
    except UnicodeDecodeError as error:
        return {}, (not_utf8(where, error),)
    except (OSError, csv.Error) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        return {}, (Problem(Severity.ERROR, where, what, "Correct the table"),)
    uneven = next((number for number, row in enumerate(rows, 2) if None in row), None)
    if uneven:
        remedy = "Put a cell that holds a comma in quotes"
        return {}, (Problem(Severity.ERROR, where, "this row has more cells than the first", remedy, uneven),)
    wrong = _wrong_columns(table_rows.fieldnames or ())
    if wrong:
        return {}, (Problem(Severity.ERROR, where, *wrong, 1),)
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


def _wrong_columns(names: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with the first line, and what to do; None where nothing is."""
    unknown = [name for name in names if name not in COLUMNS]
    if not unknown:
        return ("no column path", "Begin the first line with path") if names and "path" not in names else None
    if any(";" in name or "\t" in name for name in unknown):
        return "the cells are not separated by commas", "Separate them by commas: " + ",".join(COLUMNS)
    if "path" not in names:
        return "the first line does not name the columns", "Begin the table with the line " + ",".join(COLUMNS)
    return f"unknown column {unknown[0]!r}", nearest(unknown[0], COLUMNS)


def unknown_paths(provenance: Mapping[str, Provenance], paths: Collection[str], where: str) -> tuple[Problem, ...]:
    """A warning for every row whose file is not there."""
    return tuple(
        Problem(Severity.WARNING, where, f"there is no raw/{path}", "Correct the path or delete the row")
        for path in provenance
        if path not in paths
    )
