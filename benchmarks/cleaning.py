"""How clean the text is: body and claims of pages with known bodies, through the build's own stages.

    python -m benchmarks.cleaning --data FILE [--together] [--one-folder] [--jobs N]

FILE holds one JSON object a line (gzipped or not): id, domain, flavour, raw_text, gold_body and, where known,
gold_title, gold_author, gold_date, gold_publisher. The pages of a flavour are laid out as raw files, one folder a site,
received and cleaned; with --together all flavours lie side by side, so that every page recurs several times; with
--one-folder all pages lie in one folder, so that no host is known.
Scores: bags of 4-word shingles (after github.com/scrapinghub/article-extraction-benchmark); a claim is a hit when it
is the known one after folding, and counts among the answerable when the page holds the known one at all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.known_claims import WORDS, Row, is_answerable, is_hit
from stemma.clean.cleaning import clean
from stemma.receive.normalization import normalized
from stemma.receive.reception import receive
from stemma.records import Accession, Field, Witness
from stemma.settings import Settings
from stemma.workers import engine

CLAIMED = {"title": Field.TITLE, "author": Field.AUTHOR, "date": Field.DATE, "publisher": Field.PUBLISHER}


def read_rows(path: Path) -> list[Row]:
    """The rows of a data file."""
    whole = path.read_bytes()
    if path.suffix == ".gz":
        whole = gzip.decompress(whole)
    return [json.loads(line) for line in whole.decode("utf-8").split("\n") if line]


def lay_out(rows: Sequence[Row], content: Path, *, one_folder: bool = False) -> dict[str, Row]:
    """Write each row's text below content/raw, one folder a site or all in one; the rows by their paths."""
    paths: dict[str, Row] = {}
    for number, row in enumerate(rows):
        site = re.sub(r"[^a-z0-9.-]", "-", row["domain"].casefold())
        path = f"{'pages' if one_folder or not site else site}/{number:06}.txt"
        file = content / "raw" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(row["raw_text"].encode("utf-8", "replace"))
        paths[path] = row
    return paths


def cleaned(
    rows: Sequence[Row], jobs: int, *, one_folder: bool = False
) -> tuple[list[tuple[Row, Witness | None]], float, int]:
    """Each row with its witness (None where the file was refused), the seconds cleaning took, the characters read."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder)
        paths = lay_out(rows, content, one_folder=one_folder)
        accessions: Sequence[Accession] = receive(Settings(content=content)).accessions
        clean(accessions[:1], {}, ())  # so that reading the rules and weights is not counted
        start = time.perf_counter() if jobs > 1 else time.process_time()
        with engine(jobs) as workers:
            witnesses = clean(accessions, {}, (), workers)
        seconds = (time.perf_counter() if jobs > 1 else time.process_time()) - start
    found = {witness.accession.path: witness for witness in witnesses}
    return [(row, found.get(path)) for path, row in paths.items()], seconds, sum(len(one.text) for one in accessions)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The bag of four-word runs of a text; of a shorter text, its words as one."""
    words = WORDS.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def precision_recall(gold: str, body: str) -> tuple[float | None, float | None]:
    """Of one page; None where there is nothing to divide by. The known body is normalised as received files are."""
    known, given = shingles(normalized(gold)[0]), shingles(body)
    shared = (known & given).total()
    return (
        shared / given.total() if given else None,
        shared / known.total() if known else None,
    )


def body_scores(pairs: Iterable[tuple[Row, Witness | None]]) -> dict[str, float]:
    """Mean precision, mean recall and their F1 over all pages with a known body."""
    scored = [
        precision_recall(row["gold_body"], witness.text if witness else "")
        for row, witness in pairs
        if row["gold_body"]
    ]
    precisions = [one for one, _ in scored if one is not None]
    recalls = [one for _, one in scored if one is not None]
    p = sum(precisions) / max(1, len(precisions))
    r = sum(recalls) / max(1, len(recalls))
    return {"n": len(scored), "f1": 2 * p * r / (p + r) if p + r else 0.0, "p": p, "r": r}


def claim_scores(pairs: Sequence[tuple[Row, Witness | None]]) -> dict[str, dict[str, float]]:
    """For each field with known values: share of hits, of hits among the answerable, of wrong values."""
    scores: dict[str, dict[str, float]] = {}
    for field, named in CLAIMED.items():
        known = [(row, witness.values(named) if witness else ()) for row, witness in pairs if row.get(f"gold_{field}")]
        if not known:
            continue
        hits = [bool(given) and is_hit(field, row, given) for row, given in known]
        answerable = [is_answerable(field, row) for row, _ in known]
        scores[field] = {
            "n": len(known),
            "hit": sum(hits) / len(known),
            "answerable": sum(answerable) / len(known),
            "hit_answerable": sum(h and a for h, a in zip(hits, answerable, strict=True)) / max(1, sum(answerable)),
            "wrong": sum(bool(given) and not hit for (_, given), hit in zip(known, hits, strict=True)) / len(known),
        }
    return scores


def report(data: Path, *, together: bool, jobs: int, one_folder: bool = False) -> dict[str, Any]:
    """Clean and score the pages of a file; prints a line a flavour and gives everything back."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in read_rows(data):
        groups["" if together else row["flavour"]].append(row)
    pairs: list[tuple[Row, Witness | None]] = []
    seconds, characters = 0.0, 0
    for rows in groups.values():
        found, took, size = cleaned(rows, jobs, one_folder=one_folder)
        pairs += found
        seconds, characters = seconds + took, characters + size
    flavours = {
        name: [pair for pair in pairs if name in (pair[0]["flavour"], "all")]
        for name in (*sorted({row["flavour"] for row, _ in pairs}), "all")
    }
    scores: dict[str, Any] = {}
    for name, chosen in flavours.items():
        body, claims = body_scores(chosen), claim_scores(chosen)
        scores[name] = {"body": body, "claims": claims}
        print(f"{name:8} n {body['n']:5.0f}  F1 {body['f1']:.4f}  P {body['p']:.4f}  R {body['r']:.4f}", end="")
        print("".join(f" | {f} {s['hit_answerable']:.3f} wrong {s['wrong']:.3f}" for f, s in claims.items()))
    milliseconds = seconds / max(1, characters) * 5_000_000
    clock = "by the clock" if jobs > 1 else "of processor time"
    print(f"{milliseconds:.2f} ms {clock} a page of 5,000 characters, {jobs} process(es), line recurrence included")
    return {"data": data.name, "together": together, "ms_per_5kb": round(milliseconds, 3), "scores": scores}


def main() -> None:
    """Read the command line, report, and print everything as one line of JSON last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--together", action="store_true", help="all flavours side by side in one archive")
    parser.add_argument("--one-folder", action="store_true", help="all pages in one folder, so that no host is known")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    print(json.dumps(report(given.data, together=given.together, jobs=given.jobs, one_folder=given.one_folder)))


if __name__ == "__main__":
    main()
