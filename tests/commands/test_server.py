"""The local look sends the headers of netlify.toml, and stays on loopback."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from stemma.commands import server

NETLIFY = Path(__file__).parents[2] / "netlify.toml"


def test_a_page_comes_with_the_policy_and_a_lost_address_with_404(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("home", "utf-8")
    (tmp_path / "404.html").write_text("lost", "utf-8")
    (tmp_path / "raw").mkdir()
    with server.serving(tmp_path, server.headers(NETLIFY)) as address:
        assert address.startswith("http://127.0.0.1:")
        with urlopen(address) as answer:
            assert answer.read() == b"home"
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        for lost in ("nowhere/at/all.html", "raw/", "%2e%2e/%2e%2e/etc/passwd"):
            with pytest.raises(HTTPError) as refused:
                urlopen(address + lost)
            with refused.value as answer:
                assert answer.code == 404
                assert answer.read() == b"lost"


def test_patterns_fit_as_netlify_says(tmp_path: Path) -> None:
    path = tmp_path / "netlify.toml"
    path.write_text('[[headers]]\nfor = "/raw/*"\n[headers.values]\nX-Raw = "yes"\n', "utf-8")
    (header,) = server.headers(path)
    assert header.pattern.fullmatch("/raw/a/b.txt")
    assert not header.pattern.fullmatch("/raws")
    assert header.values == (("X-Raw", "yes"),)
    assert server.headers(tmp_path / "none.toml") == ()
