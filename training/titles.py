"""Fit the weights of stemma/clean/claims/title/weights.toml.

    python -m training.titles --data FILE [--data FILE ...] [--archive content] [--write]

FILE is as in benchmarks/cleaning.py; rows with a gold title are used, their lines labelled by the build's own labeller.
Pages that keep indents are learned from a second time without them, as a browser's text has none. Two sets of weights
are fitted one after the other: those of the sieve, which picks a few lines at one look, and those of the lines it
leaves. Both make the right line most likely on its page, or none where none is right: a softmax with a nought for "no
title", a squared penalty, Adam. The figures told are cross-validated by site, the sieve with them; on 4,597 rows of
1,287 pages, at the probability .35: the known title in .800 of those that hold it, a wrong one in .149 of all.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
import yaml

from benchmarks.cleaning import Row, read_rows
from benchmarks.cleaning import fold as folded
from stemma.clean.claims.page import Page, lay_out
from stemma.clean.claims.ranking import Weights, softmax
from stemma.clean.claims.title import prefilter
from stemma.clean.claims.title.page_style import PageStyle
from stemma.clean.claims.title.select import MIN_PROBABILITY, candidates
from stemma.clean.labels.labeller import label_lines
from stemma.clean.lines.segment import segment
from stemma.receive.reception import receive
from stemma.records import Evidence, Label
from stemma.settings import Settings

KINDS = ("markdown", "flush", "indented", "airy", "dense", "prose")
FOLDS = 5
PENALTY = {"sieve": (6.0, 6.0), "close": (40.0, 160.0)}
"""Of what a weight is for all pages, and of what it differs by for those written down in one way."""
STEPS = 150
INDENTED = ("page", "crop")
"""The flavours whose lines keep their indents."""
FLUSH = " flush left"
OWN = "own"
TIMES = 3
"""How often a page of an archive of our own is heard."""
BOUNDS = (0.3, 0.35, 0.4, 0.45, 0.5)


Marked = tuple[list[str], list[Label | None], list[Evidence | None]]
"""The lines of a page, their labels and what those rest on."""


def marked(raw: str) -> Marked:
    """A page labelled by itself, without line recurrence."""
    lines, whole = segment(raw), raw.split("\n")
    labels: list[Label | None] = [None] * len(whole)
    evidence: list[Evidence | None] = [None] * len(whole)
    verdicts = label_lines([lines])[0]
    for line, verdict in zip(lines, verdicts, strict=True):
        labels[line.number - 1], evidence[line.number - 1] = verdict.label, verdict.evidence
    return whole, labels, evidence


def without_indents(page: Marked, *, airy: bool) -> Marked:
    """The page flush left, without blank lines, or with one wherever the indent changed or a long line begins."""
    plain: list[tuple[str, Label | None, Evidence | None]] = []
    last = -1
    for raw, label, proof in zip(*page, strict=True):
        text = raw.strip()
        if not text:
            continue
        indent = len(raw) - len(raw.lstrip())
        if airy and last >= 0 and (indent != last or len(raw) > 100):
            plain.append(("", None, None))
        last = indent
        plain.append((text, label, proof))
    return [text for text, _, _ in plain], [label for _, label, _ in plain], [proof for _, _, proof in plain]


def digest(text: str) -> int:
    """A number that is the same for a text on every machine."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


class Known(NamedTuple):
    """A page with a known title (folded): its flavour, its fold, whether it holds the title at all."""

    flavour: str
    fold: int
    wanted: str
    answerable: bool
    page: Page
    evidence: list[Evidence | None]


def own_rows(content: Path) -> Iterator[Row]:
    """The pages of an archive of our own that state a title, as its curator has them."""
    texts = {one.path: one.text for one in receive(Settings(content=content)).accessions}
    for page in sorted((content / "pages").glob("*.md")):
        front = yaml.load(page.read_text("utf-8").split("\n---\n", 1)[0], yaml.BaseLoader)  # noqa: S506
        if front["title"] and front["source"] in texts:
            yield {
                "id": page.stem,
                "domain": front["source"].split("/")[0],
                "flavour": OWN,
                "raw_text": texts[front["source"]],
                "gold_title": front["title"],
            }


