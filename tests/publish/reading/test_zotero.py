"""What Zotero takes from a text page, by the rules of its translators "Embedded Metadata" and "RDF".

Names of meta elements have a prefix that ends at the first of ". : _". Those with a known prefix (dc, og, article) are
statements; the item type is that of dc.type where Zotero has a type of that name. Then citation_title, _author,
_publication_date, _journal_title and _language take the place of what these say.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from stemma.publish.index import build_index
from stemma.publish.output.render import Renderer
from stemma.publish.reading.pages import pages
from tests.publish import archives

TEMPLATES = Path(__file__).parents[3] / "templates"
TYPES = {"newspaperArticle", "journalArticle", "webpage", "book", "document"}
HIGHWIRE = {"title": "title", "publication_date": "date", "journal_title": "publicationTitle", "language": "language"}


def taken(html: str) -> dict[str, object]:
    """The item Zotero makes of a page."""
    metas = [
        (name, one.attributes.get("content") or "")
        for one in LexborHTMLParser(html).css("head > meta")
        if (name := one.attributes.get("name") or one.attributes.get("property"))
    ]
    first = {name.lower(): content for name, content in reversed(metas)}
    guess = "journalArticle" if any(name.startswith("citation_") for name in first) else "webpage"
    item: dict[str, object] = {
        "itemType": first["dc.type"] if first.get("dc.type") in TYPES else guess,
        "title": first.get("dc.title") or first.get("og:title"),
        "date": first.get("dc.date"),
        "publicationTitle": first.get("dc.source") or first.get("og:site_name"),
        "publisher": first.get("dc.publisher"),
        "language": first.get("dc.language"),
        "url": first.get("og:url"),
        "abstractNote": first.get("og:description"),
    }
    item |= {field: first[f"citation_{name}"] for name, field in HIGHWIRE.items() if f"citation_{name}" in first}
    named = [content for name, content in metas if name == "citation_author"]
    item["creators"] = [one for name in named for one in creators(name)] or [
        clean(content) for name, content in metas if name == "dc.creator"
    ]
    return item


def creators(name: str) -> list[tuple[str, str]]:
    """Family and given names of one citation_author: two people where a comma has two words on both sides."""
    people = re.split(r"\s*;\s*", name)
    around = re.split(r"\s*,\s*", name)
    if len(people) == 1 and len(around) > 1 and " " in around[0] and " " in around[1]:
        people = around
    return [clean(one) for one in people]


def clean(name: str) -> tuple[str, str]:
    """Family and given name: around the comma, or the last word and what is before it."""
    if "," in name:
        family, given = re.split(r",\s*", name, maxsplit=1)
        return family, given
    *given_names, family = name.split(" ")
    return family, " ".join(given_names)


def page_of(authors: tuple[str, ...], date: str = "2017-03-15", publisher: str = "Velmouth Packet") -> str:
    stated: dict[str, str | tuple[str, ...]] = {
        "title": "The lamp goes out", "author": authors, "date": date, "publisher": publisher, "language": "en",
    }  # fmt: skip
    text = archives.witness("lamp", "The lamp is out.", **{field: value for field, value in stated.items() if value})
    renderer = Renderer(TEMPLATES, archives.FRAME)
    found = pages(build_index(archives.archive([text])), renderer, archives.SETTINGS)
    return next(file.data.decode() for file in found if file.path == "t/lamp.html")


def test_zotero_finds_what_the_page_states() -> None:
    item = taken(page_of(("Hanne Orlick",)))
    assert item.pop("abstractNote")
    assert item == {
        "itemType": "newspaperArticle",
        "title": "The lamp goes out",
        "date": "2017/03/15",
        "publicationTitle": "Velmouth Packet",
        "publisher": "Velmouth Packet",
        "language": "en",
        "url": "https://quay.example/t/lamp.html",
        "creators": [("Orlick", "Hanne")],
    }


@pytest.mark.parametrize(
    ("authors", "found"),
    [
        (("Hanne Orlick", "Mary Smith"), [("Orlick", "Hanne"), ("Smith", "Mary")]),
        (("Vincent van Gogh",), [("van Gogh", "Vincent")]),
        (("Mary Ann Smith",), [("Smith", "Mary Ann")]),
        (("John Paul van der Meer",), [("Meer", "John Paul van der")]),  # one person still, if not the best family name
        ((), []),
    ],
)
def test_each_author_is_one_person(authors: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert taken(page_of(authors))["creators"] == found


def test_nothing_is_taken_that_the_page_does_not_state() -> None:
    item = taken(page_of((), "", ""))
    assert (item["date"], item["publisher"], item["creators"]) == (None, None, [])
    assert item["publicationTitle"] == "The Quay Archive"  # where it was read
