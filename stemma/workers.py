"""Work spread over processes: one pure function, many values, results in order."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import parent_process
from threading import Thread
from typing import Any, TypeVar

from stemma.problems import BuildFailed
from stemma.records import Problem, Severity

Shared = TypeVar("Shared")
In = TypeVar("In")
Out = TypeVar("Out")

FEWEST = 400
"""Below so many values one process is quicker than starting several."""


def spread(function: Callable[[In], Out], values: Sequence[In], jobs: int, *, fewest: int = FEWEST) -> Iterator[Out]:
    """Apply a pure, picklable function to every value; results come in the order of the values.

    Below ``fewest`` values, which may be batches of smaller ones, one process does it all. The result does not depend
    on ``jobs``. Raises BuildFailed where a process was ended from outside.
    """
    if jobs <= 1 or len(values) < fewest:
        yield from map(function, values)
        return
    yield from _pooled(None, function, values, jobs, max(1, min(64, len(values) // (jobs * 4))))


def spread_over(
    shared: Shared, function: Callable[[Shared, In], Out], values: Sequence[In], jobs: int
) -> Iterator[Out]:
    """Like :func:`spread`, for a function that needs something large beside each value: each process gets it once."""
    if jobs <= 1 or len(values) < FEWEST:
        yield from (function(shared, value) for value in values)
        return
    yield from _pooled(shared, partial(_beside, function), values, jobs, 8)


def _pooled(
    shared: object, function: Callable[[In], Out], values: Sequence[In], jobs: int, at_once: int
) -> Iterator[Out]:
    try:
        with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(shared,)) as pool:
            yield from pool.map(function, values, chunksize=at_once)
    except BrokenProcessPool as error:
        said = "a process of this build was ended from outside, perhaps for want of memory"
        raise BuildFailed([Problem(Severity.ERROR, "the build", said, "Build again, with --jobs 1")]) from error


_held: list[Any] = []
"""In a process of the pool, what was given to it at its start; empty everywhere else."""


def _begin(shared: object) -> None:
    """A process of the pool begins: it leaves an interrupt to the build, and ends when the build has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_the_build, daemon=True).start()
    _held.append(shared)


def _end_with_the_build() -> None:
    # A build that is killed tells nobody; its processes would wait for ever, and hold its locks.
    build = parent_process()
    if build is not None:
        build.join()
        os._exit(1)


def _beside(function: Callable[[Any, In], Out], value: In) -> Out:
    return function(_held[0], value)
