"""Names of publishers on a page: where one can be read, how far it goes, and when two are the same."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import Final, NamedTuple

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.publisher import menus
from stemma.clean.claims.publisher.host import MAX_RUN, MIN_RUN, Host, Run, initials, runs, words_in
from stemma.clean.claims.recognizers import dates, person_names
from stemma.records import Label

BODY: Final = Label.BODY
"""At hand: to look a label up by its name for each line takes long."""
MAX_LINE: Final = 400
"""Characters of a line in which names are looked for; of a longer one so many are read,"""
MAX_BODY_LINE: Final = 160
"""and so many of a paragraph of the body."""
MAX_EXTRA: Final = 3
"""Words that a name may have on either side of those of the host."""
MAX_SIGHTINGS: Final = 60
"""Places of a page at which names of the host are read, from the top down."""
MAX_NAME: Final = 60
"""Characters of a name."""
MAX_NAME_TAIL: Final = 8
"""Letters that a name of a host has besides those of the host: "Online", "News"."""
TOP_LINES: Final = 3
"""Lines at the top of a page, one of which may be the name of its site."""
MAX_TOP_WORDS: Final = 4
"""Words of such a line."""
HEAD_LINES: Final = 12
"""Lines above the body in which a dateline is looked for."""
OUTER_LINES: Final = 12
"""Lines at either end of the body that are searched: what is between them names whom the text is about."""
MAX_OWNER_WORDS: Final = 4
"""Words of a name that a copyright notice gives, where not all of them have capitals."""
MAX_CUE_LINE: Final = 160
"""Characters of a line that invites to follow somebody."""

ARTICLES: Final = frozenset(
    [
        "the",
        "der",
        "die",
        "das",
        "den",
        "le",
        "la",
        "les",
        "l",
        "el",
        "il",
        "lo",
        "los",
        "de",
        "het",
        "een",
        "ein",
        "eine",
        "o",
        "a",
        "os",
        "as",
    ]
)
_ENDINGS: Final = frozenset(
    ["com", "de", "org", "net", "info", "co", "uk", "fr", "ch", "at", "nl", "it", "es", "eu", "news", "tv", "io"]
)
_SMALL: Final = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "de",
        "la",
        "le",
        "du",
        "des",
        "der",
        "die",
        "das",
        "und",
        "für",
        "y",
        "e",
        "et",
        "del",
        "della",
        "di",
        "da",
        "van",
        "&",
        "to",
    ]
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[&+]")
_GAP: Final = re.compile(r"[ \u00a0][&+]?[ \u00a0]?|[-–’']|\. ")
_WORD: Final = re.compile(r"\w+")
_MARKS: Final = ("©", "copyright", "(c)", "&copy")
_COPYRIGHT: Final = re.compile(
    r"(?:copyright|©|\(c\)|&copy;)[\s©(c)]{0,6}(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:(?:19|20)\d\d|\d\d|present))?[\s,]{0,3})?"
    r"(?:by\s)?(?P<name>[^\d\W][^|•©]{1,60})",
    re.IGNORECASE,
)
_AFTER_NAME: Final = re.compile(
    r"[.,;|•·]|\s[-–—]\s|\s(?:all rights|alle rechte|tous droits|todos los|tutti i|alle rechten|inc\b|ltd\b|llc\b|"
    r"gmbh\b|ag\b|is a\b|\(|19|20)|"
    r"\s?(?:無断|转载|轉載|版权|版權|著作権|保留|무단|riproduzione|reproducción|все права)",
    re.IGNORECASE,
)
_CUES: Final = (
    "follow ", "subscribe to", "sign up ", "about ", "welcome to", "published by", "publisher", "more from",
    "read more ", "über ", "folgen sie", "herausgeber", "abonnieren", "mehr von", "suivez", "à propos", "acerca de",
    "sigue a", "síguenos", "chi siamo", "volg ",
)  # fmt: skip
_CUE: Final = re.compile(
    r"\b(?:follow|subscribe to|sign up (?:for|to)|about|welcome to|published by|publisher:?|more from|"
    r"read more (?:on|at)|über|folgen sie|herausgeber:?|abonnieren sie|mehr von|suivez|à propos de|acerca de|"
    r"sigue a|síguenos en|chi siamo|"
    r"volg)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_NO_NAMES: Final = frozenset(
    [
        *("all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados"),
        *("logo", "menu", "menü", "search", "suche", "home", "startseite", "log in", "login", "sign in"),
        *("annonce", "anzeige", "advertisement", "werbung", "publicité", "publicidad", "reklame"),
    ]
)
"""What stands where a name could, and is none."""
_TAIL: Final = re.compile(r"\s[|–—»·•:-]{1,2}\s")


def names_host(text: str, host: Host | None) -> bool:
    """Whether a few words are a name of the host: all of its letters and little more, or a good part of them."""
    if host is None or text.count(" ") > MAX_RUN:
        return False
    key, letters = key_of(text), host.letters
    if len(letters) <= MIN_RUN or not key:
        return key == letters
    if letters in key:
        return len(key) <= len(letters) + MAX_NAME_TAIL
    return key in letters and 2 * len(key) >= len(letters)


class Sighting(NamedTuple):
    """A name as it stands on a line: the index of the line, the half-open offsets, and how it was found.

    ``run`` is the run of the host's words that the name was read from, None where a cue announces it; ``kind`` is that
    of the run, or the cue; ``left`` and ``right`` are how many words it has on either side of the run.
    """

    at: int
    start: int
    end: int
    kind: str
    run: Run | None = None
    left: int = 0
    right: int = 0


@lru_cache(maxsize=8192)
def key_of(name: str) -> str:
    """What is the same in all ways to write a name: without accents, article, spaces and the ending of a host."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[_.]", " ", name)).casefold()
    words = _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    while len("".join(words[:-1])) > 1 and words[-1] in _ENDINGS:
        words = words[:-1]
    return "".join(words)


