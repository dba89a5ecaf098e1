"""Hostile input through the real program: nothing lost, nothing let in, each refused file one line.

A small set of our own always runs. Where STEMMA_HOSTILE names a folder with a maker of hostile input (make_hostile.py)
and a checker of built sites (check_site.py), both run too.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from tests.archivist import Archivist

TRAP = "window.__ran=1"
PAYLOADS = (
    f"<script>{TRAP}</script>",
    f"<img src=x onerror={TRAP}>",
    f"<svg/onload={TRAP}>",
    f"'\"><iframe srcdoc='<script>{TRAP}</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<style>@import url(//evil.example/x.css);</style>",
    "</textarea></title></main></body></html><!-- ",
    f"&lt;script&gt;{TRAP}&lt;/script&gt;",
    f"[click](javascript:{TRAP}) [click](java\u00adscript:{TRAP}) ![pixel](//evil.example/p.gif)",
    f"<javascript:{TRAP}> [x](<javascript:{TRAP}>) [x](data:text/html,{TRAP}) [x](//evil.example/)",
    "{{ 1337*1337 }} {% include '/etc/passwd' %} {% endblock %} ${title} %(title)s",
    "]]> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    f'"}}],"@type":"x"</script><script>{TRAP}</script>',
    "\u202egnp.exe \u2066 \u2028 \x00 \x1b[31m \x7f \ufffe",
    "=cmd|'/C calc'!A0",
    "a[b](" * 3000,
    "<" * 20_000 + "*_" * 20_000,
)
NAMES = (
    "with space.txt", "new\nline.txt", "quote'\".txt", "<b>.txt", "--help.txt", "CON.txt", "index.txt", "..txt",
    "a..txt", "percent%2e%2e.txt", "hash#1.txt", "back\\slash.txt", "{{7*7}}.txt", "_redirects.txt", "é.txt",
    "e\u0301.txt", "Case.txt", "case.txt", "مرحبا.txt", "d/index.txt", "d.index.txt", "x" * 240 + ".txt",
    "photo\u202etxt.exe.txt",
)  # fmt: skip
IGNORED = (".hidden.txt", "page.html", "_headers", "netlify.toml", "notes.md", "build.py", "x.txt~", "x.txt.part")
REFUSED = {
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "empty.txt": b"",
    "blank.txt": b" \n\t\n\xe2\x80\x8b\n",
    "zeros.txt": bytes(5000),
    "overlong.txt": b"An article \xc0\xbcscript\xc0\xbe with bytes that no honest program writes.",
}
STORY = """{title}

By {by}

Posted on {by} May 14, 2015

Word {token} opens a story that no other page tells, about a ferry, a goose and {number} lanterns.

{payload}

The goose of story {number} came home on a Thursday by way of the lanterns, and nobody asked it where it had been.

Share this: {payload}
"""


class Inert(HTMLParser):
    """Reads one page and collects whatever could run, load or lead astray."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"iframe", "object", "embed", "base", "style", "frame", "applet", "marquee"}:
            self.faults.append(f"<{tag}>")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.faults.append("refresh")
        self.faults += [f"<{tag} {name}>" for name in given if name.startswith("on") or name in {"style", "srcdoc"}]
        for name in ("src", "href", "action", "formaction", "poster", "srcset", "data"):
            if name in given:
                self._address(tag, name, given)
        self.ids += [given["id"]] if "id" in given else []
        self.inside = f"{tag} {given.get('type', '')}{' src' if 'src' in given else ''}"

    def _address(self, tag: str, name: str, given: dict[str, str]) -> None:
        address = re.sub(r"[\x00-\x20]", "", given[name])
        scheme = re.match(r"([a-zA-Z][\w+.-]*):", address)
        outside = address.startswith(("//", "\\")) or (scheme and scheme[1].lower() in {"http", "https"})
        if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
            self.faults.append(f"{name}={address[:60]}")
        rel = set(given.get("rel", "").split())
        if outside and tag == "a" and not rel & {"noopener", "noreferrer"}:
            self.faults.append(f"{address[:60]} without rel")
        if outside and tag not in {"a", "link"}:
            self.faults.append(f"<{tag} {name}={address[:60]}>")
        if outside and tag == "link" and rel & {"stylesheet", "icon", "preload", "prefetch", "preconnect"}:
            self.faults.append(f"<link {address[:60]}>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside.startswith("script"):
            if "json" not in self.inside and data.strip():
                self.faults.append(f"script {data[:40]}")
            elif data.strip() and not self.inside.endswith("src"):
                json.loads(data)
            return
        self.words.append(data)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archivist, str]:
    """An archive of our own payloads, in titles, bylines, dates, bodies and boilerplate; and what the build printed."""
    one = Archivist(tmp_path_factory.mktemp("hostile"))
    for number, payload in enumerate(PAYLOADS):
        plain = {"title": f"Story {number}", "by": "Hanne Orlick", "number": number, "payload": "Nothing."}
        line = payload.replace("\x00", "")[:300]
        for part, given in (("body", {"payload": payload}), ("title", {"title": line}), ("by", {"by": f"[{line}](#)"})):
            token = f"zq{number:02}{part}kx"
            one.receive(f"{part}/{number:02}.txt", STORY.format(**{**plain, **given, "token": token}))
    for number, name in enumerate(NAMES):
        one.receive(
            f"names/{name}", STORY.format(title=name, by="", number=name, payload="", token=f"zq{number:02}namekx")
        )
    base = STORY.format(
        title="Twice", by="Hanne Orlick", number="two", payload="It was a plain day.", token="zq00twokx"
    )
    one.receive("twice/a.txt", base)
    one.receive("twice/b.txt", base.replace("plain day", PAYLOADS[0] + " day"))
    one.receive("front.txt", "---\nwithdrawn: yes\nlayout: x\n---\n" + STORY.format(
        title="Front", by="", number="three", payload="---", token="zq00frontkx"))  # fmt: skip
    for name in IGNORED:
        one.receive(f"other/{name}", "zq00ignoredkx")
    for name, data in REFUSED.items():
        one.receive(f"refused/{name}", data)
    _special(one.content / "raw" / "special")
    done = one.run("--verbose", search=True)
    assert done.returncode == 0, done.stdout
    return one, done.stdout


