"""The sites whose sentences are checked."""

from __future__ import annotations

import pytest

from tests.archivist import Archivist
from tests.sentences.built import Site, real, sample


@pytest.fixture(scope="session", params=[sample, real], ids=["sample", "real"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    archivist = Archivist(tmp_path_factory.mktemp("sentences"))
    request.param(archivist.folder)
    archivist.build("--no-search")
    return Site(archivist.site)
