"""The most copied works on the first page: every witness counted, every stated date marked."""

from __future__ import annotations

from stemma.publish.browse.copied_in_time import in_time
from stemma.publish.browse.listings import copied_works
from stemma.publish.index import build_index
from stemma.publish.wording.translation import ENGLISH
from tests.publish import archives


def test_a_work_has_a_mark_for_each_stated_date_and_its_undated_counted() -> None:
    found = in_time(copied_works(build_index(archives.lamp())), ENGLISH)
    assert found is not None
    (work,) = found.works
    assert (found.first, found.last) == (2017, 2017)
    assert (work.witnesses, work.undated, work.dates) == (3, 1, "15 to 16 March 2017")
    assert work.marks == ("20.43%", "20.70%")
    assert work.path == "work/packet.html"


def test_works_without_any_date_are_still_listed() -> None:
    copies = [archives.witness(name, "The lamp is out.", title="Lamp") for name in "ab"]
    found = in_time(copied_works(build_index(archives.archive(copies, works=[("a", "b")]))), ENGLISH)
    assert found is not None
    assert (found.first, found.works[0].marks, found.works[0].undated) == (0, (), 2)


def test_no_copies_no_table() -> None:
    assert in_time(copied_works(build_index(archives.archive([archives.witness("a", "A.")]))), ENGLISH) is None