def pages(rows: Sequence[Row]) -> Iterator[Known]:
    """The pages of rows, each labelled; those that keep indents a second time at the end, without them."""
    again: list[Known] = []
    for row in rows:
        wanted, fold = folded(row["gold_title"]), digest(row["domain"]) % FOLDS
        answerable = f" {wanted} " in f" {folded(row['raw_text'])} "
        page = marked(row["raw_text"])
        yield Known(row["flavour"], fold, wanted, answerable, lay_out(*page[:2]), page[2])
        if row["flavour"] in INDENTED:
            lines, labels, evidence = without_indents(page, airy=digest(row["id"]) % 2 > 0)
            again.append(Known(row["flavour"] + FLUSH, fold, wanted, answerable, lay_out(lines, labels), evidence))
    yield from again


class Features:
    """What is seen of the candidates of all pages: one flat array of columns, the page of each, whether it is right.

    Each feature has a column for all pages and one for the pages written down in the same way.
    """

    def __init__(self, folds: Sequence[int]) -> None:
        """Nothing seen yet of the pages in these folds."""
        self.fold = np.array(folds)
        self.columns: dict[str, int] = {}
        self.flat = np.zeros(0, np.int32)
        self.starts = self.page = self.sizes = self.flat
        self.right = np.zeros(0, bool)

    def read(self, seen: Iterator[tuple[int, str, Sequence[str], bool]]) -> Features:
        """Take in candidates: the page, how it was written down, what is seen, whether the candidate is right."""
        flat: list[int] = []
        starts, page, right = [], [], []
        for at, kind, features, is_right in seen:
            starts.append(len(flat))
            page.append(at)
            right.append(is_right)
            for feature in features:
                flat += [self.column(feature), self.column(f"{kind}:{feature}")]
        self.flat, self.starts = np.array(flat, np.int32), np.array(starts)
        self.page, self.right = np.array(page, np.int32), np.array(right, bool)
        self.sizes = np.diff(np.append(self.starts, len(flat)))
        return self

    def column(self, feature: str) -> int:
        """The column of a feature, a new one if need be."""
        return self.columns.setdefault(feature, len(self.columns))

    def scores(self, learnt: np.ndarray) -> np.ndarray:
        """The weight of each candidate."""
        return np.add.reduceat(learnt[self.flat], self.starts)

    def table(self, learnt: np.ndarray) -> dict[str, Weights]:
        """The weights by how a page was written down."""
        names = sorted(name for name in self.columns if ":" not in name)
        own = {kind: [self.columns.get(f"{kind}:{name}") for name in names] for kind in KINDS}
        return {
            kind: Weights(
                (name, round(float(learnt[self.columns[name]] + learnt[column]), 2))
                for name, column in zip(names, columns, strict=True)
                if column is not None
            )
            for kind, columns in own.items()
        }


def looked(known: Sequence[Known]) -> Iterator[tuple[int, str, Sequence[str], bool]]:
    """What the sieve sees; right is a line that is the title or begins or ends with it."""
    for at, one in enumerate(known):
        near = prefilter.reach(one.page)
        style = PageStyle.of(one.page.lines, one.page.lines[near.start : near.stop])
        for place, features in prefilter.first_features(one.page, near, style, one.evidence):
            yield at, style.kind, features, _holds(folded(one.page.lines[place].text), one.wanted)


def _holds(text: str, wanted: str) -> bool:
    most = 2 * len(wanted) > len(text)
    return text == wanted or (most and (text.startswith(wanted + " ") or text.endswith(" " + wanted)))


def weighed(
    known: Sequence[Known], prefilters: Sequence[Mapping[str, Weights]]
) -> Iterator[tuple[int, str, Sequence[str], bool]]:
    """What is seen of the lines that a sieve leaves which has not seen the site."""
    for at, one in enumerate(known):
        for candidate in candidates(one.page, one.evidence, prefilter=prefilters[one.fold]):
            yield at, candidate.style, candidate.features, folded(candidate.claim.value) == one.wanted


