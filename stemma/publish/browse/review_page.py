"""The curator's list as a page of the site, where the settings ask for it: what needs review, worst first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.curation.review import review
from stemma.publish.browse.pagination import MAX_ENTRIES, Pager, numbered, pager
from stemma.publish.index import Index
from stemma.publish.output import urls
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import messages
from stemma.settings import Settings

_THINGS: Final = (
    messages("%(num)s thing", "%(num)s things"),
    messages("%(first)s to %(last)s of %(num)s things", "%(first)s to %(last)s of %(num)s things"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to review: the text, the page to open, what is wrong, the line to change."""

    path: str
    page: str
    what: str
    line: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of the list."""

    findings: tuple[Finding, ...]
    pager: Pager


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """The list, page by page; nothing unless ``review_page`` is set."""
    if not settings.review_page:
        return
    found = review(index.archive)
    address = numbered("review")
    for number, first in enumerate(range(0, max(len(found), 1), MAX_ENTRIES), start=1):
        findings = tuple(
            Finding(urls.text(one.id), one.page, one_line(one.what), one_line(one.line))
            for one in found[first : first + MAX_ENTRIES]
        )
        yield renderer.page(
            "review.html",
            address(number),
            ReviewPage(findings, pager(number, len(found), address, _THINGS, renderer.tr)),
        )
