"""The names at the end of a text: a signature, a profile, a link to more by the same author."""

from __future__ import annotations

import re
from typing import Final

from stemma.clean.claims.page import Line
from stemma.clean.claims.recognizers import credit_lines, person_names
from stemma.records import Label

MAX_SIGNATURE: Final = 100
"""Characters of a signature with a cue."""
MAX_NAME_TO_VERB: Final = 100
"""Characters in which a biographical note comes to its verb."""
MAX_NAME_LINE: Final = 60
"""Characters of a signature without a cue."""

_IS: Final = (" is ", " ist ", " est ", " es ")
_BIOGRAPHY: Final = re.compile(
    r"([A-ZÀ-Þ]\S{1,20}(?:\s\S{1,20}){1,3}?)\s(?:is|ist|est|es)\s(?:an?|the|eine?|freie|une?)\s"
)
_WIRE: Final = re.compile(r"\(?(?:reporting|writing|reporting and writing)\s+by\s+(?=\S)", re.IGNORECASE)
"""How a report of an agency is signed below the text: “(Reporting by …; Editing by …)”."""
_ABOUT: Final = re.compile(r"about the author\b", re.IGNORECASE)
_MORE_BY: Final = re.compile(
    r"(?:about|über|more from|(?:read )?more (?:(?:articles|stories|posts) )?by|view all posts by|posts by|"
    r"latest posts by|"
    r"mehr von|alles von|alle beiträge von|weitere artikel von|ver más de|tous les articles de|"
    r"this (?:post|article|story) was (?:originally )?written by|written by|by)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)


def named(line: Line) -> tuple[str, tuple[str, ...]]:
    """How a line at the end of a text names somebody, and whom; both are empty where it names nobody.

    ``end`` is a signature, ``more`` a link to other texts, ``told`` a note about them, ``line`` a name alone.
    """
    text, body = line.text, line.label is Label.BODY
    short = len(text) < credit_lines.MAX_BYLINE
    if body and short and (len(text) < MAX_SIGNATURE or _ABOUT.match(text) or text[:1] == "("):
        wire = _WIRE.match(text)
        found = person_names.announced(text[wire.end() :]) if wire else credit_lines.strongly(text)
        if found:
            return "end", found
    cue = _MORE_BY.match(text) if short else None
    if cue:
        found = person_names.announced(text[cue.end() :])
        if found and person_names.is_person(found[0]) and (len(found) == 1 or not body):
            return "more", found
    tells = not body and any(verb in text[:MAX_NAME_TO_VERB] for verb in _IS)
    note = _BIOGRAPHY.match(text) if tells else None
    if note:
        found = person_names.announced(note[1])
        if len(found) == 1 and person_names.is_person(found[0]):
            return "told", found
    return ("line", person_names.name_line(text)) if body and len(text) <= MAX_NAME_LINE else ("", ())
