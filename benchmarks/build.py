"""How long a build takes, stage by stage: ``python -m benchmarks.build --pages N [--search] [--jobs N]``.

Prints a line a stage (seconds, milliseconds a page), peak memory, files and bytes written; one JSON line last.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import collection

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make the collection, build it twice, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--search", action="store_true", help="build the search index too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="build a second time over the first")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stemma-benchmark-") as name:
        folder = Path(name)
        size = collection.write(folder / "content", given.pages)
        print(f"{given.pages:,} raw files, {size / 1e6:.1f} MB, {size / given.pages / 1000:.1f} KB a page")
        result: dict[str, object] = {"pages": given.pages, "bytes": size, "jobs": given.jobs, "search": given.search}
        for label in ("first", "again") if given.again else ("first",):
            result[label] = _build(folder, given)
        print(json.dumps(result))


def _build(folder: Path, given: argparse.Namespace) -> dict[str, object]:
    command = [sys.executable, str(PROJECT / "build.py"), "--content", str(folder / "content"), "--quiet"]
    command += ["--site", str(folder / "site"), "--jobs", str(given.jobs), *([] if given.search else ["--no-search"])]
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=PROJECT)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    stages = json.loads((folder / "build-report.json").read_text("utf-8"))["stages"]
    for stage in stages:
        each = stage["seconds"] * 1000 / given.pages
        print(f"{stage['stage']:<10} {stage['seconds']:8.2f} s {each:8.3f} ms a page  {stage['said']}")
    files = [path for path in (folder / "site").rglob("*") if path.is_file()]
    written = sum(path.stat().st_size for path in files)
    print(f"in all     {seconds:8.2f} s, largest process {peak:,.0f} MB, {len(files):,} files, {written / 1e6:,.1f} MB")
    return {
        "seconds": round(seconds, 2),
        "peak_mb": round(peak),
        "files": len(files),
        "written": written,
        "stages": {stage["stage"]: stage["seconds"] for stage in stages},
    }


if __name__ == "__main__":
    main()
