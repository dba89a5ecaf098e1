"""Publish: an archive -> site/. Everything is written into a fresh folder, checked, and swapped in at the end."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from stemma.packaged import TEMPLATES
from stemma.problems import BuildFailed, printable
from stemma.publish.browse import (
    about,
    build_page,
    home,
    listings,
    recurring_boilerplate,
    review_page,
    transmission_pages,
)
from stemma.publish.data import exports, feeds
from stemma.publish.index import Index, build_index
from stemma.publish.output import manifest, staging, urls
from stemma.publish.output.render import File, Frame, Renderer
from stemma.publish.reading import pages
from stemma.publish.search import index_pages
from stemma.receive.reception import raw_bytes
from stemma.records import Archive, Problem, Severity
from stemma.report import Report
from stemma.settings import Settings
from stemma.workers import IN_PROCESS, Engine


def publish(archive: Archive, settings: Settings, report: Report, engine: Engine = IN_PROCESS) -> None:
    """Build the site and swap it in. Raises BuildFailed, the old site untouched, where anything goes wrong."""
    index = build_index(archive)
    try:
        with staging.fresh(settings.site) as folder:
            with report.stage("publish") as said:
                said.append(f"{_write(folder, index, settings, engine):,} files")
            if settings.search:
                with report.stage("search") as said:
                    report.add(index_pages.write_index(index, folder, settings, said.append))
                report.stop_on_errors()
            with report.stage("swap") as said:
                report.figures["files"] = manifest.write(folder) + 1
                staging.swap(folder, settings.site)
                said.append(printable(str(settings.site)))
    except OSError as error:
        where = printable(str(error.filename or settings.site))
        what = f"the site could not be written: {error.strerror or error}"
        raise BuildFailed([Problem(Severity.ERROR, where, what, "The site that was there stands")]) from error


def _write(folder: Path, index: Index, settings: Settings, engine: Engine) -> int:
    count = 0
    made: set[Path] = set()
    for file in _files(index, settings, engine):
        path = folder / file.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(file.data)
        count += 1
    for templates in (TEMPLATES, settings.templates):
        if (templates / "static").is_dir():
            shutil.copytree(templates / "static", folder / "static", dirs_exist_ok=True)
    for sheet in sorted((folder / "static").glob("*.css")):
        sheet.write_text(compact(sheet.read_text("utf-8")), "utf-8")
    return count


def compact(sheet: str) -> str:
    """A stylesheet, a rule a line, without comments and idle space: every page loads it, and nobody reads it there."""
    parts = re.split(r'("[^"]*")', re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    parts[::2] = [re.sub(r"\s*([{};,])\s*|(:)\s+", r"\1\2", part).replace("}", "}\n") for part in parts[::2]]
    return "".join(parts).replace("}\n}", "}}").lstrip()


def _files(index: Index, settings: Settings, engine: Engine) -> Iterator[File]:
    renderer = Renderer(settings.templates, _frame(settings))
    yield File(".nojekyll", b"")
    yield from pages.pages(index, renderer, settings, engine)
    parts = (
        home,
        listings,
        index_pages,
        recurring_boilerplate,
        transmission_pages,
        about,
        build_page,
        review_page,
        feeds,
    )
    for part in parts:
        yield from part.pages(index, renderer, settings)
    yield from exports.files(index)
    if settings.raw_files and not settings.withheld:
        for witness in index.witnesses:
            yield File(urls.raw(witness.id), raw_bytes(settings, witness.accession))


def _frame(settings: Settings) -> Frame:
    return Frame(
        title=settings.title,
        description=settings.description,
        address=settings.address,
        contact=settings.contact,
        rights=settings.rights,
        licence=settings.licence,
        search=settings.search,
        search_engines=settings.search_engines,
    )
