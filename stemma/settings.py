"""archive.toml and the command line -> Settings. An unknown key is a problem that names the nearest known one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from stemma.files import read_toml
from stemma.markdown import safe_link
from stemma.problems import nearest, shown, unreadable
from stemma.records import Label, Problem, Severity


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of this archive, and where its parts are.

    The first group is read from archive.toml, the second from the command line.
    """

    title: str = "An archive of texts"
    description: str = ""
    language: str = "en"
    address: str = "https://archive.example/"
    contact: str = ""
    rights: str = ""
    licence: str = ""
    raw_files: bool = True
    search_engines: bool = True
    review_page: bool = False
    withheld: tuple[Label, ...] = ()
    stylesheet: str = ""
    logo: str = ""
    favicon: str = ""
    own_pages: tuple[str, ...] = ()
    menu: tuple[tuple[str, str], ...] = ()

    content: Path = field(default=Path("content"))
    site: Path = field(default=Path("site"))
    templates: Path = field(default=Path("templates"))
    config: Path = field(default=Path("content/archive.toml"))
    named: tuple[str, ...] = ()
    strict: bool = False
    search: bool = True
    quiet: bool = False
    verbose: bool = False
    jobs: int = 1
    use_cache: bool = True
    cluster: str = ""

    @property
    def raw(self) -> Path:
        """The folder of files as received."""
        return self.content / "raw"

    @property
    def pages(self) -> Path:
        """The pages a curator works on."""
        return self.content / "pages"

    @property
    def cache(self) -> Path:
        """The folder of what earlier builds computed: beside content/, one for each content folder."""
        content = self.content.resolve()
        return content.parent / ".stemma-cache" / content.name

    @property
    def register(self) -> Path:
        """The hash of every received file, in sha256sum format."""
        return self.content / "manifest-sha256.txt"


FROM_FILE = ("title", "description", "language", "address", "contact", "rights", "licence",
             "raw_files", "search_engines", "review_page", "withheld",
             "stylesheet", "logo", "favicon", "own_pages", "menu")  # fmt: skip
"""The keys of archive.toml."""


LANGUAGES: Final = ("ar", "de", "en", "fr")
"""The languages that the site's own words are in."""

IDENTITY = ("title", "address")
"""The keys without which an archive shows placeholders."""


def read(settings: Settings) -> tuple[Settings, tuple[Problem, ...]]:
    """Fill in what archive.toml says. Anything wrong in it is an error each; a placeholder in use is a warning.

    Without a file only a named one is an error: then nothing is stated of title, address or rights.
    """
    where = shown(settings.config)
    misplaced = tuple(_misplaced(settings))
    if misplaced:
        return settings, misplaced
    try:
        table = read_toml(settings.config)
    except FileNotFoundError:
        return settings, (_missing(settings, where),)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return settings, (unreadable(settings.config, error),)
    line_of = partial(_line_of, settings.config.read_bytes().decode("utf-8-sig"))
    problems = [
        Problem(Severity.ERROR, where, f"unknown setting {key!r}", nearest(key, FROM_FILE), line_of(key))
        for key in table
        if key not in FROM_FILE
    ]
    values: dict[str, Any] = {}
    for key in FROM_FILE:
        if key in table:
            try:
                values[key] = _value(key, table[key])
            except ValueError as error:
                problems.append(Problem(Severity.ERROR, where, f"{key}: {error}", "See docs/settings.md", line_of(key)))
    problems += _absent(replace(settings, **values), where)
    unset = [key for key in IDENTITY if key not in table]
    if unset:
        what = f"does not set {' and '.join(unset)}: a placeholder is shown"
        problems.append(Problem(Severity.WARNING, where, what, f'Add the line {unset[0]} = "…"'))
    return replace(settings, **values), tuple(problems)


