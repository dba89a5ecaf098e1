"""The features of names on a page, by which its authors are told apart from everybody else it names."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.publisher.host import Host
from stemma.clean.claims.publisher.names import names_host
from stemma.clean.claims.recognizers import credit_lines, cues, dates, organisations, person_names, roles
from stemma.records import Label

MANY_CUED: Final = 4
"""So many different names that cues announce, or more: a page of several texts."""
LEAD_LINES: Final = 12
"""Lines of the body that are read for whom the text is about."""
MIN_PROSE: Final = 60
"""Characters of such a line, at least."""
SIGNATURE_LINES: Final = 6
"""Lines at the end of the body in which a biographical note is looked for."""
PROFILE_LINES: Final = 40
"""Lines below the body in which it is."""
MAX_TIME_LINE: Final = 100
"""Characters of a line that gives a time beside a byline."""
MIN_SENTENCE: Final = 50
"""Characters; a longer line that ends as a sentence does is one."""
MAX_DATE_LINE: Final = 120
"""Characters of a line whose date is one of a byline."""

MAX_ADDRESS: Final = 30
"""Characters on either side of an @ that can be a name."""

_AGO: Final = re.compile(
    r"\b(?:ago|vor \d|hace|yesterday|today|heute|gestern|hours?|minutes|min|\d\d:\d\d|[A-Z][a-z]{2,8}\.? \d{1,2})\b",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(r",(?!\s(?:[JS]r|Esq|I{1,3}V?)\b)")
"""A degree after a name; "Jr." is part of it."""
_TEAM: Final = re.compile(r"\b(?:team|desk|staff|redaktion|editors|newsroom|redacción|rédaction)\b", re.IGNORECASE)
_CUED: Final = frozenset(("by", "below", "inside", "end"))
_WEAK: Final = frozenset(("lone", "dated", "rights", "self", "told", "more"))
"""Kinds of candidates that many pages have and few mean."""
_STEPS_GAP: Final = (2, 5, 15, 40)
_STEPS_TIMES: Final = (2, 3, 5, 9)
_STEPS_TITLE: Final = (-4, -1, 1, 2, 3, 4, 6, 9, 13, 21, 41)
_STEPS_BODY: Final = (-40, -20, -8, -5, -3, -2, -1, 0, 1, 3, 6, 12)
_STEPS_AFTER: Final = (-5, 1, 2, 4, 8, 14, 25)
_STEPS_REST: Final = (0, 1, 6, 16, 31, 61, 121)


class NamedLine(NamedTuple):
    """Names on a line: its place, its number, the names, how they are announced, and what the line says."""

    at: int
    number: int
    names: tuple[str, ...]
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class AuthorContext:
    """All names of a page that could be its authors', and what they show together.

    ``times`` counts the lines, ``dated`` are the places with a date near the names; ``heading`` is the title, ``lead``
    how the text begins, ``ending`` its end and what follows, ``imprint`` where the page names its publisher; ``cued``
    is how many different names cues announce; ``whole`` is the text of the page, ``handles`` what stands beside an @.
    """

    page: Page
    title: int | None
    found: tuple[NamedLine, ...]
    credited: frozenset[str]
    times: Counter[str]
    dated: frozenset[int]
    heading: str
    lead: str
    ending: str
    imprint: str
    host: Host | None
    cued: int
    whole: str
    handles: str

    @classmethod
    def of(
        cls,
        page: Page,
        title_line: int,
        found: Sequence[NamedLine],
        credited: frozenset[str],
        host: Host | None = None,
    ) -> AuthorContext:
        """The names of a page by the number of its title's line, 0 where there is none."""
        lines = page.lines if found else ()
        title = page.place(title_line) if found else None
        lead = lines[page.first : page.first + LEAD_LINES]
        tail = lines[max(page.first + 3, page.last - SIGNATURE_LINES) : page.last + PROFILE_LINES]
        first = {one.names[0] for one in found}
        near = sorted({at for one in found for at in range(max(0, one.at - 2), min(len(lines), one.at + 3))})
        return cls(
            page,
            title,
            tuple(found),
            credited,
            Counter([line.text for line in lines if line.text in first and line.label is not Label.BODY]),
            frozenset(at for at in near if len(lines[at].text) < MAX_DATE_LINE and dates.find(lines[at].text)),
            lines[title].text if title is not None else "",
            "\n".join([line.text for line in lead if line.label is Label.BODY and len(line.text) > MIN_PROSE]),
            "\n".join([line.text[:MAX_DATE_LINE] for line in tail]),
            _imprint(page, title) if found else "",
            host,
            min(MANY_CUED, len({one.names for one in found if one.kind in _CUED})),
            *_text(lines),
        )

    def features(self, one: NamedLine) -> Iterator[str]:
        """The features of some of the names."""
        line = self.page.lines[one.at]
        group = "cued" if one.kind in _CUED else one.kind
        below = "none" if self.title is None else str(bisect_right(_STEPS_TITLE, one.at - self.title))
        body = self._body(one.at)
        yield "any"
        yield f"kind-{one.kind}"
        yield f"label-{line.label}"
        yield f"label-{line.label}-{one.kind}"
        for feature in (f"title-{below}", f"body-{body}"):
            yield feature
            yield f"{feature}-{group}"
        yield from _name(one.names[0], group)
        if names_host(one.names[0], self.host):
            yield f"names-host-{group}"
        yield f"cued-names-{self.cued}-{group}"
        yield from _names(one.names, group)
        yield from _line(one, line, group)
        if credit_lines.is_guest(line.text[:MAX_DATE_LINE]):
            yield f"guest-{one.kind}"
        yield from self._dated(one, group)
        yield from self._beside(one.at)
        yield from self._others(one, group)
        yield from self._mentions(one, group)
        yield from self._elsewhere(one, group)
        yield from self._between(one, group)

    def _body(self, at: int) -> str:
        first, last = self.page.first, self.page.last
        if first >= len(self.page.lines):
            return "none"
        if at > last - SIGNATURE_LINES and at > first + 3:
            return f"after-{bisect_right(_STEPS_AFTER, at - last)}"
        return str(bisect_right(_STEPS_BODY, at - first))

    def _dated(self, one: NamedLine, group: str) -> Iterator[str]:
        """How near a date stands, or at least a time."""
        date = next((step for step in (0, 1, -1, 2, -2) if one.at + step in self.dated), None)
        yield f"date-{date}"
        yield f"date-{date}-{group}"
        if date is None:
            lines = self.page.lines[max(0, one.at - 1) : one.at + 2]
            own = self.page.lines[one.at]
            if any(
                len(line.text) < MAX_TIME_LINE and (line.label is Label.META or line is own) and _AGO.search(line.text)
                for line in lines
            ):
                yield f"time-{group}"

    def _beside(self, at: int) -> Iterator[str]:
        lines = self.page.lines
        if at + 1 < len(lines):
            under = lines[at + 1]
            yield f"below-{under.label}"
            if roles.is_role(under.text):
                yield "role-below"
            if under.level:
                yield "above-heading"
            if under.item:
                yield "above-item"
        if at:
            over = lines[at - 1]
            if credit_lines.is_other_role(over.text):
                yield "below-other-role"
            if at - 1 != self.title:
                yield f"above-{over.label}"
                if over.level:
                    yield "below-heading"
                if over.item:
                    yield "below-item"

    def _others(self, one: NamedLine, group: str) -> Iterator[str]:
        """What the other names of the page say of these."""
        own = set(one.names)
        others = [other for other in self.found if other.at != one.at]
        agreeing = [other for other in others if set(other.names) == own]
        differing = [other for other in others if set(other.names) != own]
        yield f"agreed-{group}" if agreeing else f"alone-{group}" if others else f"only-{group}"
        for kind in sorted({other.kind for other in agreeing}):
            yield f"agreed-by-{kind}"
        if not agreeing:
            if any(own.intersection(other.names) for other in others):
                yield "partly-agreed"
            if any(own < set(other.names) for other in others):
                yield "part-of-more"
            if any(one.names[0] in other.text for other in others):
                yield "in-other"
        yield from self._rivals(one, group, differing)
        yield from self._nearest(one, group, [other for other in differing if other.kind not in _WEAK])
        earlier = [other for other in differing if other.at < one.at]
        yield f"earlier-{min(len(earlier), 3)}-{group}"
        if not any(other.kind in _CUED for other in earlier):
            yield f"first-cued-{group}"

    def _rivals(self, one: NamedLine, group: str, differing: Sequence[NamedLine]) -> Iterator[str]:
        """Other names that say of these that they are a house's, or of somebody who only posted the text."""
        if any(other.kind in _CUED for other in differing):
            yield f"other-cued-{group}"
        if any(other.kind == "within" and credit_lines.is_guest(other.text) for other in differing):
            yield f"other-guest-{group}"
        if self.title is not None and any(
            other.kind == "line" and self.title < other.at < self.page.first and person_names.is_person(other.names[0])
            for other in differing
        ):
            yield f"other-line-{group}"
            if organisations.is_organisation(one.names[0]) or names_host(one.names[0], self.host):
                yield f"house-beside-line-{group}"

    def _nearest(self, one: NamedLine, group: str, strong: Sequence[NamedLine]) -> Iterator[str]:
        """Whether other names stand nearer to the title, or to the beginning of the text."""
        if not strong:
            yield f"only-strong-{group}"
            return
        centre = self.page.first if self.title is None else self.title + 1
        reach = abs(one.at - centre)
        nearest = all(reach < abs(other.at - centre) for other in strong)
        yield f"nearest-{nearest}-{group}"
        cued = [other for other in strong if other.kind in _CUED]
        if cued:
            yield f"nearest-of-cued-{all(reach < abs(other.at - centre) for other in cued)}-{group}"
        if nearest:
            gap = min(abs(other.at - centre) for other in strong) - reach
            yield f"nearest-by-{bisect_right(_STEPS_GAP, gap)}-{group}"

    def _elsewhere(self, one: NamedLine, group: str) -> Iterator[str]:
        """How the words are used on the rest of the page: as common words, in addresses, again and again."""
        first = one.names[0]
        words = first.split()
        common = sum(word.isalpha() and f" {word.casefold()} " in self.whole for word in words)
        yield f"common-{min(common, 2)}-{group}"
        if common == len(words):
            yield f"all-common-{group}"
        yield f"times-{bisect_right(_STEPS_TIMES, self.whole.count(first))}-{group}"
        last = words[-1].strip(".").casefold()
        if len(last) > 3 and last in self.handles:
            yield "addressed"
            yield f"addressed-{group}"

    def _between(self, one: NamedLine, group: str) -> Iterator[str]:
        """Whether names stand between the title and the text, and whether they are the only ones there."""
        if self.title is None or not self.title < one.at < self.page.first:
            return
        others = [other for other in self.found if self.title < other.at < self.page.first and other.at != one.at]
        strong = [other for other in others if other.kind not in _WEAK]
        yield f"between-{group}"
        yield f"between-with-{min(len(strong), 2)}-{group}"
        yield (
            f"between-{one.at - self.title}-{min(self.page.first - one.at, 4)}-{group}"
            if one.at - self.title < 4
            else "between-low"
        )

    def _mentions(self, one: NamedLine, group: str) -> Iterator[str]:
        """Where else the page speaks of the first of the names."""
        first = one.names[0]
        if self.times[first] > 1:
            yield f"repeated-{group}"
        if first in self.heading:
            yield f"in-title-{group}"
        if first in self.lead:
            yield f"in-lead-{group}"
            if f"\n{first}" in f"\n{self.lead}":
                yield f"opens-lead-{group}"
        elif " " in first and first.rsplit(" ", 1)[1] in self.lead:
            yield "surname-in-lead"
        if first in self.credited:
            yield "credited"
        if first in self.imprint:
            yield f"in-house-{group}"
        for start, feature in ((first, "told"), (first.split(" ", 1)[0], "told-by-first")):
            place = self.ending.find(f"\n{start} ")
            if place >= 0 and credit_lines.tells(self.ending[place + 1 + len(start) :]):
                yield feature
                return


