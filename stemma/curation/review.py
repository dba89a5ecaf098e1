"""What needs a curator's review, worst first: each with the page to open and the line to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.receive.lookalikes import lookalike
from stemma.records import Archive, Claim, Field, Kind, Label, Relation, Witness

LOW_CONFIDENCE = 0.75
"""Probability below which a line's label is in doubt, whether text or boilerplate."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to review. ``weight`` orders the list, the heaviest first; ``line`` is what to change in the page."""

    weight: float
    id: str
    page: str
    what: str
    line: str


def review(archive: Archive) -> tuple[Finding, ...]:
    """Everything that needs review, the heaviest first."""
    publishers = {name for one in archive.publishers for name in (one.name, *one.other_names)}
    findings = [
        finding
        for witness in archive.witnesses
        if not _withdrawn(archive, witness.id)
        for finding in _of_witness(witness, publishers, _corrected(archive, witness.id))
    ]
    findings += [
        finding for relation in archive.relations if relation.doubtful for finding in _of_link(relation, archive)
    ]
    findings += _near_withdrawn(archive)
    return tuple(sorted(findings, key=lambda finding: (-finding.weight, finding.id, finding.what)))


def _near_withdrawn(archive: Archive) -> Iterator[Finding]:
    """A finding for each published text that has the words of a withdrawn one, or had them at the last build."""
    shares: dict[tuple[str, str], str] = {}
    for relation in archive.relations:
        for gone, here in ((relation.a, relation.b), (relation.b, relation.a)):
            if _withdrawn(archive, gone) and not _withdrawn(archive, here) and relation.kind is not Kind.EXCERPT:
                coverage = relation.coverage_a if gone == relation.a else relation.coverage_b
                shares[here, gone] = f"has {coverage:.0%} of the words of {gone}, which was withdrawn"
    for gone, edits in archive.edits.items():
        if edits.withdrawn and gone not in archive.by_id:
            for here in edits.mirrors:
                if here in archive.by_id and not _withdrawn(archive, here):
                    shares.setdefault((here, gone), f"was a copy of {gone}, which was withdrawn")
    for (here, _), what in sorted(shares.items()):
        yield Finding(8, here, f"pages/{here}.md", what, "withdrawn: the reason, if it is to go as well")


def _withdrawn(archive: Archive, name: str) -> bool:
    edits = archive.edits.get(name)
    return edits is not None and edits.withdrawn is not None


def _corrected(archive: Archive, name: str) -> frozenset[Field]:
    edits = archive.edits.get(name)
    return frozenset(field for field, _ in edits.fields) if edits else frozenset()


def _of_witness(witness: Witness, publishers: set[str], corrected: frozenset[Field]) -> Iterator[Finding]:
    page = f"pages/{witness.id}.md"
    if not witness.body and not witness.body_corrected:
        yield Finding(10, witness.id, page, "no text was found in it", "write the text below the front matter")
    like = lookalike(witness.accession.text)
    if like:
        what = f"the raw file looks like {like}, not like plain text"
        yield Finding(9.5, witness.id, page, what, "withdrawn: the reason; or put the page's text in the file's place")
    if "decoded in doubt" in witness.accession.repairs:
        what = f"read as {witness.accession.encoding}, in doubt"
        yield Finding(9, witness.id, page, what, "check the text; save the raw file as UTF-8 if it is wrong")
    for field in Field:
        if field not in corrected:
            yield from _of_claims(witness, page, field, [claim for claim in witness.claims if claim.field is field])
    share = _doubtful_share(witness)
    if share > 0.1 and not witness.body_corrected:
        what = f"{share:.0%} of its lines were classified with low confidence"
        yield Finding(4 + 3 * share, witness.id, page, what, "read the lines set aside; correct the text below")
    publisher = witness.value(Field.PUBLISHER)
    if publisher and publishers and publisher not in publishers and Field.PUBLISHER not in corrected:
        what = f"publisher {publisher!r} is not in publishers.toml"
        yield Finding(2, witness.id, page, what, f"publisher: {publisher}")


def disagreeing(witness: Witness) -> Iterator[Field]:
    """The fields on which the page makes statements that disagree; several tags or languages are no disagreement."""
    for field in Field:
        values = {claim.values for claim in witness.claims if claim.field is field}
        if len(values) > 1 and field not in (Field.TAGS, Field.LANGUAGE):
            yield field


def _of_claims(witness: Witness, page: str, field: Field, claims: Sequence[Claim]) -> Iterator[Finding]:
    absent = {Field.TITLE: 3.0, Field.DATE: 2.5, Field.PUBLISHER: 1.5}
    if not claims and field in absent:
        yield Finding(absent[field], witness.id, page, f"states no {field}", f"{field}: …")
    values = {claim.values for claim in claims}
    if len(values) > 1 and field not in (Field.TAGS, Field.LANGUAGE):
        read = "; ".join(f"{', '.join(claim.values)} (line {claim.line})" for claim in claims)
        yield Finding(6, witness.id, page, f"statements of {field} disagree: {read}", f"{field}: {claims[0].value}")


def _doubtful_share(witness: Witness) -> float:
    lines = sum(block.last - block.first + 1 for block in witness.blocks)
    doubtful = sum(
        block.last - block.first + 1
        for block in witness.blocks
        if block.confidence < LOW_CONFIDENCE
        and block.label in (Label.BODY, Label.COMMENT, Label.RELATED, Label.NAVIGATION)
    )
    return doubtful / lines if lines else 0.0


def _of_link(relation: Relation, archive: Archive) -> Iterator[Finding]:
    if _withdrawn(archive, relation.a) or _withdrawn(archive, relation.b):
        return
    what = f"a doubtful link with {relation.b}: {relation.shared_words} words ({relation.kind})"
    line = f"not_mirrors: [{relation.b}] to break it, same_work: [{relation.b}] to make it one work"
    yield Finding(5, relation.a, f"pages/{relation.a}.md", what, line)
