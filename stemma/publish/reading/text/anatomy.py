"""The anatomy of a raw page: a bar from its first character to its last, by label.

A drawing as data: every measure is in per cent, so that nothing is stretched and no style is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.publish.wording.numbers import listed, per_cent
from stemma.publish.wording.translation import Translation
from stemma.records import Block, Label, Witness

_HATCHING: Final[Mapping[Label, str]] = {
    Label.BODY: "k-body",
    Label.TITLE: "k-title",
    Label.META: "h-meta",
    Label.TAGS: "h-meta",
    Label.COMMENT: "h-com",
    Label.APPEAL: "h-app",
    Label.SHARE: "h-meta",
    Label.RELATED: "h-rel",
    Label.NAVIGATION: "h-nav",
    Label.CREDIT: "h-meta",
    Label.NOTICE: "h-nav",
}
_MAX_BARS: Final = 240
"""Bars drawn; of more runs those too thin to be seen are left white."""
_TICKS_APART: Final = 8.0
"""Per cent of the bar between two line numbers: what four digits need on a phone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A run of one label: where it begins and how wide it is, in per cent."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Ink:
    """All bars of one look. ``solid``: filled, not hatched."""

    look: str
    solid: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The number of the line that stands at a place of the bar."""

    x: str
    line: str


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the page has a label."""

    name: str
    look: str
    solid: bool
    share: str


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The bars, their ticks and its key. ``text_share`` is the share of the text itself."""

    inks: tuple[Ink, ...]
    ticks: tuple[Tick, ...]
    shares: tuple[Share, ...]
    lines: int
    text_share: str
    most: str

    @property
    def looks(self) -> frozenset[str]:
        """The patterns the bar uses."""
        return frozenset(share.look for share in self.shares)


@dataclass(frozen=True, slots=True)
class _Run:
    label: Label
    line: int
    start: int
    size: int


def anatomy(witness: Witness, lines: Sequence[str], tr: Translation) -> Anatomy | None:
    """The anatomy of a witness, whose raw lines are given; None for a page without a single word."""
    runs = list(_runs(witness.blocks, lines))
    total = sum(run.size for run in runs)
    if not total:
        return None
    sizes = {label: sum(run.size for run in runs if run.label is label) for label in Label}
    boilerplate = sorted(
        (label for label in Label if label is not Label.BODY and sizes[label]), key=lambda a: -sizes[a]
    )
    return Anatomy(
        inks=tuple(_inks(runs, total)),
        ticks=tuple(_ticks(runs, total, tr)),
        shares=tuple(
            Share(tr.gettext(label.meaning), *_look(label), per_cent(sizes[label] / total, tr))
            for label in Label
            if sizes[label]
        ),
        lines=len(lines) - (lines[-1] == ""),
        text_share=per_cent(sizes[Label.BODY] / total, tr),
        most=listed([tr.gettext(label.meaning) for label in boilerplate[:2]], tr),
    )


def _runs(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[_Run]:
    """Neighbours of one label as one run, measured in characters of their lines."""
    start = 0
    run: _Run | None = None
    for block in blocks:
        size = sum(len(line) for line in lines[block.first - 1 : block.last])
        if run and run.label is block.label:
            run = _Run(run.label, run.line, run.start, run.size + size)
        else:
            if run:
                yield run
            run = _Run(block.label, block.first, start, size)
        start += size
    if run:
        yield run


def _inks(runs: Sequence[_Run], total: int) -> Iterator[Ink]:
    """One bar a run, by look; of very many runs those too thin to be seen are left white."""
    sizes = sorted((run.size for run in runs), reverse=True)
    thinnest = sizes[_MAX_BARS] if len(sizes) > _MAX_BARS else 0
    by_look: dict[str, list[Bar]] = {}
    for run in runs:
        if run.size > thinnest:
            bar = Bar(f"{100 * run.start / total:.2f}%", f"{100 * run.size / total:.2f}%")
            by_look.setdefault(_HATCHING[run.label], []).append(bar)
    for look, found in by_look.items():
        yield Ink(look, look.startswith("k-"), tuple(found))


def _ticks(runs: Sequence[_Run], total: int, tr: Translation) -> Iterator[Tick]:
    """The first line, and where larger parts begin, as far apart as their numbers need."""
    last = -_TICKS_APART
    for number, run in enumerate(runs):
        x = 100 * run.start / total
        large = number == 0 or run.label is Label.BODY or run.size >= total * 0.06
        if large and x - last >= _TICKS_APART and x < 95:
            yield Tick(f"{x:.2f}%", tr.gettext("l. %(lines)s", lines=run.line) if number == 0 else str(run.line))
            last = x


def _look(label: Label) -> tuple[str, bool]:
    look = _HATCHING[label]
    return look, look.startswith("k-")
