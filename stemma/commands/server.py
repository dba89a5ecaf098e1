"""The site on loopback, with the headers that netlify.toml will send."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final
from urllib.parse import unquote

from stemma.files import read_toml

_TYPES: Final = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".xml": "application/xml",
    ".atom": "application/atom+xml", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8", ".bib": "application/x-bibtex", ".ris": "application/x-research-info-systems",
    ".gz": "application/gzip", "": "application/octet-stream",
}  # fmt: skip
TIMEOUT_SECONDS: Final = 20
"""How long a connection may be silent."""

_RELOAD: Final = b"""let seen;
setInterval(async () => {
  const now = await fetch("/.version").then((answer) => answer.text()).catch(() => seen);
  if (seen !== undefined && now !== seen) location.reload();
  seen = now;
}, 1000);
"""
_CALL: Final = b'<script src="/.reload.js"></script>'


@dataclass(frozen=True, slots=True)
class Header:
    """Headers for the addresses a pattern matches: ``*`` stands for anything, ``:name`` for one part of the path."""

    pattern: re.Pattern[str]
    values: tuple[tuple[str, str], ...]


def headers(netlify: Path) -> tuple[Header, ...]:
    """The headers netlify.toml sends; none where there is no such file. Raises ValueError for a broken one."""
    try:
        table = read_toml(netlify)
    except FileNotFoundError:
        return ()
    return tuple(_header(entry) for entry in table.get("headers", ()))


def _header(entry: Mapping[str, object]) -> Header:
    values = entry.get("values", {})
    named = values.items() if isinstance(values, dict) else ()
    parts = re.split(r"(\*|:\w+)", str(entry.get("for", "/*")))
    pattern = "".join(".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part) for part in parts)
    return Header(re.compile(pattern), tuple((str(key), " ".join(str(value).split())) for key, value in named))


class _Handler(BaseHTTPRequestHandler):
    """Files of one folder to GET and HEAD, its 404.html for everything else."""

    protocol_version = "HTTP/1.1"
    timeout = TIMEOUT_SECONDS

    def __init__(
        self, *given: Any, site: Path, rules: Sequence[Header], version: Callable[[], str], **named: Any
    ) -> None:
        self._site = site.resolve()
        self._rules = rules
        self._version = version
        super().__init__(*given, **named)

    def end_headers(self) -> None:
        path = self.path.partition("?")[0]
        for rule in self._rules:
            if rule.pattern.fullmatch(path):
                for key, value in rule.values:
                    if key.lower() != "cache-control":
                        self.send_header(key, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_GET(self) -> None:
        """Answer, whatever was asked for: a request that makes no sense gets a 400."""
        if not self._is_own_host():
            self._send(b"This server answers to its own address alone.", 421)
            return
        address = self.path.partition("?")[0].partition("#")[0]
        try:
            page = _inside(self._site, address)
        except (ValueError, OSError):
            self._send(b"The address makes no sense.", 400)
            return
        if address == "/.version":
            self._send(self._version().encode())
        elif address == "/.reload.js":
            self._send(_RELOAD, kind=_TYPES[".js"])
        elif page is None:
            missing = _inside(self._site, "/404.html")
            self._send(missing.read_bytes() if missing else b"Nothing is here.", 404, _TYPES[".html"])
        elif self._version is not str and page.suffix == ".html":
            self._send(page.read_bytes().replace(b"</body>", _CALL + b"</body>"), kind=_TYPES[".html"])
        else:
            self._send(page.read_bytes(), kind=_TYPES.get(page.suffix, _TYPES[""]))

    def do_HEAD(self) -> None:
        """Answer with the headers alone."""
        self.do_GET()

    def _is_own_host(self) -> bool:
        """Whether the request names this server: a page elsewhere may lead a name of its own here (DNS rebinding)."""
        port = self.connection.getsockname()[1]
        return self.headers.get("Host", "") in {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    def _send(self, data: bytes, status: int = 200, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing: the terminal belongs to the build."""


def _inside(site: Path, address: str) -> Path | None:
    """The file of a site at an address, None where there is none: no link out of the site, no pipe, no device.

    Raises ValueError or OSError for an address that cannot be a path.
    """
    page = site / unquote(address, errors="strict").strip("/")
    if page.is_dir():
        page /= "index.html"
    real = page.resolve()
    return real if real.is_file() and real.is_relative_to(site) else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that breaks is no business of the terminal's."""


class PortTaken(Exception):  # noqa: N818 - says what happened
    """The port cannot be listened on; says why."""


@contextmanager
def serving(site: Path, rules: Sequence[Header], port: int = 0, version: Callable[[], str] = str) -> Iterator[str]:
    """Serve ``site`` on loopback while the block runs; gives the address. Port 0 takes a free one."""
    handler = partial(_Handler, site=site, rules=rules, version=version)
    try:
        server = _Server(("127.0.0.1", port), handler)
    except OSError as error:
        raise PortTaken((error.strerror or str(error)).lower()) from error
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
