"""Preview: build, serve on loopback with the headers of netlify.toml, build again when something changes."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from watchfiles import watch

from stemma.commands import server
from stemma.problems import BuildFailed, unreadable
from stemma.records import Problem, Severity
from stemma.report import Report
from stemma.settings import Settings

SETTLE_MILLISECONDS: Final = 300
"""How long nothing may change before a build begins: a copied folder is one change."""


def serve(
    settings: Settings, project: Path, port: int, fresh: Callable[[], Report], build: Callable[[Report], int]
) -> int:
    """Serve until interrupted; gives the exit code, 0. A build that fails says so and leaves the site that was there.

    ``fresh`` gives the report of a build. ``build`` builds once; it is called again whenever a raw file, a page, a
    template or a setting has changed. Raises BuildFailed where the port cannot be used.
    """
    report = fresh()
    seen = ("", "")
    try:
        rules = _rules(project / "netlify.toml", report)
        with server.serving(settings.site, rules, port, lambda: "".join(seen)) as address:
            for _ in _changes(settings):
                while (found := _state(settings)) != seen:
                    report = fresh()
                    try:
                        build(report)
                    except BuildFailed as failed:
                        report.add(problem for problem in failed.problems if problem not in report.problems)
                    seen = (found[0], _state(settings)[1])
                    gc.collect()  # a build turns collection off
                    report.say(f"Serving {address} (Ctrl-C to stop)")
    except server.PortTaken as taken:
        remedy = f"Stop what uses it, or name another port, such as {port % 65535 + 1}"
        raise BuildFailed([Problem(Severity.ERROR, f"port {port}", f"cannot be used: {taken}", remedy)]) from taken
    except KeyboardInterrupt:
        pass
    report.say("Stopped.")
    return 0


def _rules(netlify: Path, report: Report) -> tuple[server.Header, ...]:
    """The headers to send; none, and a warning, where netlify.toml cannot be read."""
    try:
        return server.headers(netlify)
    except (OSError, ValueError) as error:
        what = unreadable(netlify, error)
        report.add([replace(what, severity=Severity.WARNING, remedy=f"{what.remedy}. Serving without its headers")])
        return ()


def _state(settings: Settings) -> tuple[str, str]:
    """Digests of what a build only reads, and of the pages, which it also writes."""
    pages = set(_files([settings.pages]))
    return fingerprint(path for path in _files(_watched(settings)) if path not in pages), fingerprint(sorted(pages))


def _changes(settings: Settings) -> Iterator[object]:
    """Once at the beginning, once soon after watching began (what changed before is not seen), and at each change."""
    yield None
    begun = False
    for changes in watch(*_watched(settings), step=SETTLE_MILLISECONDS, raise_interrupt=True, yield_on_timeout=True):
        if changes or not begun:
            yield changes
        begun = True


def _watched(settings: Settings) -> list[Path]:
    """The content folder with all below it, the templates, and the settings wherever they are."""
    return [path for path in (settings.content, settings.templates, settings.config) if path.exists()]


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())


def fingerprint(files: Iterable[Path]) -> str:
    """A digest of names, sizes and times of change."""
    digest = hashlib.sha256()
    for path in files:
        status = os.stat(path)  # noqa: PTH116 - one call for both figures
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
