"""Accessions and edits -> witnesses: every line of a raw page labelled, its body read, its claims found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice, pairwise
from typing import Final, NamedTuple

from stemma.clean.claims.extract import extract
from stemma.clean.labels.decoder import Verdict, decide
from stemma.clean.labels.features import Floats, describe_pages
from stemma.clean.labels.line_model import posteriors, weights
from stemma.clean.labels.recurrence import MOST, Tally, survey
from stemma.clean.labels.rules import Rule, rulebook
from stemma.clean.lines.folding import fold
from stemma.clean.lines.links import is_picture
from stemma.clean.lines.paragraphs import paragraph
from stemma.clean.lines.segment import Line, segment
from stemma.records import Accession, Block, Claim, Edits, Evidence, Field, Label, Paragraph, Publisher, Witness
from stemma.workers import IN_PROCESS, MIN_VALUES, Engine

BOUND = "bound.plain"
"""The rule of every line of a page with more lines than :data:`~stemma.clean.labels.recurrence.MOST`: all is text."""
BATCH: Final = 16
"""So many pages are read at once, or fewer if they are long."""
SIGNS: Final = 250_000
"""So many signs they have together; a longer page is read alone."""

_Page = tuple[Accession, Tally, Edits | None]

_FIELD_LABELS = {
    Field.TITLE: Label.TITLE,
    Field.PUBLISHER: Label.META,
    Field.AUTHOR: Label.META,
    Field.DATE: Label.META,
    Field.ORIGIN: Label.META,
    Field.ORIGIN_DATE: Label.META,
    Field.POSTED_BY: Label.META,
    Field.ORIGINAL_URL: Label.META,
    Field.TAGS: Label.TAGS,
}


_OUTRANKED: Final = (Evidence.MODEL, Evidence.RECURRENCE, Evidence.SECTION)
"""Evidence that gives way to a claim read from the line."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One non-blank line of a page, for a person to read: its number, what it was taken for, why, and how surely."""

    number: int
    label: Label
    rule: str
    confidence: float
    text: str


