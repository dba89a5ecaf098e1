"""Every line labelled once, nothing lost, a curator's word before the machine's."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.clean.cleaning import clean, explain
from stemma.clean.labels.labeller import TOO_LONG
from stemma.clean.labels.recurrence import MAX_LINES, count_recurrence
from stemma.clean.lines.forms import KEPT_LINES
from stemma.clean.lines.paragraphs import paragraph
from stemma.clean.lines.segment import Line, segment
from stemma.records import Accession, Edits, Field, Form, Label, Mark, Paragraph, Witness
from stemma.text import WORD
from stemma.workers import engine

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "   ",
                "Share this",
                "Home | News | Sport",
                "* [Read on](#)",
                "## The second weir",
                "> “We had no warning,” she said.",
                "The council met on Tuesday to hear how the old weir had given way in the night, and who would pay.",
                "3 Comments",
                "水门在夜里倒塌了。",
                "\u2028 \x85 \x0b",
                "a\x00b **c** _d_",
            ]
        ),
        st.text(max_size=80),
    ),
    max_size=30,
)


def accession(text: str, path: str = "harbour/one.txt") -> Accession:
    return Accession(path.replace("/", "-"), path, "", len(text), text, "utf-8")


def one(text: str) -> Witness:
    return clean([accession(text)], {}, ())[0]


def spoken(text: str) -> list[str]:
    return WORD.findall(text.replace("_", " ").replace("\u00ad", ""))


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_blocks_partition_the_lines_that_are_not_blank(lines: list[str]) -> None:
    text = "\n".join(lines)
    raw = text.split("\n")
    witness = one(text)
    covered = [number for block in witness.blocks for number in range(block.first, block.last + 1)]
    assert covered == sorted(set(covered))
    assert covered == [number for number, line in enumerate(raw, 1) if line.strip()]
    rebuilt = [""] * len(raw)
    for block in witness.blocks:
        rebuilt[block.first - 1 : block.last] = raw[block.first - 1 : block.last]
    assert [line.strip() for line in rebuilt] == [line.strip() for line in raw]
    assert all(0 <= block.confidence <= 1 for block in witness.blocks)


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_a_paragraph_a_body_block_with_exactly_its_words(lines: list[str]) -> None:
    witness = one("\n".join(lines))
    raw = witness.accession.lines
    blocks = [block for block in witness.blocks if block.label is Label.BODY]
    assert len(blocks) == len(witness.body)
    for block, said in zip(blocks, witness.body, strict=True):
        whole = " ".join(raw[block.first - 1 : block.last])
        if "](" not in whole:
            assert spoken(said.text) == spoken(whole)
        assert said.form in KEPT_LINES or "\n" not in said.text
        assert all(0 <= span.start < span.end <= len(said.text) for span in said.spans)


def test_the_same_with_one_process_or_two_and_alone_or_together() -> None:
    pages = [accession(f"The weir of the year {n} gave way.\n\nShare\n\nTwitter", f"a/{n}.txt") for n in range(450)]
    with engine(2) as workers:
        assert clean(pages, {}, ()) == clean(pages, {}, (), workers)
    assert pickle.loads(pickle.dumps(clean(pages[:2], {}, ()))) == clean(pages[:2], {}, ())


def test_a_curators_edit_comes_first_and_may_be_silence() -> None:
    page = accession("The weir gave way\n\nBy Ada Moss\n\nIt had stood for ninety years before the flood took it.")
    edits = Edits(
        page.id, "page.md", page.path, "", ((Field.TITLE, ("A weir",)), (Field.AUTHOR, ())), (Paragraph("New words."),)
    )
    witness = clean([page], {page.id: edits}, ())[0]
    assert witness.value(Field.TITLE) == "A weir"
    assert witness.claims[0].rule == "curator"
    assert witness.stated(Field.AUTHOR) is None
    assert witness.body_corrected
    assert witness.text == "New words."
    assert witness.blocks


def test_an_empty_page_has_no_block() -> None:
    assert one("").blocks == ()
    assert one("\n \n\t").body == ()


def test_beyond_the_bound_every_line_is_text_and_says_so() -> None:
    witness = one("word\n" * (MAX_LINES + 1))
    assert {block.rule for block in witness.blocks} == {TOO_LONG.rule}
    assert len(witness.body) == MAX_LINES + 1


def test_an_explanation_speaks_of_every_line() -> None:
    told = explain(accession("First line of all.\n\nShare this"))
    assert [one.number for one in told] == [1, 3]
    assert told[1].label is Label.SHARE
    assert all(one.chances and min(one.chances) >= 0 and max(one.chances) <= 1 for one in told)


def test_recurrence_tells_boilerplate_from_copies() -> None:
    notice = "This paper is printed on the quay and may be copied by anyone who asks the printer first."
    story = ["A long first sentence about the weir which no other page of this folder has, number {n}."] * 3
    pages = [
        accession("\n".join([*(line.format(n=f"{n}-{k}") for k, line in enumerate(story)), notice]), f"quay/{n}.txt")
        for n in range(4)
    ]
    copy = accession(pages[0].text.rpartition("\n")[0], "elsewhere/copy.txt")
    counts = count_recurrence([*pages, copy])
    assert list(counts[1].folder) == [1, 1, 1, 4]
    assert list(counts[4].copies) == [1, 1, 1]
    assert list(counts[4].archive) == [1, 1, 1]
    assert list(counts[0].copies) == [1, 1, 1, 0]


def line(text: str, number: int = 1, *, wrapped: bool = False) -> Line:
    return Line(number, text, 0, 0, wrapped, text)


def test_forms_and_links_are_read() -> None:
    assert paragraph([line("## The weir")]) == Paragraph("The weir", Form.HEADING, 2)
    assert paragraph([line("* a stone")]) == Paragraph("a stone", Form.ITEM, 1)
    assert paragraph([line("> said she"), line("> at noon", 2, wrapped=True)]).text == "said she at noon"
    read = paragraph(
        [line("See [the *old* plan](https://example.org/plan) and [this](#) or [that](javascript:x) or [1](a:b).")]
    )
    assert read.text == "See the old plan and this or that or [1](a:b)."
    assert [(read.text[span.start : span.end], span.mark) for span in read.spans] == [
        ("the old plan", Mark.LINK),
        ("old", Mark.EMPHASIS),
    ]


def test_the_backslashes_of_html2text_are_no_part_of_the_text() -> None:
    assert (
        paragraph([line(r"In 2016\. the weir \- again \- gave way.")]).text == "In 2016. the weir - again - gave way."
    )
    assert paragraph([line(r"The path C:\new and \[a\] stay.")]).text == r"The path C:\new and \[a\] stay."


def test_wrapped_lines_are_joined_and_chinese_ones_without_a_space() -> None:
    assert paragraph([line("水门在夜里"), line("倒塌了。", 2, wrapped=True)]).text == "水门在夜里倒塌了。"
    assert (
        paragraph([line("The weir gave"), line("way at night.", 2, wrapped=True)]).text == "The weir gave way at night."
    )


def test_a_hard_wrapped_page_is_seen_and_lines_that_stop_short_are_kept_apart() -> None:
    text = (
        "The council met on Tuesday to hear how the old weir had given way in the\n"
        "night, and who would have to pay for a new one before the winter comes to\n"
        "the lower villages again.\n"
        "Nobody could say.\n"
        "A second meeting has been called for the last day of the month, and the\n"
        "public is invited to bring chairs."
    )
    assert [one.wrapped for one in segment(text)] == [False, True, True, False, False, True]
    plain = segment("A short line.\nAnother one.\nA third.\nA fourth.")
    assert not any(one.wrapped for one in plain)


def test_a_very_long_line_and_very_many_links_end_soon() -> None:
    witness = one("[a](" * 20_000 + "\n" + "_a " * 60_000 + "\n" + "word " * 200_000)
    assert len(witness.blocks) >= 1
