"""How to cite a text: in words, BibTeX, RIS and CSL-JSON, for reference managers (Highwire, Dublin Core) and JSON-LD.

Every format is made from one Reference, so that they cannot disagree.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from stemma.publish.wording.dates import MONTHS, in_words, parts

_LATEX: Final = {sign: "\\" + sign for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of one text, each value on one line and fit to be shown; what is not stated is empty."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    date: str
    language: str
    address: str
    archive: str
    work: str
    siglum: str


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


def formats(reference: Reference) -> tuple[Format, ...]:
    """The citation in every format a reference manager reads."""
    return (
        Format("BibTeX", bibtex(reference)),
        Format("RIS", ris(reference)),
        Format("CSL-JSON", csl_json(reference)),
    )


def bibtex(reference: Reference) -> str:
    """As BibTeX. Values stand in double braces where case or commas in names must stay as they are."""
    date = parts(reference.date)
    fields = [
        ("author", " and ".join(f"{{{_latex(name)}}}" for name in reference.authors)),
        ("title", f"{{{_latex(reference.title)}}}"),
        ("howpublished", _latex(reference.publisher)),
        ("year", str(date[0]) if date else ""),
        ("month", MONTHS[date[1] - 1] if len(date) > 1 else ""),
        ("note", _latex(f"{reference.archive}, text {reference.id}")),
        ("url", reference.address),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@misc{{{reference.id},", *lines, "}"])


def ris(reference: Reference) -> str:
    """As RIS."""
    date = parts(reference.date)
    fields = [
        ("TY", "NEWS"),
        *(("AU", name) for name in reference.authors),
        ("TI", reference.title),
        ("T2", reference.publisher),
        ("PY", str(date[0]) if date else ""),
        ("DA", "/".join(f"{number:02}" for number in date)),
        ("LA", reference.language),
        ("DB", reference.archive),
        ("AN", reference.id),
        ("UR", reference.address),
    ]
    return "\n".join([f"{tag}  - {value}" for tag, value in fields if value] + ["ER  - "])


def csl_json(reference: Reference) -> str:
    """As CSL-JSON."""
    date = parts(reference.date)
    entry: dict[str, Any] = {
        "id": reference.id,
        "type": "article-newspaper",
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "container-title": reference.publisher,
        "issued": {"date-parts": [list(date)]} if date else None,
        "language": reference.language,
        "archive": reference.archive,
        "URL": reference.address,
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


def json_ld(reference: Reference, *, source: str = "", equal: tuple[str, ...] = ()) -> dict[str, Any]:
    """As schema.org. ``source``: the address the page names as its original; ``equal``: texts with the same body.

    The template writes it with ``tojson``, which leaves nothing in it that could end the script element.
    """
    entry: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["NewsArticle", "ArchiveComponent"],
        "url": reference.address,
        "headline": reference.title,
        "author": [{"@type": "Person", "name": name} for name in reference.authors],
        "publisher": {"@type": "Organization", "name": reference.publisher} if reference.publisher else None,
        "datePublished": reference.date if parts(reference.date) else "",
        "inLanguage": reference.language,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": reference.archive},
        "exampleOfWork": {"@type": "CreativeWork", "@id": reference.work} if reference.work else None,
        "isBasedOn": source,
        "sameAs": list(equal),
    }
    return {key: value for key, value in entry.items() if value}


def when(reference: Reference) -> str:
    """The date of the plain citation."""
    return in_words(reference.date) if reference.date else "undated"


def _latex(text: str) -> str:
    return re.sub(r"[&%$#_{}\\~^]", lambda sign: _LATEX[sign.group()], text)
