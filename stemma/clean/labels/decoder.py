"""Decide over a whole page: which lines are the body, which are comments, and what the rest is, with the evidence.

Authority goes down from named rules over the survey to the line model; the body is the set of lines from which the
best sum of precision and recall is to be expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.clean.labels.comment_onset import first_remark
from stemma.clean.labels.features import Floats
from stemma.clean.labels.line_model import STATES
from stemma.clean.labels.recurrence import PROSE, Tally
from stemma.clean.labels.rules import Rule
from stemma.clean.lines.links import is_linked
from stemma.clean.lines.segment import Line
from stemma.records import Evidence, Label

HEAD, BODY, INSET, TAIL, COMMENT = map(STATES.index, ("head", "body", "inset", "tail", "comment"))
_SECTIONS: Final = (Label.RELATED, Label.COMMENT, Label.SHARE, Label.TAGS)
STRICT: Final = 1.2
"""How much precision counts beside recall; so that both come out alike on pages whose body is known."""
LEAST: Final = 0.2
"""A line less likely than this is never taken into the body."""
HINT: Final = 0.5
"""What a rule that only hints leaves of the odds that a line is body; and what is left where every word is a link's."""
DOUBT: Final = 0.03
"""So much less likely must the lines of a talk be body, on average, than the lines before them."""
SPOKEN: Final = 0.15
"""A line is heard for its tone when body and comment together are so likely."""
SAID: Final = 0.25
FAINT: Final = 0.2
"""From this chance on a line that may be a comment is body, on a page that says nothing of comments."""
CLOSE: Final = 0.4
"""A line that is not body is a comment when that is so likely, and so nearly as likely as any other furniture."""
BELOW: Final = 0.2
"""What a heading of comments or of other headlines leaves of the odds that a line below it is body."""
TEASER: Final = 90
"""A headline is shorter than this."""
MOST: Final = 0.5
"""So much of the body must stand before a heading of comments; else it is a link at the top."""
LEFT: Final = 0.02
"""What the survey leaves of the odds of a sentence at the least: a story that many carry is no furniture."""
COPIED: Final = 4.0
"""How much likelier a line of prose is body when it recurs in copies of the text and in no other text."""


class Verdict(NamedTuple):
    """What a line is, by which rule, on what evidence, and how sure that is (0 to 1)."""

    label: Label
    rule: str
    confidence: float
    evidence: Evidence


def decide(
    lines: Sequence[Line], likely: Floats, rules: Sequence[Rule | None], tally: Tally | None
) -> tuple[Verdict, ...]:
    """A verdict a line, from the model's posteriors, the rules that match and the survey's counts."""
    chance = _join_wrapped(lines, likely.astype(np.float64))
    body, surveyed = _weigh(lines, _body(chance, rules), rules, tally)
    sizes = np.array([1 + line.visible.count(" ") for line in lines], dtype=np.float64)
    chosen = _choose(body, sizes)
    comments = _talk(lines, chance, chosen, rules)
    chosen &= ~comments
    comments |= _comments(chance, chosen, rules)
    sure = np.round(np.where(chosen, body, 1 - body), 2).tolist()
    return tuple(_verdicts(lines, rules, sure, chosen=chosen.tolist(), comments=comments.tolist(), surveyed=surveyed))


def _body(chance: npt.NDArray[np.float64], rules: Sequence[Rule | None]) -> npt.NDArray[np.float64]:
    """The chance of each line to be body. Comments are not believed half-heartedly where no rule speaks of any.

    On a page without a single rule they are not believed at all: comments never come alone among furniture. There the
    tone must tell (:func:`_talk`).
    """
    body: npt.NDArray[np.float64] = chance[:, BODY]
    if any(rule is not None and rule.label is Label.COMMENT for rule in rules):
        return body
    bare = not any(rule is not None and rule.certain for rule in rules)
    return np.where((body >= FAINT) | bare, np.minimum(body + chance[:, COMMENT], 1.0), body)


