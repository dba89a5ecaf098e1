"""Accuracy floors: figures that a change may raise and must not lower.

    python -m benchmarks.floors [--bench DIR] [--raise]

Measures the sample (labels, claims, relations against tests/golden) and, with a folder of collections with known
answers (STEMMA_BENCH), fixed slices of them: bodies and claims of cleaning, relations of linking. Prints a line of
figures for each group. ``--raise`` raises the floors in floors.toml to just under these figures. It never lowers one:
where a change trades one figure for another, lower the floor by hand and say why in the commit.

The figures show whether a change makes things worse, not how good the program is: the slices are small, and most of
their pages were among those that the weights were fitted to. Every figure is between 0 and 1, and higher is better;
"not wrong" is the share of pages on which no wrong value is given.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks import cleaning, known_claims, linking
from stemma.clean.cleaning import clean
from stemma.curation import authorities
from stemma.receive.reception import receive
from stemma.records import Field, Witness
from stemma.relate.relating import relate
from stemma.settings import Settings
from stemma.workers import IN_PROCESS

PROJECT: Final = Path(__file__).resolve().parent.parent
FLOORS: Final = PROJECT / "benchmarks" / "floors.toml"
GOLDEN: Final = PROJECT / "tests" / "golden"
MARGIN: Final = 0.002
"""How far below a measured figure its floor is set."""
SLICE: Final = 16
"""One site in so many is in the slice of the cleaning collection."""
SCORED: Final = (Field.TITLE, Field.PUBLISHER, Field.AUTHOR, Field.DATE, Field.ORIGIN, Field.ORIGIN_DATE,
                 Field.POSTED_BY, Field.TAGS)  # fmt: skip
"""The fields that the sample's golden answers give."""
HEADER: Final = "# The lowest accuracy that tests/test_floors.py accepts. `make floors` raises these figures.\n"

Figures = dict[str, float]


def sample() -> Figures:
    """Shares of right lines and right fields on the pages of the sample, and the F1 of its relations."""
    settings = Settings(content=PROJECT / "content")
    publishers, _ = authorities.read(settings.content / "publishers.toml")
    witnesses = clean(receive(settings).accessions, {}, publishers)
    golden = tomllib.loads((GOLDEN / "sample-pages.toml").read_text("utf-8"))
    lines = [right for one in witnesses for right in _lines(one, golden[one.accession.path])]
    fields = [right for one in witnesses for right in _fields(one, golden[one.accession.path])]
    return {
        "labels": sum(lines) / len(lines),
        "claims": sum(fields) / len(fields),
        "relations": _relations_f1(witnesses),
    }


def _lines(witness: Witness, golden: Mapping[str, Any]) -> Iterator[bool]:
    """Whether each non-blank line has the label, or one of the labels, that a careful reader gives it."""
    wanted: dict[int, list[str]] = {}
    for entry in golden["labels"]:
        span, _, labels = entry.partition(" ")
        first, _, last = span.partition("-")
        wanted |= dict.fromkeys(range(int(first), int(last or first) + 1), labels.split("|"))
    for block in witness.blocks:
        for number in range(block.first, block.last + 1):
            if witness.accession.lines[number - 1].strip():
                yield block.label in wanted[number]


def _fields(witness: Witness, golden: Mapping[str, Any]) -> Iterator[bool]:
    """Whether each field holds what the page states, or nothing where it states nothing."""
    for field in SCORED:
        stated = golden.get(field, [])
        if stated != "?":
            values = [stated] if isinstance(stated, str) else stated
            yield [_plain(one) for one in witness.values(field)] == [_plain(one) for one in values]


def _plain(value: str) -> str:
    return re.sub(r"^the ", "", value.casefold())


def _relations_f1(witnesses: Sequence[Witness]) -> float:
    """A relation counts if the pair is related and of a kind that a careful reader would allow."""
    path = {one.id: one.accession.path for one in witnesses}
    golden = tomllib.loads((GOLDEN / "sample-relations.toml").read_text("utf-8"))["relation"]
    wanted = {frozenset((row["a"], row["b"])): row["kinds"] for row in golden}
    relations = [one for one in relate(witnesses, {}).relations if not one.doubtful]
    found = {frozenset((path[one.a], path[one.b])): one.kind for one in relations}
    right = sum(kind in wanted.get(pair, ()) for pair, kind in found.items())
    return 2 * right / (len(found) + len(wanted))


