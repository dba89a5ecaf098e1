"""Learn the models of cleaning from pages with known bodies: the line model, then the context model on its answers.

    python -m training.labels --data FILE [--data FILE ...] --work FOLDER [--write]

FILE is as in benchmarks/cleaning.py. The sites of the first file are dealt into five folds, those of the others by a
hash of their names. For pages in Latin letters (``latin``), then once more for those in other scripts (``other``: some
variants and some pages that the trees learn from are rewritten in other scripts), these files of FOLDER are learned:

- ``latin-network-K.npz``: the line model without the sites of fold K, half of what it learns from being variants of
  the pages; ``latin-network.npz``: the line model from all pages;
- ``latin-trees-K.npz``: the context model without fold K, from pages each read by the network that has not seen it;
  ``latin-trees.npz``: the context model from all pages so read.

With ``--write`` those from all pages are put into the package. The same pages give the same weights. A network that
FOLDER holds is not learned again, so a run that was stopped goes on. Needs torch (2.13.0 was used) and catboost
(1.2.10) beside Stemma, in an environment of its own; takes about an hour of processor time. ``python -m
training.validate`` measures each fold by models that have not seen it.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.cleaning import read_rows
from benchmarks.known_claims import Row
from stemma.clean.labels import models
from training import context, train

PACKAGE = Path(models.__file__).parent / models.FOLDER


def learn_networks(rows: Sequence[Row], fold: Mapping[str, int], work: Path, script: int) -> None:
    """The line model without each fold, and from all pages."""
    name = models.NAMES[script]
    wanted = {work / f"{name}-network-{number}.npz": number for number in range(train.FOLDS)}
    missing = {
        file: left_out
        for file, left_out in (wanted | {work / f"{name}-network.npz": None}).items()
        if not file.exists()
    }
    if not missing:
        return
    torch.set_num_threads(1)
    pages, varied = train.prepare(rows, fold, scripts=script == models.OTHER)
    for file, left_out in missing.items():
        print(file.stem, flush=True)
        kept, variants = ([one for one in sheets if fold[one.domain] != left_out] for sheets in (pages, varied))
        _store(file, train.learn(kept, variants))


def learn_trees(rows: Sequence[Row], fold: Mapping[str, int], work: Path, script: int) -> None:
    """The context model without each fold, and from all pages, each page read by a network that has not seen it."""
    name = models.NAMES[script]
    learned = {number: train.read_file(work / f"{name}-network-{number}.npz") for number in range(train.FOLDS)}
    samples = context.samples(rows, fold, learned, scripts=script == models.OTHER)
    judged = {number: context.learn([one for one in samples if one.fold != number]) for number in learned}
    for number, trees in judged.items():
        stored = context.calibrated(trees, [one for one in samples if one.fold != number], judged)
        _store(work / f"{name}-trees-{number}.npz", {one.name: getattr(stored, one.name) for one in fields(stored)})
    whole = context.calibrated(context.learn(samples), samples, judged)
    _store(work / f"{name}-trees.npz", {one.name: getattr(whole, one.name) for one in fields(whole)})


def _store(file: Path, arrays: Mapping[str, Any]) -> None:
    np.savez_compressed(file, **arrays)


def main() -> None:
    """Read the command line, learn what is missing, store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    files = [[row for row in read_rows(path) if row["gold_body"]] for path in given.data]
    rows = [row for file in files for row in file]
    fold = train.folds_of_files([[row["domain"] for row in file] for file in files], train.FOLDS)
    for script, name in enumerate(models.NAMES):
        learn_networks(rows, fold, given.work, script)
        learn_trees(rows, fold, given.work, script)
        if given.write:
            for kind in ("network", "trees"):
                (PACKAGE / f"{name}-{kind}.npz").write_bytes((given.work / f"{name}-{kind}.npz").read_bytes())


if __name__ == "__main__":
    main()
