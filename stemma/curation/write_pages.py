"""An archive -> the pages of content/pages: front matter in fixed order, sealed, and the text as Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from stemma import markdown
from stemma.curation import seal
from stemma.curation.edits import Curation
from stemma.curation.front_matter import ID_KEYS, LISTS, Page, format_page
from stemma.records import Archive, Edits, Evidence, Field, Kind, Relation, Witness
from stemma.workers import IN_PROCESS, Engine

MAX_MIRRORS = 50
"""Relatives a page lists, closest first; ``mirrors_total`` counts all. Bounds the page, not the data."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """A copy as the front matter lists it; title, publisher and date are empty where it was withdrawn."""

    id: str
    title: str
    publisher: str
    date: str
    relation: str
    coverage: float


@dataclass(frozen=True, slots=True)
class PageSlice:
    """What one page is written from: its text, the page as found, what of it is an edit, and its closest copies."""

    witness: Witness
    page: Page | None
    edits: Edits | None
    work: str
    mirrors: tuple[Mirror, ...]
    mirrors_total: int


def pages(archive: Archive, curation: Curation, engine: Engine = IN_PROCESS) -> Iterator[tuple[str, bytes]]:
    """The id and the bytes of each page, what the curator wrote unchanged. A withdrawn page is not rewritten."""
    found = tuple(slices(archive, curation))
    yield from zip((one.witness.id for one in found), engine.map(write_page, found), strict=True)


def slices(archive: Archive, curation: Curation) -> Iterator[PageSlice]:
    """What each page is written from, in the order of the archive."""
    related: dict[str, list[Relation]] = defaultdict(list)
    for relation in archive.relations:
        related[relation.a].append(relation)
        related[relation.b].append(relation)
    for witness in archive.witnesses:
        name = witness.id
        edits = archive.edits.get(name)
        if edits is None or edits.withdrawn is None:
            mirrors = tuple(_mirrors(name, archive, related.get(name, ())))
            total = len(related.get(name, ()))
            yield PageSlice(witness, curation.pages.get(name), edits, archive.work_of[name].id, mirrors, total)


def write_page(scope: PageSlice) -> bytes:
    """The page as bytes: front matter in fixed order, sealed, and the text as Markdown."""
    witness, page, edits = scope.witness, scope.page, scope.edits
    corrected = dict(edits.fields) if edits else {}
    sealed: dict[str, str] = {}
    table: dict[str, object] = {}
    for field in Field:
        values = corrected[field] if field in corrected else _read_by_machine(witness, field)
        table[str(field)] = list(values) if field in LISTS else "".join(values[:1])
        if field not in corrected:
            sealed[str(field)] = seal.of_values(values if field in LISTS else values[:1])
        elif page and field in page.sealed:
            sealed[str(field)] = page.sealed[field]
    text = page.markdown if page and witness.body_corrected else markdown.write(witness.body)
    if not witness.body_corrected:
        sealed["body"] = seal.of_body(text)
    elif page and "body" in page.sealed:
        sealed["body"] = page.sealed["body"]
    if edits:
        table |= {key: list(ids) for key in ID_KEYS if (ids := getattr(edits, key))}
    table["source"] = witness.accession.path
    table["sha256"] = witness.accession.sha256
    table["work"] = scope.work
    table["mirrors"] = [asdict(mirror) for mirror in scope.mirrors]
    if scope.mirrors_total > len(scope.mirrors):
        table["mirrors_total"] = scope.mirrors_total
    table["sealed"] = sealed
    return format_page(table, text)


def _read_by_machine(witness: Witness, field: Field) -> tuple[str, ...]:
    """What the machine reads; control characters and runs of space as the page will give them back."""
    claims = (claim for claim in witness.claims if claim.field is field and claim.evidence is not Evidence.CURATOR)
    values = next((claim.values for claim in claims), ())
    return tuple(value for value in (" ".join(value.split()) for value in values) if value)


def _mirrors(name: str, archive: Archive, related: Sequence[Relation]) -> Iterator[Mirror]:
    """The closest copies of a text, the closest first."""
    closest = sorted(related, key=lambda relation: (-relation.coverage(name), relation.other(name)))
    for relation in closest[:MAX_MIRRORS]:
        other = archive.by_id[relation.other(name)]
        edits = archive.edits.get(other.id)
        published = edits is None or edits.withdrawn is None
        title, publisher, date = (
            other.value(field) if published else "" for field in (Field.TITLE, Field.PUBLISHER, Field.DATE)
        )
        kind = "contained" if relation.kind is Kind.CONTAINS and relation.b == name else str(relation.kind)
        yield Mirror(other.id, title, publisher, date, kind, round(relation.coverage(name), 2))
