"""A page with a header: a message of a mailing list or a newsgroup, or an article saved with ``Title:`` lines.

The names of header fields are those of RFC 5322 and, as mail programs show them, their translations. Two of them on
neighbouring lines and the subject make a header: prose that begins with "From:" is none. A line that names the title
needs one other field beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stemma.clean.claims.page import Page
from stemma.clean.claims.recognizers import dates, person_names
from stemma.records import Claim, Field

TOP_LINES: Final = 15
"""Lines at the top of a page in which a header begins."""
MAX_GAP: Final = 2
"""Lines between two fields of a header."""
MAX_FIELD: Final = 200
"""Characters of a field."""

_FIELDS: Final = {
    "subject": "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|тема|ämne|emne|aihe|temat|konu|主题|件名|제목",
    "title": "title|titel|titre|título|titulo|titolo|headline|заголовок|标题|標題|タイトル",
    "from": "author|authors|autor|auteur|autore|автор|作者|"
    "from|von|de|da|van|от|от кого|från|fra|lähettäjä|od|kimden|发件人|寄件者|差出人|보낸 사람|보낸사람",
    "date": "date|datum|sent|gesendet|fecha|data|дата|enviado|envoyé|dato|tarih|日期|日時|날짜",
    "other": "to|an|à|para|newsgroups|message-id|reply-to|in-reply-to|cc|references|organization|x-[\\w-]+|list-id",
}
_FIELD_LINE: Final = re.compile(
    "(?:" + "|".join(rf"(?P<{kind}>{names})" for kind, names in _FIELDS.items()) + r")\s?[:：]\s{0,3}(?P<value>\S.*)",
    re.IGNORECASE,
)
_SENDER: Final = re.compile(
    r"[\"'“]?(?P<name>[^<\"'”(@\[]{2,60}?)[\"'”]?\s*(?:[<(\[]|$)|\S+@\S+\s\(\"?(?P<after>[^)\"]{2,60})\"?\)"
)
"""“Hanne Orlick <address>”, or, as newsgroups have it, “address (Hanne Orlick)”."""


def header(page: Page) -> dict[str, tuple[str, int]]:
    """The fields of the header of a message, each with its value and the number of its line; empty for other pages."""
    found: dict[str, tuple[str, int]] = {}
    last = -1
    for at, line in enumerate(page.lines[: TOP_LINES + 4 * MAX_GAP]):
        if found and at - last > MAX_GAP:
            break
        match = _FIELD_LINE.match(line.text) if ":" in line.text[:24] or "：" in line.text[:24] else None
        if match and len(line.text) <= MAX_FIELD and (found or at < TOP_LINES):
            kind = next(kind for kind in _FIELDS if match[kind])
            found.setdefault(kind, (match["value"], line.number))
            last = at
    if "title" in found:
        return found if len(found) > 1 else {}
    return found if "subject" in found and len(found) > 2 else {}


def claims(page: Page) -> Iterator[Claim]:
    """The title, the author and the date that the header of a message states."""
    fields = header(page)
    if not fields:
        return
    kind = "title" if "title" in fields else "subject"
    value, number = fields[kind]
    yield Claim(Field.TITLE, (value,), "title.header" if kind == "title" else "title.subject", number)
    if "from" in fields:
        sender, number = fields["from"]
        match = _SENDER.match(sender)
        name = (match["name"] or match["after"]).strip() if match else ""
        if name and all(map(person_names.is_name, name.split(", ", 1))):
            yield Claim(Field.AUTHOR, (name,), "author.from", number)
    if "date" in fields:
        value, number = fields["date"]
        for mention in dates.find(value)[:1]:
            if not mention.other:
                yield Claim(Field.DATE, (mention.iso,), "date.header", number)
