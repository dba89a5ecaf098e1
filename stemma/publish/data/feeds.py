"""Feeds for other programs: Atom, sitemap, OpenSearch description, robots.txt; none of them has a build date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from stemma.publish.index import Card, Index, latest_first
from stemma.publish.output.render import File, Renderer
from stemma.publish.wording.escape import one_line
from stemma.publish.wording.translation import Translation
from stemma.settings import Settings

_MAX_FEED: Final = 50
"""Texts in the feed, those with the latest stated dates."""
_MAX_SITEMAP: Final = 50_000
"""Addresses one sitemap may hold (sitemaps.org)."""
_DECLARATION: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_NO_DATE: Final = "1970-01-01T00:00:00Z"
"""The date of a feed without entries: Atom requires one."""


def pages(index: Index, renderer: Renderer, settings: Settings) -> Iterator[File]:
    """Feed, sitemap, robots.txt, and where there is a search its description."""
    tr = renderer.tr
    yield File("feed.atom", feed(latest_first(index.cards), settings, tr).encode("utf-8", "replace"))
    yield from sitemap(index, settings)
    if settings.search:
        yield File("opensearch.xml", opensearch(settings, tr).encode("utf-8", "replace"))
    yield File("robots.txt", robots(settings).encode("utf-8", "replace"))


def feed(cards: Sequence[Card], settings: Settings, tr: Translation) -> str:
    """The texts with the latest stated dates, as Atom (RFC 4287); ``updated`` is the stated date."""
    dated = [card for card in cards if card.numbers][:_MAX_FEED]
    updated = _moment(dated[0]) if dated else _NO_DATE
    top = settings.address
    entries = "".join(_entry(card, top, tr) for card in dated)
    return (
        f'{_DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_text(settings.title)}</title>\n"
        f"<subtitle>{_text(tr.gettext('Latest texts, by stated date'))}</subtitle>\n"
        f"<id>{_text(top)}</id>\n<updated>{updated}</updated>\n"
        f"<author><name>{_text(settings.title)}</name></author>\n"
        f"<link href={_attribute(top)}/>\n"
        f'<link rel="self" type="application/atom+xml" href={_attribute(top + "feed.atom")}/>\n{entries}</feed>\n'
    )


def sitemap(index: Index, settings: Settings) -> Iterator[File]:
    """Every text and every work with several witnesses; an index over parts where one file cannot hold them."""
    works = [
        f"work/{work.base}.html"
        for work in index.archive.works
        if len(index.members[work.id]) > 1 and work.base not in index.withdrawn
    ]
    lists = ("", "latest.html", "dates.html", "publishers.html", "authors.html", "sources.html",
             "titles.html", "languages.html", "tags.html",
             "copied.html", "about.html", "reading.html", "citing.html", "glossary.html", "atlas.html",
             "carriage.html")  # fmt: skip
    own = (f"pages/{name.removesuffix('.md')}.html" for name in settings.own_pages)
    urls = [
        settings.address + path for path in (*lists, *own, *sorted(card.path for card in index.cards), *sorted(works))
    ]
    parts = [urls[first : first + _MAX_SITEMAP] for first in range(0, len(urls), _MAX_SITEMAP)]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield File(name, _listing("urlset", "url", part))
    if len(parts) > 1:
        yield File("sitemap.xml", _listing("sitemapindex", "sitemap", [settings.address + name for name in names]))


def opensearch(settings: Settings, tr: Translation) -> str:
    """How a browser searches this site (OpenSearch 1.1). Its short name may have 16 characters."""
    short = one_line(settings.title)[:16].strip() or "Archive"
    template = settings.address + "search.html?q={searchTerms}"
    return (
        f'{_DECLARATION}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{_text(short)}</ShortName>\n"
        f"<LongName>{_text(settings.title[:48])}</LongName>\n"
        f"<Description>{_text(tr.gettext('Search the texts of %(archive)s', archive=settings.title))}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" method="get" template={_attribute(template)}/>\n'
        "</OpenSearchDescription>\n"
    )


def robots(settings: Settings) -> str:
    """Robots.txt: all allowed, with the sitemap, or none."""
    if not settings.search_engines:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nDisallow:\n\nSitemap: {one_line(settings.address)}sitemap.xml\n"


def _entry(card: Card, top: str, tr: Translation) -> str:
    moment = _moment(card)
    author = card.publisher or tr.gettext("no publisher stated")
    return (
        f"<entry>\n<title>{_text(card.title)}</title>\n<id>{_text(top + card.path)}</id>\n"
        f"<link href={_attribute(top + card.path)}/>\n<updated>{moment}</updated>\n<published>{moment}</published>\n"
        f"<author><name>{_text(author)}</name></author>\n"
        f"<summary>{_text(card.where)}</summary>\n</entry>\n"
    )


def _moment(card: Card) -> str:
    year, month, day = (*card.numbers, 1, 1)[:3]
    try:
        return f"{date(year, month, day).isoformat()}T00:00:00Z"
    except ValueError:  # a stated 31 February
        return f"{max(year, 1):04}-{month:02}-01T00:00:00Z"


def _listing(outer: str, inner: str, urls: Sequence[str]) -> bytes:
    rows = "".join(f"<{inner}><loc>{_text(url)}</loc></{inner}>\n" for url in urls)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{_DECLARATION}<{outer} xmlns="{space}">\n{rows}</{outer}>\n'.encode("utf-8", "replace")


def _text(text: str) -> str:
    return escape(one_line(text))


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))
