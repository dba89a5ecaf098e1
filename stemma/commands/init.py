"""``stemma init``: the folder of a new archive, with the program it is built with."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stemma.commands import wheel
from stemma.packaged import SKELETON
from stemma.problems import BuildFailed, shown
from stemma.records import Problem, Severity
from stemma.settings import Settings
from stemma.settings import read as read_settings

PROGRAM: Final = "program"
"""The folder of an archive that holds the wheel it is built with."""
_NOT_COPIED: Final = ("requirements.txt", "content/archive.toml", "version-0.1.0.txt")
_QUESTIONS: Final = {"title": "Title of the archive", "address": "Web address the site will have (https://…/)"}


@dataclass(frozen=True, slots=True)
class NewArchive:
    """What ``stemma init`` writes: where, and the settings already known (key of archive.toml -> value)."""

    folder: Path
    settings: tuple[tuple[str, str], ...]


def init(new: NewArchive, ask: Callable[[str], str] | None, say: Callable[[str], None]) -> None:
    """Write a new archive. ``ask`` puts a question, None where nobody is there to answer.

    Raises BuildFailed where a file of an archive is already there, a setting is wrong, or a folder cannot be written.
    """
    files = {"content/archive.toml": b"", **dict(skeleton()), **program()}
    taken = sorted(path for path in files if (new.folder / path).exists())
    if taken:
        what = f"there is already {taken[0]}" + (
            f", and {len(taken) - 1} more files of an archive" if taken[1:] else ""
        )
        raise _failure(new.folder, what, "Name a folder that holds no archive")
    known = dict(new.settings)
    for key, question in _QUESTIONS.items():
        if ask and key not in known and (answer := ask(f"{question}, or nothing to set it later: ").strip()):
            known[key] = answer
    files["content/archive.toml"] = settings_file(known)
    try:
        for path, data in files.items():
            place = new.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise _failure(Path(error.filename or new.folder), what, "Name another folder") from error
    _, problems = read_settings(Settings(content=new.folder / "content", config=new.folder / "content/archive.toml"))
    for line in _next_steps(new.folder):
        say(line)
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    if wrong:
        raise BuildFailed(wrong)


def skeleton() -> Iterator[tuple[str, bytes]]:
    """Path below the archive -> bytes, of every file that is the same in each new archive."""
    for path in sorted(SKELETON.rglob("*")):
        name = path.relative_to(SKELETON).as_posix()
        if path.is_file() and "__pycache__" not in name and name not in _NOT_COPIED:
            yield ".gitignore" if name == "gitignore" else name, path.read_bytes()


def program() -> Mapping[str, bytes]:
    """The program's wheel, and the requirements that pin it and its libraries by their hashes."""
    name, data = wheel.rebuilt()
    pinned = (SKELETON / "requirements.txt").read_bytes()
    head = (
        "# The program, from the wheel in this archive, and its libraries: each is installed only if its hash fits.\n"
        "# Run in the archive's folder: python -m pip install --require-hashes -r requirements.txt\n"
        f"./{PROGRAM}/{name} --hash=sha256:{hashlib.sha256(data).hexdigest()}\n"
    )
    return {f"{PROGRAM}/{name}": data, "requirements.txt": head.encode() + pinned}


def settings_file(known: Mapping[str, str]) -> bytes:
    """archive.toml with a commented line for each setting, and those that are known set."""
    text = (SKELETON / "content/archive.toml").read_text("utf-8")
    for key, value in known.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        text = re.sub(rf"(?m)^#{key} = .*$", line.replace("\\", r"\\"), text)
    return text.encode()


def _failure(where: Path, what: str, remedy: str) -> BuildFailed:
    return BuildFailed([Problem(Severity.ERROR, shown(where), what, remedy)])


def _next_steps(folder: Path) -> Iterator[str]:
    place = shown(folder)
    yield f"Wrote a new archive to {place}."
    yield f"Next: put .txt files into {place}/content/raw, set title and address in {place}/content/archive.toml, then"
    if folder.resolve() != Path.cwd():
        yield f"  cd {place}"
    yield "  stemma build"
