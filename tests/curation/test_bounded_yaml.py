"""A front matter costs no more than its size: what stands for more is refused, with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.curation.bounded_yaml import DEEPEST, LARGEST, Unbounded, check
from stemma.curation.front_matter import Damaged, parse


def page(middle: str) -> bytes:
    return f"---\nsource: a.txt\n{middle}\n---\n\nWords.\n".encode()


ALIASES = "tags:\n- &a [x, x]\n- &b [*a, *a]\nsha256: *b"


@pytest.mark.parametrize(
    ("middle", "said", "line"),
    [
        (ALIASES, "alias or anchor", 4),
        ("mirrors:\n " + "- " * 50_000, "nested too deeply", 4),
        ("mirrors: " + "[" * 50_000, "nested too deeply", 3),
        ("mirrors: " + "{a: " * 20_000, "nested too deeply", 3),
        ("mirrors:\n" + "\n".join(" " * n + f"{'k' * 3}{n}:" for n in range(300)), "nested too deeply", 12),
        ("title: " + "a" * LARGEST, "characters", 1),
    ],
)
def test_what_stands_for_more_than_it_is_long_is_refused(middle: str, said: str, line: int) -> None:
    with pytest.raises(Damaged) as caught:
        parse(page(middle), "a")
    assert said in caught.value.what
    assert caught.value.line == line


@pytest.mark.parametrize(
    "title", ["Salt & Tide", '"*Starred*"', "Prices [per tonne] {2017} [and] [after] [that] [day]"]
)
def test_what_people_write_is_read(title: str) -> None:
    assert parse(page(f"title: {title}"), "a").source == "a.txt"


@given(st.integers(1, DEEPEST + 6), st.sampled_from(["- ", "[", "{a: ", "? "]))
def test_the_quick_look_passes_nothing_that_is_too_deep(depth: int, opening: str) -> None:
    closing = {"[": "]", "{a: ": "}"}.get(opening, "")
    text = f"mirrors:\n {opening * depth}x{closing * depth}\n"
    if depth + 1 > DEEPEST:
        with pytest.raises(Unbounded):
            check(text)
    else:
        check(text)
