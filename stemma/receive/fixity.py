"""Raw files held against the register: what changed, what is missing, and what was withdrawn and has returned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stemma.problems import BuildFailed, errors
from stemma.receive.ids import identify
from stemma.receive.register import Register, read, write
from stemma.records import Problem, Severity

_ACCEPT = "Run with --accept to record it"


@dataclass(frozen=True, slots=True)
class RawFiles:
    """The raw files as they are, and what the pages say of them.

    ``hashes`` is path -> SHA-256 of every file that is there. ``withdrawn`` is path -> SHA-256 (empty where nobody
    knows it) of every text whose page takes it down, whether its file is there or not. ``paged`` are the paths that
    pages name.
    """

    hashes: Mapping[str, str]
    withdrawn: Mapping[str, str]
    paged: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a person asks to be recorded: ``paths`` below content/raw (all where empty), withdrawals to ``lift``."""

    paths: tuple[str, ...] = ()
    lift: tuple[str, ...] = ()


def differences(register: Register, raw: RawFiles) -> Iterator[Problem]:
    """What differs between the register and the files.

    Changed, missing and returned files are errors; a file that only a page knows is a warning; new and moved files are
    notes. Before anything was accepted, no file is new.
    """
    known = {**register.files, **register.withdrawn}
    new = {sha256: path for path, sha256 in sorted(raw.hashes.items(), reverse=True) if path not in known}
    for path, sha256 in sorted(known.items()):
        where = f"raw/{path}"
        if path not in raw.hashes:
            if path in register.files and path not in raw.withdrawn:
                yield _missing(where, new.get(sha256, ""))
        elif raw.hashes[path] != sha256:
            what = "a registered file has changed: its hash is not the one in the register"
            yield Problem(Severity.ERROR, where, what, f"Restore it, or {_ACCEPT.lower()}")
    yield from returned(register, raw)
    if register.files:
        yield from (_unlisted(path, raw) for path in sorted(raw.hashes) if path not in known)


def _unlisted(path: str, raw: RawFiles) -> Problem:
    if path in raw.paged and path not in raw.withdrawn:
        what = "a page knows it and the register does not list it: it is new, or its line was lost"
        return Problem(Severity.WARNING, f"raw/{path}", what, f"{_ACCEPT}, or restore the register")
    return Problem(Severity.NOTE, f"raw/{path}", "not in the register yet", _ACCEPT)


def _missing(where: str, moved_to: str) -> Problem:
    if moved_to:
        return Problem(Severity.NOTE, where, f"moved to raw/{moved_to}", _ACCEPT)
    return Problem(Severity.ERROR, where, "a registered file is missing", f"Restore it, or {_ACCEPT.lower()}")


def returned(register: Register, raw: RawFiles) -> Iterator[Problem]:
    """An error for each file that was withdrawn, by its path or its bytes, and that no page takes down any more."""
    paths = {sha256: path for path, sha256 in sorted(register.withdrawn.items(), reverse=True)}
    for path, sha256 in sorted(raw.hashes.items()):
        if path in raw.withdrawn:
            continue
        taken_down = path if path in register.withdrawn else paths.get(sha256)
        if taken_down is None:
            continue
        same = taken_down == path
        what = "was withdrawn, and no page takes it down" if same else f"has the bytes of raw/{taken_down}, withdrawn"
        remedy = (
            f"Restore or write its page in pages/ with the lines source: {path} and withdrawn: and the reason; to "
            f"publish it after all, run with --accept --lift-withdrawal {identify(taken_down)}"
        )
        yield Problem(Severity.ERROR, f"raw/{path}", what, remedy)


