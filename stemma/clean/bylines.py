"""Who wrote a page and who posted it, from lines that say so.

A cue ("By", "von", "作者") before a name is believed where a byline can stand. A name beside a date, or alone between
title and text, is believed on more than one piece of evidence only (:func:`_evidence`): column headings look alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from stemma.clean import cues, dates, names
from stemma.clean.sheet import Line, Sheet
from stemma.nouns import Claim, Field, Label

HEAD: Final = 25
"""Without a title, a byline stands at most this many lines above the body;"""
BELOW: Final = 40
"""with one, at most so many below the title,"""
INTO: Final = 5
"""and in the first lines of the body at most."""
TAIL: Final = 14
"""A profile stands at most this many lines below the body, an announced author"""
NEAR: Final = 8
"""at most so many."""
LONGEST: Final = 200
SHORT: Final = 40
"""A single word after a cue is a name only in a line no longer than this: a sentence may begin with "Von"."""
ENOUGH: Final = 3
"""The evidence a name without a cue needs."""

_PLAIN: Final = re.compile(
    rf"{cues.alternation(cues.AUTHOR_PLAIN)}(?:\s*[:：]\s*|\s+)(?=\S)|(?-i:By|Von)(?=[A-ZÀ-Þ])", re.IGNORECASE
)
_STRONG: Final = re.compile(
    rf"{cues.alternation(cues.AUTHOR_VERB)}(?:\s*[:：]\s*|\s+)(?=\S)"
    rf"|{cues.alternation(cues.AUTHOR_NOUN)}\s*[:：/／|]\s*(?=\S)"
    rf"|{cues.alternation(cues.AUTHOR_SIGN)}\s*[:：/／|]?\s*(?=\S)",
    re.IGNORECASE,
)
_GENRE: Final = re.compile(
    r"(?:kommentar|analyse|interview|bericht|beitrag|gastbeitrag|reportage|kolumne|glosse|essay|column|analysis|opinion)\s"
    r"(?:by|von|par|por|di|door)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_POSTED: Final = re.compile(
    rf"(?<![^\W_]){cues.alternation(cues.POSTED)}\s*[:：]?\s*(?P<name>\S.*)"
    r"|(?<![^\W_])(?:posted|published|submitted|gepostet|veröffentlicht|publié|publicado|pubblicato|geplaatst)\s{1,3}(?:on|am|le|el|il|em|op|in)\b"
    r".{0,60}?\s(?:by|von|par|por|da|door)\s+(?P<later>\S.*)",
    re.IGNORECASE,
)
_STARTS: Final = frozenset(
    cue[:2] for cue in (*cues.AUTHOR_PLAIN, *cues.AUTHOR_VERB, *cues.AUTHOR_NOUN, *cues.AUTHOR_SIGN)
) | {f"文{mark}" for mark in ":：/／| "}
_PREPOSITIONS: Final = (" by ", " von ", " par ", " por ", " di ", " door ")
_OTHER_SCRIPT: Final = re.compile("[\u0400-\u9fff]")
_HANDLE_LINE: Final = re.compile(r"by\s+(\S+)", re.IGNORECASE)
_SIGNS: Final = re.compile(r"\s*(?:[|•·●/♦►→]|//|\s[–—-]+\s|,\s*\||;\s|\s{2,}|\t)\s*")
_TIME: Final = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:uhr|h|a\.?m\.?|p\.?m\.?|[a-z]{2,4}t)?\b|\b\d+\s?(?:min\w*|comments?|kommentare?|views?|words?|shares?)\b(?:\s(?:read|lesezeit))?",
    re.IGNORECASE,
)
_INNER: Final = re.compile(
    r"(?:^|(?<=\s))(?:written\s)?(?:by|von|par|por|di|door|author|autor)\s*:?\s+(?=\S)", re.IGNORECASE
)
_ASIDE: Final = re.compile(
    r"\bago\b|[|•·]\s*(?:published|updated|posted|\d)|\s@\w|\bfollow\b|\d\s(?:hours?|days?|min)", re.IGNORECASE
)
_PROFILE: Final = re.compile(
    r"\s(?:is|was|ist|est|es|è|writes|covers|schreibt|has|joined|lives|works|arbeitet|studierte)\s"
)
_TELLS: Final = re.compile(
    r"\b(?:is an?|writes|writer|author|journalist|founder|editor|reporter|freelance|autorin?|redakteurin?|journalistin|"
    r"schreibt|periodista|giornalista|years of experience)\b",
    re.IGNORECASE,
)
_MORE_BY: Final = re.compile(
    r"(?:about|über|more from|(?:read )?more (?:(?:articles|stories|posts) )?by|view all posts by|posts by|"
    r"latest posts by|"
    r"mehr von|alles von|alle beiträge von|weitere artikel von|ver más de|tous les articles de|"
    r"this (?:post|article|story) was (?:originally )?written by|written by|by)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_FURNITURE: Final = frozenset({Label.APPEAL, Label.NOTICE, Label.SHARE})
_OTHER_ROLE: Final = re.compile(
    r"(?:edited|reviewed|medically|photos?|fotos?|image|bild|translated|fact.checked|illustrat|video|grafik|quelle|source)\b",
    re.IGNORECASE,
)


def is_byline(text: str) -> bool:
    """Whether a line begins by naming an author or whoever posted it."""
    return len(text) < LONGEST and bool(named(text) or (_may_post(text) and _POSTED.match(text)))


@lru_cache(maxsize=512)
def named(text: str) -> tuple[str, ...]:
    """The authors a line that begins with a cue names; empty if it is no such line."""
    if text[:2].casefold() in _STARTS:
        for pattern in (_STRONG, _PLAIN):
            cue = pattern.match(text)
            found = names.announced(text[cue.end() :]) if cue else ()
            if found and (" " in found[0] or len(found) > 1 or len(text) <= SHORT):
                return found
    genre = _GENRE.search(text) if any(preposition in text for preposition in _PREPOSITIONS) else None
    if genre:
        found = names.announced(text[genre.end() :])
        return found if all(map(names.is_person, found)) else ()
    handle = _HANDLE_LINE.fullmatch(text)
    return (handle[1],) if handle and names.is_handle(handle[1]) else ()


def posted_by(sheet: Sheet) -> Iterator[Claim]:
    """Who put the text on the page, as far as it says."""
    for line in head(sheet):
        poster = poster_of(line.text)
        if poster:
            yield Claim(Field.POSTED_BY, (poster,), "posted-by.line", line.number)


def _may_post(text: str) -> bool:
    """Whether a line can fit :data:`_POSTED` at all: a cheap look before the pattern."""
    return (
        " by " in text
        or " von " in text
        or " par " in text
        or " por " in text
        or " da " in text
        or " door " in text
        or (not text.isascii() and _OTHER_SCRIPT.search(text) is not None)
    )


@lru_cache(maxsize=512)
def poster_of(text: str) -> str:
    """The account or person a line says posted the text, or the empty string."""
    cue = _POSTED.search(text) if len(text) < LONGEST and _may_post(text) else None
    if not cue:
        return ""
    rest = (cue["name"] or cue["later"] or "").strip()
    word = rest.split(" ", 1)[0].strip(".,;|")
    if names.is_handle(word):
        return word
    found = names.announced(rest)
    return found[0] if found else ""


def head(sheet: Sheet, title_line: int = 0) -> Iterator[Line]:
    """The lines a byline can stand in, from the top down: below the title, or above the body, and its first lines."""
    lines = sheet.lines
    title = next((at for at, line in enumerate(lines) if line.number == title_line), None) if title_line else None
    if title is None:
        yield from lines[max(0, sheet.first - HEAD) : sheet.first + INTO]
    else:
        yield from lines[title + 1 : min(title + BELOW, max(sheet.first, title) + INTO)]


def authors(sheet: Sheet, title_line: int, credited: frozenset[str]) -> Iterator[Claim]:
    """Who wrote the text, as far as the page says. ``credited`` are the names of those it credits as its origin."""
    lines = [
        line
        for line in head(sheet, title_line)
        if line.label not in _FURNITURE and len(line.text) <= LONGEST and not _OTHER_ROLE.match(line.text)
    ]
    stated = False
    for line in lines:
        poster = poster_of(line.text)
        found = () if poster else named(line.text)
        if found:
            yield Claim(Field.AUTHOR, found, "author.by", line.number)
        elif poster and names.is_person(poster) and not credited:
            yield Claim(Field.AUTHOR, (poster,), "author.posted-by", line.number)
        stated = stated or bool(found)
    if not stated:
        yield from _without_cue(sheet, lines, title_line, credited)
    yield from _at_the_end(sheet)


def _without_cue(sheet: Sheet, lines: list[Line], title_line: int, credited: frozenset[str]) -> Iterator[Claim]:
    """Names beside a date, then names alone on a line, as far as the evidence goes."""
    dated = {at for at, line in enumerate(lines) if len(line.text) < 120 and dates.find(line.text)}
    times = Counter(line.text for line in sheet.lines if line.label is not Label.BODY)
    tail = [line.text for line in sheet.lines[sheet.last + 1 : sheet.last + 40]]
    above = sheet.lines[max(0, sheet.first - 3) : sheet.first]
    found: list[tuple[int, Claim]] = []
    for at, line in enumerate(lines):
        if line.label in {Label.BODY, Label.CREDIT} or (line.item and line.label is not Label.META):
            continue
        near = any(other in dated for other in range(at - 2, at + 3))
        if at in dated:
            given, cued = ((), False) if poster_of(line.text) else _beside_date(line.text)
        else:
            given, cued = _together(lines, at), False
        if not given or given[0] in credited:
            continue
        weight = _evidence(given, line, times, near=near, title_line=title_line) + 2 * _profiled(given[0], tail)
        weight += 3 * cued + (line in above)
        if at in dated and not cued and not names.is_given(given[0]):
            # "Harbour Review, 3 May 2020": a paper's name and a date look the same, but furniture repeats the paper's.
            weight += 1 - 3 * (sum(given[0] in text for text in times) > 1)
        if weight >= ENOUGH:
            rule = "author.by-inside" if cued else "author.beside-date" if at in dated else "author.name-line"
            found.append((-weight, Claim(Field.AUTHOR, given, rule, line.number)))
    yield from (claim for _, claim in sorted(found, key=lambda one: one[0])[:1])


def _beside_date(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of a line that has a date too, and whether a cue stands before them."""
    for sighting in reversed(dates.find(text)):
        text = f"{text[: sighting.start]} | {text[sighting.end :]}"
    text = _TIME.sub(" | ", text)
    cue = _INNER.search(text)
    if cue:
        rest = text[cue.end() :]
        word = rest.split(" ", 1)[0]
        handle = names.is_handle(word) and cue[0].strip().casefold() in {"by", "von", "par", "por"}
        return names.announced(rest) or ((word,) if handle else ()), True
    for part in _SIGNS.split(text):
        given = names.announced(part.strip(" .:*"))
        if given and all(map(names.is_person, given)):
            return given, False
    return (), False


