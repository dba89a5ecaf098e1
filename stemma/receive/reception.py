"""Receive: bytes on disk -> accessions. Lists, hashes, decodes. Raw files are only ever read."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stemma.problems import printable, shown
from stemma.receive import sources_table
from stemma.receive.decode import Refusal, decode
from stemma.receive.ids import identify
from stemma.receive.lookalikes import lookalike
from stemma.receive.sources_table import Provenance
from stemma.receive.spool import Holding, Spool
from stemma.records import Accession, Problem, Severity
from stemma.settings import Settings

MAX_BYTES = 10 * 1024 * 1024
"""A raw file over ten megabytes is refused: no article is that long, and a build must end."""

MAX_LINES = 100_000
"""A raw file of more lines is refused, for the same reason."""

MAX_KINDS = 6
"""Endings of names that are told; of more, the number is given."""

PLAIN_LINES = 50_000
"""A raw file of more lines that are not blank is taken for text from end to end: nothing in it is set aside."""

_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
"""How a raw file is opened: no link is followed, no pipe waited for, no line end translated."""

_HIDDEN = re.compile(r"\.[^.]")
_HOUSEKEEPING = frozenset({".gitkeep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Names that systems leave in folders; nobody meant them to be received."""


@dataclass(frozen=True, slots=True)
class Received:
    """What is in content/raw: accessions in the order of their paths, the hash of every file read, every problem.

    Each of the ``found`` .txt files is an accession or has a problem that says why not; ``ignored`` are the
    other files by the ending of their names, the most frequent first. ``spool``: where texts
    are laid aside, if they are.
    """

    accessions: tuple[Accession, ...]
    hashes: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    found: int = 0
    ignored: tuple[tuple[str, int], ...] = ()
    spool: Spool | None = None

    @property
    def passed_over(self) -> str:
        """What was not received because of its name, in words; "" for nothing."""
        total = sum(number for _, number in self.ignored)
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in self.ignored[:MAX_KINDS])
        more = f" and {len(self.ignored) - MAX_KINDS:,} other kinds" if len(self.ignored) > MAX_KINDS else ""
        return f"{total:,} passed over: {kinds}{more}" if total else ""


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """One raw file cannot be received; says why."""


def receive(settings: Settings) -> Received:
    """Read every .txt file below content/raw at any depth. Nothing raises: what cannot be received is a problem."""
    provenance, wrong = sources_table.read(settings.content / "sources.csv")
    held = Holding()
    hashes: list[tuple[str, str]] = []
    problems = list(wrong)
    ids: dict[str, str] = {}
    if not settings.raw.is_dir():
        remedy = "Make it and put .txt files there, or name another folder with --content"
        return Received((), (), (Problem(Severity.ERROR, shown(settings.raw), "there is no such folder", remedy),))
    paths, ignored = _paths(settings.raw, problems)
    for path in paths:
        try:
            data = _read(settings.raw, path)
            sha256 = hashlib.sha256(data).hexdigest()
            hashes.append((path, sha256))
            accession = _accession(path, data, sha256, provenance)
        except _Refused as refused:
            problems.append(Problem(Severity.WARNING, f"raw/{path}", f"not received: {refused}"))
            continue
        if accession.id in ids:
            problems.append(Problem(Severity.WARNING, f"raw/{path}", f"same id as {ids[accession.id]}", "Rename it"))
            continue
        ids[accession.id] = path
        if _plain(accession.text):
            what = f"more than {PLAIN_LINES:,} lines: all of it is taken for text, and nothing set aside"
            problems.append(Problem(Severity.WARNING, f"raw/{path}", what))
        like = lookalike(accession.text)
        if like:
            remedy = "Save the page's text in its place, or withdraw it"
            problems.append(Problem(Severity.WARNING, f"raw/{path}", f"looks like {like}, not like plain text", remedy))
        if "decoded in doubt" in accession.repairs:
            what = f"read as {accession.encoding}, in doubt"
            problems.append(
                Problem(Severity.WARNING, f"raw/{path}", what, "Check the text; save it as UTF-8 if it is wrong")
            )
        held.add(accession)
    if not held.accessions:
        remedy = "Put .txt files there" + ("; the lines above say why others were not received" if paths else "")
        problems.append(Problem(Severity.ERROR, shown(settings.raw), "there is no text to publish", remedy))
    problems += sources_table.unknown_paths(provenance, dict(hashes), "sources.csv")
    return Received(tuple(held.accessions), tuple(hashes), tuple(problems), len(paths), ignored, held.spool)


