"""Stylesheets lose their comments and idle space, and nothing else."""

from __future__ import annotations

import pytest

from stemma.publish.site import compact


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/* 1. colours: { } */\na {\n  color: red;\n}\n", "a{color:red;}"),
        ("a , b > c { margin: 0  auto }", "a,b > c{margin:0  auto}"),
        ('q::before { content: "{ ; , : }"; }', 'q::before{content:"{ ; , : }";}'),
        ("a :hover { inset: calc(1px + 2px) }", "a :hover{inset:calc(1px + 2px)}"),
        ("@media (min-width: 44rem) and (print) { a { b: c } }", "@media (min-width:44rem) and (print){a{b:c}}"),
        ("a{}b{}", "a{}\nb{}"),
    ],
)
def test_a_sheet_says_the_same_in_less(given: str, kept: str) -> None:
    assert compact(given) == kept + "\n"
