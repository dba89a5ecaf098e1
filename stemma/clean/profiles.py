"""The authors a page names below its text, or anywhere but at its head: in a signature, a profile, a stray byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stemma.clean import bylines, names
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import Claim, Field, Label

TAIL: Final = 14
"""A profile stands at most this many lines below the body, an announced author"""
NEAR: Final = 8
"""at most so many."""
FAR: Final = 40
"""How many lines below the body a profile may go on."""
SIGNED: Final = 6
"""How many of the body's last lines may be a signature or a profile."""
SHORT: Final = 100
ENOUGH: Final = 3
"""The evidence a name needs that no cue announces."""

_TOLD: Final = re.compile(r"([A-ZÀ-Þ]\S{1,20}(?:\s\S{1,20}){1,3}?)\s(?:is|ist|est|es)\s(?:an?|the|eine?|freie|une?)\s")
_TELLS: Final = re.compile(
    r"\b(?:is an?|writes|writer|author|journalist|founder|editor|reporter|freelance|autorin?|redakteurin?|journalistin|"
    r"schreibt|periodista|giornalista|years of experience)\b",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(r"about the author\b", re.IGNORECASE)
_MORE_BY: Final = re.compile(
    r"(?:about|über|more from|(?:read )?more (?:(?:articles|stories|posts) )?by|view all posts by|posts by|"
    r"latest posts by|"
    r"mehr von|alles von|alle beiträge von|weitere artikel von|ver más de|tous les articles de|"
    r"this (?:post|article|story) was (?:originally )?written by|written by|by)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)


def authors(sheet: Sheet) -> Iterator[Claim]:
    """Names announced below the text, profiles, then what a cue announces anywhere else."""
    tail = [
        line
        for line in sheet.lines[max(sheet.first + 3, sheet.last - SIGNED) : sheet.last + FAR]
        if line.label is not Label.COMMENT
    ]
    near = [line for line in tail if line.number <= _number(sheet, sheet.last + NEAR)]
    for at, line in enumerate(near):
        found = (
            bylines.strongly(line.text)
            if line.label is not Label.BODY or len(line.text) < SHORT or _ABOUT.match(line.text)
            else ()
        )
        if found:
            yield Claim(Field.AUTHOR, found, "author.at-the-end", line.number)
            return
        below = bylines.below(near, at) if line.label is not Label.BODY else ()
        if below:
            yield Claim(Field.AUTHOR, below, "author.at-the-end", near[at + 1].number)
            return
    yield from _profiles(sheet, tail)
    yield from _elsewhere(sheet)


def _number(sheet: Sheet, at: int) -> int:
    return sheet.lines[min(at, len(sheet.lines) - 1)].number if sheet.lines else 0


def _profiles(sheet: Sheet, tail: list[Line]) -> Iterator[Claim]:
    """A person right below the text, named again by a profile or by a link to more of theirs."""
    texts = [line.text for line in tail]
    end = _number(sheet, sheet.last + TAIL)
    for at, line in enumerate(tail):
        if line.number > end:
            return
        cue = _MORE_BY.match(line.text) if len(line.text) < bylines.LONGEST else None
        profile = _TOLD.match(line.text) if cue is None and line.label is not Label.BODY else None
        if cue is None and profile is None and not names.is_given(line.text) and not _named_below(texts, at):
            continue
        words = line.text[cue.end() :] if cue else profile[1] if profile else ""
        given = names.announced(words) if words else names.alone(line.text)
        if len(given) == 1 and names.is_person(given[0]) and not (at and bylines.OTHER_ROLE.match(texts[at - 1])):
            weight = 2 * names.is_given(given[0]) + 2 * _named_below(texts, at, given[0]) + (cue is not None)
            weight += at + 1 < len(texts) and len(texts[at + 1]) > 60 and _TELLS.search(texts[at + 1]) is not None
            weight += at + 1 < len(texts) and names.is_role(texts[at + 1])
            weight += 2 * (profile is not None and _TELLS.search(line.text) is not None)
            if weight >= ENOUGH:
                yield Claim(Field.AUTHOR, given, "author.profile", line.number)
                return


def _named_below(texts: Sequence[str], at: int, name: str = "") -> bool:
    """Whether a line near a name begins to tell who that is: "Ada Quist is a pilot", or "Ada writes"."""
    name = name or texts[at]
    if len(name) > names.LONGEST_NAME or " " not in name:
        return False
    first = name.split(" ", 1)[0]
    return any(
        text.startswith(word) and bylines.tells(text[len(word) :])
        for text in texts[at + 1 : at + 12]
        for word in (name, first)
    )


def _elsewhere(sheet: Sheet) -> Iterator[Claim]:
    """The one byline among the lines above the text that were taken for bylines, wherever it stands."""
    claims = []
    for at, line in enumerate(sheet.lines[: sheet.last + TAIL]):
        if line.label is Label.META and len(line.text) < SHORT:
            found = bylines.named(line.text) or bylines.below(sheet.lines, at)
            if found and names.is_person(found[0]) and names.is_given(found[0]):
                claims.append(Claim(Field.AUTHOR, found, "author.elsewhere", line.number))
    if len({claim.values for claim in claims}) == 1:
        yield claims[0]
