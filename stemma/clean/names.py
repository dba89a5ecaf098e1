"""Whether words are a name: what a byline may give as an author, and how several are told apart."""

from __future__ import annotations

import re
from typing import Final

from stemma.clean.cues import AGENCIES

LONGEST_NAME: Final = 60
MOST_TOKENS: Final = 6
MOST_AUTHORS: Final = 12

PARTICLES: Final = frozenset(
    "van von der den de del della di da do dos das du la le el al bin ibn ben abu af av zu zum zur ter ten te 't y e o’ st st. und of the for mc".split()
)
_CREDENTIALS: Final = frozenset(
    "md phd ma ms msc ba bsc rd rdn ldn rn mph dds dmd jd esq jr sr ii iii cfp cpa cfa mba pt dpt lcsw lmft psyd do np pa facp cdces ld mpp mpa dr dvm pharmd edd cscs msn bsn fnp aprn lpc".split()
)
_ROLES: Final = re.compile(
    r"\b(?:editors?|reporters?|columnists?|correspondents?|analysts?|writers?|contributors?|contributing|staff writer|senior|managing|director|"
    r"professor|founder|ceo|cto|manager|specialist|expert|journalist|producer|critic|redakteur\w*|redaktion\w*|"
    r"online-redaktion|korrespondent\w*|chefredakteur\w*|autor\w*|journaliste?|rédact\w+|redactor\w*|corresponsal|periodista|redattor\w*|inviat[oa]|"
    r"giornalista|jornalista|repórter|redacteur|verslaggever|корреспондент|редактор|обозреватель)\b",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"\s*(?:[|•·●▪◦■►→<>\[\](){}@:：#“”\"„«»!?=+…]|//|\s[–—/~-]+\s|\s-|\d|\bhttps?\b|\b(?:follow|updated?|published?|posted|contributor|reviewed|edited|photos?|"
    r"fotos?|illustration|for|in|at|on|from|with|about|is|was|has|says?|aus|für|im|in|am|bei|mit|über|vom|and friends|"
    r"last|min(?:ute)?s? read|share|aktualisiert|veröffentlicht|stand|uhr|le|publié|mis à jour|el|il|em|op|il y a|via|als)\b\s*(?=\W|[^\W_]|$))",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"\s*(?:[,;&،、，；＆]|\s/\s|\b(?:and|und|et|y|e|i|en|og|och|и|и|with|mit)\b(?=\s)|(?<=\s)و(?=\S))\s*",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[^\W\d_][^\W\d_]*(?:['’.\-‐·・][^\W\d_]*)*\.?")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・·\s]{2,16}")
_NO_NAME: Final = frozenset(
    "home news menu search share login subscribe newsletter sport sports politics opinion business world about contact follow more read next "
    "previous back top related comments comment advertisement anzeige startseite nachrichten kultur wirtschaft politik suche teilen abo video videos "
    "photo photos audio podcast podcasts live blog blogs articles article categories category tags email print facebook twitter "
    "instagram youtube linkedin whatsapp reddit pinterest cookies privacy terms policy january february march april june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday today yesterday "
    "technology health science entertainment travel food lifestyle fashion music movies gaming reviews guides guide tips shop cart account sign "
    "reading minutes hours ago how what why when where which best your my our this that these those it its us we you he she they him her them "
    "continue view all see click here download free new latest popular featured trending updated published posted by".split()
)


def announced(text: str) -> tuple[str, ...]:
    """The names at the head of what follows a cue such as \"By\"; empty where it does not begin with a name."""
    pieces = [piece.strip(" .,*_-–—'") for piece in _BETWEEN.split(_head(text))]
    names: list[str] = []
    for at, piece in enumerate(pieces):
        if not piece:
            continue
        if names and _credential(piece):
            names[-1] += f", {piece}"
        elif at and _aside(piece, names):
            continue
        elif is_name(piece):
            names.append(piece)
        else:
            break
    return tuple(dict.fromkeys(names)) if len(names) <= MOST_AUTHORS else ()


def _head(text: str) -> str:
    """The text up to the first sign or word that no name goes on after."""
    text = text[: MOST_AUTHORS * LONGEST_NAME]
    end = _END.search(text)
    return text[: end.start()] if end else text


def _credential(piece: str) -> bool:
    return all(token.replace(".", "").casefold() in _CREDENTIALS for token in piece.split())


def _aside(piece: str, names: list[str]) -> bool:
    """A place, a house or a rank after a name, not one more author."""
    if piece.casefold() in AGENCIES:
        return False
    return bool(_ROLES.search(piece)) or (" " not in piece and bool(names) and not _CJK.fullmatch(piece))


def is_name(piece: str) -> bool:
    """Whether words are written as a name is: capitals but for particles, few words, no verb of a menu."""
    piece = piece.strip()
    if not 2 <= len(piece) <= LONGEST_NAME:
        return False
    if piece.casefold() in AGENCIES or _CJK.fullmatch(piece):
        return True
    tokens = piece.split()
    if len(tokens) > MOST_TOKENS or not all(_TOKEN.fullmatch(token) for token in tokens):
        return False
    if any(token.casefold() in _NO_NAME for token in tokens):
        return False
    return all(_capital(token) or token.casefold() in PARTICLES for token in tokens) and _capital(tokens[-1])


def _capital(token: str) -> bool:
    """A capital first letter, or a script that has none; \"al-Hakim\" and \"d’Arc\" count by their second part."""
    if token[0].isupper() or not (token[0].islower() or token[0].isupper()):
        return True
    second = re.split(r"['’\-]", token, maxsplit=1)
    return len(second) == 2 and second[1][:1].isupper()


def is_person(piece: str) -> bool:
    """A name of two to four words none of which stands all in capitals beyond initials: a person, most likely."""
    tokens = piece.split()
    return 2 <= len(tokens) <= 4 and is_name(piece) and not any(len(t) > 3 and t.isupper() for t in tokens)


def is_handle(text: str) -> bool:
    """One word as people sign in with, not written as a name."""
    return bool(re.fullmatch(r"[a-z0-9][\w.\-]{1,30}", text)) and not text.isdigit()
