"""Every page of one work: its texts, the work itself, the comparisons; and where old addresses lead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from stemma.publish.index import Index
from stemma.publish.output.render import File, Frame, Renderer, renderer
from stemma.publish.reading import tombstones
from stemma.publish.reading.slices import WorkSlice, slices
from stemma.publish.reading.text import text_page
from stemma.publish.reading.work import comparison_page, work_page
from stemma.publish.reading.work.work_view import view_work
from stemma.settings import Settings
from stemma.workers import IN_PROCESS, Engine


def pages(index: Index, renderer_: Renderer, settings: Settings, engine: Engine = IN_PROCESS) -> Iterator[File]:
    """Every page about a text, work by work; each is made when it is asked for."""
    render = partial(of_work, frame=renderer_.frame, settings=settings)
    for made in engine.map(render, tuple(slices(index))):
        yield from made
    yield from tombstones.pages(index, renderer_)
    yield from tombstones.aliases(index, renderer_, settings)


def of_work(scope: WorkSlice, frame: Frame, settings: Settings) -> tuple[File, ...]:
    """The pages of one work, from its slice alone."""
    return tuple(_of_work(scope, renderer(settings.templates, frame), settings))


def _of_work(scope: WorkSlice, renderer_: Renderer, settings: Settings) -> Iterator[File]:
    view = view_work(scope)
    for member in scope.members:
        yield text_page.page(scope, view, scope.texts[member], renderer_, settings)
    yield from work_page.pages(scope, view, renderer_, settings)
    yield from comparison_page.pages(scope, view, renderer_, settings.title)
