"""Who publishes a page: the names on it that could be its publisher's, ranked by their features.

Where the folder is named after a host, names are read wherever words on the page make up that host; names are also read
beside a copyright mark, in a dateline, after an invitation to follow, and at the top of the page. The value is always
written on the page. Where no name is probable enough the page states no publisher.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from typing import Final

from stemma.clean.claims.page import Page
from stemma.clean.claims.publisher.features import NameContext
from stemma.clean.claims.publisher.host import Host, host_in, host_of, name_of, runs, words_in
from stemma.clean.claims.publisher.names import ARTICLES, Sighting, Text, key_of, sightings, written
from stemma.clean.claims.ranking import MAX_CANDIDATES, Candidate, Ranking, Weights, rank, read_weights
from stemma.records import Claim, Field, Label, Publisher

MIN_PROBABILITY: Final = {"host": 0.53, "named": 0.7, "plain": 0.65}
"""What the most probable name needs to be stated: where the folder is named after a host, where the page names one, and
where neither does. Cross-validated by site, wrong names are then .10 of all pages with such a folder, .05 without."""
MIN_ALTERNATIVE_SCORE: Final = 4.0
"""The score above which another name is stated too."""
MAX_NAMES: Final = 12
"""Names of a page that are ranked: those that are the host's words alone, then the most frequent."""
WEIGHTS: Final = read_weights("publisher/weights.toml")


def rank_publishers(
    page: Page,
    folder: str = "",
    title_line: int = 0,
    credited: Sequence[str] = (),
    publishers: Sequence[Publisher] = (),
    *,
    weights: Mapping[str, Weights] = WEIGHTS,
) -> Ranking:
    """The publisher of a page, as far as it says; other probable names are alternatives.

    ``folder`` is the folder the page was received in, ``title_line`` the number of its title's line or 0, ``credited``
    the names of its authors and origins. A name listed in ``publishers`` is stated as it is listed.
    """
    found = candidates(page, folder, title_line, credited, publishers)
    ranking = rank(found, weights, MIN_PROBABILITY[found[0].style] if found else 1.0, MIN_ALTERNATIVE_SCORE)
    stated = tuple(_stated(page, found, publishers, frozenset(credited)))
    return replace(ranking, claims=(*stated, *ranking.claims)) if stated else ranking


def _stated(
    page: Page, found: Sequence[Candidate], publishers: Sequence[Publisher], credited: frozenset[str]
) -> Iterator[Claim]:
    """Publishers that need no ranking.

    A name in a dateline and again in the boilerplate; in a copyright notice and alone on a line; or one listed in
    publishers.toml, which must be in a dateline, in a copyright notice, or have a notice that begins with its host.
    """
    known = {one.name for one in publishers}
    hosts = {host.casefold(): one.name for one in publishers for host in one.hosts}
    for one in found:
        claim = one.claim
        listed = claim.value in known and not _NAMING.isdisjoint(one.features)
        dateline = "kind-dateline" in one.features and claim.value not in credited
        masthead = _MASTHEAD.issubset(one.features) and _COMPANY.isdisjoint(one.features)
        if listed or masthead or (dateline and _repeated(page, claim.line or 0, claim.value)):
            yield claim
    for line in page.lines[page.last + 1 :] if hosts else ():
        if line.label is Label.NOTICE:
            word = line.text.split(" ", 1)[0].casefold().removeprefix("https://").removeprefix("http://").rstrip("/.,")
            name = hosts.get(word) or hosts.get(word.removeprefix("www."))
            if name:
                yield Claim(Field.PUBLISHER, (name,), "publisher.host", line.number)


_MASTHEAD: Final = frozenset({"kind-copyright", "alone"})
_COMPANY: Final = frozenset({"company-once", "company-mostly", "company-itself", "given"})
_NAMING: Final = frozenset({"kind-dateline", "kind-copyright"})


def _repeated(page: Page, number: int, name: str) -> bool:
    """Whether boilerplate elsewhere on the page has the name of a line too."""
    return any(name in line.text and line.label is not Label.BODY for line in page.lines if line.number != number)


def candidates(
    page: Page,
    folder: str = "",
    title_line: int = 0,
    credited: Sequence[str] = (),
    publishers: Sequence[Publisher] = (),
) -> list[Candidate]:
    """The names of a page that could be its publisher's, each with its features."""
    named = host_of(folder)
    text = Text.of(page, named)
    received = named or _named(text, name_of(folder))
    host = received or host_in(text.lowered)
    known = {key_of(name): one.name for one in publishers for name in (one.name, *one.other_names)}
    places: dict[str, list[Sighting]] = defaultdict(list)
    cores: Counter[str] = Counter()
    title = page.place(title_line)
    for one in sightings(page, text, host, title, known):
        key = key_of(text.lines[one.at][one.start : one.end])
        if len(key) > 1 and (key in places or len(places) < MAX_CANDIDATES):
            places[key].append(one)
        if one.run is not None and not one.left and not one.right:
            cores[key] += 1
    if not places:
        return []
    _drop_joined(places, host)
    if len(places) > MAX_NAMES:
        often = nlargest(MAX_NAMES, places, key=lambda key: (key in cores, len(places[key])))
        places = {key: places[key] for key in often}
    context = NameContext(
        page,
        host,
        places,
        cores,
        frozenset(one.kind for at in places.values() for one in at if one.run is not None),
        max(map(len, places.values())),
        title,
        frozenset(map(key_of, credited)),
        frozenset(known),
    )
    style = "host" if received else "named" if host else "plain"
    return [
        Candidate(
            _claim(page, places[key], known.get(key, ""), host, received=received is not None),
            tuple(context.features(key)),
            key,
            style,
            alternative=True,
        )
        for key in places
    ]


def _drop_joined(places: dict[str, list[Sighting]], host: Host | None) -> None:
    """Drop the host's own way to write a name with an article ("theharbour") where the page has the name itself."""
    if host is not None and any(host.letters == f"{article}{key}" for article in ARTICLES for key in places):
        places.pop(host.letters, None)


def _named(text: Text, name: Host | None) -> Host | None:
    """The name of a folder that is no host's, if the page has all of its words."""
    if name is None or not words_in(text.lowered, name):
        return None
    return name if any(run.kind == "whole" for line in text.lines for run in runs(line, name)) else None


def _claim(page: Page, places: Sequence[Sighting], listed: str, host: Host | None, *, received: bool) -> Claim:
    """The name as the host writes it, or as the page does most often, at the first place where it does."""
    forms = written(page, places)
    label = host.label if host else ""
    name = max(
        forms, key=lambda form: (form.casefold() == label, len(forms[form]), not form.isupper(), not form.islower())
    )
    first = forms[name][0]
    return Claim(
        Field.PUBLISHER, (listed or name,), f"publisher.{_rule(places, received=received)}", page.lines[first.at].number
    )


def _rule(places: Sequence[Sighting], *, received: bool) -> str:
    """How the name was found; ``received``: whether the folder names a host, whose words it should then be made of."""
    if received and all(one.run is None for one in places):
        return "unlike-folder"
    kinds = {one.kind for one in places}
    for kind, name in (
        ("copyright", "copyright"),
        ("dateline", "dateline"),
        ("cue", "cue"),
        ("top", "top"),
        ("tail", "tail"),
    ):
        if kind in kinds:
            return name
    return "host"
