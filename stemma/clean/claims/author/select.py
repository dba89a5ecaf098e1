"""Who signs a page: the authors it names, from every place that names any.

Names after a cue, on its line or below it, beside a date, alone on a line, in a profile below the text: each is weighed
by what is seen of it (:mod:`stemma.clean.claims.author.features`); the weights stand in :file:`weights.toml`, fitted by
``training/claims.py``. Column headings and people a text tells of look like authors and weigh little; where no names
have a fair share of the weight the page states no author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from stemma.clean.claims.author import biographies
from stemma.clean.claims.author.features import Named, Signers
from stemma.clean.claims.page import Line, Sheet
from stemma.clean.claims.ranking import CROWD, shares, weight, weights
from stemma.clean.claims.recognizers import credit_lines, dates, person_names
from stemma.records import Claim, Field, Label

ENOUGH: Final = 0.52
"""The share of the weight names need: where wrong ones are as many as may be, in cross-validation by site."""
ALSO: Final = 0.0
"""What other names weigh that are told as well, if a cue announces them."""
OVER: Final = 4
"""How many lines above the title a name may stand,"""
INTO: Final = 11
"""how far into the body a byline that is no part of it,"""
WITHIN: Final = 5
"""and how far one that is;"""
SIGNED: Final = 6
"""how many of the body's last lines may be a signature or a profile,"""
BELOW: Final = 14
"""and how many lines below it one may stand."""
DATED: Final = 160
"""A longer line is no byline with a date."""
PROSE: Final = 60
"""and a longer line of the body no name alone."""
WEIGHTS: Final = weights("author/weights.toml")

_RULES: Final = {
    "by": "by",
    "below": "below-cue",
    "inside": "by-inside",
    "beside": "beside-date",
    "line": "name-line",
    "several": "name-line",
    "posted": "posted-by",
    "handle": "posted-by",
    "end": "at-the-end",
    "more": "profile",
    "told": "profile",
    "any-cued": "by",
    "any-below": "below-cue",
}
_ANNOUNCED: Final = frozenset({"by", "below", "inside", "end", "posted"})
_POSTED: Final = frozenset({"posted", "handle"})
_TOLD: Final = frozenset({Label.BODY, Label.CREDIT})
_SIGNS: Final = re.compile(r"\s*(?:[|•·●/♦►→]|//|\s[–—-]+\s|,\s*\||;\s|\s{2,}|\t)\s*")
_TIME: Final = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:uhr|h|a\.?m\.?|p\.?m\.?|[a-z]{2,4}t)?\b|\b\d+\s?(?:min\w*|comments?|kommentare?|views?|words?|shares?)\b(?:\s(?:read|lesezeit))?",
    re.IGNORECASE,
)
_INNER: Final = re.compile(
    r"(?:^|(?<=\s))(?:written\s)?(?:by|von|par|por|di|door|author|autor/in|autor)\s*:?\s+(?=\S)", re.IGNORECASE
)
_FURNITURE: Final = frozenset({Label.APPEAL, Label.NOTICE, Label.SHARE})


def authors(sheet: Sheet, title_line: int, credited: frozenset[str]) -> Iterator[Claim]:
    """Who wrote the text, as far as the page says. ``credited`` are the names of those it credits as its origin."""
    weighed = [(one, weight(facts, WEIGHTS)) for one, facts in candidates(sheet, title_line, credited)]
    ranked = shares([(frozenset(one.names), heavy) for one, heavy in weighed])
    if not ranked or ranked[0][1] < ENOUGH:
        return
    for at, (given, _) in enumerate(ranked):
        pairs = [(one, heavy) for one, heavy in weighed if frozenset(one.names) == given]
        best, heavy = max(pairs, key=lambda pair: pair[1])
        if at == 0 or (heavy > ALSO and best.kind in _ANNOUNCED):
            yield Claim(Field.AUTHOR, best.names, f"author.{_RULES[best.kind]}", best.number)


def candidates(
    sheet: Sheet, title_line: int, credited: frozenset[str] = frozenset()
) -> list[tuple[Named, tuple[str, ...]]]:
    """The names of a page that could be its authors', each with what is seen of them."""
    # Whoever posted a text that the page credits to somebody else did not write it.
    named = (one for one in _found(sheet, title_line) if not (credited and one.kind in _POSTED))
    found = tuple(islice(named, CROWD))
    signers = Signers.of(sheet, title_line, found, credited)
    read = [(one, tuple(signers.seen(one))) for one in found]
    # A name alone above a text that begins with it is whom the text is about.
    return [(one, facts) for one, facts in read if one.kind != "line" or "opens-lead-line" not in facts]


