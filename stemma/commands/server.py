"""The site on loopback, with the headers that netlify.toml will send."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import unquote

_TYPES: Final = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".json": "application/json", ".jsonl": "application/x-ndjson", ".xml": "application/xml",
    ".atom": "application/atom+xml", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8", ".bib": "application/x-bibtex", ".ris": "application/x-research-info-systems",
    "": "application/octet-stream",
}  # fmt: skip
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
        table = tomllib.loads(netlify.read_text("utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(_header(entry) for entry in table.get("headers", ()))


def _header(entry: Mapping[str, object]) -> Header:
    values = entry.get("values", {})
    named = values.items() if isinstance(values, dict) else ()
    parts = re.split(r"(\*|:\w+)", str(entry.get("for", "/*")))
    pattern = "".join(".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part) for part in parts)
    return Header(re.compile(pattern), tuple((str(key), " ".join(str(value).split())) for key, value in named))


def _inside(page: Path, site: Path) -> bool:
    return page.is_file() and page.resolve().is_relative_to(site.resolve())


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder, its 404.html for everything else."""

    extensions_map = _TYPES
    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, rules: Sequence[Header], version: Callable[[], str], **named: object) -> None:
        self._rules = rules
        self._version = version
        super().__init__(*given, **named)  # type: ignore[arg-type]

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
        address = self.path.partition("?")[0]
        page = Path(self.directory) / unquote(address).strip("/")
        if page.is_dir():
            page /= "index.html"
        if address == "/.version":
            self._plain(self._version().encode())
        elif address == "/.reload.js":
            self._plain(_RELOAD, kind=_TYPES[".js"])
        elif self._version is not str and page.suffix == ".html" and _inside(page, Path(self.directory)):
            self._plain(page.read_bytes().replace(b"</body>", _CALL + b"</body>"), kind=_TYPES[".html"])
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code == 404 and page.is_file():
            self._plain(page.read_bytes(), 404, _TYPES[".html"])
        else:
            super().send_error(code, message, explain)

    def list_directory(self, path: object) -> None:
        del path
        self.send_error(404)

    def _plain(self, data: bytes, status: int = 200, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing: the terminal belongs to the build."""


@contextmanager
def serving(site: Path, rules: Sequence[Header], port: int = 0, version: Callable[[], str] = str) -> Iterator[str]:
    """Serve ``site`` on loopback while the block runs; gives the address. Port 0 takes a free one."""
    handler = partial(_Handler, directory=str(site), rules=rules, version=version)
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
