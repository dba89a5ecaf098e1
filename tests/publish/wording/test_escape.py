import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.publish.wording.escape import one_line, visible


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("plain, “quoted”, naïve", "plain, “quoted”, naïve"),
        ("العربية مع مسافات", "العربية مع مسافات"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\x00b", "a␀b"),
        ("a\x0cb\x7f", "a␌b␡"),
        ("bank\u202egnp.exe", "bank[U+202E]gnp.exe"),
        ("x\x85y\u2028z", "x[U+0085]y[U+2028]z"),
        ("half \ud800", "half [U+D800]"),
        ("non \ufffe \U0010ffff", "non [U+FFFE] [U+10FFFF]"),
        ("family: 👩\u200d👧", "family: 👩\u200d👧"),
    ],
)
def test_what_acts_unseen_is_shown(given_text: str, shown: str) -> None:
    assert visible(given_text) == shown


@given(st.text(st.characters()))
def test_the_result_is_valid_xml_and_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    ET.fromstring(f"<p>{escape(shown)}</p>".encode())


@given(st.text(st.characters()))
def test_one_line_loses_no_sign_but_white_space(text: str) -> None:
    assert "".join(one_line(text).split()) == "".join(visible(text).split())
    assert "\n" not in one_line(text)