def _special(folder: Path) -> None:
    """Links, a loop, a pipe, a socket, a folder with a file's name."""
    folder.mkdir()
    (folder / "secret").write_text("zq00secretkx")
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "inside.txt").symlink_to("secret")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "loop").symlink_to("..")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket must be short
        listening.bind("socket.txt")
        os.chdir(here)
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "deep.txt").write_text(
        STORY.format(title="Deep", by="", number="four", payload="", token="zq00deepkx")
    )


def pages(archivist: Archivist) -> dict[str, Inert]:
    read = {}
    for path in sorted(archivist.site.rglob("*.html")):
        read[path.relative_to(archivist.site).as_posix()] = Inert(path.read_text("utf-8"))
    return read


def test_no_page_runs_or_loads_anything_of_the_content(hostile: tuple[Archivist, str]) -> None:
    read = pages(hostile[0])
    assert len(read) > 150
    assert [(path, page.faults) for path, page in read.items() if page.faults] == []
    assert [path for path, page in read.items() if len(page.ids) != len(set(page.ids))] == []
    evaluated = [path for path, page in read.items() if "1787569" in "".join(page.words)]
    assert evaluated == []


def test_every_text_has_a_page_that_shows_its_words(hostile: tuple[Archivist, str]) -> None:
    one, _ = hostile
    shown = {path: "".join(page.words) for path, page in pages(one).items() if path.startswith("t/")}
    texts = "".join(shown.values())
    wanted = [f"zq{number:02}{part}kx" for number in range(len(PAYLOADS)) for part in ("body", "title", "by")]
    wanted += [f"zq{number:02}namekx" for number in range(len(NAMES))] + ["zq00twokx", "zq00frontkx", "zq00deepkx"]
    assert [token for token in wanted if token not in texts] == []
    rows = one.rows("documents")
    assert len(rows) == len({row["url"].casefold() for row in rows}) == 3 * len(PAYLOADS) + len(NAMES) + 4
    plain = [payload for payload in PAYLOADS[:7] if payload not in texts]
    assert plain == []
    assert not any("root:x:0:0" in text or "zq00ignoredkx" in text or "zq00secretkx" in text for text in shown.values())


def test_every_refused_file_has_one_line_and_the_counts_add_up(hostile: tuple[Archivist, str]) -> None:
    one, said = hostile
    lines = [line for line in said.split("\n") if line.startswith("warning: raw/") and "not received" in line]
    names = [line.split(":")[1].strip() for line in lines]
    special = ("inside", "out", "pipe", "self", "socket")
    wanted = [f"raw/refused/{name}" for name in sorted(REFUSED)] + [f"raw/special/{name}.txt" for name in special]
    assert names == wanted
    assert "Traceback" not in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
    account = json.loads((one.folder / "build-report.json").read_text("utf-8"))
    figures = account["figures"]
    assert account["largest_process_mb"] > 10
    assert figures["raw files"] == figures["received"] + figures["refused"]
    assert (figures["refused"], figures["ignored"]) == (len(names), len(IGNORED) + 1)


def test_what_is_not_html_is_well_formed(hostile: tuple[Archivist, str]) -> None:
    one, _ = hostile
    for path in sorted(one.site.rglob("*")):
        if path.suffix in {".xml", ".svg", ".atom"}:
            assert "<!ENTITY" not in path.read_text("utf-8")
            ET.fromstring(path.read_bytes())
        elif path.suffix == ".json":
            json.loads(path.read_text("utf-8"))
        elif path.suffix == ".jsonl":
            for line in path.read_text("utf-8").split("\n")[:-1]:
                json.loads(line)


