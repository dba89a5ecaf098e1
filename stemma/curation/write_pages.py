"""An archive -> the pages of content/pages: front matter in fixed order, sealed, and the text as Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stemma import markdown
from stemma.curation import seal
from stemma.curation.edits import Curation
from stemma.curation.front_matter import ID_KEYS, LISTS, Page, format_page
from stemma.records import Archive, Evidence, Field, Kind, Relation, Witness
from stemma.workers import spread_over

MAX_MIRRORS = 50
"""Relatives a page lists, closest first; ``mirrors_total`` counts all. Bounds the page, not the data."""


@dataclass(frozen=True, slots=True)
class _Everything:
    """What every page is written from."""

    archive: Archive
    pages: Mapping[str, Page]
    related: Mapping[str, list[Relation]]


def pages(archive: Archive, curation: Curation, jobs: int = 1) -> Iterator[tuple[str, bytes]]:
    """The id and the bytes of each page, what the curator wrote unchanged. A withdrawn page is not rewritten."""
    gone = {name for name, edits in archive.edits.items() if edits.withdrawn}
    names = [witness.id for witness in archive.witnesses if witness.id not in gone]
    yield from spread_over(_Everything(archive, curation.pages, _related(archive)), _named, names, jobs)


def _named(everything: _Everything, name: str) -> tuple[str, bytes]:
    witness = everything.archive.by_id[name]
    return name, _page(witness, everything.pages.get(name), everything.archive, everything.related.get(name, []))


def _related(archive: Archive) -> Mapping[str, list[Relation]]:
    related: dict[str, list[Relation]] = defaultdict(list)
    for relation in archive.relations:
        related[relation.a].append(relation)
        related[relation.b].append(relation)
    return related


def _page(witness: Witness, page: Page | None, archive: Archive, related: list[Relation]) -> bytes:
    edits = archive.edits.get(witness.id)
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
    table["work"] = archive.work_of[witness.id].id
    table["mirrors"] = _mirrors(witness.id, archive, related)
    if len(related) > MAX_MIRRORS:
        table["mirrors_total"] = len(related)
    table["sealed"] = sealed
    return format_page(table, text)


def _read_by_machine(witness: Witness, field: Field) -> tuple[str, ...]:
    """What the machine reads; control characters and runs of space as the page will give them back."""
    claims = (claim for claim in witness.claims if claim.field is field and claim.evidence is not Evidence.CURATOR)
    values = next((claim.values for claim in claims), ())
    return tuple(value for value in (" ".join(value.split()) for value in values) if value)


def _mirrors(name: str, archive: Archive, related: list[Relation]) -> list[dict[str, object]]:
    closest = sorted(related, key=lambda relation: (-relation.coverage(name), relation.other(name)))
    return [_mirror(relation, name, archive) for relation in closest[:MAX_MIRRORS]]


def _mirror(relation: Relation, name: str, archive: Archive) -> dict[str, object]:
    other = archive.by_id[relation.other(name)]
    edits = archive.edits.get(other.id)
    shown = edits is None or edits.withdrawn is None
    kind = "contained" if relation.kind is Kind.CONTAINS and relation.b == name else str(relation.kind)
    return {
        "id": other.id,
        "title": other.value(Field.TITLE) if shown else "",
        "publisher": other.value(Field.PUBLISHER) if shown else "",
        "date": other.value(Field.DATE) if shown else "",
        "relation": kind,
        "coverage": round(relation.coverage(name), 2),
    }
