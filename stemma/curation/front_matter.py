"""The one module that uses python-frontmatter: one page of content/pages <-> its parts.

Everything is read as text (yaml's BaseLoader): ``title: No`` is the word No. A page that cannot be read whole is an
error, never an empty front matter: a text that was taken down must not come back through a typing mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from stemma.curation import bounded_yaml
from stemma.dates import is_date, is_day
from stemma.markdown import safe_link
from stemma.problems import nearest
from stemma.records import Field, Problem, Severity, Withdrawal

LISTS = (Field.AUTHOR, Field.TAGS)
MACHINE_KEYS = ("date_kind", "source", "sha256", "work", "mirrors", "mirrors_total", "sealed")
ID_KEYS = ("not_mirrors", "same_work", "aliases")
NOTES = "notes"
OWN = "x_"
"""How the keys of a curator's own begin."""
CURATOR_KEYS = (*ID_KEYS, "checked", "withdrawn", NOTES)
KEYS = (*(str(field) for field in Field), *CURATOR_KEYS, *MACHINE_KEYS)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Damaged(Exception):  # noqa: N818 - says what a page is
    """A page cannot be read: what is wrong, what to do, and the line where that is known."""

    def __init__(self, what: str, remedy: str, line: int | None = None) -> None:
        """Take what a Problem needs."""
        super().__init__(what)
        self.what, self.remedy, self.line = what, remedy, line

    def problem(self, where: str) -> Problem:
        """The error of the page at ``where``."""
        return Problem(Severity.ERROR, where, self.what, self.remedy, self.line)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as found. ``fields`` holds the fields it has; ``sealed`` the digests of what the machine wrote.

    ``kept`` are notes and keys of the curator's own. A page is ``commented`` where its front matter had comments, which
    YAML libraries do not keep: they stand in the notes.
    """

    id: str
    source: str
    sha256: str
    fields: Mapping[Field, tuple[str, ...]]
    markdown: str
    sealed: Mapping[str, str]
    not_mirrors: tuple[str, ...]
    same_work: tuple[str, ...]
    aliases: tuple[str, ...]
    withdrawn: Withdrawal | None
    mirrors: tuple[str, ...]
    kept: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    checked: tuple[Field, ...] = ()
    commented: bool = False


class _Loader(yaml.CBaseLoader):
    """Everything as text; a key given twice is damage."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: ARG002, FBT001, FBT002
        """Build the mapping, or say which key is given twice."""
        seen: set[object] = set()
        for key, _ in node.value:
            name = getattr(key, "value", None)
            if isinstance(name, str) and name in seen:
                raise Damaged(f"{name!r} is given twice", "Delete one of the two", key.start_mark.line + 1)
            seen.add(name if isinstance(name, str) else None)
        return super().construct_mapping(node, deep=True)


class _Handler(YAMLHandler):
    """Front matter read as text and written one line a scalar, in the order given."""

    def load(self, fm: str, **_: object) -> Any:
        """Parse the block between the two lines of hyphens."""
        bounded_yaml.check(fm)
        return yaml.load(fm, Loader=_Loader)  # noqa: S506 - BaseLoader builds text, lists and mappings alone

    def export(self, metadata: dict[str, object], **_: object) -> str:
        """Write the block."""
        options: dict[str, Any] = {"sort_keys": False, "width": 1 << 30, "allow_unicode": True}
        return str(yaml.dump(metadata, Dumper=yaml.CSafeDumper, default_flow_style=False, **options)).strip()


_HANDLER = _Handler()


