"""The engine on a cluster: Dask schedules, retries and balances the same tasks. An optional extra (``cluster``).

Workers run this program, of the same version, and see the folders of content, templates, site and cache under the same
paths. Loaded by :func:`stemma.workers.engine` where a cluster is asked for, since it takes a second to import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final, TypeVar, cast

from distributed import Client, KilledWorker

from stemma.packaged import program_digest
from stemma.problems import BuildFailed
from stemma.records import Problem, Severity
from stemma.workers import MAX_TASK, MIN_VALUES

In = TypeVar("In")
Out = TypeVar("Out")

RETRIES: Final = 3
"""How often a task is tried again after its worker has died."""

TIMEOUT: Final = 30
"""Seconds to wait for the scheduler."""


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, address: str) -> None:
        """Connect. Raises BuildFailed where nobody answers, there is no worker, or workers run another program."""
        try:
            self._client = cast("Any", Client)(address, timeout=TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise _failed(f"no scheduler answers at {address}", "Start one, see docs/cluster.md") from error
        programs = set(self._client.run(program_digest).values())
        if programs != {program_digest()}:
            what = "has no workers" if not programs else "has workers that run another version of the program"
            self.close()
            raise _failed(f"the cluster at {address} {what}", "See docs/cluster.md")
        self.jobs = sum(self._client.nthreads().values())

    def map(self, function: Callable[[In], Out], values: Sequence[In], *, least: int = MIN_VALUES) -> Iterator[Out]:
        """Apply ``function`` on the workers, unless the values are few."""
        if len(values) < least:
            yield from map(function, values)
            return
        size = max(1, min(MAX_TASK, len(values) // (self.jobs * 4)))
        tasks = [values[start : start + size] for start in range(0, len(values), size)]
        futures = self._client.map(partial(_all, function), tasks, pure=False, retries=RETRIES)
        try:
            for future in futures:
                yield from future.result()
                future.release()
        except KilledWorker as error:
            raise _failed("a task ended its worker four times", "See the logs of the workers") from error
        finally:
            self._client.cancel(futures)

    def close(self) -> None:
        """Leave the cluster, which goes on."""
        self._client.close()


def _all(function: Callable[[In], Out], values: Sequence[In]) -> list[Out]:
    return [function(value) for value in values]


def _failed(what: str, remedy: str) -> BuildFailed:
    return BuildFailed([Problem(Severity.ERROR, "the cluster", what, remedy)])