def fit(data: Features, use: np.ndarray, stage: str) -> np.ndarray:
    """Weights from the candidates where ``use`` is true."""
    count = len(data.fold)
    flat, sizes = data.flat[np.repeat(use, data.sizes)], data.sizes[use]
    starts, page, own = np.cumsum(sizes) - sizes, data.page[use], data.right[use]
    penalty = np.array([PENALTY[stage][":" in name] for name in data.columns])
    learnt = np.zeros(len(data.columns))
    first, second = np.zeros_like(learnt), np.zeros_like(learnt)
    for step in range(1, STEPS + 1):
        raised = np.exp(np.clip(np.add.reduceat(learnt[flat], starts), -30, 30))
        whole = 1 + np.bincount(page, raised, minlength=count)
        right = np.bincount(page, raised * own, minlength=count)
        pull = raised / whole[page] - np.where(own, raised / np.maximum(right[page], 1e-12), 0)
        slope = np.bincount(flat, np.repeat(pull, sizes), minlength=len(learnt)) + penalty * learnt
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        rate = 0.15 if step < STEPS * 0.7 else 0.04
        learnt -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return learnt


def told(data: Features) -> tuple[np.ndarray, np.ndarray]:
    """For each page the probability of its best line by weights that have not seen its site, and if it is right."""
    probable, right = np.zeros(len(data.fold)), np.zeros(len(data.fold), bool)
    for part in range(FOLDS):
        scores = data.scores(fit(data, (data.fold != part)[data.page], "close"))
        for page in np.flatnonzero(data.fold == part).tolist():
            start, end = np.searchsorted(data.page, [page, page + 1])
            ranked = softmax(list(range(start, end)), scores[start:end].tolist())
            if ranked:
                place, probable[page] = ranked[0]
                right[page] = data.right[cast("int", place)]
    return probable, right


def tell(known: Sequence[Known], data: Features) -> None:
    """Print the figures at several bounds, and by flavour at the one that holds."""
    own = np.array([not one.flavour.endswith((FLUSH, OWN)) for one in known])
    answerable = own & np.array([one.answerable for one in known])
    flavours = np.array([one.flavour for one in known])
    probable, right = told(data)
    for bound in sorted({*BOUNDS, MIN_PROBABILITY}):
        hits, wrong = (probable >= bound) & right & answerable, (probable >= bound) & ~right & own
        rates = hits.sum() / answerable.sum(), wrong[own].mean()
        print(f"{bound:5} right of the answerable {rates[0]:.3f}, wrong of all {rates[1]:.3f}")
    hits, wrong = (probable >= MIN_PROBABILITY) & right & answerable, (probable >= MIN_PROBABILITY) & ~right & own
    for flavour in sorted(set(flavours[own].tolist())):
        of = flavours == flavour
        print(f"{flavour:8} {hits[of].sum() / max(1, answerable[of].sum()):.3f}, {wrong[of].mean():.3f}")


def write(sieve: Mapping[str, Weights], close: Mapping[str, Weights]) -> None:
    """Put the weights into the package."""
    lines = [
        "# Weights of the features of a line that could be a title, by how the page is written down: [sieve] at one",
        "# look, [weights] at a close one. Fitted by training/titles.py.",
    ]
    for name, tables in (("sieve", sieve), ("weights", close)):
        for kind in KINDS:
            lines += ["", f"[{name}.{kind}]"]
            lines += [f'"{feature}" = {weight:.2f}' for feature, weight in sorted(tables[kind].items()) if weight]
    Path(prefilter.__file__).with_name("weights.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read, tell, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--archive", type=Path, help="an archive whose titles are known to be right: its content/")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [row for path in options.data for row in read_rows(path) if row.get("gold_title")]
    known = list(pages([*rows, *(list(own_rows(options.archive)) * TIMES if options.archive else ())]))
    folds = [one.fold for one in known]
    first = Features(folds).read(looked(known))
    prefilters = [first.table(fit(first, (first.fold != part)[first.page], "sieve")) for part in range(FOLDS)]
    second = Features(folds).read(weighed(known, prefilters))
    tell(known, second)
    if options.write:
        sieve = fit(first, np.ones(len(first.page), bool), "sieve")
        close = fit(second, np.ones(len(second.page), bool), "close")
        write(first.table(sieve), second.table(close))


if __name__ == "__main__":
    main()