def raw_bytes(settings: Settings, accession: Accession) -> bytes:
    """The bytes of an accession, read again. Raises OSError where they are no longer the ones that were received."""
    try:
        data = _read(settings.raw, accession.path)
    except _Refused as refused:
        raise OSError(f"raw/{printable(accession.path)}: {refused}") from refused
    if hashlib.sha256(data).hexdigest() != accession.sha256:
        raise OSError(f"raw/{printable(accession.path)} changed while the build ran")
    return data


def _plain(text: str) -> bool:
    return text.count("\n") >= PLAIN_LINES and sum(map(bool, map(str.strip, text.split("\n")))) > PLAIN_LINES


def _accession(path: str, data: bytes, sha256: str, provenance: Mapping[str, Provenance]) -> Accession:
    decoded = decode(data)
    if isinstance(decoded, Refusal):
        raise _Refused(decoded.reason)
    lines = decoded.text.count("\n") + 1
    if lines > MAX_LINES:
        raise _Refused(f"{lines:,} lines; at most {MAX_LINES:,} are read")
    repairs = (*decoded.repairs, "decoded in doubt") if decoded.doubtful else decoded.repairs
    note = sources_table.of_path(provenance, path)
    return Accession(
        identify(path), path, sha256, len(data), decoded.text, decoded.encoding, repairs,
        note.stated, note.received_on, note.received_from, note.own,
    )  # fmt: skip


def _paths(raw: Path, problems: list[Problem]) -> tuple[list[str], tuple[tuple[str, int], ...]]:
    """Paths of all candidates below raw, sorted, and how many other files there are of each kind.

    A folder that cannot be read, or a link to one, is a problem.
    """

    def unreadable(error: OSError) -> None:
        where = os.path.relpath(error.filename, raw)
        problems.append(Problem(Severity.WARNING, f"raw/{where}", f"folder cannot be read: {error.strerror}"))

    found: list[str] = []
    others: Counter[str] = Counter()
    for folder, folders, files in os.walk(raw, onerror=unreadable):
        below = os.path.relpath(folder, raw).replace(os.sep, "/")
        prefix = "" if below == "." else below + "/"
        for name in sorted(folders):
            if os.path.islink(os.path.join(folder, name)):  # noqa: PTH114, PTH118 - names may not be UTF-8
                what = "a symbolic link to a folder is not followed"
                problems.append(Problem(Severity.WARNING, f"raw/{prefix}{name}", what, "Copy the files instead"))
        texts = [name for name in files if name.lower().endswith(".txt") and not _HIDDEN.match(name)]
        found += [prefix + name for name in texts]
        others.update(map(_kind, set(files) - set(texts) - _HOUSEKEEPING))
    return sorted(found), tuple(sorted(others.items(), key=lambda entry: (-entry[1], entry[0])))


def _kind(name: str) -> str:
    if _HIDDEN.match(name):
        return "hidden"
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.isascii() and ending.isalnum() else "without an ending"


def _read(raw: Path, path: str) -> bytes:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raise _Refused("its name is not UTF-8") from None
    try:
        handle = os.open(raw / path, _READ)
    except OSError as error:
        link = (raw / path).is_symlink()
        raise _Refused("a symbolic link" if link else f"cannot be opened: {error.strerror}") from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _Refused("not a regular file")
        if status.st_size > MAX_BYTES:
            raise _Refused(f"{status.st_size:,} bytes; the largest file read is {MAX_BYTES:,}")
        data = os.read(handle, status.st_size + 1)
        while len(data) < status.st_size and (more := os.read(handle, status.st_size - len(data))):
            data += more
    except OSError as error:
        raise _Refused(f"cannot be read: {error.strerror}") from error
    finally:
        os.close(handle)
    if len(data) != status.st_size:
        raise _Refused("it changed while it was read")
    return data
