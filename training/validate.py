"""Validation of the line model on sites it has not seen: the body of each page of a fold, by rules and model.

    python -m training.validate --data FILE FOLD0.npz FOLD1.npz …     (one file a fold, in order)

Line recurrence is not used here: each page is labelled by itself.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from benchmarks.cleaning import precision_recall, read_rows
from stemma.clean.labels.labeller import label_lines
from stemma.clean.labels.line_model import Weights, read_weights
from stemma.clean.lines.paragraphs import paragraph
from stemma.clean.lines.segment import segment
from stemma.records import Label
from training.train import folds


def body(raw: str, learned: Weights) -> str:
    """The body of a raw page."""
    lines = segment(raw.replace("\r\n", "\n").replace("\r", "\n"))
    verdicts = label_lines([lines], learned=learned)[0]
    chosen = [line for line, verdict in zip(lines, verdicts, strict=True) if verdict.label is Label.BODY]
    return "\n".join(paragraph([line]).text for line in chosen)


def main() -> None:
    """Read the command line; print precision, recall and F1 by flavour."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("weights", type=Path, nargs="+")
    given = parser.parse_args()
    learned = [read_weights(path.open("rb")) for path in given.weights]
    rows = [row for row in read_rows(given.data) if row["gold_body"]]
    fold = folds([row["domain"] for row in rows], given.folds)
    scores: dict[str, list[tuple[float | None, float | None]]] = defaultdict(list)
    for row in rows:
        at = fold[row["domain"]]
        if at < len(learned):
            one = precision_recall(row["gold_body"], body(row["raw_text"], learned[at]))
            for name in (row["flavour"], "all"):
                scores[name].append(one)
    for name, pairs in sorted(scores.items()):
        p = [one for one, _ in pairs if one is not None]
        r = [one for _, one in pairs if one is not None]
        mean_p, mean_r = sum(p) / len(p), sum(r) / len(r)
        f1 = 2 * mean_p * mean_r / (mean_p + mean_r)
        print(f"{name:8} n {len(pairs):5}  F1 {f1:.4f}  P {mean_p:.4f}  R {mean_r:.4f}")


if __name__ == "__main__":
    main()
