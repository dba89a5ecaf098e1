"""``stemma upgrade``: put this version of the program into an archive, after saying what will change.

What the curator wrote is never touched: raw files, pages, tables, templates, settings. A file that came with the former
program is replaced only where it is exactly as it came.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stemma import __version__, checksums
from stemma.commands import changes, init
from stemma.files import write_whole
from stemma.packaged import SKELETON, TEMPLATES
from stemma.problems import BuildFailed, shown
from stemma.records import Problem, Severity
from stemma.report import Report
from stemma.settings import Settings

MAX_LISTED: Final = 10
"""Paths named on a line; of more, the number is given."""
_WHEEL: Final = re.compile(r"stemma_archive-([^-]+)-[^/]+\.whl")


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What ``stemma upgrade`` brings up to date, and how far it goes."""

    folder: Path
    dry_run: bool
    delete: bool


@dataclass(frozen=True, slots=True)
class Former:
    """The program an archive was built with: its version, and the hash of each of its files as it came.

    ``clone``: the archive lies in a clone of the program, as those of version 0.1.0 did; else it carries a wheel.
    ``files`` are by their path in the archive, templates below ``templates/``.
    """

    version: str
    files: Mapping[str, str]
    clone: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upgrade writes, moves and deletes, and what it leaves: paths below the archive."""

    write: Mapping[str, bytes]
    settings: str
    delete: tuple[str, ...]
    leftover: tuple[str, ...]
    kept: tuple[str, ...]
    outdated: tuple[str, ...]


def upgrade(wanted: Upgrade, settings: Settings, report: Report) -> None:
    """Say what will change, then change it unless it is a dry run. Raises BuildFailed where nothing can be done."""
    former = _former(wanted.folder)
    plan = _plan(wanted.folder, former)
    report.say(f"Upgrade of {shown(wanted.folder)} from {former.version} to {__version__}.")
    place = replace(settings, content=wanted.folder / "content", site=wanted.folder / "site")
    for line in (*changes.found(place, report), *_described(plan)):
        report.say(line)
    if wanted.dry_run:
        report.say("Nothing was written: this was a dry run.")
        return
    try:
        _carry_out(wanted, plan)
    except OSError as error:
        raise _failure(Path(error.filename or wanted.folder), f"cannot be written: {error.strerror}") from error
    report.say("Upgraded. Next: python -m pip install --require-hashes -r requirements.txt, then python build.py.")
    if plan.leftover and not wanted.delete:
        report.say("Before the next build, delete the former program's files: run stemma upgrade --delete")


def other_version(folder: Path) -> tuple[Problem, ...]:
    """A warning where an archive is to be built with another version of the program than the one it carries."""
    found = [match[1] for path in (folder / init.PROGRAM).glob("*.whl") if (match := _WHEEL.fullmatch(path.name))]
    if not found or __version__ in found:
        return ()
    what = f"this archive is built with Stemma {found[-1]}, and this is {__version__}"
    return (Problem(Severity.WARNING, init.PROGRAM, what, "Use its own environment, or run stemma upgrade"),)


def _carry_out(wanted: Upgrade, plan: Plan) -> None:
    folder = wanted.folder
    for path, data in plan.write.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / path, data)
    if plan.settings == "move":
        (folder / "archive.toml").rename(folder / "content/archive.toml")
    for path in (*plan.delete, *(plan.leftover if wanted.delete else ())):
        (folder / path).unlink(missing_ok=True)
    if wanted.delete:
        for top in sorted({path.partition("/")[0] for path in plan.leftover}):
            _remove_empty(folder / top)


def _remove_empty(folder: Path) -> None:
    """Remove the folders, this one and those below it, that hold nothing but what Python compiled."""
    places = [place for place in (folder, *folder.rglob("*")) if place.is_dir()]
    for place in sorted(places, reverse=True):
        if place.name == "__pycache__":
            shutil.rmtree(place)
        elif not any(place.iterdir()):
            place.rmdir()


def _former(folder: Path) -> Former:
    """The program an archive was built with. Raises BuildFailed where the folder holds no archive."""
    if not (folder / "content").is_dir():
        raise _failure(folder, "holds no archive: there is no folder content", "Name an archive's folder")
    wheels = sorted(path for path in (folder / init.PROGRAM).glob("*.whl") if _WHEEL.fullmatch(path.name))
    if wheels:
        return _from_wheel(wheels[-1])
    clone = _clone(folder)
    if clone is None:
        what = "carries no program: neither program/ with its wheel, nor a clone of version 0.1.0"
        raise _failure(folder, what, "Make a new archive with stemma init and copy content/ into it")
    return clone


def _clone(folder: Path) -> Former | None:
    """The program whose clone a folder is, None where it is none of a version whose files are known."""
    project = folder / "pyproject.toml"
    found = re.search(r'(?m)^version = "([^"]+)"', project.read_text("utf-8")) if project.is_file() else None
    listed = SKELETON / f"version-{found[1]}.txt" if found else None
    if found is None or listed is None or not listed.is_file():
        return None
    lines = (checksums.parse_line(line) for line in listed.read_text("utf-8").split("\n"))
    return Former(found[1], dict(filter(None, lines)), clone=True)


def _from_wheel(path: Path) -> Former:
    try:
        with zipfile.ZipFile(path) as wheel:
            named = {
                re.sub(r"^stemma/(?=templates/)|^stemma/skeleton/", "", name): wheel.read(name)
                for name in wheel.namelist()
                if name.startswith(("stemma/templates/", "stemma/skeleton/"))
            }
    except (OSError, zipfile.BadZipFile) as error:
        raise _failure(path, f"cannot be read: {error}", "Restore it from an earlier version of the archive") from error
    version = _WHEEL.fullmatch(path.name)
    files = {".gitignore" if name == "gitignore" else name: _sha256(data) for name, data in named.items()}
    return Former(version[1] if version else "", files, clone=False)


def _plan(folder: Path, former: Former) -> Plan:
    write = dict(init.program())
    kept = []
    for path, data in init.skeleton():
        place = folder / path
        if path.startswith(("content/", "templates/")) or (not former.clone and not place.exists()):
            continue
        if not place.exists() or _as_it_came(place, path, former):
            write[path] = data
        elif place.read_bytes() != data:
            kept.append(path)
    wheels = [path for path in (folder / init.PROGRAM).glob("*.whl") if _WHEEL.fullmatch(path.name)]
    old = tuple(path.relative_to(folder).as_posix() for path in wheels)
    same = [path for path, data in write.items() if (folder / path).is_file() and (folder / path).read_bytes() == data]
    leftover = tuple(sorted(_leftover(folder, write)))
    return Plan(
        {path: data for path, data in write.items() if path not in same},
        _settings(folder, former),
        tuple(path for path in old if path not in write),
        leftover,
        tuple(kept),
        tuple(_outdated(folder, former)),
    )


def _settings(folder: Path, former: Former) -> str:
    """What becomes of an archive.toml beside content/: "move", "sample" where it is the sample's, or "" for nothing."""
    place = folder / "archive.toml"
    if not former.clone or not place.is_file() or (folder / "content/archive.toml").exists():
        return ""
    return "sample" if _as_it_came(place, "archive.toml", former) else "move"