class Text(NamedTuple):
    """The lines of a page as they are searched: each by itself, all as one in small letters, and where each starts."""

    lines: tuple[str, ...]
    whole: str
    lowered: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, page: Page, host: Host | None = None) -> Text:
        """The text of a page; one that small letters lengthen stays as it is.

        Of the inner lines of its body only those that have all letters of ``host``.
        """
        inner = range(page.first + OUTER_LINES, page.last - OUTER_LINES + 1)
        kept = _with_host(page, inner, host) if host else {}
        lines = tuple(
            [
                (kept.get(at, "") if at in inner else line.text[:MAX_BODY_LINE])
                if line.label is BODY
                else line.text[:MAX_LINE]
                for at, line in enumerate(page.lines)
            ]
        )
        whole = "\n".join(lines)
        lowered = whole.lower()
        starts = tuple(accumulate([len(line) + 1 for line in lines], initial=0))
        return cls(lines, whole, lowered if len(lowered) == len(whole) else whole, starts)


def _with_host(page: Page, inner: range, host: Host) -> dict[int, str]:
    """The inner lines of a body that have all letters of a host, up to a little behind them, by their indices."""
    whole = "\n".join([line.text for line in page.lines[inner.start : inner.stop]])
    if len(host.letters) <= MIN_RUN or host.letters not in _closed(whole):
        return {}
    found: dict[int, str] = {}
    for at in inner:
        text = page.lines[at].text
        if host.letters in _closed(text):
            found[at] = text[: 4 * MAX_LINE]
    return found


def _closed(text: str) -> str:
    return text.lower().replace(" ", "").replace("-", "")


def sightings(
    page: Page, text: Text, host: Host | None, title: int | None, listed: Collection[str] = ()
) -> Iterator[Sighting]:
    """Every name on a page that could be its publisher's. ``title`` is the index of the title's line, or None.

    ``listed`` are the keys of names that are a publisher's however they are written.
    """
    if host is not None:
        yield from _anchored(text, host)
    yield from _announced(page, text, listed)
    yield from _headed(page, title)
    for at, start, end in menus.logos(page):
        yield from _named(at, page.lines[at].text, start, end, "logo")
    for at, end in menus.beginnings(page):
        yield Sighting(at, 0, end, "brand")


def _anchored(text: Text, host: Host) -> Iterator[Sighting]:
    """Names made of the host's words, with what may belong to them on either side."""
    texts, starts = text.lines, text.starts
    here: dict[int, list[Run]] = {}
    for at in _lines_with(words_in(text.lowered, host), text.lowered, starts):
        here[at] = list(runs(texts[at], host))
    for one in islice(initials(text.whole, host), MAX_SIGHTINGS):
        at = bisect_right(starts, one.start) - 1
        run = one._replace(start=one.start - starts[at], end=one.end - starts[at])
        over = [other for other in here.get(at, ()) if run.end > other.start and run.start < other.end]
        if all(other.kind == "part" for other in over):
            here[at] = [other for other in here.get(at, ()) if other not in over] + [run]
    found = 0
    for at in sorted(here):
        for run in here[at]:
            if not _is_address(texts[at], run):
                found += 1
                for start, end, left, right in _extended(texts[at], run):
                    yield Sighting(at, start, end, run.kind, run, left, right)
        if found >= MAX_SIGHTINGS:
            return


def _lines_with(words: Iterable[str], lowered: str, starts: Sequence[int]) -> list[int]:
    """The indices of the lines that have one of some words, at most :data:`MAX_SIGHTINGS` for each."""
    lines: set[int] = set()
    for word in words:
        at = lowered.find(word)
        for _ in range(MAX_SIGHTINGS):
            if at < 0:
                break
            line = bisect_right(starts, at) - 1
            lines.add(line)
            at = lowered.find(word, starts[line + 1])
    return sorted(lines)


def _is_address(text: str, run: Run) -> bool:
    """Whether words are part of an address: after "www.", "@" or a slash."""
    before = text[max(0, run.start - 8) : run.start]
    return before.endswith(("@", "/", "#")) or before.casefold().endswith("www.") or text[run.end : run.end + 1] == "@"


