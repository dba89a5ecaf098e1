"""The terms of the site, for readers. GLOSSARY.md has these and the terms of code and data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """A term, what it means here, and the field it comes from, or empty."""

    name: str
    meaning: str
    field: str = ""

    @property
    def anchor(self) -> str:
        """Its anchor on the glossary page."""
        return self.name.lower().replace(" ", "-")


TERMS: Final = (
    Term("apparatus", "The list of all places where the witnesses of a work differ, each with its readings.",
         "textual scholarship"),
    Term("base", "The witness the others of its work are compared with: the one with the earliest stated date, then "
         "the most complete.", "textual scholarship"),
    Term("boilerplate", "Whatever is on a page besides its text: menus, share buttons, appeals, notices, comments."),
    Term("claim", "Something a page states, such as its title, author or date, with the line that states it."),
    Term("comparison", "A page that shows two texts side by side, word by word."),
    Term("compilation", "A text that contains other texts. It is a work of its own."),
    Term("copy", "A text with the same words as another, or nearly. The data call it a mirror."),
    Term("curator", "The person who checks and corrects what the program reads. Corrections are marked.", "archives"),
    Term("excerpt", "A text that shares a passage with another, and not much else."),
    Term("label", "What a line of a received page is: the text, title, navigation, share buttons, and so on."),
    Term("provenance", "Where a file was received from.", "archives"),
    Term("publisher", "Whom a page names as its publisher. Variant names are grouped by authority records."),
    Term("raw file", "A page as it was received, never changed."),
    Term("reading", "The words of one witness at a place of the apparatus.", "textual scholarship"),
    Term("revision", "A version of a text with words changed, added or left out."),
    Term("rule", "A named pattern that gives a line its label."),
    Term("SHA-256", "A number computed from every byte of a file. If the file changes, so does the number."),
    Term("siglum", "The letter of a witness within its work: A, B, C.", "textual scholarship"),
    Term("tombstone", "The page at the address of a withdrawn text.", "archives"),
    Term("variant", "One place where two witnesses differ: in spacing, typography, spelling or wording.",
         "textual scholarship"),
    Term("witness", "One received page, read as a text. Copies of one text are the witnesses of one work.",
         "textual scholarship"),
    Term("work", "The witnesses of one text, taken together.", "libraries"),
)  # fmt: skip
"""In alphabetical order."""
