"""What is seen of the words of a possible title: their form, and where else on the page they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stemma.clean.claims.title.context import Page, is_credit, words_of
from stemma.clean.claims.title.prefilter import named
from stemma.clean.claims.title.segments import Part

OPENING: Final = 300
BEFORE: Final = 3
OFTEN: Final = 3
"""A word that stands so many times in the text is one of its own."""

_ENDS: Final = {
    sign: name
    for name, signs in (("full-stop", ".。"), ("question", "?!？！"), ("open-end", ":,;…：，"))
    for sign in signs
}
_CAPTION: Final = frozenset(
    {
        *("photo", "photos", "foto", "fotos", "bild", "image", "getty", "credit", "courtesy"),
        *("dpa", "afp", "reuters", "quelle", "source", "links", "rechts"),
    }
)
_WORDS: Final = named("words", (0, 1, 2, 3, 6, 10, 16, 24, 40))
_SHARED: Final = named("shared-words", (0, 1, 2, 4, 6, 8))
_SHARES: Final = named("shared", (0, 1, 2, 3, 4))
_LEAD: Final = named("lead", (0, 1, 2, 4, 5))
_OWN: Final = named("own-words", (0, 1, 2, 3))
_TALL: Final = named("tall", (0, 1, 2, 3, 4))
_REST: Final = named("rest-words", (0, 1, 2, 3, 5, 8))


def of_words(page: Page, at: int, text: str) -> Iterator[str]:
    """What is seen of the words of a line, or of a part of it."""
    folded = text.casefold()
    words = words_of(folded)
    if text[0].islower():
        yield "small-letter"
    if text.isupper():
        yield "capitals"
    if is_credit(text):
        yield "credit-words"
    if sum(map(str.isdigit, words)) > 2:
        yield "numbers"
    if "©" in text or not _CAPTION.isdisjoint(words):
        yield "caption"
    if text[-1] in _ENDS:
        yield _ENDS[text[-1]]
    yield from _shared(page, words)
    yield _TALL[_tall(text)]
    yield from _again(page, at, folded)


def _tall(text: str) -> int:
    long = [word[0].isupper() for word in text.split() if len(word) > 3]
    return sum(long) * 4 // max(1, len(long))


def _shared(page: Page, words: list[str]) -> Iterator[str]:
    """How many of the words the text below has too."""
    content = [word for word in words if len(word) > 3] or words
    times = [page.body.count(word) for word in content]
    shared = len(times) - times.count(0)
    yield _WORDS[min(len(words), 40)]
    yield _SHARES[shared * 4 // max(1, len(content))]
    yield _SHARED[min(shared, 8)]
    yield _LEAD[min(5, sum([word in page.lead for word in content]))]
    yield _OWN[min(3, sum([one >= OFTEN for one in times]))]


def _again(page: Page, at: int, folded: str) -> Iterator[str]:
    """Where else on the page the words stand: in a path above, in the first line, in a notice, anywhere."""
    times = page.times.get(folded, 0)
    if times > 1:
        yield "repeated-2" if times == 2 else "repeated-3"
    if folded.count(" ") > 2:
        within = page.whole.count(folded) - times
        if within > 0:
            yield "within-another" if within == 1 else "within-others"
            if f"\n{folded} " in page.whole:
                yield "begins-another"
            if f" {folded}\n" in page.whole:
                yield "ends-another"
    if len(folded) > 5:
        yield from _echoes(page, at, folded)


def _echoes(page: Page, at: int, folded: str) -> Iterator[str]:
    if any(one.endswith(folded) for one in page.folded[max(0, at - BEFORE) : at]):
        yield "echo"
    if any(one.startswith(folded) for one in page.folded[at + 1 : at + 1 + BEFORE]):
        yield "echoed"
    if folded in page.notices:
        yield "in-notice"
    if at and len(folded) > 9 and folded in page.folded[0][:OPENING]:
        yield "in-opening"


def of_part(page: Page, part: Part) -> Iterator[str]:
    """What is seen of a part beside its words: how it is parted from the rest, and what the rest is."""
    side = "head" if part.is_head else "tail"
    rest, text = part.rest.casefold(), part.text.casefold()
    name = f"{side}-{part.sort}"
    yield "part"
    yield name
    yield f"rest-{side}-{_REST[min(rest.count(' ') + 1, 8)]}"
    if rest in page.times:
        yield "rest-stands"
        yield f"{name}-rest-stands"
    if text in page.times:
        yield "part-stands"
        yield f"{name}-stands"
    if rest in page.notices:
        yield "rest-in-notice"
    if rest in page.folded[0]:
        yield "rest-in-opening"
    if len(text) < len(rest):
        yield "part-shorter"


def of_whole(page: Page, found: list[Part]) -> Iterator[str]:
    """What the parts of a line say against the whole of it."""
    facts: dict[str, None] = {} if found else {"no-parts": None}
    for part in found:
        side = "head" if part.is_head else "tail"
        facts[f"has-{side}-{part.sort}"] = None
        if part.text.casefold() in page.times:
            facts[f"has-{side}-standing"] = None
            facts[f"has-{side}-{part.sort}-standing"] = None
    yield from facts
