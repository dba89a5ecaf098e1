"""The records that pass between stages. Offsets count code points, lines from 1, words by ``stemma.text.WORD``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final


class Label(StrEnum):
    """What a line of a raw page is. Every non-blank line has exactly one label."""

    BODY = "body"
    TITLE = "title"
    META = "meta"
    TAGS = "tags"
    COMMENT = "comment"
    APPEAL = "appeal"
    SHARE = "share"
    RELATED = "related"
    NAVIGATION = "navigation"
    CREDIT = "credit"
    NOTICE = "notice"

    @property
    def meaning(self) -> str:
        """The label in plain English, as readers of the site see it."""
        return _MEANINGS[self]


_MEANINGS: Final[Mapping[Label, str]] = {
    Label.BODY: "the text",
    Label.TITLE: "title",
    Label.META: "byline and date",
    Label.TAGS: "tags",
    Label.COMMENT: "readers’ comments",
    Label.APPEAL: "appeal for money or a subscription",
    Label.SHARE: "share buttons",
    Label.RELATED: "other headlines",
    Label.NAVIGATION: "navigation",
    Label.CREDIT: "credits",
    Label.NOTICE: "legal notice",
}


class Evidence(StrEnum):
    """What a label or a claim rests on; the rule names the particular pattern, place or count.

    rule: a form of the line. recurrence: how often it recurs. model: the line model's probabilities. sequence: place
    in a thread, code, a table. section: a heading above it. claim: read from it. curator, collector: what they wrote.
    """

    RULE = "rule"
    RECURRENCE = "recurrence"
    MODEL = "model"
    SEQUENCE = "sequence"
    SECTION = "section"
    CLAIM = "claim"
    CURATOR = "curator"
    COLLECTOR = "collector"


class Form(StrEnum):
    """The shape of one paragraph of a body."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTATION = "quotation"
    VERSE = "verse"
    CODE = "code"
    TABLE = "table"
    DEFINITION = "definition"


class Mark(StrEnum):
    """What a stretch inside a paragraph is."""

    LINK = "link"
    EMPHASIS = "emphasis"
    STRONG = "strong"


class Field(StrEnum):
    """What a page can say of itself."""

    TITLE = "title"
    PUBLISHER = "publisher"
    AUTHOR = "author"
    DATE = "date"
    ORIGIN = "origin"
    ORIGIN_DATE = "origin_date"
    POSTED_BY = "posted_by"
    ORIGINAL_URL = "original_url"
    LANGUAGE = "language"
    TAGS = "tags"


class Kind(StrEnum):
    """How two bodies are related. ``a`` contains ``b``; the other three are symmetric."""

    MIRROR = "mirror"
    REVISION = "revision"
    CONTAINS = "contains"
    EXCERPT = "excerpt"


class VariantType(StrEnum):
    """What kind of difference a variant is, from least to most."""

    SPACING = "spacing"
    TYPOGRAPHIC = "typographic"
    SPELLING = "spelling"
    SUBSTANTIVE = "substantive"


class Severity(StrEnum):
    """error: nothing is published. warning: one file is affected. note: counted only."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know: where, what, and what to do about it. One line when printed."""

    severity: Severity
    where: str
    what: str
    remedy: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Accession:
    """A raw file as received, and the collector's row on it. ``path``: below content/raw; ``text`` has LF line ends."""

    id: str
    path: str
    sha256: str
    size: int
    text: str
    encoding: str
    repairs: tuple[str, ...] = ()
    stated: tuple[tuple[Field, tuple[str, ...]], ...] = ()
    received_on: str = ""
    received_from: str = ""
    own: tuple[tuple[str, str], ...] = ()

    @property
    def folder(self) -> str:
        """The folder below content/raw, "" at the top: evidence of where a file was received from, never a claim."""
        return self.path.rpartition("/")[0]

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines; line number n is at index n - 1."""
        return tuple(self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class Block:
    """A run of non-blank lines with one label from one rule: lines ``first`` to ``last``, counted from 1.

    A block of the body is one paragraph. ``confidence`` is from 0 to 1.
    """

    first: int
    last: int
    label: Label
    rule: str
    confidence: float = 1.0
    evidence: Evidence = Evidence.RULE


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of a paragraph's text, ``start`` to ``end``; ``href`` for links alone (http, https, mailto)."""

    start: int
    end: int
    mark: Mark
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; verse (a stanza), code and tables keep lines. ``level``: 2 to 6 for headings, depth for items."""

    text: str
    form: Form = Form.PARAGRAPH
    level: int = 0
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement a page makes of itself: its values (several for authors and tags), the rule, the line or None.

    Dates are EDTF (:mod:`stemma.dates`). No values at all means "says nothing", which only a curator can say.
    """

    field: Field
    values: tuple[str, ...]
    rule: str
    line: int | None = None
    evidence: Evidence = Evidence.CLAIM

    @property
    def value(self) -> str:
        """The first value, or the empty string."""
        return self.values[0] if self.values else ""

    @property
    def is_update(self) -> bool:
        """Whether it is the date of a change of the text: "Updated 3 May 2019"."""
        return self.rule == "date.updated"


