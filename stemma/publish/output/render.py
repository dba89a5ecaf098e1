"""The one user of Jinja2: a template's name and one frozen context -> a page of the site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from stemma.problems import BuildFailed
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
    """Templates of one folder. Undefined names are errors, everything is escaped."""

    def __init__(self, templates: Path, frame: Frame) -> None:
        """Open the folder of templates."""
        self._environment = Environment(
            loader=FileSystemLoader(templates, encoding="utf-8"),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.frame = frame

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
            name = Path(str(getattr(error, "filename", None) or template)).name
            line = getattr(error, "lineno", None)
            problem = Problem(Severity.ERROR, f"templates/{name}", str(error.message), "Mend the template", line)
            raise BuildFailed([problem]) from error
        return File(path, text.encode("utf-8", "replace"))


@cache
def renderer(templates: Path, frame: Frame) -> Renderer:
    """The renderer of a folder of templates, opened once a process."""
    return Renderer(templates, frame)
