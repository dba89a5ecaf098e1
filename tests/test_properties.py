"""What must be true of any input, stage by stage: no exception, nothing lost, nothing injected.

Properties of single modules are with their other tests; these are promises of docs/security.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from stemma import markdown
from stemma.clean.cleaning import clean
from stemma.clean.lines.segment import segment
from stemma.curation import seal
from stemma.publish.output.render import Frame, Renderer
from stemma.publish.wording.escape import visible
from stemma.receive.decode import Decoded, Refusal, decode
from stemma.receive.ids import MAX_ID, identify
from stemma.receive.register import Register, formatted, parse
from stemma.records import Accession, Form, Label, Mark, Paragraph, Span
from stemma.relate.collate.collation import collate

PROJECT = Path(__file__).resolve().parent.parent
PAYLOADS = (
    "<script>window.__x=1</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "{{ 7*7 }}",
    "{% raw %}", "---", "title: x", "&lt;b&gt;", "&#106;avascript:", "`", "~~~", "> ", "# ", "1. ", "- ", "* * *",
    "===", "|a|b|", "\\", "![x](//evil.example/x.png)", "<!--", "-->", "]]>", "'\"", "\u202e", "\x00", "\x85",
    "\u2028", "\ud800", "\ufeff", "Share this:", "By", "Posted on", "2017-11-02", "Related:", "Source:",
    "Filed under:", "https://a.example/", "\t", " ",
)  # fmt: skip
SIGNS = st.characters()
PIECES = st.one_of(st.sampled_from(PAYLOADS), st.text(SIGNS, max_size=12), st.text("abc é灯 \n", max_size=20))
HOSTILE = st.lists(PIECES, max_size=12).map("".join)
LINES = st.lists(st.one_of(HOSTILE, st.just("")), max_size=14).map("\n".join)


def accession(text: str, name: str = "a") -> Accession:
    return Accession(name, f"{name}.txt", "0" * 64, len(text), text.replace("\r", "\n"), "utf-8")


# --- receive


@given(st.one_of(st.binary(max_size=400), LINES.map(lambda text: text.encode("utf-8", "replace"))))
def test_bytes_become_text_or_one_line_that_says_why(data: bytes) -> None:
    found = decode(data)
    if isinstance(found, Refusal):
        assert found.reason
        assert "\n" not in found.reason
        return
    assert "\r" not in found.text
    assert not re.search("[\ud800-\udfff]", found.text)
    assert "\ufffd" not in found.text or b"\xef\xbf\xbd" in data or found.encoding != "utf-8"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_what_is_utf8_is_read_as_it_stands(text: str, encoding: str) -> None:
    assume("\x00" not in text and "\ufeff" not in text and "\x1b" not in text and "+" not in text)
    found = decode(text.encode(encoding))
    assume(isinstance(found, Decoded) and not found.repairs)
    assert isinstance(found, Decoded)
    assert found.text == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.lists(st.text(SIGNS, min_size=1, max_size=100).map(lambda path: path + ".txt"), max_size=8, unique=True))
def test_every_path_has_an_id_of_its_own_that_any_disk_can_hold(paths: list[str]) -> None:
    paths = [path for path in paths if not re.search("[\ud800-\udfff]", path)]
    ids = [identify(path) for path in paths]
    assert len({unicodedata.normalize("NFC", one).casefold() for one in ids}) == len(paths)
    for one in ids:
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", one)
        assert len(one) <= MAX_ID + 20
        assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d|index)(\..*)?", one)


@given(st.dictionaries(st.text(SIGNS, min_size=1), st.just("0" * 64), max_size=4))
def test_the_register_gives_back_any_path(files: dict[str, str]) -> None:
    text = formatted(Register(files, {}))
    assert parse(text, "register") == (Register(files, {}), ())


# --- clean


@given(LINES)
def test_every_line_is_cut_once_and_every_one_has_a_label(text: str) -> None:
    one = accession(text)
    lines = [number for number, line in enumerate(one.lines, 1) if line.strip()]
    assert [line.number for line in segment(one.text)] == lines
    (witness,) = clean((one,), {}, ())
    covered = [
        number
        for block in witness.blocks
        for number in range(block.first, block.last + 1)
        if one.lines[number - 1].strip()
    ]
    assert covered == lines
    assert len(witness.body) == sum(block.label is Label.BODY for block in witness.blocks)


@given(LINES)
def test_the_words_of_a_body_are_words_of_its_raw_lines(text: str) -> None:
    one = accession(text)
    (witness,) = clean((one,), {}, ())
    raw = set("".join(one.text.split()))
    assert set("".join(witness.text.split())) <= raw
    for paragraph in witness.body:
        for span in paragraph.spans:
            assert 0 <= span.start < span.end <= len(paragraph.text)
            assert span.mark is not Mark.LINK or re.match(r"(?i)(https?|mailto):", span.href)


# --- escape


class _Elements(HTMLParser):
    """The tags and attributes of a piece of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


