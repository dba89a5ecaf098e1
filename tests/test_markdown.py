"""Markdown round-trips: reading a written page gives the same paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma import markdown
from stemma.records import Form, Mark, Paragraph, Span
from stemma.text import WORD

TRAPS = [
    "2016. A year of nets",
    "2016) A year of nets",
    "---",
    "- - -",
    "# of boats",
    "> 40 knots",
    "+ salt",
    "* salt",
    "=====",
    "a * b * c and _d_ and snake_case_name",
    "[x](javascript:alert(1))",
    "![x](//host.example/t.gif)",
    "<b>bold</b> & &amp; &#x6A; <!-- no -->",
    "`code` and ```` and ~~gone~~",
    "a\\*b \\ c \\",
    "https://a.example/?b=c&d=e_f_g",
    "{{ 7 * 7 }} {% raw %}",
    "two  spaces and a\ttab",
    "a heading that ends in ##",
    "| a | b |",
    "[ref]: javascript:x",
]


@pytest.mark.parametrize("text", TRAPS)
@pytest.mark.parametrize("form", list(Form))
def test_traps_read_back_as_they_stood(text: str, form: Form) -> None:
    level = {Form.HEADING: 2, Form.ITEM: 1}.get(form, 0)
    text = f"{text}\n{text}" if form is Form.VERSE else text
    written = Paragraph(text, form, level)
    assert markdown.read(markdown.write([written])) == (written,)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=6))
def test_every_word_reads_back(texts: list[str]) -> None:
    paragraphs = [Paragraph(" ".join(text.split())) for text in texts]
    read = markdown.read(markdown.write(paragraphs))
    assert [WORD.findall(p.text) for p in read if WORD.search(p.text)] == [
        WORD.findall(p.text) for p in paragraphs if WORD.search(p.text)
    ]


def test_forms_and_links_read_back() -> None:
    body = (
        Paragraph("The bar", Form.HEADING, 2),
        Paragraph("See the chart (1998).", spans=(Span(8, 13, Mark.LINK, "https://chart.example/a_b?x=1"),)),
        Paragraph("first", Form.ITEM, 1),
        Paragraph("under it", Form.ITEM, 2),
        Paragraph("Quoted.", Form.QUOTATION),
        Paragraph("Plain again, *not* stressed."),
        Paragraph("The bar\n\u00a0\u00a0keeps its bell", Form.VERSE, spans=(Span(4, 7, Mark.EMPHASIS),)),
        Paragraph("if (dry) {\n  warn();\n \n}  // ``` and *stars*", Form.CODE),
        Paragraph("tide | cm\n06:10 | 412", Form.TABLE),
        Paragraph("bar"),
        Paragraph("sand before a harbour", Form.DEFINITION),
        Paragraph(": a colon that is none"),
    )
    assert markdown.read(markdown.write(body)) == body


@pytest.mark.parametrize(
    "spans",
    [
        (Span(0, 1, Mark.EMPHASIS),),
        (Span(0, 6, Mark.STRONG), Span(6, 9, Mark.EMPHASIS)),
        (Span(0, 9, Mark.LINK, "javascript:x"),),
    ],
)
def test_a_mark_that_markdown_cannot_say_adds_no_characters(spans: tuple[Span, ...]) -> None:
    """A star between a quotation mark and a letter closes nothing, and would be read as a star."""
    (again,) = markdown.read(markdown.write([Paragraph("«Ennick»s lamp", spans=spans)]))
    assert again.text == "«Ennick»s lamp"


def test_only_followable_links_are_links() -> None:
    for target in ("javascript:x", "data:text/html,x", "//host.example/x", "file:///etc/passwd", "x.html", "mailto:"):
        assert not markdown.safe_link(target)
        assert "<a" not in markdown.html(Paragraph("x", spans=(Span(0, 1, Mark.LINK, target),)))
    assert markdown.safe_link("https://a.example/b")
    assert markdown.safe_link("mailto:a@b.example")


def test_html_is_text() -> None:
    shown = markdown.html(Paragraph('<img src=x onerror="x">&amp;'))
    assert shown == "&lt;img src=x onerror=&quot;x&quot;&gt;&amp;amp;"
