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

_IS: Final = (
    " is ",
    " ist ",
    " est ",
    " es ",
    " è ",
    " é ",
    " was ",
    " writes ",
    " covers ",
    " schreibt ",
    " arbeitet ",
    " joined ",
    " founded ",
    " studi",
)
_BIOGRAPHY: Final = re.compile(
    r"\(?([A-ZÀ-Þ]\S{1,20}(?:\s\S{1,20}){1,3}?)(?:,\s[^.]{2,60},)?\s"
    r"(?:(?:is|was|ist|war|est|es|è|é)\s(?:an?|the|our|eine?|der|die|freie|une?|una?|um|uma|currently|formerly|[a-z]{2,20})\s"
    r"|(?:writes|covers|schreibt|arbeitet|écrit|escribe|scrive|studied|studierte|joined|founded)\s)"
)
_SELF: Final = re.compile(
    r"(?i:(?:hi|hey|hello|hallo|hola|bonjour|ciao|olá|hej)(?:\sthere|\sy[’']all|\severyone)?\W{1,4})?"
    r"(?i:i[’']m|i\sam|my\sname\sis|ich\sbin|ich\sheiße|mein\sname\sist|je\ssuis|je\sm[’']appelle|soy|me\sllamo|"
    r"mi\schiamo|sono|eu\ssou|meu\snome\sé|ik\sben|jag\sheter|jag\sär|jeg\sheter|jeg\ser|меня\sзовут)"
    r"\s(?P<name>[A-ZÀ-ÞА-Я][\w’'-]{1,20}(?:\s[A-ZÀ-ÞА-Я][\w.’'-]{0,20}){0,2})"
)
"""How somebody introduces themselves: “Hi, I’m Hanne, and I keep gauges.”"""
_SELF_STARTS: Final = frozenset("iIhHmMjJsSeEbBcCoOмМ")
"""What an introduction can begin with: a cheap look before the pattern."""
_RIGHTS: Final = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s?(?:©|\(c\)|copyright))?[\s:,]{0,2}"
    r"(?:\d{4}(?:\s?[-–—,]\s?(?:\d{4}|present|heute))?[\s:,.·|–-]{0,3}(?:©\s?)?(?:by\s|von\s)?|(?:by|von)\s)(?P<name>[^\W\d_].*)"
    r"|copyright\s(?:by\s)?(?P<dated>[^\W\d_]\D{3,40})\s\d{4}"
    r"|(?:\d{4}\s?[-–—]\s?)?\d{4}\s(?:©\s)?(?:by|von)\s(?P<later>[^\W\d_].*)",
    re.IGNORECASE,
)
"""Whose work a page says it is: “© 2012–2025 Hanne Orlick”."""
MAX_INTRODUCTION: Final = 80
"""Characters in which somebody comes to their name."""
MAX_RIGHTS: Final = 160
"""Characters of a line that says so."""
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


def introduced(text: str) -> str:
    """Who introduces themselves at the head of a paragraph; empty where nobody does."""
    found = _SELF.match(text[:MAX_INTRODUCTION]) if text[:1] in _SELF_STARTS else None
    return found["name"] if found and person_names.is_name(found["name"]) else ""


def holder(text: str) -> tuple[str, ...]:
    """The person whose work a line says the page is; empty where it names nobody, or a house."""
    if len(text) > MAX_RIGHTS or not (
        "©" in text or "opyright" in text or "(c)" in text or " by " in text or " von " in text
    ):
        return ()
    found = _RIGHTS.search(text)
    names = person_names.announced(found["name"] or found["dated"] or found["later"]) if found else ()
    return names[:1] if names and person_names.is_someone(names[0]) else ()


def told(text: str) -> tuple[str, ...]:
    """The person that a note tells about: “Hanne Orlick is a writer on the coast”; empty where it tells of nobody."""
    if not any(verb in text[:MAX_NAME_TO_VERB] for verb in _IS):
        return ()
    note = _BIOGRAPHY.match(text)
    found = person_names.announced(note[1]) if note else ()
    return found if len(found) == 1 and person_names.is_person(found[0]) else ()


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
    found = told(text)
    if found:
        return "told", found
    return ("line", person_names.name_line(text)) if body and len(text) <= MAX_NAME_LINE else ("", ())
