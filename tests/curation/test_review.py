"""The list for the curator ends: what one row settles is one line, and what is confirmed leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.curation.review import expected_right, review
from stemma.records import Accession, Archive, Block, Claim, Edits, Field, Label, Paragraph, Witness
from tests.archivist import Archivist

STORY = """The lamp at {place}

The lamp at {place} was out for three nights, and the pilots said that nobody had told them so before they sailed away.

Nobody at the harbour office of {place} could say who had the key, or whether there had ever been more than one of them.
"""
PLACES = ("Ennick", "Tolleby", "Corvey", "Skarne", "Velmouth")


def open_questions(one: Archivist) -> list[str]:
    lines = one.run("--review").stdout.split("\n")
    return [line.strip() for line in lines if line.startswith("  content/")]


def test_one_row_settles_what_many_texts_leave_open(tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    for place in PLACES:
        one.receive(f"packet.example/{place.lower()}.txt", STORY.format(place=place))
    one.receive("letter.txt", STORY.format(place="the weir"))
    one.build()
    said = one.run("--review").stdout
    assert "No date: 2" in said
    assert "content/sources.csv: 5 texts from packet.example state no date" in said
    assert "content/publishers.toml: 5 texts from packet.example state no publisher" in said
    assert 'Change: [[publisher]] name = "…" hosts = ["packet.example"]' in said
    (one.content / "publishers.toml").write_text(
        '[[publisher]]\nname = "Packet"\nhosts = ["packet.example"]\n', "utf-8"
    )
    rows = "".join(f"packet.example/{place.lower()}.txt;1950~\n" for place in PLACES)
    (one.content / "sources.csv").write_text(f"path;date\n{rows}", "utf-8")
    one.build()
    assert [line for line in open_questions(one) if "letter" not in line] == []
    one.edit("letter", "source: ", "checked: [date, publisher]\nnotes: asked at the weir\nx_box: 12\nsource: ")
    one.build()
    assert open_questions(one) == []
    page = one.page("letter").read_text("utf-8")
    assert "notes: asked at the weir" in page
    assert one.document("letter")["own"] == {"x_box": "12"}
    assert {row["date_edtf"] for row in one.rows("documents")} == {None, "1950~"}
    assert {row["publisher"] for row in one.rows("documents")} == {None, "Packet"}
    assert "asked at the weir" not in "".join(data.decode("utf-8", "replace") for data in one.published().values())


def test_statements_that_the_file_speaks_against_are_put_to_review(tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    forged = f"Tolleby Post\n\n{STORY.format(place='Ennick')}\n\n© 2017 Tolleby Post\n"
    one.receive("packet.example/lamp.txt", forged.replace("Ennick\n", "Ennick\n\nPublished 3 May 2031\n", 1))
    (one.content / "sources.csv").write_text("path;received_on\npacket.example/lamp.txt;2020-06-01\n", "utf-8")
    one.build()
    said = one.run("--review").stdout
    assert "states the date 2031-05-03 (line 5), but was received on 2020-06-01" in said
    assert "calls itself 'Tolleby Post'" in said
    assert "but was received in 'packet.example'" in said


def test_a_publisher_near_a_record_is_asked_about_and_any_other_is_not(tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    rows = "path,publisher\n"
    for place, name in zip(PLACES, ("Harbour Packet", "The Harbour Packet", "Tolleby Post"), strict=False):
        one.receive(f"{place.lower()}.txt", STORY.format(place=place))
        rows += f"{place.lower()}.txt,{name}\n"
    (one.content / "sources.csv").write_text(rows, "utf-8")
    (one.content / "publishers.toml").write_text('[[publisher]]\nname = "Harbour Packet"\n', "utf-8")
    asked = [line for line in one.run("--review").stdout.split("\n") if "publishers.toml" in line]
    assert len(asked) == 1
    assert "'The Harbour Packet', stated by 1 text, is nearly 'Harbour Packet', which has a record" in asked[0]


def dated(one: Archivist, years: list[int]) -> None:
    for number, year in enumerate(years):
        text = STORY.format(place=f"{PLACES[number % 5]} {number}")
        one.receive(f"{number}.txt", text.replace("\n\n", f"\n\nPublished 3 May {year}\n\n", 1))
    one.build()


def test_a_date_after_everything_that_was_received_is_put_to_review(tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    one.receive("0.txt", "")
    (one.content / "sources.csv").write_text("path,received_on,date\n0.txt,2020-06-01,\n2.txt,,2021~\n", "utf-8")
    dated(one, [2017, 2024, 2018, 2019])
    said = one.run("--review").stdout
    assert "content/pages/1.md: states the date 2024-05-03 (line 3), but nothing was received after 2020-06-01" in said
    assert "content/pages/2.md: states the date 2021~, but nothing was received after 2020-06-01" in said
    assert "Statements in doubt: 2" in said
    one.edit("1", "source: ", "checked: [date]\nsource: ")
    one.build()
    assert "Statements in doubt: 1" in one.run("--review").stdout


def test_a_date_long_after_all_others_is_put_to_review(tmp_path: Path) -> None:
    one = Archivist(tmp_path)
    dated(one, [*range(1990, 2001), 2077])
    said = one.run("--review").stdout
    assert (
        "content/pages/11.md: states the date 2077-05-03 (line 3), but nearly all other texts are dated up to" in said
    )
    assert "Statements in doubt: 1" in said


def test_texts_from_one_host_that_name_several_publishers_are_one_line() -> None:
    def read(name: str, *publishers: str) -> Witness:
        accession = Accession(name, f"packet.example/{name}.txt", "0", 0, "The lamp\n", "utf-8")
        stated = (Claim(Field.PUBLISHER, (one,), "publisher.host", 1) for one in publishers)
        claims = (Claim(Field.TITLE, ("The lamp",), "title", 1), Claim(Field.DATE, ("2017",), "date", 1), *stated)
        return Witness(accession, (), (Paragraph("The lamp"),), claims)

    witnesses = (read("a", "Harbour Packet", "Packet"), read("b", "Harbour Packet", "The Packet"), read("c", "Packet"))
    archive = Archive(witnesses, {}, (), (), (), ())
    (found,) = review(archive)
    assert (found.page, found.texts) == ("publishers.toml", 2)
    assert found.what == "2 texts from packet.example state several publishers: Harbour Packet; Packet; The Packet"
    assert found.line == '[[publisher]] name = "Harbour Packet" hosts = ["packet.example"]'
    confirmed = {name: Edits(name, "", "", "", checked=(Field.PUBLISHER,)) for name in "ab"}
    assert review(Archive(witnesses, confirmed, (), (), (), ())) == ()


def test_the_expected_share_of_right_lines_counts_lines_not_blocks() -> None:
    accession = Accession("a", "a.txt", "0", 0, "1\n2\n3\n4", "utf-8")
    blocks = (Block(1, 3, Label.BODY, "x", 0.8), Block(4, 4, Label.NOTICE, "y", 1.0))
    assert expected_right([Witness(accession, blocks, (), ())]) == pytest.approx(0.85)
    assert expected_right([]) == 1.0
    tenths = tuple(Block(number, number, Label.META, "meta", 0.1) for number in range(1, 11))
    exactly = expected_right([Witness(accession, tenths, (), ())])
    assert exactly == 0.1, "summed without rounding, as Python before 3.12 does not"
