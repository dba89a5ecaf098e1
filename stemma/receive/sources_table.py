"""content/sources.csv: what the collector knows of a file, whether or not the file says it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stemma.dates import is_date, is_day
from stemma.files import read_bounded
from stemma.markdown import safe_link
from stemma.problems import nearest, not_utf8
from stemma.records import Field, Problem, Severity

LARGEST: Final = 256 * 1024 * 1024
"""Bytes of the table beyond which it is refused: a million rows need less."""
STATED: Final = (Field.TITLE, Field.AUTHOR, Field.DATE, Field.PUBLISHER, Field.LANGUAGE, Field.TAGS, Field.ORIGINAL_URL)
"""The columns that state something about the text itself."""
COLUMNS: Final = ("path", *(str(field) for field in STATED), "received_on", "received_from")
"""All columns but those of one's own, which begin with :data:`OWN`."""
OWN: Final = "x_"
_DELIMITERS: Final = ",;\t"
_SEPARATORS: Final = {Field.AUTHOR: re.compile(r"[;|]"), Field.TAGS: re.compile(r"[;|,]")}
"""What stands between several values in one cell. A comma may be part of a name: "Orlick, Hanne"."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CHECKS: Final[Mapping[str, tuple[Callable[[str], object], str, str]]] = {
    Field.DATE: (is_date, "a date", "Write it as 2017-11-02, 2017-11, 2017, 1950~ or 1950?"),
    Field.LANGUAGE: (_LANGUAGE.fullmatch, "a language tag", "Write it as en, de or pt-BR"),
    Field.ORIGINAL_URL: (safe_link, "a web address", "Begin it with https://"),
    "received_on": (is_day, "a day", "Write it as 2017-11-02"),
}
"""What a cell must be: the check, its name, and how to write it."""


_TIME: Final = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?$")
"""The time of a day (EDTF level 0, and as spreadsheets write it), which is left out."""
_Row = tuple[int, list[str]]
"""The number of a line and its cells."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the collector notes on one file: what it states, when and where it was received, columns of one's own.

    An empty cell says nothing.
    """

    stated: tuple[tuple[Field, tuple[str, ...]], ...] = ()
    received_on: str = ""
    received_from: str = ""
    own: tuple[tuple[str, str], ...] = ()


def read(path: Path) -> tuple[Mapping[str, Provenance], tuple[Problem, ...]]:
    """Path below content/raw -> provenance. A damaged table is an error, a cell that cannot be used a warning a line.

    Commas, semicolons or tabs part the cells, whichever the first line has most of; UTF-8, or UTF-16 with its mark.
    """
    where = path.name
    try:
        data = read_bounded(path, LARGEST)
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except FileNotFoundError:
        return {}, ()
    except UnicodeDecodeError as error:
        remedy = "Save it as UTF-8; in a spreadsheet the format is called CSV UTF-8"
        return {}, (replace(not_utf8(where, error), remedy=remedy),)
    except OSError as error:
        return {}, (Problem(Severity.ERROR, where, f"cannot be read: {error.strerror}", "Fix its permissions"),)
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)
    rows: list[_Row] = []
    number = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                rows.append((number, row))
            number = reader.line_num + 1
    except csv.Error as error:
        remedy = "Check the double quotes from there on: a value in quotes ends with one, and one inside is doubled"
        return {}, (Problem(Severity.ERROR, where, f"cannot be read: {error}", remedy, number),)
    if not rows:
        return {}, ()
    columns = [cell.strip().casefold() for cell in rows[0][1]]
    wrong = tuple(_wrong_shape(where, columns, rows))
    return ({}, wrong) if wrong else _rows(where, columns, rows[1:])


def _wrong_shape(where: str, columns: Sequence[str], rows: Sequence[_Row]) -> Iterator[Problem]:
    """What makes the whole table unusable."""
    first = rows[0][0]
    if "path" not in columns and not any(column in COLUMNS for column in columns):
        remedy = "Begin the table with the line " + ",".join(COLUMNS)
        yield Problem(Severity.ERROR, where, "the first line does not name the columns", remedy, first)
        return
    for column in columns:
        if column and column not in COLUMNS and not column.startswith(OWN):
            remedy = f"{nearest(column, COLUMNS)} Columns of your own begin with {OWN}"
            yield Problem(Severity.ERROR, where, f"unknown column {column!r}", remedy, first)
        elif column and columns.count(column) > 1:
            yield Problem(Severity.ERROR, where, f"two columns are named {column!r}", "Delete one of them", first)
            return
    if "path" not in columns:
        yield Problem(Severity.ERROR, where, "no column path", "Add one with the paths below content/raw", first)
    for number, row in rows[1:]:
        if any(cell.strip() for cell in row[len(columns) :]):
            remedy = "Put a cell that holds the separator in quotes"
            yield Problem(Severity.ERROR, where, "this row has more cells than the first", remedy, number)
            return


def _rows(
    where: str, columns: Sequence[str], rows: Sequence[_Row]
) -> tuple[Mapping[str, Provenance], tuple[Problem, ...]]:
    table: dict[str, Provenance] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for number, row in rows:
        cells = {column: " ".join(cell.split()) for column, cell in zip(columns, row, strict=False) if column}
        path = unicodedata.normalize("NFC", cells.get("path", "").replace("\\", "/"))
        if not path:
            problems.append(
                Problem(Severity.WARNING, where, "this row names no path", "Add it, or delete the row", number)
            )
            continue
        cells[Field.DATE] = _TIME.sub("", cells.get(Field.DATE, ""))
        for key, (check, name, remedy) in _CHECKS.items():
            given = cells.get(key, "")
            if given and not check(given):
                problems.append(Problem(Severity.WARNING, where, f"{given!r} is not {name}", remedy, number))
                cells[key] = ""
        if path in table:
            what = f"{path} has two rows, this and line {lines[path]}"
            problems.append(Problem(Severity.ERROR, where, what, "Make one of the two", number))
        table[path] = _provenance(cells)
        lines[path] = number
    return table, tuple(problems)


def _provenance(cells: Mapping[str, str]) -> Provenance:
    stated = []
    for field in STATED:
        given = cells.get(str(field), "")
        parts = _SEPARATORS[field].split(given) if field in _SEPARATORS else [given]
        values = tuple(filter(None, (part.strip() for part in parts)))
        if values:
            stated.append((field, values))
    own = tuple((key, value) for key, value in sorted(cells.items()) if key.startswith(OWN) and value)
    return Provenance(tuple(stated), cells.get("received_on", ""), cells.get("received_from", ""), own)


def of_path(table: Mapping[str, Provenance], path: str) -> Provenance:
    """The row of a file, which a spreadsheet may have composed (NFC) where the file system has not."""
    return table.get(path) or table.get(unicodedata.normalize("NFC", path)) or Provenance()


def unknown_paths(table: Mapping[str, Provenance], paths: Collection[str], where: str) -> tuple[Problem, ...]:
    """A warning for every row whose file is not there; with the file that is meant, where only the spelling differs."""
    present = {unicodedata.normalize("NFC", path) for path in paths}
    absent = [path for path in table if path not in present]
    meant = {path.casefold(): path for path in sorted(present)} if absent else {}
    return tuple(
        Problem(Severity.WARNING, where, f"there is no raw/{path}", _path_remedy(meant.get(_bare(path), "")))
        for path in absent
    )


def _bare(path: str) -> str:
    return path.casefold().removeprefix("./").removeprefix("content/").removeprefix("raw/")


def _path_remedy(meant: str) -> str:
    return f"Write the path as {meant}" if meant else "Correct the path or delete the row"
