"""The catalogues of the site's own words: every message of templates, program and scripts, in each language.

    python -m tests.catalogues    collects the messages, puts new ones into each catalogue, compiles all

A new message is empty in stemma/publish/wording/catalogues/LANGUAGE.po until it is translated there.
"""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from stemma.packaged import CATALOGUES, TEMPLATES
from stemma.publish.index import TextKind
from stemma.publish.wording import languages
from stemma.records import Label
from stemma.settings import LANGUAGES

PROJECT: Final = Path(__file__).parents[1]
TRANSLATED: Final = tuple(language for language in LANGUAGES if language != "en")
KEYWORDS: Final[Mapping[str, Any]] = {
    "_": None, "gettext": None, "ngettext": (1, 2), "message": None,
    "figures": (2, 3), "count": (2, 3), "messages": (1, 2),
}  # fmt: skip
PLURAL: Final = ("ngettext", "figures", "count", "messages")
"""The functions that are given messages, and which of their arguments these are."""

Found = tuple[str, str | tuple[str, ...], str | None]
"""Where a message is, the message with its plural, its context."""


def collected() -> Catalog:
    """Every message, with the files it is in."""
    found = Catalog(project="Stemma", charset="utf-8")
    for place, text, context in (*_called(), *_recorded()):
        found.add(text, locations=[(place, 1)], context=context)
    return found


def _called() -> Iterator[Found]:
    for folder, pattern, method in ((TEMPLATES, "*.html", "jinja2"), (TEMPLATES / "static", "*.js", "javascript")):
        for path in sorted(folder.glob(pattern)):
            options = {"newstyle_gettext": "true"} if method == "jinja2" else {}
            for _, text, _, context in extract_from_file(method, path, keywords=KEYWORDS, options=options):
                yield path.relative_to(PROJECT).as_posix(), text, context
    for path in sorted((PROJECT / "stemma" / "publish").rglob("*.py")):
        for call in calls(ast.parse(path.read_text("utf-8"))):
            yield path.relative_to(PROJECT).as_posix(), *call


def calls(tree: ast.AST) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The messages of a module, each with its context."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in KEYWORDS:
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name_of(node) in PLURAL:
                if len(texts) == 2:
                    yield tuple(texts), None
            elif texts:
                yield texts[0], None


def name_of(call: ast.Call) -> str:
    """The name of the function that is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _recorded() -> Iterator[Found]:
    """Words that are data as well, in English, and are translated where they are shown."""
    for label in Label:
        yield "stemma/records.py", label.meaning, None
    for kind in TextKind:
        yield "stemma/publish/index.py", str(kind), None
    for name in languages.NAMES.values():
        yield "stemma/publish/wording/languages.py", name, None


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is in its file."""
    path = CATALOGUES / f"{language}.po"
    return read_po(io.StringIO(path.read_text("utf-8") if path.exists() else ""), locale=language)


class _Undated(Catalog):
    """A catalogue whose header has neither dates nor names of tools."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What a program needs to read it."""
        return [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", self.plural_forms)]


def compiled(found: Catalog) -> bytes:
    """The catalogue for the program; the same bytes for the same messages."""
    plain = _Undated(locale=found.locale)
    vars(plain).update(_num_plurals=found.num_plurals, _plural_expr=found.plural_expr)
    for one in found:
        if one.id:
            plain.add(one.id, one.string, context=one.context)
    out = io.BytesIO()
    write_mo(out, plain)
    return out.getvalue()


def compiled_for_scripts(found: Catalog) -> str:
    """The messages of the scripts as JSON: message -> translation, or its plural forms in the catalogue's order."""
    words = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in found
        if message.id and any(place.endswith(".js") for place, _ in message.locations)
    }
    return json.dumps(words, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def written(found: Catalog) -> str:
    """The catalogue as text, without dates and line numbers, so that only messages change."""
    out = io.BytesIO()
    write_po(out, found, width=0, include_lineno=False, omit_header=False, sort_output=False)
    kept = [line for line in out.getvalue().decode().split("\n") if not line.startswith(_DATED)]
    return "\n".join(kept)


_DATED: Final = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Report-Msgid', '"Last-Translator',
                 '"Language-Team', '"Project-Id')  # fmt: skip


def renew() -> None:
    """Bring every catalogue up to date and compile it."""
    messages = collected()
    for language in TRANSLATED:
        found = catalogue(language)
        found.update(messages, no_fuzzy_matching=True)
        found.obsolete.clear()
        found.fuzzy = False
        found.header_comment = "# The site's own words. Collected and compiled by: make catalogues"
        (CATALOGUES / f"{language}.po").write_text(written(found), "utf-8")
        found = catalogue(language)
        (CATALOGUES / f"{language}.mo").write_bytes(compiled(found))
        (CATALOGUES / f"{language}.json").write_text(compiled_for_scripts(found), "utf-8")


if __name__ == "__main__":
    renew()
