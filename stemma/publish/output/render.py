"""The one user of Jinja2: a template's name and one frozen context -> a page of the site."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import cache, partial
from gettext import NullTranslations
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
    nodes,
)
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from stemma.cache import Memo, digest
from stemma.packaged import TEMPLATES
from stemma.problems import BuildFailed, shown
from stemma.publish.output import urls
from stemma.publish.wording.translation import translation
from stemma.records import Problem, Severity

_TEMPLATE_ERRORS = (
    TemplateError,
    UnicodeDecodeError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
)
"""What an archive's own template can raise: it is a program."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site: its path below site/ and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the menu or the foot: a page of the archive's own, or ``external``, a web address."""

    label: str
    target: str
    external: bool = False


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
    stylesheet: str = ""
    logo: str = ""
    favicon: str = ""
    menu: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()
    language: str = "en"

    @property
    def dir(self) -> str:
        """Which way the interface runs: "ltr" or "rtl"."""
        return translation(self.language).dir


class _Translating(NodeTransformer):
    """Puts messages that have no plural into the template, translated: a site has one language."""

    def __init__(self, known: NullTranslations) -> None:
        self._known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - a name of Jinja2's
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="_" | "gettext"), args=[nodes.Const(value=str(message))]):
                text = nodes.Const(Markup(self._known.gettext(message)), lineno=node.lineno)  # noqa: S704 - own words
                pairs = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
                return nodes.Mod(text, nodes.Dict(pairs, lineno=node.lineno), lineno=node.lineno)
        return node


class _Environment(Environment):
    """Templates whose messages are translated when they are compiled: that takes a sixth less time a page."""

    known: NullTranslations = NullTranslations()

    def compile(self, source: Any, *given: Any, **named: Any) -> Any:
        """Compile a template from its text or its tree."""
        if isinstance(source, str):
            source = _Translating(self.known).visit(self.parse(source, *given[:2]))
        return super().compile(source, *given, **named)


class Renderer:
    """Templates: an archive's own, file by file, before the program's. Undefined names are errors, all is escaped."""

    def __init__(self, templates: Path, frame: Frame) -> None:
        """Open the archive's folder of templates, which need not exist."""
        self._templates = templates
        self._environment = _Environment(
            loader=ChoiceLoader([FileSystemLoader(folder, encoding="utf-8") for folder in (templates, TEMPLATES)]),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        self.frame = frame
        self.tr = translation(frame.language)
        known = self._environment.known = self.tr.catalogue
        self._environment.install_gettext_callables(  # type: ignore[attr-defined]
            known.gettext, known.ngettext, newstyle=True
        )
        self._environment.filters["number"] = self.tr.number
        self._environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
        self._environment.globals["frame"] = frame  # for macros that are imported

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
            "path": path,
            "url": partial(urls.relative, page=path),
        }
        try:
            text = self._environment.get_template(template).render(names)
        except _TEMPLATE_ERRORS as error:
            raise BuildFailed([self._problem(error, template)]) from error
        return File(path, text.encode("utf-8", "replace"))

    def _problem(self, error: Exception, template: str) -> Problem:
        if isinstance(error, UnicodeDecodeError):
            own = sorted(path for path in self._templates.rglob("*.html") if not _is_utf8(path))
            where = shown(own[0] if own else self._templates / template)
            return Problem(Severity.ERROR, where, "is not UTF-8", "Save it as UTF-8")
        where, line = _place(error, self._templates / template)
        what = f"there is no template {error.name}" if isinstance(error, TemplateNotFound) else str(error)
        return Problem(Severity.ERROR, where, what, "Correct it, or delete it to use the program's own", line)


def _place(error: Exception, template: Path) -> tuple[str, int | None]:
    """The file and line of a template's error: where it could not be parsed, else where it was running."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return shown(Path(error.filename)), error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return (shown(Path(frames[-1].filename)), frames[-1].lineno) if frames else (shown(template), None)


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Remembering(Renderer):
    """A renderer that takes a page from an earlier build where that rendered the same context."""

    def __init__(self, templates: Path, frame: Frame, memo: Memo) -> None:
        """Open the folder of templates; raises OSError."""
        super().__init__(templates, frame)
        self._memo = memo
        self._common = digest(frame, self.digest())

    def page(self, template: str, path: str, context: object) -> File:
        """Render, or take what was rendered before."""
        key = self._memo.key(self._common, template, path, context)
        return File(path, self._memo.get(key, lambda: super(Remembering, self).page(template, path, context).data))


@cache
def renderer(templates: Path, frame: Frame) -> Renderer:
    """The renderer of a folder of templates, opened once a process."""
    return Renderer(templates, frame)
