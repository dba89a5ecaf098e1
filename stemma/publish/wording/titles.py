"""What a text is called on the site: its stated title, or its first words, marked as ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import Translation
from stemma.records import Field, Witness

_UNTITLED_WORDS: Final = 8
"""Words of a text that stand in for a title it does not state."""
_MAX_TITLE: Final = 300
"""Characters of a title; what is longer is a paragraph taken for one."""
_WINDOW_TITLE: Final = 70
"""Characters of a window's title, the archive's name included: as many as search engines and tabs show."""
_MIN_TITLE: Final = 24
"""Characters left for the text where the archive's name is long."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title that is never empty. ``ours`` where the page states none and its first words stand in.

    ``plain``: as one string, for lists and the title of a page.
    """

    text: str
    ours: bool
    plain: str


def heading(witness: Witness, tr: Translation) -> Heading:
    """The title the witness states, cut at 300 characters; else its first words; else "Untitled text"."""
    stated = one_line(witness.value(Field.TITLE))
    if stated:
        return Heading(shortened(stated), ours=False, plain=shortened(stated))
    for paragraph in witness.body:
        words = one_line(paragraph.text[:400]).split()
        if words:
            cut = len(words) > _UNTITLED_WORDS
            first = shortened(" ".join(words[:_UNTITLED_WORDS])) + (" …" if cut else "")
            return Heading(first, ours=True, plain=tr.gettext("Untitled: %(words)s", words=first))
    untitled = tr.gettext("Untitled text")
    return Heading(untitled, ours=True, plain=untitled)


def page_title(heading: str, archive: str, *details: str) -> str:
    """The title of a window: a text's title and as many details as fit into 70 characters with the archive's name.

    The name of the archive itself is added by the layout.
    """
    limit = max(_WINDOW_TITLE - len(archive) - 3, _MIN_TITLE)
    title = heading
    for detail in filter(None, details):
        if len(title) + len(detail) + 2 <= limit:
            title += f", {detail}"
    return shortened(title, limit)


def shortened(text: str, limit: int = _MAX_TITLE) -> str:
    """The text, or its beginning up to ``limit`` characters with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
