"""An archive -> the pages of content/pages: front matter in fixed order, sealed, and the text as Markdown."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace

from stemma import markdown
from stemma.cache import NO_CACHE, Cache, Key
from stemma.curation import seal
from stemma.curation.edits import Curation
from stemma.curation.front_matter import ID_KEYS, LISTS, Page, format_page
from stemma.receive.spool import Place, Spool
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
    """All that one page is written from.

    ``corrected`` are the fields that are the curator's, ``kept_seals`` the seals of corrected parts, ``body`` the
    curator's Markdown or None, ``ids`` the lists of ids that only a curator writes.
    """

    witness: Witness
    work: str
    mirrors: tuple[Mirror, ...]
    mirrors_total: int
    corrected: tuple[tuple[Field, tuple[str, ...]], ...] = ()
    kept_seals: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    ids: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kept: tuple[tuple[str, str | tuple[str, ...]], ...] = ()


_OTHERS = tuple(field.name for field in fields(PageSlice) if field.name != "witness")


def pages(
    archive: Archive, curation: Curation, engine: Engine = IN_PROCESS, cache: Cache = NO_CACHE
) -> Iterator[tuple[str, bytes]]:
    """The id and the bytes of each page that is not as it should be on the disk.

    What the curator wrote is unchanged; a withdrawn page is not rewritten.
    """
    found = tuple(slices(archive, curation))
    made: dict[int, Place] = {}
    spool = Spool()

    def compute(places: Sequence[int]) -> Iterator[str]:
        for place, data in zip(places, engine.map(write_page, [found[place] for place in places]), strict=True):
            made[place] = spool.put(data)
            yield hashlib.sha256(data).hexdigest()

    hashes = cache.remember("written", str, [_key(cache, one) for one in found], compute)
    for place, (scope, sha256) in enumerate(zip(found, hashes, strict=True)):
        if curation.hashes.get(scope.witness.id) != sha256:
            yield scope.witness.id, spool.get(made[place]) if place in made else write_page(scope)


def _key(cache: Cache, scope: PageSlice) -> Key | None:
    others = [getattr(scope, name) for name in _OTHERS]
    return cache.key(__name__, others, shared=(scope.witness,))


def slices(archive: Archive, curation: Curation) -> Iterator[PageSlice]:
    """What each page is written from, in the order of the archive."""
    related: dict[str, list[Relation]] = defaultdict(list)
    for relation in archive.relations:
        related[relation.a].append(relation)
        related[relation.b].append(relation)
    for witness in archive.witnesses:
        edits = archive.edits.get(witness.id)
        if edits is None or edits.withdrawn is None:
            own = related.get(witness.id, ())
            scope = PageSlice(
                witness, archive.work_of[witness.id].id, tuple(_mirrors(witness.id, archive, own)), len(own)
            )
            yield scope if edits is None else _with_edits(scope, edits, curation.pages[witness.id])


def _with_edits(scope: PageSlice, edits: Edits, page: Page) -> PageSlice:
    parts = [str(field) for field, _ in edits.fields] + ["body"] * scope.witness.body_corrected
    return replace(
        scope,
        corrected=edits.fields,
        kept_seals=tuple((part, page.sealed[part]) for part in parts if part in page.sealed),
        body=page.markdown if scope.witness.body_corrected else None,
        ids=tuple((key, ids) for key in (*ID_KEYS, "checked") if (ids := tuple(map(str, getattr(edits, key))))),
        kept=edits.kept,
    )


def write_page(scope: PageSlice) -> bytes:
    """The page as bytes: front matter in fixed order, sealed, and the text as Markdown."""
    corrected, kept = dict(scope.corrected), dict(scope.kept_seals)
    sealed: dict[str, str] = {}
    table: dict[str, object] = {}
    for field in Field:
        values = corrected[field] if field in corrected else _read_by_machine(scope.witness, field)
        table[str(field)] = list(values) if field in LISTS else "".join(values[:1])
        if field not in corrected:
            sealed[str(field)] = seal.of_values(values if field in LISTS else values[:1])
        elif field in kept:
            sealed[str(field)] = kept[field]
    text = markdown.write(scope.witness.body) if scope.body is None else scope.body
    if scope.body is None:
        sealed["body"] = seal.of_body(text)
    elif "body" in kept:
        sealed["body"] = kept["body"]
    table |= {key: list(ids) for key, ids in scope.ids}
    table |= {key: value if isinstance(value, str) else list(value) for key, value in scope.kept}
    dated = scope.witness.stated(Field.DATE)
    if dated and dated.is_update:
        table["date_kind"] = "updated"
    table["source"] = scope.witness.accession.path
    table["sha256"] = scope.witness.accession.sha256
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
