"""Work spread over processes: one pure function, many values, results in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, TypeVar

Shared = TypeVar("Shared")
In = TypeVar("In")
Out = TypeVar("Out")

FEWEST = 400
"""Below so many values one process is quicker than starting several."""


def spread(function: Callable[[In], Out], values: Sequence[In], jobs: int) -> Iterator[Out]:
    """Apply a pure, picklable function to every value; results come in the order of the values.

    The result does not depend on ``jobs``.
    """
    if jobs <= 1 or len(values) < FEWEST:
        yield from map(function, values)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(function, values, chunksize=max(1, min(64, len(values) // (jobs * 4))))


def spread_over(
    shared: Shared, function: Callable[[Shared, In], Out], values: Sequence[In], jobs: int
) -> Iterator[Out]:
    """Like :func:`spread`, for a function that needs something large beside each value: each process gets it once."""
    if jobs <= 1 or len(values) < FEWEST:
        yield from (function(shared, value) for value in values)
        return
    with ProcessPoolExecutor(jobs, initializer=_held.append, initargs=(shared,)) as pool:
        yield from pool.map(partial(_beside, function), values, chunksize=8)


_held: list[Any] = []
"""In a process of the pool, what was given to it at its start; empty everywhere else."""


def _beside(function: Callable[[Any, In], Out], value: In) -> Out:
    return function(_held[0], value)
