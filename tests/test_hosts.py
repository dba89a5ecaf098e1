"""The site on any host: from a folder, below a path, with the headers of netlify.toml, as docs/publish.md says."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest

from stemma.commands import host_limits, server

PROJECT = Path(__file__).resolve().parent.parent
BASE = "papers/harbour/"


def archive(folder: Path, address: str) -> None:
    """The sample, without its pages, with another address."""
    shutil.copytree(PROJECT / "content", folder / "content", ignore=shutil.ignore_patterns("pages"))
    settings = folder / "content/archive.toml"
    given = settings.read_text("utf-8")
    settings.write_text(re.sub(r"(?m)^address = .*$", f'address = "{address}"', given), "utf-8")


def build(folder: Path, *options: str, environment: Mapping[str, str] = os.environ) -> None:
    command = [sys.executable, str(PROJECT / "build.py"), "--no-search", "--jobs", "1"]
    command += ["--content", "content", "--site", "site", *options]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host's folder with the site below a path."""
    folder = tmp_path_factory.mktemp("host")
    archive(folder, f"https://host.example/{BASE}")
    site = folder / "www" / BASE
    site.parent.mkdir(parents=True)
    build(folder, "--site", str(site))
    return folder / "www"


class Links(HTMLParser):
    """Where a page leads, and the names of its own places."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: set[str] = set()
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if "id" in given:
            self.places.add(given["id"])
        canonical = tag == "link" and given.get("rel") == "canonical"
        self.targets |= {given[key] for key in ("href", "src", "action") if key in given and not canonical}


@cache
def links(path: Path) -> Links:
    return Links(path.read_text("utf-8"))


def inward(target: str) -> bool:
    return not urlsplit(target).scheme and not target.startswith("//")


def test_every_link_leads_somewhere_from_a_folder(host: Path) -> None:
    site = host / BASE
    wrong = []
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":
            continue
        page = path.relative_to(site).as_posix()
        for target in sorted(filter(inward, links(path).targets)):
            place, _, fragment = target.partition("?")[0].partition("#")
            there = (
                site / posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(place))) if place else path
            )
            known = there.is_file() and (
                not fragment or there.suffix != ".html" or unquote(fragment) in links(there).places
            )
            if not known and not there.name.startswith("opensearch"):
                wrong.append(f"{page}: {target}")
    assert wrong == []


def test_no_link_but_those_of_the_404_page_begins_at_the_root_of_the_host(host: Path) -> None:
    for path in sorted((host / BASE).rglob("*.html")):
        rooted = {target for target in links(path).targets if target.startswith("/")}
        if path.name == "404.html":
            assert rooted
            assert all(target.startswith(f"/{BASE}") for target in rooted)
        else:
            assert rooted == set(), path


def test_below_a_path_pages_styles_and_the_404_page_answer(host: Path) -> None:
    site = host / BASE
    with server.serving(host, server.headers(PROJECT / "netlify.toml")) as address:
        targets = {target for target in links(site / "404.html").targets if inward(target) and target[0] != "#"}
        targets |= {f"/{BASE}", f"/{BASE}t/{next((site / 't').iterdir()).name}", f"/{BASE}data/works.jsonl"}
        for target in sorted(targets):
            with urlopen(address + target[1:]) as answer:
                assert answer.status == 200
                assert answer.headers["Content-Security-Policy"]


def test_headers_are_those_of_netlify_toml(host: Path) -> None:
    rules = tomllib.loads((PROJECT / "netlify.toml").read_text("utf-8"))["headers"]
    everywhere = next(rule["values"] for rule in rules if rule["for"] == "/*")
    site = host / BASE
    with server.serving(site, server.headers(PROJECT / "netlify.toml")) as address:
        with urlopen(f"{address}raw/{next((site / 'raw').iterdir()).name}") as answer:
            assert answer.headers["Content-Disposition"] == "attachment"
            for key, value in everywhere.items():
                assert key == "Cache-Control" or answer.headers[key] == value
        with pytest.raises(HTTPError) as lost:
            urlopen(address + "no/such/page.html")
        with lost.value as nothing:
            assert nothing.code == 404
            assert nothing.headers["Content-Security-Policy"] == everywhere["Content-Security-Policy"]


def test_the_policy_is_the_same_in_headers_pages_and_manual(host: Path) -> None:
    rules = tomllib.loads((PROJECT / "netlify.toml").read_text("utf-8"))["headers"]
    policy = str(rules[0]["values"]["Content-Security-Policy"])
    manual = (PROJECT / "docs/publish.md").read_text("utf-8")
    page = (host / BASE / "index.html").read_text("utf-8")
    assert policy.replace("; frame-ancestors 'none'", "") in page
    for rule in rules:
        for key in rule["values"]:
            assert f"`{key}`" in manual or key == "Content-Type", key


def test_hosts_and_workflows_use_the_same_python() -> None:
    version = (PROJECT / ".python-version").read_text("utf-8").strip()
    netlify = tomllib.loads((PROJECT / "netlify.toml").read_text("utf-8"))
    assert netlify["build"]["environment"]["PYTHON_VERSION"] == version
    assert netlify["build"]["publish"] == "site"


@pytest.mark.parametrize("path", sorted((PROJECT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name)
def test_actions_are_pinned_to_commits_and_get_no_more_than_they_need(path: Path) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"uses: (\S+)( # v[\d.]+)?", text)
    assert used
    assert [action for action, version in used if not re.search(r"@[0-9a-f]{40}$", action) or not version] == []
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert "permissions:" in text
    assert "contents: write" not in text


@pytest.mark.parametrize("name", ["_headers", "nginx.conf", "htaccess"])
def test_the_files_for_other_hosts_send_the_headers_of_netlify(name: str) -> None:
    text = (PROJECT / "docs/hosts" / name).read_text("utf-8")
    for rule in tomllib.loads((PROJECT / "netlify.toml").read_text("utf-8"))["headers"]:
        for key, value in rule["values"].items():
            assert key == "Content-Type" or (key in text and value in text), key


def test_a_site_is_held_against_what_hosts_take(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "index.html").write_bytes(b"x" * 1000)
    with (tmp_path / "deep/large.bin").open("wb") as large:
        large.truncate(26 << 20)
    size = host_limits.measure(tmp_path)
    assert (size.files, size.size, size.largest_path) == (2, 1000 + (26 << 20), "deep/large.bin")
    assert list(host_limits.described(size)) == [
        "2 files, 26.0 MB; the largest is deep/large.bin, 26.0 MB",
        "Cloudflare Pages (free plan) takes no file over 25.0 MB: deep/large.bin is larger",
    ]
    many = host_limits.Size(20_001, 2 << 30, 5, "a")
    assert list(host_limits.described(many))[1:] == [
        "Cloudflare Pages (free plan) takes 20,000 files at most; this site has 20,001",
        "GitHub Pages takes 1,024.0 MB at most; this site has 2,048.0 MB",
    ]
