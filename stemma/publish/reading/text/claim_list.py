"""What a page states: every claim in words, with its line; those that disagree included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.markdown import safe_link
from stemma.publish.output import urls
from stemma.publish.wording import languages
from stemma.publish.wording.dates import in_words
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.names import key
from stemma.publish.wording.titles import shortened
from stemma.publish.wording.translation import Translation, message
from stemma.records import Claim, Evidence, Field, Witness

NAMES: Final[Mapping[Field, str]] = {
    Field.TITLE: message("Title"),
    Field.AUTHOR: message("Author"),
    Field.PUBLISHER: message("Publisher"),
    Field.DATE: message("Date"),
    Field.ORIGIN: message("Credits"),
    Field.ORIGIN_DATE: message("Date given for the source"),
    Field.POSTED_BY: message("Posted by"),
    Field.ORIGINAL_URL: message("Original address"),
    Field.LANGUAGE: message("Language"),
    Field.TAGS: message("Tags"),
}
_FOLDERS: Final[Mapping[Field, str]] = {
    Field.AUTHOR: "authors",
    Field.PUBLISHER: "publishers",
    Field.LANGUAGE: "languages",
    Field.TAGS: "tags",
}
_COLLECTED: Final = {
    "collector.sources": (message("the collector"), message("noted by the collector of the file")),
    "collector.host": (message("the archive"), message("stated by the archive of all texts from this host")),
    "collector.folder": (message("the archive"), message("stated by the archive of all texts from this folder")),
}
"""How a statement is named that the collector made of a file, or the archive of all texts from one place."""
_MAX_VALUES: Final = 60
"""Values of one claim that are shown: tags can be hundreds."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from: "l. 13" with a link to that line, a rule, or the curator."""

    text: str
    link: str
    hint: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value in words, with the address it leads to; ``outward`` where that is another site."""

    text: str
    link: str = ""
    outward: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim. ``holds``: it is the one that counts; ``silent``: the curator says that the page states nothing."""

    values: tuple[Value, ...]
    source: Source
    holds: bool
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """All claims of one field, the one that holds first. ``lead`` stands before each of the others."""

    name: str
    statements: tuple[Statement, ...]
    lead: str


def entries(witness: Witness, anchors: Mapping[int, str], tr: Translation) -> tuple[Entry, ...]:
    """Every claim of a witness by field. ``anchors``: where lines are shown."""
    by_field: dict[Field, list[Claim]] = {}
    for claim in witness.claims:
        by_field.setdefault(claim.field, []).append(claim)
    return tuple(
        Entry(
            tr.gettext(NAMES[field]),
            tuple(_statements(by_field[field], anchors, tr)),
            tr.gettext("the page reads:")
            if by_field[field][0].evidence is Evidence.CURATOR
            else tr.gettext("elsewhere:"),
        )
        for field in Field
        if field in by_field
    )


def statement(witness: Witness, field: Field, anchors: Mapping[int, str], tr: Translation) -> Statement | None:
    """The claim that holds for a field, for the byline; None where nothing is stated."""
    if witness.stated(field) is None:
        return None
    claims = [claim for claim in witness.claims if claim.field is field]
    return _statements(claims, anchors, tr)[0]


def _statements(claims: Sequence[Claim], anchors: Mapping[int, str], tr: Translation) -> list[Statement]:
    corrected = claims[0].evidence is Evidence.CURATOR
    found = []
    seen: set[tuple[str, ...]] = set()
    for number, claim in enumerate(claims):
        if claim.values in seen:
            continue
        seen.add(claim.values)
        source = _source(claim, anchors, tr)
        if number == 0 and corrected:
            source = _corrected(next((other for other in claims[1:] if other.line), None), anchors, tr)
        values = tuple(_value(claim, value, tr, listed=number == 0) for value in claim.values[:_MAX_VALUES])
        found.append(Statement(values, source, holds=number == 0, silent=not claim.values))
    return found


def _source(claim: Claim, anchors: Mapping[int, str], tr: Translation) -> Source:
    if claim.evidence is Evidence.COLLECTOR:
        text, hint = _COLLECTED[claim.rule]
        return Source(tr.gettext(text), "", tr.gettext(hint))
    hint = tr.gettext("by rule %(rule)s", rule=claim.rule)
    if claim.line is None:
        return Source(tr.gettext("measured") if claim.field is Field.LANGUAGE else claim.rule, "", hint)
    return Source(tr.gettext("l. %(lines)s", lines=claim.line), f"#{anchors.get(claim.line, 'read')}", hint)


def _corrected(read: Claim | None, anchors: Mapping[int, str], tr: Translation) -> Source:
    if read is None or read.line is None:
        return Source(tr.gettext("curator"), "", tr.gettext("stated by the curator"))
    text = tr.gettext("l. %(lines)s, corrected", lines=read.line)
    return Source(text, f"#{anchors.get(read.line, 'read')}", tr.gettext("corrected by the curator"))


def _value(claim: Claim, value: str, tr: Translation, *, listed: bool) -> Value:
    field = claim.field
    text = shortened(one_line(value)) or tr.gettext("(blank)")
    if field in (Field.DATE, Field.ORIGIN_DATE):
        date = in_words(text, tr)
        return Value(tr.gettext("updated %(date)s", date=date) if claim.is_update else date)
    if field is Field.ORIGINAL_URL:
        return Value(text, value if safe_link(value) else "", outward=True)
    shown = languages.shown(text, tr) if field is Field.LANGUAGE else text
    folder = _FOLDERS.get(field, "") if listed else ""
    name = languages.name(one_line(value)) if field is Field.LANGUAGE else one_line(value)
    if field in (Field.AUTHOR, Field.TAGS):
        name = key(name)
    return Value(shown, urls.named(folder, name) if folder and name else "")
