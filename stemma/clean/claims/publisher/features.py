"""The features of a name that could be a publisher's: how it fits the host, how it is written, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.clean.claims.page import Line, Page
from stemma.clean.claims.publisher.host import Host, Run
from stemma.clean.claims.publisher.names import ARTICLES, TOP_LINES, Sighting, key_of
from stemma.clean.claims.recognizers import cues, person_names
from stemma.records import Label

LAST_LINES: Final = 8
"""Lines at the end of a page, where an imprint may stand."""
SHORT_HOST: Final = 5
"""Letters below which a host is an abbreviation rather than words."""
MAX_CUE: Final = 24
"""Characters before a name in which a cue is looked for."""

_NOUN: Final = re.compile(
    r"(?:zeitung|nachrichten|anzeiger|kurier|blatt|bote|presse|tagblatt|rundschau|rundfunk|post|times|news|herald|tribune|"
    r"journal|gazette|chronicle|courier|observer|guardian|record|bulletin|review|magazin|magazine|magazyn|mail|mirror|star|sun|express|"
    r"telegraph|standard|independent|press|daily|weekly|today|radio|tv|online|dagblad|krant|diario|periódico|giornale|corriere|gazzetta|"
    r"jornal|folha|gazeta|le monde|spiegel|welt|echo|blog|wiki|report|digest|globe|dispatch|examiner|ledger|sentinel|"
    r"inquirer|monitor|argus|packet|intelligencer|almanac|wire|network|media|channel|sender|institut|verband|stiftung|foundation|society|university)$",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(
    r"[\s,]{1,2}(?:gmbh|ag|se|kg|ug|e\.\s?v|inc|llc|ltd|limited|plc|corp|co\b|company|s\.?a\.?\b|s\.?l\.?\b|b\.?v|s\.?r\.?l|pty|group|"
    r"gruppe|verlag|verlags\w{2,16}|media|publishing|holdings?|communications|ventures|digital|mediengruppe|mediahouse|mediahuis|"
    r"ediciones|editorial|editores|editrice|edizioni|éditions|newspapers|sas|spa|oy|ab|as|a/s|nv|k\.k|ооо|зао|ао)(?!\w)",
    re.IGNORECASE,
)
_DEPARTMENT: Final = re.compile(
    r"(?:redaktion|redaction|rédaction|redacción|redazione|redactie|newsroom|desk|staff|team|editors?|app|newsletters?|"
    r"abo|plus|podcasts?|shop|store|angebote?n?|live|live-?blog|nachrichten|archive?|mobile|alerts?|reporters?|"
    r"correspondents?|leser\w*|subscribers?|readers?)",
    re.IGNORECASE,
)
"""What a part of a publisher is called, or what it offers."""
_ENDING: Final = re.compile(r"\.(?:com|de|org|net|ch|at|fr|co|it|es|nl|se|no|dk|uk|ca|info|tv|news)\b", re.IGNORECASE)
_BEFORE: Final = re.compile(r"([^\W\d_]{2,14})[\s:]{1,2}$|([©@(\[|–—-])\s?$|((?:19|20)\d\d)[\s,]{1,2}$")
_CUES: Final[Mapping[str, str]] = {
    word: name
    for name, words in {
        "follow": "follow folgen folge suivez sigue like join abonnieren subscribe volg",
        "about": "about über sobre over om contact kontakt welcome support",
        "by": "by von par por di da door",
        "from": "from aus de del des della of",
        "at": "at bei on auf in im to an a for für",
        "the": "the der die das den dem le la les el il",
        "copyright": "copyright",
        "told": "told told gegenüber sagte said",
    }.items()
    for word in words.split()
}
_TIMES: Final = (2, 3, 5, 9, 17)
_SHARE: Final = (0.15, 0.35, 0.6, 0.85, 0.999)
_COVER: Final = (0.6, 0.75, 0.9, 0.999)


@dataclass(frozen=True, slots=True)
class NameContext:
    """What all names of a page are compared with.

    ``places`` are the sightings by key, ``runs`` how often each run of the host's words is on the page whatever is on
    its sides, ``kinds`` the kinds of those runs, ``most`` how often the most frequent name is there, ``title`` the
    index of the title's line; ``credited`` are the keys of authors and origins, ``listed`` those of publishers.toml.
    """

    page: Page
    host: Host | None
    places: Mapping[str, Sequence[Sighting]]
    runs: Mapping[str, int]
    kinds: frozenset[str]
    most: int
    title: int | None
    credited: frozenset[str]
    listed: frozenset[str]

    def features(self, key: str) -> Iterator[str]:
        """The features of the name with a key."""
        places = self.places[key]
        first = places[0]
        name = self.page.lines[first.at].text[first.start : first.end]
        kinds = {one.kind for one in places}
        yield "any"
        for kind in sorted(kinds):
            yield f"kind-{kind}"
        anchored = next((one for one in places if one.run is not None), None)
        fit = "none"
        if anchored and anchored.run and self.host:
            yield from self._fit(key, anchored, anchored.run, self.host, len(places))
            grown = "grown" if anchored.left or anchored.right else "bare"
            fit = f"{anchored.run.kind}-{anchored.run.side}-{grown}"
        elif self.host is not None:
            yield "unanchored"
        yield from _spelled(name, key)
        yield from self._followed(places)
        for feature in self._placed(places):
            yield feature
            yield f"{fit}-{feature}"
        if key in self.credited:
            yield "credited"
        if key in self.listed:
            yield "listed"
        times = bisect_right(_TIMES, len(places))
        among = bisect_right(_SHARE, len(places) / self.most)
        yield f"times-{times}"
        yield f"times-{times}-{fit}"
        yield f"among-{among}"
        yield f"among-{among}-{fit}"

    def _fit(self, key: str, one: Sighting, run: Run, host: Host, times: int) -> Iterator[str]:
        """How the host's words make up the name, and what is on either side of them."""
        text = self.page.lines[one.at].text
        grown = min(one.left + one.right, 1)
        yield f"fit-{run.kind}-{one.left}-{one.right}"
        yield f"left-{one.left}"
        yield f"right-{one.right}"
        yield f"side-{run.side}"
        if key == host.letters:
            yield "exact"
        elif key.endswith(host.letters):
            yield "label-last"
        elif key.startswith(host.letters):
            yield "label-first"
        if run.kind == "part":
            yield f"side-{run.side}-{min(one.left, 1)}-{min(one.right, 1)}"
            yield f"cover-{bisect_right(_COVER, run.letters / len(host.letters))}"
            if text[run.start : run.end].endswith("er"):
                yield f"adjective-{run.side}-{grown}"
            if _NOUN.fullmatch(text[run.start : run.end]):
                yield f"generic-{grown}"
        if len(host.letters) < SHORT_HOST:
            yield f"short-{run.kind}"
            for kind in sorted(self.kinds - {run.kind}):
                yield f"short-{run.kind}-beside-{kind}"
        yield from _side_words(text[one.start : run.start].split(), text[run.end : one.end].split())
        yield from self._beside(one, run, times) if grown else self._rivals(key, run, host, times)

    def _beside(self, one: Sighting, run: Run, times: int) -> Iterator[str]:
        """In how many of the places of the host's words the name goes on as this one does."""
        core = key_of(self.page.lines[one.at].text[run.start : run.end])
        share = bisect_right(_SHARE, times / self.runs.get(core, times))
        yield f"of-run-{share}"
        yield f"of-run-{share}-{'left' if one.left else 'right'}"

    def _rivals(self, key: str, run: Run, host: Host, times: int) -> Iterator[str]:
        """In how many of its places the name goes on."""
        if any(other.endswith(f"er{key}") for other in self.places):
            yield f"rival-er-{run.kind}"
        if key == host.letters and _NOUN.fullmatch(key):
            yield "generic-whole"
        grown = max((len(at) for other, at in self.places.items() if other != key and key in other), default=0)
        yield f"grown-{bisect_right(_SHARE, grown / times)}"
        yield f"grown-{bisect_right(_SHARE, grown / times)}-{run.kind}"

    def _followed(self, places: Sequence[Sighting]) -> Iterator[str]:
        """Whether a company's form or the ending of a host follows the name."""
        lines = self.page.lines
        company = sum([_COMPANY.match(lines[one.at].text, one.end) is not None for one in places])
        if company:
            yield "company-once" if 2 * company < len(places) else "company-mostly"
        endings = sum([_ENDING.match(lines[one.at].text, one.end) is not None for one in places])
        if endings:
            yield "ending-always" if endings == len(places) else "ending-once"

    def _placed(self, places: Sequence[Sighting]) -> Iterator[str]:
        """Where the name is: each feature once, whatever the number of places."""
        lines = self.page.lines
        found: dict[str, None] = {}
        for one in places:
            line = lines[one.at]
            found[f"in-{line.label}"] = None
            found.update(dict.fromkeys(_around(line, one)))
            if one.at == 0:
                found["first-line"] = None
            if one.at >= len(lines) - LAST_LINES:
                found["last-lines"] = None
            if self.title is not None and abs(one.at - self.title) <= 1:
                found["title-line" if one.at == self.title else "near-title"] = None
        yield from found
        body = sum([lines[one.at].label is Label.BODY for one in places])
        yield f"body-share-{bisect_right((0.01, 0.3, 0.7, 0.999), body / len(places))}"