def pages(folder: Path) -> dict[str, Figures]:
    """Bodies and claims of a slice of the cleaning collection."""
    rows = [row for row in cleaning.read_rows(folder / "dev.jsonl.gz") if _chosen(row["domain"])]
    flavours: dict[str, list[known_claims.Row]] = defaultdict(list)
    for row in rows:
        flavours[row["flavour"]].append(row)
    pairs = {name: cleaning.cleaned(chosen, 1)[0] for name, chosen in sorted(flavours.items())}
    together = [pair for found in pairs.values() for pair in found]
    body = {name: cleaning.body_scores(found)["f1"] for name, found in pairs.items()}
    claims = {}
    for field, scores in cleaning.claim_scores(together).items():
        claims[field] = scores["hit_answerable"]
        claims[f"{field} not wrong"] = 1 - scores["wrong"]
    return {"body": {"all": cleaning.body_scores(together)["f1"], **body}, "claims": claims}


def wild(folder: Path) -> dict[str, Figures]:
    """Bodies of pages of many sites that no weights were fitted to."""
    return {"wild": {name: _wild(folder / f"{name}.jsonl.gz") for name in ("ins", "md")}}


def relations(folder: Path) -> dict[str, Figures]:
    """Relations of a small collection through the whole program, and of a larger one with given bodies."""
    runs = {
        "pages": ("dev_300", "text", False),
        "noisy": ("dev_3000", "body_noisy", True),
    }
    figures: Figures = {}
    for name, (data, field, bodies) in runs.items():
        found = linking.measure(folder / data, field, IN_PROCESS, bodies=bodies)
        figures |= {f"{name} {key}": float(found[f"{key}_f1"]) for key in ("link", "kinds")}
        figures[f"{name} copies"] = float(
            found["ari"]
        )  # of what mirrors and revisions join: works join grown texts too
    return {"linking": figures}


BENCH: Final = {"cleaning": pages, "wild": wild, "linking": relations}
"""How the figures of each folder of collections are measured."""


def _chosen(domain: str) -> bool:
    return int(hashlib.sha256(domain.encode()).hexdigest()[:8], 16) % SLICE == 0


def _wild(data: Path) -> float:
    """Mean F1 of the bodies of pages of many sites; synthetic pages and those without their text do not count."""
    rows = [{**row, "domain": row["path"].partition("/")[0]} for row in cleaning.read_rows(data)]
    scores = []
    for row, witness in cleaning.cleaned(rows, 1)[0]:
        wanted, raw = _bag(row["text"]), _bag(row["raw_text"])
        if (wanted & raw).total() >= 0.85 * wanted.total():
            given = _bag(witness.text if witness else "")
            scores.append(2 * (wanted & given).total() / max(1, wanted.total() + given.total()))
    return sum(scores) / len(scores)


def _bag(text: str) -> Counter[tuple[str, ...]]:
    """Four-word shingles; a Chinese or Japanese character is a word."""
    words = re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W\u3040-\u30ff\u4e00-\u9fff]+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def line(group: str, figures: Figures) -> str:
    """A group of figures in one line."""
    return f"{group}: " + ", ".join(f"{name} {value:.4f}".replace(" 0.", " .") for name, value in figures.items())


def floors() -> dict[str, Figures]:
    """The floors, by group and name of a figure; none where there is no file."""
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def fallen(groups: Mapping[str, Figures]) -> list[str]:
    """A line for each figure that is below its floor, and for each that has none yet."""
    known = floors()
    return [
        f"{group}: {name} {value:.4f} is below its floor {known.get(group, {}).get(name, 'nan')}"
        for group, figures in groups.items()
        for name, value in figures.items()
        if not value >= known.get(group, {}).get(name, math.nan)
    ]


def raised(groups: Mapping[str, Figures]) -> str:
    """The floors after raising them to just under ``groups``, as TOML."""
    known = floors()
    parts = [HEADER]
    for group in {**known, **groups}:
        values = dict(known.get(group, {}))
        for name, value in groups.get(group, {}).items():
            just_under = math.floor((value - MARGIN) * 1000) / 1000
            values[name] = max(values.get(name, 0.0), just_under)
        parts.append(f"\n[{group}]\n" + "".join(f'"{name}" = {value:.3f}\n' for name, value in values.items()))
    return "".join(parts)


def main() -> None:
    """Measure, print, and raise the floors where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=os.environ.get("STEMMA_BENCH"), help="default: STEMMA_BENCH")
    parser.add_argument("--raise", dest="higher", action="store_true")
    given = parser.parse_args()
    groups = {"sample": sample()}
    for name, measure in BENCH.items():
        if given.bench and (given.bench / name).is_dir():
            groups |= measure(given.bench / name)
    for group, figures in groups.items():
        print(line(group, figures))
    if given.higher:
        FLOORS.write_text(raised(groups), "utf-8")


if __name__ == "__main__":
    main()