def accepted(register: Register, raw: RawFiles, paths: Collection[str]) -> tuple[Register, tuple[str, ...]]:
    """The register after accepting ``paths`` (all where empty), and a line for each thing that is recorded.

    A withdrawn text keeps its hash until its withdrawal is lifted; any other file that is gone leaves the register.
    """
    files, gone = dict(register.files), dict(register.withdrawn)
    lines: list[str] = []
    for path in sorted({*files, *gone, *raw.hashes, *raw.withdrawn}):
        if paths and not any(_below(path, given) for given in paths):
            continue
        before, now = files.get(path) or gone.get(path), raw.hashes.get(path)
        if path in raw.withdrawn:
            sha256 = now or before or raw.withdrawn[path]
            if sha256 and gone.get(path) != sha256:
                lines.append(f"withdrawn  {path}")
                files.pop(path, None)
                gone[path] = sha256
        elif now and now != before:
            lines.append(f"{'changed' if before else 'new'}  {path}")
            files[path] = now
        elif not now and path in files:
            lines.append(f"gone  {path}")
            del files[path]
    return Register(files, gone), tuple(lines)


def _below(path: str, given: str) -> bool:
    return path == given or path.startswith(given.rstrip("/") + "/")


def lifted(register: Register, names: Collection[str]) -> tuple[Register, tuple[str, ...], tuple[Problem, ...]]:
    """The register without the withdrawals of ``names`` (ids or paths), a line for each, an error for each unknown."""
    gone = dict(register.withdrawn)
    lines, problems = [], []
    for name in names:
        found = [path for path in gone if name in (path, identify(path))]
        for path in found:
            lines.append(f"no longer withdrawn  {path}")
            del gone[path]
        if not found:
            known = ", ".join(sorted(map(identify, register.withdrawn))) or "none"
            what = f"no withdrawal of {name!r} is recorded"
            problems.append(Problem(Severity.ERROR, "the register", what, f"Recorded withdrawals: {known}"))
    return Register(register.files, gone), tuple(lines), tuple(problems)


def record(path: Path, raw: RawFiles, accept: Acceptance) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Accept raw files into the register at ``path``, lift withdrawals, and write it.

    Gives a line for each thing that was recorded, or the errors that kept it from being written: a damaged register, a
    withdrawn text that has returned, a name nobody knows. Raises BuildFailed where the file cannot be written.
    """
    register, problems = read(path)
    if errors(problems):
        return (), problems
    known, lines, unknown = lifted(register or Register({}, {}), accept.lift)
    present = {*raw.hashes, *raw.withdrawn, *known.files}
    nowhere = [given for given in accept.paths if not any(_below(one, given) for one in present)]
    if nowhere:
        what = f"nothing to accept at {nowhere[0]!r}"
        unknown += (Problem(Severity.ERROR, path.name, what, "Name files or folders by their path below content/raw"),)
    wrong = (*unknown, *returned(known, raw))
    if wrong:
        return (), wrong
    after, recorded = accepted(known, raw, accept.paths)
    write(path, after)
    return (*lines, *recorded) or ("the register is up to date",), ()


def record_withdrawals(path: Path, raw: RawFiles) -> tuple[Problem, ...]:
    """Add to the register what pages take down and it does not record yet: all that a build may write there.

    A register that cannot be written is a warning for each withdrawal it does not hold.
    """
    register, problems = read(path)
    if errors(problems):
        return problems
    known = register or Register({}, {})
    new = {
        name: sha256
        for name, given in raw.withdrawn.items()
        if name not in known.withdrawn and (sha256 := known.files.get(name) or raw.hashes.get(name) or given)
    }
    if new:
        files = {name: sha256 for name, sha256 in known.files.items() if name not in new}
        try:
            write(path, Register(files, {**known.withdrawn, **new}))
        except BuildFailed as failed:
            what = f"its withdrawal cannot be recorded: {failed.problems[0].what}"
            remedy = "Fix the permissions of content/, then build again: until then its page alone keeps it down"
            return tuple(Problem(Severity.WARNING, f"raw/{name}", what, remedy) for name in sorted(new))
    return ()


def check(path: Path, raw: RawFiles) -> tuple[Problem, ...]:
    """Check the raw files against the register at ``path``; nothing to say where there is no register yet."""
    register, problems = read(path)
    return (*problems, *(differences(register, raw) if register and not errors(problems) else ()))
