"""References: what is known of a text or a work, as BibTeX, RIS and CSL-JSON.

Every format is made from one Reference, so that they cannot disagree.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from stemma.clean.claims.recognizers.organisations import is_organisation
from stemma.clean.claims.recognizers.person_names import is_given, is_person
from stemma.dates import QUALIFIERS, is_plain
from stemma.publish.wording import languages
from stemma.publish.wording.dates import MONTHS, in_words, parts
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.titles import Heading
from stemma.publish.wording.translation import Translation
from stemma.records import Field, Witness

_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+")
_LATEX: Final = {sign: "\\" + sign for sign in "&%$#_"} | {
    "{": r"\textbraceleft{}",  # BibTeX counts braces whether or not a backslash precedes them
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class Cited(StrEnum):
    """What is cited."""

    TEXT = "text"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of what is cited, each value on one line and fit to be shown; what is not stated is empty.

    ``sha256`` is that of the raw file of a text, or of the base of a work; it is empty where that was withdrawn.
    Letters of witnesses are no part of it: they may change.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    date: str
    language: str
    address: str
    archive: str
    work: str
    sha256: str
    cited: Cited = Cited.TEXT


@dataclass(frozen=True, slots=True)
class Format:
    """One citation format, ready to copy."""

    name: str
    text: str


def refer(witness: Witness, heading: Heading, archive: str, address: str, work: str) -> Reference:
    """What a citation of a text may say. ``address``: that of its page; ``work``: that of its work, or ""."""
    return Reference(
        id=witness.id,
        title=heading.plain,
        authors=tuple(filter(None, map(one_line, witness.values(Field.AUTHOR)))),
        publisher=one_line(witness.value(Field.PUBLISHER)),
        date=one_line(witness.value(Field.DATE)),
        language=languages.code(witness.value(Field.LANGUAGE)),
        address=address,
        archive=archive,
        work=work,
        sha256=witness.accession.sha256,
    )


def formats(reference: Reference, tr: Translation) -> tuple[Format, ...]:
    """The citation in every format a reference manager reads."""
    return (
        Format("BibTeX", bibtex(reference, tr)),
        Format("RIS", ris(reference, tr)),
        Format("CSL-JSON", csl_json(reference, tr)),
    )


def bibtex(reference: Reference, tr: Translation) -> str:
    """As BibTeX. Values are in double braces where case, or a name that is no person's, must stay as it is.

    ``date`` is BibLaTeX's and holds what a year and a month cannot say, in EDTF: "1950~", "1949/1951".
    """
    date = parts(reference.date)
    fields = [
        ("author", " and ".join(map(_bibtex_name, reference.authors))),
        ("title", f"{{{_latex(reference.title)}}}"),
        ("howpublished", _latex(reference.publisher)),
        ("date", "" if is_plain(reference.date) or not date else reference.date),
        ("year", str(date[0]) if date else ""),
        ("month", MONTHS[date[1] - 1] if len(date) > 1 else ""),
        ("note", _latex(_place(reference, tr))),
        ("url", reference.address),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@misc{{{reference.id},", *lines, "}"])


def ris(reference: Reference, tr: Translation) -> str:
    """As RIS."""
    date = parts(reference.date)
    fields = [
        ("TY", "NEWS" if reference.cited is Cited.TEXT else "ELEC"),
        *(("AU", ", ".join(split_name(name)) or name) for name in reference.authors),
        ("TI", reference.title),
        ("T2", reference.publisher),
        ("PY", str(date[0]) if date else ""),
        ("DA", _ris_date(reference.date, tr)),
        ("LA", reference.language),
        ("DB", reference.archive),
        ("AN", reference.id),
        ("UR", reference.address),
        ("N1", _hash(reference, tr)),
    ]
    return "\n".join([f"{tag}  - {value}" for tag, value in fields if value] + ["ER  - "])


def csl_json(reference: Reference, tr: Translation) -> str:
    """As CSL-JSON."""
    date = parts(reference.date)
    entry: dict[str, Any] = {
        "id": reference.id,
        "type": "article-newspaper" if reference.cited is Cited.TEXT else "webpage",
        "title": reference.title,
        "author": [_csl_name(name) for name in reference.authors],
        "container-title": reference.publisher,
        "issued": _csl_date(reference.date) if date else None,
        "language": reference.language,
        "archive": reference.archive,
        "archive_location": reference.id,
        "URL": reference.address,
        "note": _hash(reference, tr),
    }
    lines = (f'"{key}": {_JSON(value)}' for key, value in entry.items() if value)
    return "[{\n  " + ",\n  ".join(lines) + "\n}]"


def _ris_date(edtf: str, tr: Translation) -> str:
    """Year/month/day/other information, the last where the date is more than these: "1950///about 1950"."""
    date = [f"{number:02}" for number in parts(edtf)]
    return "/".join(date) if is_plain(edtf) or not date else "/".join([*(*date, "", "")[:3], in_words(edtf, tr)])


def _csl_date(edtf: str) -> dict[str, Any]:
    """The parts of a date, or of both ends of an interval; "circa" where it is approximate or uncertain."""
    said: dict[str, Any] = {"date-parts": [list(parts(end)) for end in edtf.split("/")]}
    return said | {"circa": True} if any(sign in edtf for sign in QUALIFIERS) else said


def _place(reference: Reference, tr: Translation) -> str:
    values = {"archive": reference.archive, "id": reference.id, "sha256": reference.sha256}
    if reference.cited is Cited.TEXT:
        return tr.gettext("%(archive)s, text %(id)s, SHA-256 %(sha256)s", **values)
    if reference.sha256:
        return tr.gettext("%(archive)s, work %(id)s, SHA-256 of its base %(sha256)s", **values)
    return tr.gettext("%(archive)s, work %(id)s", **values)


def _hash(reference: Reference, tr: Translation) -> str:
    if reference.cited is Cited.TEXT:
        return tr.gettext("SHA-256 of the raw file: %(sha256)s", sha256=reference.sha256)
    if reference.sha256:
        return tr.gettext("SHA-256 of the raw file of its base: %(sha256)s", sha256=reference.sha256)
    return ""


def when(reference: Reference, tr: Translation) -> str:
    """The date of the plain citation."""
    return in_words(reference.date, tr) if reference.date else tr.gettext("undated")


def split_name(name: str) -> tuple[str, str] | tuple[()]:
    """Family and given name of what is known to be a person's name; nothing for any other name.

    >>> split_name("Vincent van Gogh"), split_name("Tolleby Parish Council")
    (('van Gogh', 'Vincent'), ())
    """
    tokens = name.split()
    if len(tokens) < 2 or not is_person(name) or is_organisation(name):
        return ()
    if not (is_given(name) or _INITIALS.fullmatch(tokens[0])):
        return ()
    first = next((at for at, token in enumerate(tokens[1:-1], 1) if token[0].islower()), len(tokens) - 1)
    return " ".join(tokens[first:]), " ".join(tokens[:first])


def _bibtex_name(name: str) -> str:
    parts = split_name(name)
    plain = parts and "," not in name and "and" not in name.casefold().split()  # which BibTeX reads as its own
    return ", ".join(map(_latex, parts)) if plain else f"{{{_latex(name)}}}"


def _csl_name(name: str) -> dict[str, str]:
    parts = split_name(name)
    return {"family": parts[0], "given": parts[1]} if parts else {"literal": name}


def _latex(text: str) -> str:
    return re.sub(r"[&%$#_{}\\~^]", lambda sign: _LATEX[sign.group()], text)
