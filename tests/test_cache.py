"""The cache: the same bytes with it and without it, whatever changes; nothing withdrawn in it; never a failed build."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stemma import cache as cache_module
from stemma import packaged
from stemma.cache import Cache, Objects
from stemma.clean.labels import rules
from stemma.commands import unchanged
from stemma.commands.build import build
from stemma.publish.output.render import File, Renderer, renderer
from stemma.publish.search import index_pages
from stemma.receive import spool
from stemma.records import Label
from stemma.report import Report
from stemma.settings import Settings
from stemma.settings import read as read_settings
from stemma.workers import IN_PROCESS
from tests.test_determinism import bytes_of

PROJECT = Path(__file__).resolve().parent.parent
NOTICE = "All letters to the harbour office are kept for nine tides and then given to the gulls."
STORY = """{title}

By Hanne Orlick

Velmouth Packet, June {day}, 2015

The lamp at {place} was lit again on Thursday, after eleven years in which the boats had steered by a baker's window.

The baker of {place} says that he will keep his window lit all the same, since {day} of his customers come by sea.

{notice}
"""


def story(place: str, day: int) -> str:
    return STORY.format(title=f"The lamp at {place}", place=place, day=day, notice=NOTICE)


class Twins:
    """Two folders with the same content: one is built with its cache, the other without any."""

    def __init__(self, folder: Path) -> None:
        self.folders = (folder / "with", folder / "without")
        for one in self.folders:
            (one / "content" / "raw").mkdir(parents=True)
            shutil.copytree(PROJECT / "templates", one / "templates")
        self.said: list[str] = []

    @property
    def cache(self) -> Path:
        return self.folders[0] / ".stemma-cache"

    @property
    def site(self) -> Path:
        return self.folders[0] / "site"

    def settings(self, folder: Path, *, use_cache: bool) -> Settings:
        given = Settings(
            content=folder / "content", site=folder / "site", templates=folder / "templates",
            config=folder / "archive.toml", search=False, quiet=True, use_cache=use_cache,
        )  # fmt: skip
        return read_settings(given)[0]

    def change(self, do: Callable[[Path], object]) -> None:
        for folder in self.folders:
            do(folder)

    def build(self, *, search: bool = False) -> list[str]:
        """Build both, compare them, give what the one with the cache said."""
        renderer.cache_clear()
        said: list[str] = []
        for folder, use_cache in zip(self.folders, (True, False), strict=True):
            report = Report(quiet=True)
            if use_cache:
                report.say = said.append  # type: ignore[method-assign,assignment]
            settings = replace(self.settings(folder, use_cache=use_cache), search=search)
            build(settings, report, None, IN_PROCESS)
        ours, theirs = (bytes_of(folder / "site") for folder in self.folders)
        assert sorted(ours) == sorted(theirs)
        assert [path for path in ours if ours[path] != theirs[path]] == []
        pages = [bytes_of(folder / "content" / "pages") for folder in self.folders]
        assert pages[0] == pages[1]
        assert not (self.folders[1] / ".stemma-cache" / "content").exists()
        return said


def receive(path: str, text: str) -> Callable[[Path], object]:
    def do(folder: Path) -> None:
        place = folder / "content" / "raw" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    return do


def edit(name: str, old: str, new: str) -> Callable[[Path], object]:
    def do(folder: Path) -> None:
        page = folder / "content" / "pages" / f"{name}.md"
        text = page.read_text("utf-8")
        assert old in text
        page.write_text(text.replace(old, new, 1), "utf-8")

    return do


def another_program(monkeypatch: pytest.MonkeyPatch, digest: Callable[[str], bytes]) -> None:
    """Let the program be another one, of which each module has the digest that ``digest`` gives."""
    monkeypatch.setattr(cache_module, "part_digest", digest)
    monkeypatch.setattr(unchanged, "program_digest", lambda: b"another")


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[Twins]:
    one = Twins(tmp_path)
    for day, place in enumerate(("Tolleby", "Ennick", "Corvey", "Skarne"), 1):
        one.change(receive(f"packet/{place.lower()}.txt", story(place, day)))
    one.build()
    yield one
    renderer.cache_clear()


@pytest.mark.parametrize("large", [False, True])
def test_a_year_of_changes_gives_the_same_bytes(twins: Twins, monkeypatch: pytest.MonkeyPatch, *, large: bool) -> None:
    if large:  # the archive is laid aside in a file, and what is computed is kept in parts
        monkeypatch.setattr(spool, "MAX_HELD", 0)
        monkeypatch.setattr(cache_module, "PART", 2)
    twins.build()
    for change in (
        receive("packet/oddly.txt", story("Oddly", 9)),
        receive("commons/tolleby.txt", story("Tolleby", 1).replace("a baker's window", "the window of a baker")),
        receive("packet/corvey.txt", story("Corvey", 3).replace("eleven years", "twelve winters")),
        lambda folder: (folder / "content/raw/packet/oddly.txt").unlink(),
        lambda folder: (folder / "content/raw/packet/skarne.txt").rename(folder / "content/raw/skarne-moved.txt"),
        edit("packet.ennick", "title: The lamp at Ennick", "title: A lamp"),
        edit("packet.corvey", "twelve winters", "twelve long winters"),
        edit("packet.tolleby", "work:", "not_mirrors: [commons.tolleby]\nwork:"),
        edit("commons.tolleby", "work:", "withdrawn: asked for\nwork:"),
        lambda folder: (folder / "content/sources.csv").write_text(
            "path,received_from\npacket/ennick.txt,a box under the stairs\n"
        ),
        lambda folder: (folder / "archive.toml").write_text("title = 'The lamps'\nwithheld = ['notice']\n"),
        lambda folder: (folder / "content/publishers.toml").write_text(
            f'[[publisher]]\nname = "Velmouth Packet"\nboilerplate = ["{NOTICE}"]\n'
        ),
        lambda folder: (folder / "templates/text.html").write_text(
            (folder / "templates/text.html").read_text("utf-8").replace("Copies", "The copies"), "utf-8"
        ),
        lambda _: another_program(monkeypatch, lambda module: f"another {module}".encode()),
    ):
        twins.change(change)
        twins.build()
    twins.build()
    site = bytes_of(twins.site)
    monkeypatch.undo()
    twins.build()
    assert bytes_of(twins.site) == site


def test_a_changed_rule_gives_the_same_bytes_and_renders_no_page_that_it_does_not_reach(
    twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "Ask the harbour office for the tide tables."
    twins.change(receive("packet/tables.txt", f"{story('Tables', 12)}\n{line}\n"))
    twins.change(receive("review/gulls.txt", "Gulls and letters\n\nNobody reads what the gulls were given but them.\n"))
    twins.build()
    assert line in (twins.folders[0] / "content/pages/packet.tables.md").read_text("utf-8")
    real = rules._read
    rule = rules.parse({"id": "notice.tables", "languages": ["en"], "phrases": [line], "drops": [line],
                        "keeps": ["The tide tables are wrong."]}, Label.NOTICE)  # fmt: skip
    monkeypatch.setattr(rules, "_read", lambda name: [*real(name), *([rule] if name == "notice" else [])])
    another_program(monkeypatch, lambda module: b"".join(
        (packaged.part_digest(module), b"changed" if "clean/labels/rules/notice.toml" in packaged.part(module) else b"")
    ))  # fmt: skip
    rendered: list[str] = []
    real_page = Renderer.page

    def page(self: Renderer, template: str, path: str, context: object) -> File:
        rendered.append(path)
        return real_page(self, template, path, context)

    monkeypatch.setattr(Renderer, "page", page)
    rules.rulebook.cache_clear()
    try:
        twins.build()
    finally:
        rules.rulebook.cache_clear()
    assert line not in (twins.folders[0] / "content/pages/packet.tables.md").read_text("utf-8")
    assert rendered.count("t/packet.tables.html") == 2  # with the cache and without it
    assert rendered.count("t/review.gulls.html") == 1  # without it


def test_the_search_is_indexed_again_only_where_texts_changed(twins: Twins, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_pages, "bundles", lambda _: 2)
    twins.build(search=True)
    indexed: list[Path] = []
    real = index_pages._run

    def counted(source: Path, target: Path) -> int:
        indexed.append(source)
        return real(source, target)

    monkeypatch.setattr(index_pages, "_run", counted)
    twins.change(edit("packet.ennick", "title: The lamp at Ennick", "title: A lamp"))
    twins.build(search=True)
    assert len(indexed) == 1 + 2  # one with the cache, all without it
    shutil.rmtree(twins.site)
    for path in sorted((twins.cache / "content/objects").rglob("*")):
        if path.is_file():
            spoil(path)
    twins.build(search=True)


def test_nothing_changed_is_nothing_done(twins: Twins) -> None:
    before = (twins.site / "index.html").stat()
    twins.build()
    assert (twins.site / "index.html").stat() == before
    (twins.site / "index.html").write_text("touched")
    twins.build()
    assert (twins.site / "index.html").read_text() != "touched"


def test_a_page_of_the_site_changed_by_hand_never_comes_back_from_the_cache(twins: Twins) -> None:
    with (twins.site / "t/packet.ennick.html").open("a") as page:
        page.write("by hand")  # this file and the one in the cache may be one
    twins.build()
    assert "by hand" not in (twins.site / "t/packet.ennick.html").read_text()


def test_files_that_are_the_same_are_those_of_the_site_before(twins: Twins) -> None:
    raw = twins.site / "raw/packet.skarne.txt"
    before = raw.stat()
    twins.change(receive("packet/oddly.txt", story("Oddly", 9)))
    twins.build()
    assert raw.stat().st_ino == before.st_ino
    assert not raw.samefile(twins.folders[0] / "content/raw/packet/skarne.txt")


def a_link(raw: Path) -> None:
    raw.rename(raw.parents[2] / "elsewhere.txt")
    raw.symlink_to(raw.parents[2] / "elsewhere.txt")


def a_pipe(raw: Path) -> None:
    raw.unlink()
    os.mkfifo(raw)


def a_folder(raw: Path) -> None:
    raw.unlink()
    raw.mkdir()


@pytest.mark.parametrize(
    "harm",
    [lambda raw: raw.write_bytes(raw.read_bytes()[::-1]), lambda raw: raw.chmod(0o777), a_link, a_pipe, a_folder],
)
def test_what_was_done_to_the_site_before_does_not_come_back(twins: Twins, harm: Callable[[Path], object]) -> None:
    raw = twins.site / "raw/packet.skarne.txt"
    harm(raw)
    twins.change(receive("packet/oddly.txt", story("Oddly", 9)))
    twins.build()
    assert not raw.is_symlink()
    assert raw.stat().st_mode == (twins.folders[1] / "site/raw/packet.skarne.txt").stat().st_mode


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [spoil, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"{}")])
def test_a_damaged_or_foreign_cache_is_passed_over_with_one_line(twins: Twins, harm: Callable[[Path], object]) -> None:
    for path in sorted(twins.cache.rglob("*")):
        if path.is_file():
            harm(path)
    shutil.rmtree(twins.site)
    said = twins.build()
    assert [line for line in said if "cache" in line] == said[:1]
    assert "damaged or of another program" in said[0]
    twins.change(receive("packet/oddly.txt", story("Oddly", 9)))
    assert not [line for line in twins.build() if "cache" in line]


def test_a_cache_that_cannot_be_written_costs_nothing_but_a_line(twins: Twins) -> None:
    shutil.rmtree(twins.cache)
    twins.cache.write_text("not a folder")
    twins.change(receive("packet/oddly.txt", story("Oddly", 9)))
    said = twins.build()
    assert len([line for line in said if "cache" in line]) == 1


def test_a_withdrawn_text_is_nowhere_in_the_cache(twins: Twins) -> None:
    words = b"baker of Corvey"
    assert any(words in data for data in bytes_of(twins.cache).values())
    twins.change(edit("packet.corvey", "work:", "withdrawn: asked for\nwork:"))
    twins.build()
    assert not [path for path, data in bytes_of(twins.cache).items() if words in data]


def test_what_was_indexed_of_a_withdrawn_text_is_nowhere_in_the_cache(twins: Twins) -> None:
    def holding() -> set[str]:
        kept = bytes_of(twins.cache)
        return {
            path.split("/")[1]
            for path, data in kept.items()
            if b"quillfish" in (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data)
        }

    twins.change(receive("packet/oddly.txt", story("Oddly", 9) + "\nNobody counted the quillfish of Oddly since.\n"))
    twins.build(search=True)
    assert holding() == {"records", "objects"}
    twins.change(edit("packet.oddly", "work:", "withdrawn: asked for\nwork:"))
    twins.build(search=True)
    assert holding() == set()


def test_a_file_that_is_gone_is_nowhere_in_the_cache(twins: Twins) -> None:
    twins.change(lambda folder: (folder / "content/raw/packet/corvey.txt").unlink())
    twins.build()
    assert not [path for path, data in bytes_of(twins.cache).items() if b"baker of Corvey" in data]


def test_only_what_is_missing_is_computed(tmp_path: Path) -> None:
    asked: list[list[int]] = []

    def double(values: list[int]) -> list[int]:
        cache = Cache(tmp_path)

        def compute(places: list[int]) -> list[int]:
            asked.append(places)
            return [2 * values[place] for place in places]

        keys = [cache.key("stemma.cache", value) for value in values]
        return cache.remember("double", int, keys, compute, keep=lambda value: value != 14)

    assert double([5, 6, 7]) == [10, 12, 14]
    assert double([7, 6, 8, 5]) == [14, 12, 16, 10]
    assert asked == [[0, 1, 2], [0, 2]]


def test_a_kept_file_is_checked_before_it_is_taken(tmp_path: Path) -> None:
    objects = Objects(tmp_path / "objects")
    name = objects.put(b"a page", str(tmp_path / "first"))
    assert objects.take(name, str(tmp_path / "second"))
    assert (tmp_path / "second").read_bytes() == b"a page"
    (tmp_path / "first").write_bytes(b"changed")
    assert not objects.take(name, str(tmp_path / "third"))
    assert not objects.take("0" * 64, str(tmp_path / "third"))
    assert Objects(None).take(name, str(tmp_path / "third")) is False


def test_each_content_folder_has_a_cache_of_its_own() -> None:
    one = Settings(content=Path("here/content"))
    assert one.cache != replace(one, content=Path("here/other")).cache
