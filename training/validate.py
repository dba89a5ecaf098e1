"""Validation of both models of cleaning on sites they have not seen, by the whole program but for claims.

    python -m training.validate --data FILE --work FOLDER [--fold K ...]

FOLDER is that of ``training.labels``. FILE is the first of its files. As in benchmarks/cleaning.py each conversion is
laid out by itself, one folder a site, so that line recurrence takes part. Prints a line a fold.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.cleaning import lay_out, precision_recall, read_rows
from benchmarks.known_claims import Row
from stemma.clean.labels.context_model import read_trees
from stemma.clean.labels.decoder import relevant
from stemma.clean.labels.labeller import label_lines
from stemma.clean.labels.models import NAMES, Models
from stemma.clean.labels.recurrence import count_recurrence
from stemma.clean.lines.paragraphs import paragraph
from stemma.clean.lines.segment import segment
from stemma.receive.reception import receive
from stemma.records import Label
from stemma.settings import Settings
from training.train import FOLDS, folds, read_file

Score = tuple[float | None, float | None]


def scores(rows: Sequence[Row], known: tuple[Models, Models]) -> Iterator[Score]:
    """Precision and recall of the body of each page of one conversion."""
    with tempfile.TemporaryDirectory() as folder:
        paths = lay_out(rows, Path(folder))
        accessions = receive(Settings(content=Path(folder))).accessions
    for accession, counts in zip(accessions, count_recurrence(accessions), strict=True):
        lines = segment(accession.text)
        verdicts = label_lines([lines], [relevant(counts)], (), known)[0]
        chosen = [line for line, verdict in zip(lines, verdicts, strict=True) if verdict.label is Label.BODY]
        yield precision_recall(paths[accession.path]["gold_body"], "\n".join(paragraph([line]).text for line in chosen))


def _models(work: Path, name: str, number: int) -> Models:
    with (work / f"{name}-trees-{number}.npz").open("rb") as stream:
        return Models(read_file(work / f"{name}-network-{number}.npz"), read_trees(stream))


def line(name: str, pairs: Sequence[Score]) -> str:
    """Mean precision, mean recall and their F1."""
    p = [one for one, _ in pairs if one is not None]
    r = [one for _, one in pairs if one is not None]
    mean_p, mean_r = sum(p) / len(p), sum(r) / len(r)
    return f"{name} {2 * mean_p * mean_r / (mean_p + mean_r):.4f} (P {mean_p:.4f} R {mean_r:.4f})"


def main() -> None:
    """Read the command line; print F1 by fold and conversion."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--fold", type=int, action="append")
    given = parser.parse_args()
    rows = [row for row in read_rows(given.data) if row["gold_body"]]
    fold = folds([row["domain"] for row in rows], FOLDS)
    for number in given.fold or range(FOLDS):
        latin, other = (_models(given.work, name, number) for name in NAMES)
        by_flavour: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if fold[row["domain"]] == number:
                by_flavour[row["flavour"]].append(row)
        found = {name: list(scores(some, (latin, other))) for name, some in sorted(by_flavour.items())}
        found["all"] = [one for some in found.values() for one in some]
        print(f"fold {number}:", ", ".join(line(name, pairs) for name, pairs in found.items()), flush=True)


if __name__ == "__main__":
    main()
