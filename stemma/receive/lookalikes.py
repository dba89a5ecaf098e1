"""Text files that hold something other than a page's text: HTML, JSON, a WET archive of a crawl."""

from __future__ import annotations

import re
from typing import Final

SAMPLE: Final = 20_000
"""Characters of a file that are looked at: its form shows at its beginning."""

MIN_TAG_SHARE: Final = 0.15
"""Share of the sample's characters in HTML tags from which it is taken for HTML. An article about HTML quotes a few:
of 4,617 pages of a benchmark of article extraction, tutorials on programming among them, none has so many."""

_WET: Final = re.compile(r"\s*WARC/\d")
_JSON: Final = re.compile(r"\s*(?:\[\s*)?\{\s*(?:\"[^\"\n]{1,80}\"\s*:|\}\s*$)")
_DOCUMENT: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG: Final = re.compile(
    r"</?(?:a|article|body|br|div|footer|h[1-6]|head|header|html|img|li|link|meta|nav|p|script|section|span|style|table"
    r"|td|tr|ul)\b[^<>\n]{0,400}>",
    re.IGNORECASE,
)


def lookalike(text: str) -> str:
    """What a file looks like that is not a page's text: "HTML", "JSON", "a WET archive"; "" for a text."""
    sample = text[:SAMPLE]
    if _WET.match(sample):
        return "a WET archive"
    if _JSON.match(sample):
        return "JSON"
    if _DOCUMENT.match(sample) or sum(map(len, _TAG.findall(sample))) >= MIN_TAG_SHARE * max(len(sample), 1):
        return "HTML"
    return ""