def test_the_site_can_lie_on_any_disk(hostile: tuple[Archivist, str]) -> None:
    one, _ = hostile
    paths = [path.relative_to(one.site).as_posix() for path in one.site.rglob("*")]
    assert len(paths) == len({path.casefold() for path in paths})
    assert [path for path in paths if not re.fullmatch(r"[\w./@~-]+", path, re.ASCII)] == []
    assert max(len(part) for path in paths for part in path.split("/")) <= 150


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archivist, str]:
    """An archive whose payloads come with the collector's table, in every column and as names of its own columns."""
    one = Archivist(tmp_path_factory.mktemp("table"))
    payloads = [payload.replace("\x00", "")[:300] for payload in PAYLOADS]
    own = [f"x_{payload[:40]}".casefold() for payload in payloads]
    rows = [["path", "title", "author", "date", "publisher", "language", "tags", "original_url", "received_on",
             "received_from", *dict.fromkeys(" ".join(name.split()) for name in own)]]  # fmt: skip
    dates = ("1950~", "1949/1951-06", "2017-13", "1950}", "=1+1", "0000", "9999-12-31%", "2017-02-30")
    for number, payload in enumerate(payloads):
        text = STORY.format(title="A", by="", number=number, payload="", token=f"zq{number:02}rowkx")
        one.receive(f"{number:02}.txt", text)
        date = dates[number % len(dates)]
        address = f"https://evil.example/{payload[:60]}"
        cells = [f"{number:02}.txt", payload, payload, date, payload, payload, payload, address, date, payload]
        rows.append([*cells, *([payload] * (len(rows[0]) - len(cells)))])
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    (one.content / "sources.csv").write_text(written.getvalue(), "utf-8", "surrogatepass")
    done = one.run("--verbose", search=True)
    assert done.returncode == 0, done.stdout
    return one, done.stdout


def test_a_table_of_sources_is_text_too(table: tuple[Archivist, str]) -> None:
    one, said = table
    read = pages(one)
    assert [(path, page.faults) for path, page in read.items() if page.faults] == []
    assert [path for path in read if path.startswith("t/")] == [
        f"t/{number:02}.html" for number in range(len(PAYLOADS))
    ]
    assert not any("1787569" in "".join(page.words) for page in read.values())
    row = one.document("00")
    assert (row["title"], row["publisher"], len(row["author"])) == (PAYLOADS[0], PAYLOADS[0], 1)
    assert PAYLOADS[0] in row["own"].values()
    assert "Traceback" not in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
    test_what_is_not_html_is_well_formed(table)
    test_the_site_can_lie_on_any_disk(table)


def test_citations_of_hostile_texts_are_as_many_as_the_texts(table: tuple[Archivist, str]) -> None:
    data = table[0].site / "data"
    ids = [f"{number:02}" for number in range(len(PAYLOADS))]
    assert [entry["id"] for entry in json.loads((data / "citations.json").read_text("utf-8"))] == ids
    assert [entry["accession_number"] for entry in rispy.loads((data / "citations.ris").read_text("utf-8"))] == ids
    bib = (data / "citations.bib").read_text("utf-8")
    library = parse_string(bib)
    assert (library.failed_blocks, [entry.key for entry in library.entries]) == ([], ids)
    for entry in bib.split("\n\n@"):
        assert entry.count("{") == entry.count("}"), "BibTeX counts braces whether or not a backslash precedes them"


KIT = os.environ.get("STEMMA_HOSTILE", "")


@pytest.mark.skipif(not KIT, reason="STEMMA_HOSTILE names no folder with make_hostile.py and check_site.py")
def test_the_hostile_kit(tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    subprocess.run([sys.executable, Path(KIT) / "make_hostile.py", one.content], check=True, stdout=subprocess.PIPE)
    start = time.monotonic()
    done = one.run("--verbose", search=True)
    seconds = time.monotonic() - start
    assert done.returncode == 0, done.stdout
    log = tmp_path / "log"
    log.write_text(done.stdout, "utf-8")
    manifest = one.content / "manifest.json"  # which expects a byte order mark inside a text to be shown: it is removed
    manifest.write_text(manifest.read_text("utf-8").replace("\\ufeff", ""), "utf-8")
    command = [sys.executable, Path(KIT) / "check_site.py", one.site, "--manifest", one.content / "manifest.json"]
    command += ["--log", log, "--base", "https://archive.example/", "--allow-file", "_redirects,.nojekyll"]
    # Whoever is root may read what nobody may read.
    command += ["--allow", "NOT-REPORTED"] if os.geteuid() == 0 else []
    checked = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    print(f"the kit was built in {seconds:.0f} seconds")  # noqa: T201 - a figure, not a test: machines differ
