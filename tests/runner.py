"""Runs build.py many times from one process that has imported the program already: each run is a fork of it.

A build of a few files takes less time than importing the program does. ``run`` gives what ``python build.py`` would
give: its exit code and what it printed. For another interpreter, locale or hash seed start a process of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


def run(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run build.py in ``folder``; what it printed is in stdout."""
    with NamedTemporaryFile() as printed:
        asked = {"arguments": [*arguments], "folder": str(folder), "out": printed.name, "environment": {**os.environ}}
        code = _Runner.started().ask(asked)
        text = Path(printed.name).read_bytes().decode("utf-8", "backslashreplace")
    return subprocess.CompletedProcess(["build.py", *arguments], code, text)


class _Runner:
    """The process that forks. It reads a line of JSON for each run, and answers with its exit code."""

    def __init__(self) -> None:
        """Start it; it ends when this process does."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.runner"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._process.communicate)

    @staticmethod
    @cache
    def started() -> _Runner:
        """The one of this process."""
        return _Runner()

    def ask(self, asked: Mapping[str, object]) -> int:
        """Have a run done and wait for it."""
        question, answer = self._process.stdin, self._process.stdout
        assert question is not None
        assert answer is not None
        print(json.dumps(asked), file=question, flush=True)
        return int(answer.readline())


def _serve() -> None:
    from stemma.__main__ import main  # noqa: PLC0415 - before the first fork, and not in the tests' own process

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _child(json.loads(line), main)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _child(asked: dict[str, Any], main: Any) -> None:
    """One run; never returns."""
    code = 1
    try:
        handle = os.open(asked["out"], os.O_WRONLY)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = [str(PROJECT / "build.py"), *asked["arguments"]]
        code = main(PROJECT)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:  # noqa: BLE001 - as an interpreter does
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
