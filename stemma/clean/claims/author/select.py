"""Who signs a page: the authors it names, ranked from every place that names any.

Names after a cue, on its line or below it, beside a date, alone on a line, in a profile below the text: each is ranked
by its features (:mod:`stemma.clean.claims.author.features`) with the weights of :file:`weights.toml`, fitted by
``training/claims.py``. Column headings and people a text speaks of look like authors and score low; where no names are
probable enough the page states no author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from stemma.clean.claims.author import biographies, unannounced
from stemma.clean.claims.author.features import AuthorContext, NamedLine
from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.publisher.host import Host
from stemma.clean.claims.ranking import MAX_CANDIDATES, Candidate, Ranking, Weights, rank, read_weights
from stemma.clean.claims.recognizers import credit_lines, dates, east_asian_names, person_names, roles
from stemma.records import Claim, Field, Label

MIN_PROBABILITY: Final = 0.65
"""What the most probable names need to be stated: cross-validated by site, wrong ones are then .05 of all pages."""
MIN_ALTERNATIVE_SCORE: Final = 0.0
"""The score above which other names are stated too, if a cue announces them."""
LINES_ABOVE_TITLE: Final = 6
"""How many lines above the title names are read."""
LINES_INTO_BODY: Final = 11
"""How many lines below the start of the body a byline is read that is labelled as something else,"""
BODY_LINES: Final = 5
"""and one that is labelled as body."""
MIN_LEAD: Final = 2
"""Lines of the body after which a name with a note on who that is can be a profile; above, it is a subject's."""
SIGNATURE_LINES: Final = 6
"""How many of the body's last lines may be a signature or a profile."""
PROFILE_LINES: Final = 14
"""How many lines below the body one may be."""
TITLE_REACH: Final = 3
"""Lines from the title in which a name alone can be a byline."""
MAX_DATE_LINE: Final = 160
"""Characters of a byline with a date."""
MIN_NAME_LINE: Final = 5
"""Characters of a line that is a name apart from title and text, at least."""
MAX_BLANKS: Final = 6
"""Blanks of such a line."""
MAX_NAME_LINE: Final = 60
"""Characters of a line of the body that is a name alone."""
MAX_FIRST_NAME: Final = 14
"""Characters of a line that is a first name alone, as letters and blogs are signed."""
SEVERAL_TEXTS: Final = 3
"""Different names that cues announce on a page without a title: it is a page of several texts, and nobody's."""
OPENING: Final = 60
"""Characters of a paragraph in which a Korean report names its reporter."""
WEIGHTS: Final = read_weights("author/weights.toml")

_RULES: Final = {
    "by": "by",
    "below": "below-cue",
    "inside": "by-within-line",
    "beside": "beside-date",
    "line": "name-line",
    "several": "name-line",
    "posted": "posted-by",
    "handle": "posted-by",
    "end": "signature",
    "more": "profile",
    "told": "profile",
    "any-cued": "by",
    "any-below": "below-cue",
    "lone": "name-line",
    "dated": "beside-date",
    "self": "introduction",
    "rights": "copyright",
    "within": "by-within-line",
}
_ANNOUNCED: Final = frozenset({"by", "below", "inside", "end", "posted"})
_POSTED: Final = frozenset({"posted", "handle"})
_PROSE: Final = frozenset({Label.BODY, Label.CREDIT})
_SEPARATORS: Final = re.compile(r"\s*(?:[|•·●/♦►→]|//|\s[–—-]+\s|,\s*\||;\s|\s{2,}|\t)\s*")
_TIME: Final = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:uhr|h|a\.?m\.?|p\.?m\.?|[a-z]{2,4}t)?\b|\b\d+\s?(?:min\w*|comments?|kommentare?|views?|words?|shares?)\b(?:\s(?:read|lesezeit))?",
    re.IGNORECASE,
)
_INNER: Final = re.compile(
    r"(?:^|(?<=\s))(?:(?:written\s)?(?:by|von|par|por|di|door|author|autor/in|autor)\s*:?\s+(?=\S)"
    r"|(?-i:(?:by|von|par|por)(?=[A-ZÀ-Þ][a-zß-ÿ])))",
    re.IGNORECASE,
)
_BOILERPLATE: Final = frozenset({Label.APPEAL, Label.NOTICE, Label.SHARE})


