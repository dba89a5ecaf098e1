"""Whom a page credits its text to, and where that was first published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stemma.clean.claims.page import Page, links
from stemma.clean.claims.recognizers import credit_lines, cues, dates, person_names
from stemma.records import Claim, Field, Label

_ORIGIN: Final = re.compile(rf"{cues.alternation(cues.ORIGIN)}(?:\s*[:：]\s*|\s+)(?=\S)", re.IGNORECASE)
_SHORT_CUE: Final = re.compile(r"(?:sources?|via|quellen?|fuente|fonte|bron|källa|kilde)\s*[^:：\s]", re.IGNORECASE)
_BY_WAY_OF: Final = ("via", "courtesy of")
_ORIGINAL: Final = re.compile(
    cues.alternation(cues.ORIGINAL_URL, tuple(cue for cue in cues.ORIGIN if cue not in _BY_WAY_OF))
    + r"\s*[:：]?\s{0,3}<?(?=\[|https?://)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"')\]]{4,500}")
_LINES_BELOW: Final = 20
"""Lines below the body in which a source and its address are looked for."""
_NO_SOURCE: Final = frozenset({Label.BODY, Label.COMMENT, Label.APPEAL, Label.SHARE, Label.RELATED})


def find_origin(page: Page) -> Iterator[Claim]:
    """Whom the page credits the text to, and the date it gives for that."""
    yield from _source_lines(page)
    yield from _under_dateline(page)
    yield from _under_posted(page)


def _source_lines(page: Page) -> Iterator[Claim]:
    for line in (*credit_lines.head(page), *page.lines[page.last + 1 : page.last + 1 + _LINES_BELOW]):
        cue = _ORIGIN.match(line.text) if len(line.text) < 160 and line.label is not Label.BODY else None
        if not cue or (_SHORT_CUE.match(line.text)):
            continue
        found = person_names.announced(line.text[cue.end() :])
        if found:
            yield Claim(Field.ORIGIN, found[:1], "origin.source-line", line.number)


def _under_dateline(page: Page) -> Iterator[Claim]:
    """“[South Gate](#) 2 November 2017”: a linked name and a date, below a dateline."""
    dated = False
    for line in credit_lines.head(page):
        found = dates.find(line.text) if len(line.text) < 120 and line.label is not Label.BODY else ()
        linked = links(line.raw)
        if dated and len(found) == 1 and len(linked) == 1 and _name_and_date(line.text, linked[0][0], found[0]):
            yield Claim(Field.ORIGIN, (linked[0][0],), "origin.dateline", line.number)
            if not found[0].other:
                yield Claim(Field.ORIGIN_DATE, (found[0].iso,), "origin-date.dateline", line.number)
        dated = dated or bool(found)


def _name_and_date(text: str, name: str, date: dates.DateMention) -> bool:
    """Whether a line is a name and a date, and nothing more."""
    return person_names.is_name(name) and text[: date.start].strip(" ,") == name and not text[date.end :].strip()


def _under_posted(page: Page) -> Iterator[Claim]:
    """A name alone between a line that says who posted the text and the text."""
    if page.first < 2 or page.first == len(page.lines):
        return
    above, line = page.lines[page.first - 2 : page.first]
    if credit_lines.poster_of(above.text) and person_names.is_name(line.text):
        yield Claim(Field.ORIGIN, (line.text,), "origin.under-posted-by", line.number)


def find_original_url(page: Page) -> Iterator[Claim]:
    """The address the page gives for where its text was first published."""
    for line in (*credit_lines.head(page), *page.lines[page.last + 1 : page.last + 1 + _LINES_BELOW]):
        if len(line.raw) > 1000 or line.label in _NO_SOURCE or not _ORIGINAL.match(line.raw.strip()):
            continue
        address = _ADDRESS.search(line.raw)
        if address:
            yield Claim(Field.ORIGINAL_URL, (address[0].rstrip(".,;"),), "original-url.line", line.number)
