"""Fit the weights of stemma/clean/titles.toml.

    python -m training.titles --data FILE [--data FILE ...] [--write]

FILE is as in benchmarks/cleaning.py; rows with a gold title are used, their lines labelled by the build's own labeller.
Pages that keep indents are learned from a second time without them, as a
browser's text has none. The weights make the right line most likely among the candidates of a page, or none of them
where none is right: a softmax with a nought for "no title", a squared penalty, Adam; of each page the right lines and
the heaviest by the weights that stand are heard. The figures told are cross-validated by site; on 4,597 rows of 1,287
pages: at the bound -0.15 the known title in .76 of those that hold it, a wrong one in .15 of all.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.cleaning import Row, read_rows
from benchmarks.cleaning import fold as folded
from stemma.clean import titles
from stemma.clean.cleaning import named_rules
from stemma.clean.features import describe_lines
from stemma.clean.model import posteriors, weights
from stemma.clean.segment import segment
from stemma.clean.sequence import decide
from stemma.clean.sheet import lay_out
from stemma.nouns import Label

KINDS = ("markdown", "flush", "indented", "airy", "dense", "prose")
FOLDS = 5
PENALTY = 6.0
STEPS = 150
HEARD = 16
INDENTED = ("page", "crop")
"""The flavours whose lines keep their indents."""
FLUSH = " flush left"
BOUNDS = (-0.6, -0.3, 0.0, 0.3, 0.6)


Marked = tuple[list[str], list[Label | None], list[str]]
"""The lines of a page, their labels and the rules that gave them."""


def marked(raw: str) -> Marked:
    """A page labelled without a survey."""
    lines, whole = segment(raw), raw.split("\n")
    labels: list[Label | None] = [None] * len(whole)
    rules = [""] * len(whole)
    verdicts = decide(lines, posteriors(*describe_lines(lines), weights()), named_rules(lines), None)
    for line, verdict in zip(lines, verdicts, strict=True):
        labels[line.number - 1], rules[line.number - 1] = verdict.label, verdict.rule
    return whole, labels, rules


def without_indents(page: Marked, *, airy: bool) -> Marked:
    """The page flush left, without blank lines, or with one wherever the indent changed or a long line begins."""
    plain: list[tuple[str, Label | None, str]] = []
    last = -1
    for raw, label, rule in zip(*page, strict=True):
        text = raw.strip()
        if not text:
            continue
        indent = len(raw) - len(raw.lstrip())
        if airy and last >= 0 and (indent != last or len(raw) > 100):
            plain.append(("", None, ""))
        last = indent
        plain.append((text, label, rule))
    return [text for text, _, _ in plain], [label for _, label, _ in plain], [rule for _, _, rule in plain]


def digest(text: str) -> int:
    """A number that is the same for a text on every machine."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