def rank_authors(
    page: Page,
    title_line: int,
    credited: frozenset[str] = frozenset(),
    weights: Mapping[str, Weights] = WEIGHTS,
    *,
    host: Host | None = None,
) -> Ranking:
    """Who wrote the text, as far as the page says; names that sign it differently are alternatives.

    ``title_line`` is the number of the title's line, or 0; ``credited`` are the names of those whom the page credits as
    its origin; ``host``: in whose folder the page was received.
    """
    return rank(candidates(page, title_line, credited, host), weights, MIN_PROBABILITY, MIN_ALTERNATIVE_SCORE)


def candidates(
    page: Page, title_line: int, credited: frozenset[str] = frozenset(), host: Host | None = None
) -> list[Candidate]:
    """The names of a page that could be its authors', each with its features."""
    # Whoever posted a text that the page credits to somebody else did not write it.
    named = (one for one in _found(page, title_line) if not (credited and one.kind in _POSTED))
    found = tuple(islice(named, MAX_CANDIDATES))
    context = AuthorContext.of(page, title_line, found, credited, host)
    if context.title is None and context.cued >= SEVERAL_TEXTS:
        return []
    read = [(one, tuple(context.features(one))) for one in found]
    # A name alone above a text that begins with it is whom the text is about, unless a date says otherwise.
    return [
        _candidate(one, features)
        for one, features in read
        if one.kind != "line" or "opens-lead-line" not in features or "date-None" not in features
    ]


def _candidate(one: NamedLine, features: tuple[str, ...]) -> Candidate:
    claim = Claim(Field.AUTHOR, one.names, f"author.{_RULES[one.kind]}", one.number)
    return Candidate(claim, features, frozenset(one.names), alternative=one.kind in _ANNOUNCED)


def _found(page: Page, title_line: int) -> Iterator[NamedLine]:
    """Names about the title, in the head and at the end of the text, and on lines taken for bylines."""
    lines = page.lines
    title = page.place(title_line)
    if title is None:
        start, end = max(0, page.first - credit_lines.LINES_ABOVE_BODY), page.first + LINES_INTO_BODY
    else:
        start, end = (
            max(0, title - LINES_ABOVE_TITLE),
            min(title + credit_lines.LINES_BELOW_TITLE, max(page.first, title) + LINES_INTO_BODY),
        )
    low = max(page.first, title or 0) + BODY_LINES
    tail = max(page.first + 3, page.last - SIGNATURE_LINES, end)
    below = page.last + PROFILE_LINES
    for at, line in enumerate(lines):
        label = line.label
        if at > max(page.first + MIN_LEAD, title or 0) and _opens_profile(lines, at):
            yield _named(line, at, (line.text,), "told")
            continue
        yield from _anywhere(lines, at, page)
        inside = start <= at < end or tail <= at < below or label is Label.META
        if label in _BOILERPLATE or at == title or not inside:
            far = not (label in _BOILERPLATE or at == title) and MIN_NAME_LINE <= len(line.text) <= MAX_NAME_LINE
            yield from _apart(lines, at) if far else ()
            continue
        if credit_lines.is_other_role(line.text):
            given = credit_lines.written_after(line.text)
            yield from (_named(line, at, given, "by"),) if given else ()
            continue
        head = at < end and (label is not Label.BODY or line.level or at < low)
        foot = at > page.last - SIGNATURE_LINES if start <= at < end else tail <= at < below
        found = tuple(_in_head(lines, at, title)) if head or not foot else ()
        yield from found or (_in_tail(lines, at) if foot and at > page.first else ())


