"""How to cite a text: in words, BibTeX, RIS and CSL-JSON, for reference managers (Highwire, Dublin Core) and JSON-LD.

Every format is made from one Reference, so that they cannot disagree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from stemma.clean.claims.recognizers.person_names import is_given, is_organisation, is_person
from stemma.dates import QUALIFIERS, is_plain
from stemma.publish.wording.dates import MONTHS, in_words, parts
from stemma.publish.wording.translation import Translation

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+")
_LATEX: Final = {sign: "\\" + sign for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of one text, each value on one line and fit to be shown; what is not stated is empty.

    ``sha256`` is that of its raw file. Letters of witnesses are no part of it: they may change.
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


@dataclass(frozen=True, slots=True)
class Format:
    """One citation format, ready to copy."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Meta:
    """One ``<meta name content>``."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """How a text is cited: in words, in file formats, and what the head of its page says to other programs."""

    authors: tuple[str, ...]
    publisher: str
    when: str
    address: str
    formats: tuple[Format, ...]
    meta: tuple[Meta, ...]
    graph: tuple[Meta, ...]
    json_ld: Mapping[str, Any]


def citation(
    reference: Reference, description: str, tr: Translation, *, source: str = "", equal: tuple[str, ...] = ()
) -> Citation:
    """All of it. ``source`` and ``equal`` as for :func:`json_ld`."""
    return Citation(
        reference.authors,
        reference.publisher,
        when(reference, tr),
        reference.address,
        formats(reference, tr),
        meta(reference),
        graph(reference, description),
        json_ld(reference, source=source, equal=equal),
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
        ("TY", "NEWS"),
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
        "type": "article-newspaper",
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
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items() if value)
    return "[{\n  " + ",\n  ".join(lines) + "\n}]"


def meta(reference: Reference) -> tuple[Meta, ...]:
    """Highwire and Dublin Core, as Zotero and scholarly indexes read them."""
    slashed = "/".join(f"{number:02}" for number in parts(reference.date))
    pairs = [
        ("citation_title", reference.title),
        *(("citation_author", name) for name in reference.authors),
        ("citation_publication_date", slashed),
        ("citation_journal_title", reference.publisher),
        ("citation_language", reference.language),
        ("dc.title", reference.title),
        *(("dc.creator", name) for name in reference.authors),
        ("dc.publisher", reference.publisher),
        ("dc.date", reference.date if slashed else ""),
        ("dc.language", reference.language),
        ("dc.identifier", reference.address),
    ]
    return tuple(Meta(name, content) for name, content in pairs if content)


def graph(reference: Reference, description: str) -> tuple[Meta, ...]:
    """OpenGraph properties: what other sites show of a link to the text. No picture, so nothing is requested."""
    pairs = (
        ("og:type", "article"),
        ("og:title", reference.title),
        ("og:description", description),
        ("og:url", reference.address),
        ("og:site_name", reference.archive),
        ("article:published_time", reference.date if is_plain(reference.date) else ""),
    )
    return tuple(Meta(name, content) for name, content in pairs if content)


def json_ld(reference: Reference, *, source: str = "", equal: tuple[str, ...] = ()) -> dict[str, Any]:
    """As schema.org. ``source``: the address the page names as its original; ``equal``: texts with the same body.

    schema.org has no approximate or uncertain dates and no intervals here: they are left out.

    The template writes it with ``tojson``, which leaves nothing in it that could end the script element.
    """
    entry: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["NewsArticle", "ArchiveComponent"],
        "url": reference.address,
        "headline": reference.title,
        "author": [{"@type": "Person", "name": name} for name in reference.authors],
        "publisher": {"@type": "Organization", "name": reference.publisher} if reference.publisher else None,
        "datePublished": reference.date if is_plain(reference.date) else "",
        "inLanguage": reference.language,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": reference.archive},
        "exampleOfWork": {"@type": "CreativeWork", "@id": reference.work} if reference.work else None,
        "isBasedOn": source,
        "sameAs": list(equal),
    }
    return {key: value for key, value in entry.items() if value}


def _ris_date(edtf: str, tr: Translation) -> str:
    """Year/month/day/other information, the last where the date is more than these: "1950///about 1950"."""
    date = [f"{number:02}" for number in parts(edtf)]
    return "/".join(date) if is_plain(edtf) or not date else "/".join([*(*date, "", "")[:3], in_words(edtf, tr)])


def _csl_date(edtf: str) -> dict[str, Any]:
    """The parts of a date, or of both ends of an interval; "circa" where it is approximate or uncertain."""
    said: dict[str, Any] = {"date-parts": [list(parts(end)) for end in edtf.split("/")]}
    return said | {"circa": True} if any(sign in edtf for sign in QUALIFIERS) else said


def _place(reference: Reference, tr: Translation) -> str:
    return tr.gettext(
        "%(archive)s, text %(id)s, SHA-256 %(sha256)s",
        archive=reference.archive, id=reference.id, sha256=reference.sha256,
    )  # fmt: skip


def _hash(reference: Reference, tr: Translation) -> str:
    return tr.gettext("SHA-256 of the raw file: %(sha256)s", sha256=reference.sha256)


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
    return ", ".join(map(_latex, parts)) if parts else f"{{{_latex(name)}}}"


def _csl_name(name: str) -> dict[str, str]:
    parts = split_name(name)
    return {"family": parts[0], "given": parts[1]} if parts else {"literal": name}


def _latex(text: str) -> str:
    return re.sub(r"[&%$#_{}\\~^]", lambda sign: _LATEX[sign.group()], text)
