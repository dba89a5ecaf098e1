"""The lines of a raw page that are not its text, by label, each under the rule that set it aside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.publish.wording.escape import visible
from stemma.publish.wording.numbers import figures
from stemma.publish.wording.titles import shortened
from stemma.records import Block, Label, Witness

MAX_LINES: Final = 500
"""Lines of one label a page shows; the rest is in the raw file."""

_MAX_ROW: Final = 1200
"""Characters of one row."""

_SHORT_LINE: Final = 60
"""Characters up to which lines share a row."""

_LINES_A_ROW: Final = 8
"""Short lines that share a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """Some lines as one row: anchor (where a claim leads to it), numbers, text; the rule where it changes after it."""

    anchor: str
    lines: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one label. ``withheld``: counted, not shown. ``more``: how many lines are not shown."""

    name: str
    count: str
    rows: tuple[Row, ...]
    withheld: bool
    more: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """All groups, the largest first, and the anchor of each line of the text or of a claim."""

    groups: tuple[Group, ...]
    anchors: Mapping[int, str]


def set_aside(witness: Witness, lines: Sequence[str], withheld: Collection[Label]) -> SetAside:
    """The furniture of a witness, whose raw lines are given, and where on its page each line can be found."""
    by_label: dict[Label, list[Block]] = {}
    for block in witness.blocks:
        by_label.setdefault(block.label, []).append(block)
    claimed = frozenset(claim.line for claim in witness.claims if claim.line)
    anchors: dict[int, str] = _in_body(witness, by_label.pop(Label.BODY, []))
    groups = []
    for label in sorted(by_label, key=lambda label: (-_size(by_label[label]), label)):
        blocks = by_label[label]
        hidden = label in withheld
        shown = () if hidden else tuple(_bounded(blocks))
        rows = tuple(_rows(shown, lines, anchors, claimed))
        more = 0 if hidden else _size(blocks) - _size(shown)
        name = label.meaning[0].upper() + label.meaning[1:]
        groups.append(Group(name, figures(_size(blocks), "line"), rows, hidden, more))
    if groups:
        anchors = dict.fromkeys(sorted(claimed), "aside") | anchors
    return SetAside(tuple(groups), anchors)


def _size(blocks: Sequence[Block]) -> int:
    return sum(block.last - block.first + 1 for block in blocks)


def _in_body(witness: Witness, blocks: Sequence[Block]) -> dict[int, str]:
    """The paragraph of each line of the text, where blocks and paragraphs still go together."""
    if witness.body_corrected or len(blocks) != len(witness.body):
        return {}
    return {line: f"p{number}" for number, block in enumerate(blocks, 1) for line in range(block.first, block.last + 1)}


def _bounded(blocks: Sequence[Block]) -> Iterator[Block]:
    left = MAX_LINES
    for block in blocks:
        size = block.last - block.first + 1
        if size > left:
            if left:
                yield Block(
                    block.first, block.first + left - 1, block.label, block.rule, block.confidence, block.evidence
                )
            return
        left -= size
        yield block


def _rows(
    blocks: Sequence[Block], lines: Sequence[str], anchors: dict[int, str], claimed: Collection[int]
) -> Iterator[Row]:
    """Short neighbours under one rule share a row. Only rows that claims lead to have an anchor."""
    runs: list[Block] = []
    for block in blocks:
        if runs and _together(runs[-1], block, lines):
            runs[-1] = Block(runs[-1].first, block.last, block.label, block.rule)
        else:
            runs.append(block)
    for number, run in enumerate(runs):
        stated = [line for line in range(run.first, run.last + 1) if line in claimed]
        anchor = f"l{run.first}" if stated else ""
        anchors.update(dict.fromkeys(stated, anchor))
        said = number + 1 < len(runs) and runs[number + 1].rule == run.rule
        yield Row(anchor, _numbers(run), _text(lines[run.first - 1 : run.last]), "" if said else run.rule)


def _together(before: Block, block: Block, lines: Sequence[str]) -> bool:
    return (
        before.rule == block.rule
        and not any(line.strip() for line in lines[before.last : block.first - 1])
        and block.last - before.first < _LINES_A_ROW
        and max(len(line) for line in lines[before.first - 1 : block.last]) <= _SHORT_LINE
    )


def _numbers(run: Block) -> str:
    return f"l. {run.first}" if run.first == run.last else f"l. {run.first}–{run.last}"


def _text(lines: Sequence[str]) -> str:
    return visible(shortened(" / ".join(line.strip() for line in lines if line.strip()), _MAX_ROW))
