"""What the collector and the authority records state of a text, before what the text states of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from stemma.records import Accession, Claim, Evidence, Field, Publisher


def collected(accession: Accession, publishers: Sequence[Publisher]) -> Iterator[Claim]:
    """Claims with the collector as their evidence, in order of precedence.

    First the row of sources.csv; then the publisher that publishers.toml names for a host (of the address in that row,
    or of a folder named after a host); then the publisher it names for a folder, the deepest first.
    """
    for field, values in accession.stated:
        known = authorized(values, publishers) if field is Field.PUBLISHER else values
        yield Claim(field, known, "collector.sources", evidence=Evidence.COLLECTOR)
    for host in _hosts(accession):
        for one in publishers:
            if any(_is_below(host, known.casefold()) for known in one.hosts):
                yield Claim(Field.PUBLISHER, (one.name,), "collector.host", evidence=Evidence.COLLECTOR)
    for folder in _folders(accession):
        for one in publishers:
            if folder in one.folders:
                yield Claim(Field.PUBLISHER, (one.name,), "collector.folder", evidence=Evidence.COLLECTOR)


def authorized(names: Sequence[str], publishers: Sequence[Publisher]) -> tuple[str, ...]:
    """Publishers' names as their authority records have them; a name without a record stays as it is."""
    known = {other.casefold(): one.name for one in reversed(publishers) for other in (*one.other_names, one.name)}
    return tuple(known.get(name.casefold(), name) for name in names)


def _hosts(accession: Accession) -> Iterator[str]:
    for field, values in accession.stated:
        if field is Field.ORIGINAL_URL:
            yield (urlsplit(values[0]).hostname or "").casefold()
    yield from (part.casefold() for part in reversed(accession.folder.split("/")) if "." in part)


def _is_below(host: str, known: str) -> bool:
    """Whether a host is a known one or part of it: www.vox.example is part of vox.example."""
    return host == known or host.endswith(f".{known}")


def _folders(accession: Accession) -> Iterator[str]:
    """The folder of a file and those above it, the deepest first."""
    folder = accession.folder
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
