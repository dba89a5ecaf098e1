"""Fit the weights of every claim that is ranked: title, author, date, publisher.

    python -m training.claims --data FILE [--data FILE ...] [--archive content] [--only STAGE] [--write] [--compare]

FILE is as in benchmarks/cleaning.py. The pages are labelled by the build's own labeller, without line recurrence, and
their candidates are those of the build's own extraction. The rankings are fitted in the order in which a page is read
(which lines may be the title, then the title, the author, the date, the publisher), each on candidates found with
weights that have not seen the site. The figures are cross-validated by site in the same way, all rankings together: the
share of right values among the pages that hold the known one, and of wrong values among all pages.

L-BFGS stops at a small fall of the loss, not at a fixed point: on another machine a weight may differ by .02, and one
that is as small as the least that is kept may be there or not. With --compare the weights of the package are held
against those just fitted: exit code 1 where one differs by more than :data:`MAX_DIFFERENCE`.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import yaml

from benchmarks.cleaning import read_rows
from benchmarks.known_claims import Row, fold, is_answerable, is_hit, is_known
from stemma.clean.claims import extract as extraction
from stemma.clean.claims.extract import SHIPPED, ClaimWeights, Extraction, extract
from stemma.clean.claims.page import lay_out
from stemma.clean.claims.ranking import Ranking, Weights
from stemma.clean.claims.title import prefilter
from stemma.clean.claims.title.page_style import PageStyle
from stemma.receive.reception import receive
from stemma.settings import Settings
from training.pages import LabelledPage, labelled, without_indents
from training.softmax import Example, Examples, Recipe

FOLDS: Final = 5
"""Parts of the sites; the weights by which one is judged are fitted on the others."""
STAGES: Final = ("prefilter", "title", "author", "date", "publisher")
RECIPES: Final = {
    "prefilter": Recipe(6.0, 6.0),
    "title": Recipe(40.0, 160.0),
    "author": Recipe(16.0, min_sites=3, min_weight=0.03),
    "date": Recipe(8.0, min_sites=3, min_weight=0.03),
    "publisher": Recipe(12.0, 12.0, min_sites=3, min_weight=0.03),
}
"""How the weights of each ranking are fitted; the penalties were chosen by cross-validation."""
FILES: Final = {stage: f"{'title' if stage == 'prefilter' else stage}/weights.toml" for stage in STAGES}
TABLES: Final = {stage: "prefilter" if stage == "prefilter" else "weights" for stage in STAGES}
INDENTED: Final = ("page", "crop")
"""The flavours whose lines keep their indents: titles are learned from them a second time without."""
OWN: Final = "own"
"""The flavour of the pages of an archive of our own."""
COPIES: Final = 3
"""How often titles are learned from such a page."""
LAYOUTS: Final = ("a folder a site", "one folder")
MAX_DIFFERENCE: Final = 0.05
"""How far a weight of the package may be from the one that training gives: the least weight that is kept, and .02."""
BOUNDS: Final = {
    "title": (0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
    "author": (0.45, 0.5, 0.55, 0.6, 0.65, 0.7),
    "date": (0.5, 0.6, 0.66, 0.7, 0.75, 0.8),
    "publisher": (0.4, 0.5, 0.6, 0.7, 0.8),
}


@dataclass(frozen=True)
class Page:
    """A row as the build would see it: ``folder`` is where it lies, ``fold`` the part that its site is in.

    ``scored``: whether the figures count it; ``stages``: what is learned from it.
    """

    row: Row
    lines: LabelledPage
    fold: int
    folder: str
    scored: bool
    stages: tuple[str, ...]

    def extract(self, weights: ClaimWeights) -> Extraction:
        """What the page states, ranked by some weights."""
        return extract(*self.lines, folder=self.folder, weights=weights)


def digest(text: str) -> int:
    """A number that is the same for a text on every machine."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def pages(rows: Sequence[Row]) -> Iterator[Page]:
    """The pages of rows, each labelled once: in a folder of its site, without its indents, in no folder."""
    for row in rows:
        lines, part = labelled(row["raw_text"]), digest(row["domain"]) % FOLDS
        yield Page(row, lines, part, row["domain"], row["flavour"] != OWN, STAGES)
        if row["flavour"] in INDENTED:
            flat = without_indents(lines, airy=digest(row["id"]) % 2 > 0)
            yield Page(row, flat, part, row["domain"], False, STAGES[:2])  # noqa: FBT003
        if is_known("publisher", row):
            yield Page(row, lines, part, "", row["flavour"] != OWN, ("publisher",))


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


def teaches(page: Page, stage: str) -> bool:
    """Whether a ranking is learned from a page."""
    return stage in page.stages and is_known("title" if stage == "prefilter" else stage, page.row)


def examples(stage: str, taught: Sequence[Page], weights: Sequence[ClaimWeights]) -> Iterator[Example]:
    """The candidates of one ranking, each with whether it is right."""
    for at, page in enumerate(taught):
        if stage == "prefilter":
            yield from _first_look(at, page)
            continue
        ranking: Ranking = getattr(page.extract(weights[page.fold]), stage)
        right = [is_hit(stage, page.row, one.claim.values) for one in ranking.candidates]
        # Where only a site's own name for itself is known, a page that has another teaches nothing.
        if stage != "publisher" or page.row.get("gold_publisher") or any(right):
            for one, hit in zip(ranking.candidates, right, strict=True):
                yield Example(at, one.style, one.features, hit)


