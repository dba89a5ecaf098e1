"""Unseen characters, entities and composition: what is repaired, what stays, and that no line moves."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.receive.decode import Decoded, decode
from stemma.receive.normalization import MAX_MARKS, normalized

MARK_ABOVE, MARK_BELOW = "\u0301", "\u0323"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffFähr\u00adplan", "Fährplan"),
        ("\u200bBy Ada Moss\u200b", "By Ada Moss"),
        ("\u200eמעבורת\u200f", "מעבורת"),
        ("a\u2060b", "ab"),
        ("The ferry&#8217;s bell &#8211; and the &eacute;cluse&rsquo;s", "The ferry’s bell – and the écluse’s"),
        ("tide &amp;#8211; and tide", "tide – and tide"),
        ("Moss &amp; Sons; Moss &amp;amp; Daughters", "Moss & Sons; Moss & Daughters"),
        ("cafe\u0301", "café"),
        ("น\u0e49\u0e4d\u0e32 ท\u0e4d\u0e32 น\u0e4d\u0e49\u0e32 เ\u0e40ละ", "น้ำ ทำ น้ำ และ"),
        ("ນ\u0ecd\u0eb2 ເ\u0ec0ລະ", "ນຳ ແລະ"),
    ],
)
def test_what_nobody_sees_or_means_is_repaired_and_recorded(raw: str, text: str) -> None:
    found, repairs = normalized(raw)
    assert found == text
    assert repairs


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "👩\u200d🚒",
        "ขายปลา\u200bวันเสาร์",
        "Write &lt;b&gt; for bold",
        "Write “&nbsp;” for a blank that does not break",
        "In `a &#8211; b` nothing is decoded",
        'let name = "Moss &amp; Sons";',
        "Moss & Sons, where &amp; is meant",
        "```\na &#8211; b\n```",
        "&#10;&#0;&#xd800;&nothing;&#8211",
        "AT&T, R&D; Q&A",
    ],
)
def test_what_is_written_so_on_purpose_stays(text: str) -> None:
    assert normalized(text) == (text, ())


def test_a_soft_hyphen_at_a_line_end_stays_until_the_lines_are_joined() -> None:
    assert normalized("Fähr\u00ad\nplan der In\u00adseln\u00ad\n\nAus")[0] == "Fähr\u00ad\nplan der Inseln\n\nAus"


@given(st.text(st.one_of(st.characters(), st.sampled_from("\u00ad\u200b&#8211;\n\u0301")), max_size=60))
def test_no_line_moves_and_once_is_enough(text: str) -> None:
    found, _ = normalized(text)
    assert found.count("\n") == text.count("\n")
    assert unicodedata.is_normalized("NFC", found)
    assert normalized(found)[0] == found or "&" in found or "\u00ad" in found


def test_long_runs_of_marks_are_bounded_and_cost_little() -> None:
    found, repairs = normalized("a" + (MARK_ABOVE + MARK_BELOW) * 200_000 + "b")
    assert "\u034f" in found
    assert repairs
    run = max(map(len, found.replace("b", "").split("\u034f")))
    assert run <= MAX_MARKS + 1


def test_decoding_records_every_repair() -> None:
    found = decode("\ufeffDer Fähr\u00adplan &#8211; neu".encode())
    assert isinstance(found, Decoded)
    assert found.text == "Der Fährplan – neu"
    assert len(found.repairs) == 2


@pytest.mark.parametrize(
    "text",
    [
        "渡轮从岛上驶来的时候港口很安静。",
        "В гавани было тихо, когда пришёл паром.",
        "Το λιμάνι ήταν ήσυχο όταν έφτασε το πλοίο.",
        "เรือข้ามฟากมาถึงท่าเรือในตอนเช้า",
    ],
)
@pytest.mark.parametrize("codec", ["latin-1", "sloppy-windows-1252"])
def test_text_of_any_script_encoded_twice_is_corrected(text: str, codec: str) -> None:
    found = decode(text.encode().decode(codec).encode())
    assert isinstance(found, Decoded)
    assert found.text == text
    assert len(found.repairs) == 1
