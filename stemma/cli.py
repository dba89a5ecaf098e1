"""The command line -> what to do, and the Settings to do it with."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from stemma import __version__
from stemma.commands.init import NewArchive
from stemma.commands.upgrade import Upgrade
from stemma.problems import nearest
from stemma.receive.fixity import Acceptance
from stemma.settings import Settings

ABOUT = "Turn a folder of raw text pages into a static archive that shows every copy and every difference."
EXIT_CODES = "Exit codes: 0 done, 1 an error (the previous site stays), 2 wrong usage. See docs/."
PORT = 8000
"""Where the site is served unless another port is given."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for: a build, unless one of the others is set."""

    settings: Settings
    accept: Acceptance | None = None
    explain: Path | None = None
    review: bool = False
    verify: bool = False
    serve: int | None = None
    init: NewArchive | None = None
    upgrade: Upgrade | None = None


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line, with the nearest right word, and exit code 2."""

    def error(self, message: str) -> NoReturn:
        unknown = re.match(r"unrecognized arguments: (--[\w-]+)", message)
        if unknown:
            known = [option for action in self._actions for option in action.option_strings]
            message = f"unknown option {unknown[1]}. {nearest(unknown[1], known)}"
        choice = re.match(r"argument COMMAND: invalid choice: '([^']*)' \(choose from (.*)\)", message)
        if choice:
            message = f"unknown command {choice[1]!r}. {nearest(choice[1], re.findall(r'[a-z]+', choice[2]))}"
        self.exit(2, f"error: {message.rstrip('.')}. See {self.prog} --help\n".replace("?.", "?"))


def parser() -> argparse.ArgumentParser:
    """The options of ``python build.py``; --help explains them."""
    top = _Parser(prog="build.py", description=ABOUT, epilog=EXIT_CODES, allow_abbrev=False)
    _shared(top)
    _lifting(top)
    top.add_argument("--version", action="version", version=f"stemma {__version__}")
    other = top.add_argument_group("instead of a build").add_mutually_exclusive_group()
    accepting = "record new, changed and moved raw files in the register (all of them, or those named), then build"
    other.add_argument("--accept", metavar="PATH", nargs="*", help=accepting)
    other.add_argument(
        "--explain",
        metavar="FILE",
        type=Path,
        help="print what each line of a raw file was taken for, and why; FILE may be its page or id",
    )
    other.add_argument("--review", action="store_true", help="list what needs review, worst first")
    other.add_argument("--verify", action="store_true", help="check raw files, pages and site against their hashes")
    other.add_argument(
        "--serve", metavar="PORT", nargs="?", type=_port, const=PORT, help="build, serve, rebuild on change"
    )
    return top


def _shared(top: argparse.ArgumentParser) -> None:
    paths = top.add_argument_group("where things are")
    paths.add_argument("--content", metavar="DIR", type=Path, help="raw/, pages/ and register (default: content)")
    paths.add_argument("--site", metavar="DIR", type=Path, help="where the site goes (default: site)")
    paths.add_argument("--templates", metavar="DIR", type=Path, help="templates of your own (default: templates)")
    paths.add_argument(
        "--config", metavar="FILE", type=Path, help="settings of the archive (default: archive.toml in content)"
    )
    how = top.add_argument_group("how to build")
    how.add_argument("--strict", action="store_true", help="a warning fails the build too")
    how.add_argument("--cluster", metavar="ADDRESS", default="", help="work on a Dask cluster (docs/cluster.md)")
    how.add_argument("--no-cache", action="store_true", help="compute everything anew, and remove the cache")
    how.add_argument("--no-search", action="store_true", help="leave out the search index")
    how.add_argument("--quiet", action="store_true", help="print only warnings and errors")
    how.add_argument("--verbose", action="store_true", help="print every warning and note, however many")
    how.add_argument(
        "--jobs", metavar="N", type=_count, default=os.cpu_count() or 1, help="processes (default: all cores)"
    )


def _lifting(top: argparse.ArgumentParser) -> None:
    lifting = "when accepting: forget that this text was withdrawn, so that it may be published again"
    top.add_argument("--lift-withdrawal", metavar="ID", action="append", default=[], help=lifting)


def commands() -> argparse.ArgumentParser:
    """The commands of ``stemma``; --help explains them."""
    top = _Parser(prog="stemma", description=ABOUT, epilog=EXIT_CODES, allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"stemma {__version__}")
    named = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    new = named.add_parser("init", help="write a new archive", allow_abbrev=False)
    new.add_argument("folder", metavar="DIR", type=Path, help="where; the folder is made if it does not exist")
    for key, what in _FIRST_SETTINGS.items():
        new.add_argument(f"--{key}", metavar="TEXT", help=what)
    for name, what in _COMMANDS.items():
        one = named.add_parser(name, help=what, allow_abbrev=False)
        if name == "serve":
            one.add_argument("serve", metavar="PORT", nargs="?", type=_port, default=PORT, help=f"default: {PORT}")
        elif name == "explain":
            one.add_argument("explain", metavar="FILE", type=Path, help="a raw file")
        elif name == "accept":
            one.add_argument("accept", metavar="PATH", nargs="*", help="below content/raw; all where none is given")
            _lifting(one)
        _shared(one)
    newer = named.add_parser("upgrade", help="put this version of the program into an archive", allow_abbrev=False)
    newer.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=Path(), help="default: this folder")
    newer.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    newer.add_argument("--delete", action="store_true", help="delete the old program's own files, where unchanged")
    return top


_FIRST_SETTINGS = {
    "title": "the archive's name",
    "description": "one or two sentences",
    "address": "the web address the site will have",
    "contact": "whom to write to",
    "rights": "web address of a statement of rights",
    "licence": "the same in words",
}
_COMMANDS = {
    "build": "build the site",
    "serve": "build, serve on this machine, rebuild on change",
    "review": "list what needs review, worst first",
    "explain": "print what each line of a raw file was taken for, and why",
    "verify": "check raw files, pages and site against their hashes",
    "accept": "record new, changed and moved raw files in the register, then build",
}


def parse(arguments: Sequence[str], project: Path, *, by_command: bool = False) -> Options:
    """Read the command line; wrong usage exits with 2. ``project`` is the archive's folder.

    From wherever the program is called, content, site and templates lie in it unless named. ``by_command``: the first
    argument is a command of ``stemma``; else all are options of ``build.py``.
    """
    if not by_command:
        top = parser()
        given = top.parse_args(arguments)
        if given.lift_withdrawal and given.accept is None:
            top.error("--lift-withdrawal needs --accept")
        accept = None if given.accept is None else Acceptance(tuple(given.accept), tuple(given.lift_withdrawal))
        return Options(_settings(given, project), accept, given.explain, given.review, given.verify, given.serve)
    given = commands().parse_args(arguments)
    if given.command == "init":
        known = tuple((key, getattr(given, key)) for key in _FIRST_SETTINGS if getattr(given, key) is not None)
        return Options(Settings(), init=NewArchive(given.folder, known))
    if given.command == "upgrade":
        return Options(Settings(), upgrade=Upgrade(given.folder, given.dry_run, given.delete))
    return Options(
        _settings(given, project),
        accept=Acceptance(tuple(given.accept), tuple(given.lift_withdrawal)) if given.command == "accept" else None,
        explain=getattr(given, "explain", None),
        review=given.command == "review",
        verify=given.command == "verify",
        serve=getattr(given, "serve", None),
    )


def _settings(given: argparse.Namespace, project: Path) -> Settings:
    home = Path() if Path.cwd() == project else project
    content = given.content or home / "content"
    place = Path.resolve if given.cluster else Path  # workers are called from other folders
    return Settings(
        content=place(content),
        site=place(given.site or home / "site"),
        templates=place(given.templates or home / "templates"),
        config=given.config or content / "archive.toml",
        named=tuple(name for name in ("config", "templates") if getattr(given, name) is not None),
        strict=given.strict,
        search=not given.no_search,
        quiet=given.quiet,
        verbose=given.verbose,
        jobs=given.jobs,
        use_cache=not given.no_cache,
        cluster=given.cluster,
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("must be a port from 1 to 65535")
    return int(text)
