"""About this build: what was received and published, what each rule set aside, what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stemma.curation.review import LOW_CONFIDENCE, disagreeing
from stemma.publish.index import Index
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import Translation, message
from stemma.records import Label, Severity, Witness
from stemma.settings import Settings

_MAX_ROWS: Final = 200
"""Rules and warnings shown; the rest of the warnings is counted."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it counts."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class RuleUse:
    """How many lines a rule labelled, on how many pages, and as what."""

    rule: str
    meaning: str
    lines: int
    pages: int


@dataclass(frozen=True, slots=True)
class FileWarning:
    """A raw file that was refused, or read with a warning."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class BuildPage:
    """The whole page."""

    figures: tuple[Figure, ...]
    labels: tuple[Figure, ...]
    rules: tuple[RuleUse, ...]
    warnings: tuple[FileWarning, ...]
    more_warnings: int


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The page about this build."""
    del settings
    archive = index.archive
    found = [FileWarning(one_line(one.where), one_line(one.what)) for one in archive.problems
             if one.severity is Severity.WARNING and one.where.startswith("raw/")]  # fmt: skip
    context = BuildPage(
        tuple(figures(index, renderer.tr)), tuple(_labels(index.witnesses, renderer.tr)),
        tuple(_rules(index.witnesses, renderer.tr)),
        tuple(found[:_MAX_ROWS]), len(found[_MAX_ROWS:]),
    )  # fmt: skip
    yield renderer.page("build.html", "build.html", context)


def figures(index: Index, tr: Translation) -> Iterator[Figure]:
    """The sizes of everything, in the order of the pipeline."""
    archive, texts = index.archive, index.witnesses
    sizes = [len(members) for members in index.members.values()]
    links = {(link.a, link.b): link for found in index.relations.values() for link in found}.values()
    kinds = Counter(str(link.kind) for link in links if not link.doubtful)
    yield Figure(tr.gettext("texts published"), len(texts))
    yield Figure(tr.gettext("texts withdrawn"), len(index.withdrawn))
    yield Figure(tr.gettext("raw files read with a repair"), sum(bool(one.accession.repairs) for one in texts))
    yield Figure(
        tr.gettext("pages with a curator’s edit"),
        sum(bool(one.fields or one.body is not None) for one in archive.edits.values()),
    )
    yield Figure(tr.gettext("texts without any line of text"), sum(not witness.body for witness in texts))
    yield Figure(tr.gettext("paragraphs of text"), sum(len(witness.body) for witness in texts))
    yield Figure(tr.gettext("lines classified with low confidence"), doubtful_lines(texts)[0])
    yield Figure(tr.gettext("texts whose statements disagree"), sum(any(disagreeing(witness)) for witness in texts))
    yield Figure(tr.gettext("works"), sum(size > 0 for size in sizes))
    yield Figure(tr.gettext("works with more than one witness"), sum(size > 1 for size in sizes))
    for kind, label in (("mirror", message("pairs that are copies")), ("revision", message("pairs that are revisions")),
                       ("contains", message("pairs where one contains the other")),
                       ("excerpt", message("pairs that share a part"))):  # fmt: skip
        yield Figure(tr.gettext(label), kinds[kind])
    yield Figure(tr.gettext("doubtful pairs"), sum(link.doubtful for link in links))


def doubtful_lines(witnesses: Iterable[Witness]) -> tuple[int, int]:
    """How many lines have a label of low confidence, and how many lines there are."""
    doubtful = lines = 0
    for witness in witnesses:
        for block in witness.blocks:
            size = block.last - block.first + 1
            lines += size
            doubtful += size if block.confidence < LOW_CONFIDENCE else 0
    return doubtful, lines


def _labels(witnesses: Iterable[Witness], tr: Translation) -> Iterator[Figure]:
    lines: Counter[Label] = Counter()
    for witness in witnesses:
        for block in witness.blocks:
            lines[block.label] += block.last - block.first + 1
    for label in Label:
        yield Figure(tr.gettext(label.meaning), lines[label])


def _rules(witnesses: Iterable[Witness], tr: Translation) -> Iterator[RuleUse]:
    """The rules that set lines aside, the busiest first."""
    lines: Counter[tuple[str, Label]] = Counter()
    used: Counter[tuple[str, Label]] = Counter()
    for witness in witnesses:
        here: dict[tuple[str, Label], int] = {}
        for block in witness.blocks:
            if block.label is not Label.BODY:
                key = (block.rule, block.label)
                here[key] = here.get(key, 0) + block.last - block.first + 1
        lines.update(here)
        used.update(here.keys())
    order = sorted(lines, key=lambda key: (-lines[key], key[0], key[1]))
    for rule, label in order[:_MAX_ROWS]:
        yield RuleUse(one_line(rule), tr.gettext(label.meaning), lines[rule, label], used[rule, label])