@dataclass(frozen=True)
class Witness:
    """A raw file read: its labelled blocks, its body, and every claim, the one that holds first of its field."""

    accession: Accession
    blocks: tuple[Block, ...]
    body: tuple[Paragraph, ...]
    claims: tuple[Claim, ...]
    body_corrected: bool = False

    @property
    def id(self) -> str:
        """The id of the accession."""
        return self.accession.id

    def stated(self, field: Field) -> Claim | None:
        """The claim that holds for a field; a curator's "says nothing" is None too."""
        for claim in self.claims:
            if claim.field is field:
                return claim if claim.values else None
        return None

    def value(self, field: Field) -> str:
        """The first value of the claim that holds, or the empty string."""
        claim = self.stated(field)
        return claim.value if claim else ""

    def values(self, field: Field) -> tuple[str, ...]:
        """All values of the claim that holds."""
        claim = self.stated(field)
        return claim.values if claim else ()

    @cached_property
    def text(self) -> str:
        """The body as plain text: paragraphs apart by a blank line. Word offsets are counted in it."""
        return "\n\n".join(paragraph.text for paragraph in self.body)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why, and since when (ISO date or empty), a text was taken down."""

    reason: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """What a curator's page says: the fields and the body that are the curator's, and the keys only a curator writes.

    A field without values was emptied: "says nothing". ``body`` is None where the machine's stands. ``mirrors``: ids
    listed at the last build. ``kept``: notes and keys of the curator's own. ``checked``: fields that are right as is.
    """

    id: str
    page: str
    source: str
    sha256: str
    fields: tuple[tuple[Field, tuple[str, ...]], ...] = ()
    body: tuple[Paragraph, ...] | None = None
    not_mirrors: tuple[str, ...] = ()
    same_work: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    mirrors: tuple[str, ...] = ()
    kept: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    checked: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """An authority record: a publisher's names, hosts and folders whose texts are its own, boilerplate lines."""

    name: str
    other_names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words two bodies share: word offsets, half open, on both sides."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int

    @property
    def swapped(self) -> Passage:
        """The same run, read from the other body."""
        return Passage(self.b_start, self.b_end, self.a_start, self.a_end)


@dataclass(frozen=True, slots=True)
class Relation:
    """Two bodies that share words. ``coverage_a``: words of a inside passages ÷ words of a. Doubtful ones join no work.

    ``grew``: a is b, grown, and joins its work. ``template``: one form, other figures.
    """

    a: str
    b: str
    kind: Kind
    coverage_a: float
    coverage_b: float
    shared_words: int
    passages: tuple[Passage, ...]
    doubtful: bool = False
    grew: bool = False
    template: bool = False

    def other(self, id_: str) -> str:
        """The partner of a text in this relation."""
        return self.b if self.a == id_ else self.a

    def coverage(self, id_: str) -> float:
        """How much of a text lies inside the shared passages."""
        return self.coverage_a if self.a == id_ else self.coverage_b


@dataclass(frozen=True, slots=True)
class Work:
    """Witnesses of one text. ``members`` are ids in the order of their sigla, the base first."""

    id: str
    base: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Where a witness differs from the base (offsets of characters): replacing each base slice gives the witness back.

    ``moved``: where the words are in the other text, if they moved. ``changes``: what differs in them (base side).
    """

    base_start: int
    base_end: int
    witness_start: int
    witness_end: int
    type: VariantType
    moved: tuple[int, int] | None = None
    changes: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Apparatus:
    """All differences between a base (or container) and one witness (or contained text), in the order of the base."""

    base: str
    witness: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Archive:
    """Everything the pipeline found: complete; what curation writes to content/pages and publishing receives."""

    witnesses: tuple[Witness, ...]
    edits: Mapping[str, Edits]
    publishers: tuple[Publisher, ...]
    relations: tuple[Relation, ...]
    works: tuple[Work, ...]
    apparatuses: tuple[Apparatus, ...]
    problems: tuple[Problem, ...] = field(default=())

    @cached_property
    def by_id(self) -> Mapping[str, Witness]:
        """Witnesses by id."""
        return {witness.id: witness for witness in self.witnesses}

    @cached_property
    def work_of(self) -> Mapping[str, Work]:
        """The work of each witness, by the witness's id."""
        return {member: work for work in self.works for member in work.members}
