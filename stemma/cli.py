"""The command line -> what to do, and the Settings to do it with."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stemma.receive.fixity import Acceptance
from stemma.settings import Settings


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for: a build, unless one of the others is set."""

    settings: Settings
    accept: Acceptance | None = None
    explain: Path | None = None
    review: bool = False
    verify: bool = False
    serve: int | None = None


def parser() -> argparse.ArgumentParser:
    """Every option there is; --help explains them."""
    about = "Turn a folder of raw text pages into a static archive that shows every copy and every difference."
    after = "Exit codes: 0 the site was written, 1 an error (the old site stays), 2 wrong usage. See docs/."
    top = argparse.ArgumentParser(prog="build.py", description=about, epilog=after, allow_abbrev=False)
    paths = top.add_argument_group("where things are")
    paths.add_argument("--content", metavar="DIR", type=Path, help="raw/, pages/ and register (default: content)")
    paths.add_argument("--site", metavar="DIR", type=Path, help="where the site goes (default: site)")
    paths.add_argument("--templates", metavar="DIR", type=Path, help="page templates (default: templates)")
    paths.add_argument("--config", metavar="FILE", type=Path, help="settings of the archive (default: archive.toml)")
    how = top.add_argument_group("how to build")
    how.add_argument("--strict", action="store_true", help="a warning fails the build too")
    how.add_argument("--no-search", action="store_true", help="leave out the search index")
    how.add_argument("--quiet", action="store_true", help="say nothing but warnings and errors")
    how.add_argument(
        "--jobs", metavar="N", type=_count, default=os.cpu_count() or 1, help="processes (default: all cores)"
    )
    how.add_argument(
        "--lift-withdrawal", metavar="ID", action="append", default=[],
        help="with --accept: forget that this text was withdrawn, so that it may be published again",
    )  # fmt: skip
    other = top.add_argument_group("instead of a build").add_mutually_exclusive_group()
    accepting = "record new, changed and moved raw files in the register (all of them, or those named), then build"
    other.add_argument("--accept", metavar="PATH", nargs="*", help=accepting)
    other.add_argument(
        "--explain", metavar="FILE", type=Path, help="print what each line of a raw file was taken for, and why"
    )
    other.add_argument("--review", action="store_true", help="list what needs review, worst first")
    other.add_argument("--verify", action="store_true", help="check raw files, pages and site against their hashes")
    other.add_argument(
        "--serve", metavar="PORT", nargs="?", type=_count, const=8000, help="build, serve, rebuild on change"
    )
    return top


def parse(arguments: Sequence[str], project: Path) -> Options:
    """Read the command line; wrong usage exits with 2. ``project`` holds the default content, site and templates.

    From wherever the program is called, those are the same. A content folder of its own brings an archive.toml of its
    own, beside it or in it; else there are only defaults.
    """
    top = parser()
    given = top.parse_args(arguments)
    home = Path() if Path.cwd() == project else project
    content = given.content or home / "content"
    beside = (content / "archive.toml", content.resolve().parent / "archive.toml")
    config = given.config or next((path for path in beside if path.is_file()), beside[1])
    settings = Settings(
        content=content,
        site=given.site or home / "site",
        templates=given.templates or project / "templates",
        config=config,
        strict=given.strict,
        search=not given.no_search,
        quiet=given.quiet,
        jobs=given.jobs,
    )
    if given.lift_withdrawal and given.accept is None:
        top.error("--lift-withdrawal needs --accept")
    accept = None if given.accept is None else Acceptance(tuple(given.accept), tuple(given.lift_withdrawal))
    return Options(settings, accept, given.explain, given.review, given.verify, given.serve)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return int(text)
