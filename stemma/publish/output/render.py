"""The one user of Jinja2: a template's name and one frozen context -> a page of the site."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from stemma.cache import digest
from stemma.packaged import TEMPLATES
from stemma.problems import BuildFailed, shown
from stemma.publish.output import urls
from stemma.records import Problem, Severity


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site: its path below site/ and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows around its content: facts of the archive, none of them from a raw file."""

    title: str
    description: str
    address: str
    contact: str
    rights: str
    licence: str
    search: bool
    search_engines: bool


class Renderer:
    """Templates: an archive's own, file by file, before the program's. Undefined names are errors, all is escaped."""

    def __init__(self, templates: Path, frame: Frame) -> None:
        """Open the archive's folder of templates, which need not exist."""
        self._templates = templates
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder, encoding="utf-8") for folder in (templates, TEMPLATES)]),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.frame = frame

    def digest(self) -> bytes:
        """A digest of all templates. Raises OSError."""
        found = [(folder, path) for folder in (TEMPLATES, self._templates) for path in sorted(folder.rglob("*.html"))]
        return digest([(path.relative_to(folder).as_posix(), path.read_bytes()) for folder, path in found])

    def page(self, template: str, path: str, context: object) -> File:
        """Render ``template`` with ``page`` (the context), ``frame``, ``path`` and ``url(target)``, a relative link.

        Raises BuildFailed with one error that names the template and its line.
        """
        names: dict[str, Any] = {
            "page": context,
            "frame": self.frame,
            "path": path,
            "url": partial(urls.relative, page=path),
        }
        try:
            text = self._environment.get_template(template).render(names)
        except TemplateError as error:
            where, line = _place(error, self._templates / template)
            what = f"there is no template {error.name}" if isinstance(error, TemplateNotFound) else str(error.message)
            remedy = "Correct it, or delete it to use the program's own"
            raise BuildFailed([Problem(Severity.ERROR, where, what, remedy, line)]) from error
        return File(path, text.encode("utf-8", "replace"))


def _place(error: TemplateError, template: Path) -> tuple[str, int | None]:
    """The file and line of a template's error: where it could not be parsed, else where it was running."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return shown(Path(error.filename)), error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return (shown(Path(frames[-1].filename)), frames[-1].lineno) if frames else (shown(template), None)


@cache
def renderer(templates: Path, frame: Frame) -> Renderer:
    """The renderer of a folder of templates, opened once a process."""
    return Renderer(templates, frame)
