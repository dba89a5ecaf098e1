"""No page, no wording and no script holds a sentence that is not in the catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from selectolax.lexbor import LexborHTMLParser

from stemma.packaged import TEMPLATES
from stemma.publish.index import build_index
from stemma.publish.output import render
from stemma.publish.output.render import Renderer
from stemma.publish.reading import pages as reading
from stemma.publish.wording.translation import Translation
from tests.catalogues import KEYWORDS, PROJECT, name_of
from tests.publish import archives
from tests.publish.browse.test_lists import ROOMS

WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = re.compile(r"&\w+;|SHA-256|BibTeX|RIS|CSL-JSON|UTF-8")
"""Names that are the same in every language, and characters written by name."""
SHOWN = re.compile(
    r"""\b(?:title|alt|aria-label|data-head|placeholder)="([^"]*)"|name="description" content="([^"]*)\""""
)
"""Attributes that readers see or hear."""
ATTRIBUTE = re.compile(r"""\s[a-z-]+="[^"]*"?""")
TAG = re.compile(r"<[^<>]*>")


def bare(text: str) -> list[str]:
    """The words of a piece of HTML outside of tags, and in attributes that are shown."""
    found = WORD.findall(NAMES.sub("", ATTRIBUTE.sub(" ", TAG.sub(" ", text))))
    return found + [word for pair in SHOWN.findall(text) for word in WORD.findall("".join(pair))]


def spoken(template: str) -> str:
    """What a template holds itself, without what it prints and what it takes from the catalogues."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(template)  # parsed, never rendered
    pieces = []
    for output in tree.find_all(nodes.Output):
        pieces += [
            node.data if isinstance(node, nodes.TemplateData) else f"\0{' '.join(_constants(node))}\0"
            for node in output.nodes
        ]
    return "".join(pieces)


def _constants(node: nodes.Node) -> Iterator[str]:
    """Words that an expression prints; not those it hands to a function, or compares with."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and (" " in node.value or node.value.istitle()):
        yield node.value
    if not isinstance(node, nodes.Call | nodes.Compare | nodes.Filter | nodes.Test):
        for child in node.iter_child_nodes():
            yield from _constants(child)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_a_bare_sentence(path: Path) -> None:
    assert bare(spoken(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Found in part elsewhere</p>",
        '<a title="The list">{{ page.x }}</a>',
        "<p>{{ 'one text' if page.n == 1 else 'texts here' }}</p>",
        "<p>{% trans %}A text{% endtrans %} and more</p>",
        '<meta name="description" content="What it is">',
    ],
)
def test_a_bare_sentence_is_found(template: str) -> None:
    assert bare(spoken(template))


def sentences(tree: ast.AST) -> Iterator[str]:
    """String constants of two words and more that are not given to a function of the catalogues, and no docstring."""
    quiet: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in {*KEYWORDS, "compile", "search", "ValueError", "Problem"}:
            quiet.update(id(one) for one in ast.walk(node))
        if isinstance(node, ast.Expr | ast.Raise | ast.AnnAssign):
            quiet.update(id(one) for one in ast.walk(node) if isinstance(node, ast.Expr | ast.Raise))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in quiet else ""
        if isinstance(text, str) and re.search(r"[a-z]{2} [a-z]{2}", text):
            yield text


WORDING = [
    path
    for folder in ("browse", "reading", "wording")
    for path in sorted((PROJECT / "stemma" / "publish" / folder).rglob("*.py"))
    if path.name != "own_pages.py"  # what it reports is printed by the build, in English
]
DATA = {"raw file", "in several copies", "part of a longer text", "single text"}


@pytest.mark.parametrize("path", WORDING, ids=lambda path: path.name)
def test_no_wording_holds_a_bare_sentence(path: Path) -> None:
    allowed = {"Central Kurdish", "Norwegian Bokmål", "Norwegian Nynorsk", *DATA}
    assert [one for one in sentences(ast.parse(path.read_text("utf-8"))) if one not in allowed] == []


@pytest.mark.parametrize("path", sorted((TEMPLATES / "static").glob("*.js")), ids=lambda path: path.name)
def test_no_script_holds_a_bare_sentence(path: Path) -> None:
    text = re.sub(r"^\s*(//|/?\*).*$|//[^\n\"`]*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"(?:n?gettext|new Error)\((?:[^()]|\([^()]*\))*\)|import [^;]*;", "", text)
    assert re.findall(r"\"[^\"\n(){}=;]*[a-z]{2} [a-z]{2}[^\"\n(){}=;]*\"", text.replace('"use strict"', "")) == []


class Bracketed(NullTranslations):
    """A language in which every message is in brackets: what is outside has not been through a catalogue."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def test_all_that_pages_say_of_texts_is_from_the_catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    tr = Translation("en", Bracketed())
    monkeypatch.setattr(render, "translation", lambda _: tr)
    monkeypatch.setattr(reading, "renderer", Renderer)
    archive = archives.lamp()
    renderer = Renderer(TEMPLATES, archives.FRAME)
    index = build_index(archive, tr)
    files = [file for part in ROOMS for file in part.pages(index, renderer, archives.SETTINGS)]
    files += reading.pages(index, renderer, archives.SETTINGS)
    theirs = {word for one in archive.witnesses for word in WORD.findall(one.accession.text + one.accession.path)}
    theirs |= {
        word
        for one in archive.witnesses
        for claim in one.claims
        for value in claim.values
        for word in WORD.findall(value)
    }
    theirs |= {*WORD.findall(f"{archives.FRAME} {archive.publishers} {[*archive.edits.values()]}")}
    said = {
        word: file.path
        for file in files
        if file.path.endswith(".html")
        for text in _texts(file.data.decode())
        for word in WORD.findall(NAMES.sub("", text))
    }
    assert {word: path for word, path in said.items() if word not in theirs} == {}


def _texts(html: str) -> Iterator[str]:
    """What a page says outside of brackets, ids and the names of rules."""
    tree = LexborHTMLParser(html)
    for node in tree.css("script, style, pre, code, .src, title, .recurring, body [lang=en]"):
        node.decompose()
    text = tree.body.text(separator=" ") if tree.body else ""
    while "⟦" in text:
        text, before = re.sub(r"⟦[^⟦⟧]*⟧", " ", text), text
        if text == before:
            break
    yield re.sub(r"\S*[./]\S*", " ", text)
