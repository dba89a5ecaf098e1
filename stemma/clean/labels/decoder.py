"""The decision over a whole page: which lines are the body, which are comments, what the rest is, and why.

A named rule outranks line recurrence, and that the line model. The body is the set of lines with the best expected
sum of precision and recall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.clean.labels.comments.onset import find_onset, find_posts
from stemma.clean.labels.context_features import UNSPACED
from stemma.clean.labels.context_model import Body
from stemma.clean.labels.features import Floats
from stemma.clean.labels.line_model import STATES
from stemma.clean.labels.recurrence import MIN_PROSE, LineCounts
from stemma.clean.labels.rules import Rule
from stemma.clean.lines.segment import Line
from stemma.records import Evidence, Label

HEAD, BODY, INSET, TAIL, COMMENT = map(STATES.index, ("head", "body", "inset", "tail", "comment"))
_SECTIONS: Final = (Label.RELATED, Label.COMMENT, Label.SHARE, Label.TAGS)

# Probabilities and factors below were set on the training pages, cross-validated by site (docs/accuracy.md).
PRECISION_WEIGHT: Final = 1.0
"""Weight of expected precision beside expected recall; 0.8 to 1.2 differ by .001 on sites not seen."""
MIN_BODY: Final = 0.2
"""Probability of body below which a line is never part of it."""
ONSET_DROP: Final = 0.03
"""Comments without a heading: their lines' mean probability of body lies at least so far below that of the text."""
ONSET_EVIDENCE: Final = 0.06
"""Least mean probability of comment, weighted by words, of the lines below an onset, and of the nearer half of them. A
turn of style alone is none: code, glossaries and lists below prose reach .02 at most, threads .12 and more (wild pages
and invented threads)."""
POSTS_EVIDENCE: Final = 0.3
"""The same for lines that are built like the posts of a thread."""
ONSET_CANDIDATE: Final = 0.15
"""Probability of body or comment from which on a line is read for the onset of comments."""
DOUBTED: Final = 0.3
"""Probability of body by the context model from which on it is read for that too."""
MIN_COMMENT: Final = 0.25
"""Probability of comment from which on a line outside the body is a comment, if :data:`COMMENT_RATIO` allows."""
COMMENT_RATIO: Final = 0.4
"""Least ratio of that probability to the highest of any other boilerplate."""
SECTION_FACTOR: Final = 0.2
"""Factor on the odds of body for a line below a heading of other headlines."""
SECTION_EVIDENCE: Final = 0.4
"""What the factors below a heading are worth as evidence, as their exponent: they choose well, and say less about how
sure a choice is (measured on pages of sites not seen, docs/accuracy.md)."""
COMMENT_FACTOR: Final = 0.05
"""Factor on the odds of body for a line below a heading of comments."""
MAX_HEADLINE: Final = 90
"""Characters: a longer paragraph below a heading of other headlines ends that section."""
SURE_BODY: Final = 0.7
"""Probability of body: so does a paragraph from this on, however short."""
BODY_BEFORE_COMMENTS: Final = 0.5
"""Share of the body that lies above a heading of comments; with less above it is a link at the top of the page."""
BODY_BEFORE_TAIL: Final = 0.8
"""Share of the body that lies above the first recurring line of what follows the text."""
MIXED_TAIL: Final = 0.5
"""Share of recurring lines among those below the first one from which on none of them is likely text, where the model
finds comments at all: in a thread the names recur, and what they say is no title."""
STOPS: Final = (".", "!", ":", ";", ",", "。", "！", "：")
"""What a title does not end in."""
MAX_FOLDER_COUNT: Final = 20
"""Different texts of one site from which on a short line that all of them have is never body."""


class Verdict(NamedTuple):
    """What a line is, by which rule, on what evidence, and how confidence that is (0 to 1)."""

    label: Label
    rule: str
    confidence: float
    evidence: Evidence


class _Page(NamedTuple):
    """The lines of a page; of each its characters, those of its paragraph, its words, the number of its paragraph.

    Words are counted by blanks; where a script parts no words, four characters count as one.
    """

    lines: Sequence[Line]
    characters: npt.NDArray[np.int64]
    paragraph: npt.NDArray[np.int64]
    words: npt.NDArray[np.float64]
    owner: npt.NDArray[np.int64]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Page:
        characters = np.array([len(line.visible) for line in lines], dtype=np.int64)
        blanks = np.array([1 + line.visible.count(" ") for line in lines], dtype=np.int64)
        owner = np.cumsum([not line.wrapped for line in lines]) - 1
        paragraph = np.bincount(owner, characters).astype(np.int64)[owner]
        return cls(
            lines, characters, paragraph, np.where(characters > UNSPACED * blanks, characters / 4, blanks), owner
        )


