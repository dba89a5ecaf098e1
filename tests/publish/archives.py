"""Invented archives for the tests of publishing, made without the stages before it.

``quay`` is a text, its copies, a compilation and a stranger, each page with boilerplate; ``lamp`` is nine bare texts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from stemma.publish.output.render import Frame
from stemma.records import (
    Accession,
    Apparatus,
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
    Variant,
    VariantType,
    Withdrawal,
    Witness,
    Work,
)
from stemma.settings import Settings

SETTINGS = Settings(title="The Quay Archive", address="https://quay.example/")
FRAME = Frame("The Quay Archive", "Invented texts", SETTINGS.address, "", "", "", search=True, search_engines=True)

LAMP = (
    "The harbour board voted on Tuesday night to put out the lamp at the end of the month.",
    "A new lens and the cable to feed it would cost “84,000 crowns”, the clerk told the meeting.",
    "He keeps a ledger, as the keepers before him did. It is not a record of the weather.",
    "Under the plan the tower stays, unlit, with a painted board at its foot.",
)
SHORTER = (
    "The harbour board voted last week to put out the lamp at the end of the month.",
    'A new lens and the cable to feed it would cost "84,000 crowns", the clerk told the meeting.',
    "Under the plan the tower stays, unlit, with a painted board at its foot.",
    "The reading room is open on Tuesdays and Fridays from ten.",
)
EELS = ("Forty thousand eels were counted below the weir.", "The count was made by lantern, and twice.")


def page(
    id_: str, body: tuple[str, ...], *, title: str = "", publisher: str = "", date: str = "", language: str = "en"
) -> Witness:
    """A witness whose raw page is a line of navigation, a title, its body and an appeal."""
    lines = ["Home | Tides | Letters", title or "-", *body, "Please give five crowns."]
    text = "\n".join(lines) + "\n"
    accession = _accession(id_, f"{publisher}/{id_}.txt", text)
    blocks = (
        Block(1, 1, Label.NAVIGATION, "navigation.menu"),
        Block(2, 2, Label.TITLE, "title.first"),
        *(Block(line, line, Label.BODY, "body.prose") for line in range(3, 3 + len(body))),
        Block(3 + len(body), 3 + len(body), Label.APPEAL, "appeal.give"),
    )
    stated = (
        (Field.TITLE, title, 2),
        (Field.PUBLISHER, publisher, 1),
        (Field.DATE, date, 2),
        (Field.LANGUAGE, language, None),
    )
    claims = tuple(Claim(field, (value,), f"{field}.rule", line) for field, value, line in stated if value)
    return Witness(accession, blocks, tuple(Paragraph(text) for text in body), claims)


def apparatus(base: Witness, other: Witness) -> Apparatus:
    """The differences of two bodies, word by word."""
    one, two = ([(hit.start(), hit.end()) for hit in re.finditer(r"\s+|\w+|[^\w\s]", side.text)]
                for side in (base, other))  # fmt: skip
    words = [[side.text[start:end] for start, end in spans] for side, spans in ((base, one), (other, two))]
    one.append((len(base.text), len(base.text)))
    two.append((len(other.text), len(other.text)))
    variants = []
    for tag, i, j, k, m in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        if tag != "equal":
            pieces = base.text[one[i][0] : one[j][0]], other.text[two[k][0] : two[m][0]]
            plain = not re.search(r"\w", "".join(pieces))
            type_ = VariantType.TYPOGRAPHIC if plain else VariantType.SUBSTANTIVE
            variants.append(Variant(one[i][0], one[j][0], two[k][0], two[m][0], type_))
    return Apparatus(base.id, other.id, tuple(variants))


def quay(edits: dict[str, Edits] | None = None) -> Archive:
    """Three witnesses of one text, a compilation that contains it, and a text of its own."""
    a = page("quay-1", LAMP, title="The lamp goes out", publisher="Quay Packet", date="2017-03-15")
    b = page("quay-2", LAMP, title="The lamp goes out", publisher="Coastwise", date="2017-03-16")
    c = page("quay-3", SHORTER, title="Lamp to be put out", publisher="Valley Record", date="2017-03-22")
    d = page("year", (*LAMP, *EELS), title="The year", publisher="Quay Packet", date="2017-12-30")
    e = page("eels", EELS, publisher="Quay Packet")
    whole = len(re.findall(r"\w+", a.text))
    eels = len(re.findall(r"\w+", e.text))
    return Archive(
        witnesses=(a, b, c, d, e),
        edits=edits or {},
        publishers=(),
        relations=(
            Relation("quay-1", "quay-2", Kind.MIRROR, 1.0, 1.0, whole, (Passage(0, whole, 0, whole),)),
            Relation("quay-1", "quay-3", Kind.REVISION, 0.7, 0.8, 40, (Passage(0, 40, 0, 40),)),
            Relation("year", "quay-1", Kind.CONTAINS, 0.8, 1.0, whole, (Passage(0, whole, 0, whole),)),
            Relation("year", "eels", Kind.CONTAINS, 0.2, 1.0, eels, (Passage(whole, whole + eels, 0, eels),)),
            Relation("eels", "quay-3", Kind.EXCERPT, 0.1, 0.1, 4, (Passage(0, 4, 0, 4),), doubtful=True),
        ),
        works=(
            Work("quay-1", "quay-1", ("quay-1", "quay-2", "quay-3")),
            Work("year", "year", ("year",)),
            Work("eels", "eels", ("eels",)),
        ),
        apparatuses=(apparatus(a, b), apparatus(a, c), apparatus(d, a), apparatus(d, e)),
    )


def _accession(id_: str, path: str, text: str) -> Accession:
    data = text.encode()
    return Accession(id_, path, hashlib.sha256(data).hexdigest(), len(data), text, "utf-8")


def witness(name: str, *paragraphs: str, **claims: str | tuple[str, ...]) -> Witness:
    """A text with its claims: ``witness("a", "First.", "Second.", title="A", date="2017-03-15")``."""
    lines = [value if isinstance(value, str) else ", ".join(value) for value in claims.values()]
    text = "\n".join([*lines, *paragraphs])
    accession = _accession(name, f"{name}.txt", text)
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
