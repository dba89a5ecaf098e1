"""Lines that say by a cue ("By", "von", "作者") who wrote a page or who posted it, and where such lines can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.recognizers import cues, dates, east_asian_names, organisations, person_names, roles
from stemma.records import Claim, Field

LINES_ABOVE_BODY: Final = 25
"""Lines above the body in which a byline is looked for where there is no title."""
LINES_BELOW_TITLE: Final = 40
"""Lines below the title in which it is."""
LINES_INTO_BODY: Final = 5
"""Lines of the body in which it is."""
MAX_BYLINE: Final = 200
"""Characters of a byline."""
MAX_CUE_LINE: Final = 24
"""Characters of a line that is a cue alone."""
MAX_LOOSE_LINE: Final = 140
"""Characters of a line in which a cue announces words that do not look like a name."""
MAX_BESIDE_NAMES: Final = 12
"""Characters of a line besides its names, for a cue, where it is a byline and can be no title."""
MAX_SINGLE_NAME_LINE: Final = 40
"""Characters of a line in which a single word after a cue is a name: a sentence may begin with "Von"."""

_PLAIN: Final = re.compile(
    rf"{cues.alternation(cues.AUTHOR_PLAIN)}(?:\s*[:：]\s*|\s+)(?=\S)|(?-i:(?:By|Von)(?=[A-ZÀ-Þ])|(?:by|von|par|por)(?=[A-ZÀ-Þ][a-zß-ÿ]))",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(
    rf"{cues.alternation(cues.AUTHOR_VERB)}(?:\s*[:：]\s*|\s+)(?=\S)"
    rf"|{cues.alternation(cues.AUTHOR_NOUN)}\s*[:：/／|｜]\s*(?=\S)"
    rf"|{cues.alternation(cues.AUTHOR_SIGN)}\s*[:：/／|｜]?\s*(?=\S)",
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
_POST_WORDS: Final = tuple(
    sorted(
        {cue.split()[0] for cue in cues.POSTED}
        | {
            "posted",
            "published",
            "submitted",
            "gepostet",
            "veröffentlicht",
            "publié",
            "publicado",
            "pubblicato",
            "geplaatst",
        }
    )
)
"""One of these stands in every line that fits :data:`_POSTED`: a cheap look before the pattern."""
_LONE: Final = re.compile(
    rf"(?:{cues.alternation(cues.AUTHOR_PLAIN, cues.AUTHOR_VERB)}|{cues.alternation(cues.AUTHOR_NOUN)}(?=\s*[:：])"
    r"|posted by|published by|(?:article|post|story) (?:written )?by|written and researched by|artikel von|"
    r"mehr von|more by|more from|"
    r"author|autor|autorin|auteur|about the author|über den autor|über die autorin)\s*[:：]?",
    re.IGNORECASE,
)
_LONE_STARTS: Final = frozenset(
    cue[:2]
    for cue in (
        *cues.AUTHOR_PLAIN,
        *cues.AUTHOR_VERB,
        *cues.AUTHOR_NOUN,
        "posted",
        "published",
        "article",
        "post",
        "artikel",
        "mehr",
        "more",
    )
)
OTHER_ROLE: Final = re.compile(
    r"(?:edited|reviewed|medically|expert|clinically|ansprechpartner|kontakt|contact|fotograf|photographer|photos?|fotos?|image|bild|translated|feature.checked|illustrat|video|grafik|quelle|source)\b",
    re.IGNORECASE,
)
"""A line that begins like this names somebody who is not the author."""
_OTHER_STARTS: Final = frozenset(
    ("ed", "re", "me", "ex", "cl", "an", "ko", "co", "fo", "ph", "im", "bi", "tr", "fa", "il", "vi", "gr", "qu", "so")
)
OTHER_CUE: Final = re.compile(
    r"\b(?:edited|reviewed|checked|photos?|photographed|fotos?|images?|translated|illustrated|updated|read|watched)\s*$",
    re.IGNORECASE,
)
"""What stands before "by" where it announces somebody who is not the author."""
_ANY: Final = re.compile(
    r"(?:^|(?<=[\s|•·/,(—–-]))(?:written by|by|von|vom|par|por|di|door|author|autor|autorin|"
    r"auteur|themenstarter|thread starter|verfasser|автор)(?:\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_ANY_WORD: Final = frozenset(
    (
        *("by", "von", "vom", "par", "por", "di", "door", "author", "autor", "autorin", "auteur", "themenstarter"),
        *("starter", "verfasser", "автор"),
    )
)
_ANY_STARTS: Final = frozenset({word[:2] for word in _ANY_WORD} | {"wr"})
_GLUED_CUE: Final = re.compile(r"(?<=\d)(?=(?:Author|Autor)\b)")
_CUT: Final = re.compile(
    r"\s*(?:[|•·,(\[{<>:;♦►→]|//|\s[–—~/-]+(?:\s|$)|\s(?:on|am|at|in|im|vor|um|posted|updated|published)\b"
    r"|(?<![\w.])\d{1,2}[:.]\d\d).*",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"\d?[^\W\d_][\w.\-&'’]*(?: [\w][\w.\-&'’]*){0,3}")
_STARTS: Final = frozenset(
    cue[:2] for cue in (*cues.AUTHOR_PLAIN, *cues.AUTHOR_VERB, *cues.AUTHOR_NOUN, *cues.AUTHOR_SIGN)
) | {f"文{mark}" for mark in ":：/／|｜ "}
_ORGANISATION: Final = re.compile(
    r"by\s+((?!our\b)(?:the\s)?(?:[^\W_]\S{0,20}\s){1,3}(?:desk|team|staff|editors|newsroom|bureau))", re.IGNORECASE
)
_NOUN_ALONE: Final = re.compile(
    r"(?:author|autor|autorin|autor/in|auteur|artikel von|ein artikel von|erstellt von|verfasst von|thread starter|"
    r"themenstarter|(?:profile )?(?:picture|photo) of)\s+(?=\S)",
    re.IGNORECASE,
)
_BARE_STARTS: Final = frozenset(("au", "ar", "ei", "er", "ve", "th", "pr", "pi", "ph", "by"))
_ARTICLES: Final = ("den ", "der ", "dem ", "des ")
_WRITTEN: Final = re.compile(
    r"(?:[—–|;,.·]|\s-)\s*(?:written|words|text|story|reporting|geschrieben|écrit|escrito)\s(?:by|von|par|por)\s+(?=\S)",
    re.IGNORECASE,
)
_PROFILE: Final = re.compile(
    r"\s(?:is|was|ist|est|es|è|writes|covers|schreibt|has|joined|lives|works|arbeitet|studierte)\s"
)
_OTHER_SCRIPT: Final = re.compile("[\u0400-\u9fff]")
_WITHIN: Final = re.compile(
    r"\b(?:post|story|article|guide|recipe|review|tutorial|piece|essay|report|opinion|analysis|"
    r"photos and text|words|text|"
    r"written|authored|researched|compiled|curated|created|contributed|shared|told|beitrag|artikel|text|bericht|"
    r"geschrieben|verfasst|recherchiert|artículo|texto|escrito|article|texte|écrit|articolo|testo|scritto)"
    r"\s?(?:is\s|was\s)?(?:by|von|par|por|de|di|da)(?::\s|\s|(?=[A-Z][a-z]))(?=[^\W\d_])|"
    r"(?:das gespräch führten?|interviewer|interview|protokoll|aufgezeichnet von|entretien avec|propos recueillis par)"
    r"\s?:?\s(?=[^\W\d_])",
    re.IGNORECASE,
)
"""What announces a name in the middle of a line: “This is a guest post by …”."""
_WITHIN_WORDS: Final = ("by", "von ", "par ", "por ", " de ", " di ", " da ", "führt", "nterview", "rotokoll")
"""One of these stands in every such line: a cheap look before the pattern."""
_NOTED: Final = re.compile(
    rf"(?:{cues.alternation(cues.PUBLISHED, cues.CHANGED, cues.OTHER_DATE)}|\w+ed by|fact)(?![^\W_])", re.IGNORECASE
)
"""How a line begins that names nobody: a note beside a byline."""
_GENERIC: Final = re.compile(
    r"(?:written\s)?by\s+(?P<whole>(?:our\s(?:\w+\s)?)?(?:editors|editorial|staff)\b.{0,30}|our\steam)"
    r"|(?:von|autor(?:in)?:|by)\s+(?P<desk>(?:(?:der|die)\s)?redaktion\s\S.{2,40})",
    re.IGNORECASE,
)
"""A byline of words that name a whole staff."""
_GUEST: Final = re.compile(r"\bguest\b|\bgast(?:beitrag|autor|kommentar)|\bcolaborador|\binvité", re.IGNORECASE)
_HANDLE_LINE: Final = re.compile(r"by\s+(\S+)", re.IGNORECASE)


def is_byline(text: str) -> bool:
    """Whether a line begins by naming an author or the account that posted it."""
    return len(text) < MAX_BYLINE and bool(named(text) or (_may_post(text) and _POSTED.match(text)))


@lru_cache(maxsize=512)
def named(text: str) -> tuple[str, ...]:
    """The authors a line that begins with a cue names; empty if it is no such line."""
    told = east_asian_names.reporters(text[:MAX_BYLINE])
    if told:
        return told
    whole = _GENERIC.fullmatch(text) if text[:2].casefold() in _STARTS else None
    if whole:
        return (whole["whole"] or whole["desk"],)
    if text[:2].casefold() in _STARTS:
        for pattern in (_STRONG, _PLAIN):
            cue = pattern.match(text)
            found = person_names.announced(text[cue.end() :]) if cue else ()
            if (
                found
                and not found[0].startswith(_ARTICLES)
                and (" " in found[0] or len(found) > 1 or len(text) <= MAX_SINGLE_NAME_LINE)
            ):
                return found
    reporter = roles.after_role(text)
    if reporter:
        found = person_names.announced(reporter)
        whole_line = sum(map(len, found)) + 4 * len(found) >= len(reporter)
        return found if found and whole_line and all(map(person_names.is_person, found)) else ()
    genre = _GENRE.search(text) if " di " in text or _may_post(text) else None
    if genre:
        found = person_names.announced(text[genre.end() :])
        return found if all(map(person_names.is_person, found)) else ()
    return _bare(text)


def is_whole_byline(text: str) -> bool:
    """Whether a line is a cue and the names that it announces, and little else."""
    found = named(text) if text[:2].casefold() in _STARTS and len(text) < MAX_BYLINE else ()
    rest = len(text) - sum(map(len, found)) - 4 * len(found)
    most = MAX_BESIDE_NAMES * (2 if roles.says_role(text) else 1)
    return bool(found) and rest <= most and any(" " in one or not one.isascii() for one in found)


def _bare(text: str) -> tuple[str, ...]:
    """A handle or a desk after "by", a person after a noun that no colon follows."""
    if text[:2].casefold() not in _BARE_STARTS:
        return ()
    noun = _NOUN_ALONE.match(text)
    found = person_names.announced(text[noun.end() :]) if noun else ()
    if (
        found
        and person_names.is_person(found[0])
        and (person_names.is_given(found[0]) or len(text) <= MAX_SINGLE_NAME_LINE)
    ):
        return found
    handle = _HANDLE_LINE.fullmatch(text)
    if handle and person_names.is_handle(handle[1]):
        return (handle[1],)
    house = _ORGANISATION.fullmatch(text)
    return (house[1],) if house else ()


def is_other_role(text: str) -> bool:
    """Whether a line begins by naming somebody who is not the author."""
    return text[:2].casefold() in _OTHER_STARTS and OTHER_ROLE.match(text) is not None


def is_other_cue(text: str) -> bool:
    """Whether a line is a cue that announces, on the line below, somebody who is not the author: "Reviewed by"."""
    return len(text) < MAX_CUE_LINE and is_other_role(text)


def tells(text: str) -> bool:
    """Whether what follows a name begins to tell who that is."""
    return _PROFILE.match(text[:12]) is not None


def within(text: str) -> tuple[str, ...]:
    """The authors that a cue announces in the first half of a line of other words."""
    may = len(text) <= MAX_BYLINE and any(word in text for word in _WITHIN_WORDS)
    cue = _WITHIN.search(text[:MAX_LOOSE_LINE]) if may else None
    if cue is None or OTHER_CUE.search(text[: cue.end()].rstrip(" by")):
        return ()
    found = person_names.announced(text[cue.end() : MAX_BYLINE])
    return found if found and all(map(_is_someone, found)) else ()


def is_note(text: str) -> bool:
    """Whether words begin as a note about the page: a date's announcement, who checked it."""
    return _NOTED.match(text) is not None


