"""What a reader sees of Markdown's links, and that their addresses do not sway the labels."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.labels.labeller import label_lines, named_rules
from stemma.clean.lines.links import is_button, is_linked, is_picture, visible
from stemma.clean.lines.segment import segment
from stemma.records import Label

PAGE = """[Mill Courier](#)

[News](#) [Sport](#) [Letters](#)

# The weir at Tolleby is to be mended

By [Ann Bell](#)

The weir at Tolleby will be mended before the winter, the [river board](#) said on Monday, after two years of asking.

It was built in 1911 by the men of the mill and has let the water through since [the flood of 2014](#), when a barn door
came down the river and stayed. Nobody has been found who owned the barn.

“We mend what we can see,” said the engineer, who could not see the weir for mist.

Tags: [weirs](#), [Tolleby](#)
"""


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("See [the plan](https://example.org/plan) and [this](#).", "See the plan and this."),
        ('[A](https://example.org/a_(b) "what it is") [B]()', "A B"),
        ("[![a boat](boat.jpg)](https://example.org/)", "a boat"),
        (r"[a boat](https://example.org/a_\(b\)_\(c\))!", "a boat!"),
        (r"[B](javascript:show\('a',%20'b'\);hide\('c'\);) or [C](javascript:open('a b', (1)))", "B or C"),
        ("[a boat](<https://example.org/a b>)", "a boat"),
        (r"[\[1\]](#note)", r"\[1\]"),
        ("[not a link] (at all)", "[not a link] (at all)"),
        ("[broken](https://example.org/ and on", "[broken](https://example.org/ and on"),
    ],
)
def test_a_link_is_its_words(line: str, seen: str) -> None:
    assert visible(line) == seen


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("![a boat](boat.jpg)", True),
        ("[![a boat](boat.jpg)](https://example.org/) ![](sign.png)", True),
        ("![a boat](boat.jpg) The boat at noon.", False),
        ("[a boat](boat.jpg)", False),
        ("!", False),
    ],
)
def test_pictures_alone(line: str, answer: bool) -> None:  # noqa: FBT001
    assert is_picture(line) is answer


def _labels(raw: str) -> list[Label]:
    lines = segment(raw)
    return [verdict.label for verdict in label_lines([lines])[0]]


def test_paragraphs_with_links_stay_in_the_text_however_long_the_addresses() -> None:
    bare = re.sub(r"\[([^]]*)\]\(#\)", r"\1", PAGE)
    long = PAGE.replace("(#)", "(https://mill-courier.example/2019/05/a-long-address-that-says-nothing-of-the-text)")
    assert _labels(PAGE) == _labels(long)
    assert [label is Label.BODY for label in _labels(PAGE)] == [label is Label.BODY for label in _labels(bare)]
    paragraphs = [line.text for line in segment(PAGE) if line.text.count(" ") > 8 and not line.text.startswith("#")]
    read = {line.text for line, label in zip(segment(PAGE), _labels(PAGE), strict=True) if label is Label.BODY}
    assert len(paragraphs) == 4
    assert read.issuperset(paragraphs)


@pytest.mark.parametrize(
    ("line", "answer"),
    [("1. [Ten mills](#), [Two](#)", True), ("See [the plan](#)", False), ("Ten mills", False)],
)
def test_links_alone(line: str, answer: bool) -> None:  # noqa: FBT001
    assert is_linked(line) is answer


def test_pictures_and_buttons_are_set_aside_by_name() -> None:
    page = "![The weir in the evening](weir.jpg)\n\nThe weir in the evening.\n\n[A+](javascript:larger())"
    rules = named_rules(segment(page))
    assert [rule and rule.id for rule in rules] == ["navigation.picture", None, "navigation.script"]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("[A+](javascript:larger()) | [A-](javascript:smaller())", True),
        ("[Letters](#) [A+](javascript:larger())", False),
        ("Ask [the miller](javascript:ask())", False),
        ("[Letters](#)", False),
    ],
)
def test_buttons_alone(line: str, answer: bool) -> None:  # noqa: FBT001
    assert is_button(line) is answer


@pytest.mark.parametrize(
    "line",
    [
        "[a](" + "(" * 9_000,
        "[a](" + r"\(" * 9_000,
        "[a](javascript:" + "((" * 9_000,
        "[a](" + r"\(a" * 900 + r"\)" * 900,
    ],
)
def test_brackets_that_never_close_end_soon(line: str) -> None:
    assert visible(line * 20) == line * 20


@pytest.mark.property
@given(st.text(alphabet='[]()!"# a\n', max_size=300))
def test_any_heap_of_brackets_is_read(text: str) -> None:
    assert len(visible(text)) <= len(text)
    for line in segment(text):
        assert line.visible.strip()