def _line_of(text: str, key: str) -> int | None:
    """The line on which a key is set, None where it is set in another way."""
    found = re.search(rf"(?m)^[ \t]*(?:\[+[ \t]*)?[\"']?{re.escape(key)}[\"']?[ \t]*[=\].]", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _misplaced(settings: Settings) -> Iterator[Problem]:
    """An error where the content folder or a named folder of templates is none."""
    content = settings.content
    if not content.is_dir():
        what = "is not a folder" if content.exists() else "there is no such folder"
        yield Problem(Severity.ERROR, shown(content), what, "Name the archive's content folder with --content")
    elif content.name == "raw" and not settings.raw.exists():
        what = "is a folder of raw files, not of an archive's content"
        yield Problem(
            Severity.ERROR, shown(content), what, f"Name the folder above it: --content {shown(content.parent)}"
        )
    elif not settings.raw.is_dir():
        remedy = "Make it, and put .txt files there, or name another content folder with --content"
        yield Problem(Severity.ERROR, shown(settings.raw), "there is no such folder", remedy)
    if "templates" in settings.named and not settings.templates.is_dir():
        what = "there is no such folder of templates"
        yield Problem(Severity.ERROR, shown(settings.templates), what, "Correct --templates, or leave it out")


def _absent(settings: Settings, where: str) -> Iterator[Problem]:
    """An error for each file that a setting names and that is not there, and for each menu entry that leads nowhere."""
    static = settings.templates / "static"
    for key in ("stylesheet", "logo", "favicon"):
        name = getattr(settings, key)
        if name and not (static / name).is_file():
            what = f"{key}: there is no {shown(static / name)}"
            yield Problem(Severity.ERROR, where, what, f"Put the file into {shown(static)}, or correct the name")
    for name in settings.own_pages:
        if not (settings.content / name).is_file():
            what = f"own_pages: there is no {shown(settings.content / name)}"
            yield Problem(Severity.ERROR, where, what, "Write it, or correct the name")
    for label, target in settings.menu:
        if not safe_link(target) and target not in settings.own_pages:
            what = f"menu: {label!r} leads to {target!r}, which is neither a web address nor one of own_pages"
            yield Problem(Severity.ERROR, where, what, "Begin the address with https://, or add the page to own_pages")


def _missing(settings: Settings, where: str) -> Problem:
    former = settings.content.resolve().parent / "archive.toml"
    if "config" in settings.named:
        return Problem(Severity.ERROR, where, "there is no such file", "Correct --config, or leave it out")
    if former.is_file():
        what = f"is read from the content folder; there is one in {shown(former.parent)}, where version 0.1.0 kept it"
        return Problem(Severity.ERROR, where, what, "Move it there if it is this archive's own, else delete it")
    what = "there is no such file: title and address are placeholders"
    return Problem(Severity.WARNING, where, what, 'Write it, with the lines title = "…" and address = "…"')


def _value(key: str, given: object) -> object:
    default = next(item.default for item in fields(Settings) if item.name == key)
    if key in _READERS:
        return _READERS[key](given)
    if not isinstance(given, type(default)):
        raise ValueError(f"must be {'true or false' if isinstance(default, bool) else 'text in quotes'}")  # noqa: TRY004
    if key == "title" and not str(given).strip():
        raise ValueError("must not be empty")
    if key in ("address", "rights") and given:
        return _address(str(given), key)
    return given


def _language(given: object) -> str:
    if given not in LANGUAGES:
        known = ", ".join(f'"{one}"' for one in LANGUAGES)
        raise ValueError(f"must be one of {known}, the languages of the interface; texts may be in any language")
    return str(given)


def _labels(given: object) -> tuple[Label, ...]:
    names = [str(label) for label in Label if label is not Label.BODY]
    if not isinstance(given, list) or any(name not in names for name in given):
        raise ValueError(f"must be a list of {', '.join(names)}")
    return tuple(label for label in Label if str(label) in given)


def _address(given: str, key: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in ("https", "http") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("must be a web address that begins with https://")
    return given if key == "rights" or given.endswith("/") else given + "/"


def _file_name(given: object) -> str:
    if not isinstance(given, str) or not _FILE_NAME.fullmatch(given):
        raise ValueError("must be the name of a file in templates/static: letters, digits, dots, hyphens, underscores")
    return given


def _own_pages(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or any(not isinstance(name, str) or not _OWN_PAGE.fullmatch(name) for name in given):
        raise ValueError("must be a list of files in content that end in .md: small letters, digits and hyphens")
    return tuple(dict.fromkeys(given))


def _menu(given: object) -> tuple[tuple[str, str], ...]:
    entries: list[Any] = given if isinstance(given, list) else [given]
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"label", "target"} or not all(map(_is_text, entry.values())):
            raise ValueError('must be a list of {label = "…", target = "…"}')
    return tuple((" ".join(entry["label"].split()), entry["target"]) for entry in entries)


def _is_text(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip())


_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_OWN_PAGE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "language": _language,
    "withheld": _labels,
    "stylesheet": _file_name,
    "logo": _file_name,
    "favicon": _file_name,
    "own_pages": _own_pages,
    "menu": _menu,
}
