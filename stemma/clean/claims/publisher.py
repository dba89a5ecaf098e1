"""Who publishes a page, whom it credits the text to, and where that first stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stemma.clean.claims.page import Line, Page, links
from stemma.clean.claims.recognizers import credit_lines, cues, dates, person_names
from stemma.records import Claim, Field, Label, Publisher

_ORIGIN: Final = re.compile(rf"{cues.alternation(cues.ORIGIN)}(?:\s*[:：]\s*|\s+)(?=\S)", re.IGNORECASE)
_SHORT_CUE: Final = re.compile(r"(?:sources?|via|quellen?|fuente|fonte|bron|källa|kilde)\s*[^:：\s]", re.IGNORECASE)
_BY_WAY_OF: Final = ("via", "courtesy of")
_ORIGINAL: Final = re.compile(
    cues.alternation(cues.ORIGINAL_URL, tuple(cue for cue in cues.ORIGIN if cue not in _BY_WAY_OF))
    + r"\s*[:：]?\s{0,3}<?(?=\[|https?://)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"')\]]{4,500}")
_COPYRIGHT: Final = re.compile(
    r"(?:copyright|©|\(c\)|&copy;)[\s©(c)]{0,6}(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:(?:19|20)\d\d|\d\d|present))?[\s,]{0,3})?"
    r"(?:by\s)?(?P<name>[^\d\W][^|•©]{1,60})",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"©|[Cc]opyright|COPYRIGHT|\([Cc]\)|&copy")
_AFTER_NAME: Final = re.compile(
    r"[.,;|•·]|\s[-–—]\s|\s(?:all rights|alle rechte|tous droits|todos los|tutti i|alle rechten|inc\b|ltd\b|llc\b|"
    r"gmbh\b|ag\b|is a\b|\(|19|20)",
    re.IGNORECASE,
)
_LINES_BELOW: Final = 20
"""Lines below the body in which a source and its address are looked for."""
_NO_SOURCE: Final = frozenset({Label.BODY, Label.COMMENT, Label.APPEAL, Label.SHARE, Label.RELATED})


def find_publisher(page: Page, publishers: Sequence[Publisher], credited: Sequence[str]) -> Iterator[Claim]:
    """The publisher claims. ``credited`` are the authors and origins."""
    known = {name.casefold(): one.name for one in publishers for name in (one.name, *one.other_names)}
    yield from _datelines(page, known, credited)
    yield from _copyrights(page, known, credited)
    yield from _hosts(page, publishers)


def _datelines(page: Page, known: dict[str, str], credited: Sequence[str]) -> Iterator[Claim]:
    """“Harbour Review, November 3, 2017” above the text, by a name the page repeats in its boilerplate."""
    for line in credit_lines.head(page):
        found = dates.find(line.text) if len(line.text) < 120 and line.label is not Label.BODY else ()
        if len(found) != 1 or found[0].start == 0 or line.text[found[0].end :].strip(" .|"):
            continue
        name = line.text[: found[0].start].rstrip()
        if name[-1:] not in ",|–—-·•":
            continue
        name = name.rstrip(" ,|–—-·•")
        listed = known.get(name.casefold())
        if listed or (person_names.is_name(name) and name not in credited and _repeated(page, line, name)):
            yield Claim(Field.PUBLISHER, (listed or name,), "publisher.dateline", line.number)


def _repeated(page: Page, line: Line, name: str) -> bool:
    """Whether boilerplate elsewhere on the page has the name too."""
    return any(name in other.text for other in page.lines if other is not line and other.label is not Label.BODY)


def _copyrights(page: Page, known: dict[str, str], credited: Sequence[str]) -> Iterator[Claim]:
    for line in page.lines[page.last + 1 :]:
        if len(line.text) > 200 or line.label is Label.COMMENT:
            continue
        notice = _COPYRIGHT.search(line.text) if _MARK.search(line.text) else None
        if not notice:
            continue
        name = _AFTER_NAME.split(notice["name"], maxsplit=1)[0].strip()
        listed = name.casefold() in known
        if listed or (person_names.is_name(name) and name not in credited and _repeated(page, line, name)):
            yield Claim(Field.PUBLISHER, (known.get(name.casefold(), name),), "publisher.copyright", line.number)


def _hosts(page: Page, publishers: Sequence[Publisher]) -> Iterator[Claim]:
    """A notice that begins with the host of a listed publisher."""
    hosts = {host.casefold(): one.name for one in publishers for host in one.hosts}
    if not hosts:
        return
    for line in page.lines[page.last + 1 :]:
        if line.label is Label.NOTICE:
            word = line.text.split(" ", 1)[0].casefold().removeprefix("https://").removeprefix("http://").rstrip("/.,")
            name = hosts.get(word) or hosts.get(word.removeprefix("www."))
            if name:
                yield Claim(Field.PUBLISHER, (name,), "publisher.host", line.number)


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
    """The address the page gives for where its text first stood."""
    for line in (*credit_lines.head(page), *page.lines[page.last + 1 : page.last + 1 + _LINES_BELOW]):
        if len(line.raw) > 1000 or line.label in _NO_SOURCE or not _ORIGINAL.match(line.raw.strip()):
            continue
        address = _ADDRESS.search(line.raw)
        if address:
            yield Claim(Field.ORIGINAL_URL, (address[0].rstrip(".,;"),), "original-url.line", line.number)
