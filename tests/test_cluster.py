"""A real scheduler and two worker processes on loopback: the same bytes as on one machine, a worker killed twice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma.problems import BuildFailed
from stemma.workers import MIN_VALUES, engine
from tests.archivist import PROJECT, Archivist
from tests.test_determinism import archive, bytes_of

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not os.environ.get("STEMMA_LONG"), reason="takes minutes: set STEMMA_LONG"),
    pytest.mark.timeout(600),
]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROJECT)}


class Machines:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.scheduler = self._start("scheduler", "dask_scheduler", *options)
        self.address = self._said(folder / "scheduler.log", r"Scheduler at: *(tcp://\S+)")
        self.workers: list[subprocess.Popen[bytes]] = []
        for _ in range(2):
            self.start_worker()

    def start_worker(self) -> None:
        number = len(self.workers)
        options = ["--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", "--no-dashboard"]
        options += ["--local-directory", str(self.folder)]
        self.workers.append(self._start(f"worker-{number}", "dask_worker", self.address, *options))
        self._said(self.folder / f"worker-{number}.log", r"(Registered to)")

    def _start(self, name: str, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
        with (self.folder / f"{name}.log").open("w") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=ENVIRONMENT)

    def _said(self, log: Path, pattern: str) -> str:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            found = re.search(pattern, log.read_text("utf-8", "replace"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError(log.read_text("utf-8", "replace"))

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.kill()
            process.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    folder = tmp_path / "machines"
    folder.mkdir()
    one = Machines(folder)
    try:
        yield one
    finally:
        one.close()


def test_the_same_bytes_as_on_one_machine_and_a_killed_worker_costs_only_time(
    machines: Machines, tmp_path: Path
) -> None:
    alone, spread = archive(tmp_path / "alone"), archive(tmp_path / "spread")
    alone.build("--jobs", "1", search=True)
    process = started(spread, machines.address)
    for _ in range(2):
        time.sleep(3)
        if process.poll() is None:
            os.kill(machines.workers[-1].pid, signal.SIGKILL)
            machines.start_worker()
    said, _ = process.communicate()
    assert process.returncode == 0, said
    assert bytes_of(spread.site) == bytes_of(alone.site)
    assert bytes_of(spread.content / "pages") == bytes_of(alone.content / "pages")


def started(one: Archivist, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROJECT / "build.py"), "--content", "content", "--site", "site"]
    return subprocess.Popen(
        [*command, "--cluster", address], cwd=one.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_values_come_back_from_a_cluster_in_order(machines: Machines) -> None:
    values = [f"value {number}" for number in range(MIN_VALUES + 3)]
    with engine(1, cluster=machines.address) as workers:
        assert list(workers.map(str.upper, values)) == [value.upper() for value in values]


def test_a_cluster_that_is_not_there_is_one_error() -> None:
    with pytest.raises(BuildFailed) as failed, engine(1, cluster="tcp://127.0.0.1:9"):
        raise AssertionError
    assert "no scheduler answers" in failed.value.problems[0].what