def _opens_profile(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a name, and the next one begins with that name and says who it is."""
    text = lines[at].text
    if at + 1 == len(lines) or len(text) > MAX_NAME_LINE or " " not in text:
        return False
    below = lines[at + 1].text
    told = below.startswith(text) and credit_lines.tells(below[len(text) :])
    return told and person_names.is_person(text)


def _apart(lines: Sequence[Line], at: int) -> Iterator[NamedLine]:
    """A person's name alone far from title and text, with a date, the name again, or what the person is beside it."""
    line = lines[at]
    if line.label is Label.COMMENT or not 0 < line.text.count(" ") <= MAX_BLANKS or not line.text[0].isupper():
        return
    if not person_names.may_be_name_line(line.text):
        return
    around = [lines[place].text for place in (at - 1, at + 1) if 0 <= place < len(lines)]
    under = lines[at + 1].text if at + 1 < len(lines) else ""
    if line.label is Label.BODY:
        beside = roles.is_role(under)
    else:
        beside = (
            line.text in around
            or roles.is_role(under)
            or any(len(text) <= MAX_DATE_LINE and dates.find(text) for text in around)
        )
    given = person_names.name_line(line.text) if beside else ()
    if given:
        yield _named(line, at, given, "line")


def _anywhere(lines: Sequence[Line], at: int, page: Page) -> Iterator[NamedLine]:
    """Whose the page is by its notice of rights, which reporter opens the text, and who introduces themselves."""
    line = lines[at]
    if line.label is not Label.BODY:
        owner = biographies.holder(line.text) if at > page.first else ()
        if owner:
            yield _named(line, at, owner, "rights")
    elif page.first <= at <= page.first + 1 and len(line.text) > credit_lines.MAX_BYLINE:
        given = east_asian_names.reporters(line.text[:OPENING])
        if given:
            yield _named(line, at, given, "by")
    name = "" if line.label is Label.COMMENT else biographies.introduced(line.text)
    if name:
        yield _named(line, at, (name,), "self")


def _in_head(lines: Sequence[Line], at: int, title: int | None = None) -> Iterator[NamedLine]:
    """The names of a line that can be a byline, by the first way of reading them that finds any."""
    line = lines[at]
    if len(line.text) > credit_lines.MAX_BYLINE:
        return
    found = next(_cued(lines, at), None)
    if found is None and (credit_lines.poster_of(line.text) or (at and credit_lines.is_other_cue(lines[at - 1].text))):
        return
    if found is None and line.label is not Label.CREDIT:
        found = _uncued(lines, at, title)
    if found is None:
        kind, name = credit_lines.loosely(lines, at)
        given, kind = ((name,), kind) if name else (person_names.several(line.text), "several")
        found = _named(line, at, given, kind) if given else None
    if found is None:
        given = credit_lines.within(line.text)
        found = _named(line, at, given, "within") if given else None
    if found is None:
        kind, name = unannounced.named(lines, at, title)
        found = _named(line, at, (name,), kind) if name else None
    if found:
        yield found


def _in_tail(lines: Sequence[Line], at: int) -> Iterator[NamedLine]:
    """The names of a line at the end of the text or below it."""
    line = lines[at]
    if line.label is Label.COMMENT:
        return
    found: NamedLine | None = None
    if line.label is not Label.BODY and len(line.text) <= credit_lines.MAX_BYLINE:
        found = next(_cued(lines, at, "by" if line.label is Label.META else "end"), None)
    if found is None:
        kind, given = biographies.named(line)
        found = _named(line, at, given, kind) if given else None
    if found is None and len(line.text) <= MAX_FIRST_NAME and person_names.is_first_name(line.text):
        found = _named(line, at, (line.text,), "lone")
    if (
        found is None
        and line.label not in _PROSE
        and len(line.text) <= MAX_DATE_LINE
        and not credit_lines.poster_of(line.text)
    ):
        found = _uncued(lines, at)
    if found:
        yield found


def _named(line: Line, at: int, given: Sequence[str], kind: str) -> NamedLine:
    return NamedLine(at, line.number, tuple(given), kind, line.text)


def _cued(lines: Sequence[Line], at: int, kind: str = "by") -> Iterator[NamedLine]:
    """Names after a cue, on its line or on those below it."""
    line = lines[at]
    poster = credit_lines.poster_of(line.text)
    if poster:
        if " " in poster or person_names.is_given(poster):
            yield _named(line, at, (poster,), "posted")
        # "Posted by boatman" names who put the text here; "posted on 3 May 2020 by boatman" is how a blog signs.
        elif any(day.end < line.text.rfind(poster) for day in dates.find(line.text)):
            yield _named(line, at, (poster,), "handle")
        return
    given = credit_lines.named(_whole(lines, at))
    if given:
        yield _named(line, at, given, kind)
        return
    given = credit_lines.below(lines, at)
    if given:
        yield _named(lines[at + 1], at + 1, given, "below")


def _whole(lines: Sequence[Line], at: int) -> str:
    """A line, with the next one where a narrow page broke it."""
    line = lines[at]
    if not 60 < len(line.text) <= 80 or at + 1 == len(lines) or line.text[-1] in ".:!?|":
        return line.text
    after = lines[at + 1]
    joined = after.number == line.number + 1 and len(after.text) < len(line.text)
    return f"{line.text} {after.text}" if joined else line.text


def _uncued(lines: Sequence[Line], at: int, title: int | None = None) -> NamedLine | None:
    """Names beside a date, or alone on a line and on those below it."""
    line = lines[at]
    if line.label is Label.BODY and len(line.text) > MAX_NAME_LINE:
        return None
    if len(line.text) < MAX_DATE_LINE and dates.find(line.text):
        given, cued = _beside_date(line.text)
        return _named(line, at, given, "inside" if cued else "beside") if given else None
    if not person_names.may_be_name_line(line.text) or not _may_sign(lines, at, title):
        return None
    given = _together(lines, at)
    if len(given) == 1 and given[0].count(" ") > 2:
        given = person_names.several(line.text) or given
    return _named(line, at, given, "line") if given else None


def _may_sign(lines: Sequence[Line], at: int, title: int | None) -> bool:
    """Whether a line without cue and date can be a byline: by its script or given name, near the title or a date."""
    line = lines[at]
    return (
        line.label is Label.META
        or person_names.is_given(line.text)
        or not line.text.isascii()
        or (title is not None and abs(at - title) <= TITLE_REACH)
        or (title is None and line.label is not Label.BODY and at < TITLE_REACH)
        or dates.possible(
            " ".join([other.text for other in lines[max(0, at - 2) : at + 4] if len(other.text) < MAX_DATE_LINE])
        )
    )


def _beside_date(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of a line that has a date too, and whether a cue stands before them."""
    for mention in reversed(dates.find(text)):
        text = f"{text[: mention.start]} | {text[mention.end :]}"
    text = _TIME.sub(" | ", text)
    cue = _INNER.search(text)
    if cue and not credit_lines.OTHER_CUE.search(text[: cue.start()]):
        rest = text[cue.end() :]
        word = rest.split(" ", 1)[0]
        handle = person_names.is_handle(word) and cue[0].strip().casefold() in {"by", "von", "par", "por"}
        return person_names.announced(rest) or ((word,) if handle else ()), True
    told = east_asian_names.reporters(text)
    if told:
        return told, False
    for part in _SEPARATORS.split(text):
        if credit_lines.is_note(part) or dates.is_calendar_name(part):
            continue
        if east_asian_names.is_name(part.strip()):
            return (part.strip(),), False
        ranked = east_asian_names.ranked_name(part.strip())
        if ranked:
            return (ranked,), False
        given = person_names.announced(part.strip(" .:*,"))
        if given and all(map(person_names.is_someone, given)):
            return given, False
    return (), False


def _together(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """The names of a line of names, and of the lines of names right below it."""
    given: tuple[str, ...] = ()
    for place, line in enumerate(lines[at : at + 4], at):
        dated = place + 1 < len(lines) and len(lines[place + 1].text) < MAX_DATE_LINE
        more = person_names.name_line(line.text, placed=dated and bool(dates.find(lines[place + 1].text)))
        if not more or (given and not person_names.is_given(more[0])):
            break
        given = tuple(dict.fromkeys((*given, *more)))
    return given
