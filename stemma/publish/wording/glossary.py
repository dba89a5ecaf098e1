"""The terms of the site, for readers. GLOSSARY.md has these and the terms of code and data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stemma.publish.wording.names import sortable
from stemma.publish.wording.translation import Translation, message


@dataclass(frozen=True, slots=True)
class Term:
    """A term, what it means here, and the field it comes from, or empty; its anchor is made from its English name."""

    english: str
    name: str
    meaning: str
    field: str = ""

    @property
    def anchor(self) -> str:
        """Its anchor on the glossary page."""
        return self.english.lower().replace(" ", "-")


TERMS: Final = (
    Term("apparatus", message("apparatus"),
         message("The list of all places where the witnesses of a work differ, each with its readings."),
         message("textual scholarship")),
    Term("base", message("base"),
         message("The witness the others of its work are compared with: the one with the earliest stated "
                 "date, then the most complete."),
         message("textual scholarship")),
    Term("boilerplate", message("boilerplate"),
         message("Whatever is on a page besides its text: menus, share buttons, appeals, notices, "
                 "comments.")),
    Term("claim", message("claim"),
         message("Something a page states, such as its title, author or date, with the line that states "
                 "it.")),
    Term("comparison", message("comparison"),
         message("A page that shows two texts side by side, word by word.")),
    Term("compilation", message("compilation"),
         message("A text that contains other texts. It is a work of its own.")),
    Term("copy", message("copy"),
         message("A text with the same words as another, or nearly. The data call it a mirror.")),
    Term("curator", message("curator"),
         message("The person who checks and corrects what the program reads. Corrections are marked."),
         message("archives")),
    Term("excerpt", message("excerpt"),
         message("A text that shares a passage with another, and not much else.")),
    Term("label", message("label"),
         message("What a line of a received page is: the text, title, navigation, share buttons, and so "
                 "on.")),
    Term("provenance", message("provenance"),
         message("Where a file was received from."),
         message("archives")),
    Term("publisher", message("publisher"),
         message("Whom a page names as its publisher. Variant names are grouped by authority records.")),
    Term("raw file", message("raw file"),
         message("A page as it was received, never changed.")),
    Term("reading", message("reading"),
         message("The words of one witness at a place of the apparatus."),
         message("textual scholarship")),
    Term("revision", message("revision"),
         message("A version of a text with words changed, added or left out.")),
    Term("rule", message("rule"),
         message("A named pattern that gives a line its label.")),
    Term("SHA-256", message("SHA-256"),
         message("A number computed from every byte of a file. If the file changes, so does the number.")),
    Term("siglum", message("siglum"),
         message("The letter of a witness within its work: A, B, C."),
         message("textual scholarship")),
    Term("tombstone", message("tombstone"),
         message("The page at the address of a withdrawn text."),
         message("archives")),
    Term("variant", message("variant"),
         message("One place where two witnesses differ: in spacing, typography, spelling or wording."),
         message("textual scholarship")),
    Term("witness", message("witness"),
         message("One received page, read as a text. Copies of one text are the witnesses of one work."),
         message("textual scholarship")),
    Term("work", message("work"),
         message("The witnesses of one text, taken together."),
         message("libraries")),
)  # fmt: skip
"""In alphabetical order."""


def terms(tr: Translation) -> tuple[Term, ...]:
    """The terms in the language of the interface, in its alphabetical order."""
    found = [
        Term(one.english, tr.gettext(one.name), tr.gettext(one.meaning), tr.gettext(one.field) if one.field else "")
        for one in TERMS
    ]
    return tuple(sorted(found, key=lambda one: sortable(one.name)))