def decide(
    lines: Sequence[Line], posteriors: Floats, found: Body, rules: Sequence[Rule | None], counts: LineCounts | None
) -> tuple[Verdict, ...]:
    """The verdict on each line: the body by the context model, comments by the line model, rules, and recurrence."""
    page = _Page.of(lines)
    probability = _join_wrapped(page, posteriors.astype(np.float64))
    recurrence = _recurrence_factors(lines, counts)
    ruled = _rule_factors(rules) * recurrence
    sections = _section_factors(page, found.probability, rules)
    sections *= _tail_factors(page, found.probability, probability[:, COMMENT], rules, counts)
    factors = ruled * sections
    recurring = recurrence < 1
    # Recurrence speaks against prose only where neither model is sure of it: a story that many pages carry is a text.
    either = np.where(recurring, np.maximum(found.probability, probability[:, BODY]), found.probability)
    body, sure = (
        _weighed(either, factors),
        _weighed(np.where(recurring, either, found.confidence), ruled * sections**SECTION_EVIDENCE),
    )
    chosen = _choose(body, page.words)
    comments = _unheaded_comments(page, probability, chosen, rules, found.probability >= DOUBTED)
    chosen &= ~comments
    comments |= _comments(probability, chosen, rules)
    confidence = np.round(np.where(chosen, sure, 1 - sure), 2).tolist()
    return tuple(
        _verdicts(
            lines, rules, confidence, chosen=chosen.tolist(), comments=comments.tolist(), recurring=recurring.tolist()
        )
    )


def _verdicts(
    lines: Sequence[Line],
    rules: Sequence[Rule | None],
    confidence: Sequence[float],
    *,
    chosen: Sequence[bool],
    comments: Sequence[bool],
    recurring: Sequence[bool],
) -> Iterator[Verdict]:
    """What each line is, by the strongest evidence; the section below a heading ends where the text goes on."""
    section: Label | None = None
    for at, rule in enumerate(rules):
        if rule and (rule.certain or not chosen[at]):
            yield Verdict(rule.label, rule.id, 1.0 if rule.certain else max(0.5, confidence[at]), Evidence.RULE)
            section = rule.label if rule.opens else section
        elif chosen[at]:
            yield Verdict(Label.BODY, "model.body", confidence[at], Evidence.MODEL)
            section = None
        elif comments[at] and not recurring[at]:
            yield Verdict(Label.COMMENT, "sequence.comments", confidence[at], Evidence.SEQUENCE)
        else:
            yield _boilerplate(lines[at], section, recurring=recurring[at], confidence=confidence[at])


def _boilerplate(line: Line, section: Label | None, *, recurring: bool, confidence: float) -> Verdict:
    """A line set aside without a rule: it belongs to the section a heading opened, else to the page's navigation.

    A line that recurs in other texts neither ends a section nor belongs to one.
    """
    if section in _SECTIONS and not recurring:
        return Verdict(section or Label.RELATED, f"section.{section}", confidence, Evidence.SECTION)
    label = Label.RELATED if len(line.visible) >= MIN_PROSE else Label.NAVIGATION
    if recurring:
        return Verdict(label, "recurrence.boilerplate", confidence, Evidence.RECURRENCE)
    return Verdict(label, "model.boilerplate", confidence, Evidence.MODEL)


