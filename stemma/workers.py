"""An engine applies one pure function to many values: in this process, in the processes of a pool, or on a cluster."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Final, Protocol, TypeVar, cast

from stemma.problems import BuildFailed
from stemma.records import Problem, Severity

In = TypeVar("In")
Out = TypeVar("Out")

MIN_VALUES: Final = 400
"""Values below which one process is quicker than several: what a page costs to send is a tenth of what it takes."""

MAX_TASK: Final = 64
"""Values sent to a process at once: with more, one process ends long after the others."""

START: Final = "fork" if sys.platform == "linux" else "spawn"
"""How processes are started. Fork shares what is imported already; elsewhere it is not safe. Both give the same."""


class Engine(Protocol):
    """Whatever maps a pure, picklable function over values."""

    jobs: int
    """How many values are worked on at a time."""

    def map(self, function: Callable[[In], Out], values: Sequence[In], *, least: int = MIN_VALUES) -> Iterator[Out]:
        """Apply ``function`` to every value; results come in the order of the values.

        Below ``least`` values, which may be batches of smaller ones, this process does it all. The results do not
        depend on the engine. Raises BuildFailed where a process was ended from outside.
        """
        ...


class InProcess:
    """No process but this one."""

    jobs = 1

    def map(self, function: Callable[[In], Out], values: Sequence[In], *, least: int = MIN_VALUES) -> Iterator[Out]:
        """Apply ``function`` to one value after the other."""
        del least
        return map(function, values)


IN_PROCESS: Final = InProcess()


class Pool:
    """Some processes, started when they are first needed; each ends when the build does, however it does."""

    def __init__(self, jobs: int, start: str = START) -> None:
        """Prepare a pool of so many processes."""
        self.jobs = jobs
        self._start = start
        self._executor: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[In], Out], values: Sequence[In], *, least: int = MIN_VALUES) -> Iterator[Out]:
        """Apply ``function`` in the processes, which begin at once, unless the values are few."""
        if len(values) < least:
            return map(function, values)
        if self._executor is None:
            self._executor = ProcessPoolExecutor(self.jobs, get_context(self._start), initializer=_begin)
        with _whole(), warnings.catch_warnings():  # numpy's threads sleep, and are no danger to a fork
            warnings.simplefilter("ignore", DeprecationWarning)
            size = max(1, min(MAX_TASK, len(values) // (self.jobs * 4)))
            found = self._executor.map(function, values, chunksize=size)
        return _results(found)

    def close(self, *, at_once: bool = False) -> None:
        """End the processes: when each has done what it is doing, or ``at_once``."""
        if self._executor is not None:
            if at_once:
                for process in active_children():
                    _kill(process)
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


@contextmanager
def _whole() -> Iterator[None]:
    """Raises BuildFailed where a process of the pool has died."""
    try:
        yield
    except BrokenProcessPool as error:
        said = "a process of this build was ended from outside, perhaps for want of memory"
        raise BuildFailed([Problem(Severity.ERROR, "the build", said, "Build again, with --jobs 1")]) from error


def _results(found: Iterator[Out]) -> Iterator[Out]:
    with _whole():
        yield from found


class Watched:
    """An engine whose progress is shown: ``show`` passes results on, and is told how many there will be."""

    def __init__(self, engine: Engine, show: Callable[[Iterator[object], int], Iterator[object]]) -> None:
        """Watch an engine."""
        self.jobs = engine.jobs
        self._engine = engine
        self._show = show

    def map(self, function: Callable[[In], Out], values: Sequence[In], *, least: int = MIN_VALUES) -> Iterator[Out]:
        """Apply ``function`` as the engine does."""
        results = self._engine.map(function, values, least=least)
        return cast(Iterator[Out], self._show(results, len(values)))


@contextmanager
def engine(jobs: int, start: str = START, cluster: str = "") -> Iterator[Engine]:
    """The engine of one build: a cluster where one is named, this process for one job, else a pool.

    It is ended with the block. Raises BuildFailed where the cluster cannot be used.
    """
    if cluster:
        with _cluster(cluster) as found:
            yield found
        return
    if jobs <= 1:
        yield IN_PROCESS
        return
    pool = Pool(jobs, start)
    try:
        yield pool
    except KeyboardInterrupt:
        pool.close(at_once=True)
        raise
    finally:
        pool.close()


@contextmanager
def _cluster(address: str) -> Iterator[Engine]:
    try:
        module = import_module("stemma.cluster.dask_engine")  # an optional extra, and a second to import
    except ImportError as error:
        what, remedy = "the extra for clusters is not installed", "Install stemma-archive[cluster]"
        raise BuildFailed([Problem(Severity.ERROR, "the cluster", what, remedy)]) from error
    found: Pool = module.Cluster(address)
    try:
        yield found
    finally:
        found.close()


def _begin() -> None:
    """A process of the pool begins: it leaves an interrupt to the build, and ends when the build has ended.

    It leads a group, so that a program it has started ends with it.
    """
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_the_build, daemon=True).start()


def _end_with_the_build() -> None:
    # A build that is killed tells nobody; its processes would wait for ever, and hold its locks.
    build = parent_process()
    if build is not None:
        build.join()
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _kill(process: BaseProcess) -> None:
    """End a process of the pool and what it has started."""
    if hasattr(os, "killpg") and process.pid:
        with suppress(ProcessLookupError):  # it has ended, or has yet to lead a group
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
