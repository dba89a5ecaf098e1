"""How long a build takes, stage by stage: ``python -m benchmarks.build --pages N [--search] [--jobs N]``.

Prints a line a stage (seconds, milliseconds a page), processor time, the peak memory of each kind of process (where
there is a /proc), files and bytes written, by the top folders of the site; one JSON line last.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks import collection

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make the collection, build it twice, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    least, most = collection.PARAGRAPHS
    parser.add_argument("--paragraphs", type=int, nargs=2, default=(least, most), help="of a text, least and most")
    parser.add_argument("--search", action="store_true", help="build the search index too")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="build a second time over the first")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stemma-benchmark-") as name:
        folder = Path(name)
        size = collection.write(folder / "content", given.pages, paragraphs=tuple(given.paragraphs))
        print(f"{given.pages:,} raw files, {size / 1e6:.1f} MB, {size / given.pages / 1000:.1f} KB a page")
        result: dict[str, object] = {"pages": given.pages, "bytes": size, "jobs": given.jobs, "search": given.search}
        for label in ("first", "again") if given.again else ("first",):
            result[label] = _build(folder, given)
        print(json.dumps(result))


def _build(folder: Path, given: argparse.Namespace) -> dict[str, object]:
    command = [sys.executable, str(PROJECT / "build.py"), "--content", str(folder / "content"), "--quiet"]
    command += ["--site", str(folder / "site"), "--jobs", str(given.jobs), *([] if given.search else ["--no-search"])]
    before, start = os.times(), time.perf_counter()
    with subprocess.Popen(command, cwd=PROJECT) as build:
        peaks = _peaks(build)
    if build.returncode:
        raise SystemExit(build.returncode)
    seconds, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    stages = json.loads((folder / "build-report.json").read_text("utf-8"))["stages"]
    for stage in stages:
        each = stage["seconds"] * 1000 / given.pages
        print(f"{stage['stage']:<10} {stage['seconds']:8.2f} s {each:8.3f} ms a page  {stage['reported']}")
    files = [path for path in (folder / "site").rglob("*") if path.is_file()]
    written = sum(path.stat().st_size for path in files)
    print(
        f"in all     {seconds:8.2f} s, {spent:.2f} s of processor time, {len(files):,} files, {written / 1e6:,.1f} MB"
    )
    for kind, peak in sorted(peaks.items()):
        print(f"{kind:<20} {peak:8,.0f} MB at most")
    weights = _weights(folder / "site")
    for part, (number, size) in sorted(weights.items(), key=lambda one: -one[1][1]):
        each = f"{number / given.pages:6.3f} files and {size / given.pages / 1000:6.2f} KB a text"
        print(f"{part:<20} {each}, {size / number / 1000:8.1f} KB a file")
    return {
        "seconds": round(seconds, 2),
        "processor_seconds": round(spent, 2),
        "peak_mb": {kind: round(peak) for kind, peak in peaks.items()},
        "weights": weights,
        "files": len(files),
        "written": written,
        "stages": {stage["stage"]: stage["seconds"] for stage in stages},
    }


def _peaks(build: subprocess.Popen[bytes]) -> dict[str, float]:
    """The most memory (MB) that any process of each kind took, looked up five times a second until the build ends."""
    peaks: Counter[str] = Counter()
    while build.poll() is None:
        for kind, megabytes in _processes(build.pid):
            peaks[kind] = max(peaks[kind], megabytes)
        time.sleep(0.2)
    return dict(peaks)


def _processes(build: int) -> Iterator[tuple[str, int]]:
    """Kind and peak memory (MB) of a process and of all below it."""
    found: dict[int, tuple[int, int, str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, KeyError, ValueError):
            status = dict(line.split(":\t", 1) for line in (folder / "status").read_text().split("\n") if ":\t" in line)
            called = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            found[int(folder.name)] = (int(status["PPid"]), int(status["VmHWM"].split()[0]) // 1024, called)
    below = {build}
    while more := {pid for pid, (parent, _, _) in found.items() if parent in below} - below:
        below |= more
    for pid in below & found.keys():
        _, megabytes, called = found[pid]
        yield "the build" if pid == build else "search indexer" if "pagefind" in called else "worker", megabytes


def _weights(site: Path) -> dict[str, tuple[int, int]]:
    """Files and bytes of each folder at the top of the site."""
    numbers: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for path in site.rglob("*"):
        if path.is_file():
            part = path.relative_to(site).parts
            numbers[part[0] if len(part) > 1 else "the top"] += 1
            sizes[part[0] if len(part) > 1 else "the top"] += path.stat().st_size
    return {part: (numbers[part], sizes[part]) for part in numbers}


if __name__ == "__main__":
    main()