def _found(sheet: Sheet, title_line: int) -> Iterator[Named]:
    """Names about the title, in the head and at the end of the text, and on lines taken for bylines."""
    lines = sheet.lines
    title = sheet.place(title_line)
    if title is None:
        start, end = max(0, sheet.first - credit_lines.HEAD), sheet.first + INTO
    else:
        start, end = max(0, title - OVER), min(title + credit_lines.BELOW, max(sheet.first, title) + INTO)
    low = max(sheet.first, title or 0) + WITHIN
    tail = max(sheet.first + 3, sheet.last - SIGNED, end)
    below = sheet.last + BELOW
    for at, line in enumerate(lines):
        label = line.label
        if not (start <= at < end or tail <= at < below or label is Label.META) or label in _FURNITURE:
            continue
        if at == title or credit_lines.is_other_role(line.text):
            continue
        if start <= at < end:
            if label is not Label.BODY or line.level or at < low:
                yield from _in_head(lines, at)
        else:
            yield from _in_tail(lines, at) if tail <= at < below else _in_head(lines, at)


def _in_head(lines: Sequence[Line], at: int) -> Iterator[Named]:
    """The names of a line that can be a byline, by the first way of reading them that finds any."""
    line = lines[at]
    if len(line.text) > credit_lines.LONGEST:
        return
    found = next(_cued(lines, at), None)
    if found is None and (credit_lines.poster_of(line.text) or (at and credit_lines.is_other_cue(lines[at - 1].text))):
        return
    if found is None and line.label is not Label.CREDIT:
        found = _uncued(lines, at)
    if found is None:
        kind, name = credit_lines.loosely(lines, at)
        given, kind = ((name,), kind) if name else (person_names.several(line.text), "several")
        found = _named(line, at, given, kind) if given else None
    if found:
        yield found


def _in_tail(lines: Sequence[Line], at: int) -> Iterator[Named]:
    """The names of a line at the end of the text or below it."""
    line = lines[at]
    if line.label is Label.COMMENT:
        return
    found: Named | None = None
    if line.label is not Label.BODY and len(line.text) <= credit_lines.LONGEST:
        found = next(_cued(lines, at, "by" if line.label is Label.META else "end"), None)
    if found is None:
        kind, given = biographies.named(line)
        found = _named(line, at, given, kind) if given else None
    if found is None and line.label not in _TOLD and len(line.text) <= DATED and not credit_lines.poster_of(line.text):
        found = _uncued(lines, at)
    if found:
        yield found


def _named(line: Line, at: int, given: Sequence[str], kind: str) -> Named:
    return Named(at, line.number, tuple(given), kind, line.text)


def _cued(lines: Sequence[Line], at: int, kind: str = "by") -> Iterator[Named]:
    """Names after a cue, on its line or on those below it."""
    line = lines[at]
    poster = credit_lines.poster_of(line.text)
    if poster:
        if " " in poster or person_names.is_given(poster):
            yield _named(line, at, (poster,), "posted")
        # "Posted by boatman" tells who put the text here; "posted on 3 May 2020 by boatman" is how a blog signs.
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


def _uncued(lines: Sequence[Line], at: int) -> Named | None:
    """Names beside a date, or alone on a line and on those below it."""
    line = lines[at]
    if line.label is Label.BODY and len(line.text) > PROSE:
        return None
    if len(line.text) < DATED and dates.find(line.text):
        given, cued = _beside_date(line.text)
        return _named(line, at, given, "inside" if cued else "beside") if given else None
    if not person_names.may_be_alone(line.text) or not _may_sign(lines, at):
        return None
    given = _together(lines, at)
    if len(given) == 1 and given[0].count(" ") > 2:
        given = person_names.several(line.text) or given
    return _named(line, at, given, "line") if given else None


def _may_sign(lines: Sequence[Line], at: int) -> bool:
    """Whether a line without cue and date can be a byline: by a given name, another script, or a date close by."""
    line = lines[at]
    return (
        line.label is Label.META
        or person_names.is_given(line.text)
        or not line.text.isascii()
        or dates.possible(" ".join([other.text for other in lines[max(0, at - 2) : at + 3] if len(other.text) < DATED]))
    )


def _beside_date(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of a line that has a date too, and whether a cue stands before them."""
    for sighting in reversed(dates.find(text)):
        text = f"{text[: sighting.start]} | {text[sighting.end :]}"
    text = _TIME.sub(" | ", text)
    cue = _INNER.search(text)
    if cue and not credit_lines.OTHER_CUE.search(text[: cue.start()]):
        rest = text[cue.end() :]
        word = rest.split(" ", 1)[0]
        handle = person_names.is_handle(word) and cue[0].strip().casefold() in {"by", "von", "par", "por"}
        return person_names.announced(rest) or ((word,) if handle else ()), True
    for part in _SIGNS.split(text):
        given = person_names.announced(part.strip(" .:*,"))
        if given and all(map(person_names.is_someone, given)):
            return given, False
    return (), False


def _together(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """The names of a line of names, and of the lines of names right below it."""
    given: tuple[str, ...] = ()
    for line in lines[at : at + 4]:
        more = person_names.alone(line.text)
        if not more or (given and not person_names.is_given(more[0])):
            break
        given = tuple(dict.fromkeys((*given, *more)))
    return given
