"""The register: one line a received file in sha256sum format. A build reads it; only ``--accept`` writes it.

A withdrawn text's raw file may be gone: its line is kept as ``# withdrawn HASH  PATH``, a comment to sha256sum.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stemma.files import write_whole
from stemma.problems import BuildFailed
from stemma.records import Problem, Severity

_LINE = re.compile(r"(?P<withdrawn># withdrawn )?(?P<escaped>\\)?(?P<sha256>[0-9a-f]{64}) [ *](?P<path>.+)")


@dataclass(frozen=True, slots=True)
class Register:
    """Path -> SHA-256 of every file that was accepted, and of those withdrawn since."""

    files: Mapping[str, str]
    withdrawn: Mapping[str, str]


def read(path: Path) -> tuple[Register | None, tuple[Problem, ...]]:
    """The register, None where there is none yet. A line that cannot be read is an error."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None, ()
    except (OSError, UnicodeDecodeError) as error:
        return None, (Problem(Severity.ERROR, path.name, f"the register cannot be read: {error}", "Restore it"),)
    return parse(text, path.name)


def parse(text: str, where: str) -> tuple[Register, tuple[Problem, ...]]:
    """The register from its text; an error for each line that is none."""
    files: dict[str, str] = {}
    withdrawn: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _LINE.fullmatch(line.rstrip("\r"))
        if found:
            name = found["path"]
            if found["escaped"]:
                name = re.sub(r"\\(.)", lambda sign: {"n": "\n", "r": "\r"}.get(sign[1], sign[1]), name)
            (withdrawn if found["withdrawn"] else files)[name] = found["sha256"]
        elif line.strip():
            remedy = "Restore the line from an earlier version of the register"
            problems.append(Problem(Severity.ERROR, where, "not a line of a register", remedy, number))
    return Register(files, withdrawn), tuple(problems)


def write(register: Register) -> str:
    """The register as text, sorted by path."""
    lines = [(path, _line(path, sha256)) for path, sha256 in register.files.items()]
    lines += [(path, "# withdrawn " + _line(path, sha256)) for path, sha256 in register.withdrawn.items()]
    return "".join(line + "\n" for _, line in sorted(lines))


def _line(path: str, sha256: str) -> str:
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{chr(92) if escaped != path else ''}{sha256}  {escaped}"


def check(register: Register, hashes: Mapping[str, str], withdrawn: Collection[str]) -> Iterator[Problem]:
    """What differs between the register and the files: changed and missing are errors, new and moved are notes.

    ``hashes`` are those of the files that lie there, ``withdrawn`` the paths whose pages were taken down: such a file
    may be gone.
    """
    known = {**register.files, **register.withdrawn}
    new = {sha256: path for path, sha256 in sorted(hashes.items(), reverse=True) if path not in known}
    accept = "Run with --accept to record it"
    for path, sha256 in sorted(known.items()):
        where = f"raw/{path}"
        if path not in hashes:
            if path in register.files and path not in withdrawn:
                yield _missing(where, new.get(sha256, ""), accept)
        elif hashes[path] != sha256:
            said = "a registered file has changed: its hash is not the one in the register"
            yield Problem(Severity.ERROR, where, said, f"Restore it, or {accept.lower()}")
    for path in sorted(hashes):
        if path not in known:
            yield Problem(Severity.NOTE, f"raw/{path}", "not in the register yet", accept)


def _missing(where: str, moved_to: str, accept: str) -> Problem:
    if moved_to:
        return Problem(Severity.NOTE, where, f"moved to raw/{moved_to}", accept)
    return Problem(Severity.ERROR, where, "a registered file is missing", f"Restore it, or {accept.lower()}")


def accepted(
    register: Register, hashes: Mapping[str, str], withdrawn: Collection[str], paths: Collection[str]
) -> tuple[Register, tuple[str, ...]]:
    """The register after accepting ``paths`` (all where empty), and a line for each thing that is recorded.

    A withdrawn text keeps its hash for ever; any other file that is gone leaves the register.
    """
    files, gone = dict(register.files), dict(register.withdrawn)
    said: list[str] = []
    for path in sorted({*files, *gone, *hashes}):
        if paths and not any(_below(path, given) for given in paths):
            continue
        before, now = files.get(path) or gone.get(path), hashes.get(path)
        if path in withdrawn and (now or before):
            if path not in gone or (now and now != before):
                said.append(f"withdrawn  {path}")
            files.pop(path, None)
            gone[path] = now or str(before)
        elif now and now != before:
            said.append(f"{'changed' if before else 'new'}  {path}")
            files[path] = now
        elif now and path in gone:
            said.append(f"no longer withdrawn  {path}")
            files[path] = gone.pop(path)
        elif not now and path in files:
            said.append(f"gone  {path}")
            del files[path]
    return Register(files, gone), tuple(said)


def _below(path: str, given: str) -> bool:
    return path == given or path.startswith(given.rstrip("/") + "/")


def save(path: Path, register: Register) -> None:
    """Write the register, whole or not at all. Raises BuildFailed where it cannot be written."""
    try:
        write_whole(path, write(register).encode("utf-8"))
    except OSError as error:
        said = f"the register cannot be written: {error.strerror}"
        raise BuildFailed([Problem(Severity.ERROR, path.name, said, "Mend the permissions of content/")]) from error


def hold(
    path: Path, hashes: Mapping[str, str], withdrawn: Collection[str], accept: Collection[str] | None
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Hold the raw files against the register at ``path``; with ``accept`` (paths, or none for all) record them first.

    Gives a line for each thing that was recorded, and every problem. Raises BuildFailed where it cannot be written.
    """
    known, problems = read(path)
    if problems:
        return (), problems
    lines: tuple[str, ...] = ()
    if accept is not None:
        there = {*hashes, *withdrawn, *(known.files if known else ())}
        unknown = [path for path in accept if not any(_below(one, path) for one in there)]
        if unknown:
            said, remedy = (
                f"nothing to accept at {unknown[0]!r}",
                "Name files or folders as they stand below content/raw",
            )
            return (), (Problem(Severity.ERROR, path.name, said, remedy),)
        known, lines = accepted(known or Register({}, {}), hashes, withdrawn, accept)
        save(path, known)
        lines = lines or ("the register is as the files are",)
    return lines, tuple(check(known, hashes, withdrawn)) if known else ()