def _together(lines: list[Line], at: int) -> tuple[str, ...]:
    """The names of a line of names, and of the lines of names right below it."""
    given: tuple[str, ...] = ()
    for line in lines[at : at + 4]:
        more = _alone(line.text)
        if not more or (given and not names.is_given(more[0])):
            break
        given = tuple(dict.fromkeys((*given, *more)))
    return given


def _alone(text: str) -> tuple[str, ...]:
    """The names a line consists of."""
    if len(text) > 3 * names.LONGEST_NAME or text[:1].islower() or text[-1:] in ".:!?":
        return ()
    parts = [part for part in text.split(" | ") if part]
    found = names.announced(parts[0]) if parts else ()
    if not found:
        return ()
    more = [names.announced(part) for part in parts[1:]]
    if more and all(one and names.is_given(one[0]) for one in more):
        return (*found, *(name for one in more for name in one))
    rest = text[sum(map(len, found)) + 8 * len(found) :]
    whole = not rest or len(parts) > 1 or _ASIDE.search(text) or text == f"{found[0]} {found[0]}"
    return found if whole and all(names.is_person(one) or one.casefold() in cues.AGENCIES for one in found) else ()


def _evidence(given: tuple[str, ...], line: Line, times: Mapping[str, int], *, near: bool, title_line: int) -> int:
    """What speaks for words being the author's name: a given name, an initial, a date nearby, the label, the place."""
    name = given[0]
    initial = any(token.endswith(".") and len(token) == 2 for token in name.split())
    agency = name.casefold() in cues.AGENCIES
    weight = 2 * names.is_given(name) + agency + initial + near + (line.label is Label.META)
    weight += times[name] > 1
    weight += 0 < line.number - title_line <= 4 if title_line else 0
    return weight - (line.level > 0)


