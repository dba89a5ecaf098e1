"""Small invented archives for the tests of lists, feeds and search, made without the rooms before publishing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from stemma.records import (
    Accession,
    Archive,
    Block,
    Claim,
    Edits,
    Field,
    Kind,
    Label,
    Paragraph,
    Passage,
    Problem,
    Publisher,
    Relation,
    Withdrawal,
    Witness,
    Work,
)


def witness(name: str, *paragraphs: str, **claims: str | tuple[str, ...]) -> Witness:
    """A text with its claims: ``witness("a", "First.", "Second.", title="A", date="2017-03-15")``."""
    lines = [value if isinstance(value, str) else ", ".join(value) for value in claims.values()]
    text = "\n".join([*lines, *paragraphs])
    accession = Accession(name, f"{name}.txt", hashlib.sha256(text.encode()).hexdigest(), len(text), text, "utf-8")
    labels = [Label.TITLE if field == "title" else Label.META for field in claims] + [Label.BODY] * len(paragraphs)
    return Witness(
        accession,
        tuple(Block(number, number, label, "test") for number, label in enumerate(labels, start=1)),
        tuple(Paragraph(one) for one in paragraphs),
        tuple(
            Claim(Field(field), (value,) if isinstance(value, str) else value, "test", line)
            for line, (field, value) in enumerate(claims.items(), start=1)
        ),
    )


def relation(a: Witness, b: Witness, kind: Kind) -> Relation:
    """A relation with one passage over the shorter text."""
    shared = min(len(a.text.split()), len(b.text.split()))
    passages = (Passage(0, shared, 0, shared),)
    return Relation(
        a.id, b.id, kind, shared / max(1, len(a.text.split())), shared / max(1, len(b.text.split())), shared, passages
    )


def withdrawn(name: str, reason: str = "at the author’s wish", date: str = "") -> Edits:
    """The page of a text that was taken down."""
    return Edits(name, f"{name}.md", f"{name}.txt", "", withdrawn=Withdrawal(reason, date))


def archive(
    witnesses: Iterable[Witness],
    relations: Iterable[Relation] = (),
    works: Iterable[tuple[str, ...]] = (),
    *,
    edits: Mapping[str, Edits] | None = None,
    publishers: Iterable[Publisher] = (),
    problems: Iterable[Problem] = (),
) -> Archive:
    """An archive; texts that stand in no work given are works of one."""
    found = tuple(witnesses)
    joined = tuple(works)
    taken = {member for members in joined for member in members}
    all_works = [*joined, *((one.id,) for one in found if one.id not in taken)]
    return Archive(
        found,
        edits or {},
        tuple(publishers),
        tuple(relations),
        tuple(Work(members[0], members[0], members) for members in all_works),
        (),
        tuple(problems),
    )


def lamp() -> Archive:
    """Nine texts about a lamp: a work of three, a compilation, an undated one, Arabic, Japanese, one withdrawn."""
    first = witness(
        "packet", "The council will put out the lamp on Ennick Point.", "It has been lit at dusk for ninety years.",
        title="The lamp at Ennick goes out", publisher="Velmouth Packet", date="2017-03-15", language="en",
        tags=("lamp", "council"),
    )  # fmt: skip
    second = witness(
        "review", "The council will put out the lamp on Ennick Point.", "It has been lit at dusk for ninety years.",
        title="The lamp at Ennick goes out", publisher="Coastwise Review", date="2017-03-16", language="en",
    )  # fmt: skip
    third = witness(
        "commons", "The council will put out the lamp on Ennick Head.", "It has been lit at dusk for ninety years.",
        title="Ennick lamp to go out", publisher="Velm Commons", language="en",
    )  # fmt: skip
    eels = witness(
        "eels", "Eels were counted at the weir.", "The count was wrong, and the eels know it.",
        title="Eels: a retraction", publisher="Upper Velm Intelligencer", date="2014-02-28",
        language="en", tags=("eels",),
    )  # fmt: skip
    year = witness(
        "year", "The council will put out the lamp on Ennick Point.", "Eels were counted at the weir.",
        title="The year on the estuary", publisher="Coastwise Review", date="2017-12", language="en",
    )  # fmt: skip
    arabic = witness(
        "manara", "تُفتح دفاتر المنارة للقرّاء.", title="دفاتر المنارة", publisher="Manarat al-Sahil",
        date="2017-04-06", language="ar",
    )  # fmt: skip
    japanese = witness("todai", "灯台の光が消える。", title="灯台", date="2018", language="ja")
    untitled = witness("slip", "Who owns the slip at Tolleby? Nobody would say so in a café.", language="en")
    gone = witness("gone", "A lamp that is no longer spoken of.", title="Gone", date="2016-01-01", language="en")
    return archive(
        (first, second, third, eels, year, arabic, japanese, untitled, gone),
        (
            relation(first, second, Kind.MIRROR),
            relation(first, third, Kind.REVISION),
            relation(year, first, Kind.CONTAINS),
        ),
        (("packet", "review", "commons"),),
        edits={"gone": withdrawn("gone", date="2020-05-01")},
        publishers=(Publisher("Velmouth Packet", ("The Packet", "Velmouth Packet & Advertiser"), ("packet.example",)),),
    )
