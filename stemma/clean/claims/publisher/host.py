"""The host in whose folder a page was received, and the words of a text that could be a name made from it.

The host is evidence and never the answer: a name is taken from the page's own text, and only if it is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

MIN_RUN: Final = 3
"""Letters that words have in common with a host, at least."""
MAX_RUN: Final = 6
"""Words that a host's name is made of, at most."""
MAX_DOTTED: Final = 5
"""Letters of a host that a page may write with full stops between them."""
MAX_HOSTS: Final = 4
"""Hosts named in a text that are tried, the most frequent first."""
MAX_INITIALS: Final = 8
"""Letters of a host that can be read as the beginnings of words; longer ones are words themselves."""

_HOST: Final = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24}")
_LISTS: Final = {
    "second level": "ac asn co com edu gob gov govt gouv id ltd me ne net nom or org plc sch",
    "no name": "www www2 m mobile amp old new beta en de fr es it edition story stories blog blogs news",
    "shared": """blogspot wordpress tumblr medium substack livejournal typepad blogger github gitlab gitbook weebly
        wixsite wix squarespace ghost facebook twitter instagram youtube reddit archive bearblog hashnode dev fandom
        wikidot neocities sites hypotheses over-blog overblog canalblog skyrock xanga jimdo jimdofree beehiiv telegra
        patreon pastebin scribd issuu academia researchgate linkedin quora stackexchange googleusercontent herokuapp
        netlify vercel pages""",
    "joins": "of the and for in de la le du des der die das und für y e et a van het",
}
_SECOND_LEVEL, _NO_NAME, _SHARED, _JOINS = (frozenset(words.split()) for words in _LISTS.values())
"""Parts of hosts that are no name; hosts that many share, whose name says nothing of a page; small words of names."""
_WORD: Final = re.compile(r"[^\W_]+")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_PLAIN: Final = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


class Host(NamedTuple):
    """The letters of a host that can be a name: of the registered name alone, without hyphens.

    ``label`` is that name with its hyphens, empty where it has none.
    """

    letters: str
    label: str


@lru_cache(maxsize=4096)
def host_of(folder: str) -> Host | None:
    """The host that a folder, or the first of nested ones, is named after; None: no host, or one that many share."""
    name = next((part for part in folder.casefold().split("/") if _HOST.fullmatch(part)), "")
    if not name:
        return None
    *labels, top = name.split(".")
    if len(labels) > 1 and len(top) == 2 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    own = [label for label in labels if label not in _NO_NAME] or labels
    if own[-1] in _SHARED:
        own.pop()
    letters = _folded(own[-1].replace("-", "")) if own else ""
    return Host(letters, own[-1] if "-" in own[-1] else "") if len(letters) > 1 else None


_SLUG: Final = re.compile(r"[^\W\d_]{2,}(?:[-_ ][^\W\d_]+){1,5}")


def name_of(folder: str) -> Host | None:
    """The name of several words that a folder has which is no host's ("harbour-review"), or None."""
    name = folder.casefold().rpartition("/")[2]
    letters = _folded(re.sub(r"[-_ ]", "", name)) if _SLUG.fullmatch(name) else ""
    return Host(letters, "") if len(letters) > MAX_INITIALS else None


_NAMES: Final = re.compile(r"(?<![\w./@-])[^\W_]+(?![\w@]|\.\w)")
"""Words that are not part of an address."""
_IN_TEXT: Final = re.compile(
    r"(?<![\w.-])(?:www\.)?((?:[a-z0-9][a-z0-9-]{1,40}\.){1,3}(?:com|org|net|info|news|tv|eu|[a-z]{2}))(?![\w-]|\.\w)"
)
_OTHERS: Final = frozenset(
    [
        "google",
        "facebook",
        "twitter",
        "instagram",
        "youtube",
        "linkedin",
        "whatsapp",
        "apple",
        "amazon",
        "t",
        "spotify",
        "gmail",
        "youtu",
        "bit",
        "goo",
        "wikipedia",
        "example",
    ]
)
"""Sites that pages of all publishers name: to follow there, to buy there, to write to."""


def host_in(lowered: str) -> Host | None:
    """The host that a text in small letters names, preferably one by which it calls something outside of addresses too.

    Of several the most frequent, of equals the first; None where it names none.
    """
    count = Counter(_IN_TEXT.findall(lowered)) if "." in lowered else Counter()
    hosts = [host_of(name) for name, _ in count.most_common(MAX_HOSTS)]
    named = [host for host in hosts if host is not None and host.letters not in _OTHERS]
    if not named:
        return None
    words = Counter(_NAMES.findall(lowered))
    closed = lowered.replace(" ", "").replace("-", "")
    for host in named:
        letters = host.letters
        if words[letters] or (len(letters) > MAX_INITIALS and closed.count(letters) > closed.count(letters + ".")):
            return host
    return next((host for host in named if len(host.letters) > MIN_RUN), None)


