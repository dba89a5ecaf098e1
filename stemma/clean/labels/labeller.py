"""Labelling: the lines of pages -> a verdict on each line. The one entry to rules, models and decoder.

The build, ``--explain``, training, validation and the tests all label with :func:`label_lines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import Final

from stemma.clean.labels.context_features import ReadPage
from stemma.clean.labels.context_model import Body, find_body
from stemma.clean.labels.decoder import BODY, Verdict, decide
from stemma.clean.labels.features import describe_pages
from stemma.clean.labels.line_model import posteriors
from stemma.clean.labels.models import Models, models, script_of
from stemma.clean.labels.page_rules import with_page_rules
from stemma.clean.labels.recurrence import MAX_LINES, LineCounts
from stemma.clean.labels.rules import Rule, rulebook
from stemma.clean.labels.wholes import judged_whole
from stemma.clean.lines.folding import fold
from stemma.clean.lines.links import is_button, is_picture
from stemma.clean.lines.segment import Line
from stemma.records import Evidence, Label, Publisher

TOO_LONG: Final = Verdict(Label.BODY, "bound.plain", 0.5, Evidence.RULE)
"""The verdict on every line of a page with more lines than :data:`~stemma.clean.labels.recurrence.MAX_LINES`."""

_PICTURE: Final = Rule("navigation.picture", Label.NAVIGATION, (), (), None, None, (), (), ())
"""A line of pictures alone; their alternative texts are no sentence of the text."""
_BUTTON: Final = Rule("navigation.script", Label.NAVIGATION, (), (), None, None, (), (), ())
"""A line of links to scripts alone."""


def label_lines(
    pages: Sequence[Sequence[Line]],
    counts: Sequence[LineCounts | None] | None = None,
    publishers: tuple[Publisher, ...] = (),
    known: tuple[Models, Models] | None = None,
) -> list[tuple[Verdict, ...]]:
    """For each page a verdict on each of its lines. Each page is labelled by itself; together they cost less.

    ``pages``: lines as :func:`~stemma.clean.lines.segment.segment` gives them. ``counts``: the recurrence of the lines
    of each page, None where it is not known. ``known``: other models than those of the package, in their order.
    """
    labelled: list[tuple[Verdict, ...]] = []
    read = _read_pages(pages, publishers, known or models())
    for page, (one, body), recurrence in zip(pages, read, counts or [None] * len(pages), strict=True):
        if one.lines:
            verdicts = decide(one.lines, one.posteriors, body, one.rules, recurrence)
            labelled.append(judged_whole(one.lines, verdicts))
        else:
            labelled.append((TOO_LONG,) * len(page))
    return labelled


def chances(page: Sequence[Line], publishers: tuple[Publisher, ...] = ()) -> list[tuple[float, float]]:
    """How probably each line of a page is body, by the line model and by the context model.

    That is before rules and recurrence have their say; none of a page that is too long.
    """
    read, body = _read_pages([page], publishers, models())[0]
    return list(zip(read.posteriors[:, BODY].tolist(), body.probability.tolist(), strict=True)) if read.lines else []


def _read_pages(
    pages: Sequence[Sequence[Line]], publishers: tuple[Publisher, ...], known: tuple[Models, Models]
) -> list[tuple[ReadPage, Body]]:
    """The pages as line model and rules know them, with what the context model finds; one too long without lines."""
    judged = [lines if len(lines) <= MAX_LINES else () for lines in pages]
    rules = iter(named_rules([line for lines in judged for line in lines], publishers))
    scripts = [script_of(lines) for lines in judged]
    read = [
        ReadPage(
            lines,
            *described,
            posteriors(*described, known[script].network),
            with_page_rules(lines, list(islice(rules, len(lines)))),
        )
        for lines, described, script in zip(judged, describe_pages(judged), scripts, strict=True)
    ]
    found: dict[int, Iterator[Body]] = {
        script: iter(find_body([one for one, its in zip(read, scripts, strict=True) if its == script], pair.trees))
        for script, pair in enumerate(known)
    }
    return [(one, next(found[script])) for one, script in zip(read, scripts, strict=True)]


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
