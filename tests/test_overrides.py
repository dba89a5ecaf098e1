"""An archive's own look and pages: one file at a time in place of the program's, and a broken one names itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.archivist import PROJECT, Archivist
from tests.test_build import TEXT


@pytest.fixture
def archivist(tmp_path: Path) -> Archivist:
    one = Archivist(tmp_path)
    one.receive("ferry.txt", TEXT)
    return one


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


def test_one_template_and_one_static_file_take_the_place_of_the_programs(archivist: Archivist) -> None:
    own = (PROJECT / "templates/404.html").read_text("utf-8").replace("<h1>", "<h1>The ferry says: ", 1)
    write(archivist.folder, "mine/404.html", own)
    write(archivist.folder, "mine/static/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    archivist.build("--templates", "mine")
    site = archivist.published()
    assert b"<h1>The ferry says: " in site["404.html"]
    assert site["static/icon.svg"] == b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    assert site["static/stemma.css"]
    assert b"The ferry that never sails" in site["t/ferry.html"]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("_entries.html", "{% for %}", "error: mine/_entries.html:1: "),
        ("home.html", "{% extends 'layout.html' %}\n\n{% block main %}{{ page.no }}{% endblock %}", "mine/home.html:3"),
        ("home.html", "{% include 'none.html' %}", "error: mine/home.html:1: there is no template none.html. Correct"),
        ("home.html", "{{ 1 / 0 }}", "error: mine/home.html:1: division by zero"),
        ("_entries.html", "\xff", "error: mine/_entries.html: is not UTF-8"),
    ],
)  # fmt: skip
def test_a_broken_one_names_its_own_path(archivist: Archivist, path: str, text: str, said: str) -> None:
    write(archivist.folder, f"mine/{path}", "")
    (archivist.folder / "mine" / path).write_bytes(text.encode("latin-1"))
    done = archivist.run("--templates", "mine")
    assert done.returncode == 1, done.stdout
    assert said in done.stdout
    assert "Traceback" not in done.stdout
    assert not archivist.site.exists()


def test_settings_add_a_stylesheet_a_logo_an_icon_pages_and_menu_entries(archivist: Archivist) -> None:
    for name in ("own.css", "logo.svg", "icon.png"):
        write(archivist.folder, f"mine/static/{name}", "/* ours */ a { color: teal }" if name == "own.css" else "x")
    write(
        archivist.content,
        "about.md",
        "# About *us* & you\n\nWe keep <b>ferries</b>, and [tides](https://tides.example/).\n",
    )
    write(archivist.content, "method.md", "No heading, [a trap](javascript:alert(1)).\n")
    archivist.settle(
        'stylesheet = "own.css"\nlogo = "logo.svg"\nfavicon = "icon.png"\nown_pages = ["about.md", "method.md"]\n'
        'menu = [{label = "Us", target = "about.md"}, {label = "Tides & more", target = "https://tides.example/?a=1&b=2"}]\n'
    )
    archivist.build("--templates", "mine")
    site = archivist.published()
    assert b"teal" in site["static/own.css"]
    text, about, method = (site[path].decode() for path in ("t/ferry.html", "pages/about.html", "pages/method.html"))
    assert '<link rel="stylesheet" href="../static/own.css">' in text
    assert '<img class="logo" src="../static/logo.svg" alt="">' in text
    assert '<link rel="icon" href="../static/icon.png">' in text
    assert '<a href="../pages/about.html">Us</a>' in text
    assert (
        '<a href="https://tides.example/?a=1&amp;b=2" rel="external noopener noreferrer">Tides &amp; more</a>' in text
    )
    assert '<a href="../pages/method.html">Method</a>' in text
    assert '<a href="about.html" aria-current="page">Us</a>' in about
    assert 'We keep &lt;b&gt;ferries&lt;/b&gt;, and <a href="https://tides.example/" rel=' in about
    assert "<h1>Method</h1>" in method
    assert 'javascript:alert(1)"' not in method
    assert "https://archive.example/pages/about.html" in site["sitemap.xml"].decode()


def test_a_changed_page_of_ones_own_is_a_change(archivist: Archivist) -> None:
    write(archivist.content, "about.md", "# About\n\nBefore.\n")
    archivist.settle('own_pages = ["about.md"]\n')
    archivist.build()
    write(archivist.content, "about.md", "# About\n\nAfter.\n")
    archivist.build()
    assert "After." in archivist.published()["pages/about.html"].decode()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('stylesheet = "own.css"', "stylesheet: there is no mine/static/own.css. Put the file into mine/static"),
        ('logo = "../../etc/passwd"', "logo: must be the name of a file in templates/static"),
        ('own_pages = ["about.md"]', "own_pages: there is no content/about.md. Write it"),
        ('own_pages = ["../about.md"]', "own_pages: must be a list of files in content that end in .md"),
        ('menu = [{label = "X", target = "none.md"}]', "menu: 'X' leads to 'none.md', which is neither"),
        ('menu = [{label = "X", target = "javascript:x"}]', "menu: 'X' leads to 'javascript:x', which is neither"),
        ('menu = ["X"]', "menu: must be a list of {label"),
    ],
)
def test_a_wrong_setting_is_one_line(archivist: Archivist, settings: str, said: str) -> None:
    archivist.settle(settings + "\n")
    (archivist.folder / "mine").mkdir()
    done = archivist.run("--templates", "mine")
    assert done.returncode == 1
    assert re.search(rf"error: content/archive\.toml(:\d+)?: {re.escape(said)}", done.stdout), done.stdout


def test_files_for_the_top_of_the_site_replace_nothing(archivist: Archivist) -> None:
    write(archivist.folder, "mine/root/_headers", "/*\n  X: y\n")
    archivist.build("--templates", "mine")
    assert archivist.published()["_headers"] == b"/*\n  X: y\n"
    write(archivist.folder, "mine/root/t/ferry.html", "mine")
    done = archivist.run("--templates", "mine")
    assert done.returncode == 1
    assert "error: mine/root/t/ferry.html: would replace t/ferry.html, a file of the site" in done.stdout
