"""What a text is called on the site: its stated title, or its first words, said to be ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stemma.publish.wording.escape import one_line
from stemma.records import Field, Witness

_WORDS: Final = 8
_LONGEST: Final = 300
_WINDOW: Final = 70
_LEAST: Final = 24


@dataclass(frozen=True, slots=True)
class Heading:
    """A title that is never empty. ``ours`` where the page states none and its first words stand in."""

    text: str
    ours: bool

    @property
    def plain(self) -> str:
        """As one string, for lists and the title of a page."""
        return f"Untitled: {self.text}" if self.ours and self.text != "Untitled text" else self.text


def heading(witness: Witness) -> Heading:
    """The title the witness states, cut at 300 characters; else its first words; else "Untitled text"."""
    stated = one_line(witness.value(Field.TITLE))
    if stated:
        return Heading(shortened(stated), ours=False)
    for paragraph in witness.body:
        words = one_line(paragraph.text[:400]).split()
        if words:
            cut = len(words) > _WORDS
            return Heading(shortened(" ".join(words[:_WORDS])) + (" …" if cut else ""), ours=True)
    return Heading("Untitled text", ours=True)


def page_title(heading: Heading, archive: str, *details: str) -> str:
    """The title of a window: what a text is called and as many details as 70 characters hold with the archive's name.

    The name of the archive itself is added by the layout.
    """
    room = max(_WINDOW - len(archive) - 3, _LEAST)
    title = heading.plain
    for detail in filter(None, details):
        if len(title) + len(detail) + 2 <= room:
            title += f", {detail}"
    return shortened(title, room)


def shortened(text: str, longest: int = _LONGEST) -> str:
    """The text, or its beginning up to ``longest`` characters with an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
