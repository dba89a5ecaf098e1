"""Everything a page says of itself, each statement with the rule that read it and the line it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.clean import bylines, datelines, language, signatures, sources, subjects, titles
from stemma.clean.sheet import Sheet, lay_out
from stemma.nouns import Claim, Field, Label, Publisher


def describe(
    lines: tuple[str, ...],
    labels: tuple[Label | None, ...],
    rules: tuple[str, ...],
    publishers: tuple[Publisher, ...],
) -> tuple[Claim, ...]:
    """The claims of a page, those of one field together, the one that holds first and those that disagree after it.

    ``labels`` and ``rules`` run along ``lines``; a blank line's label is None. What the page does not say is absent.
    """
    sheet = lay_out(lines, labels)
    origins = tuple(sources.origin(sheet))
    title = titles.title(sheet, rules, {claim.line for claim in origins if claim.line})
    title_line = title.line if title and title.line else 0
    authors = tuple(signatures.authors(sheet, title_line, frozenset(claim.value for claim in origins)))
    signed = authors[0].line or 0 if authors else 0
    credited = [value for claim in (*origins, *authors) for value in claim.values]
    elsewhere = frozenset(claim.line for claim in origins if claim.field is Field.ORIGIN_DATE and claim.line)
    spoken = _language(sheet)
    return (
        *((title,) if title else ()),
        *_distinct(sources.publisher(sheet, publishers, credited)),
        *_distinct(authors),
        *_distinct(datelines.date(sheet, title_line, elsewhere, spoken.value if spoken else "", signed)),
        *_distinct(claim for claim in origins if claim.field is Field.ORIGIN),
        *_distinct(claim for claim in origins if claim.field is Field.ORIGIN_DATE),
        *_distinct(bylines.posted_by(sheet)),
        *_distinct(sources.original_url(sheet)),
        *((spoken,) if spoken else ()),
        *subjects.tags(sheet),
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
