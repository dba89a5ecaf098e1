"""The register: one line for each received file in sha256sum format, below a line that says whether it is whole.

The raw file of a withdrawn text may be gone: its line is kept as ``# withdrawn HASH  PATH``, a comment to sha256sum, as
is the first line, which gives the number of entries and the SHA-256 of everything below it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stemma import checksums
from stemma.files import read_bounded, write_whole
from stemma.problems import BuildFailed
from stemma.records import Problem, Severity

LARGEST: Final = 1 << 30
"""Bytes of a register beyond which it is refused: ten million files need less."""

_WITHDRAWN: Final = "# withdrawn "
_HEAD: Final = re.compile(r"# register of (\d+) files and (\d+) withdrawn, sha256 of the lines below: ([0-9a-f]{64})")
_RESTORE: Final = "Restore the register from version control or a backup"


@dataclass(frozen=True, slots=True)
class Register:
    """Path -> SHA-256 of every file that was accepted, and of those withdrawn since."""

    files: Mapping[str, str]
    withdrawn: Mapping[str, str]


def read(path: Path) -> tuple[Register | None, tuple[Problem, ...]]:
    """The register, None where there is none yet. A register that is not whole is an error."""
    try:
        text = read_bounded(path, LARGEST).decode("utf-8")
    except FileNotFoundError:
        return None, ()
    except UnicodeDecodeError:
        return None, (Problem(Severity.ERROR, path.name, "the register is not UTF-8", _RESTORE),)
    except OSError as error:
        return None, (Problem(Severity.ERROR, path.name, f"the register cannot be read: {error.strerror}", _RESTORE),)
    return parse(text, path.name)


def parse(text: str, where: str) -> tuple[Register, tuple[Problem, ...]]:
    """The register from its text, and everything by which it is not as it was written.

    A register without a first line of its own, as version 0.1.0 wrote it, is a warning: nothing shows that it is whole.
    """
    text = text.replace("\r\n", "\n")
    head, _, below = text.partition("\n")
    found = _HEAD.fullmatch(head)
    files: dict[str, str] = {}
    withdrawn: dict[str, str] = {}
    problems = []
    for number, line in enumerate((below if found else text).split("\n"), 2 if found else 1):
        entry = checksums.parse_line(line.removeprefix(_WITHDRAWN))
        if entry and entry[0] not in files and entry[0] not in withdrawn:
            (withdrawn if line.startswith(_WITHDRAWN) else files)[entry[0]] = entry[1]
        elif line.strip():
            what = f"raw/{entry[0]} is listed twice" if entry else "not a line of a register"
            problems.append(Problem(Severity.ERROR, where, what, _RESTORE, number))
    register = Register(files, withdrawn)
    if not problems:
        problems.extend(_damage(register, text, found, below, where))
    return register, tuple(problems)


def _damage(register: Register, text: str, head: re.Match[str] | None, below: str, where: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(Severity.ERROR, where, "the register is empty", _RESTORE)
    elif head is None:
        what = "the register has no checksum of its own, so nothing shows that it is whole"
        yield Problem(Severity.WARNING, where, what, "Run with --accept to add one")
    elif (len(register.files), len(register.withdrawn)) != (int(head[1]), int(head[2])):
        what = (
            f"the register lists {len(register.files):,} files and {len(register.withdrawn):,} withdrawn; "
            f"its first line says {int(head[1]):,} and {int(head[2]):,}"
        )
        yield Problem(Severity.ERROR, where, what, _RESTORE, 1)
    elif hashlib.sha256(below.encode("utf-8", "surrogatepass")).hexdigest() != head[3]:
        what = "the register has changed since it was written: its checksum is not the one in its first line"
        yield Problem(Severity.ERROR, where, what, _RESTORE, 1)


def formatted(register: Register) -> str:
    """The register as text, sorted by path, below the line that says whether it is whole."""
    lines = [(path, checksums.format_line(path, sha256)) for path, sha256 in register.files.items()]
    lines += [(path, _WITHDRAWN + checksums.format_line(path, sha256)) for path, sha256 in register.withdrawn.items()]
    below = "".join(line + "\n" for _, line in sorted(lines))
    counts = f"{len(register.files)} files and {len(register.withdrawn)} withdrawn"
    digest = hashlib.sha256(below.encode("utf-8", "surrogatepass")).hexdigest()
    return f"# register of {counts}, sha256 of the lines below: {digest}\n{below}"


def write(path: Path, register: Register) -> None:
    """Write the register, whole or not at all. Raises BuildFailed where it cannot be written."""
    try:
        write_whole(path, formatted(register).encode("utf-8"))
    except OSError as error:
        what = f"the register cannot be written: {error.strerror}"
        raise BuildFailed([Problem(Severity.ERROR, path.name, what, "Fix the permissions of its folder")]) from error