def _text(lines: Sequence[Line]) -> tuple[str, str]:
    """The text of a page, and the words by which it addresses people or accounts."""
    whole = "\n".join([line.raw if "@" in line.raw else line.text for line in lines])
    around = whole.split("@")
    words = [f"{left[-MAX_ADDRESS:]} {right[:MAX_ADDRESS]}" for left, right in itertools.pairwise(around)]
    return whole, "\n".join(words).casefold()


def _imprint(page: Page, title: int | None) -> str:
    """The lines where a page names its publisher: notices, and the menu above the title."""
    top = (page.first if title is None else title) - 4
    return "\n".join(
        [line.text for at, line in enumerate(page.lines) if line.label is Label.NOTICE or (at < top and line.item)]
    )


def _name(first: str, group: str) -> Iterator[str]:
    """How the first of the names is written."""
    words = first.split()
    known = "given" if person_names.is_given(first) else "agency" if first.casefold() in cues.AGENCIES else "not-given"
    yield f"{known}-{group}"
    yield f"words-{min(len(words), 5)}"
    yield f"words-{min(len(words), 5)}-{group}"
    if not person_names.is_person(first.partition(",")[0]):
        yield f"no-person-{group}"
    if first.isupper() and len(first) > 4:
        yield "loud"
    if first[:1].islower():
        yield "small"
    if not first.isascii():
        yield "other-signs"
    if any(token.endswith(".") and len(token) == 2 for token in words):
        yield "initial"
    if organisations.is_organisation(first):
        yield f"house-{group}"
    if _TEAM.search(first):
        yield f"team-{group}"


def _names(given: tuple[str, ...], group: str) -> Iterator[str]:
    """How many names there are, and of what sort."""
    count = min(len(given), 3)
    yield f"count-{count}"
    yield f"count-{count}-{group}"
    if count > 1:
        yield "all-given" if all(map(person_names.is_given, given)) else "not-all-given"
    if any(_TITLED.search(name) for name in given):
        yield "credential"


def _line(one: NamedLine, line: Line, group: str) -> Iterator[str]:
    """What the line is and says besides the names."""
    if line.item:
        yield "item"
        yield f"item-{group}"
    if line.level:
        yield f"heading-{group}"
    yield f"rest-{bisect_right(_STEPS_REST, len(line.text) - sum(map(len, one.names)))}-{group}"
    if roles.is_role(line.text[:MAX_DATE_LINE]):
        yield "role-beside"
    if one.kind in ("told", "self") and roles.says_role(line.text[: 2 * MAX_DATE_LINE]):
        yield "told-role"
    if line.text[-1:] in ".!?" and len(line.text) > MIN_SENTENCE:
        yield f"sentence-{group}"
