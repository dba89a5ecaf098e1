"""Who is believed: the page, then sources.csv, then hosts, then folders, then the text; the others are kept."""

from __future__ import annotations

from itertools import combinations

import pytest

from stemma.clean.cleaning import clean
from stemma.records import Accession, Edits, Evidence, Field, Publisher

TEXT = """The lamp at Ennick

November 3, 2017

The lamp at Ennick was out for three nights, and the pilots said that nobody had told them so before they sailed.

Nobody at the harbour office could say who had the key, or whether there had ever been more than one of them.

Copyright 2017 Tolleby Post

Tolleby Post
"""
BY = {
    "page": "Of the page",
    "sources": "Of sources",
    "host": "Of the host",
    "folder": "Of the folder",
    "text": "Tolleby Post",
}


def publisher(present: set[str]) -> tuple[str, list[str]]:
    """The publisher that holds where only some sources speak, and all that are kept."""
    stated = ((Field.PUBLISHER, (BY["sources"],)),) if "sources" in present else ()
    text = TEXT if "text" in present else TEXT.split("Copyright", maxsplit=1)[0]
    accession = Accession("a", "scans/www.packet.example/a.txt", "0", 0, text, "utf-8", stated=stated)
    records = [
        Publisher(BY["host"], hosts=("packet.example",) if "host" in present else ()),
        Publisher(BY["folder"], folders=("scans",) if "folder" in present else ()),
        Publisher(BY["text"]),
    ]
    fields = ((Field.PUBLISHER, (BY["page"],)),) if "page" in present else ()
    (witness,) = clean([accession], {"a": Edits("a", "pages/a.md", accession.path, "0", fields)}, tuple(records))
    return witness.value(Field.PUBLISHER), [one.value for one in witness.claims if one.field is Field.PUBLISHER]


@pytest.mark.parametrize(("first", "second"), list(combinations(BY, 2)))
def test_the_order_of_authority(first: str, second: str) -> None:
    holds, kept = publisher({first, second})
    assert holds == BY[first]
    assert kept == [BY[first], BY[second]]


def test_the_deepest_folder_and_the_typed_name_go_by_their_records() -> None:
    accession = Accession("a", "scans/packet/a.txt", "0", 0, TEXT, "utf-8")
    records = (
        Publisher("Scans", folders=("scans",)),
        Publisher("Packet", other_names=("The Packet",), folders=("scans/packet",)),
    )
    (witness,) = clean([accession], {}, records)
    assert witness.value(Field.PUBLISHER) == "Packet"
    assert witness.claims[0].evidence is Evidence.COLLECTOR
    edits = Edits("a", "pages/a.md", accession.path, "0", ((Field.PUBLISHER, ("the packet",)),))
    (witness,) = clean([accession], {"a": edits}, records)
    assert witness.value(Field.PUBLISHER) == "Packet"
