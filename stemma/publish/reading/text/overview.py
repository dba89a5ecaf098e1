"""What a reader learns of a text before reading it: its length, its parts, what is in doubt, where else to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stemma import markdown
from stemma.curation.review import LOW_CONFIDENCE, disagreeing, expected_right
from stemma.publish.reading.text.boilerplate_lines import SetAside
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.numbers import capital, per_cent
from stemma.publish.wording.titles import shortened
from stemma.publish.wording.translation import Translation, message
from stemma.records import Field, Form, Witness
from stemma.text import words_of

LONG_TEXT: Final = 1200
"""Words from which on a text has a way back to its top: about four screens of a phone each."""
_WORDS_A_MINUTE: Final = 238
"""Silent reading of English non-fiction (Brysbaert 2019, Journal of Memory and Language 109)."""
_MIN_HEADINGS: Final = 3
"""Headings from which on a text has a table of contents."""
_MAX_HEADINGS: Final = 60
"""Headings listed."""
_IN_SENTENCES: Final = {
    Field.TITLE: message("title"),
    Field.AUTHOR: message("author"),
    Field.PUBLISHER: message("publisher"),
    Field.DATE: message("date"),
    Field.ORIGIN: message("credits"),
    Field.ORIGIN_DATE: message("date given for the source"),
    Field.POSTED_BY: message("posted by"),
    Field.ORIGINAL_URL: message("original address"),
    Field.LANGUAGE: message("language"),
    Field.TAGS: message("tags"),
}
"""The names of the fields inside a sentence."""
_MAX_HEADING: Final = 90
"""Characters of one heading in the list."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the program was not sure of: lines and paragraphs of a low confidence, fields with statements that disagree.

    ``bound`` is the confidence that counts as low; ``right`` the share of the lines expected to be labelled rightly.
    """

    lines: int
    set_aside: int
    paragraphs: tuple[int, ...]
    fields: tuple[str, ...]
    bound: str
    right: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A heading of a long text: its words and the number of its paragraph."""

    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Length in words, contents, whether it is long, what is in doubt, where web archives are asked for its address."""

    length: str
    contents: tuple[Contents, ...]
    long: bool
    doubt: Doubt | None
    lookup: str


def overview(witness: Witness, aside: SetAside, tr: Translation) -> Overview:
    """The overview of a text, whose lines set aside are given."""
    words = len(words_of(witness.text))
    return Overview(
        length(words, tr), contents(witness), words >= LONG_TEXT, doubt(witness, aside, tr),
        lookup(witness.value(Field.ORIGINAL_URL)),
    )  # fmt: skip


def description(where: str, copies: int, received: str, tr: Translation) -> str:
    """What the page is, for people who meet it elsewhere."""
    said = [tr.gettext("Archived copy of a text: %(where)s.", where=where)]
    if copies:
        said.append(capital(tr.count(copies, "%(num)s other copy compared.", "%(num)s other copies compared.")))
    if received:
        said.append(tr.gettext("Received from %(source)s.", source=received))
    return " ".join(said)


def length(words: int, tr: Translation) -> str:
    """Words, and minutes of reading from two on."""
    minutes = round(words / _WORDS_A_MINUTE)
    said = [tr.figures(words, "%(num)s word", "%(num)s words")]
    if minutes > 1:
        said.append(tr.figures(minutes, "%(num)s minute", "%(num)s minutes"))
    return tr.gettext(", ").join(said)


def contents(witness: Witness) -> tuple[Contents, ...]:
    """The headings of a text, where there are enough to find the way by."""
    found = [
        Contents(shortened(one_line(paragraph.text), _MAX_HEADING), number)
        for number, paragraph in enumerate(witness.body, 1)
        if paragraph.form is Form.HEADING
    ]
    return tuple(found[:_MAX_HEADINGS]) if len(found) >= _MIN_HEADINGS else ()


def lookup(address: str) -> str:
    """Where web archives are asked for the stated address; a plain link, nothing is fetched."""
    web = address.startswith("http") and markdown.safe_link(address)
    return f"https://web.archive.org/web/*/{address}" if web else ""


def doubt(witness: Witness, aside: SetAside, tr: Translation) -> Doubt | None:
    """What is in doubt about a text; None where nothing is."""
    fields = [tr.gettext(_IN_SENTENCES[field]) for field in disagreeing(witness)]
    low = [block for block in witness.blocks if block.confidence < LOW_CONFIDENCE]
    lines = sum(block.last - block.first + 1 for block in low)
    if not lines and not fields:
        return None
    right = per_cent(expected_right([witness]), tr)
    return Doubt(lines, aside.doubtful, aside.doubtful_paragraphs, tuple(fields), per_cent(LOW_CONFIDENCE, tr), right)
