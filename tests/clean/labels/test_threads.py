"""Threads: posts under a name and a time; what looks like one and is none."""

from __future__ import annotations

from stemma.clean.labels.comments.threads import find_thread
from stemma.clean.labels.labeller import label_lines, named_rules
from stemma.clean.lines.segment import segment
from stemma.records import Label

PROSE = (
    "The sluice at Oxmere has stuck three times since Easter, and each time somebody had to wade in and free it with "
    "an iron bar while the others held the lamp."
)


def thread(text: str) -> list[str]:
    """The lines of the posts that are found."""
    lines = segment(text)
    start, end = find_thread(lines, named_rules(lines)) or (0, 0)
    return [line.text for line in lines[start:end]]


def test_two_posts_with_a_time_of_day_and_a_button() -> None:
    posts = "eel\n4 April 2012, 11:40\nGrease it.\nReply\n\nHeron 3\n5 April 2012, 08:02\nGrease it twice.\nReply"
    assert thread(f"{PROSE}\n\n{posts}\n\nCopyright 2012") == [line for line in posts.split("\n") if line]


def test_posts_with_a_count_of_posts_of_their_writers() -> None:
    posts = "Heidi M.\nBeiträge: 840\nVerfasst am 9. Mai 2011\nNimm Fett.\n\nadler\nBeiträge: 3\nNimm mehr Fett."
    assert thread(f"adler\nBeiträge: 2\n{PROSE}\n\n{posts}")[0] == "Heidi M."


def test_a_name_that_comes_again() -> None:
    posts = "eel\n3 hours ago\nIt is the hinge.\nrook\n2 hours ago\nIt is the gate.\neel\n1 hour ago\nThe hinge of it."
    assert len(thread(f"{PROSE}\n{posts}")) == 9


def test_dated_headlines_of_writers_are_no_thread() -> None:
    listed = "\n\n".join(
        f"Ida Fenn\n{day} May 2014\nThe council of Oxmere has found the money for the sluice and for nothing else."
        for day in (3, 4, 5)
    )
    assert thread(f"{PROSE}\n\n{listed}") == []


def test_an_interview_a_glossary_and_a_timetable_are_no_threads() -> None:
    asked = (
        "Ida Fenn\nWhen did it stick?\nBert Quay\nAt Easter, and again in May.\nIda Fenn\nAnd why?\nBert Quay\nRust."
    )
    words = "\n".join(f"{word}\nA part of the gate that is called so at Oxmere alone." for word in ("apron", "rimer"))
    boats = "Oxmere\n10:15\nEnnick\n11:40\nOrle\n12:05"
    for text in (asked, words, boats):
        assert thread(f"{PROSE}\n\n{text}") == []


def test_names_and_times_of_a_thread_are_comments_too() -> None:
    posts = "eel\n4 April 2012, 11:40\nGrease it!\nReply\n\nHeron 3\n5 April 2012, 08:02\nGrease it twice.\nReply"
    lines = segment(f"{PROSE}\n\n{PROSE.replace('Easter', 'Lent')}\n\n{posts}")
    assert {verdict.label for verdict in label_lines([lines])[0][2:]} == {Label.COMMENT}
