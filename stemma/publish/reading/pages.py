"""Every page of one work: its texts, the work itself, the comparisons; and where old addresses lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from stemma.cache import NO_CACHE, Cache, Key, digest
from stemma.publish.index import Index
from stemma.publish.output.render import File, Frame, Renderer, renderer
from stemma.publish.output.target import Target, Written
from stemma.publish.reading import tombstones
from stemma.publish.reading.slices import WorkSlice, slices
from stemma.publish.reading.text import text_page
from stemma.publish.reading.work import comparison_page, work_page
from stemma.publish.reading.work.readings import readings
from stemma.publish.reading.work.work_view import view_work
from stemma.receive.spool import whole
from stemma.settings import FROM_FILE, Settings
from stemma.workers import IN_PROCESS, Engine


def pages(index: Index, renderer_: Renderer, settings: Settings) -> Iterator[File]:
    """Every page about a text, work by work, then tombstones and old addresses."""
    for scope in slices(index):
        yield from of_work(scope, renderer_.frame, settings)
    yield from addresses(index, renderer_, settings)


def addresses(index: Index, renderer_: Renderer, settings: Settings) -> Iterator[File]:
    """The pages at addresses that no longer lead to a text."""
    yield from tombstones.pages(index, renderer_)
    yield from tombstones.aliases(index, renderer_, settings)


def write_works(
    index: Index,
    target: Target,
    renderer_: Renderer,
    settings: Settings,
    *,
    engine: Engine = IN_PROCESS,
    cache: Cache = NO_CACHE,
) -> Iterator[Written]:
    """Write the pages of each work, or take them where an earlier build made them of the same slice.

    The engine begins at once; what is given back must be read to its end.
    """
    scopes = tuple(slices(index))
    common = digest(renderer_.frame, renderer_.digest(), *(getattr(settings, name) for name in FROM_FILE))
    keys: list[Key | None] = [None] * len(scopes)
    if cache.keeps:
        texts = {witness.id: cache.key(__name__, shared=(witness,)) for witness in index.witnesses}
        keys = [_key(cache, scope, texts, common) for scope in scopes]
    recalled = cache.recall("work", tuple[Written, ...], keys)
    write = partial(_write, frame=renderer_.frame, settings=settings, target=target)
    made = engine.map(write, [scopes[place] for place in recalled.missing])
    kept = tuple(recalled.found)
    taken = engine.map(partial(_take, target=target), [recalled.found[place] for place in kept])

    def files() -> Iterator[Written]:
        for written in recalled.complete(made):
            cache.use(sha256 for _, sha256 in written)
            yield from written
        lost = [scopes[place] for place, whole in zip(kept, taken, strict=True) if not whole]
        for _ in engine.map(write, lost):
            pass

    return files()


def _key(cache: Cache, scope: WorkSlice, texts: Mapping[str, Key | None], common: bytes) -> Key | None:
    keys = [texts.get(id_) for id_ in scope.texts]
    if None in keys:
        return None
    return cache.key(
        __name__, common, scope.work, scope.members, scope.outer, keys, tuple(scope.heads.values()),
        tuple(scope.relations.values()), tuple(scope.apparatuses.values()), sorted(scope.compared),
        tuple(scope.neighbours.values()), tuple(scope.withdrawn_copies.items()),
    )  # fmt: skip


def _take(files: tuple[Written, ...], target: Target) -> bool:
    return all(target.take(file) for file in files)


def _write(scope: WorkSlice, frame: Frame, settings: Settings, target: Target) -> tuple[Written, ...]:
    return tuple(target.keep(file) for file in of_work(scope, frame, settings))


def of_work(scope: WorkSlice, frame: Frame, settings: Settings) -> tuple[File, ...]:
    """The pages of one work, from its slice alone."""
    return tuple(_of_work(scope, renderer(settings.templates, frame), settings))


def _of_work(scope: WorkSlice, renderer_: Renderer, settings: Settings) -> Iterator[File]:
    scope = replace(scope, texts={id_: whole(witness) for id_, witness in scope.texts.items()})
    view = view_work(scope, renderer_.tr)
    shown = readings(scope, view)
    for member in scope.members:
        yield text_page.page(scope, view, scope.texts[member], renderer_, settings, shown)
    if len(scope.members) > 1:
        yield work_page.page(scope, view, renderer_, settings, shown)
    yield from comparison_page.pages(scope, view, renderer_, settings)
