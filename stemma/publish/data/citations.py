"""The citations of every text in one file a format: data/citations.bib, .ris and .json (CSL-JSON)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from stemma.publish.data.exports import MAX_PART
from stemma.publish.index import Index
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.references import Reference, bibtex, csl_json, refer, ris
from stemma.publish.wording.translation import Translation
from stemma.records import Witness
from stemma.settings import Settings

_FORMATS: Final[tuple[tuple[str, Callable[[Reference, Translation], str], tuple[str, str, str]], ...]] = (
    ("bib", bibtex, ("", "\n\n", "\n")),
    ("ris", ris, ("", "\n", "\n")),
    ("json", lambda one, tr: csl_json(one, tr)[1:-1], ("[", ",\n", "]\n")),
)
"""The ending of each format, how one text is written, and what is before, between and after texts."""


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The three files. What is beyond :data:`MAX_PART` bytes goes on in citations-2 and so on, each a whole file."""
    references = [_reference(one, index, settings) for one in index.witnesses]
    for ending, written, around in _FORMATS:
        for number, part in enumerate(_parts([written(one, renderer.tr) for one in references], around), 1):
            name = "citations" if number == 1 else f"citations-{number}"
            yield File(f"data/{name}.{ending}", part.encode("utf-8", "replace"))


def _reference(witness: Witness, index: Index, settings: Settings) -> Reference:
    card = index.card[witness.id]
    work = settings.address + urls.work(card.work) if len(index.members.get(card.work, ())) > 1 else ""
    return refer(witness, card.heading, settings.title, settings.address + urls.text(witness.id), work)


def _parts(entries: Sequence[str], around: tuple[str, str, str]) -> Iterator[str]:
    before, between, after = around
    part: list[str] = []
    size = 0
    for entry in entries:
        length = len(entry.encode("utf-8", "replace"))
        if part and size + length > MAX_PART:
            yield before + between.join(part) + after
            part, size = [], 0
        part.append(entry)
        size += length
    yield before + between.join(part) + after
