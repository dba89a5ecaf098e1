"""The program as a stranger has it: a wheel built from the working copy, installed into a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.archivist import PROJECT

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def pip(*arguments: str, cwd: Path) -> None:
    done = subprocess.run([*PIP, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Installed:
    """A folder with the installed program; libraries are those of the tests."""

    folder: Path

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run Python with ``command``; what it printed is in stdout."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, *command],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def stemma(self, *arguments: str, cwd: Path, code: int = 0) -> str:
        """Run ``stemma``, which must end with ``code``; gives what was printed."""
        done = self.run("-P", "-m", "stemma", *arguments, cwd=cwd)
        assert done.returncode == code, done.stdout
        return done.stdout


def install(folder: Path) -> Installed:
    """Build the wheel of the working copy and install it below ``folder``."""
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder / "wheels"), str(PROJECT), cwd=folder)
    (built,) = (folder / "wheels").iterdir()
    pip("install", "--no-deps", "--target", str(folder / "installed"), str(built), cwd=folder)
    return Installed(folder / "installed")