class Run(NamedTuple):
    """Words of a line that make up a host or a part of it: the half-open offsets, and how they do.

    ``kind`` is ``whole``, ``part`` or ``initials``; ``letters`` how many letters of the host they are, ``side`` whether
    those are its ``first``, its ``last``, ``all`` or some in the ``middle``.
    """

    start: int
    end: int
    kind: str
    letters: int
    side: str = "all"


def words_in(lowered: str, host: Host) -> set[str]:
    """The words of a text in small letters that are in a host's name and are a good part of it."""
    letters = host.letters
    least = min(MIN_RUN + 1, (len(letters) + 1) // 2)
    words = set(_WORD.findall(" ".join(set(lowered.split()))))
    found = words & _stretches(letters, least)
    dotted = ".".join(letters)
    if len(letters) <= MAX_DOTTED and dotted in lowered:
        found.add(dotted)
    if not lowered.isascii():
        others = (word for word in words if len(word) >= least and not word.isascii())
        found |= {word for word in others if any(form in letters for form in _forms(word))}
    return found


@lru_cache(maxsize=1024)
def _stretches(letters: str, least: int) -> frozenset[str]:
    """Everything that stands in some letters and has so many of them, at least."""
    ends = range(least, len(letters) + 1)
    return frozenset(letters[start:end] for end in ends for start in range(end - least + 1))


def runs(line: str, host: Host) -> Iterator[Run]:
    """The longest runs of words of a line that are a host's name, or a good part of it; no two overlap."""
    letters = host.letters
    tokens = [(match.start(), match.end(), _forms_in(match[0].lower(), letters)) for match in _WORD.finditer(line)]
    at = 0
    while at < len(tokens):
        found = _longest(tokens, at, letters) if tokens[at][2] else None
        if found is None:
            at += 1
            continue
        end, part = found
        whole = len(part) == len(letters)
        side = (
            "all" if whole else "last" if letters.endswith(part) else "first" if letters.startswith(part) else "middle"
        )
        yield Run(tokens[at][0], tokens[end - 1][1], "whole" if whole else "part", len(part), side)
        at = end


def _forms_in(word: str, letters: str) -> tuple[str, ...]:
    """The ways to write a word that are in a host's letters."""
    if word in letters:
        return (word,)
    return () if word.isascii() else tuple([form for form in _forms(word) if form in letters])


def _longest(tokens: Sequence[tuple[int, int, tuple[str, ...]]], at: int, letters: str) -> tuple[int, str] | None:
    """The end of the longest run from one token on that is in the host's letters, and the letters it has of them."""
    best: tuple[int, str] | None = None
    joined: tuple[str, ...] = ("",)
    for end in range(at, min(len(tokens), at + MAX_RUN)):
        if end > at and tokens[end][0] - tokens[end - 1][1] > 3:
            break
        joined = tuple([start + form for start in joined for form in tokens[end][2] if start + form in letters])
        if not joined:
            break
        part = max(joined, key=len)
        if len(part) == len(letters) or (len(part) >= MIN_RUN and 2 * len(part) >= len(letters)):
            best = end + 1, part
    return best


def initials(text: str, host: Host) -> Iterator[Run]:
    """The runs of words whose beginnings make up a host: "Los Angeles Times" for latimes."""
    pattern = _initials(host.letters)
    if pattern is not None:
        for match in pattern.finditer(text):
            yield Run(match.start(), match.end(), "initials", len(host.letters))


@lru_cache(maxsize=1024)
def _initials(letters: str) -> re.Pattern[str] | None:
    """A pattern for names with capitals, on one line. With few letters it cannot try many ways to match."""
    if not 2 <= len(letters) <= MAX_INITIALS:
        return None
    joins = "|".join(sorted(_JOINS))
    gap = rf"[^\W_]{{0,24}}\.?(?:[ \-–&’'/]| (?:{joins}|&|\+) )"
    rest = "".join(rf"(?:{gap}{letter.upper()}|[{letter}{letter.upper()}])" for letter in letters[1:])
    return re.compile(rf"{letters[0].upper()}(?<![^\W_].){rest}[^\W_]{{0,24}}(?![^\W_])")


@lru_cache(maxsize=8192)
def _forms(word: str) -> tuple[str, ...]:
    """A word in small letters as a host writes it: without accents, or with two letters for an umlaut."""
    if word.isascii():
        return (word,)
    plain, spelled = _folded(word), _folded(word.translate(_UMLAUTS))
    return (plain,) if plain == spelled else (plain, spelled)


def _folded(word: str) -> str:
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join([character for character in plain if not unicodedata.combining(character)])
