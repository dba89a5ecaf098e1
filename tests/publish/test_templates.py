"""docs/templates.md lists what every template sees. ``python -m tests.publish.test_templates`` writes it anew."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import stemma.publish
from stemma.publish.output.render import File, Frame, Renderer
from tests.publish import archives
from tests.publish.browse.test_lists import site
from tests.publish.reading.test_pages import _site as reading_pages

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs/templates.md"
MARK = "<!-- From here on"
STATED = re.compile(r"\{# (.+?): page is (?:an? )?(\w+)\. #\}\n")


def templates() -> Iterator[tuple[str, str, str]]:
    """Each page template: its name, what it is, the name of its context."""
    for path in sorted((PROJECT / "templates").glob("*.html")):
        if not path.name.startswith("_") and path.name != "layout.html":
            stated = STATED.match(path.read_text("utf-8"))
            assert stated, f"{path.name} must begin with {{# what it is: page is a CONTEXT. #}}"
            yield path.name, stated[1], stated[2]


def contexts() -> Mapping[str, type]:
    """Every record of stemma.publish, by name."""
    modules = pkgutil.walk_packages(stemma.publish.__path__, "stemma.publish.")
    return {
        name: value
        for module in modules
        for name, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        if is_dataclass(value) and value.__module__ == module.name
    }


def documented() -> str:
    """The generated part of the page."""
    known = contexts()
    found = [(name, what, known.get(context)) for name, what, context in templates()]
    records = _all_named([Frame, *(context for _, _, context in found if context)])
    names = _names({*records, *(context for _, _, context in found if context)})
    parts = ["## Pages\n"]
    for name, what, context in found:
        parts.append(f"### `{name}`\n\n{what}.\n")
        if context:
            parts.append(_table(context, names))
    parts.append("## Records\n")
    parts += [f"### {names[record]}\n\n{_table(record, names)}" for record in sorted(records, key=names.__getitem__)]
    return "\n".join(parts)


def _names(records: Iterable[type]) -> Mapping[type, str]:
    """A name for each record; with its module where two have one name."""
    often = Counter(record.__name__ for record in records)
    return {
        record: record.__name__
        if often[record.__name__] == 1
        else f"{record.__name__} in {record.__module__.rpartition('.')[2]}"
        for record in records
    }


def _all_named(roots: Iterable[type]) -> frozenset[type]:
    """The records that records have in them, all the way down, and Frame."""
    due: list[type] = list(roots)
    found: set[type] = {Frame}
    while due:
        for one in _named(due.pop()):
            if one not in found:
                found.add(one)
                due.append(one)
    return frozenset(found)


def _table(record: type, names: Mapping[type, str]) -> str:
    hints = typing.get_type_hints(record)
    rows = [(field.name, hints[field.name]) for field in fields(record)]
    for name, value in inspect.getmembers(record, lambda one: isinstance(one, property)):
        rows.append((name, typing.get_type_hints(value.fget)["return"]))
    about = " ".join(inspect.cleandoc(record.__doc__ or "").replace("``", "`").split())
    lines = "".join(f"| `{name}` | {_type(hint, names)} |\n" for name, hint in rows)
    return f"{about}\n\n| name | type |\n|---|---|\n{lines}"


def _type(hint: Any, names: Mapping[type, str]) -> str:
    """A type as people read it."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is frozenset or (origin is tuple and parts[-1] is ...):
        return f"{_type(parts[0], names)} …"
    if origin is tuple:
        return f"({', '.join(_type(part, names) for part in parts)})"
    if origin is types.UnionType:
        return f"{_type(parts[0], names)}?"
    if hint in names:
        return f"[{names[hint]}](#{names[hint].lower().replace(' ', '-')})"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " or ".join(f"`{one.value}`" for one in hint)
    return {str: "text", int: "number", bool: "yes or no", Mapping: "as JSON"}.get(origin or hint, str(hint))


def _named(record: type) -> list[type]:
    """The records a record has in it."""
    due, found = list(typing.get_type_hints(record).values()), []
    properties = [value for value in vars(record).values() if isinstance(value, property)]
    due += [typing.get_type_hints(value.fget)["return"] for value in properties]
    while due:
        hint = due.pop()
        due += typing.get_args(hint)
        if isinstance(hint, type) and is_dataclass(hint):
            found.append(hint)
    return found


def test_the_page_lists_what_every_template_sees() -> None:
    head, mark, rest = PAGE.read_text("utf-8").partition(MARK)
    assert mark, head
    assert rest.partition("\n\n")[2] == documented(), "run python -m tests.publish.test_templates"


def test_every_template_gets_the_context_it_states(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = {name: context for name, _, context in templates()}
    seen: dict[str, set[str]] = {}
    real = Renderer.page

    def recorded(self: Renderer, template: str, path: str, context: object) -> File:
        seen.setdefault(template, set()).add(type(context).__name__.removesuffix("Type"))
        return real(self, template, path, context)

    monkeypatch.setattr(Renderer, "page", recorded)
    for archive in (archives.lamp(), archives.quay()):
        site(archive)
        reading_pages(archive)
    assert len(seen) > 15
    assert seen == {template: {stated[template]} for template in seen}


if __name__ == "__main__":
    head, mark, rest = PAGE.read_text("utf-8").partition(MARK)
    PAGE.write_text(f"{head}{mark}{rest.partition(chr(10) * 2)[0]}\n\n{documented()}", "utf-8")
