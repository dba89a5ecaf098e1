"""Whether words are a name: what a byline may give as an author, and how several are told apart."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

from stemma.clean.claims.recognizers import east_asian_names, organisations, roles
from stemma.clean.claims.recognizers.cues import AGENCIES
from stemma.clean.claims.recognizers.organisations import MAX_NAME_LENGTH

MAX_TOKEN_LENGTH: Final = 20
"""Characters of one word of a person's name."""
MAX_NAME_WORDS: Final = 6
"""Words of a name."""
MAX_AUTHORS: Final = 12
"""Names of a byline; more are a list of something else."""
MAX_LINE_WORDS: Final = 24
"""Words of a line of names; one of more is a sentence."""

_WORDS: Final[dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("person_names.toml").read_text(encoding="utf-8")
)
PARTICLES: Final = frozenset(_WORDS["particles"].split())
GIVEN: Final = frozenset(_WORDS["given"].split())
_CREDENTIALS: Final = frozenset(_WORDS["credentials"].split())
_MONTHS: Final = "Jan|Feb|Mar|Mär|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez"
_END: Final = re.compile(
    rf"\s*(?:[|•·●▪◦■►→<>\[\](){{}}@:：#“”\"„«»!?=+…]|/(?=\s?(?:\d|(?:{_MONTHS})[a-z]*\.?\s\d|Updated?\b))"
    rf"|\s[\w.-]{{1,40}}@[\w-]{{1,40}}\.|//|\s[–—/~-]+\s|\s-|\d|\bhttps?\b"
    r"|\b(?:follow|updated?|published?|posted|contributor|reviewed|edited|photos?|fotos?|illustration|for|in|at|on|from|"
    r"with|about|is|was|has|says?|aus|für|im|in|am|bei|mit|über|vom|last|zuletzt|schreibe|min(?:ute)?s? read|share|"
    r"aktualisiert|veröffentlicht|stand|uhr|le|publié|mis à jour|el|il|em|op|via|als)\b\s*(?=\W|[^\W_]|$))",
    re.IGNORECASE,
)
_WHOLE_MONTHS: Final = (
    r"(?:Jan(?:uar[y]?)?|Feb(?:ruar[y]?)?|Mar(?:ch|s|zo|ço)?|März?|Apr(?:ile?)?|Ma[iy]|Jun[ie]?|Jul[iy]?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:embe?r)?|De[cz](?:embe?r)?)"
)
# The words of two boxes of a page, run together: a name ends where the next box begins.
_RUN_ON: Final = re.compile(
    r"(?<=[^\W\d_A-Z])(?=(?:Updated?|Published|Posted|Staff|Follow|Senior|Contribut|Editor|Special|Kategorie|Last|Share|"
    rf"{_MONTHS})[a-z]*\b)"
    rf"|\s(?={_WHOLE_MONTHS}\.?\s\d|Kategorien?\b|(?:The )?Associated Press$|Reuters$)"
)
_GLUED: Final = re.compile(r"(?<=[^\W\d_]{3}[a-zß-ÿ])(?=[A-ZÀ-Þ][a-zß-ÿ]{3})")
_DOUBLED: Final = re.compile(r"^(\S{2,20} \S{2,20}(?: \S{2,20})?) \1\b")
_BETWEEN: Final = re.compile(
    r"\s*(?:[,;&،、，；＆]|\s/\s|(?<=[a-zß-ÿ])/(?=[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ])|"
    r"\b(?:and|und|et|y|e|i|en|og|och|и|и|with|mit)\b(?=\s)|(?<=\s)و(?=\S))\s*",
    re.IGNORECASE,
)
_TWO_WORDS: Final = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ][a-zß-ÿ]+")
_STROKE: Final = re.compile(r"[/+]")
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
"""Vowel signs and other marks inside the words of other scripts, which are no letters to Python."""
_TOKEN: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*(?:['’.\-‐·・](?:[^\W\d_]|[{_MARKS}])*)*\.?")
_NICKNAME: Final = re.compile(r"(?<=[^\W\d_] )([\"“„‘'‹(])([^\W\d_][\w.-]{1,15})([\"”“’'›)])(?= [A-ZÀ-Þ])")
"""A name by which somebody is called, between the given name and the family name."""
_QUOTES: Final = frozenset('"“„‘‹(')
_OURS: Final = re.compile(
    r"^(?:unser(?:e[mrn]?)?|our|notre|nuestr[ao]|nostr[ao]|onze|nosso|nossa|vår|vores)\s(?=[^\W\d_])", re.IGNORECASE
)
"""What stands before the role of a paper's own reporter."""
_AGAIN: Final = re.compile(r"^(?:(?:[Bb]y|[Vv]on)[:\s]\s?(?=[A-ZÀ-Þ])|(?:Του|Της|Των)\s(?=[Α-ΩΆ-Ώ]))")
"""A cue after the cue ("Posted by By Hanne"), and the article of a Greek name in the genitive."""
_PICTURED: Final = re.compile(
    r"^(?:(?:head\s?shot|photo|picture|portrait|avatar|profile (?:picture|photo|image)|image) (?:of|for|by)|bild von|"
    r"foto von|photo de|foto de)\s+",
    re.IGNORECASE,
)
"""What a picture of somebody is called, where pictures are shown by their names."""
_MARK: Final = re.compile("[®™©]")
_SUFFIXES: Final = frozenset(("jr", "sr", "esq"))
"""What follows a family name and keeps its full stop."""
_PLACE_WORDS: Final = frozenset(
    "bad san santa sankt saint st sainte new los las port fort nueva são el la le les den north south east west".split()  # noqa: SIM905
)
"""Words that places of two words begin with."""
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・·\s]{2,16}")
_ASIDE: Final = re.compile(
    r"\bago\b|[|•·]\s*(?:published|updated|posted|\d)|@\w|\bfollow\b|\d\s(?:hours?|days?|min)", re.IGNORECASE
)
_PLACE: Final = re.compile(
    r"(?:,|\s[—–-])\s[A-ZÀ-Þ][\w.'’-]+(?:[\s-](?:d[eio]l?|la|am|an der|ob der|[A-ZÀ-Þ][\w.'’-]+)){0,3}"
)
"""A place after a name: ", Vila Nova"."""
_JOINS: Final = frozenset(("and", "und", "et", "y", "e", "i", "en", "og", "och", "и", "with", "mit"))
_NO_PERSON: Final = frozenset(("the", "of", "for", "und", "zur", "zum"))
_NO_NAME: Final = frozenset(_WORDS["no_names"].split())


def announced(text: str) -> tuple[str, ...]:
    """The names at the head of what follows a cue such as "By"; empty where it does not begin with a name."""
    text = _MARK.sub("", _AGAIN.sub("", text))
    text = _OURS.sub("", _DOUBLED.sub(r"\1", text[: MAX_AUTHORS * MAX_NAME_LENGTH]), count=1)
    rank = roles.ROLES.match(text) if text[:1].islower() else None
    text = text[rank.end() :].lstrip(" :") if rank else text
    house = organisations.public_body(text)
    if house:
        whole, _, other = house.rpartition(" and ")
        return (whole, other) if whole and is_given(other) else (house,)
    nicknames = list(_NICKNAME.finditer(text))
    if nicknames:
        text = _NICKNAME.sub(r"‹\2›", text)
    names = _separated(_head(text))
    for one in nicknames:
        names = tuple(name.replace(f"‹{one[2]}›", one[0]) for name in names)
    return names


def _separated(head: str) -> tuple[str, ...]:
    pieces = list(map(_stripped, _BETWEEN.split(head)))
    if len(pieces) == 2 and _placed(pieces[0], pieces[1], head):
        pieces.pop()
    names: list[str] = []
    ranked = False
    for at, piece in enumerate(map(_trimmed, pieces)):
        if not piece:
            continue
        piece = piece if is_name(piece) else (before_rank(piece) or _before_stroke(piece))  # noqa: PLW2901
        if names and _credential(piece):
            names[-1] += f", {piece}"
        elif at and _aside(piece, names):
            ranked = ranked or (roles.ROLES.search(piece) is not None and "," in head)
        elif is_name(piece) and not (ranked and not is_given(piece)):
            names.append(_without_rank(piece))
        else:
            break
    return tuple(dict.fromkeys(names)) if len(names) <= MAX_AUTHORS else ()


def unpictured(text: str) -> str:
    """A line without the words that say it stands for somebody's picture."""
    return _PICTURED.sub("", text, count=1)


def _stripped(piece: str) -> str:
    """A piece of a list without what separates it; "Jr." keeps its full stop."""
    bare = piece.strip(" .,*_-–—'")
    ends = bare.rpartition(" ")[2].casefold() in _SUFFIXES and piece.strip().startswith(f"{bare}.")
    return f"{bare}." if ends else bare


def _placed(name: str, piece: str, text: str) -> bool:
    """Whether what follows a person's name and a comma is where that person is, or whom that person writes for."""
    return (
        text[len(name) :].lstrip().startswith(",")
        and (
            is_given(name) or piece.startswith("The ") or piece.partition(" ")[0].strip(".").casefold() in _PLACE_WORDS
        )
        and not is_given(piece)
        and " " in piece
        and not _credential(piece)
        and piece.casefold() not in AGENCIES
        and sum(token[:1].isupper() for token in piece.split()) > 1
    )


def _trimmed(piece: str) -> str:
    """A name up to the first word that no name holds, if two words stand before it; twice the same name once."""
    tokens = piece.split()
    end = next((at for at, token in enumerate(tokens) if token.casefold() in _NO_NAME), len(tokens))
    half = len(tokens) // 2
    if half and tokens[:half] == tokens[half:]:
        return " ".join(tokens[:half])
    if 2 < end < len(tokens) and tokens[end - 1].isupper() and not tokens[0].isupper():
        end -= 1  # "Ada Quist COAST TODAY"
    return _stripped(" ".join(tokens[:end])) if 1 < end < len(tokens) else piece


def _without_rank(piece: str) -> str:
    """“Ada Quist Landespolitische Korrespondentin” without what she is, before her name or after it."""
    piece = east_asian_names.RANK.sub("", piece)
    rank = roles.ROLES.search(piece)
    if rank is None:
        return piece
    before = before_rank(piece)
    if before:
        return before
    tokens, after = piece[: rank.start()].split(), piece[rank.end() :].split()
    if len(tokens) < 2 or not is_name(" ".join(tokens)):
        staff = piece.startswith("Redaktion ") and not is_given(" ".join(after))
        return " ".join(after) if len(after) > 1 and is_name(" ".join(after)) and not staff else piece
    return " ".join(tokens[:2] if len(tokens) > 2 and tokens[-1].endswith("e") else tokens)


def before_rank(text: str) -> str:
    """The name before what somebody is: "Ada Quist Deputy Harbour Editor", "Ada Quist (reporter)"; else empty."""
    rank = roles.ROLES.search(text, 3)
    if rank is None:
        return ""
    tokens = text[: rank.start()].rstrip(" ,(–—|-").split()
    if any(token[-1] in ",&" or token.casefold() in _JOINS for token in tokens):
        return ""
    loud = tokens[:1] != [] and tokens[0].isupper() and len(tokens[0]) > 1
    end = next(
        (
            at
            for at, one in enumerate(tokens)
            if at > 1 and (_says_rank(one) or (one.isupper() and not loud and "." not in one))
        ),
        len(tokens),
    )
    tokens = tokens[: 2 if end == len(tokens) > 3 else end]
    name = " ".join(tokens)
    return name if is_person(name) and (is_given(name) or len(tokens) < 4) else ""


def _before_stroke(piece: str) -> str:
    """The person before a stroke and whom that person writes for: "Ada Quist/HBR"."""
    name, stroke, _ = piece.partition("/")
    return name if stroke and is_person(name.strip()) else piece


def _says_rank(token: str) -> bool:
    bare = token.strip(",()&–-").casefold()
    return bare in roles.RANK_WORDS or (token[:1].islower() and bare not in PARTICLES) or token[:1] in "(&–-|"


def _head(text: str) -> str:
    """The text up to the first sign or word that no name goes on after."""
    text = _RUN_ON.split(text[: MAX_AUTHORS * MAX_NAME_LENGTH], maxsplit=1)[0]
    glued = _GLUED.search(text)
    if glued and " " in text[: glued.start()].strip():
        after = text[glued.start() :]
        text = f"{text[: glued.start()]}, {after}" if is_given(after) and " " in after else text[: glued.start()]
    end = _END.search(text)
    return text[: end.start()] if end else text


def _credential(piece: str) -> bool:
    return all(token.replace(".", "").casefold() in _CREDENTIALS for token in piece.split())


def _aside(piece: str, names: list[str]) -> bool:
    """A place, a house or a rank after a name, not one more author."""
    if piece.casefold() in AGENCIES:
        return False
    if roles.ROLES.search(piece) or organisations.is_organisation(piece):
        return True
    loud = piece.isupper() and not names[0].isupper() if names else False
    return loud or (" " not in piece and bool(names) and not _CJK.fullmatch(piece))


def is_name(piece: str) -> bool:
    """Whether words are written as a name is: capitals but for particles, few words, no verb of a menu."""
    piece = piece.strip()
    if not 2 <= len(piece) <= MAX_NAME_LENGTH:
        return False
    if piece.casefold() in AGENCIES or _CJK.fullmatch(piece):
        return True
    if not _QUOTES.isdisjoint(piece):
        piece = " ".join(_NICKNAME.sub("", piece).split())
    tokens = piece.split()
    if len(tokens) > MAX_NAME_WORDS or not all(_TOKEN.fullmatch(token) for token in tokens):
        return False
    if any(token.casefold() in _NO_NAME for token in tokens):
        return False
    if len(tokens) > 3 and tokens[: len(tokens) // 2] == tokens[len(tokens) // 2 :]:
        return False
    return all(_capital(token) or token.casefold() in PARTICLES for token in tokens) and _capital(tokens[-1])


def _capital(token: str) -> bool:
    """A capital first letter, or a script that has none; “al-Hakim” and “d’Arc” count by their second part."""
    if token[0].isupper() or not (token[0].islower() or token[0].isupper()):
        return True
    second = re.split(r"['’\-]", token, maxsplit=1)
    return len(second) == 2 and second[1][:1].isupper()


@lru_cache(maxsize=1024)
def is_person(piece: str) -> bool:
    """A name of two to four words none of which stands all in capitals beyond initials: a person, most likely."""
    tokens = piece.split()
    if not 2 <= sum(token.casefold() not in PARTICLES for token in tokens) <= 4 or not is_name(piece):
        return False
    if roles.ROLES.search(piece) or any(
        token.casefold() in _NO_PERSON or len(token) > MAX_TOKEN_LENGTH for token in tokens
    ):
        return False
    return is_given(piece) or not any(len(token) > 3 and token.isupper() for token in tokens)


def is_given(piece: str) -> bool:
    """Whether the first word is a common given name."""
    return piece.split(" ", 1)[0].split("-", 1)[0].casefold() in GIVEN


def is_first_name(text: str) -> bool:
    """Whether a line is one common given name."""
    return text[:1].isupper() and text.strip(" .,!–-").casefold() in GIVEN


def is_handle(text: str) -> bool:
    """One word as people sign in with, not written as a name."""
    return bool(re.fullmatch(r"[a-z][\w.\-]{1,30}", text, re.ASCII)) and not text.isdigit()


def name_line(text: str, *, placed: bool = False) -> tuple[str, ...]:
    """The names a line consists of, with at most what they are or where they are followed beside them.

    ``placed``: a place may follow, as in a dateline of two lines.
    """
    plain = _plain_name(text) if len(text) <= 2 * MAX_NAME_LENGTH else ()
    if plain:
        return plain
    if len(text) > 3 * MAX_NAME_LENGTH or text[:1].islower() or text[-1:] in ".:!?":
        return ()
    if _TWO_WORDS.fullmatch(text):
        return (text,) if _END.search(f"{text} ") is None and is_someone(text) else ()
    parts = [part for part in text.split(" | ") if part]
    found = announced(parts[0]) if parts else ()
    if not found:
        return ()
    more = [announced(part) for part in parts[1:]]
    if more and all(one and is_given(one[0]) for one in more):
        return (*found, *(name for one in more for name in one))
    rest = text[sum(map(len, found)) + 8 * len(found) :]
    whole = not rest or len(parts) > 1 or _ASIDE.search(text) or text == f"{found[0]} {found[0]}"
    whole = whole or (is_given(text) and roles.ROLES.search(text, len(found[0]), len(found[0]) + 30) is not None)
    whole = whole or (placed and len(found) == 1 and _PLACE.fullmatch(text[len(found[0]) :]) is not None)
    return found if whole and all(is_someone(one) for one in found) else ()


def _plain_name(text: str) -> tuple[str, ...]:
    """The names of a line that is an agency, an East Asian name, or a name before what somebody is."""
    text = text.strip("【】［］「」（）()[]")
    told = east_asian_names.reporters(text)
    ranked = "" if told else east_asian_names.ranked_name(text) or before_rank(text)
    if told or ranked:
        return told or (ranked,)
    return (text,) if text.casefold() in AGENCIES or east_asian_names.is_name(text) else ()


def may_be_name_line(text: str) -> bool:
    """Whether a line can consist of names at all: a cheap look at its first two words."""
    words = text.split(None, 2)
    if len(words) < 2:
        return not text.isascii() or text.casefold() in AGENCIES
    second = words[1]
    if second[0].islower() and second.strip(",;") not in PARTICLES and second not in _JOINS:
        return False
    return not (text.count(" ") > MAX_LINE_WORDS or words[0].casefold() in _NO_NAME or second.casefold() in _NO_NAME)


def may_sign(words: Sequence[str]) -> bool:
    """Whether words in small letters are none of a menu and none that only joins others."""
    return not any(word in _NO_NAME or (word in PARTICLES and len(words) == 1) for word in words)


def several(text: str) -> tuple[str, ...]:
    """The people of a line that names one after the other, with a stroke between them or with nothing at all."""
    if len(text) > 2 * MAX_NAME_LENGTH:
        return ()
    if "/" in text or "+" in text:
        parts = [part.strip() for part in _STROKE.split(text)]
        people = tuple(itertools.takewhile(is_someone, parts))
        return people if len(people) > 1 or (people and re.search(r"\d{4}", text)) else ()
    tokens = text.split()
    if not 4 <= len(tokens) <= MAX_AUTHORS or not is_given(text):
        return ()
    people_tokens: list[list[str]] = []
    for at, token in enumerate(tokens):
        if is_given(token) and len(tokens) - at > 1 and (not people_tokens or len(people_tokens[-1]) > 1):
            people_tokens.append([token])
        elif people_tokens:
            people_tokens[-1].append(token)
    people = tuple(dict.fromkeys(" ".join(one) for one in people_tokens))
    whole = all(2 <= len(one) <= 3 for one in people_tokens) and all(map(is_person, people))
    return people if whole and len(people_tokens) > 1 else ()


def is_someone(name: str) -> bool:
    """Whether a name that no cue announces is a person's or an agency's, and not a paper's."""
    return (is_person(name) and not organisations.is_organisation(name)) or name.casefold() in AGENCIES
