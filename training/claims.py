"""Fit the weights of stemma/clean/claims/author/weights.toml and stemma/clean/claims/date/weights.toml.

    python -m training.claims author|date --data FILE [--data FILE ...] [--write]

FILE is as in benchmarks/cleaning.py; rows with a known author (or date) are used, their lines labelled by the build's
own labeller, without line recurrence. The weights make the right candidate most likely among those of a page, or none
of them where none is right: a softmax with the score 0 for "none", a squared penalty, Adam. The figures are
cross-validated by site: on 3,624 rows, names with half the probability are the known authors in .64 of the pages that
hold them and wrong in .069 of all; on 4,045 rows, a day with .65 of it is the known one in .895 and wrong in .041.
Dates are ranked beside the line of the authors, so the authors' weights are fitted first.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.cleaning import Row, is_answerable, is_hit, read_rows
from stemma.clean.claims.author import select as authors
from stemma.clean.claims.date import select as dates
from stemma.clean.claims.extract import extract
from stemma.clean.claims.ranking import softmax
from training.titles import marked

FOLDS = 10
PENALTY = {"author": 9.0, "date": 8.0}
STEPS = 200
SITES = 3
"""A feature seen on the pages of fewer sites gets no weight."""
LEAST = 0.03
"""Nor does one that would weigh less."""
BOUNDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
MODULES = {"author": authors, "date": dates}


@dataclass(frozen=True)
class Candidate:
    """A reading of a page: what it says, its features, and whether it is the known one."""

    value: frozenset[str]
    features: tuple[str, ...]
    right: bool


@dataclass(frozen=True)
class Page:
    """The site of a page, its candidates, and whether it holds the known value at all."""

    site: str
    candidates: tuple[Candidate, ...]
    answerable: bool


def read(field: str, row: Row) -> Page:
    """A row as the build would see it."""
    lines, labels, evidence = marked(row["raw_text"])
    extraction = extract(tuple(lines), tuple(labels), tuple(evidence))
    gold = _flat(row[f"gold_{field}"])
    ranking = extraction.author if field == "author" else extraction.date
    found = tuple(
        Candidate(frozenset(one.claim.values), one.features, is_hit(field, gold, one.claim.values))
        for one in ranking.candidates
    )
    return Page(row["domain"], found, is_answerable(field, gold, row["raw_text"]))


def _flat(gold: str | list[str | list[str]]) -> str | list[str]:
    if isinstance(gold, str):
        return gold
    return [name for one in gold for name in (one if isinstance(one, list) else [one])]


def columns(pages: Sequence[Page]) -> dict[str, int]:
    """A column for each feature that enough sites show."""
    sites: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for candidate in page.candidates:
            for feature in candidate.features:
                sites[feature].add(page.site)
    return {
        feature: at
        for at, feature in enumerate(sorted(feature for feature, seen in sites.items() if len(seen) >= SITES))
    }


def fit(pages: Sequence[Page], penalty: float) -> dict[str, float]:
    """The weight of each feature."""
    known = columns(pages)
    rows = [
        ([known[feature] for feature in candidate.features if feature in known], at, candidate.right)
        for at, page in enumerate(pages)
        for candidate in page.candidates
    ]
    flat = np.array([feature for features, _, _ in rows for feature in features])
    row = np.repeat(np.arange(len(rows)), [len(features) for features, _, _ in rows])
    page_of = np.array([at for _, at, _ in rows])
    right = np.array([one for _, _, one in rows], bool)
    learnt = np.zeros(len(known))
    first, second = np.zeros_like(learnt), np.zeros_like(learnt)
    for step in range(1, STEPS + 1):
        raised = np.exp(np.clip(np.bincount(row, learnt[flat], minlength=len(rows)), -30, 30))
        whole = 1 + np.bincount(page_of, raised, minlength=len(pages))
        hits = np.bincount(page_of, raised * right, minlength=len(pages))
        pull = raised / whole[page_of] - np.where(right, raised / np.maximum(hits[page_of], 1e-12), 0)
        slope = np.bincount(flat, pull[row], minlength=len(learnt)) + penalty * learnt
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        rate = 0.15 if step < STEPS * 0.7 else 0.04
        learnt -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {feature: float(learnt[at]) for feature, at in known.items()}


def tell(pages: Sequence[Page], penalty: float) -> None:
    """Print the figures at several bounds, each page judged by weights that have not seen its site."""
    folds = [int(hashlib.sha256(page.site.encode()).hexdigest(), 16) % FOLDS for page in pages]
    judged: list[tuple[Page, float, bool]] = []
    for part in range(FOLDS):
        learnt = fit([page for page, fold in zip(pages, folds, strict=True) if fold != part], penalty)
        for page in (page for page, fold in zip(pages, folds, strict=True) if fold == part):
            scores = [sum(learnt.get(feature, 0.0) for feature in one.features) for one in page.candidates]
            ranked = softmax([one.value for one in page.candidates], scores)
            value, share = ranked[0] if ranked else (frozenset(), 0.0)
            judged.append((page, share, any(one.right for one in page.candidates if one.value == value)))
    answerable = sum(page.answerable for page, _, _ in judged)
    for bound in BOUNDS:
        hits = sum(right and page.answerable and share >= bound for page, share, right in judged) / answerable
        wrong = sum(not right and share >= bound for _, share, right in judged) / len(judged)
        print(f"bound {bound:4}: right of the answerable {hits:.3f}, wrong of all {wrong:.3f}")


def write(field: str, learnt: dict[str, float]) -> None:
    """Put the weights into the package."""
    what = "names that could be the authors'" if field == "author" else "a date that could be the text's"
    lines = [f"# Weights of the features of {what}. Fitted by training/claims.py.", "", "[weights]"]
    lines += [f'"{feature}" = {weight:.2f}' for feature, weight in sorted(learnt.items()) if abs(weight) >= LEAST]
    Path(str(MODULES[field].__file__)).with_name("weights.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read, tell, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("field", choices=sorted(MODULES))
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [row for path in options.data for row in read_rows(path) if row.get(f"gold_{options.field}")]
    pages = [read(options.field, row) for row in rows]
    print(f"{len(pages)} rows, {sum(len(page.candidates) for page in pages)} candidates")
    tell(pages, PENALTY[options.field])
    if options.write:
        write(options.field, fit(pages, PENALTY[options.field]))


if __name__ == "__main__":
    main()
