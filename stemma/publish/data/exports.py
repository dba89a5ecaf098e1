"""Data for machines: site/data and the raw files, exactly as docs/data.md says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from stemma.dates import day
from stemma.files import gzipped
from stemma.publish.index import Index
from stemma.publish.output import urls
from stemma.publish.output.render import File
from stemma.records import Archive, Field, Relation, Witness, Work
from stemma.text import FOLDING, WORD

DOCUMENT_FIELDS = {
    "id": "the text's id, made from the path of its raw file; it never changes",
    "source": "the path of the raw file below content/raw",
    "url": "the address of the reading page, relative to the top of the site",
    "sha256": "the SHA-256 of the raw file, in hexadecimal",
    "title": "the title the page states, or null",
    "publisher": "the publisher the page states, or null",
    "author": "the authors the page states, a list that may be empty",
    "date": "the day the page states, ISO 8601, or null; date_edtf holds what is no day",
    "date_edtf": "the date in EDTF: a day, month, year or interval, with ? (uncertain) or ~ (about), or null",
    "date_kind": "updated where the page gives the date as that of its last change, or null",
    "origin": "whom the page credits as its source, or null",
    "origin_date": "the date the page gives for its origin, ISO 8601, or null",
    "posted_by": "who posted the text, or null",
    "original_url": "the address of the original, as stated by the page or noted by the collector, or null",
    "language": "the language measured from the text, a BCP 47 tag, or null",
    "tags": "the tags the page states, a list that may be empty",
    "evidence": "who states each of the above: claim (the page), collector, curator, or how it was measured",
    "received_from": "where the file was received from, as the collector notes, else the folder it lies in, or null",
    "own": "columns of the collector's own, an object",
    "work": "the id of the work the text belongs to",
    "body": "the text without its boilerplate: plain, paragraphs separated by a blank line",
    "blocks": "the lines of the raw file: {first, last, label, rule} each; first and last are counted from 1",
}
RELATION_FIELDS = {
    "a": "the id of one text; of a container, where the relation is contains",
    "b": "the id of the other",
    "relation": "mirror, revision, contains (a contains b) or excerpt",
    "coverage_a": "words of a inside the passages, divided by words of a",
    "coverage_b": "words of b inside the passages, divided by words of b",
    "shared_words": "how many words the two share",
    "passages": "where: {a: [start, end], b: [start, end]} each, word offsets into the two bodies, end not included",
    "doubtful": "true where the evidence is weak; such a relation joins no work",
    "grew": "true where a is b, grown, and joins its work; false elsewhere",
    "template": "true where the two are one form filled with other figures; such a relation joins no work",
}
WORK_FIELDS = {
    "id": "the id of the work",
    "base": "the id of the text the others are compared with",
    "members": "the ids of all its texts, in the order of their letters A, B, C …, the base first",
}
_AWKWARD = re.compile(
    "[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | code) for plane in range(17) for code in (0xFFFE, 0xFFFF))
    + "]"
)
"""Characters that JSON allows unescaped, and at which other readers of lines break."""
MAX_PART: Final = 50_000_000
"""Bytes of one file of a table; what is beyond goes into a next one. Hosts refuse files of 100 MB, people fear them."""

_PACK_LEVEL: Final = 4
"""How hard zlib tries: level 6 takes four times as long for 7% fewer bytes (1,000 texts of 5.4 KB)."""

_ABOUT = """The data of this archive. Each .jsonl file holds one JSON object a line, in UTF-8.
A table beyond 50 MB goes on in NAME-2.jsonl, NAME-3.jsonl and so on.
In archives of 5,000 texts and more, documents.jsonl is packed with gzip: documents.jsonl.gz, documents-2.jsonl.gz.
citations.bib, .ris and .json hold the citation of each text as BibTeX, RIS and CSL-JSON.
Withdrawn texts are in none of them.
"""
_WORDS = f"""Words are the matches of the pattern in folding.json (Python's re), counted from 0 in the body.
The pattern has version {FOLDING["version"]}. A word is a run of letters, digits and underscores with their marks.
A character of a script written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese and others)
is one word, with its marks. folding.json also holds how words are compared: which marks are left out,
and which letters are one.
"""
ONE_VALUE = (
    Field.TITLE, Field.PUBLISHER, Field.DATE, Field.ORIGIN, Field.ORIGIN_DATE,
    Field.POSTED_BY, Field.ORIGINAL_URL, Field.LANGUAGE,
)  # fmt: skip


def files(index: Index) -> Iterator[File]:
    """The three tables, one JSON object a line, how words are read, and the page that explains them."""
    archive, withdrawn = index.archive, index.withdrawn
    documents = _table("documents", (_document(one, archive) for one in index.witnesses))
    yield from map(_packed, documents) if urls.documents(len(index.cards)).endswith(".gz") else documents
    yield from _table(
        "relations", (_relation(one) for one in archive.relations if withdrawn.isdisjoint((one.a, one.b)))
    )
    yield from _table("works", (_work(work) for work in archive.works if work.base not in withdrawn))
    words = json.dumps(FOLDING | {"pattern": WORD.pattern}, separators=(",", ":"))
    yield File("data/folding.json", f"{words}\n".encode())
    yield File("data/README.txt", _explained().encode())


def _packed(file: File) -> File:
    return File(f"{file.path}.gz", gzipped(file.data, _PACK_LEVEL))


def _table(name: str, rows: Iterable[dict[str, object]]) -> Iterator[File]:
    """A table in parts of at most :data:`MAX_PART` bytes: NAME.jsonl, NAME-2.jsonl and so on."""
    lines: list[bytes] = []
    size, number = 0, 1
    for row in rows:
        text = _json(row)
        if not text.isascii() or "\x7f" in text:
            text = _AWKWARD.sub(lambda hit: json.dumps(hit.group())[1:-1], text)
        line = text.encode("utf-8") + b"\n"
        if lines and size + len(line) > MAX_PART:
            yield File(_part(name, number), b"".join(lines))
            lines, size, number = [], 0, number + 1
        lines.append(line)
        size += len(line)
    yield File(_part(name, number), b"".join(lines))


def _json(row: dict[str, object]) -> str:
    try:
        return msgspec.json.encode(row).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _part(name: str, number: int) -> str:
    return f"data/{name}.jsonl" if number == 1 else f"data/{name}-{number}.jsonl"


def _document(witness: Witness, archive: Archive) -> dict[str, object]:
    row: dict[str, object] = {
        "id": witness.id,
        "source": witness.accession.path,
        "url": urls.text(witness.id),
        "sha256": witness.accession.sha256,
    }
    row.update({str(field): witness.value(field) or None for field in ONE_VALUE})
    row["date_edtf"] = row["date"]
    row["date"] = day(witness.value(Field.DATE)) or None
    dated = witness.stated(Field.DATE)
    row["date_kind"] = "updated" if dated and dated.is_update else None
    stated = [(field, claim) for field in Field if (claim := witness.stated(field))]
    row["evidence"] = {str(field): str(claim.evidence) for field, claim in stated}
    row["received_from"] = witness.accession.received_from or witness.accession.folder or None
    row["own"] = dict(witness.accession.own)
    row["author"] = list(witness.values(Field.AUTHOR))
    row["tags"] = list(witness.values(Field.TAGS))
    row["work"] = archive.work_of[witness.id].id
    row["body"] = witness.text
    row["blocks"] = [
        {"first": block.first, "last": block.last, "label": str(block.label), "rule": block.rule}
        for block in witness.blocks
    ]
    return {key: row[key] for key in DOCUMENT_FIELDS}


def _work(work: Work) -> dict[str, object]:
    return {"id": work.id, "base": work.base, "members": list(work.members)}


def _relation(relation: Relation) -> dict[str, object]:
    return {
        "a": relation.a,
        "b": relation.b,
        "relation": str(relation.kind),
        "coverage_a": round(relation.coverage_a, 4),
        "coverage_b": round(relation.coverage_b, 4),
        "shared_words": relation.shared_words,
        "passages": [{"a": [p.a_start, p.a_end], "b": [p.b_start, p.b_end]} for p in relation.passages],
        "doubtful": relation.doubtful,
        "grew": relation.grew,
        "template": relation.template,
    }


def _explained() -> str:
    parts = [_ABOUT]
    for name, fields in (("documents", DOCUMENT_FIELDS), ("relations", RELATION_FIELDS), ("works", WORK_FIELDS)):
        rows = "".join(f"  {key:<13} {said}\n" for key, said in fields.items())
        parts.append(f"{name}.jsonl\n{rows}")
    parts.append(_WORDS)
    parts.append(
        "../raw/ID.txt is the raw file of the text with that id, byte for byte, where the archive offers raw files.\n"
    )
    return "\n".join(parts)
