"""Pages of the archive's own: Markdown files of the content folder, named by the setting own_pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma import markdown
from stemma.files import read_bounded
from stemma.problems import BuildFailed, shown
from stemma.publish.index import Index
from stemma.publish.output.render import File, Link, Renderer
from stemma.records import Problem, Severity
from stemma.settings import Settings

MAX_BYTES: Final = 1 << 20
"""A page of more bytes is refused: it bounds what the Markdown reader is given."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the archive's own: its title, and the rest of it as rendered Markdown."""

    path: str
    title: str
    html: str


def read(settings: Settings) -> tuple[OwnPage, ...]:
    """The pages in the order of the setting. Raises BuildFailed where one cannot be read."""
    return tuple(_read(settings, name) for name in settings.own_pages)


def _read(settings: Settings, name: str) -> OwnPage:
    place = settings.content / name
    try:
        text = read_bounded(place, MAX_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        raise BuildFailed([Problem(Severity.ERROR, shown(place), what, "Save it as a file in UTF-8")]) from error
    title, html = markdown.document(text)
    stem = name.removesuffix(".md")
    return OwnPage(f"pages/{stem}.html", title or stem.replace("-", " ").capitalize(), html)


def links(settings: Settings, own: tuple[OwnPage, ...]) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The entries of the menu, and those of the foot: own pages to which the menu does not lead."""
    by_name = dict(zip(settings.own_pages, own, strict=True))
    menu = tuple(
        Link(label, by_name[target].path if target in by_name else target, target not in by_name)
        for label, target in settings.menu
    )
    led_to = {link.target for link in menu}
    return menu, tuple(Link(page.title, page.path) for page in own if page.path not in led_to)


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """Each page below pages/."""
    del index
    for page in read(settings):
        yield renderer.page("own.html", page.path, page)