class Candidates:
    """The candidates of all pages: their facts as one flat array of columns, the page of each, and whether it is right.

    Each fact has a column for all pages and one for the pages written down in the same way.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        """Read the pages."""
        self.columns: dict[str, int] = {}
        self.fold = np.array([digest(row["domain"]) % FOLDS for row in rows])
        flat: list[int] = []
        starts, page, right = [], [], []
        for at, row in enumerate(rows):
            wanted = folded(row["gold_title"])
            for one in self.heard(row, wanted):
                starts.append(len(flat))
                for fact in one.seen:
                    flat += [self.column(fact), self.column(f"{one.kind}:{fact}")]
                page.append(at)
                right.append(folded(one.text) == wanted)
        self.flat, self.starts = np.array(flat, np.int32), np.array(starts)
        self.page, self.right = np.array(page, np.int32), np.array(right, bool)
        self.sizes = np.diff(np.append(self.starts, len(flat)))

    @staticmethod
    def heard(row: Row, wanted: str) -> list[titles.Candidate]:
        """The candidates of a row that are learned from."""
        lines, labels, rules = marked(row["raw_text"])
        if row["flavour"].endswith(FLUSH):
            lines, labels, rules = without_indents((lines, labels, rules), airy=digest(row["id"]) % 2 > 0)
        every = list(titles.candidates(lay_out(lines, labels), rules))
        least = sorted((one.weight for one in every), reverse=True)[:HEARD][-1:]
        return [one for one in every if one.weight >= least[0] or folded(one.text) == wanted]

    def column(self, fact: str) -> int:
        """The column of a fact, a new one if need be."""
        return self.columns.setdefault(fact, len(self.columns))

    def scores(self, learnt: np.ndarray) -> np.ndarray:
        """The weight of each candidate."""
        return np.add.reduceat(learnt[self.flat], self.starts)


def fit(data: Candidates, use: np.ndarray) -> np.ndarray:
    """Weights from the candidates where ``use`` is true."""
    pages = len(data.fold)
    learnt = np.zeros(len(data.columns))
    first, second = np.zeros_like(learnt), np.zeros_like(learnt)
    for step in range(1, STEPS + 1):
        raised = np.exp(np.clip(data.scores(learnt), -30, 30)) * use
        whole = 1 + np.bincount(data.page, raised, minlength=pages)
        right = np.bincount(data.page, raised * data.right, minlength=pages)
        pull = raised / whole[data.page] - np.where(data.right, raised / np.maximum(right[data.page], 1e-12), 0)
        slope = np.bincount(data.flat, np.repeat(pull, data.sizes), minlength=len(learnt)) + PENALTY * learnt
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        rate = 0.15 if step < STEPS * 0.7 else 0.04
        learnt -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return learnt


def chosen(data: Candidates, learnt: np.ndarray, bound: float) -> tuple[np.ndarray, np.ndarray]:
    """For each page: whether a line weighs more than the bound, and whether the heaviest is right."""
    scores = data.scores(learnt)
    best: dict[int, int] = {}
    for at in np.flatnonzero(scores > bound).tolist():
        page = int(data.page[at])
        if page not in best or scores[at] > scores[best[page]]:
            best[page] = at
    given, right = np.zeros(len(data.fold), bool), np.zeros(len(data.fold), bool)
    for page, at in best.items():
        given[page], right[page] = True, data.right[at]
    return given, right


def tell(data: Candidates, rows: Sequence[Row]) -> None:
    """Print the figures at several bounds, each page judged by weights that have not seen its site."""
    own = np.array([not row["flavour"].endswith(FLUSH) for row in rows])
    answerable = own & np.array([f" {folded(row['gold_title'])} " in f" {folded(row['raw_text'])} " for row in rows])
    told = {bound: (np.zeros(len(rows), bool), np.zeros(len(rows), bool)) for bound in BOUNDS}
    for part in range(FOLDS):
        learnt, seen = fit(data, (data.fold != part)[data.page]), data.fold == part
        for bound, (given, right) in told.items():
            now, true = chosen(data, learnt, bound)
            given[seen], right[seen] = now[seen], true[seen]
    for bound, (given, right) in told.items():
        hits, wrong = (right & answerable).sum() / answerable.sum(), (given & ~right)[own].mean()
        print(f"bound {bound:4}: right of the answerable {hits:.3f}, wrong of all {wrong:.3f}")


def write(data: Candidates, learnt: np.ndarray) -> None:
    """Put the weights into the package."""
    lines = [
        "# Weights of the facts seen of a line that could be a title, by how the page is written down; the title is",
        "# the heaviest line above the bound. Fitted by training/titles.py.",
    ]
    for kind in KINDS:
        lines += ["", f"[weights.{kind}]"]
        for fact in sorted(name for name in data.columns if ":" not in name):
            own = data.columns.get(f"{kind}:{fact}")
            if own is not None:
                lines.append(f"{fact} = {learnt[data.columns[fact]] + learnt[own]:.2f}")
    Path(titles.__file__).with_name("titles.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read, tell, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [row for path in options.data for row in read_rows(path) if row.get("gold_title")]
    rows += [{**row, "flavour": row["flavour"] + FLUSH} for row in rows if row["flavour"] in INDENTED]
    data = Candidates(rows)
    tell(data, rows)
    if options.write:
        write(data, fit(data, np.ones(len(data.page))))


if __name__ == "__main__":
    main()
