"""Labelling: the lines of pages -> a verdict on each line. The one entry to rules, models and decoder.

The build, ``--explain``, training, validation and the tests all label with :func:`label_lines`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import Final

from stemma.clean.labels.context_features import ReadPage
from stemma.clean.labels.context_model import Trees, find_body, trees
from stemma.clean.labels.decoder import Verdict, decide
from stemma.clean.labels.features import describe_pages
from stemma.clean.labels.line_model import Weights, posteriors, weights
from stemma.clean.labels.page_rules import with_page_rules
from stemma.clean.labels.recurrence import MAX_LINES, LineCounts
from stemma.clean.labels.rules import Rule, rulebook
from stemma.clean.lines.folding import fold
from stemma.clean.lines.forms import preformatted
from stemma.clean.lines.links import is_button, is_picture
from stemma.clean.lines.segment import Line
from stemma.records import Evidence, Label, Publisher

TOO_LONG: Final = Verdict(Label.BODY, "bound.plain", 0.5, Evidence.RULE)
"""The verdict on every line of a page with more lines than :data:`~stemma.clean.labels.recurrence.MAX_LINES`."""

MIN_BODY_ROWS: Final = 0.4
"""Share of the lines of a block of code or a table that are body by themselves: then all of it is."""

MIN_STREAM: Final = 2
"""Dates with lines of prose below them that make a stream of other stories."""

_PICTURE: Final = Rule("navigation.picture", Label.NAVIGATION, (), (), None, None, (), (), ())
"""A line of pictures alone; their alternative texts are no sentence of the text."""
_BUTTON: Final = Rule("navigation.script", Label.NAVIGATION, (), (), None, None, (), (), ())
"""A line of links to scripts alone."""


def label_lines(
    pages: Sequence[Sequence[Line]],
    counts: Sequence[LineCounts | None] | None = None,
    publishers: tuple[Publisher, ...] = (),
    learned: Weights | None = None,
    judging: Trees | None = None,
) -> list[tuple[Verdict, ...]]:
    """For each page a verdict on each of its lines. Each page is labelled by itself; together they cost less.

    ``pages``: lines as :func:`~stemma.clean.lines.segment.segment` gives them. ``counts``: the recurrence of the lines
    of each page, None where it is not known. ``learned``, ``judging``: other weights of the line model, other trees of
    the context model, than those of the package.
    """
    judged = [lines if len(lines) <= MAX_LINES else () for lines in pages]
    learned = learned or weights()
    rules = iter(named_rules([line for lines in judged for line in lines], publishers))
    read = [
        ReadPage(
            lines, *described, posteriors(*described, learned), with_page_rules(lines, list(islice(rules, len(lines))))
        )
        for lines, described in zip(judged, describe_pages(judged), strict=True)
    ]
    labelled: list[tuple[Verdict, ...]] = []
    for page, one, body, recurrence in zip(
        pages, read, find_body(read, judging or trees()), counts or [None] * len(pages), strict=True
    ):
        if one.lines:
            verdicts = decide(one.lines, one.posteriors, body, one.rules, recurrence)
            labelled.append(without_stream(with_whole_forms(one.lines, verdicts)))
        else:
            labelled.append((TOO_LONG,) * len(page))
    return labelled


def with_whole_forms(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, with code and tables within the text whole: the model judges their lines one by one.

    A block of code or a table is body where enough of it is, or where body stands above and below it; what a certain
    rule says of a line holds.
    """
    whole = list(verdicts)
    places = [at for at, verdict in enumerate(verdicts) if verdict.label is Label.BODY] or [0]
    inside = [places[0] <= at <= places[-1] for at in range(len(lines))]
    for start, end, _ in preformatted(lines, inside):
        body = [verdict.label is Label.BODY for verdict in verdicts[start:end]]
        within = start > 0 and end < len(lines) and {verdicts[start - 1].label, verdicts[end].label} == {Label.BODY}
        if within or sum(body) >= MIN_BODY_ROWS * len(body):
            for at in range(start, end):
                if whole[at].evidence is not Evidence.RULE and whole[at].label is not Label.BODY:
                    whole[at] = Verdict(Label.BODY, "sequence.form", 1 - whole[at].confidence, Evidence.SEQUENCE)
    return tuple(whole)


def without_stream(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, without a stream of other stories below the tags that end the text: dates and lines below each."""
    body = [verdict.label is Label.BODY for verdict in verdicts]
    tags = [
        at
        for at, verdict in enumerate(verdicts)
        if verdict.label is Label.TAGS and verdict.evidence is Evidence.RULE and 2 * sum(body[:at]) >= sum(body)
    ]
    stamps = [
        at
        for at, verdict in enumerate(verdicts)
        if tags and at > tags[0] and verdict.label is Label.META and verdict.evidence is Evidence.RULE
    ]
    if len(stamps) < MIN_STREAM or not all(any(body[at:after]) for at, after in pairwise(stamps)):
        return tuple(verdicts)
    return tuple(
        Verdict(Label.RELATED, "sequence.stream", verdict.confidence, Evidence.SEQUENCE)
        if verdict.label is Label.BODY and at > stamps[0] - 2
        else verdict
        for at, verdict in enumerate(verdicts)
    )


def named_rules(lines: Sequence[Line], publishers: tuple[Publisher, ...] = ()) -> list[Rule | None]:
    """The rule of each line: pictures or buttons alone, a publisher's own boilerplate, the first of the rulebook.

    The lines of a hard-wrapped paragraph are read as one, and share its rule.
    """
    starts = [at for at, line in enumerate(lines) if not (at and line.wrapped)]
    paragraphs = list(pairwise([*starts, len(lines)]))
    texts = [
        lines[start].text if end == start + 1 else " ".join([line.text for line in lines[start:end]])
        for start, end in paragraphs
    ]
    rules = [
        _PICTURE if is_picture(text) else _BUTTON if is_button(text) and not (rule and rule.certain) else rule
        for text, rule in zip(texts, rulebook().match_all(texts, _own_boilerplate(publishers)), strict=True)
    ]
    return [rule for (start, end), rule in zip(paragraphs, rules, strict=True) for _ in range(start, end)]


@cache
def _own_boilerplate(publishers: tuple[Publisher, ...]) -> Mapping[str, Rule]:
    """A rule for each line that publishers.toml names as a publisher's boilerplate, by the folded line."""
    return {
        folded: Rule("publisher.boilerplate", Label.NAVIGATION, (), (folded,), None, None, (), (line,), ())
        for publisher in publishers
        for line in publisher.boilerplate
        if (folded := fold(line))
    }
