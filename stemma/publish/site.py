"""Publish: an archive -> site/. Everything is written into a fresh folder, checked, and swapped in at the end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from stemma.cache import NO_CACHE, Cache
from stemma.packaged import TEMPLATES
from stemma.problems import BuildFailed, printable, shown
from stemma.publish.browse import (
    about,
    build_page,
    home,
    listings,
    own_pages,
    recurring_boilerplate,
    review_page,
    transmission_pages,
)
from stemma.publish.data import citations, exports, feeds
from stemma.publish.index import Index, build_index
from stemma.publish.output import manifest, staging, urls
from stemma.publish.output.render import File, Frame, Remembering, Renderer
from stemma.publish.output.target import Target, Written
from stemma.publish.reading import pages
from stemma.publish.search import index_pages
from stemma.publish.wording.numbers import figures
from stemma.publish.wording.translation import translation
from stemma.receive.reception import raw_bytes
from stemma.receive.spool import without_text
from stemma.records import Accession, Archive, Problem, Severity
from stemma.report import Report
from stemma.settings import Settings
from stemma.workers import IN_PROCESS, Engine


def publish(
    archive: Archive, settings: Settings, report: Report, engine: Engine = IN_PROCESS, cache: Cache = NO_CACHE
) -> None:
    """Build the site and swap it in. Raises BuildFailed, the old site untouched, where anything goes wrong."""
    tr = translation(settings.language)
    index = build_index(archive, tr)
    try:
        with staging.fresh(settings.site) as folder:
            target = Target(folder, cache.objects, settings.site.resolve() if cache.keeps else None)
            with report.stage("publish") as said:
                written = dict(_write(target, index, settings, engine, cache))
                said.append(f"{len(written):,} files")
            if settings.search:
                with report.stage("search") as said:
                    files, problems = index_pages.write_index(index, target, engine, cache, tr)
                    written |= files
                    report.add(problems)
                    bundles = index_pages.bundles(len(index.cards))
                    said.append(f"{figures(len(index.cards), 'text')} in {figures(bundles, 'bundle')}")
                report.stop_on_errors()
            with report.stage("swap") as said:
                files_made, size = manifest.write(folder, written)
                staging.swap(folder, settings.site)
                report.figures |= {"files": files_made, "bytes": size}
                texts = max(1, len(index.cards))
                said += [
                    printable(str(settings.site)),
                    f"{files_made / texts:.1f} files and {size / texts / 1000:.1f} KB a text",
                ]
    except OSError as error:
        where = printable(str(error.filename or settings.site))
        what = f"the site could not be written: {error.strerror or error}"
        raise BuildFailed([Problem(Severity.ERROR, where, what, "The site that was there stands")]) from error


def _write(target: Target, index: Index, settings: Settings, engine: Engine, cache: Cache) -> Iterator[Written]:
    """Every file of the site but the search index. This process writes lists and data while others write the texts."""
    renderer = Renderer(settings.templates, _frame(settings))
    received: list[Accession] = []
    if settings.raw_files and not settings.withheld:
        received = [without_text(witness.accession) for witness in index.witnesses]
    beside = chain(
        pages.write_works(index, target, renderer, settings, engine=engine, cache=cache),
        engine.map(partial(_copy, settings=settings, target=target), received),
    )
    try:
        with cache.memo("list", __name__) as memo:
            remembering = Remembering(settings.templates, renderer.frame, memo) if cache.keeps else renderer
            lists = [target.write(file) for file in _files(index, remembering, settings)]
    except (BuildFailed, OSError):
        for _ in beside if engine.jobs > 1 else ():  # or others would write into a folder that is removed
            pass
        raise
    yield from beside
    yield from lists
    for file in _top(settings.templates / "root", target.folder):
        yield target.write(file)
    for templates in (TEMPLATES, settings.templates):
        if (templates / "static").is_dir():
            shutil.copytree(templates / "static", target.folder / "static", dirs_exist_ok=True)


def _top(root: Path, site: Path) -> Iterator[File]:
    """An archive's own files for the top of its site, such as a host's _headers. They replace nothing."""
    for place in sorted(path for path in root.rglob("*") if path.is_file()):
        path = place.relative_to(root).as_posix()
        if (site / path).exists():
            what = f"would replace {path}, a file of the site"
            raise BuildFailed([Problem(Severity.ERROR, shown(place), what, "Give it another name")])
        yield File(path, place.read_bytes())


def _copy(accession: Accession, settings: Settings, target: Target) -> Written:
    return target.write(File(urls.raw(accession.id), raw_bytes(settings, accession)), accession.sha256)


def _files(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The files that are about the archive, made anew in every build."""
    yield File(".nojekyll", b"")
    yield from pages.addresses(index, renderer, settings)
    parts = (
        home,
        listings,
        index_pages,
        recurring_boilerplate,
        transmission_pages,
        about,
        own_pages,
        build_page,
        review_page,
        feeds,
        citations,
    )
    for part in parts:
        yield from part.pages(index, renderer, settings)
    yield from exports.files(index)


def _frame(settings: Settings) -> Frame:
    menu, more = own_pages.links(settings, own_pages.read(settings))
    return Frame(
        title=settings.title,
        description=settings.description,
        address=settings.address,
        contact=settings.contact,
        rights=settings.rights,
        licence=settings.licence,
        search=settings.search,
        search_engines=settings.search_engines,
        stylesheet=settings.stylesheet,
        logo=settings.logo,
        favicon=settings.favicon,
        menu=menu,
        more=more,
        language=settings.language,
    )
