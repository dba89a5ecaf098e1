"""The lines of a raw page that are not its text, where they are: before, between and after the paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.curation.review import LOW_CONFIDENCE
from stemma.publish.wording.escape import visible
from stemma.publish.wording.numbers import listed, ranges
from stemma.publish.wording.titles import shortened
from stemma.publish.wording.translation import Translation
from stemma.records import Block, Label, Witness

MAX_LINES: Final = 500
"""Lines of one gap a page shows; the rest is in the raw file."""

_MAX_ROW: Final = 1200
"""Characters of one row."""

_SHORT_LINE: Final = 60
"""Characters up to which lines share a row."""

_LINES_A_ROW: Final = 8
"""Short lines that share a row."""

_MAX_NAMED: Final = 3
"""Labels named in the line that stands for a gap."""


@dataclass(frozen=True, slots=True)
class Row:
    """Some lines as one row: anchor (where a claim leads to it), numbers, text.

    Its label and rule are given where they change after it. ``withheld``: counted, not shown. ``doubtful``: the label
    has a low confidence.
    """

    anchor: str
    lines: str
    text: str
    label: str
    rule: str
    withheld: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines set aside in one place, before paragraph ``before`` (one more than there are: after the last).

    ``place`` names the lines, ``labels`` what they are. ``more``: how many lines are not shown.
    """

    before: int
    place: str
    labels: str
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """All gaps in reading order, the anchor of each line of the text or of a claim, and how much is in doubt.

    ``lines``: how many are set aside; ``doubtful``: how many of these have a low confidence; ``doubtful_paragraphs``:
    the numbers of the paragraphs that have one.
    """

    gaps: tuple[Gap, ...]
    anchors: Mapping[int, str]
    lines: int
    doubtful: int
    doubtful_paragraphs: tuple[int, ...]


def set_aside(witness: Witness, lines: Sequence[str], withheld: Collection[Label], tr: Translation) -> SetAside:
    """The boilerplate of a witness, whose raw lines are given, and where on its page each line can be found.

    Where the curator corrected the text, its paragraphs have no lines any more, and all gaps are one after them.
    """
    body = [block for block in witness.blocks if block.label is Label.BODY]
    aside = [block for block in witness.blocks if block.label is not Label.BODY]
    known = not witness.body_corrected and len(body) == len(witness.body)
    runs: dict[int, list[Block]] = {}
    paragraph = 1 if known else len(witness.body) + 1
    for block in witness.blocks:
        if block.label is not Label.BODY:
            runs.setdefault(paragraph, []).append(block)
        elif known:
            paragraph += 1
    claimed = frozenset(claim.line for claim in witness.claims if claim.line)
    anchors: dict[int, str] = {}
    if known:
        anchors = {
            line: f"p{number}" for number, block in enumerate(body, 1) for line in range(block.first, block.last + 1)
        }
    gaps = tuple(_gap(before, found, lines, anchors, claimed, withheld, tr) for before, found in runs.items())
    return SetAside(
        gaps,
        anchors,
        _size(aside),
        _size([block for block in aside if block.confidence < LOW_CONFIDENCE]),
        tuple(number for number, block in enumerate(body, 1) if known and block.confidence < LOW_CONFIDENCE),
    )


def _gap(  # noqa: PLR0917
    before: int,
    blocks: Sequence[Block],
    lines: Sequence[str],
    anchors: dict[int, str],
    claimed: Collection[int],
    withheld: Collection[Label],
    tr: Translation,
) -> Gap:
    shown = tuple(_bounded(blocks))
    labels = list(dict.fromkeys(tr.gettext(block.label.meaning) for block in blocks))
    left = len(labels) - _MAX_NAMED + 1
    others = tr.figures(left, "%(num)s more", "%(num)s more")
    named = labels if left < 2 else [*labels[: _MAX_NAMED - 1], others]
    anchors.update((line, f"s{before}") for block in blocks for line in range(block.first, block.last + 1)
                   if line in claimed)  # fmt: skip
    return Gap(
        before,
        _place(blocks[0].first, blocks[-1].last, tr),
        listed(named, tr),
        tuple(_rows(shown, lines, anchors, claimed, withheld, tr)),
        _size(blocks) - _size(shown),
    )


def _place(first: int, last: int, tr: Translation) -> str:
    return tr.gettext("l. %(lines)s", lines=ranges([(first, last)], tr))


def _size(blocks: Sequence[Block]) -> int:
    return sum(block.last - block.first + 1 for block in blocks)


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


def _rows(  # noqa: PLR0917
    blocks: Sequence[Block],
    lines: Sequence[str],
    anchors: dict[int, str],
    claimed: Collection[int],
    withheld: Collection[Label],
    tr: Translation,
) -> Iterator[Row]:
    """Short neighbours under one rule share a row. Only rows that claims lead to have an anchor."""
    runs: list[Block] = []
    for block in blocks:
        if runs and _together(runs[-1], block, lines, withheld):
            runs[-1] = Block(
                runs[-1].first, block.last, block.label, block.rule, min(runs[-1].confidence, block.confidence)
            )
        else:
            runs.append(block)
    for number, run in enumerate(runs):
        hidden = run.label in withheld
        stated = [line for line in range(run.first, run.last + 1) if line in claimed and not hidden]
        anchor = f"l{run.first}" if stated else ""
        anchors.update(dict.fromkeys(stated, anchor))
        following = runs[number + 1] if number + 1 < len(runs) else None
        same = following is not None and (following.label, following.rule) == (run.label, run.rule)
        yield Row(
            anchor,
            _place(run.first, run.last, tr),
            "" if hidden else _text(lines[run.first - 1 : run.last]),
            "" if same else tr.gettext(run.label.meaning),
            "" if same else run.rule,
            hidden,
            run.confidence < LOW_CONFIDENCE,
        )


def _together(before: Block, block: Block, lines: Sequence[str], withheld: Collection[Label]) -> bool:
    if (before.label, before.rule) != (block.label, block.rule):
        return False
    if block.label in withheld:
        return True
    return (
        not any(line.strip() for line in lines[before.last : block.first - 1])
        and block.last - before.first < _LINES_A_ROW
        and max(len(line) for line in lines[before.first - 1 : block.last]) <= _SHORT_LINE
    )


def _text(lines: Sequence[str]) -> str:
    return visible(shortened(" / ".join(line.strip() for line in lines if line.strip()), _MAX_ROW))
