"""The features of the words of a possible title: their form, and where else on the page they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stemma.clean.claims.publisher.names import names_host
from stemma.clean.claims.title.context import TitleContext, is_credit, words_of
from stemma.clean.claims.title.prefilter import edge_names
from stemma.clean.claims.title.segments import Part

OPENING_CHARACTERS: Final = 300
"""Characters of the first line of the page in which a title may be repeated."""
ECHO_REACH: Final = 3
"""Lines above and below a candidate that may repeat it."""
OFTEN_TIMES: Final = 3
"""How often a word is in the text to be one of its own."""

_ENDS: Final = {
    mark: name
    for name, marks in (("full-stop", ".。"), ("question", "?!？！"), ("open-end", ":,;…：，"))
    for mark in marks
}
_CAPTION: Final = frozenset(
    {
        *("photo", "photos", "foto", "fotos", "bild", "image", "getty", "credit", "courtesy"),
        *("dpa", "afp", "reuters", "quelle", "source", "links", "rechts"),
    }
)
_WORDS: Final = edge_names("words", (0, 1, 2, 3, 6, 10, 16, 24, 40))
_SHARED: Final = edge_names("shared-words", (0, 1, 2, 4, 6, 8))
_SHARES: Final = edge_names("shared", (0, 1, 2, 3, 4))
_LEAD: Final = edge_names("lead", (0, 1, 2, 4, 5))
_OWN: Final = edge_names("own-words", (0, 1, 2, 3))
_CAPITALS: Final = edge_names("tall", (0, 1, 2, 3, 4))
_REST: Final = edge_names("rest-words", (0, 1, 2, 3, 5, 8))


SITE_SEPARATORS: Final = ("bar", "dash")
"""What stands between a title and the name of its site."""
MAX_SITE_WORDS: Final = 5
"""Words of such a name."""


def of_words(context: TitleContext, at: int, text: str) -> Iterator[str]:
    """The features of the words of a line, or of a part of it."""
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
    if names_host(text, context.host):
        yield "names-host"
    yield from _shared(context, words)
    yield _CAPITALS[_capitals(text)]
    yield from _again(context, at, folded)


def _capitals(text: str) -> int:
    long = [word[0].isupper() for word in text.split() if len(word) > 3]
    return sum(long) * 4 // max(1, len(long))


def _shared(context: TitleContext, words: list[str]) -> Iterator[str]:
    """How many of the words the text below has too."""
    content = [word for word in words if len(word) > 3] or words
    times = [context.body.count(word) for word in content]
    shared = len(times) - times.count(0)
    yield _WORDS[min(len(words), 40)]
    yield _SHARES[shared * 4 // max(1, len(content))]
    yield _SHARED[min(shared, 8)]
    yield _LEAD[min(5, sum([word in context.lead for word in content]))]
    yield _OWN[min(3, sum([one >= OFTEN_TIMES for one in times]))]


def _again(context: TitleContext, at: int, folded: str) -> Iterator[str]:
    """Where else on the page the words stand: in a path above, in the first line, in a notice, anywhere."""
    times = context.times.get(folded, 0)
    if times > 1:
        yield "repeated-2" if times == 2 else "repeated-3"
    if folded.count(" ") > 2:
        within = context.whole.count(folded) - times
        if within > 0:
            yield "within-another" if within == 1 else "within-others"
            if f"\n{folded} " in context.whole:
                yield "begins-another"
            if f" {folded}\n" in context.whole:
                yield "ends-another"
    if len(folded) > 5:
        yield from _echoes(context, at, folded)


def _echoes(context: TitleContext, at: int, folded: str) -> Iterator[str]:
    if any(one.endswith(folded) for one in context.folded[max(0, at - ECHO_REACH) : at]):
        yield "echo"
    if any(one.startswith(folded) for one in context.folded[at + 1 : at + 1 + ECHO_REACH]):
        yield "echoed"
    if folded in context.notices:
        yield "in-notice"
    if at and len(folded) > 9 and folded in context.folded[0][:OPENING_CHARACTERS]:
        yield "in-opening"


def of_part(context: TitleContext, part: Part) -> Iterator[str]:
    """The features of a part besides its words: how it is separated from the rest, and what the rest is."""
    side = "head" if part.is_head else "tail"
    rest, text = part.rest.casefold(), part.text.casefold()
    name = f"{side}-{part.sort}"
    yield "part"
    yield name
    yield f"rest-{side}-{_REST[min(rest.count(' ') + 1, 8)]}"
    if rest in context.times:
        yield "rest-stands"
        yield f"{name}-rest-stands"
    if context.standing.get(rest, 0) > 1:
        yield "rest-echoed"
        yield f"{name}-rest-echoed"
    if context.standing.get(text, 0) > 1:
        yield "part-echoed"
        yield f"{name}-echoed"
    if text in context.times:
        yield "part-stands"
        yield f"{name}-stands"
    if rest in context.notices:
        yield "rest-in-notice"
    if rest in context.folded[0]:
        yield "rest-in-opening"
    if len(text) < len(rest):
        yield "part-shorter"
    if names_host(part.rest, context.host):
        yield "rest-names-host"
        yield f"{name}-rest-names-host"


def is_site_tail(context: TitleContext, part: Part) -> bool:
    """Whether what a title is separated from is the name of the site: “The lamp goes out – Velmouth Packet”.

    Before a title it is set apart by a bar: “Velmouth Packet | The lamp goes out”.
    """
    rest = part.rest
    separated = part.sort in SITE_SEPARATORS if part.is_head else part.sort == SITE_SEPARATORS[0]
    short = separated and rest.count(" ") < MAX_SITE_WORDS
    return short and len(rest) > 3 and (names_host(rest, context.host) or rest.casefold() in context.notices)


def of_whole(context: TitleContext, found: list[Part]) -> Iterator[str]:
    """What the parts of a line say against the whole of it."""
    features: dict[str, None] = {} if found else {"no-parts": None}
    for part in found:
        side = "head" if part.is_head else "tail"
        features[f"has-{side}-{part.sort}"] = None
        if names_host(part.rest, context.host):
            features["has-rest-names-host"] = None
        if context.standing.get(part.text.casefold(), 0) > 1:
            features[f"has-{side}-{part.sort}-echoed"] = None
        if context.standing.get(part.rest.casefold(), 0) > 1:
            features[f"has-{side}-{part.sort}-rest-echoed"] = None
        if part.text.casefold() in context.times:
            features[f"has-{side}-standing"] = None
            features[f"has-{side}-{part.sort}-standing"] = None
    yield from features