LINKS = st.one_of(HOSTILE, st.just("https://a.example/?a=1&b=2"), HOSTILE.map(lambda tail: "https://a.example/" + tail))


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    text = " ".join(draw(HOSTILE).split()) or "x"
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    mark = draw(st.sampled_from(list(Mark)))
    return Paragraph(text, draw(st.sampled_from(list(Form))), 2, (Span(start, end, mark, draw(LINKS)),))


@given(paragraphs())
def test_a_paragraph_as_html_holds_its_text_and_marks_and_nothing_else(paragraph: Paragraph) -> None:
    read = _Elements(markdown.html(paragraph, visible))
    assert {tag for tag, _ in read.tags} <= {"a", "em", "strong"}
    for tag, attributes in read.tags:
        assert set(attributes) <= ({"href", "rel", "title"} if tag == "a" else set())
        if tag == "a":
            assert re.match(r"(?i)(https?|mailto):", attributes["href"])
            assert {"noopener", "noreferrer", "nofollow"} & set(attributes.get("rel", "").split())
    assert "".join(read.words) == visible(paragraph.text)


@given(st.lists(paragraphs(), max_size=4))
def test_a_body_read_back_from_its_page_has_the_same_characters(body: list[Paragraph]) -> None:
    assert _characters(markdown.read(markdown.write(body))) == _characters(body)


def _characters(body: Iterable[Paragraph]) -> str:
    """Everything but white space, which Markdown does not keep; control characters as they are written."""
    return "".join(markdown._CONTROL.sub(markdown._picture, "".join(one.text for one in body)).split())


FRAME = Frame("t", "d", "https://archive.example/", "", "", "", search=False, search_engines=True)


@given(HOSTILE, HOSTILE)
def test_a_template_shows_any_value_as_text(value: str, attribute: str) -> None:
    renderer = _RENDERERS.setdefault("one", Renderer(_TEMPLATES, FRAME))
    file = renderer.page("page.html", "a.html", {"value": visible(value), "attribute": visible(attribute)})
    read = _Elements(file.data.decode("utf-8"))
    assert [(tag, set(attributes)) for tag, attributes in read.tags] == [("p", {"title"})]
    assert read.tags[0][1]["title"] == visible(attribute)
    assert "".join(read.words) == visible(value)


_TEMPLATES = PROJECT / "tests" / "golden" / "templates"
_RENDERERS: dict[str, Renderer] = {}


# --- seal and collate


@given(st.lists(HOSTILE, max_size=4))
def test_a_seal_fits_what_it_was_made_of_and_no_other_words(values: list[str]) -> None:
    assert seal.of_values(values) == seal.of_values([unicodedata.normalize("NFD", value) for value in values])
    assert seal.of_values([*values, "more"]) != seal.of_values(values)
    assert seal.of_body("\n\n".join(values) + "\n\nmore") != seal.of_body("\n\n".join(values))


@given(HOSTILE, HOSTILE)
def test_a_collation_gives_the_witness_back_character_for_character(base: str, witness: str) -> None:
    out, at = [], 0
    for variant in collate(base, witness):
        out += [base[at : variant.base_start], witness[variant.witness_start : variant.witness_end]]
        at = variant.base_end
    assert "".join([*out, base[at:]]) == witness
