"""How well and how fast copies are found.

``python -m benchmarks.linking --data DIR [--field text|body_text|body_noisy] [--bodies]``: a collection with known
relations (docs.jsonl, truth.jsonl, clusters.json, meta.jsonl, gzipped or not) is laid out as raw files, a folder a
publisher, and goes through receive, clean and relate; ``--bodies`` gives the field to relate as the body; ``--script
NAME`` writes it in another script; ``--misses N`` prints the first N pairs that are wrong. ``python -m
benchmarks.linking --scale N``: N invented bodies, a third copies, through relate alone. Prints a line a stage; one JSON
line last.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from benchmarks.scripts import SCRIPTS
from stemma.clean.cleaning import clean
from stemma.receive.reception import receive
from stemma.records import Accession, Kind, Paragraph, Relation, Witness
from stemma.relate.detect.closure import components
from stemma.relate.relating import Related, relate
from stemma.settings import Settings
from stemma.workers import Engine, engine

Pair = tuple[str, str]
JOINING = ("mirror", "revision")
KINDS = ("mirror", "revision", "contain", "excerpt")
TURNED = {"contains": "part-of", "part-of": "contains"}


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage took, on the clock and of the processor."""

    name: str
    seconds: float
    cpu: float


def main() -> None:
    """Measure, print a line a stage and one JSON line last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--field", choices=("text", "body_text", "body_noisy"), default="text")
    parser.add_argument("--bodies", action="store_true", help="the field is the body: no receiving, no cleaning")
    parser.add_argument("--script", choices=tuple(SCRIPTS), default="Latin")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--scale", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    with engine(given.jobs) as workers:
        if given.scale:
            result = _scale(given, workers)
        else:
            written = {"bodies": given.bodies, "script": given.script}
            result = measure(given.data, given.field, workers, misses=given.misses, **written)
    print(json.dumps(result))


def measure(
    data: Path, field: str, workers: Engine, *, bodies: bool, misses: int = 0, script: str = "Latin"
) -> dict[str, Any]:
    """Relate the collection in ``data`` and score it; ``field`` is the raw page or, with ``bodies``, the body."""
    ways = SCRIPTS[script]
    texts = [row | {field: ways[number % 2](row[field])} for number, row in enumerate(_rows(data, "docs.jsonl"))]
    if bodies:
        witnesses: Sequence[Witness] = [witness(row["id"], row["publisher"], row[field]) for row in texts]
        stages: list[Stage] = []
    else:
        witnesses, stages = _cleaned(texts, field, workers)
    related, stage = _timed("relate", lambda: relate(witnesses, {}, workers))
    stages.append(stage)
    _told(stages, len(texts))
    names = {witness.id: witness.accession.path.rpartition("/")[2].removesuffix(".txt") for witness in witnesses}
    found = dict(predicted(related.relations, names))
    meta = {row["id"]: row for row in _rows(data, "meta.jsonl")}
    truth = {(row["a"], row["b"]): row for row in _rows(data, "truth.jsonl")}
    clusters = json.loads(_read(data, "clusters.json"))
    for line in _wrong(found, truth, meta)[:misses]:
        print(line)
    works = {names[member]: work.id for work in related.works for member in work.members}
    return {
        "data": data.name,
        "field": field,
        "script": script,
        **score(found, truth, meta, clusters),
        "ari_of_works": round(rand(clusters, works), 4),
        **_cost(stages, len(texts)),
    }


def _cleaned(texts: Sequence[Mapping[str, Any]], field: str, workers: Engine) -> tuple[Sequence[Witness], list[Stage]]:
    with tempfile.TemporaryDirectory(prefix="stemma-linking-") as name:
        content = Path(name) / "content"
        for row in texts:
            path = content / "raw" / row["publisher"] / f"{row['id']}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(row[field], encoding="utf-8", newline="")
        settings = Settings(content=content)
        received, first = _timed("receive", lambda: receive(settings))
        for problem in received.problems:
            print(problem)
        witnesses, second = _timed("clean", lambda: clean(received.accessions, {}, (), workers))
    return witnesses, [first, second]


def predicted(relations: Sequence[Relation], names: Mapping[str, str]) -> Iterator[tuple[Pair, str]]:
    """Pairs by name, the lesser first, and the kind of relation read in that direction."""
    for relation in relations:
        a, b, kind = names[relation.a], names[relation.b], str(relation.kind)
        yield ((a, b), kind) if a < b else ((b, a), TURNED.get(kind, kind))


def score(
    found: Mapping[Pair, str],
    truth: Mapping[Pair, Mapping[str, Any]],
    meta: Mapping[str, Mapping[str, Any]],
    clusters: Mapping[str, int],
) -> dict[str, object]:
    """Link F1 (kind passed over), F1 of each kind and their mean, false links, adjusted Rand index of the clusters.

    Pairs whose relation is "dontcare" count nowhere; a kind is right if it is the true one or one of ``alt``.
    """
    cared = {pair: row for pair, row in truth.items() if row["relation"] != "dontcare"}
    ours = {pair: kind for pair, kind in found.items() if pair not in truth or pair in cared}
    hits = [pair for pair in ours if pair in cared]
    right = [pair for pair in hits if ours[pair] in (cared[pair]["relation"], *cared[pair]["alt"])]
    precise, wanted = (
        Counter(_side(kind) for kind in ours.values()),
        Counter(_side(r["relation"]) for r in cared.values()),
    )
    by_ours, by_truth = Counter(_side(ours[p]) for p in right), Counter(_side(cared[p]["relation"]) for p in right)
    kinds = {kind: _f1(by_ours[kind] / max(1, precise[kind]), by_truth[kind] / max(1, wanted[kind])) for kind in KINDS}
    link = _f1(len(hits) / max(1, len(ours)), len(hits) / max(1, len(cared)))
    joined = _joined(meta, [pair for pair, kind in found.items() if kind in JOINING])
    return {
        "pairs": len(ours),
        "link_f1": round(link, 4),
        "kinds_f1": round(sum(kinds.values()) / len(KINDS), 4),
        "kinds": {kind: round(value, 4) for kind, value in kinds.items()},
        "false_links": len(ours) - len(hits),
        "missed": len(cared) - len(hits),
        "ari": round(rand(clusters, joined), 4),
    }


def _side(kind: str) -> str:
    return "contain" if kind in TURNED else kind


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _joined(ids: Mapping[str, object], links: Sequence[Pair]) -> dict[str, str]:
    numbers = {id_: number for number, id_ in enumerate(ids)}
    found = components(len(numbers), ((numbers[a], numbers[b]) for a, b in links))
    names = list(numbers)
    return {names[number]: names[group[0]] for group in found for number in group}


def rand(truth: Mapping[str, int], ours: Mapping[str, str]) -> float:
    """The adjusted Rand index of two partitions (Hubert and Arabie 1985)."""

    def pairs(counts: Counter[Any]) -> float:
        return sum(count * (count - 1) / 2 for count in counts.values())

    both = pairs(Counter((truth[id_], ours[id_]) for id_ in truth))
    rows, columns = pairs(Counter(truth.values())), pairs(Counter(ours[id_] for id_ in truth))
    expected, most = rows * columns / (len(truth) * (len(truth) - 1) / 2), (rows + columns) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def _wrong(
    found: Mapping[Pair, str], truth: Mapping[Pair, Mapping[str, Any]], meta: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """The pairs that are false, missed or of another kind, a line each."""
    out = []
    for pair in sorted({*found, *truth}):
        said, row = found.get(pair), truth.get(pair)
        if row and (row["relation"] == "dontcare" or said in (row["relation"], *row["alt"])):
            continue
        what = "false" if not row else "missed" if not said else "kind"
        sides = [f"{id_} ({meta[id_]['kind']}, family {meta[id_]['family']})" for id_ in pair]
        out.append(f"{what}: {' '.join(sides)}: {said} for {row and (row['relation'], row['cov_a'], row['cov_b'])}")
    return out


def _scale(given: argparse.Namespace, workers: Engine) -> dict[str, object]:
    witnesses = list(invented(given.scale))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    related: Related
    related, stage = _timed("relate", lambda: relate(witnesses, {}, workers))
    _told([stage], len(witnesses))
    kinds = Counter(str(relation.kind) for relation in related.relations)
    print(f"{len(related.relations):,} relations, {len(related.works):,} works, texts alone {before:,.0f} MB")
    return {"scale": given.scale, "kinds": {str(kind): kinds[kind] for kind in Kind}, **_cost([stage], len(witnesses))}


def invented(count: int, seed: int = 5) -> Iterator[Witness]:
    """Bodies of about 450 words drawn by rank as in Zipf's law, the same for the same seed; every third is a copy.

    A quarter of the copies is cut short, a quarter has one word in twelve changed.
    """
    chance = random.Random(seed)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(60_000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    kept: list[list[str]] = []
    for number in range(count):
        if number % 3 == 2:
            words = list(chance.choice(kept[-3000:]))
            if chance.random() < 0.25:
                words = words[: len(words) // 2]
            elif chance.random() < 0.33:
                words = [chance.choice(vocabulary) if chance.random() < 0.08 else word for word in words]
        else:
            words = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(250, 650))
            kept.append(words)
            del kept[:-3000]
        yield witness(f"t{number:07}", f"site{number % 97}", _set(words))


def _set(words: Sequence[str]) -> str:
    """Words as sentences and paragraphs."""
    sentences = [" ".join(words[at : at + 15]).capitalize() + "." for at in range(0, len(words), 15)]
    return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))


def witness(id_: str, folder: str, body: str) -> Witness:
    """A witness of a body alone, received in a folder."""
    paragraphs = tuple(Paragraph(text) for text in body.split("\n\n"))
    return Witness(Accession(id_, f"{folder}/{id_}.txt", "", len(body), "", "utf-8"), (), paragraphs, ())


def _timed(name: str, step: Any) -> tuple[Any, Stage]:
    clock, cpu = time.perf_counter(), _cpu()
    made = step()
    return made, Stage(name, time.perf_counter() - clock, _cpu() - cpu)


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _told(stages: Sequence[Stage], pages: int) -> None:
    for stage in stages:
        each = stage.cpu * 1000 / pages
        print(f"{stage.name:<10} {stage.seconds:8.2f} s, {stage.cpu:8.2f} s CPU, {each:7.3f} ms a page")


def _cost(stages: Sequence[Stage], pages: int) -> dict[str, object]:
    return {
        "ms_a_page": {stage.name: round(stage.cpu * 1000 / pages, 3) for stage in stages},
        "seconds": {stage.name: round(stage.seconds, 2) for stage in stages},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in _read(folder, name).split("\n") if line)


def _read(folder: Path, name: str) -> str:
    plain = folder / name
    return (
        plain.read_text("utf-8") if plain.exists() else gzip.decompress((folder / f"{name}.gz").read_bytes()).decode()
    )


if __name__ == "__main__":
    main()
