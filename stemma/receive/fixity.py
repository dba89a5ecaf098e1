"""The register: one line for each received file in sha256sum format. A build reads it; only ``--accept`` writes it.

The raw file of a withdrawn text may be gone: its line is kept as ``# withdrawn HASH  PATH``, a comment to sha256sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stemma import checksums
from stemma.files import write_whole
from stemma.problems import BuildFailed
from stemma.records import Problem, Severity

_WITHDRAWN = "# withdrawn "


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
    """The register from its text; an error for each line that is not one of a register."""
    files: dict[str, str] = {}
    withdrawn: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        entry = checksums.parse_line(line.rstrip("\r").removeprefix(_WITHDRAWN))
        if entry:
            path, sha256 = entry
            (withdrawn if line.startswith(_WITHDRAWN) else files)[path] = sha256
        elif line.strip():
            remedy = "Restore the line from an earlier version of the register"
            problems.append(Problem(Severity.ERROR, where, "not a line of a register", remedy, number))
    return Register(files, withdrawn), tuple(problems)


def formatted(register: Register) -> str:
    """The register as text, sorted by path."""
    lines = [(path, checksums.format_line(path, sha256)) for path, sha256 in register.files.items()]
    lines += [(path, _WITHDRAWN + checksums.format_line(path, sha256)) for path, sha256 in register.withdrawn.items()]
    return "".join(line + "\n" for _, line in sorted(lines))


def differences(register: Register, hashes: Mapping[str, str], withdrawn: Collection[str]) -> Iterator[Problem]:
    """What differs between the register and the files: changed and missing are errors, new and moved are notes.

    ``hashes`` are those of the files present, ``withdrawn`` the paths of texts taken down: such a file may be gone.
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
            what = "a registered file has changed: its hash is not the one in the register"
            yield Problem(Severity.ERROR, where, what, f"Restore it, or {accept.lower()}")
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
    lines: list[str] = []
    for path in sorted({*files, *gone, *hashes}):
        if paths and not any(_below(path, given) for given in paths):
            continue
        before, now = files.get(path) or gone.get(path), hashes.get(path)
        if path in withdrawn and (now or before):
            if path not in gone or (now and now != before):
                lines.append(f"withdrawn  {path}")
            files.pop(path, None)
            gone[path] = now or str(before)
        elif now and now != before:
            lines.append(f"{'changed' if before else 'new'}  {path}")
            files[path] = now
        elif now and path in gone:
            lines.append(f"no longer withdrawn  {path}")
            files[path] = gone.pop(path)
        elif not now and path in files:
            lines.append(f"gone  {path}")
            del files[path]
    return Register(files, gone), tuple(lines)


def _below(path: str, given: str) -> bool:
    return path == given or path.startswith(given.rstrip("/") + "/")


def write(path: Path, register: Register) -> None:
    """Write the register, whole or not at all. Raises BuildFailed where it cannot be written."""
    try:
        write_whole(path, formatted(register).encode("utf-8"))
    except OSError as error:
        what = f"the register cannot be written: {error.strerror}"
        raise BuildFailed([Problem(Severity.ERROR, path.name, what, "Fix the permissions of its folder")]) from error


def record(
    path: Path, hashes: Mapping[str, str], withdrawn: Collection[str], paths: Collection[str]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Accept ``paths`` (all where empty) into the register at ``path`` and write it.

    Gives a line for each thing that was recorded, or the errors that kept it from being written. Raises BuildFailed
    where the file cannot be written.
    """
    register, problems = read(path)
    if problems:
        return (), problems
    known = register or Register({}, {})
    present = {*hashes, *withdrawn, *known.files}
    unknown = [given for given in paths if not any(_below(one, given) for one in present)]
    if unknown:
        what = f"nothing to accept at {unknown[0]!r}"
        return (), (Problem(Severity.ERROR, path.name, what, "Name files or folders by their path below content/raw"),)
    after, lines = accepted(known, hashes, withdrawn, paths)
    write(path, after)
    return lines or ("the register is up to date",), ()


def check(path: Path, hashes: Mapping[str, str], withdrawn: Collection[str]) -> tuple[Problem, ...]:
    """Check the raw files against the register at ``path``; nothing to say where there is no register yet."""
    register, problems = read(path)
    return problems or (tuple(differences(register, hashes, withdrawn)) if register else ())