def _verdicts(
    lines: Sequence[Line],
    rules: Sequence[Rule | None],
    sure: Sequence[float],
    *,
    chosen: Sequence[bool],
    comments: Sequence[bool],
    surveyed: Sequence[int],
) -> Iterator[Verdict]:
    """What each line is, the highest authority that spoke first; a heading's section ends where the text goes on."""
    section: Label | None = None
    for at, rule in enumerate(rules):
        if rule and (rule.certain or not chosen[at]):
            yield Verdict(rule.label, rule.id, 1.0 if rule.certain else max(0.5, sure[at]), Evidence.RULE)
            section = rule.label if rule.opens else section
        elif chosen[at]:
            copied = surveyed[at] > 0
            rule_id = "recurrence.copy" if copied else "model.body"
            yield Verdict(Label.BODY, rule_id, sure[at], Evidence.RECURRENCE if copied else Evidence.MODEL)
            section = None
        elif comments[at] and surveyed[at] >= 0:
            yield Verdict(Label.COMMENT, "sequence.comments", sure[at], Evidence.SEQUENCE)
        else:
            yield _furniture(lines[at], section, surveyed=surveyed[at] < 0, sure=sure[at])


def _furniture(line: Line, section: Label | None, *, surveyed: bool, sure: float) -> Verdict:
    """A line set aside without a rule: it belongs to the section a rule opened, else to the page's navigation.

    What the survey knows from other texts of the site ends no section and belongs to none.
    """
    if section in _SECTIONS and not surveyed:
        return Verdict(section or Label.RELATED, f"section.{section}", sure, Evidence.SECTION)
    label = Label.RELATED if len(line.visible) >= PROSE else Label.NAVIGATION
    if surveyed:
        return Verdict(label, "recurrence.boilerplate", sure, Evidence.RECURRENCE)
    return Verdict(label, "model.boilerplate", sure, Evidence.MODEL)