def _leftover(folder: Path, write: Mapping[str, bytes]) -> Iterator[str]:
    """Files of a clone that are the former program's own, exactly as they came, and not written anew."""
    clone = _clone(folder)
    for path in clone.files if clone else ():
        if clone and path not in write and _as_it_came(folder / path, path, clone):
            yield path


def _outdated(folder: Path, former: Former) -> Iterator[str]:
    """Own templates and static files in place of ones of the program that have changed since."""
    for place in sorted((folder / "templates").rglob("*")):
        path = place.relative_to(folder).as_posix()
        if not place.is_file() or path not in former.files or path == "templates/README.md":
            continue
        if not (former.clone and _as_it_came(place, path, former)):
            now = TEMPLATES / place.relative_to(folder / "templates")
            if not now.is_file() or _sha256(now.read_bytes()) != former.files[path]:
                yield path


def _as_it_came(place: Path, path: str, former: Former) -> bool:
    return place.is_file() and path in former.files and _sha256(place.read_bytes()) == former.files[path]


def _described(plan: Plan) -> Iterator[str]:
    yield f"Writes: {_listed(sorted(plan.write)) or 'nothing'}."
    if plan.delete:
        yield f"Deletes: {_listed(plan.delete)}."
    if plan.settings == "move":
        yield "Moves: archive.toml to content/archive.toml."
    if plan.settings == "sample":
        yield "Does not take over: archive.toml, which is the sample's. Write content/archive.toml for this archive."
    if plan.kept:
        yield f"Leaves what you changed: {_listed(plan.kept)}. Compare them with those stemma init writes."
    if plan.outdated:
        yield f"Templates of yours that are older than what they replace: {_listed(plan.outdated)}. Compare each."
    if plan.leftover:
        yield f"Files of the clone that may be deleted: {len(plan.leftover):,}, {_folders(plan.leftover)}."


def _listed(paths: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(paths) - MAX_LISTED:,} more" if len(paths) > MAX_LISTED else ""
    return ", ".join(paths[:MAX_LISTED]) + more


def _folders(paths: tuple[str, ...]) -> str:
    """Paths, those in a folder together as one entry with its number."""
    tops: dict[str, int] = {}
    for path in paths:
        top, slash, _ = path.partition("/")
        tops[top + slash] = tops.get(top + slash, 0) + 1
    return ", ".join(f"{top} ({count:,})" if top.endswith("/") else top for top, count in sorted(tops.items()))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _failure(where: Path, what: str, remedy: str = "") -> BuildFailed:
    return BuildFailed([Problem(Severity.ERROR, shown(where), what, remedy)])
