"""Contents lists, mail headers, running heads, widgets, streams after tags: what a line alone does not show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.labels.decoder import Verdict
from stemma.clean.labels.labeller import label_lines, named_rules
from stemma.clean.labels.page_rules import with_page_rules
from stemma.clean.labels.wholes import without_stream
from stemma.clean.lines.segment import segment
from stemma.records import Evidence, Label

PROSE = (
    "The weir at Saltmere was built in the year of the great frost, and has been mended eleven times since by the men "
    "of the lower mill, who have kept a ledger of it."
)


def ruled(text: str) -> dict[str, str]:
    """The rule of each line that one fits, by the line."""
    lines = segment(text)
    rules = with_page_rules(lines, named_rules(lines))
    return {line.text: rule.id for line, rule in zip(lines, rules, strict=True) if rule}


def test_a_list_below_its_heading_names_the_headings_of_the_page() -> None:
    text = f"Contents\n  * 1 The weir\n      + 1.1 Its gates\n  * 2 The mill\n\nThe weir[edit]\n\n{PROSE}"
    assert [rule for rule in ruled(text).values() if rule == "navigation.contents"] == ["navigation.contents"] * 3


def test_a_list_without_a_heading_is_of_contents_if_its_entries_are_headings_below() -> None:
    entries = ("Before the flood", "The night of the flood", "After the flood")
    listed = "\n".join(f"- {entry}" for entry in entries)
    below = "\n\n".join(f"{entry}\n\n{PROSE}" for entry in entries)
    assert "navigation.contents" in ruled(f"{listed}\n\n{below}").values()
    assert "navigation.contents" not in ruled(f"{listed}\n\n{PROSE}").values()


def test_the_headers_and_the_signature_of_a_mail() -> None:
    found = ruled(
        "From: Ada Moss <ada@weir.example>\nDate: Tue, 3 Mar 2015 10:15:00 +0100\nSubject: Re: the gate\n\n"
        "On Mon, Mar 2, 2015 at 9:41 PM, Bert Quay <bert@weir.example>\nwrote:\n\n> Is it shut?\n\nIt is.\n\n"
        "--\nAda Moss\nKeeper of the gate"
    )
    mail = {line for line, rule in found.items() if rule == "meta.mail"}
    assert {"Subject: Re: the gate", "wrote:", "Ada Moss", "Keeper of the gate"} <= mail
    assert "It is." not in found


def test_a_colon_alone_makes_no_mail() -> None:
    assert ruled("To: be seen at the mill\nFrom: nine to four\n" + PROSE) == {}


def pages_of_print(numbers: list[int], head: str) -> str:
    sentence = (
        "in the year of the {} flood the men of the mill walked down to the weir and found it\ngone, as the {} had"
    )
    text = [sentence.format(word, word) for word in "first second third fourth fifth sixth".split()]  # noqa: SIM905
    return "\n\n".join(f"{text[2 * at]}\n{text[2 * at + 1]}\n\n{number}\n\n{head}" for at, number in enumerate(numbers))


def test_page_numbers_and_running_heads_of_print() -> None:
    found = ruled(pages_of_print([14, 15, 16], "WEIR STUDIES 3 (1998)"))
    assert found == {
        "14": "navigation.page.number",
        "15": "navigation.page.number",
        "16": "navigation.page.number",
        "WEIR STUDIES 3 (1998)": "navigation.running.head",
    }
    assert ruled(pages_of_print([14, 90, 3], "WEIR STUDIES 3 (1998)")) == {}


def test_chapters_are_no_running_heads() -> None:
    text = "\n\n".join(f"Chapter {number}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}" for number in range(1, 6))
    assert "navigation.running.head" not in ruled(text).values()


def test_headlines_of_a_numbered_widget() -> None:
    found = ruled(
        f"{PROSE}\n\n- list 1 of 2\nWhy the gate was left open all night\n- list 2 of 2\nEleven mills\n\n{PROSE}"
    )
    assert found["Eleven mills"] == "related.widget.entry"


def verdict(label: Label) -> Verdict:
    evidence = Evidence.MODEL if label is Label.BODY else Evidence.RULE
    return Verdict(label, "x", 0.9, evidence)


def test_a_stream_of_other_stories_below_the_tags() -> None:
    body, tags, stamp = Label.BODY, Label.TAGS, Label.META
    stream = [verdict(label) for label in (body, body, body, tags, stamp, body, body, stamp, body)]
    lines = segment("\n".join([PROSE] * len(stream)))
    assert [one.label for one in without_stream(lines, stream)][4:] == [
        stamp,
        Label.RELATED,
        Label.RELATED,
        stamp,
        Label.RELATED,
    ]
    early = [verdict(label) for label in (tags, stamp, body, body, stamp, body)]
    assert without_stream(lines[:6], early) == tuple(early)


@given(st.lists(st.sampled_from(["- a", "1. b", "12", "To: x", "Contents", "", "wrote:", "On 1", "--"]), max_size=30))
def test_any_page_has_a_rule_or_none_for_each_line(parts: list[str]) -> None:
    lines = segment("\n".join(parts))
    assert len(with_page_rules(lines, named_rules(lines))) == len(lines)
    assert len(label_lines([lines])[0]) == len(lines)


def test_very_many_lists_end_soon() -> None:
    lines = segment("- a\n- b\n- c\n1\n" * 10_000)
    assert len(with_page_rules(lines, [None] * len(lines))) == 40_000


def test_the_title_behind_an_arrow_to_the_left_is_another_posts() -> None:
    found = ruled(f"{PROSE}\n\n← The weir that would not break\nThe bells of spring →\n← marks the place of the gate.")
    assert found == {
        "← The weir that would not break": "related.turning.back",
        "The bells of spring →": "related.turning",
    }


def test_a_headline_of_a_numbered_widget_is_no_picture_credit() -> None:
    found = ruled(f"{PROSE}\n\n- list 1 of 2\nPhotos: The bells of Orle\n- list 2 of 2\nEleven mills\n\n{PROSE}")
    assert found["Photos: The bells of Orle"] == "related.widget.entry"


def test_pagers_in_numbers() -> None:
    found = ruled(f"{PROSE}\n\n« Previous page\n1\n2\n3\nNext page »")
    assert [found[number] for number in "123"] == ["navigation.pager.number"] * 3
    assert ruled(f"{PROSE}\n\nNext page\n1 2 3")["1 2 3"] == "navigation.pager.number"
    assert ruled(f"{PROSE}\n\n1 2 3\n\n7\n9\n12") == {}


def test_a_line_between_two_running_heads_is_none() -> None:
    text = "\n\n".join(f"{PROSE}\n{PROSE}\n{PROSE}\n\n{page}\n\nThe Weirs" for page in (3, 4, 5))
    text = text.replace(f"4\n\nThe Weirs\n\n{PROSE}\n{PROSE}\n{PROSE}", "4\n\nThe Weirs\n\nIt leaked.\n\nAlways.")
    assert "It leaked." not in ruled(text)


def test_a_line_of_code_is_no_heading_of_comments() -> None:
    code = "type Gate {\n  name: String!\n  comments(\n    first: Int\n  ): Comments!\n}"
    assert ruled(f"{PROSE}\n\n{code}\n\n{PROSE}") == {}
    assert ruled(f"{PROSE}\n\nComments (\n\n{PROSE}")["Comments ("].startswith("comment.")
