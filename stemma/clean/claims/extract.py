"""Everything a page states of itself, each claim with the rule that read it and the line it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from stemma.clean.claims import language, mail
from stemma.clean.claims.author.select import WEIGHTS as AUTHOR_WEIGHTS
from stemma.clean.claims.author.select import rank_authors
from stemma.clean.claims.date.select import WEIGHTS as DATE_WEIGHTS
from stemma.clean.claims.date.select import rank_dates
from stemma.clean.claims.origin import find_origin, find_original_url
from stemma.clean.claims.page import Page, lay_out
from stemma.clean.claims.publisher.host import host_of
from stemma.clean.claims.publisher.select import WEIGHTS as PUBLISHER_WEIGHTS
from stemma.clean.claims.publisher.select import rank_publishers
from stemma.clean.claims.ranking import Ranking, Weights
from stemma.clean.claims.recognizers.credit_lines import posted_by
from stemma.clean.claims.tags import find_tags
from stemma.clean.claims.title.prefilter import PREFILTER
from stemma.clean.claims.title.select import WEIGHTS as TITLE_WEIGHTS
from stemma.clean.claims.title.select import rank_titles
from stemma.records import Claim, Evidence, Field, Label, Publisher

LANGUAGE_LINES: Final = 20
"""Lines of the main body from which its language is measured."""


@dataclass(frozen=True, slots=True)
class ClaimWeights:
    """The weights of every ranking: those in the package, or others that are being fitted or cross-validated."""

    prefilter: Mapping[str, Weights]
    title: Mapping[str, Weights]
    author: Mapping[str, Weights]
    date: Mapping[str, Weights]
    publisher: Mapping[str, Weights]


SHIPPED: Final = ClaimWeights(PREFILTER, TITLE_WEIGHTS, AUTHOR_WEIGHTS, DATE_WEIGHTS, PUBLISHER_WEIGHTS)
"""The weights in the package."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The claims of a page, and how those with several candidates were chosen.

    Claims of one field are together: the one that holds first, then those that disagree.
    """

    claims: tuple[Claim, ...]
    title: Ranking
    author: Ranking
    date: Ranking
    publisher: Ranking


def extract(
    lines: tuple[str, ...],
    labels: tuple[Label | None, ...],
    evidence: tuple[Evidence | None, ...],
    publishers: tuple[Publisher, ...] = (),
    *,
    folder: str = "",
    weights: ClaimWeights = SHIPPED,
) -> Extraction:
    """The claims of a page. What the page does not state is absent.

    ``labels`` and ``evidence`` run along ``lines``; they are None for a blank line. ``folder``
    is the folder the page was received in; where it is named after a host, the host says which name to look for.
    """
    page = lay_out(lines, labels)
    host = host_of(folder)
    stated = {claim.field: claim for claim in mail.claims(page)}
    origins = tuple(find_origin(page))
    title = rank_titles(
        page, evidence, {one.line for one in origins if one.line}, weights.title, weights.prefilter, host=host
    )
    title = _with(title, stated.get(Field.TITLE))
    title_line = _line(title.claims)
    author = rank_authors(page, title_line, frozenset(one.value for one in origins), weights.author, host=host)
    author = _with(author, stated.get(Field.AUTHOR))
    measured = _language(page)
    elsewhere = frozenset(one.line for one in origins if one.field is Field.ORIGIN_DATE and one.line)
    code = measured.value if measured else ""
    date = rank_dates(page, title_line, elsewhere, code, _line(author.claims), weights=weights.date)
    date = _with(date, stated.get(Field.DATE))
    credited = [value for claim in (*origins, *author.claims) for value in claim.values]
    publisher = rank_publishers(page, folder, title_line, credited, publishers, weights=weights.publisher)
    claims = (
        *title.claims,
        *_distinct(publisher.claims),
        *_distinct(author.claims),
        *_distinct(date.claims),
        *_distinct(one for one in origins if one.field is Field.ORIGIN),
        *_distinct(one for one in origins if one.field is Field.ORIGIN_DATE),
        *_distinct(posted_by(page)),
        *_distinct(find_original_url(page)),
        *((measured,) if measured else ()),
        *find_tags(page),
    )
    return Extraction(claims, title, author, date, publisher)


def _with(ranking: Ranking, stated: Claim | None) -> Ranking:
    """A ranking whose first claim is one that the header of a message states."""
    return replace(ranking, claims=(stated, *ranking.claims)) if stated else ranking


def _line(claims: tuple[Claim, ...]) -> int:
    """The number of the line of the claim that holds, 0 where there is none."""
    return (claims[0].line or 0) if claims else 0


def _distinct(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims of one field, without those that repeat an earlier one."""
    seen: set[tuple[str, ...]] = set()
    for claim in claims:
        key = tuple(value.casefold() for value in claim.values)
        if key not in seen:
            seen.add(key)
            yield claim


def _language(page: Page) -> Claim | None:
    lines = page.lines[page.first : page.first + LANGUAGE_LINES]
    return language.measured(" ".join(line.text for line in lines if line.label is Label.BODY))
