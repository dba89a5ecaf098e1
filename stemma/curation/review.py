"""What needs a curator's review, worst first: one thing to do for each, in one place or in one row for many texts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from stemma.dates import first_day
from stemma.problems import shown
from stemma.receive.lookalikes import lookalike
from stemma.records import Archive, Claim, Evidence, Field, Kind, Label, Relation, Witness
from stemma.text import fold_all, words_of

UNLIKE_FOLDER: Final = "publisher.unlike-folder"
"""The rule of a publisher whose name has nothing of the host that the folder is named after."""
LOW_CONFIDENCE: Final = 0.75
"""Probability below which a line's label is in doubt, whether text or boilerplate."""
DOUBTFUL_SHARE: Final = 0.1
"""Share of a page's lines with labels in doubt beyond which the page is to be read."""
MIN_DATED: Final = 10
"""Dated texts that a collection needs before the latest of them can be doubted for being long after the others."""
FEW_LATE: Final = 50
"""One text in so many may be long after the others and still be doubted."""
MAX_YEARS_AHEAD: Final = 5
"""Years after the others beyond which a date is doubted, where no day of receipt is known."""
_SETTLED: Final = (Evidence.CURATOR, Evidence.COLLECTOR)
"""Evidence that settles what statements of the text leave open."""


class Concern(StrEnum):
    """Why something needs review, the most urgent first."""

    EMPTY = "no text found"
    LOOKALIKE = "other formats saved as text"
    ENCODING = "encoding guessed"
    WITHDRAWN = "near a withdrawn text"
    DISAGREE = "statements that disagree"
    DOUBTED = "statements in doubt"
    LABELS = "labels in doubt"
    LINK = "doubtful links"
    TITLE = "no title"
    DATE = "no date"
    RECORD = "publishers near a record"
    PUBLISHER = "no publisher"


_ORDER: Final = tuple(Concern)
_ABSENT: Final = {Field.TITLE: Concern.TITLE, Field.DATE: Concern.DATE, Field.PUBLISHER: Concern.PUBLISHER}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to review: the text (the first of them, where one row settles many), the file below content/ to open.

    ``line`` is what to write there; ``texts`` how many texts it settles. ``weight`` orders findings of one concern.
    """

    concern: Concern
    id: str
    page: str
    what: str
    line: str
    texts: int = 1
    weight: float = 0.0


def review(archive: Archive) -> tuple[Finding, ...]:
    """Everything that needs review: the most urgent concern first, then what settles most texts."""
    published = [witness for witness in archive.witnesses if not _withdrawn(archive, witness.id)]
    findings = [finding for witness in published for finding in _of_witness(witness, _checked(archive, witness.id))]
    findings += _too_late(archive, published)
    findings += _publishers_disagree(archive, published)
    findings += _absent(archive, published)
    findings += _near_records(archive, published)
    findings += [found for relation in archive.relations if relation.doubtful for found in _of_link(relation, archive)]
    findings += _near_withdrawn(archive)
    return tuple(
        sorted(findings, key=lambda one: (_ORDER.index(one.concern), -one.texts, -one.weight, one.id, one.what))
    )


def review_lines(findings: Sequence[Finding], content: Path) -> Iterator[str]:
    """The list as it is printed: each concern with its count, then one thing to do a line, with the file to open."""
    counts = Counter(finding.concern for finding in findings)
    last = None
    for finding in findings:
        if finding.concern is not last:
            last = finding.concern
            yield f"{last.capitalize()}: {counts[last]:,}"
        yield f"  {shown(content / finding.page)}: {finding.what}. Change: {finding.line}"
    yield f"{len(findings):,} to review" if findings else "Nothing to review"


def disagreeing(witness: Witness) -> Iterator[Field]:
    """The fields on which the page makes statements that disagree; several tags or languages are no disagreement."""
    for field in Field:
        values = {claim.values for claim in witness.claims if claim.field is field}
        if len(values) > 1 and field not in (Field.TAGS, Field.LANGUAGE):
            yield field


def _withdrawn(archive: Archive, name: str) -> bool:
    edits = archive.edits.get(name)
    return edits is not None and edits.withdrawn is not None


def _checked(archive: Archive, name: str) -> frozenset[Field]:
    """The fields that the curator wrote or confirmed."""
    edits = archive.edits.get(name)
    return frozenset((*edits.checked, *(field for field, _ in edits.fields))) if edits else frozenset()


def _of_witness(witness: Witness, checked: frozenset[Field]) -> Iterator[Finding]:
    page = f"pages/{witness.id}.md"
    if not witness.body and not witness.body_corrected:
        yield Finding(
            Concern.EMPTY, witness.id, page, "no text was found in it", "write the text below the front matter"
        )
    if like := lookalike(witness.accession.text):
        remedy = "save the page's text in its place, or withdraw it"
        yield Finding(Concern.LOOKALIKE, witness.id, page, f"the raw file looks like {like}", remedy)
    if "decoded in doubt" in witness.accession.repairs:
        what = f"read as {witness.accession.encoding}, in doubt"
        remedy = "check the text; save the raw file as UTF-8 if it is wrong"
        yield Finding(Concern.ENCODING, witness.id, page, what, remedy)
    for field in disagreeing(witness):
        if field not in checked and not (field is Field.PUBLISHER and _host(witness.accession.folder)):
            yield from _disagreement(witness, page, [claim for claim in witness.claims if claim.field is field])
    claim = witness.stated(Field.PUBLISHER)
    if claim and Field.PUBLISHER not in checked:
        yield from _doubted(witness, page, claim)
    share = _doubtful_share(witness)
    if share > DOUBTFUL_SHARE and not witness.body_corrected:
        what = f"{share:.0%} of its lines were classified with low confidence"
        line = "read the lines set aside; correct the text below"
        yield Finding(Concern.LABELS, witness.id, page, what, line, weight=share)


def _disagreement(witness: Witness, page: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A finding where statements of the text differ and nobody has settled which holds."""
    if claims[0].evidence not in _SETTLED:
        field = claims[0].field
        read = "; ".join(f"{', '.join(claim.values)} (line {claim.line})" for claim in claims)
        line = f"{field}: {claims[0].value}"
        yield Finding(Concern.DISAGREE, witness.id, page, f"statements of {field} disagree: {read}", line)


