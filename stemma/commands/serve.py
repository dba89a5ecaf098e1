"""Preview: build, serve on loopback with the headers of netlify.toml, build again when something changes."""

from __future__ import annotations

import gc
import hashlib
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from stemma.commands import server
from stemma.problems import BuildFailed
from stemma.report import Report
from stemma.settings import Settings

POLL_SECONDS = 1.0
"""How often the files are checked for changes."""


def serve(settings: Settings, project: Path, port: int, build: Callable[[Report], int]) -> int:
    """Serve until interrupted; gives the exit code, 0. A build that fails says so and leaves the site that was there.

    ``build`` builds once; it is called again whenever a raw file, a page, a template or a setting has changed.
    """
    watched = (settings.raw, settings.templates, settings.config, *sorted(settings.content.glob("*.*")), settings.pages)
    report = Report(settings.quiet)
    seen = ""
    try:
        with server.serving(settings.site, server.headers(project / "netlify.toml"), port, lambda: seen) as address:
            while True:
                now = fingerprint(watched)
                if now != seen:
                    report = Report(settings.quiet)
                    try:
                        build(report)
                    except BuildFailed as failed:
                        report.add(problem for problem in failed.problems if problem not in report.problems)
                    seen = fingerprint(watched)
                    gc.collect()  # a build turns collection off
                    report.say(f"Serving {address} (Ctrl-C to stop)")
                time.sleep(POLL_SECONDS)
    except KeyboardInterrupt:
        report.say("Stopped.")
        return 0


def fingerprint(places: Sequence[Path]) -> str:
    """A digest of names, sizes and times of change of all files below some places."""
    digest = hashlib.sha256()
    for place in places:
        found = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
        for path in found:
            status = os.stat(path)  # noqa: PTH116 - one call for both figures
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
