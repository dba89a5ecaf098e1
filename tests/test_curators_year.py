"""A curator's year: edits are kept, everything else keeps improving, withdrawn texts stay withdrawn."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stemma.curation import seal
from tests.archivist import Archivist

BODY = """The harbour board of Velmouth voted on Tuesday night, by five to four, to put out the lamp on the point.

Thirty-one boats still work the channel between the island and the bar, and their owners were asked what they steer by.

The pilots, who opposed the closing, asked the board to wait until the survey of the bar is finished in the autumn.

He keeps a ledger, as the keepers before him did, and in it stands every vessel that passed the point in darkness.
"""
OTHER = """The ferry to Tolleby has not sailed on a Sunday since the winter of the long frost, and nobody remembers why.

A committee of three was asked to find the reason, and found instead a key, two receipts and a drawing of a goose.

The captain says that he would sail on Sundays if he were asked, and that in nineteen years he has not been asked.
"""


def page(title: str, date: str, body: str) -> str:
    return f"{title}\n\nBy Hanne Orlick\n\nVelmouth Packet, {date}\n\n{body}\nShare this:\n\nFacebook\n\nTwitter\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three texts, accepted and built once."""
    one = Archivist(tmp_path_factory.mktemp("year"))
    one.receive("packet/lamp.txt", page("The lamp at Ennick goes out", "March 15, 2017", BODY))
    one.receive("review/lamp.txt", page("Lamp to go out", "March 16, 2017", BODY))
    one.receive("packet/ferry.txt", page("The ferry that never sails", "May 14, 2015", OTHER))
    one.build("--accept")
    return one.folder