def is_guest(text: str) -> bool:
    """Whether a line speaks of somebody from outside."""
    return _GUEST.search(text) is not None


def written_after(text: str) -> tuple[str, ...]:
    """The authors of a line that first names somebody else: “Reviewed by … — Written by …”."""
    cue = _WRITTEN.search(text[:MAX_BYLINE])
    return person_names.announced(text[cue.end() : MAX_BYLINE]) if cue else ()


def strongly(text: str) -> tuple[str, ...]:
    """The authors a line names after a cue that has no other meaning."""
    cue = _STRONG.match(text[:MAX_BYLINE])
    return person_names.announced(text[cue.end() : MAX_BYLINE]) if cue else ()


def is_lone(text: str) -> bool:
    """Whether a line is a cue and nothing else."""
    return len(text) <= MAX_CUE_LINE and text[:2].casefold() in _LONE_STARTS and _LONE.fullmatch(text) is not None


def below(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """The names on the lines below a line that is a cue and nothing else; "and" may stand alone between them."""
    if not is_lone(lines[at].text):
        return ()
    given: tuple[str, ...] = ()
    joined = True
    for line in lines[at + 1 : at + 8]:
        text = person_names.unpictured(line.text)
        if given and text.casefold() in {"and", "und", "&", ",", "et", "y", "e"}:
            joined = True
            continue
        more = person_names.announced(text[:MAX_BYLINE]) if joined or person_names.is_given(text) else ()
        profile = more and tells(text[len(more[0]) :])
        if not more or (len(text) > 2 * len(more[0]) + 24 and not profile) or not _is_someone(more[0]):
            break
        if not joined and not person_names.name_line(text):
            break
        given += more
        joined = text[-1:] in {",", "&"}
    return tuple(dict.fromkeys(given))


def loosely(lines: Sequence[Line], at: int) -> tuple[str, str]:
    """Up to four words after a cue, or below one, that need not look like a name; and how: ``any-cued``, ``any-below``.

    Organisations, teams and people sign with words that are nobody's name; both are empty where nothing announces any.
    """
    text = lines[at].text
    above = lines[at - 1].text if at else ""
    if len(text) < MAX_LOOSE_LINE // 2 and is_lone(above):
        return "any-below", "" if _NOTED.match(text) else _few_words(text)
    if len(text) > MAX_LOOSE_LINE or not (text[:2].casefold() in _ANY_STARTS or dates.possible(text)):
        return "", ""
    if _ANY_WORD.isdisjoint(text.casefold().replace(":", " ").replace("/", " ").split()):
        return "", ""
    text = _GLUED_CUE.sub(" ", text)
    cue = _ANY.search(text)
    if not cue or OTHER_CUE.search(text[: cue.start()]) or (cue.start() and not dates.find(text)):
        return "", ""
    return "any-cued", _few_words(text[cue.end() :])


def _few_words(text: str) -> str:
    """The words at the head of a text, up to a date or a sign, if they are no more than four."""
    found = dates.find(text)
    words = _CUT.sub("", text[: found[0].start] if found else text).strip(" .,*_-–—'")
    if words[:1].islower() and " " in words:
        return ""
    return words if len(words) < organisations.MAX_NAME_LENGTH and _WORDS.fullmatch(words) else ""


def _is_someone(name: str) -> bool:
    return person_names.is_person(name) or person_names.is_given(name) or name.casefold() in cues.AGENCIES


def posted_by(page: Page) -> Iterator[Claim]:
    """Who put the text on the page, as far as it says."""
    for line in head(page):
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
    may = len(text) < MAX_BYLINE and _may_post(text) and any(word in text.casefold() for word in _POST_WORDS)
    cue = _POSTED.search(text) if may else None
    if not cue:
        return ""
    rest = (cue["name"] or cue["later"] or "").strip()
    word = rest.split(" ", 1)[0].strip(".,;|")
    if person_names.is_handle(word):
        return word
    found = person_names.announced(rest)
    return found[0] if found else ""


def head(page: Page, title_line: int = 0) -> Iterator[Line]:
    """The lines a byline can stand in, from the top down: below the title, or above the body, and its first lines."""
    lines = page.lines
    title = page.place(title_line)
    if title is None:
        yield from lines[max(0, page.first - LINES_ABOVE_BODY) : page.first + LINES_INTO_BODY]
    else:
        yield from lines[title + 1 : min(title + LINES_BELOW_TITLE, max(page.first, title) + LINES_INTO_BODY)]
