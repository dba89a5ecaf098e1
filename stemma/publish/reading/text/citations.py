"""What the head of a page says to reference managers (Highwire, Dublin Core), and as OpenGraph and JSON-LD.

The same values as in the citation that a reader copies, from one Reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stemma.clean.claims.recognizers.organisations import is_organisation
from stemma.dates import is_plain
from stemma.publish.wording.dates import parts
from stemma.publish.wording.references import Format, Reference, formats, split_name, when
from stemma.publish.wording.translation import Translation


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


def meta(reference: Reference) -> tuple[Meta, ...]:
    """Highwire and Dublin Core, as Zotero and scholarly indexes read them.

    Zotero takes what stands before a comma in a name for the family name, but takes a comma between two parts of two
    words each for one between two people: such a name has its natural order in ``citation_author``.
    """
    slashed = "/".join(f"{number:02}" for number in parts(reference.date))
    pairs = [
        ("citation_title", reference.title),
        *(("citation_author", _one_person(name)) for name in reference.authors),
        ("citation_publication_date", slashed),
        ("citation_journal_title", reference.publisher),
        ("citation_language", reference.language),
        ("dc.type", "newspaperArticle"),
        ("dc.title", reference.title),
        *(("dc.creator", ", ".join(split_name(name)) or name) for name in reference.authors),
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
        "author": [_author(name) for name in reference.authors],
        "publisher": {"@type": "Organization", "name": reference.publisher} if reference.publisher else None,
        "datePublished": reference.date if is_plain(reference.date) else "",
        "inLanguage": reference.language,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": reference.archive},
        "exampleOfWork": {"@type": "CreativeWork", "@id": reference.work} if reference.work else None,
        "isBasedOn": source,
        "sameAs": list(equal),
    }
    return {key: value for key, value in entry.items() if value}


def _one_person(name: str) -> str:
    split = split_name(name)
    return ", ".join(split) if split and not all(" " in part for part in split) else name


def _author(name: str) -> dict[str, str]:
    split = split_name(name)
    known = {"familyName": split[0], "givenName": split[1]} if split else {}
    return {"@type": "Organization" if is_organisation(name) else "Person", "name": name, **known}
