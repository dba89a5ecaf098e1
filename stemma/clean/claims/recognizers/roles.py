"""What people who write are called: the words for it, and those that may stand before them."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Final

from stemma.clean.claims.recognizers.organisations import MAX_NAME_LENGTH

ROLES: Final = re.compile(
    r"(?<!\w)(?:editors?|reporters?|columnists?|correspondents?|analysts?|writers?|contributors?|contributing|"
    r"staff writer|"
    r"senior|managing|head|coordinator|director|professor|founder|ceo|cto|manager|specialist|copywriter|strategist|engineer|developer|photographer|moderator|veterinarian|dietitian|gardener|author|authors|marketing|expert|journalist|producer|critic|"
    r"(?:[^\W\d_]|-)*(?:redakteur|korrespondent|reporterin)\w*|redaktion\w*|online-redaktion|autor\w*|"
    r"journaliste?|correspondante?|envoyée? spéciale?|rédact\w+|"
    r"redactor\w*|corresponsal|periodista|redattor\w*|inviat[oa]|giornalista|jornalista|repórter|redacteur|verslaggever|корреспондент|редактор|обозреватель|журналист\w*|кореспондент\w*|"
    r"redaktör|skribent|journalistin|toimittaja|redaktor\w*|dziennikar\w+|korespondent\w*|novinář\w*|újságíró|szerkesztő|"
    r"redactora?|muhabiri?|editörü?|δημοσιογράφος|συντάκτη\w|wartawan|phóng viên|tác giả|"
    r"periodista|כתבת?|עורכת?|خبرنگار|"
    r"مراسل\w?|संवाददाता|প্রতিবেদক)(?!\w)",
    re.IGNORECASE,
)
RANK_WORDS: Final = frozenset(
    tomllib.loads(files(__package__).joinpath("person_names.toml").read_text(encoding="utf-8"))["rank_words"].split()
)
"""Words that can stand between a name and a role: "Ada Quist Deputy Harbour Editor"."""


_WRITES: Final = re.compile(
    r"(?:(?:staff |special |our )?(?:reporter|correspondent|writer|journalist)|korrespondent(?:in)?|reporterin|"
    r"journalistin|journaliste|corresponsal|periodista|giornalista|jornalista|repórter|verslaggever|"
    r"корреспондент|обозреватель|журналист(?:ка)?|кореспондент|toimittaja|dziennikar(?:z|ka)|novinář(?:ka)?|újságíró|"
    r"muhabiri?|wartawan|phóng viên|مراسل\w?|خبرنگار|संवाददाता|প্রতিবেদক)\s+(?=\S)",
    re.IGNORECASE,
)
"""A role that alone announces who wrote the text: "Reporter Ada Quist"."""
MAX_ROLE_LINE: Final = 60
"""Characters of a line of a role and a name."""


def after_role(text: str) -> str:
    """What follows the role at the head of a short line; empty where there is none."""
    role = _WRITES.match(text) if len(text) <= MAX_ROLE_LINE else None
    return text[role.end() :] if role else ""


def is_role(text: str) -> bool:
    """Whether a short line says what somebody is: "Staff Writer"."""
    return len(text) <= MAX_NAME_LENGTH and not text.isdigit() and ROLES.search(text) is not None


def says_role(text: str) -> bool:
    """Whether a text has a word for what somebody who writes is."""
    return ROLES.search(text) is not None
