"""The reading page of each text: the text first, then its copies, its claims, its page as found, and how to cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from stemma import markdown
from stemma.observe.compilation import provenance
from stemma.observe.parallels import State
from stemma.publish.index import source_of
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.reading.slices import WorkSlice
from stemma.publish.reading.text import citations, claim_list, overview, witness_list
from stemma.publish.reading.text.anatomy import Anatomy, anatomy
from stemma.publish.reading.text.boilerplate_lines import Gap, set_aside
from stemma.publish.reading.text.citations import Citation
from stemma.publish.reading.text.claim_list import Entry, Statement
from stemma.publish.reading.text.margins import MAX_BESIDE, Margin, margins
from stemma.publish.reading.text.overview import Overview
from stemma.publish.reading.text.witness_list import Copy
from stemma.publish.reading.work.readings import Readings
from stemma.publish.reading.work.work_view import MAX_CHARACTERS, MAX_PARAGRAPHS, WorkView
from stemma.publish.wording import languages
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line, visible
from stemma.publish.wording.references import Reference, refer
from stemma.publish.wording.titles import Heading, page_title
from stemma.publish.wording.translation import Translation
from stemma.records import Field, Form, Paragraph, Relation, Witness
from stemma.settings import Settings

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph: its number, its HTML, its shape, its margin.

    ``mixed``: it may run in another direction than the rest of the page. ``source``: the text it comes from, where a
    part of that begins; ``ends``: what is said where a part has ended. ``gap``: the lines set aside before it.
    """

    number: int
    html: str
    tag: str
    look: str
    mixed: bool
    margin: Margin | None
    source: Copy | None
    ends: str
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Raw:
    """The raw file: where it is, and what is known of its bytes."""

    path: str
    link: str
    size: str
    encoding: str
    repairs: tuple[str, ...]
    sha256: str
    received_on: str
    received_from: str
    own: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A neighbour in the order of dates."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """Everything a reading page shows."""

    id: str
    heading: Heading
    title: str
    lang: str
    dir: str
    byline: tuple[Statement, ...]
    siglum: str
    work: str
    witnesses: str
    overview: Overview
    copies_count: int
    description: str
    source_name: str
    source_path: str
    states: frozenset[State]
    small: bool
    first: int
    paragraphs: tuple[Part, ...]
    uncompared: bool
    copies: tuple[Copy, ...]
    more_copies: int
    parts: tuple[Copy, ...]
    more_parts: int
    sources: tuple[Copy, ...]
    more_sources: int
    doubtful: tuple[Copy, ...]
    withdrawn: tuple[str, ...]
    corrected: bool
    entries: tuple[Entry, ...]
    anatomy: Anatomy | None
    after_text: Gap | None
    aside: int
    raw: Raw
    cite: Citation
    before: Turn | None
    after: Turn | None
    sequence: str


def page(  # noqa: PLR0917
    scope: WorkSlice,
    view: WorkView,
    witness: Witness,
    renderer: Renderer,
    settings: Settings,
    readings: Readings | None,
) -> File:
    """The reading page of one text. ``readings``: the paragraphs of its work that are set side by side."""
    return renderer.page("text.html", urls.text(witness.id), _context(scope, view, witness, settings, readings))


def _context(
    scope: WorkSlice, view: WorkView, witness: Witness, settings: Settings, readings: Readings | None
) -> TextPage:
    lines = witness.accession.lines
    aside = set_aside(witness, lines, settings.withheld, view.tr)
    gaps = {gap.before: gap for gap in aside.gaps}
    head = scope.heads[witness.id]
    reference = _reference(scope, view, witness, settings)
    sources = witness_list.sources(scope, view, witness)
    beside = margins(scope, view, witness, readings)
    language = witness.value(Field.LANGUAGE)
    parts = tuple(witness_list.parts(scope, view, witness))
    near = scope.neighbours[witness.id]
    received = source_of(witness)
    description = overview.description(head.where, len(view.members) - 1, received if head.publisher else "", view.tr)
    return TextPage(
        id=witness.id,
        heading=head.heading,
        title=page_title(head.title, settings.title, reference.publisher, head.written),
        lang=languages.code(language),
        dir=languages.direction(language),
        byline=tuple(_byline(witness, aside.anchors, view.tr)),
        siglum=view.sigla[witness.id],
        work=urls.work(view.base.id) if len(view.members) > 1 else "",
        witnesses=view.tr.count(len(view.members), "%(num)s witness", "%(num)s witnesses"),
        overview=overview.overview(witness, aside, view.tr),
        copies_count=len(view.members) - 1,
        description=description,
        source_name=received,
        source_path=urls.named("sources", received) if received else "",
        states=frozenset(entry.state for margin in beside for entry in margin.entries),
        small=any(entry.small for margin in beside for entry in margin.entries),
        first=MAX_BESIDE if len(view.parallels) > MAX_BESIDE else 0,
        paragraphs=tuple(_parts(witness, beside, _provenance(witness, sources), gaps, view.tr)),
        uncompared=len(witness.body) > MAX_PARAGRAPHS or len(witness.text) > MAX_CHARACTERS,
        copies=tuple(witness_list.members(scope, view, witness)) if len(view.members) > 1 else (),
        more_copies=max(len(view.members) - witness_list.MAX_COPIES, 0),
        parts=parts[: witness_list.MAX_COPIES],
        more_parts=max(len(parts) - witness_list.MAX_COPIES, 0),
        sources=tuple(source for _, source in sources[: witness_list.MAX_COPIES]),
        more_sources=max(len(sources) - witness_list.MAX_COPIES, 0),
        doubtful=tuple(islice(witness_list.parts(scope, view, witness, doubtful=True), witness_list.MAX_COPIES)),
        withdrawn=tuple(map(urls.text, scope.withdrawn_copies.get(witness.id, ()))),
        corrected=witness.body_corrected,
        entries=claim_list.entries(witness, aside.anchors, view.tr),
        anatomy=anatomy(witness, lines, view.tr),
        after_text=gaps.get(len(witness.body) + 1),
        aside=aside.lines,
        raw=_raw(witness, settings, view.tr),
        cite=citations.citation(
            reference,
            description,
            view.tr,
            source=_link(witness),
            equal=_equal(scope, witness, settings),
        ),
        before=_turn(scope, near.before),
        after=_turn(scope, near.after),
        sequence=one_line(near.publisher),
    )


def _reference(scope: WorkSlice, view: WorkView, witness: Witness, settings: Settings) -> Reference:
    work = settings.address + urls.work(view.base.id) if len(view.members) > 1 else ""
    heading = scope.heads[witness.id].heading
    return refer(witness, heading, settings.title, settings.address + urls.text(witness.id), work)


def _link(witness: Witness) -> str:
    """The address the page states as its original, where it may be followed."""
    stated = witness.value(Field.ORIGINAL_URL)
    return stated if markdown.safe_link(stated) else ""


def shows_raw(settings: Settings) -> bool:
    """Whether raw files are part of the site: not where some of their lines are withheld."""
    return settings.raw_files and not settings.withheld


def _byline(witness: Witness, anchors: Mapping[int, str], tr: Translation) -> Iterator[Statement]:
    for field in (Field.AUTHOR, Field.PUBLISHER, Field.DATE):
        found = claim_list.statement(witness, field, anchors, tr)
        if found:
            yield found


def _parts(
    witness: Witness,
    beside: Sequence[Margin],
    parts: Mapping[int, Copy | None],
    gaps: Mapping[int, Gap],
    tr: Translation,
) -> Iterator[Part]:
    depth = 1
    direction = languages.direction(witness.value(Field.LANGUAGE))
    for number, paragraph in enumerate(witness.body):
        if paragraph.form is Form.HEADING:
            depth = min(max(paragraph.level, 2), depth + 1, 6)
        yield Part(
            number=number + 1,
            html=markdown.html(paragraph, visible),
            tag=_tag(paragraph, depth),
            look=_look(paragraph),
            mixed=direction != ("rtl" if _RIGHT_TO_LEFT.search(paragraph.text) else "ltr"),
            margin=beside[number] if beside else None,
            source=parts.get(number),
            ends=_ends(beside[number] if beside else None, tr) if parts.get(number, False) is None else "",
            gap=gaps.get(number + 1),
        )


def _ends(margin: Margin | None, tr: Translation) -> str:
    """What is said where the parts of a compilation end: that no text has the rest only where every one was asked."""
    return tr.gettext("In no other text") if margin and margin.alone else tr.gettext("From none of these")


def _tag(paragraph: Paragraph, depth: int) -> str:
    if paragraph.form is Form.HEADING:
        return f"h{depth}"
    return "pre" if paragraph.form in (Form.CODE, Form.TABLE) else "p"


def _look(paragraph: Paragraph) -> str:
    if paragraph.form is Form.ITEM:
        return f" item i{min(max(paragraph.level, 1), 4)}"
    return {
        Form.HEADING: " head",
        Form.QUOTATION: " quoted",
        Form.CODE: " set",
        Form.TABLE: " set",
        Form.DEFINITION: " defined",
    }.get(paragraph.form, "")


def _provenance(witness: Witness, sources: Sequence[tuple[Relation, Copy]]) -> Mapping[int, Copy | None]:
    """For a compilation: where a part of a contained text begins, and (None) where the parts end."""
    if not sources:
        return {}
    by_id = {relation.b: copy for relation, copy in sources}
    found: dict[int, Copy | None] = {}
    before = ""
    for part in provenance(witness, [relation for relation, _ in sources]):
        most = part.shares[0] if part.shares else None
        now = most.witness if most and 2 * most.words >= part.words else ""
        if now != before and part.words:
            found[part.paragraph] = by_id.get(now)
            before = now
    return found


def _raw(witness: Witness, settings: Settings, tr: Translation) -> Raw:
    accession = witness.accession
    return Raw(
        path=visible(accession.path),
        link=urls.raw(witness.id) if shows_raw(settings) else "",
        size=tr.figures(accession.size, "%(num)s byte", "%(num)s bytes"),
        encoding=one_line(accession.encoding).replace("utf-", "UTF-"),
        repairs=tuple(map(one_line, accession.repairs)),
        sha256=accession.sha256,
        received_on=in_words(accession.received_on, tr),
        received_from=one_line(accession.received_from),
        own=tuple(
            (one_line(key.removeprefix("x_").replace("_", " ")), one_line(value)) for key, value in accession.own
        ),
    )


def _equal(scope: WorkSlice, witness: Witness, settings: Settings) -> tuple[str, ...]:
    """The addresses of the texts whose body is the same, character for character."""
    near = islice((id_ for id_ in scope.members if id_ != witness.id), witness_list.MAX_COPIES)
    return tuple(settings.address + urls.text(id_) for id_ in near if scope.texts[id_].body == witness.body)


def _turn(scope: WorkSlice, id_: str) -> Turn | None:
    return Turn(scope.heads[id_].title, urls.text(id_)) if id_ else None
