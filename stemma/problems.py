"""Problems are values: collected everywhere, reported together, and a build fails once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from stemma.records import Problem, Severity

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class BuildFailed(Exception):  # noqa: N818 - the name says what happened
    """The archive cannot be vouched for; carries every problem found. Nothing was published."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take the problems, in the order they were found."""
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def printable(text: str) -> str:
    """The text on one line: control and bidirectional characters as escapes, bytes that are no UTF-8 as bytes."""
    return _UNPRINTABLE.sub(_escape, text)


def _escape(hit: re.Match[str]) -> str:
    code = ord(hit.group())
    if 0xDC80 <= code <= 0xDCFF:  # how the system's names hold a byte that could not be decoded
        return f"\\x{code - 0xDC00:02x}"
    return hit.group().encode("unicode_escape", "surrogatepass").decode()


def line(problem: Problem) -> str:
    """A problem on one line: severity, where, what, what to do."""
    where = problem.where if problem.line is None else f"{problem.where}:{problem.line}"
    text = f"{problem.severity}: {where}: {problem.what}"
    if problem.remedy:
        text += (" " if text.endswith(("?", ".")) else ". ") + problem.remedy
    return printable(text)


def shown(path: Path) -> str:
    """A path as a person names it from where the program was called: relative where it lies below, else whole."""
    here, there = Path.cwd(), Path(os.path.abspath(path))  # noqa: PTH100 - a link is shown as it was named
    return printable(str(there.relative_to(here)) if there.is_relative_to(here) else str(there))


def unreadable(path: Path, error: Exception, where: str = "") -> Problem:
    """The error of a TOML file that cannot be read: why, on which line, what to do. ``where`` is how it is called."""
    where = where or shown(path)
    if isinstance(error, UnicodeDecodeError):
        return not_utf8(where, error)
    if isinstance(error, OSError):
        return Problem(Severity.ERROR, where, f"cannot be read: {error.strerror}", "Put a readable file in its place")
    found = re.fullmatch(r"(.*?)(?: \(at (?:line (\d+), column \d+|end of document)\))?", str(error), re.DOTALL)
    said, at = (found[1], found[2]) if found else (str(error), None)
    what = f"cannot be read: {printable(said[:1].lower() + said[1:])}"
    line = path.read_bytes().decode("utf-8-sig").split("\n")[int(at) - 1] if at else ""
    return Problem(Severity.ERROR, where, what, _toml_remedy(said, line), int(at) if at else None)


def _toml_remedy(said: str, line: str) -> str:
    key, equals, value = (part.strip() for part in line.partition("="))
    if re.search("[“”„«»‘’]", value):
        return 'Use straight quotation marks: "…"'
    if said.startswith("Cannot overwrite"):
        return f"Delete one of the lines of {key}"
    if not equals and ":" in line:
        return f"Write an equals sign in place of the colon: {line.partition(':')[0].strip()} = …"
    if value.lower() in ("true", "false", "yes", "no", "on", "off"):
        return "Write true or false, in small letters"
    return 'Write text in straight quotation marks, as in title = "…"'


def not_utf8(where: str, error: UnicodeDecodeError) -> Problem:
    """The error of a file in another encoding, with the line of its first wrong byte."""
    number = error.object[: error.start].count(b"\n") + 1
    return Problem(Severity.ERROR, where, "is not UTF-8", "Save it as UTF-8", number)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy for an unknown word: the nearest known one, or all of them."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else "Known are: " + ", ".join(names)