def clean(
    accessions: Sequence[Accession],
    edits: Mapping[str, Edits],
    publishers: tuple[Publisher, ...],
    engine: Engine = IN_PROCESS,
) -> tuple[Witness, ...]:
    """One complete witness an accession, in order. A curator's edit, by accession id, outranks every rule."""
    tallies = survey(accessions, engine)
    batches = list(_batches([(one, tally, edits.get(one.id)) for one, tally in zip(accessions, tallies, strict=True)]))
    done = engine.map(partial(_witnesses, publishers=publishers), batches, least=MIN_VALUES // BATCH)
    return tuple(witness for witnesses in done for witness in witnesses)


def _batches(pages: Sequence[_Page]) -> Iterator[Sequence[_Page]]:
    """The pages in runs: neighbours often share their furniture, and numpy is quicker with many lines at once."""
    start = signs = 0
    for at, (accession, _, _) in enumerate(pages):
        if at - start == BATCH or (at > start and signs + len(accession.text) > SIGNS):
            yield pages[start:at]
            start, signs = at, 0
        signs += len(accession.text)
    if start < len(pages):
        yield pages[start:]


def explain(
    accession: Accession, tally: Tally | None = None, publishers: tuple[Publisher, ...] = ()
) -> tuple[Explanation, ...]:
    """Why each line of one page was labelled as it was. Without a tally the survey is not heard."""
    lines = segment(accession.text)
    verdicts, _ = _label(accession, _read([lines], publishers)[0], tally, publishers)
    return tuple(
        Explanation(line.number, verdict.label, verdict.rule, verdict.confidence, line.text)
        for line, verdict in zip(lines, verdicts, strict=True)
    )


def _witnesses(batch: Sequence[_Page], *, publishers: tuple[Publisher, ...]) -> list[Witness]:
    """The witnesses of some pages. What is read of several pages at once depends on each of them alone."""
    read = _read([segment(accession.text) for accession, _, _ in batch], publishers)
    return [_witness(page, one, publishers) for page, one in zip(batch, read, strict=True)]


class _Read(NamedTuple):
    """The lines of a page, how likely each is each state of a page, and the rule that fits it."""

    lines: Sequence[Line]
    likely: Floats
    rules: Sequence[Rule | None]


def _read(pages: Sequence[Sequence[Line]], publishers: tuple[Publisher, ...]) -> list[_Read]:
    """What the line model and the rules say of some pages; of a page with too many lines they are not asked."""
    asked = [lines if len(lines) <= MOST else () for lines in pages]
    learned = weights()
    likely = [posteriors(*described, learned) for described in describe_pages(asked)]
    rules = iter(named_rules([line for lines in asked for line in lines], publishers))
    return [
        _Read(lines, chances, list(islice(rules, len(chances)))) for lines, chances in zip(pages, likely, strict=True)
    ]


def _witness(page: _Page, read: _Read, publishers: tuple[Publisher, ...]) -> Witness:
    accession, tally, edits = page
    lines = read.lines
    verdicts, claims = _label(accession, read, tally, publishers)
    blocks: list[Block] = []
    body: list[Paragraph] = []
    for first, last in _runs(lines, verdicts):
        verdict = verdicts[first]
        sure = min(one.confidence for one in verdicts[first:last])
        blocks.append(
            Block(lines[first].number, lines[last - 1].number, verdict.label, verdict.rule, sure, verdict.evidence)
        )
        if verdict.label is Label.BODY:
            body.append(paragraph(lines[first:last]))
    return _edited(Witness(accession, tuple(blocks), tuple(body), (*_collected(accession), *claims)), edits)


def _collected(accession: Accession) -> Iterator[Claim]:
    """What the collector knows and the page need not say: the address it was received at."""
    if accession.received_url:
        yield Claim(Field.ORIGINAL_URL, (accession.received_url,), "collector", evidence=Evidence.COLLECTOR)


def _label(
    accession: Accession, read: _Read, tally: Tally | None, publishers: tuple[Publisher, ...]
) -> tuple[tuple[Verdict, ...], tuple[Claim, ...]]:
    """A verdict a line, and the claims read from the page."""
    lines = read.lines
    if not lines:
        return (), ()
    if len(lines) > MOST:
        return tuple(Verdict(Label.BODY, BOUND, 0.5, Evidence.RULE) for _ in lines), ()
    verdicts = decide(lines, read.likely, read.rules, tally)
    claims = _claims(accession, lines, verdicts, publishers)
    return _claimed(lines, verdicts, claims), claims


def named_rules(lines: Sequence[Line], publishers: tuple[Publisher, ...] = ()) -> list[Rule | None]:
    """The rule that fits each line: a picture alone, a publisher's own furniture, the first of the rulebook.

    The lines of a hard-wrapped paragraph are read as one, and share its rule.
    """
    starts = [at for at, line in enumerate(lines) if not (at and line.wrapped)]
    runs = list(pairwise([*starts, len(lines)]))
    texts = [
        lines[start].text if end == start + 1 else " ".join([line.text for line in lines[start:end]])
        for start, end in runs
    ]
    rules = [
        _PICTURE if is_picture(text) else rule
        for text, rule in zip(texts, rulebook().match_all(texts, _own_furniture(publishers)), strict=True)
    ]
    return [rule for (start, end), rule in zip(runs, rules, strict=True) for _ in range(start, end)]


_PICTURE: Final = Rule("navigation.picture", Label.NAVIGATION, (), (), None, None, (), (), ())
"""A line in which nothing but pictures stands; what they are called is no sentence of the text."""


@cache
def _own_furniture(publishers: tuple[Publisher, ...]) -> Mapping[str, Rule]:
    """A rule for each line that publishers.toml calls furniture, by the folded line."""
    return {
        folded: Rule("publisher.boilerplate", Label.NAVIGATION, (), (folded,), None, None, (), (line,), ())
        for publisher in publishers
        for line in publisher.boilerplate
        if (folded := fold(line))
    }


def _claims(
    accession: Accession, lines: Sequence[Line], verdicts: Sequence[Verdict], publishers: tuple[Publisher, ...]
) -> tuple[Claim, ...]:
    whole = accession.lines
    labels: list[Label | None] = [None] * len(whole)
    evidence: list[Evidence | None] = [None] * len(whole)
    for line, verdict in zip(lines, verdicts, strict=True):
        labels[line.number - 1] = verdict.label
        evidence[line.number - 1] = verdict.evidence
    return extract(whole, tuple(labels), tuple(evidence), publishers).claims


def _claimed(lines: Sequence[Line], verdicts: Sequence[Verdict], claims: Sequence[Claim]) -> tuple[Verdict, ...]:
    """The verdicts, with a line from which a claim was read labelled by its field unless it is body or has a rule."""
    read: dict[int, Claim] = {}
    for claim in claims:
        if claim.line is not None and claim.field in _FIELD_LABELS:
            read.setdefault(claim.line, claim)
    return tuple(_by_claim(verdict, read.get(line.number)) for line, verdict in zip(lines, verdicts, strict=True))


def _by_claim(verdict: Verdict, claim: Claim | None) -> Verdict:
    if claim is None or (verdict.label is Label.BODY and claim.field is not Field.TITLE):
        return verdict
    if verdict.label is Label.BODY or verdict.evidence in _OUTRANKED:
        return Verdict(_FIELD_LABELS[claim.field], claim.rule, verdict.confidence, Evidence.CLAIM)
    return verdict


def _runs(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> Iterator[tuple[int, int]]:
    """The blocks, as half-open runs of places: a paragraph of the body, or neighbours set aside by the same rule."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not _together(lines[at], verdicts[at - 1], verdicts[at]):
            yield start, at
            start = at


def _together(line: Line, before: Verdict, verdict: Verdict) -> bool:
    if before.label is not verdict.label or line.gap:
        return False
    return line.wrapped if verdict.label is Label.BODY else before.rule == verdict.rule


def _edited(witness: Witness, edits: Edits | None) -> Witness:
    """The witness with what the curator says before what the machine found."""
    if edits is None:
        return witness
    corrected = tuple(Claim(field, values, "curator", evidence=Evidence.CURATOR) for field, values in edits.fields)
    return Witness(
        witness.accession,
        witness.blocks,
        witness.body if edits.body is None else edits.body,
        corrected + witness.claims,
        body_corrected=edits.body is not None,
    )