def parse(data: bytes, name: str) -> Page:
    """Read a page; ``name`` is its file name without .md, which is the witness's id. Raises Damaged."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise Damaged("is not UTF-8", "Save it as UTF-8", data[: error.start].count(b"\n") + 1) from error
    try:
        table, content = frontmatter.parse(text, handler=_HANDLER)
    except bounded_yaml.Unbounded as error:
        raise Damaged(error.what, error.remedy, error.line) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "not YAML"
        line = mark.line + 1 if mark else None
        raise Damaged(f"front matter cannot be read: {what}", "Correct that line or the one above", line) from error
    if not isinstance(table, dict) or not table:
        raise Damaged("has no front matter", "It must begin with a line ---, then title: …, and end with a line ---", 1)
    for key in table:
        if key not in KEYS and not str(key).startswith(OWN):
            raise Damaged(f"unknown key {key!r}", nearest(str(key), KEYS), _line_of(text, str(key)))
    try:
        page = _page(table, content, name)
    except Damaged as damaged:
        raise Damaged(damaged.what, damaged.remedy, _line_of(text, damaged.what.partition(":")[0])) from None
    comments = _comments(_HANDLER.split(text)[0])
    return _with_comments(page, comments) if comments else page


def _comments(front: str) -> list[str]:
    """The comments of a front matter: whatever stands between two tokens and is not space."""
    if "#" not in front:
        return []
    found, end = [], 0
    for token in yaml.scan(front, Loader=yaml.CBaseLoader):
        found += front[end : token.start_mark.index].split("\n")
        end = token.end_mark.index
    found += front[end:].split("\n")
    return [comment for line in found if (comment := line.partition("#")[2].strip())]


def _with_comments(page: Page, comments: list[str]) -> Page:
    kept = dict(page.kept)
    before = kept.pop(NOTES, ())
    notes = (before,) if isinstance(before, str) else before
    return replace(page, kept=((NOTES, (*notes, *comments)), *kept.items()), commented=True)


def _line_of(text: str, key: str) -> int | None:
    """The line of a page on which a key stands, None where it is written in another way."""
    found = re.search(rf"(?m)^[\"']?{re.escape(key)}[\"']?[ \t]*:", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _page(table: Mapping[str, Any], content: str, name: str) -> Page:
    source = table.get("source")
    if not isinstance(source, str) or not source:
        raise Damaged("does not say which raw file it is of", "Add the line source: with the path below content/raw")
    sealed = table.get("sealed", {})
    names = {*(str(field) for field in Field), "body"}
    if not isinstance(sealed, dict) or any(key not in names or not isinstance(sealed[key], str) for key in sealed):
        raise Damaged("sealed: is not as it was written", "Restore it, or delete it to keep the whole page as yours")
    mirrors = table.get("mirrors") or []
    return Page(
        id=name,
        source=source,
        sha256=str(table.get("sha256", "")),
        fields={field: _values(field, table[field]) for field in Field if field in table},
        markdown=content,
        sealed=sealed,
        not_mirrors=_texts("not_mirrors", table.get("not_mirrors", [])),
        same_work=_texts("same_work", table.get("same_work", [])),
        aliases=_texts("aliases", table.get("aliases", [])),
        kept=tuple((key, _kept(key, table[key])) for key in table if key == NOTES or key.startswith(OWN)),
        checked=_checked(table.get("checked", [])),
        withdrawn=_withdrawal(table["withdrawn"]) if "withdrawn" in table else None,
        mirrors=tuple(str(entry["id"]) for entry in mirrors if isinstance(entry, dict) and "id" in entry),
    )


def _values(field: Field, given: object) -> tuple[str, ...]:
    if field is Field.TAGS and isinstance(given, str):
        return _texts(field, re.split("[,;]", given))
    if field in LISTS:
        return _texts(field, given)
    if not isinstance(given, str):
        raise Damaged(f"{field}: must be one line of text", "Put it in quotes if it holds a colon or a bracket")
    value = " ".join(given.split())
    if value and field in (Field.DATE, Field.ORIGIN_DATE) and not is_date(value):
        raise Damaged(f"{field}: {value!r} is not a date", "Write it as 2017-11-02, 2017-11 or 2017, or leave it empty")
    if value and field is Field.LANGUAGE and not _LANGUAGE.fullmatch(value):
        raise Damaged(f"language: {value!r} is not a language tag", "Write it as en, de, pt-BR, or leave it empty")
    if value and field is Field.ORIGINAL_URL and not safe_link(value):
        raise Damaged(f"original_url: {value!r} is not a web address", "Begin it with https://, or leave it empty")
    return (value,) if value else ()


def _kept(key: str, given: object) -> str | tuple[str, ...]:
    if isinstance(given, str):
        return given
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        return tuple(given)
    raise Damaged(f"{key}: must be a text or a list of texts", "Put it in quotes")


def _checked(given: object) -> tuple[Field, ...]:
    names = [str(field) for field in Field]
    for name in _texts("checked", given):
        if name not in names:
            raise Damaged(f"checked: {name!r} is not a field", nearest(name, names))
    return tuple(Field(name) for name in dict.fromkeys(_texts("checked", given)))


def _texts(key: str, given: object) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or any(not isinstance(one, str) for one in listed):
        raise Damaged(f"{key}: must be a list of texts", f"Write it as {key}: [one, another]")
    return tuple(" ".join(one.split()) for one in listed if one.strip())


def _withdrawal(given: object) -> Withdrawal:
    table = {"reason": given} if isinstance(given, str) else given
    if not isinstance(table, dict) or any(key not in ("reason", "date") for key in table):
        raise Damaged("withdrawn: must be a reason", "Write it as withdrawn: the reason, or with reason: and date:")
    reason, day = (str(table.get(key, "")).strip() for key in ("reason", "date"))
    if not reason:
        raise Damaged("withdrawn: gives no reason", "Say why; readers see it. To publish the text, delete the line")
    if day and not is_day(day):
        raise Damaged(f"withdrawn: {day!r} is not a date", "Write it as 2017-11-02")
    return Withdrawal(" ".join(reason.split()), day)


def format_page(table: dict[str, object], markdown: str) -> bytes:
    """A page as bytes: front matter in the order given, then the Markdown."""
    post = frontmatter.Post(markdown, _HANDLER, **table)
    return (frontmatter.dumps(post, handler=_HANDLER).rstrip() + "\n").encode("utf-8")
