"""What ``--explain FILE`` prints: line by line, what a raw file was taken for, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from stemma.clean.cleaning import explain
from stemma.clean.labels.recurrence import count_recurrence
from stemma.curation import authorities
from stemma.curation.edits import LARGEST_PAGE
from stemma.curation.front_matter import Damaged, parse
from stemma.files import read_bounded
from stemma.problems import BuildFailed
from stemma.publish.wording.numbers import per_cent
from stemma.publish.wording.translation import ENGLISH
from stemma.receive.reception import receive
from stemma.records import Accession, Problem, Severity
from stemma.settings import Settings


def explanation(settings: Settings, file: Path) -> Iterator[str]:
    """A line for each non-blank line of a file of content/raw: number, label, confidence, rule or evidence, text.

    Between confidence and rule: how probably the line is body by the line model, and by the context model. Last, the
    share of the lines that by their confidences are rightly labelled as text or not.

    ``file`` may also be its path below content/raw, the page of its text, or the id of that.
    Raises BuildFailed where it is none of these.
    """
    received = receive(settings)
    at = _place(settings, file, received.accessions)
    if at is None:
        remedy = f"Name a .txt file below {settings.raw}, its page or its id; a build says which files were refused"
        raise BuildFailed(
            [Problem(Severity.ERROR, str(file), "is not a received raw file, nor its page or id", remedy)]
        )
    publishers, _ = authorities.read(settings.content / "publishers.toml")
    accession = received.accessions[at]
    counts = count_recurrence(received.accessions)[at]
    yield f"{accession.path}: {accession.size:,} bytes, {accession.encoding}" + "".join(
        f", {repair}" for repair in accession.repairs
    )
    explained = explain(accession, counts, publishers)
    yield f"{'line':>6}  {'label':<10} sure  model context  {'rule or evidence':<28} text"
    for line in explained:
        both = " {:4.2f}    {:4.2f} ".format(*line.chances) if line.chances else " " * 14
        yield f"{line.number:>6}  {line.label:<10} {line.confidence:4.2f} {both} {line.rule:<28} {line.text}"
    if explained:
        right = math.fsum(line.confidence for line in explained) / len(explained)
        yield f"Expected to be labelled rightly as text or not: {per_cent(right, ENGLISH)} of the lines."


def _place(settings: Settings, file: Path, accessions: Sequence[Accession]) -> int | None:
    """The place of the accession that is meant: by its path, by the page that is of it, by its id."""
    here = {(settings.raw / accession.path).resolve(): at for at, accession in enumerate(accessions)}
    meant = [file, settings.raw / file]
    name = file.name.removesuffix(".md")
    page = settings.pages / f"{name}.md"
    if str(file) == name or page.resolve() in {
        file.resolve(),
        (settings.content / file).resolve(),
        (settings.pages / file).resolve(),
    }:
        with suppress(OSError, Damaged):
            meant.append(settings.raw / parse(read_bounded(page, LARGEST_PAGE), name).source)
    by_id = {accession.id: at for at, accession in enumerate(accessions)}
    return next((here[path.resolve()] for path in meant if path.resolve() in here), by_id.get(str(file)))