def _join_wrapped(page: _Page, posteriors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The lines of a hard-wrapped paragraph share one answer: the mean, weighted by their lengths."""
    owner, weight = page.owner, page.characters
    if owner[-1:].sum() + 1 == len(owner):
        return posteriors
    total = np.bincount(owner, weights=weight)
    joined = np.stack([np.bincount(owner, weights=weight * column) / total for column in posteriors.T], axis=1)
    shared: npt.NDArray[np.float64] = joined[owner]
    return shared


def _rule_factors(rules: Sequence[Rule | None]) -> npt.NDArray[np.float64]:
    """The factors of certain rules on the odds of each line to be body."""
    return np.array([0.0 if rule is not None and rule.certain else 1.0 for rule in rules])


def _weighed(probability: npt.NDArray[np.float64], factors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Probabilities with a factor on their odds."""
    odds = factors * probability
    return odds / (odds + 1 - probability + 1e-9)


def _recurrence_factors(lines: Sequence[Line], counts: LineCounts | None) -> npt.NDArray[np.float64]:
    factors = np.ones(len(lines))
    if counts:
        for at in _recurring(counts, len(lines)):
            factors[at] = _recurrence_factor(lines[at], counts.folder[at], counts.archive[at])
    return factors


def _section_factors(
    page: _Page, probability: npt.NDArray[np.float64], rules: Sequence[Rule | None]
) -> npt.NDArray[np.float64]:
    """Factors on the odds of body for the lines below a heading.

    Below a heading of other headlines short lines are rarely body, up to the first that is longer or surely body; below
    one of comments no line is, if most of the text comes before it. Further up it is a link to the comments.
    """
    factors = np.ones(len(rules))
    headings = [at for at, rule in enumerate(rules) if rule is not None and rule.opens]
    if not headings:
        return factors
    above = np.cumsum(probability * page.characters)
    for at, end in pairwise([*headings, len(rules)]):
        label = _label(rules[at])
        if label is Label.COMMENT and above[at] > BODY_BEFORE_COMMENTS * above[-1]:
            factors[at:end] = COMMENT_FACTOR
        elif label is Label.RELATED:
            inside = slice(at + 1, end)
            text = np.flatnonzero((page.paragraph[inside] >= MAX_HEADLINE) | (probability[inside] >= SURE_BODY))
            factors[at : at + 1 + int(text[0]) if len(text) else end] = SECTION_FACTOR
    return factors


def _tail_factors(
    page: _Page,
    probability: npt.NDArray[np.float64],
    commented: npt.NDArray[np.float64],
    rules: Sequence[Rule | None],
    counts: LineCounts | None,
) -> npt.NDArray[np.float64]:
    """Factors on the odds of body for what follows the first line below the text that other texts of the site have too.

    The text is taken to reach to its last long paragraph that no other text has. Below it a line such as “Also in this
    issue” recurs, and the titles under it do not; nor need a notice of several sites recur in this one.
    """
    factors = np.ones(len(page.lines))
    if not counts:
        return factors
    folder, archive = (np.frombuffer(one, dtype=np.uint8)[: len(page.lines)] for one in (counts.folder, counts.archive))
    free = np.array([rule is None or not rule.certain for rule in rules])
    prose = (page.paragraph >= MAX_HEADLINE) & (probability >= SURE_BODY)
    text = np.flatnonzero(prose & free & (folder < 3) & (archive < 3))
    end = int(text[-1]) + 1 if len(text) else len(page.lines)
    above = np.cumsum(probability * page.characters)
    recurring = np.flatnonzero((folder[end:] >= 3) & (above[end:] > BODY_BEFORE_TAIL * above[-1]))
    if len(recurring):
        below = end + int(recurring[0]) + 1
        again = folder[below:] >= 3
        titles = [
            size < MAX_HEADLINE and not line.visible.endswith(STOPS)
            for line, size in zip(page.lines[below:], page.paragraph[below:].tolist(), strict=True)
        ]
        other = again | np.array(titles, dtype=np.bool_)
        if again.sum() >= MIXED_TAIL * len(again) and commented[below:].sum() > ONSET_EVIDENCE * len(again):
            other[:] = True
        factors[below:] = np.where(other, SECTION_FACTOR, 1) / np.where(archive[below:] >= 3, archive[below:], 1)
    return factors


def _label(rule: Rule | None) -> Label | None:
    return None if rule is None else rule.label


def relevant(counts: LineCounts) -> LineCounts:
    """The counts as coarsely as :func:`_recurrence_factor` tells them apart: alike counts give the same labels.

    Cleaning is given these, so one more page of a large site is no change for the other pages.
    """
    folder, archive = (np.frombuffer(one, dtype=np.uint8) for one in (counts.folder, counts.archive))
    in_folder, in_archive = folder >= 3, (folder < 3) & (archive >= 3)
    return LineCounts(
        np.where(in_folder, np.minimum(folder, MAX_FOLDER_COUNT), 1).astype(np.uint8).tobytes(),
        np.where(in_archive, archive, 1).astype(np.uint8).tobytes(),
        bytes(len(folder)),
    )


def _recurring(counts: LineCounts, count: int) -> list[int]:
    """The places of the lines for which :func:`_recurrence_factor` is not 1."""
    folder, archive = (np.frombuffer(one, dtype=np.uint8)[:count] for one in (counts.folder, counts.archive))
    places: list[int] = np.flatnonzero((folder >= 3) | (archive >= 3)).tolist()
    return places


def _recurrence_factor(line: Line, folder: int, archive: int) -> float:
    """The factor of recurrence on the odds that a line is body.

    A sentence that occurs in three different texts of one site with the same surroundings is boilerplate, and from
    four on however well it is written; a short line may be a usual heading. Texts of other sites are no evidence
    against a sentence: they quote it. Nor are copies: two captures of one page share its boilerplate as well.
    """
    prose = len(line.visible) >= MIN_PROSE
    if folder < 3:
        return 1.0 if prose else 1 / archive
    if folder >= MAX_FOLDER_COUNT and not prose:
        return 0.0
    sentence = prose or line.visible.endswith(STOPS)
    return 1 / folder ** (3 if sentence and folder > 3 else 2)


def _choose(probability: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """The lines with the greatest expected sum of precision and recall (Jansche 2007)."""
    chosen: npt.NDArray[np.bool_] = np.zeros(len(probability), dtype=np.bool_)
    order = np.argsort(-probability, kind="stable")
    weight = sizes[order] + 0.01
    gain = np.cumsum(probability[order] * weight)
    if not len(order) or gain[-1] <= 0:
        return chosen
    best = int(np.argmax(PRECISION_WEIGHT * gain / np.cumsum(weight) + gain / gain[-1]))
    chosen[order[: best + 1]] = True
    chosen[probability < MIN_BODY] = False
    return chosen


def _unheaded_comments(
    page: _Page,
    probability: npt.NDArray[np.float64],
    chosen: npt.NDArray[np.bool_],
    rules: Sequence[Rule | None],
    doubted: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """Comments below the text without any heading: from where posts or a change of style begin.

    The model must find comments there.
    """
    comments: npt.NDArray[np.bool_] = np.zeros(len(page.lines), dtype=np.bool_)
    if not chosen.any():
        return comments
    candidates = chosen | doubted | (probability[:, BODY] + probability[:, COMMENT] >= ONSET_CANDIDATE)
    candidates[: int(chosen.argmax())] = False
    candidates &= np.array([rule is None or not rule.certain for rule in rules])
    places = np.flatnonzero(candidates)
    if not len(places) or probability[places, COMMENT].max() < ONSET_EVIDENCE:
        return comments
    visible = [page.lines[at].visible for at in places.tolist()]
    words = page.words[places]
    commented = probability[places, COMMENT] * words
    onset = find_posts(visible)
    if onset is None or commented[onset:].sum() < POSTS_EVIDENCE * words[onset:].sum():
        onset, body = find_onset(visible), probability[places, BODY]
        if onset is None or body[onset:].mean() > body[:onset].mean() - ONSET_DROP:
            return comments
        below = np.cumsum(words[onset:])
        nearer = onset + int(np.searchsorted(below, below[-1] / 2)) + 1
        if any(
            commented[part].sum() < ONSET_EVIDENCE * words[part].sum()
            for part in (slice(onset, nearer), slice(onset, None))
        ):
            return comments
    comments[places[onset] : places[-1] + 1] = True
    comments &= candidates | ~np.array([rule is not None for rule in rules])
    return comments


def _comments(
    probability: npt.NDArray[np.float64], chosen: npt.NDArray[np.bool_], rules: Sequence[Rule | None]
) -> npt.NDArray[np.bool_]:
    """Which lines are comments: those the model finds, up to three lines between two of them, the name above one."""
    commented = probability[:, COMMENT]
    comments: npt.NDArray[np.bool_] = (commented >= MIN_COMMENT) & (
        commented >= COMMENT_RATIO * probability[:, [HEAD, INSET, TAIL]].max(axis=1)
    )
    comments |= np.array([rule is not None and rule.label is Label.COMMENT for rule in rules])
    comments &= ~chosen
    places = np.flatnonzero(comments).tolist()
    for before, after in pairwise(places):
        if after - before <= 4 and not chosen[before:after].any():
            comments[before:after] = True
    for at in places:
        if (
            at
            and commented[at] >= MIN_COMMENT
            and commented[at - 1] >= MIN_COMMENT / 2
            and not chosen[at - 1]
            and rules[at - 1] is None
        ):
            comments[at - 1] = True
    return comments
