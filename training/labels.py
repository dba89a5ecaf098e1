"""Learn the models of cleaning from pages with known bodies: the line model, then the context model on its answers.

    python -m training.labels --data FILE [--data FILE ...] --work FOLDER [--write]

FILE is as in benchmarks/cleaning.py. The sites of the first file are dealt into five folds, those of the others by a
hash of their names. Learned in this order, each into a file of FOLDER, and with ``--write`` the last of both into the
package:

- ``network-K.npz``: the line model without the sites of fold K, half of what it learns from variants of the pages
  (other layouts, other scripts); ``network.npz``: the line model from all pages;
- ``trees-K.npz``: the context model without fold K, from pages each read by the network that has not seen it;
  ``trees.npz``: the context model from all pages so read.

The same pages give the same weights. A file that FOLDER holds is not learned again, so a run that was stopped goes on.
Needs torch (2.13.0 was used) and catboost (1.2.10) beside Stemma, in an environment of its own; takes about half an
hour of processor time. ``python -m training.validate`` measures each fold by models that have not seen it.
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
from stemma.clean.labels import context_model, line_model
from training import context, train

PACKAGE = Path(line_model.__file__).parent


def learn_networks(rows: Sequence[Row], fold: Mapping[str, int], work: Path) -> None:
    """The line model without each fold, and from all pages."""
    wanted = {work / f"network-{number}.npz": number for number in range(train.FOLDS)} | {work / "network.npz": None}
    missing = {file: left_out for file, left_out in wanted.items() if not file.exists()}
    if not missing:
        return
    torch.set_num_threads(1)
    pages, varied = train.prepare(rows, fold)
    for file, left_out in missing.items():
        print(file.stem, flush=True)
        kept, variants = ([one for one in sheets if fold[one.domain] != left_out] for sheets in (pages, varied))
        _store(file, train.learn(kept, variants))


def learn_trees(rows: Sequence[Row], fold: Mapping[str, int], work: Path) -> None:
    """The context model without each fold, and from all pages, each page read by a network that has not seen it."""
    learned = {number: train.read_file(work / f"network-{number}.npz") for number in range(train.FOLDS)}
    samples = context.samples(rows, fold, learned)
    judged = {number: context.learn([one for one in samples if one.fold != number]) for number in learned}
    for number, trees in judged.items():
        stored = context.calibrated(trees, [one for one in samples if one.fold != number], judged)
        _store(work / f"trees-{number}.npz", {field.name: getattr(stored, field.name) for field in fields(stored)})
    whole = context.calibrated(context.learn(samples), samples, judged)
    _store(work / "trees.npz", {field.name: getattr(whole, field.name) for field in fields(whole)})


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
    learn_networks(rows, fold, given.work)
    learn_trees(rows, fold, given.work)
    if given.write:
        for name, stored in (("network.npz", line_model.FILE), ("trees.npz", context_model.FILE)):
            (PACKAGE / stored).write_bytes((given.work / name).read_bytes())


if __name__ == "__main__":
    main()
