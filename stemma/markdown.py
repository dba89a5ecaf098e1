"""The only door to markdown-it-py: paragraphs -> Markdown, Markdown -> paragraphs, and one paragraph -> HTML.

What is written reads back word for word: everything that Markdown would take for a sign is escaped on the way in. The
reader knows headings, lists, quotations, emphasis and links alone; anything else is text, HTML included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from stemma.records import Form, Mark, Paragraph, Span

_SIGNS = re.compile(
    r"[\\`*\[\]]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is no emphasis
    r"|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|~(?=~)|!(?=\[)"
)
_OPENING = re.compile(r"(?:[#>+=~-]|\d{1,9}(?=[.)]))")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_MARKS = {"link": Mark.LINK, "em": Mark.EMPHASIS, "strong": Mark.STRONG}
_TAGS = {Mark.EMPHASIS: "em", Mark.STRONG: "strong"}
_SIGN_OF = {Mark.EMPHASIS: "*", Mark.STRONG: "**"}


def safe_link(target: str) -> bool:
    """Whether a link's target may be followed: http, https or mailto, with no control or space in it."""
    if re.search(r"[\x00-\x20\x7f-\xa0\u2028-\u202e\u2066-\u2069\\<>\"]", target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return (parts.scheme in ("http", "https") and bool(parts.netloc)) or (parts.scheme == "mailto" and "@" in target)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["heading", "list", "blockquote", "emphasis", "link", "escape", "newline"])
    parser.validateLink = safe_link  # type: ignore[method-assign, assignment]
    return parser


_PARSER = _parser()


def write(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs as Markdown, apart by blank lines; a control character becomes its visible picture (U+2400 …)."""
    return "\n\n".join(block for block in map(_block, paragraphs) if block)


def _block(paragraph: Paragraph) -> str:
    inline = _inline(_CONTROL.sub(_picture, paragraph.text), paragraph.spans).strip()
    if not inline:
        return ""
    if paragraph.form is Form.HEADING:
        return "#" * min(max(paragraph.level, 1), 6) + " " + re.sub(r"(#+)$", r"\\\1", inline)
    opening = _OPENING.match(inline)
    if opening:
        at = opening.end() if opening.group()[0].isdigit() else 0
        inline = inline[:at] + "\\" + inline[at:]
    if paragraph.form is Form.ITEM:
        return "  " * (max(paragraph.level, 1) - 1) + "- " + inline
    if paragraph.form is Form.QUOTATION:
        return "> " + inline
    return inline


def _picture(control: re.Match[str]) -> str:
    code = ord(control.group())
    return "\u2421" if code == 0x7F else chr(0x2400 + code)


def _inline(text: str, spans: Sequence[Span]) -> str:
    """The text with its marks, or without where Markdown cannot say them there, as for emphasis on half a word."""
    marked = _marked(text, spans)
    if spans and "".join(one.text for one in read(marked)) != text:
        return _marked(text, ())
    return marked


def _marked(text: str, spans: Sequence[Span]) -> str:
    out: list[str] = []
    at = 0
    for start, end, span in _flat(spans):
        out.append(_SIGNS.sub(r"\\\g<0>", text[at:start]))
        inner = _SIGNS.sub(r"\\\g<0>", text[start:end])
        if span.mark is Mark.LINK and not safe_link(span.href):
            out.append(inner)
        elif span.mark is Mark.LINK:
            target = re.sub(r"[()]", lambda sign: f"%{ord(sign.group()):02X}", span.href)
            out.append(f"[{inner}]({target})")
        else:
            out.append(f"{_SIGN_OF[span.mark]}{inner}{_SIGN_OF[span.mark]}")
        at = end
    out.append(_SIGNS.sub(r"\\\g<0>", text[at:]))
    return "".join(out)


def _flat(spans: Sequence[Span]) -> Iterator[tuple[int, int, Span]]:
    """The spans that follow one another; one that overlaps an earlier one is left out, its words stay."""
    at = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= at and span.end > span.start:
            yield span.start, span.end, span
            at = span.end


def read(markdown: str) -> tuple[Paragraph, ...]:
    """Markdown as paragraphs. Never fails: what is not understood is text."""
    paragraphs: list[Paragraph] = []
    depth = quotes = 0
    heading = ""
    for token in _PARSER.parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "blockquote_open":
            quotes += 1
        elif token.type == "blockquote_close":
            quotes -= 1
        elif token.type == "heading_open":
            heading = token.tag
        elif token.type == "inline":
            form, level = _shape(heading, depth, quotes)
            text, spans = _text(token.children or [])
            if text:
                paragraphs.append(Paragraph(text, form, level, spans))
            heading = ""
    return tuple(paragraphs)


def _shape(heading: str, depth: int, quotes: int) -> tuple[Form, int]:
    if heading:
        return Form.HEADING, int(heading[1])
    if depth:
        return Form.ITEM, depth
    return (Form.QUOTATION, 0) if quotes else (Form.PARAGRAPH, 0)


def _text(tokens: Sequence[Token]) -> tuple[str, tuple[Span, ...]]:
    out: list[str] = []
    length = 0
    opened: list[tuple[int, Mark, str]] = []
    spans: list[Span] = []
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if name in _MARKS and end == "open":
            opened.append((length, _MARKS[name], str(token.attrs.get("href", ""))))
        elif name in _MARKS and end == "close" and opened:
            start, mark, href = opened.pop()
            spans.append(Span(start, length, mark, href))
        else:
            piece = " " if token.type in ("softbreak", "hardbreak") else token.content
            out.append(piece)
            length += len(piece)
    return "".join(out), tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def document(text: str) -> tuple[str, str]:
    """A page of the archive's own, Markdown -> its title and the rest as HTML.

    The title is the first heading of the first level, "" where there is none. HTML in it is text; links are followed to
    http, https and mailto alone.
    """
    tokens = _PARSER.parse(text)
    at = next((at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"), None)
    title = "" if at is None else tokens[at + 1].content
    rest = tokens if at is None else [*tokens[:at], *tokens[at + 3 :]]
    for token in rest:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "external noopener noreferrer")
    return title, str(_PARSER.renderer.render(rest, _PARSER.options, {}))


def html(paragraph: Paragraph, visible: Callable[[str], str] = str) -> str:
    """The inside of one paragraph as HTML: text escaped, links that tell the other site nothing.

    ``visible`` makes characters that cannot be shown visible; it is applied to the text before escaping.
    """
    out: list[str] = []
    at = 0
    for start, end, span in _flat(paragraph.spans):
        out.append(escape(visible(paragraph.text[at:start])))
        inner = escape(visible(paragraph.text[start:end]))
        if span.mark is not Mark.LINK:
            out.append(f"<{_TAGS[span.mark]}>{inner}</{_TAGS[span.mark]}>")
        elif safe_link(span.href):
            rel = "external nofollow noopener noreferrer"
            out.append(f'<a href="{escape(visible(span.href))}" rel="{rel}">{inner}</a>')
        else:
            out.append(inner)
        at = end
    out.append(escape(visible(paragraph.text[at:])))
    return "".join(out)
