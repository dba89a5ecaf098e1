"""The program's own files: where those of archives are, and digests of its parts.

What a stage computes depends on nothing of the program but its modules, all that they import, the data beside those,
and the libraries. So a change elsewhere leaves its records of use.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent
"""The folder of the program's modules."""


def _templates() -> Path:
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent / "templates"


TEMPLATES: Final = _templates()
"""Page templates and static files: inside the package where it is installed, beside it in a working copy."""

SKELETON: Final = PACKAGE / "skeleton"
"""What ``stemma init`` writes; only an installed package has all of it."""

CATALOGUES: Final = PACKAGE / "publish" / "wording" / "catalogues"
"""The site's own words in other languages than English: gettext catalogues, compiled."""

LIBRARIES: Final = (
    "chardet", "ftfy", "jinja2", "markdown-it-py", "msgspec", "numpy", "pagefind-bin", "python-frontmatter", "pyyaml",
    "rapidfuzz", "rich", "watchfiles", "xxhash",
)  # fmt: skip
"""The libraries of the program, whose versions are part of every digest."""

_DIGEST_BYTES: Final = 16
_IMPORT: Final = re.compile(rb"^(?:from (stemma[\w.]*) import (\([^)]*\)|.*)|import (stemma[\w.]*))", re.MULTILINE)
_OF_ARCHIVES: Final = ("templates/", "skeleton/")
_WORD: Final = re.compile(r"\w+")


@once
def program_digest() -> bytes:
    """A digest of all files of the program, and of the versions of its libraries."""
    return _digest(sorted(_files()))


@once
def part_digest(module: str) -> bytes:
    """A digest of a module of the program, of all that it imports, and of the data that lies beside these."""
    return _digest(part(module))


def part(module: str) -> list[str]:
    """The files of a module, of all modules of the program that it imports, and of the data beside these, sorted.

    What a new archive begins with belongs to no module, nor do templates: an archive has its own.
    """
    modules = set(_reached(module).values())
    folders = {name.rpartition("/")[0] for name in modules}
    data = (name for name in _files() if not name.endswith(".py") and not name.startswith(_OF_ARCHIVES))
    return sorted(modules.union(name for name in data if _folder(name) in folders))


def _reached(module: str) -> Mapping[str, str]:
    """A module and all modules of the program that are imported with it, each with the name of its file."""
    known = _modules()
    found: dict[str, str] = {}
    waiting = [module]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = known[one]
            package = one.rpartition(".")[0]
            waiting += [name for name in (package, *_imported(known[one])) if name in known]
    return found


@once
def _modules() -> Mapping[str, str]:
    """Every module by name, with its file."""
    names = (name for name in _files() if name.endswith(".py"))
    return {f"stemma/{name}".removesuffix(".py").removesuffix("/__init__").replace("/", "."): name for name in names}


@once
def _imported(file: str) -> tuple[str, ...]:
    """What a module may import of the program. Imports stand at the beginning of a line, none in a function."""

    def names() -> Iterator[str]:
        for start, listed, whole in _IMPORT.findall(_files()[file]):
            yield (start or whole).decode()
            yield from (f"{start.decode()}.{name}" for name in _WORD.findall(listed.decode()))

    return tuple(names())


@once
def _files() -> Mapping[str, bytes]:
    """The program's files by name."""
    paths = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(PACKAGE).as_posix(): path.read_bytes() for path in paths}


def _folder(data: str) -> str:
    """The nearest folder above a file that holds modules."""
    folders = {name.rpartition("/")[0] for name in _modules().values()}
    folder = data.rpartition("/")[0]
    while folder and folder not in folders:
        folder = folder.rpartition("/")[0]
    return folder


def _digest(names: list[str]) -> bytes:
    digest = hashlib.blake2b(_libraries(), digest_size=_DIGEST_BYTES)
    for name in names:
        digest.update(name.encode() + b"\0" + _files()[name] + b"\0")
    return digest.digest()


@once
def _libraries() -> bytes:
    return "\0".join([sys.version, *(f"{library} {version(library)}" for library in LIBRARIES), ""]).encode()
