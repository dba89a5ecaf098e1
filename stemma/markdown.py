"""The one user of markdown-it-py: paragraphs -> Markdown, Markdown -> paragraphs, and one paragraph -> HTML.

What is written reads back word for word: everything that Markdown would take for markup is escaped on the way in. The
reader knows headings, lists, quotations, emphasis, links, fenced code and tables, verse (lines that end in a
backslash) and definitions (``: text``) alone; anything else is text, HTML included.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from stemma.records import Form, Mark, Paragraph, Span

_MARKUP = re.compile(
    r"[\\`*\[\]]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is no emphasis
    r"|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|~(?=~)|!(?=\[)"
)
_OPENING = re.compile(r"(?:[#>+=~-]|:(?= )|\d{1,9}(?=[.)]))")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HARD_BREAK = "\\\n"
_TICKS = re.compile(r"`{3,}")
_NESTED = {"bullet_list": "list", "ordered_list": "list", "blockquote": "quotation"}
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_MARKS = {"link": Mark.LINK, "em": Mark.EMPHASIS, "strong": Mark.STRONG}
_TAGS = {Mark.EMPHASIS: "em", Mark.STRONG: "strong"}
_MARKUP_OF = {Mark.EMPHASIS: "*", Mark.STRONG: "**"}


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
    parser.enable(["heading", "list", "blockquote", "fence", "emphasis", "link", "escape", "newline"])
    parser.validateLink = safe_link  # type: ignore[method-assign, assignment]
    return parser


_PARSER = _parser()


def write(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs as Markdown, apart by blank lines; a control character becomes its visible picture (U+2400 …)."""
    return "\n\n".join(block for block in map(_block, paragraphs) if block)


def _block(paragraph: Paragraph) -> str:
    if paragraph.form in (Form.CODE, Form.TABLE):
        return _fenced(paragraph)
    if paragraph.form is Form.VERSE:
        lines = _inline(_CONTROL_IN_LINES.sub(_picture, paragraph.text), paragraph.spans).strip().split(_HARD_BREAK)
        return _HARD_BREAK.join(_opened(line.rstrip()) for line in lines)
    inline = _inline(_CONTROL.sub(_picture, paragraph.text), paragraph.spans).strip()
    if paragraph.form is Form.HEADING and inline:
        return "#" * min(max(paragraph.level, 1), 6) + " " + re.sub(r"(#+)$", r"\\\1", inline)
    return _mark(paragraph) + _opened(inline) if inline else ""


def _mark(paragraph: Paragraph) -> str:
    """What the first line of a paragraph's form begins with."""
    if paragraph.form is Form.ITEM:
        return "  " * (max(paragraph.level, 1) - 1) + "- "
    return {Form.QUOTATION: "> ", Form.DEFINITION: ": "}.get(paragraph.form, "")


def _opened(inline: str) -> str:
    """A line whose beginning is not taken for a form."""
    opening = _OPENING.match(inline)
    if not opening:
        return inline
    at = opening.end() if opening.group()[0].isdigit() else 0
    return inline[:at] + "\\" + inline[at:]


def _fenced(paragraph: Paragraph) -> str:
    """Code or a table between fences longer than any within it."""
    text = _CONTROL_IN_LINES.sub(_picture, paragraph.text)
    if not text.strip():
        return ""
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in _TICKS.findall(text))])
    return f"{fence}{'table' if paragraph.form is Form.TABLE else ''}\n{text}\n{fence}"


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
        out.append(_MARKUP.sub(r"\\\g<0>", text[at:start]))
        inner = _MARKUP.sub(r"\\\g<0>", text[start:end])
        if span.mark is Mark.LINK and not safe_link(span.href):
            out.append(inner)
        elif span.mark is Mark.LINK:
            target = re.sub(r"[()]", lambda bracket: f"%{ord(bracket.group()):02X}", span.href)
            out.append(f"[{inner}]({target})")
        else:
            out.append(f"{_MARKUP_OF[span.mark]}{inner}{_MARKUP_OF[span.mark]}")
        at = end
    out.append(_MARKUP.sub(r"\\\g<0>", text[at:]))
    return "".join(out).replace("\n", _HARD_BREAK)


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
    depth: Counter[str] = Counter()
    heading = ""
    for token in _PARSER.parse(markdown):
        kind, _, end = token.type.rpartition("_")
        if token.type == "heading_open":
            heading = token.tag
        elif kind in _NESTED:
            depth[_NESTED[kind]] += 1 if end == "open" else -1
        elif token.type == "fence":
            paragraphs.append(_preformatted(token))
        elif token.type == "inline":
            paragraphs.append(_paragraph(token, heading, depth))
            heading = ""
    return tuple(paragraph for paragraph in paragraphs if paragraph.text)


def _preformatted(token: Token) -> Paragraph:
    """Code or a table; no line of it is empty, as an empty line parts paragraphs."""
    text = _BLANK_LINES.sub("\n \n", token.content.strip("\n"))
    return Paragraph(text if text.strip() else "", Form.TABLE if token.info.strip() == "table" else Form.CODE)


def _paragraph(token: Token, heading: str, depth: Mapping[str, int]) -> Paragraph:
    children = token.children or []
    if heading:
        form, level = Form.HEADING, int(heading[1])
    elif depth["list"]:
        form, level = Form.ITEM, depth["list"]
    elif depth["quotation"]:
        form, level = Form.QUOTATION, 0
    elif any(child.type == "hardbreak" for child in children):
        form, level = Form.VERSE, 0
    elif token.content.startswith(": ") and len(token.content) > 2:
        form, level = Form.DEFINITION, 0
        children[0].content = children[0].content.removeprefix(": ")
    else:
        form, level = Form.PARAGRAPH, 0
    text, spans = _text(children, "\n" if form is Form.VERSE else " ")
    return Paragraph(text, form, level, spans)


def _text(tokens: Sequence[Token], line_end: str) -> tuple[str, tuple[Span, ...]]:
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
            piece = {"softbreak": " ", "hardbreak": line_end}.get(token.type, token.content)
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
    """The inside of one paragraph as HTML: text escaped, links that tell the other site nothing, verse with its breaks.

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
    inner = "".join(out)
    return inner.replace("\n", "<br>\n") if paragraph.form is Form.VERSE else inner