@pytest.fixture
def archivist(built: Path, tmp_path: Path) -> Archivist:
    """A copy of it, for one test to change."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return Archivist(tmp_path)


def test_edits_of_title_date_and_body_survive_and_reach_every_output(archivist: Archivist) -> None:
    machine_title = archivist.document("packet.lamp")["title"]
    archivist.edit("packet.lamp", f"title: {machine_title}", "title: 'The lamp goes out: a correction'")
    archivist.edit("packet.lamp", "by five to four", "by *six* to three")
    for _ in range(3):
        archivist.build()
    document = archivist.document("packet.lamp")
    assert document["title"] == "The lamp goes out: a correction"
    assert "by six to three" in document["body"]
    html = archivist.published()["t/packet.lamp.html"].decode()
    assert "The lamp goes out: a correction" in html
    assert "<em>six</em>" in html
    assert machine_title in html, "what the machine reads there is shown too"
    assert "by *six* to three" in archivist.page("packet.lamp").read_text("utf-8")


def test_an_emptied_part_says_nothing_and_a_deleted_one_is_the_machines_again(archivist: Archivist) -> None:
    author = archivist.document("packet.lamp")["author"]
    assert author
    archivist.edit("packet.lamp", "author:\n- " + author[0], "author: []")
    archivist.build()
    assert archivist.document("packet.lamp")["author"] == []
    archivist.edit("packet.lamp", "author: []\n", "")
    archivist.build()
    assert archivist.document("packet.lamp")["author"] == author


def test_an_unedited_part_follows_better_rules(archivist: Archivist) -> None:
    """What an older version wrote and sealed is rewritten; an edit beside it is kept."""
    archivist.edit("packet.ferry", archivist.seal("packet.ferry", "title"), seal.of_values(["An older reading"]))
    title = archivist.document("packet.ferry")["title"]
    archivist.edit("packet.ferry", f"title: {title}", "title: An older reading")
    archivist.edit("packet.ferry", "posted_by: ''", "posted_by: the curator's word")
    archivist.build()
    assert archivist.document("packet.ferry")["title"] == title
    assert archivist.document("packet.ferry")["posted_by"] == "the curator's word"


def test_another_editor_that_requotes_and_rewraps_edits_nothing(archivist: Archivist) -> None:
    path = archivist.page("packet.ferry")
    front, body = path.read_text("utf-8").split("\n---\n", 1)
    front = front.replace("language: en", 'language: "en"').replace("title: ", "title:   ")
    words = body.split(" ")
    wrapped = " ".join(word + ("\n" if at % 9 == 8 and "\n" not in word else "") for at, word in enumerate(words))
    path.write_bytes(f"{front}\n---\n{wrapped}".replace("\n ", "\n").replace("\n", "\r\n").encode())
    said = archivist.build()
    assert "0 pages with a curator's edits" in said


def test_a_wrong_link_is_broken_and_a_missed_one_made(archivist: Archivist) -> None:
    assert [row["members"] for row in archivist.rows("works") if len(row["members"]) > 1] == [
        ["packet.lamp", "review.lamp"]
    ]
    archivist.edit("packet.lamp", "source: ", "not_mirrors: [review.lamp]\nsource: ")
    archivist.edit("packet.ferry", "source: ", "same_work: [packet.lamp]\nsource: ")
    archivist.build()
    works = [row["members"] for row in archivist.rows("works") if len(row["members"]) > 1]
    assert works == [["packet.ferry", "packet.lamp"]]
    assert not [row for row in archivist.rows("relations") if {row["a"], row["b"]} == {"packet.lamp", "review.lamp"}]


def test_a_withdrawn_text_is_nowhere_and_its_raw_file_may_go(archivist: Archivist) -> None:
    archivist.receive(
        "review/eel.txt", page("Eels: a retraction", "February 28, 2014", OTHER.replace("ferry", "zzqxeel"))
    )
    archivist.build("--accept")
    for gone in (False, True):
        if not gone:
            archivist.edit(
                "review.eel", "source: ", "withdrawn: {reason: at the wish of the author, date: 2021-05-12}\nsource: "
            )
        else:
            (archivist.content / "raw/review/eel.txt").unlink()
            front = archivist.page("review.eel").read_text("utf-8").split("\n---\n", 1)[0]
            archivist.page("review.eel").write_text(front + "\n---\n", "utf-8")
        archivist.build(*(["--accept"] if gone else []))
        for path, data in archivist.published().items():
            assert b"zzqxeel" not in data, path
            assert b"Eels: a retraction" not in data, path
        tombstone = archivist.published()["t/review.eel.html"].decode()
        assert "at the wish of the author" in tombstone
        assert "noindex" in tombstone
        assert "raw/review.eel.txt" not in archivist.published()
    assert "# withdrawn" in (archivist.content / "manifest-sha256.txt").read_text("utf-8")
    archivist.build()


def test_a_renamed_file_takes_its_page_edits_and_address_along(archivist: Archivist) -> None:
    archivist.edit("packet.ferry", "posted_by: ''", "posted_by: a curator")
    archivist.edit("packet.ferry", "source: ", "aliases: [old-ferry]\nsource: ")
    (archivist.content / "raw/packet/ferry.txt").rename(archivist.content / "raw/the ferry.txt")
    archivist.build()
    archivist.build("--accept")
    document = archivist.document("packet.ferry")
    assert (document["source"], document["posted_by"]) == ("the ferry.txt", "a curator")
    assert "packet.ferry.html" in archivist.published()["t/old-ferry.html"].decode()
    assert not (archivist.content / "pages/the-ferry.md").exists()


def test_a_page_whose_file_is_gone(archivist: Archivist) -> None:
    archivist.edit("packet.ferry", "posted_by: ''", "posted_by: a curator")
    (archivist.content / "raw/packet/ferry.txt").unlink()
    (archivist.content / "raw/review/lamp.txt").unlink()
    done = archivist.run()
    assert done.returncode == 1, "a registered file is missing"
    assert done.stdout.count("error:") == 2
    said = archivist.build("--accept")
    assert "pages/packet.ferry.md: raw/packet/ferry.txt is gone; the page has a curator's edits and is kept" in said
    assert archivist.page("packet.ferry").exists()
    assert not archivist.page("review.lamp").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source: ", "withdrwan: asked\nsource: ", "withdrawn"),
        ("---\n", "--\n", "has no front matter"),
        ("title: ", "title: 'open ", "front matter cannot be read"),
        ("source: packet/ferry.txt", "source: packet/lamp.txt", "is of raw/packet/lamp.txt too"),
        ("source: packet/ferry.txt\n", "", "does not say which raw file"),
        ("date: ", "date: about ", "is not a date"),
        ("tags: ", "tags: {a: b}\nwas: ", "unknown key 'was'"),
        ("source: ", "withdrawn: ''\nsource: ", "gives no reason"),
        ("source: ", "aliases: [packet.lamp]\nsource: ", "is a text of its own"),
        ("sealed:", "sealed: broken\nx:", "unknown key 'x'"),
    ],
)
def test_damage_to_a_page_is_one_line_and_the_old_site_stays(
    archivist: Archivist, old: str, new: str, said: str
) -> None:
    before = archivist.published()
    archivist.edit("packet.ferry", old, new)
    done = archivist.run()
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.split("\n") if line.startswith("error:")]
    assert line.startswith("error: pages/packet.")
    assert said in line
    assert "Traceback" not in done.stdout
    assert archivist.published() == before
