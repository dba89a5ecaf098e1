"""Names of papers, firms, teams and public bodies, by the words they are called by."""

from __future__ import annotations

import re
from typing import Final

MAX_NAME_LENGTH: Final = 60
"""Characters of a name."""

_ORGANISATIONS: Final = re.compile(
    r"\b(?:team|news|media|magazine|packet|review|gazette|herald|tribune|journal|chronicle|courier|observer|guardian|"
    r"record|bulletin|zeitung|nachrichten|anzeiger|kurier|collective|university|institute|foundation|times|post|inc|llc|ltd|gmbh|group|agency|"
    r"studio|service|staff)\b",
    re.IGNORECASE,
)
_TEAM: Final = re.compile(r"\b(?:team|staff|desk|redaktion)\b", re.IGNORECASE)
_BODY_OF: Final = re.compile(
    r"(?:[Tt]he )?(?:[A-ZÀ-Þ][\w’'-]* ){0,4}"
    r"(?:Institute|Ministry|Department|Office|Cent(?:er|re)|Committee|Council|Association|Society|Federation|Union|"
    r"Foundation|School|Board|Bureau|Commission|Agency|Campaign|Coalition|Alliance|Network|Friends|Doctors|Citizens|"
    r"Students|Lawyers|Teachers|Physicians|Workers|Academy|Museum|Library|Bank|League|House)"
    r" (?:of|for|on|against|without) "
    r"(?:(?:the|and|of|for|in|on|&) |[A-ZÀ-Þ][\w’'-]*(?:,(?= [A-ZÀ-Þ][\w’'-]* and ))? ?){1,8}(?<=[\w’'])"
)
"""An organisation whose name has an "of" or a "for", after which "and" parts no two names."""


def public_body(text: str) -> str:
    """The name of a body that a text begins with, whole: "Ministry of Health and Social Affairs"; or empty."""
    body = _BODY_OF.match(text)
    if body is None or len(body[0]) > MAX_NAME_LENGTH or text[body.end() :].lstrip()[:1].islower():
        return ""
    return body[0]


def is_paper(name: str) -> bool:
    """Whether a name has a word that papers and firms are called by, but teams are not."""
    return is_organisation(name) and _TEAM.search(name) is None


def is_organisation(name: str) -> bool:
    """Whether a name has a word that papers, firms and teams are called by."""
    return _ORGANISATIONS.search(name) is not None
