"""A text that was taken down stays down: twelve ways in which it might return, and how it is let back on purpose."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archivist import Archivist

REGISTER = "manifest-sha256.txt"
KEPT = """The ferry to Ennick

Velmouth Packet, May 2, 2015

The ferry left at nine with four passengers, two dogs and a crate that nobody would own, and came back with three dogs.
"""
GONE = """What the harbour master said

Velmouth Packet, May 3, 2015

He said zzqxeel to the reporter, who wrote it down, and afterwards he wished that he had said nothing about the eels.

The council met on Tuesday and found that nobody had counted the eels since the winter flood, that the weir was open all
that time, and that the clerk who kept the book of the weir had left for Tolleby with the book under his arm.
"""


@pytest.fixture(scope="module")
def taken_down(tmp_path_factory: pytest.TempPathFactory) -> Archivist:
    """An archive that never accepted anything, one text of which was withdrawn and built once since."""
    one = Archivist(tmp_path_factory.mktemp("withdrawn"))
    one.receive("ferry.txt", KEPT)
    one.receive("eel.txt", GONE)
    one.build()
    one.edit("eel", "source: ", "withdrawn: at the wish of the author\nsource: ")
    one.build()
    return one


@pytest.fixture
def archivist(taken_down: Archivist, tmp_path: Path) -> Archivist:
    shutil.copytree(taken_down.folder, tmp_path / "copy")
    return Archivist(tmp_path / "copy")


def lose_the_page(one: Archivist) -> None:
    one.page("eel").unlink()


def rename_the_page_and_point_it_elsewhere(one: Archivist) -> None:
    one.page("eel").rename(one.page("old-eel"))
    one.edit("old-eel", "source: eel.txt", "source: eels.txt")


def empty_the_pages(one: Archivist) -> None:
    shutil.rmtree(one.content / "pages")


def delete_the_line(one: Archivist) -> None:
    one.edit("eel", "withdrawn: at the wish of the author\n", "")


def reduce_the_page_and_rename_the_file(one: Archivist) -> None:
    one.page("eel").write_text("---\nsource: eel.txt\nwithdrawn: at the wish of the author\n---\n", "utf-8")
    (one.content / "raw/eel.txt").rename(one.content / "raw/renamed.txt")


def receive_the_same_bytes_again(one: Archivist) -> None:
    one.receive("second/eel.txt", GONE)


def lose_the_page_and_rename_the_file(one: Archivist) -> None:
    lose_the_page(one)
    (one.content / "raw/eel.txt").rename(one.content / "raw/another.txt")


def lose_the_page_and_touch_the_file(one: Archivist) -> None:
    lose_the_page(one)
    one.receive("eel.txt", GONE + "\n")


def lose_the_file_then_the_page_then_find_the_file(one: Archivist) -> None:
    (one.content / "raw/eel.txt").unlink()
    one.build()
    lose_the_page(one)
    one.build()
    one.receive("eel.txt", GONE)


def accept_after_the_page_was_lost(one: Archivist) -> None:
    lose_the_page(one)
    assert one.run("--accept").returncode == 1


def cut_the_register(one: Archivist) -> None:
    path = one.content / REGISTER
    path.write_bytes(path.read_bytes()[:-30])
    lose_the_page(one)


def empty_the_register(one: Archivist) -> None:
    (one.content / REGISTER).write_bytes(b"")
    lose_the_page(one)


WAYS = [
    lose_the_page,
    rename_the_page_and_point_it_elsewhere,
    empty_the_pages,
    delete_the_line,
    reduce_the_page_and_rename_the_file,
    receive_the_same_bytes_again,
    lose_the_page_and_rename_the_file,
    lose_the_page_and_touch_the_file,
    lose_the_file_then_the_page_then_find_the_file,
    accept_after_the_page_was_lost,
    cut_the_register,
    empty_the_register,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_withdrawn_text_does_not_return(archivist: Archivist, way: Callable[[Archivist], None]) -> None:
    way(archivist)
    for options in ((), ("--accept",)):
        done = archivist.run(*options)
        if way is not rename_the_page_and_point_it_elsewhere:  # the page is found again by the hash of its file
            assert done.returncode == 1, done.stdout
            assert "error: " in done.stdout
        assert not [path for path, data in archivist.published().items() if b"zzqxeel" in data]


def test_a_build_records_what_it_takes_down_and_nothing_else(taken_down: Archivist) -> None:
    lines = (taken_down.content / REGISTER).read_text("utf-8").split("\n")
    assert lines[0].startswith("# register of 0 files and 1 withdrawn")
    assert [line.split("  ")[-1] for line in lines[1:-1]] == ["eel.txt"]


def test_a_withdrawal_is_lifted_by_name_alone(archivist: Archivist) -> None:
    delete_the_line(archivist)
    refused = archivist.run("--accept", "--lift-withdrawal", "eels")
    assert refused.returncode == 1
    assert "Recorded withdrawals: eel" in refused.stdout
    assert "no longer withdrawn  eel.txt" in archivist.build("--accept", "--lift-withdrawal", "eel")
    assert [path for path, data in archivist.published().items() if b"zzqxeel" in data]


def test_nothing_is_accepted_while_anything_else_is_wrong(archivist: Archivist) -> None:
    before = (archivist.content / REGISTER).read_bytes()
    archivist.edit("ferry", "title: ", "titel: ")
    assert archivist.run("--accept").returncode == 1
    assert (archivist.content / REGISTER).read_bytes() == before


def test_a_near_copy_of_a_withdrawn_text_is_put_to_review(archivist: Archivist) -> None:
    archivist.receive("copy/eel.txt", GONE.replace("May 3", "May 9").replace("afterwards", "later"))
    archivist.build()
    assert "copy.eel.md: has " in (said := archivist.run("--review").stdout)
    assert "of the words of eel, which was withdrawn" in said
