"""A curated page: read as text, and ten kinds of damage with a clear line each."""

from __future__ import annotations

import pytest

from stemma.curation.front_matter import Damaged, format_page, parse
from stemma.receive.ids import is_id
from stemma.records import Field

GOOD = "---\ntitle: The lamp\nsource: a.txt\n---\n\nText.\n"


def test_everything_is_read_as_text() -> None:
    page = parse(b"---\ntitle: No\nauthor: 012\ndate: 2017-03-15\nposted_by: 1:30:45\nsource: a.txt\n---\n", "a")
    assert page.fields == {
        Field.TITLE: ("No",),
        Field.AUTHOR: ("012",),
        Field.DATE: ("2017-03-15",),
        Field.POSTED_BY: ("1:30:45",),
    }


def test_a_value_is_one_line_and_reads_back() -> None:
    for title in (
        "a: b",
        "'x",
        "# not a comment",
        "no",
        "x" * 500,
        "{{ 7 * 7 }}",
        "a\u2028b\x85c",
        "日本",
        "- x",
        "?",
        "|",
    ):
        written = format_page({"title": title, "source": "a.txt"}, "Text.")
        assert parse(written, "a").fields[Field.TITLE] == (" ".join(title.split()),)
        assert len(written.decode().split("\n---\n")[0].split("\n")) == 3


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (b"", "has no front matter"),
        (b"Only text.\n", "has no front matter"),
        (b"--\ntitle: x\nsource: a.txt\n---\n", "has no front matter"),
        (b"---\ntitle: x\nsource: a.txt\n\nText, and no second line of hyphens.\n", "has no front matter"),
        (b"---\ntitle: 'x\nsource: a.txt\n---\n", "cannot be read"),
        (b"---\ntitle: x\n\tsource: a.txt\n---\n", "cannot be read"),
        (b"---\ntitle: x\n---\n", "does not say which raw file"),
        (b"---\ntitel: x\nsource: a.txt\n---\n", "unknown key 'titel'"),
        (b"---\nwithdrawn:\nsource: a.txt\n---\n", "gives no reason"),
        (b"---\nwithdrawn: asked\nwithdrawn: x\nsource: a.txt\n---\n", "is given twice"),
        (b"---\nwithdrawn: [a, b]\nsource: a.txt\n---\n", "must be a reason"),
        (b"---\nwithdrawn: {reason: asked, when: 2017-01-01}\nsource: a.txt\n---\n", "must be a reason"),
        (b"---\ndate: 3 May\nsource: a.txt\n---\n", "is not a date"),
        (b"---\ndate: 2017-02-29\nsource: a.txt\n---\n", "is not a date"),
        (b"---\ndate: 2017-13\nsource: a.txt\n---\n", "is not a date"),
        (b"---\ntitle: [a, b]\nsource: a.txt\n---\n", "one line of text"),
        (b"---\ntitle: \xff\nsource: a.txt\n---\n", "is not UTF-8"),
        (b"---\nsealed: yes\nsource: a.txt\n---\n", "sealed: is not as it was written"),
        (b"---\nlanguage: ../x\nsource: a.txt\n---\n", "is not a language tag"),
        (b"---\noriginal_url: javascript:x\nsource: a.txt\n---\n", "is not a web address"),
    ],
)
def test_damage_is_named(damage: bytes, said: str) -> None:
    with pytest.raises(Damaged) as found:
        parse(damage, "a")
    assert said in found.value.what
    assert found.value.remedy


def test_the_nearest_key_is_named() -> None:
    with pytest.raises(Damaged) as found:
        parse(b"---\nwithdrwan: asked\nsource: a.txt\n---\n", "a")
    assert "withdrawn" in found.value.remedy


def test_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    assert parse(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "a").markdown == "Text."


@pytest.mark.parametrize("name", ["con", "nul.one", "com7", "index", "a.", ".a", "A", "a b", "å", "", "a" * 112])
def test_a_name_that_not_every_system_takes_is_no_id(name: str) -> None:
    assert not is_id(name)


@pytest.mark.parametrize("name", ["a", "packet.2017_lamp--one", "console", "a" * 111])
def test_a_plain_name_is_an_id(name: str) -> None:
    assert is_id(name)


def test_notes_own_keys_and_comments_are_kept() -> None:
    front = """# first of all
title: Salt # é, as in the print
notes: by hand
x_shelf: B 7
x_seen: [Ida, Hanne]
checked: [date, date, publisher]
tags: eels, salt; tide
source: a.txt
"""
    page = parse(f"---\n{front}---\n\nWords. # not a comment\n".encode(), "a")
    assert dict(page.kept) == {
        "notes": ("by hand", "first of all", "é, as in the print"),
        "x_shelf": "B 7",
        "x_seen": ("Ida", "Hanne"),
    }
    assert page.commented
    assert page.checked == (Field.DATE, Field.PUBLISHER)
    assert page.fields[Field.TAGS] == ("eels", "salt", "tide")
    plain = parse(b"---\ntitle: 'No. 7 is not #8'\ntags: [a#b]\nsource: a.txt\n---\n", "a")
    assert not plain.commented


@pytest.mark.parametrize("line", ["checked: [dates]", "x_shelf: {a: b}", "notes: [[a]]"])
def test_what_the_curator_cannot_keep_is_damage(line: str) -> None:
    with pytest.raises(Damaged):
        parse(f"---\nsource: a.txt\n{line}\n---\n".encode(), "a")
