"""The installed program, made once for all tests of the commands."""

from __future__ import annotations

import pytest

from tests.commands.installed import Installed, install


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The program, installed from a wheel."""
    return install(tmp_path_factory.mktemp("installed"))
