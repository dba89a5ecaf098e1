"""How well versions of a text are told from quotations, forms and compilations, in several scripts.

``python -m benchmarks.versions [--script NAME] [--misses N]``: a seeded collection of invented texts of the kinds that
coverage alone judges wrongly: texts that grew (live coverage), compilations, one speech quoted at length, notices
longer than the texts above them, forms filled with other figures, copies with every tenth letter misread, copies with
a paragraph moved and edited. ``--script``: the same texts written in another script. A line of figures a script.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Final

from benchmarks.linking import Pair, predicted, rand, score, witness
from benchmarks.scripts import SCRIPTS
from stemma.relate.relating import relate

_SYLLABLES: Final = [a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v") for b in "aeiou"]
GROUPS: Final = 24
"""Groups of texts of each kind."""
Sentences = list[str]


class Collection:
    """Bodies, true relations and works."""

    def __init__(self, seed: int) -> None:
        """Begin an empty collection."""
        self.chance = random.Random(seed)
        words = ["".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(1, 4))) for _ in range(9000)]
        self._words, self._weights = words, [1 / (rank + 4) for rank in range(len(words))]
        self.bodies: dict[str, str] = {}
        self.truth: dict[Pair, dict[str, Any]] = {}
        self.works: dict[str, int] = {}
        self.misread: set[str] = set()

    def prose(self, count: int) -> Sentences:
        """Sentences of 9 to 17 words."""
        return [
            " ".join(self.chance.choices(self._words, self._weights, k=self.chance.randint(9, 17))) + "."
            for _ in range(count)
        ]

    def add(self, sentences: Sentences, work: int = 0) -> str:
        """A body of paragraphs of three sentences; its id. ``work``: of a body before it, or 0 for one of its own."""
        name = f"v{len(self.bodies):05}"
        self.bodies[name] = "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
        self.works[name] = work or len(self.bodies)
        return name

    def relate(self, a: str, b: str, relation: str, *alternatives: str) -> None:
        """What is true of two bodies, the lesser id first."""
        self.truth[a, b] = {"relation": relation, "alt": list(alternatives)}


def invented(groups: int = GROUPS, seed: int = 11) -> Collection:
    """The collection, the same for the same seed."""
    made = Collection(seed)
    for _ in range(groups):
        for kind in (_grown, _revised, _compilation, _speech, _notice, _form, _misread, _moved):
            kind(made)
    return made


def _grown(made: Collection) -> None:
    text, names = made.prose(8), []
    work = len(made.bodies) + 1
    for version in range(5):
        names.append(made.add(text, work))
        new = made.prose(2)
        text = new + text if version % 2 else text + new
    for one, other in combinations(names, 2):
        made.relate(one, other, "part-of", "mirror", "excerpt", "revision")


def _revised(made: Collection) -> None:
    text = made.prose(24)
    other = [made.prose(1)[0] if place % 8 in {2, 3, 6} else sentence for place, sentence in enumerate(text)]
    work = len(made.bodies) + 1
    made.relate(made.add(text, work), made.add(other, work), "revision")


def _compilation(made: Collection) -> None:
    one, two = made.prose(12), made.prose(10)
    a, b = made.add(one), made.add(two)
    both = made.add(one + two)
    made.relate(a, both, "part-of")
    made.relate(b, both, "part-of")


def _quoting(made: Collection, block: Sentences, before: Sequence[int], after: int) -> None:
    names = [made.add(made.prose(count) + block + made.prose(after)) for count in before]
    for one, other in combinations(names, 2):
        made.relate(one, other, "excerpt")


def _speech(made: Collection) -> None:
    _quoting(made, made.prose(10), (3, 4, 3), 3)


def _notice(made: Collection) -> None:
    _quoting(made, made.prose(10), (5, 4, 6), 0)


def _form(made: Collection) -> None:
    frame = [made.prose(1)[0][:-1] for _ in range(5)]
    names = []
    for _ in range(3):
        filled = [f"{part} {made.chance.randint(10, 9999)}." for part in frame]
        names.append(made.add(filled))
    for one, other in combinations(names, 2):
        made.relate(one, other, "excerpt")


def _misread(made: Collection) -> None:
    text = made.prose(30)
    work = len(made.bodies) + 1
    one, other = made.add(text, work), made.add(text, work)
    made.misread.add(other)
    made.relate(one, other, "mirror", "revision")


def _moved(made: Collection) -> None:
    text = made.prose(18)
    edited = [*text[:3], *text[6:], *(sentence.replace("a", "o", 1) for sentence in text[3:6])]
    work = len(made.bodies) + 1
    made.relate(made.add(text, work), made.add(edited, work), "mirror")


def _worn(text: str) -> str:
    """Every tenth letter another one of the text."""
    chance = random.Random(text)
    letters = [c for c in text if c.isalpha()]
    return "".join(chance.choice(letters) if c.isalpha() and chance.random() < 0.1 else c for c in text)


def measure(script: str, misses: int = 0, groups: int = GROUPS) -> dict[str, Any]:
    """The figures of the collection in a script, from so many groups of texts of each kind."""
    made = invented(groups)
    ways = SCRIPTS[script]
    bodies = {name: ways[number % 2](body) for number, (name, body) in enumerate(made.bodies.items())}
    bodies |= {name: _worn(bodies[name]) for name in made.misread}
    related = relate([witness(name, name, body) for name, body in bodies.items()], {})
    found = dict(predicted(related.relations, {name: name for name in bodies}))
    for pair in _wrong(found, made):
        if misses:
            print(pair, found.get(pair), made.truth.get(pair))
            misses -= 1
    meta: dict[str, dict[str, Any]] = {name: {} for name in bodies}
    works = {member: work.id for work in related.works for member in work.members}
    figures = score(found, made.truth, meta, made.works)
    wanted = ("link_f1", "kinds_f1", "false_links", "missed")
    return {"script": script, **{name: figures[name] for name in wanted}, "works": round(rand(made.works, works), 4)}


def _wrong(found: dict[Pair, str], made: Collection) -> Iterator[Pair]:
    for pair in sorted({*found, *made.truth}):
        row = made.truth.get(pair)
        if row is None or found.get(pair) not in (row["relation"], *row["alt"]):
            yield pair


def main() -> None:
    """Print a line of figures a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--script", choices=tuple(SCRIPTS))
    parser.add_argument("--misses", type=int, default=0)
    given = parser.parse_args()
    for script in [given.script] if given.script else SCRIPTS:
        print(json.dumps(measure(script, given.misses)))


if __name__ == "__main__":
    main()
