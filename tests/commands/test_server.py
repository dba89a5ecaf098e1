"""The preview sends the headers of netlify.toml, stays on loopback, and answers any request."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
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


def status(address: str, request: bytes) -> int:
    """The status of the answer to a request as written."""
    with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=5) as connection:
        connection.sendall(request)
        return int(connection.makefile("rb").readline().split()[1])


@pytest.mark.parametrize(
    ("request_line", "host", "expected"),
    [
        (b"GET / HTTP/1.1", b"127.0.0.1:%d", 200),
        (b"HEAD / HTTP/1.1", b"localhost:%d", 200),
        (b"GET / HTTP/1.1", b"archive.example:%d", 421),
        (b"GET / HTTP/1.1", b"127.0.0.1", 421),
        (b"GET /%%00 HTTP/1.1", b"127.0.0.1:%d", 400),
        (b"GET /%%ff%%fe HTTP/1.1", b"127.0.0.1:%d", 400),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1", b"127.0.0.1:%d", 400),
        (b"POST / HTTP/1.1", b"127.0.0.1:%d", 501),
        (b"GET /away.html HTTP/1.1", b"127.0.0.1:%d", 404),
        (b"GET /folder/secret.txt HTTP/1.1", b"127.0.0.1:%d", 404),
        (b"GET /pipe HTTP/1.1", b"127.0.0.1:%d", 404),
    ],
)
def test_any_request_gets_an_answer(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], request_line: bytes, host: bytes, expected: int
) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    site.mkdir()
    outside.mkdir()
    (site / "index.html").write_text("home", "utf-8")
    (outside / "secret.txt").write_text("secret", "utf-8")
    (site / "away.html").symlink_to(outside / "secret.txt")
    (site / "folder").symlink_to(outside)
    os.mkfifo(site / "pipe")
    with server.serving(site, ()) as address:
        port = urlsplit(address).port or 0
        name = host % port if b"%d" in host else host
        line = request_line.replace(b"%%", b"%")
        assert status(address, line + b"\r\nHost: " + name + b"\r\n\r\n") == expected
        assert status(address, b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port) == 200
    assert "Traceback" not in "".join(capfd.readouterr())
