"""Pages for training: rows of known pages, labelled as the build labels them, but without line recurrence."""

from __future__ import annotations

from typing import NamedTuple

from stemma.clean.labels.labeller import label_lines
from stemma.clean.lines.segment import segment
from stemma.records import Evidence, Label


class LabelledPage(NamedTuple):
    """The lines of a page, their labels and what those rest on."""

    lines: tuple[str, ...]
    labels: tuple[Label | None, ...]
    evidence: tuple[Evidence | None, ...]


def labelled(raw: str) -> LabelledPage:
    """A page labelled without line recurrence."""
    lines, whole = segment(raw), raw.split("\n")
    labels: list[Label | None] = [None] * len(whole)
    evidence: list[Evidence | None] = [None] * len(whole)
    for line, verdict in zip(lines, label_lines([lines])[0], strict=True):
        labels[line.number - 1], evidence[line.number - 1] = verdict.label, verdict.evidence
    return LabelledPage(tuple(whole), tuple(labels), tuple(evidence))


def without_indents(page: LabelledPage, *, airy: bool) -> LabelledPage:
    """The page flush left, without blank lines, or with one wherever the indent changed or a long line begins."""
    plain: list[tuple[str, Label | None, Evidence | None]] = []
    last = -1
    for raw, label, rests_on in zip(*page, strict=True):
        text = raw.strip()
        if not text:
            continue
        indent = len(raw) - len(raw.lstrip())
        if airy and last >= 0 and (indent != last or len(raw) > 100):
            plain.append(("", None, None))
        last = indent
        plain.append((text, label, rests_on))
    return LabelledPage(
        tuple(text for text, _, _ in plain), tuple(label for _, label, _ in plain), tuple(one for _, _, one in plain)
    )