def _first_look(at: int, page: Page) -> Iterator[Example]:
    """The lines before the prefilter; right is one that is the title or begins or ends with it."""
    laid, wanted = lay_out(page.lines.lines, page.lines.labels), fold(page.row["gold_title"])
    near = prefilter.reach(laid)
    style = PageStyle.of(laid.lines, laid.lines[near.start : near.stop])
    for place, features in prefilter.first_features(laid, near, style, page.lines.evidence):
        yield Example(at, style.kind, features, _holds(fold(laid.lines[place].text), wanted))


def _holds(text: str, wanted: str) -> bool:
    most = 2 * len(wanted) > len(text)
    return text == wanted or (most and (text.startswith(wanted + " ") or text.endswith(" " + wanted)))


def fit(known: Sequence[Page], stages: Sequence[str]) -> list[ClaimWeights]:
    """For each part of the sites the weights that have not seen it; last the weights from all."""
    weights = [SHIPPED] * (FOLDS + 1)
    for stage in stages:
        taught = [page for page in known if teaches(page, stage)]
        folds = np.array([page.fold for page in taught])
        data = Examples(examples(stage, taught, weights), [page.row["domain"] for page in taught], RECIPES[stage])
        for part in range(FOLDS + 1):
            weights[part] = replace(weights[part], **{stage: data.fit(folds != part)})
        print(f"{stage}: {len(taught)} pages, {len(data.page)} candidates, {len(data.names)} features", flush=True)
    return weights


def report(known: Sequence[Page], weights: Sequence[ClaimWeights]) -> None:
    """Print the figures of each field at several bounds, each page ranked by weights that have not seen its site."""
    found: dict[tuple[str, str], list[tuple[Row, float, bool]]] = defaultdict(list)
    for page in known:
        if page.scored:
            extracted = page.extract(weights[page.fold])
            for field in STAGES[1:]:
                gold = page.row.get(f"gold_{field}")
                if gold and field in page.stages:
                    layout = LAYOUTS[0 if page.folder else 1] if field == "publisher" else ""
                    best, right = _best(getattr(extracted, field), field, page.row)
                    found[field, layout].append((page.row, best, right))
    for (field, layout), results in found.items():
        answerable = [is_answerable(field, row) for row, _, _ in results]
        print(f"{field} {layout}: {len(results)} pages")
        for bound in BOUNDS[field]:
            hits = sum(
                right and can and best >= bound for (_, best, right), can in zip(results, answerable, strict=True)
            )
            wrong = sum(not right and best >= bound for _, best, right in results)
            print(f"  from {bound:4}: right {hits / sum(answerable):.3f}, wrong {wrong / len(results):.3f}")


def _best(ranking: Ranking, field: str, row: Row) -> tuple[float, bool]:
    """How probable the most probable value is, and whether it is right."""
    if not ranking.probabilities:
        return 0.0, False
    identity, probability = ranking.probabilities[0]
    claims = [one.claim for one in ranking.candidates if one.identity == identity]
    return probability, is_hit(field, row, claims[0].values)


def write(weights: ClaimWeights) -> None:
    """Put the weights into the package."""
    folder = Path(str(extraction.__file__)).parent
    tables: dict[str, list[str]] = defaultdict(list)
    for stage in STAGES:
        own: Mapping[str, Weights] = getattr(weights, stage)
        for style in sorted(own):
            tables[FILES[stage]] += ["", f"[{TABLES[stage]}{f'.{style}' if style else ''}]"]
            tables[FILES[stage]] += [f'"{name}" = {weight:.2f}' for name, weight in sorted(own[style].items())]
    for name, lines in tables.items():
        head = "# Weights of features, by ranking and style. Fitted by training/claims.py."
        (folder / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def differences(fitted: ClaimWeights, packaged: ClaimWeights) -> Iterator[tuple[float, str]]:
    """How far each weight is from the other's, with its name; one that is not there is 0."""
    for stage in STAGES:
        one: Mapping[str, Weights] = getattr(fitted, stage)
        other: Mapping[str, Weights] = getattr(packaged, stage)
        for style in one.keys() | other.keys():
            mine, theirs = one.get(style, Weights()), other.get(style, Weights())
            for name in (mine.keys() | theirs.keys()) - {prefilter.RECURRING}:
                yield abs(mine[name] - theirs[name]), f"{stage} {style} {name}"


def main() -> None:
    """Fit, report, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--archive", type=Path, help="an archive whose titles are known to be right: its content/")
    parser.add_argument("--only", choices=STAGES, action="append", help="fit these alone, the others as in the package")
    parser.add_argument("--write", action="store_true", help="put the weights into the package")
    parser.add_argument("--compare", action="store_true", help="hold the weights in the package against those fitted")
    options = parser.parse_args()
    rows = [row for path in options.data for row in read_rows(path)]
    known = list(pages([*rows, *(list(own_rows(options.archive)) * COPIES if options.archive else ())]))
    weights = fit(known, options.only or STAGES)
    report(known, weights)
    if options.compare:
        greatest, name = max(differences(weights[FOLDS], SHIPPED))
        print(f"the greatest difference of a weight in the package: {greatest:.2f} ({name})")
        if greatest > MAX_DIFFERENCE:
            raise SystemExit(1)
    if options.write:
        write(weights[FOLDS])


if __name__ == "__main__":
    main()