def _extended(text: str, run: Run) -> Iterator[tuple[int, int, int, int]]:
    """A run and what it may be part of: name words on its left, on its right, on both sides."""
    lefts = [run.start, *_name_words(text, run.start, back=True)]
    rights = [run.end, *_name_words(text, run.end, back=False)]
    pairs = [(0, 0)]
    pairs += [(left, 0) for left in range(1, len(lefts))]
    pairs += [(0, right) for right in range(1, len(rights))]
    if len(lefts) > 1 and len(rights) > 1:
        pairs += list(
            dict.fromkeys([(1, 1), (1, len(rights) - 1), (len(lefts) - 1, 1), (len(lefts) - 1, len(rights) - 1)])
        )
    for left, right in pairs:
        if rights[right] - lefts[left] <= MAX_NAME:
            yield lefts[left], rights[right], left, right


def _name_words(text: str, at: int, *, back: bool) -> list[int]:
    """The offsets at which a name may begin (or end) that goes on over words with capitals before (or after)."""
    found: list[int] = []
    tokens = list(_TOKEN.finditer(text[max(0, at - MAX_NAME) : at] if back else text[at : at + MAX_NAME]))
    shift = max(0, at - MAX_NAME) if back else at
    edge = at
    for token in reversed(tokens) if back else tokens:
        start, end = token.start() + shift, token.end() + shift
        gap = text[end:edge] if back else text[edge:start]
        if not _GAP.fullmatch(gap) or (back and shift and not token.start()):
            break
        edge = start if back else end
        word = token[0]
        if word.casefold() in _SMALL or word in {"&", "+"}:
            continue
        if not (word[0].isupper() or word[0].isdigit()):
            break
        found.append(edge)
        if len(found) == MAX_EXTRA:
            break
    return found


def _announced(page: Page, text: Text, listed: Collection[str]) -> Iterator[Sighting]:
    """Names that a copyright notice or an invitation to follow gives."""
    texts, lowered, starts = text.lines, text.lowered, text.starts
    for at in _lines_with(_MARKS, lowered, starts):
        notice = _COPYRIGHT.search(texts[at]) if page.lines[at].label is not Label.COMMENT else None
        if notice:
            name = _AFTER_NAME.split(notice["name"], maxsplit=1)[0]
            yield from _named(
                at, texts[at], notice.start("name"), notice.start("name") + len(name), "copyright", listed=listed
            )
    beside = [at for at, line in enumerate(page.lines) if line.label is not BODY and len(texts[at]) < MAX_CUE_LINE]
    short = [texts[at].lower() for at in beside]
    for place in _lines_with(_CUES, "\n".join(short), tuple(accumulate([len(line) + 1 for line in short], initial=0))):
        at = beside[place]
        line = texts[at]
        cue = _CUE.search(line)
        ends = _name_words(line, cue.end() - 1, back=False) if cue else ()
        if cue and ends:
            yield from _named(at, line, cue.end(), ends[-1], "cue")


def _headed(page: Page, title: int | None) -> Iterator[Sighting]:
    """Names that the top of the page, a dateline, or the end of the title's line gives."""
    lines = page.lines
    for at, line in enumerate(lines[:TOP_LINES]):
        if line.label is not Label.BODY and line.text.count(" ") < MAX_TOP_WORDS:
            yield from _named(at, line.text, 0, len(line.text), "top")
    start = max(0, page.first - HEAD_LINES)
    for at in range(start, min(page.first, len(lines))):
        yield from _dateline(at, lines[at])
    tails = list(_TAIL.finditer(lines[title].text)) if title is not None else ()
    if title is not None and tails and len(lines[title].text) - tails[-1].end() < MAX_NAME:
        yield from _named(title, lines[title].text, tails[-1].end(), len(lines[title].text), "tail")


def _dateline(at: int, line: Line) -> Iterator[Sighting]:
    """“Harbour Review, November 3, 2017”."""
    found = dates.find(line.text) if len(line.text) < 120 else ()
    if len(found) != 1 or found[0].start == 0 or line.text[found[0].end :].strip(" .|"):
        return
    name = line.text[: found[0].start].rstrip()
    if name and name[-1] in ",|–—-·•":
        yield from _named(at, line.text, 0, len(name.rstrip(" ,|–—-·•")), "dateline")


def _named(at: int, text: str, start: int, end: int, kind: str, *, listed: Collection[str] = ()) -> Iterator[Sighting]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip(' ,.:;|–—-·•"“”()[]')
    if words.casefold() in _NO_NAMES:
        return
    # A notice names an owner, with capitals or, as many languages write, with one alone.
    owner = kind == "copyright" and words[:1].isupper() and words.count(" ") < MAX_OWNER_WORDS
    if words and len(words) <= MAX_NAME and (owner or person_names.is_name(words) or key_of(words) in listed):
        start = text.index(words, start)
        yield Sighting(at, start, start + len(words), kind)


def written(page: Page, places: Sequence[Sighting]) -> dict[str, list[Sighting]]:
    """The places at which a name is, by the way in which it is written there."""
    forms: dict[str, list[Sighting]] = {}
    for one in places:
        forms.setdefault(page.lines[one.at].text[one.start : one.end], []).append(one)
    return forms
