"""What another version of the program makes of an archive: addresses, fields, labels and works that differ.

The pages of content/pages hold what the former version made, site/data the labels of its lines where there is a site.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stemma.commands.build import compose
from stemma.curation import front_matter
from stemma.curation.edits import Curation
from stemma.curation.front_matter import Page
from stemma.curation.write_pages import pages
from stemma.records import Archive, Witness
from stemma.report import Report
from stemma.settings import Settings
from stemma.workers import engine


def found(settings: Settings, report: Report) -> Iterator[str]:
    """A line for each kind of change. Nothing is written. Raises BuildFailed where the archive has errors."""
    with engine(settings.jobs) as workers:
        _, curation, archive = compose(settings, report, None, workers)
        changed = {name: front_matter.parse(data, name) for name, data in pages(archive, curation, workers)}
    yield from _addresses(curation, changed)
    yield from _fields(settings.pages, changed, len(curation.pages))
    yield from _works(settings.site, archive)
    yield from _labels(settings.site, archive)


def _addresses(curation: Curation, changed: Mapping[str, Page]) -> Iterator[str]:
    new = len(changed.keys() - curation.pages.keys())
    added = f", {new:,} are new" if new else ""
    yield f"Addresses: {len(curation.pages) - len(curation.removed):,} stay{added}"
    if curation.removed:
        yield f"Removed with their raw files: {len(curation.removed):,} pages"


def _fields(folder: Path, changed: Mapping[str, Page], total: int) -> Iterator[str]:
    """How many pages get another value of each field, or another text."""
    counts: Counter[str] = Counter()
    for name, now in changed.items():
        place = folder / f"{name}.md"
        if place.is_file():
            before = front_matter.parse(place.read_bytes(), name)
            counts.update(str(field) for field, values in now.fields.items() if values != before.fields.get(field))
            counts["body"] += before.markdown.split() != now.markdown.split()
    counts += Counter()
    parts = ", ".join(f"{part} of {number:,}" for part, number in counts.most_common())
    yield f"Pages: {parts or 'no field or text'} of {total:,} differs"


def _works(site: Path, archive: Archive) -> Iterator[str]:
    before = {member: set(row["members"]) for row in _rows(site, "works") for member in row["members"]}
    if before:
        now = {member: set(work.members) for work in archive.works for member in work.members}
        moved = sum(now.get(member, members) != members for member, members in before.items())
        yield f"Works: {moved:,} of {len(before):,} texts are with other texts than before"
    else:
        yield "Works: not compared, as there is no site of the former version"


def _labels(site: Path, archive: Archive) -> Iterator[str]:
    lines = changed = 0
    for row in _rows(site, "documents"):
        witness = archive.by_id.get(row["id"])
        if witness is not None:
            before = {at: block["label"] for block in row["blocks"] for at in range(block["first"], block["last"] + 1)}
            now = _line_labels(witness)
            lines += len(now)
            changed += sum(before.get(at) != label for at, label in now.items())
    if lines:
        yield f"Labels: {changed:,} of {lines:,} lines get another"


def _line_labels(witness: Witness) -> dict[int, str]:
    return {at: str(block.label) for block in witness.blocks for at in range(block.first, block.last + 1)}


def _rows(site: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table of site/data; none where there is no site, or what is there cannot be read."""
    try:
        for path in sorted((site / "data").glob(f"{table}*.jsonl*")):
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield from [json.loads(line) for line in data.decode("utf-8").split("\n") if line]
    except (OSError, EOFError, ValueError, zlib.error):
        return
