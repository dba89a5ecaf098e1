"""Cleaning: accessions and edits -> witnesses. Labels, claims and the curator's edits put together, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, NamedTuple

from stemma.cache import NO_CACHE, Cache, digest, in_parts
from stemma.clean.claims.extract import extract
from stemma.clean.collected import authorized, collected
from stemma.clean.labels.decoder import Verdict, relevant
from stemma.clean.labels.labeller import TOO_LONG, chances, label_lines
from stemma.clean.labels.recurrence import LineCounts, count_recurrence
from stemma.clean.lines.forms import KEPT_LINES, forms
from stemma.clean.lines.paragraphs import page_words, paragraph
from stemma.clean.lines.segment import Line, segment
from stemma.receive.spool import Spool
from stemma.records import Accession, Block, Claim, Edits, Evidence, Field, Form, Label, Paragraph, Publisher, Witness
from stemma.text import words_of
from stemma.workers import IN_PROCESS, MIN_VALUES, Engine

BATCH_PAGES: Final = 16
"""Pages labelled at once, at most."""
BATCH_CHARACTERS: Final = 250_000
"""Characters they have together, at most; a longer page is labelled alone."""

MAX_BESIDE: Final = 2
"""Words beside the names in a line of the body that is a byline."""

_Page = tuple[Accession, LineCounts]


_FIELD_LABELS: Final = {
    Field.TITLE: Label.TITLE,
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


class _Read(NamedTuple):
    """What is read of a page: a witness without its accession and the curator's edits."""

    blocks: tuple[Block, ...]
    body: tuple[Paragraph, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One non-blank line of a page, for a person to read: its number, its label, the rule, and how sure that is.

    ``chances``: the probability of body by the line model and by the context model; None on a page that is too long.
    """

    number: int
    label: Label
    rule: str
    confidence: float
    text: str
    chances: tuple[float, float] | None


def clean(
    accessions: Sequence[Accession],
    edits: Mapping[str, Edits],
    publishers: tuple[Publisher, ...],
    engine: Engine = IN_PROCESS,
    cache: Cache = NO_CACHE,
    *,
    spool: Spool | None = None,
) -> tuple[Witness, ...]:
    """The complete witness of each accession, in order. A curator's edit, by accession id, outranks every rule.

    Where there is a ``spool``, what was read of a page is laid aside in it.
    """
    counts = count_recurrence(accessions, engine)
    pages = [(one, relevant(count)) for one, count in zip(accessions, counts, strict=True)]
    common = digest(publishers)
    withdrawn = {name for name, edit in edits.items() if edit.withdrawn}
    found: dict[int, Witness] = {}
    for part, places in in_parts([accession.path.encode("utf-8", "surrogatepass") for accession in accessions]):
        own = [pages[place] for place in places]
        keys = [None if page.id in withdrawn else cache.key(__name__, page, count, common) for page, count in own]
        compute = partial(_compute, pages=own, publishers=publishers, engine=engine)
        for place, read in zip(places, cache.remember(f"witness{part}", _Read, keys, compute), strict=True):
            accession = accessions[place]
            witness = _edited(Witness(accession, *read), edits.get(accession.id), publishers)
            found[place] = spool.witness(witness) if spool else witness
    return tuple(found[place] for place in range(len(accessions)))


def _compute(
    places: Sequence[int], *, pages: Sequence[_Page], publishers: tuple[Publisher, ...], engine: Engine
) -> Iterator[_Read]:
    """What is read of the pages at some places."""
    batches = list(_batches([pages[place] for place in places]))
    for read in engine.map(partial(_read_pages, publishers=publishers), batches, least=MIN_VALUES // BATCH_PAGES):
        yield from read


def _batches(pages: Sequence[_Page]) -> Iterator[Sequence[_Page]]:
    """The pages in runs: neighbours often share their boilerplate, and numpy is quicker with many lines at once."""
    start = characters = 0
    for at, (accession, _) in enumerate(pages):
        if at - start == BATCH_PAGES or (at > start and characters + len(accession.text) > BATCH_CHARACTERS):
            yield pages[start:at]
            start, characters = at, 0
        characters += len(accession.text)
    if start < len(pages):
        yield pages[start:]


def explain(
    accession: Accession, counts: LineCounts | None = None, publishers: tuple[Publisher, ...] = ()
) -> tuple[Explanation, ...]:
    """The label of each line of one page, and why. Without counts, recurrence is left out."""
    lines = segment(accession.text)
    verdicts, _ = _with_claims(accession, lines, label_lines([lines], [counts], publishers)[0], publishers)
    known: Sequence[tuple[float, float] | None] = chances(lines, publishers) or [None] * len(lines)
    return tuple(
        Explanation(line.number, verdict.label, verdict.rule, verdict.confidence, line.text, both)
        for line, verdict, both in zip(lines, verdicts, known, strict=True)
    )


def _read_pages(batch: Sequence[_Page], *, publishers: tuple[Publisher, ...]) -> list[_Read]:
    """What is read of some pages. What is read of several pages at once depends on each of them alone."""
    pages = [segment(accession.text) for accession, _ in batch]
    labelled = label_lines(pages, [counts for _, counts in batch], publishers)
    return [
        _read(accession, lines, verdicts, publishers)
        for (accession, _), lines, verdicts in zip(batch, pages, labelled, strict=True)
    ]


def _read(
    accession: Accession, lines: Sequence[Line], labelled: Sequence[Verdict], publishers: tuple[Publisher, ...]
) -> _Read:
    verdicts, claims = _with_claims(accession, lines, labelled, publishers)
    blocks: list[Block] = []
    body: list[Paragraph] = []
    known = cache(lambda: page_words(lines))
    kinds = forms(lines, [verdict.label is Label.BODY for verdict in verdicts])
    for first, last in _runs(lines, verdicts, kinds):
        verdict = verdicts[first]
        confidence = min(one.confidence for one in verdicts[first:last])
        blocks.append(
            Block(
                lines[first].number, lines[last - 1].number, verdict.label, verdict.rule, confidence, verdict.evidence
            )
        )
        if verdict.label is Label.BODY:
            body.append(paragraph(lines[first:last], kinds[first], known))
    return _Read(tuple(blocks), tuple(body), (*collected(accession, publishers), *claims))


def _with_claims(
    accession: Accession, lines: Sequence[Line], verdicts: Sequence[Verdict], publishers: tuple[Publisher, ...]
) -> tuple[tuple[Verdict, ...], tuple[Claim, ...]]:
    """The verdicts once claims are read from the page, and the claims; none from a page too long to be labelled."""
    if not verdicts or TOO_LONG in verdicts:
        return tuple(verdicts), ()
    whole = accession.lines
    labels: list[Label | None] = [None] * len(whole)
    evidence: list[Evidence | None] = [None] * len(whole)
    for line, verdict in zip(lines, verdicts, strict=True):
        labels[line.number - 1] = verdict.label
        evidence[line.number - 1] = verdict.evidence
    claims = extract(whole, tuple(labels), tuple(evidence), publishers, folder=accession.folder).claims
    return _claimed(lines, verdicts, claims), claims


def _claimed(lines: Sequence[Line], verdicts: Sequence[Verdict], claims: Sequence[Claim]) -> tuple[Verdict, ...]:
    """The verdicts, with a line from which a claim was read labelled by its field unless it is body or has a rule."""
    read: dict[int, Claim] = {}
    for claim in claims:
        if claim.line is not None and claim.field in _FIELD_LABELS:
            read.setdefault(claim.line, claim)
    return tuple(_by_claim(line, verdict, read.get(line.number)) for line, verdict in zip(lines, verdicts, strict=True))


def _by_claim(line: Line, verdict: Verdict, claim: Claim | None) -> Verdict:
    if claim is None or (verdict.label is Label.BODY and not _states_no_more(line, claim)):
        return verdict
    if verdict.label is Label.BODY or verdict.evidence in _OUTRANKED:
        return Verdict(_FIELD_LABELS[claim.field], claim.rule, verdict.confidence, Evidence.CLAIM)
    return verdict


def _states_no_more(line: Line, claim: Claim) -> bool:
    """Whether a line taken for text is but the title, or a byline: one word or two beside the names."""
    if claim.field is not Field.AUTHOR:
        return claim.field is Field.TITLE
    named = sum(len(words_of(value)) for value in claim.values)
    return all(value in line.visible for value in claim.values) and len(words_of(line.visible)) <= named + MAX_BESIDE


def _runs(
    lines: Sequence[Line], verdicts: Sequence[Verdict], kinds: Sequence[Form | None]
) -> Iterator[tuple[int, int]]:
    """The blocks, as half-open runs of places: a paragraph of the body, or neighbours set aside by the same rule."""
    start = 0
    for at in range(1, len(lines) + 1):
        if (
            at == len(lines)
            or verdicts[at - 1].label is not verdicts[at].label
            or lines[at].gap
            or not _together(lines[at], verdicts[at - 1 : at + 1], kinds[at - 1 : at + 1])
        ):
            yield start, at
            start = at


def _together(line: Line, verdicts: Sequence[Verdict], kinds: Sequence[Form | None]) -> bool:
    """Whether a line belongs to the block of the one above it, which has the same label."""
    if verdicts[1].label is not Label.BODY:
        return verdicts[0].rule == verdicts[1].rule
    return line.wrapped or (kinds[0] is kinds[1] and kinds[1] in KEPT_LINES)


def _edited(witness: Witness, edits: Edits | None, publishers: tuple[Publisher, ...]) -> Witness:
    """The witness with what the curator says before what the machine found."""
    if edits is None:
        return witness
    corrected = tuple(
        Claim(
            field,
            authorized(values, publishers) if field is Field.PUBLISHER else values,
            "curator",
            evidence=Evidence.CURATOR,
        )
        for field, values in edits.fields
    )
    return Witness(
        witness.accession,
        witness.blocks,
        witness.body if edits.body is None else edits.body,
        corrected + witness.claims,
        body_corrected=edits.body is not None,
    )