def _doubted(witness: Witness, page: str, claim: Claim) -> Iterator[Finding]:
    """A name that is not that of the folder's host."""
    if claim.rule == UNLIKE_FOLDER:
        what = f"calls itself {claim.value!r} (line {claim.line}), but was received in {witness.accession.folder!r}"
        yield Finding(Concern.DOUBTED, witness.id, page, what, f"publisher: {claim.value}")


def _host(folder: str) -> str:
    """The host that a folder is named after, empty where it is not."""
    name = folder.rpartition("/")[2]
    return name if "." in name else ""


def _publishers_disagree(archive: Archive, published: Sequence[Witness]) -> Iterator[Finding]:
    """Publishers that texts from one host name differently: one record settles them all."""
    groups: dict[str, list[Witness]] = defaultdict(list)
    for witness in published:
        claim = witness.stated(Field.PUBLISHER)
        doubtful = claim and claim.evidence not in _SETTLED and Field.PUBLISHER in disagreeing(witness)
        if doubtful and _host(witness.accession.folder) and Field.PUBLISHER not in _checked(archive, witness.id):
            groups[witness.accession.folder].append(witness)
    for folder, found in groups.items():
        names = Counter(
            claim.value for one in found for claim in one.claims if claim.field is Field.PUBLISHER and claim.values
        )
        first = names.most_common(1)[0][0]
        texts = f"{len(found):,} texts" if len(found) > 1 else "a text"
        what = f"{texts} from {folder} {'state' if len(found) > 1 else 'states'} several publishers: {'; '.join(names)}"
        line = f'[[publisher]] name = "{first}" hosts = ["{_host(folder)}"]'
        yield Finding(Concern.DISAGREE, found[0].id, "publishers.toml", what, line, len(found))


