"""Work spread over processes: one pure function, many values, results in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

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