def _side_words(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    """What kind of words a name has beside those of the host."""
    if left:
        yield f"left-word-{'er' if left[-1].endswith('er') else 'small' if left[-1].islower() else 'other'}"
    if right:
        yield f"right-word-{'small' if right[0].islower() else 'other'}"


def _departments(words: Sequence[str]) -> Iterator[str]:
    """Whether a name is of a part of a publisher, or of something that it offers."""
    if len(words) > 1:
        for word, place in ((words[0], "first"), (words[-1], "last")):
            if _DEPARTMENT.fullmatch(word):
                yield f"department-{place}"


def _spelled(name: str, key: str) -> Iterator[str]:
    """How a name is written."""
    words = name.split()
    yield from _departments(words)
    yield f"words-{min(len(words), 6)}"
    yield f"length-{bisect_right((4, 7, 12, 18, 26, 36), len(key))}"
    if _NOUN.search(words[-1]):
        yield "noun-last"
    if len(words) > 1 and _NOUN.search(words[0]):
        yield "noun-first"
    if words[0].casefold() in ARTICLES:
        yield "article"
    if name.isupper():
        yield "capitals"
    elif name.islower():
        yield "small"
    elif sum(map(str.isupper, name)) > len(words):
        yield "mixed"
    if len(words) > 1 and person_names.is_given(name):
        yield "given"
    if name.casefold() in cues.AGENCIES:
        yield "agency"
    if _COMPANY.search(f" {words[-1]}"):
        yield "company-itself"


def _around(line: Line, one: Sighting) -> Iterator[str]:
    """What is before and after a name on its line."""
    text = line.text
    before = _BEFORE.search(text[max(0, one.start - MAX_CUE) : one.start])
    if before:
        word = before[1].casefold() if before[1] else ""
        cue = "copyright" if before[2] == "©" else "year" if before[3] else _CUES.get(word, "") if word else ""
        if cue or before[2]:
            yield f"after-{cue or 'mark'}"
    yield from _on_line(line, one)
    if "©" in text:
        yield "with-copyright"
    after = text[one.end : one.end + 2]
    if after[:1] in {"’", "'"}:
        yield "possessive"
    elif after[1:2].isupper() and after[:1] == " ":
        yield "goes-on"


def _on_line(line: Line, one: Sighting) -> Iterator[str]:
    """Whether a name is alone on its line, or begins or ends it."""
    text = line.text
    if one.end - one.start == len(text):
        yield "alone"
        if line.level:
            yield "alone-heading"
        if one.at < TOP_LINES:
            yield "alone-top"
    elif one.end == len(text):
        yield "ends-line"
    elif not one.start:
        yield "opens-line"