def _join_wrapped(lines: Sequence[Line], likely: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The lines of a hard-wrapped paragraph share one answer: the mean, weighted by their lengths."""
    if not any(line.wrapped for line in lines):
        return likely
    owner = np.cumsum([not line.wrapped for line in lines]) - 1
    weight = np.array([len(line.visible) for line in lines], dtype=np.float64)
    total = np.bincount(owner, weights=weight)
    joined = np.stack([np.bincount(owner, weights=weight * column) / total for column in likely.T], axis=1)
    shared: npt.NDArray[np.float64] = joined[owner]
    return shared


def _weigh(
    lines: Sequence[Line], chance: npt.NDArray[np.float64], rules: Sequence[Rule | None], tally: Tally | None
) -> tuple[npt.NDArray[np.float64], list[int]]:
    """The chance of each line to be body when rules and survey are heard; and which way the survey spoke."""
    factors = np.ones(len(lines))
    if tally:
        for at in _recurring(tally, len(lines)):
            factors[at] = _survey_factor(lines[at], tally.folder[at], tally.archive[at], tally.copies[at])
    spoken = np.sign(factors - 1).astype(int).tolist()
    factors *= [1.0 if rule is None else 0.0 if rule.certain else HINT for rule in rules]
    factors *= [HINT if is_linked(line.text) else 1.0 for line in lines]
    factors *= _section_factors(lines, chance, rules)
    weighed = factors * chance
    return weighed / (weighed + 1 - chance + 1e-9), spoken


def _section_factors(
    lines: Sequence[Line], chance: npt.NDArray[np.float64], rules: Sequence[Rule | None]
) -> npt.NDArray[np.float64]:
    """What headings leave of the odds that the lines below them are body.

    Below a heading of other headlines short lines are hardly body, until a longer one comes. Below a heading of
    comments that stands after most of the text hardly any line is.
    """
    factors = [1.0] * len(lines)
    opened = {rule.label for rule in rules if rule is not None and rule.opens}
    if Label.COMMENT in opened:
        before = np.cumsum(chance * [len(line.visible) for line in lines])
        below = (before > MOST * before[-1]).tolist()
    elif Label.RELATED not in opened:
        return np.array(factors)
    section: Label | None = None
    for at, rule in enumerate(rules):
        if rule is not None:
            section = rule.label if rule.opens else section
        elif section is Label.COMMENT and below[at]:
            factors[at] = BELOW
        elif section is Label.RELATED:
            section = section if len(lines[at].visible) < TEASER else None
            factors[at] = BELOW if section else 1.0
    return np.array(factors)


def _recurring(tally: Tally, count: int) -> list[int]:
    """The places of lines of which the survey has something to say (see :func:`_survey_factor`)."""
    folder, archive, copies = (
        np.frombuffer(one, dtype=np.uint8)[:count] for one in (tally.folder, tally.archive, tally.copies)
    )
    places: list[int] = np.flatnonzero((folder >= 3) | (archive >= 3) | ((copies > 0) & (archive == 1))).tolist()
    return places


def _survey_factor(line: Line, folder: int, archive: int, copies: int) -> float:
    """What the survey makes of the odds that a line is body.

    A sentence that stands in three different texts of one site is furniture; a short line may be a usual heading.
    """
    prose = len(line.visible) >= PROSE
    if folder >= 3:
        return max(LEFT, 1 / folder**2) if prose else 0.0 if folder >= 20 else 1 / folder**2
    if archive >= 3:
        return max(5 * LEFT, 1 / archive) if prose else 1 / archive
    if copies and archive == 1 and prose:
        return COPIED
    return 1.0


def _choose(chance: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """The lines whose precision plus recall, by their chances, is expected to be greatest (Jansche 2007)."""
    chosen: npt.NDArray[np.bool_] = np.zeros(len(chance), dtype=np.bool_)
    order = np.argsort(-chance, kind="stable")
    weight = sizes[order] + 0.01
    gain = np.cumsum(chance[order] * weight)
    if not len(order) or gain[-1] <= 0:
        return chosen
    best = int(np.argmax(STRICT * gain / np.cumsum(weight) + gain / gain[-1]))
    chosen[order[: best + 1]] = True
    chosen[chance < LEAST] = False
    return chosen


def _talk(
    lines: Sequence[Line],
    chance: npt.NDArray[np.float64],
    chosen: npt.NDArray[np.bool_],
    rules: Sequence[Rule | None],
) -> npt.NDArray[np.bool_]:
    """Lines in which readers talk below the text, without any heading: where the tone turns and the model doubts."""
    talk: npt.NDArray[np.bool_] = np.zeros(len(lines), dtype=np.bool_)
    if not chosen.any():
        return talk
    spoken = chosen | (chance[:, BODY] + chance[:, COMMENT] >= SPOKEN)
    spoken[: int(chosen.argmax())] = False
    spoken &= np.array([rule is None or not rule.certain for rule in rules])
    places = np.flatnonzero(spoken)
    turn = first_remark([lines[at].visible for at in places.tolist()])
    body = chance[places, BODY]
    if turn is None or body[turn:].mean() > body[:turn].mean() - DOUBT:
        return talk
    talk[places[turn] : places[-1] + 1] = True
    talk &= spoken | ~np.array([rule is not None for rule in rules])
    return talk


def _comments(
    chance: npt.NDArray[np.float64], chosen: npt.NDArray[np.bool_], rules: Sequence[Rule | None]
) -> npt.NDArray[np.bool_]:
    """Which lines are readers' comments: those the model says, what stands shut in between two, and the name above."""
    said = chance[:, COMMENT]
    likely: npt.NDArray[np.bool_] = (said >= SAID) & (said >= CLOSE * chance[:, [HEAD, INSET, TAIL]].max(axis=1))
    likely |= np.array([rule is not None and rule.label is Label.COMMENT for rule in rules])
    likely &= ~chosen
    places = np.flatnonzero(likely).tolist()
    for before, after in pairwise(places):
        if after - before <= 4 and not chosen[before:after].any():
            likely[before:after] = True
    for at in places:
        if at and said[at] >= SAID and said[at - 1] >= SAID / 2 and not chosen[at - 1] and rules[at - 1] is None:
            likely[at - 1] = True
    return likely
