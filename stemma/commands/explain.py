"""What ``--explain FILE`` prints: line by line, what a raw file was taken for, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stemma.clean.cleaning import explain
from stemma.clean.labels.recurrence import count_recurrence
from stemma.curation import authorities
from stemma.problems import BuildFailed
from stemma.receive.reception import receive
from stemma.records import Problem, Severity
from stemma.settings import Settings


def explanation(settings: Settings, file: Path) -> Iterator[str]:
    """A line for each non-blank line of a file of content/raw: number, label, confidence, rule or evidence, text.

    ``file`` may also be what pages, reports and the site call it: its path below content/raw.
    Raises BuildFailed where it is not a received raw file.
    """
    received = receive(settings)
    here = {(settings.raw / accession.path).resolve(): at for at, accession in enumerate(received.accessions)}
    at = here.get(file.resolve(), here.get((settings.raw / file).resolve()))
    if at is None:
        remedy = f"Name a .txt file below {settings.raw}; a build says which were refused"
        raise BuildFailed([Problem(Severity.ERROR, str(file), "is not a received raw file", remedy)])
    publishers, _ = authorities.read(settings.content / "publishers.toml")
    accession = received.accessions[at]
    counts = count_recurrence(received.accessions)[at]
    yield f"{accession.path}: {accession.size:,} bytes, {accession.encoding}" + "".join(
        f", {repair}" for repair in accession.repairs
    )
    for line in explain(accession, counts, publishers):
        yield f"{line.number:>6}  {line.label:<10} {line.confidence:4.2f}  {line.rule:<28} {line.text}"
