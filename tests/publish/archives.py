"""A small invented archive for the tests of publishing: one text, its copies, a compilation, a stranger."""

from __future__ import annotations

import hashlib
import re
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
    Relation,
    Variant,
    VariantType,
    Witness,
    Work,
)
from stemma.settings import Settings

SETTINGS = Settings(title="The Quay Archive", address="https://quay.example/")
FRAME = Frame(
    "The Quay Archive", "Invented texts", SETTINGS.address, "", "", "", texts=5, search=True, search_engines=True
)

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


def witness(
    id_: str, body: tuple[str, ...], *, title: str = "", publisher: str = "", date: str = "", language: str = "en"
) -> Witness:
    """A witness whose raw page is a line of navigation, a title, its body and an appeal."""
    lines = ["Home | Tides | Letters", title or "-", *body, "Please give five crowns."]
    text = "\n".join(lines) + "\n"
    data = text.encode()
    accession = Accession(id_, f"{publisher}/{id_}.txt", hashlib.sha256(data).hexdigest(), len(data), text, "utf-8")
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


def archive(edits: dict[str, Edits] | None = None) -> Archive:
    """Three witnesses of one text, a compilation that contains it, and a text of its own."""
    a = witness("quay-1", LAMP, title="The lamp goes out", publisher="Quay Packet", date="2017-03-15")
    b = witness("quay-2", LAMP, title="The lamp goes out", publisher="Coastwise", date="2017-03-16")
    c = witness("quay-3", SHORTER, title="Lamp to be put out", publisher="Valley Record", date="2017-03-22")
    d = witness("year", (*LAMP, *EELS), title="The year", publisher="Quay Packet", date="2017-12-30")
    e = witness("eels", EELS, publisher="Quay Packet")
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