def _profiled(name: str, tail: list[str]) -> bool:
    """Whether a line below the text begins to tell who somebody is."""
    return any(text.startswith(name) and _PROFILE.match(text[len(name) : len(name) + 12]) for text in tail)


def _at_the_end(sheet: Sheet) -> Iterator[Claim]:
    for line in sheet.lines[sheet.last + 1 : sheet.last + 1 + NEAR]:
        cue = _STRONG.match(line.text) if len(line.text) < LONGEST and line.label is not Label.COMMENT else None
        found = names.announced(line.text[cue.end() :]) if cue else ()
        if found:
            yield Claim(Field.AUTHOR, found, "author.at-the-end", line.number)
            return
    yield from _profiles(sheet)


def _profiles(sheet: Sheet) -> Iterator[Claim]:
    """A person right below the text, named again by a profile or by a link to more of theirs."""
    tail = [line for line in sheet.lines[sheet.last + 1 : sheet.last + 40] if line.label is not Label.COMMENT]
    texts = [line.text for line in tail]
    for at, line in enumerate(tail[:TAIL]):
        cue = _MORE_BY.match(line.text) if len(line.text) < LONGEST else None
        if cue is None and not names.is_given(line.text):
            continue
        given = names.announced(line.text[cue.end() :]) if cue else _alone(line.text)
        if len(given) == 1 and names.is_person(given[0]):
            weight = 2 * names.is_given(given[0]) + 2 * _profiled(given[0], texts) + (cue is not None)
            weight += at + 1 < len(texts) and len(texts[at + 1]) > 60 and _TELLS.search(texts[at + 1]) is not None
            if weight >= ENOUGH:
                yield Claim(Field.AUTHOR, given, "author.profile", line.number)
                return