def _too_late(archive: Archive, published: Sequence[Witness]) -> Iterator[Finding]:
    """Dates after the day of receipt; without one, after the last day that anything was received, or long after all."""
    last = max((witness.accession.received_on for witness in published), default="")
    dated = sorted(first_day(value) for witness in published if (value := witness.value(Field.DATE)))
    newest = dated[-1 - max(1, len(dated) // FEW_LATE)] if len(dated) >= MIN_DATED else ""
    for witness in published:
        claim = witness.stated(Field.DATE)
        if not claim or Field.DATE in _checked(archive, witness.id):
            continue
        received = witness.accession.received_on
        begins = first_day(claim.value)
        if received or last:
            late = begins > (received or last)
            against = f"was received on {received}" if received else f"nothing was received after {last}"
        else:
            late = bool(newest) and int(begins[:4]) - int(newest[:4]) > MAX_YEARS_AHEAD
            against = f"nearly all other texts are dated up to {newest}"
        if late:
            where = f" (line {claim.line})" if claim.line else ""
            what = f"states the date {claim.value}{where}, but {against}"
            line = f"date: …, or checked: [{Field.DATE}] if it is right"
            yield Finding(Concern.DOUBTED, witness.id, f"pages/{witness.id}.md", what, line)


def expected_right(witnesses: Iterable[Witness]) -> float:
    """The share of lines that by their confidences should be rightly labelled as text or not; 1 without lines.

    A block counts by the least sure of its lines.
    """
    sizes = [(block.last - block.first + 1, block.confidence) for one in witnesses for block in one.blocks]
    lines = sum(size for size, _ in sizes)
    return math.fsum(size * confidence for size, confidence in sizes) / lines if lines else 1.0


def _doubtful_share(witness: Witness) -> float:
    lines = sum(block.last - block.first + 1 for block in witness.blocks)
    doubtful = sum(
        block.last - block.first + 1
        for block in witness.blocks
        if block.confidence < LOW_CONFIDENCE
        and block.label in (Label.BODY, Label.COMMENT, Label.RELATED, Label.NAVIGATION)
    )
    return doubtful / lines if lines else 0.0


def _absent(archive: Archive, published: Sequence[Witness]) -> Iterator[Finding]:
    """Texts that state no title, date or publisher; dates and publishers by the folder they were received in."""
    groups: dict[tuple[Field, str], list[Witness]] = defaultdict(list)
    for witness in published:
        stated = {claim.field for claim in witness.claims}
        for field in _ABSENT:
            if field not in stated and field not in _checked(archive, witness.id):
                groups[field, witness.accession.folder].append(witness)
    for (field, folder), found in groups.items():
        if len(found) > 1 and folder and field is not Field.TITLE:
            yield _one_row(field, folder, found)
        else:
            for one in found:
                line = f"{field}: …, or checked: [{field}] if it has none"
                yield Finding(_ABSENT[field], one.id, f"pages/{one.id}.md", f"states no {field}", line)


def _one_row(field: Field, folder: str, found: Sequence[Witness]) -> Finding:
    what = f"{len(found):,} texts from {folder} state no {field}"
    if field is Field.PUBLISHER:
        host = _host(folder)
        where = f'hosts = ["{host}"]' if host else f'folders = ["{folder}"]'
        return Finding(
            _ABSENT[field], found[0].id, "publishers.toml", what, f'[[publisher]] name = "…" {where}', len(found)
        )
    line = f"the columns path and {field}, a row for each of raw/{folder}/"
    return Finding(_ABSENT[field], found[0].id, "sources.csv", what, line, len(found))


def _near_records(archive: Archive, published: Sequence[Witness]) -> Iterator[Finding]:
    """Publishers that texts state and no record has, where a record has nearly the same name."""
    known = {name: one.name for one in archive.publishers for name in (one.name, *one.other_names)}
    words = {name: frozenset(fold_all(words_of(name))) for name in known}
    stated: dict[str, list[str]] = defaultdict(list)
    for witness in published:
        name = witness.value(Field.PUBLISHER)
        if name and name not in known and Field.PUBLISHER not in _checked(archive, witness.id):
            stated[name].append(witness.id)
    for name, ids in stated.items():
        own = frozenset(fold_all(words_of(name)))
        near = next((known[other] for other, theirs in words.items() if own and (own <= theirs or theirs <= own)), "")
        if near:
            texts = f"{len(ids):,} {'text' if len(ids) == 1 else 'texts'}"
            what = f"publisher {name!r}, stated by {texts}, is nearly {near!r}, which has a record"
            yield Finding(Concern.RECORD, ids[0], "publishers.toml", what, f'other_names = ["{name}"]', len(ids))


def _near_withdrawn(archive: Archive) -> Iterator[Finding]:
    """A finding for each published text that has the words of a withdrawn one, or had them at the last build."""
    shares: dict[tuple[str, str], str] = {}
    for relation in archive.relations:
        for gone, here in ((relation.a, relation.b), (relation.b, relation.a)):
            if _withdrawn(archive, gone) and not _withdrawn(archive, here) and relation.kind is not Kind.EXCERPT:
                shares[here, gone] = f"has {relation.coverage(gone):.0%} of the words of {gone}, which was withdrawn"
    for gone, edits in archive.edits.items():
        if edits.withdrawn and gone not in archive.by_id:
            for here in edits.mirrors:
                if here in archive.by_id and not _withdrawn(archive, here):
                    shares.setdefault((here, gone), f"was a copy of {gone}, which was withdrawn")
    for (here, _), what in sorted(shares.items()):
        line = "withdrawn: the reason, if it is to go as well"
        yield Finding(Concern.WITHDRAWN, here, f"pages/{here}.md", what, line)


def _of_link(relation: Relation, archive: Archive) -> Iterator[Finding]:
    if _withdrawn(archive, relation.a) or _withdrawn(archive, relation.b):
        return
    what = f"a doubtful link with {relation.b}: {relation.shared_words} words ({relation.kind})"
    line = f"not_mirrors: [{relation.b}] to break it, same_work: [{relation.b}] to make it one work"
    yield Finding(Concern.LINK, relation.a, f"pages/{relation.a}.md", what, line)
