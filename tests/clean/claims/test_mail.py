"""Messages of mailing lists: what their header states, and pages that only look like one."""

from __future__ import annotations

from stemma.clean.claims.mail import claims, header
from stemma.clean.claims.page import lay_out
from stemma.records import Field, Label

MESSAGE = (
    "[Previous] [Next] [Index]",
    "",
    "From: Ada Quist <ada@quay.example>",
    "Date: Wed, 3 May 2017 09:12:00 +0200",
    "Subject: Re: [lamps] The lamp at Ennick",
    "To: lamps@quay.example",
    "",
    "The lamp has been out since Monday, and nobody says why.",
)


def stated(*lines: str) -> dict[Field, str]:
    page = lay_out(lines, [Label.BODY if line else None for line in lines])
    return {claim.field: claim.value for claim in claims(page)}


def test_a_message() -> None:
    assert stated(*MESSAGE) == {
        Field.TITLE: "Re: [lamps] The lamp at Ennick",
        Field.AUTHOR: "Ada Quist",
        Field.DATE: "2017-05-03",
    }


def test_a_message_in_german() -> None:
    lines = (
        "Von: Ada Quist",
        "Gesendet: Mittwoch, 3. Mai 2017 09:12",
        "An: Ole Brandt",
        "Betreff: Die Lampe",
        "",
        "Sie ist aus.",
    )
    assert stated(*lines) == {Field.TITLE: "Die Lampe", Field.AUTHOR: "Ada Quist", Field.DATE: "2017-05-03"}


def test_a_page_with_one_such_line_is_no_message() -> None:
    assert stated("Subject: lamps and buoys", "", "The lamp has been out since Monday.") == {}
    assert stated("From: the harbour board", "To: everybody", "", "The lamp is out.") == {}
    assert header(lay_out((), ())) == {}
