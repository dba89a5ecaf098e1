"""Everything a page says of itself, each statement with the rule that read it and the line it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.clean.claims import language
from stemma.clean.claims import publisher as publisher_claims
from stemma.clean.claims import tags as tag_claims
from stemma.clean.claims.author import select as author_select
from stemma.clean.claims.date import select as date_select
from stemma.clean.claims.page import Sheet, lay_out
from stemma.clean.claims.recognizers import credit_lines
from stemma.clean.claims.title import select as title_select
from stemma.records import Claim, Evidence, Field, Label, Publisher


def describe(
    lines: tuple[str, ...],
    labels: tuple[Label | None, ...],
    evidence: tuple[Evidence | None, ...],
    publishers: tuple[Publisher, ...],
) -> tuple[Claim, ...]:
    """The claims of a page, those of one field together, the one that holds first and those that disagree after it.

    ``labels`` and ``evidence`` run along ``lines``; they are None for a blank line. What the page does not say is
    absent.
    """
    sheet = lay_out(lines, labels)
    origins = tuple(publisher_claims.origin(sheet))
    title = title_select.title(sheet, evidence, {claim.line for claim in origins if claim.line})
    title_line = title.line if title and title.line else 0
    authors = tuple(author_select.authors(sheet, title_line, frozenset(claim.value for claim in origins)))
    signed = authors[0].line or 0 if authors else 0
    credited = [value for claim in (*origins, *authors) for value in claim.values]
    elsewhere = frozenset(claim.line for claim in origins if claim.field is Field.ORIGIN_DATE and claim.line)
    spoken = _language(sheet)
    return (
        *((title,) if title else ()),
        *_distinct(publisher_claims.publisher(sheet, publishers, credited)),
        *_distinct(authors),
        *_distinct(date_select.date(sheet, title_line, elsewhere, spoken.value if spoken else "", signed)),
        *_distinct(claim for claim in origins if claim.field is Field.ORIGIN),
        *_distinct(claim for claim in origins if claim.field is Field.ORIGIN_DATE),
        *_distinct(credit_lines.posted_by(sheet)),
        *_distinct(publisher_claims.original_url(sheet)),
        *((spoken,) if spoken else ()),
        *tag_claims.tags(sheet),
    )


def _distinct(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims of one field, without those that say again what an earlier one said."""
    seen: set[tuple[str, ...]] = set()
    for claim in claims:
        key = tuple(value.casefold() for value in claim.values)
        if key not in seen:
            seen.add(key)
            yield claim


def _language(sheet: Sheet) -> Claim | None:
    body = " ".join(line.text for line in sheet.lines[sheet.first : sheet.first + 20] if line.label is Label.BODY)
    return language.measured(body)
