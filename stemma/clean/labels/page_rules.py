"""Rules that need the whole page: contents lists, pagers, mail headers, threads, running heads and page numbers.

As sure as a rule of the rulebook, but for what one line alone does not show: that a list names the headings below it,
that lines of one form follow one another, that a line recurs where pages of print end.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final

from stemma.clean.labels.comments.threads import find_thread
from stemma.clean.labels.rules import Rule
from stemma.clean.lines.forms import is_code, preformatted
from stemma.clean.lines.segment import Line
from stemma.records import Form, Label


def _rule(label: Label, name: str) -> Rule:
    return Rule(f"{label}.{name}", label, (), (), None, None, (), (), ())


CONTENTS: Final = _rule(Label.NAVIGATION, "contents")
"""A line of a list of the headings below."""
CONTENTS_HEADING: Final = "navigation.contents.heading"
"""The rule of a line that says so."""
PAGE_NUMBER: Final = _rule(Label.NAVIGATION, "page.number")
RUNNING_HEAD: Final = _rule(Label.NAVIGATION, "running.head")
"""A line that recurs, digits aside, where pages of print end or begin."""
MAIL: Final = _rule(Label.META, "mail")
"""A header of a mail, the line before a quotation, the signature."""

POST: Final = _rule(Label.COMMENT, "post")
"""A line of a thread of posts, names and times included."""

PAGER: Final = _rule(Label.NAVIGATION, "pager.number")
"""Numbers of pages that count up, each on its line, or beside “next page”."""

TURNING: Final = _rule(Label.RELATED, "turning.back")
"""The title of the post before this one, behind an arrow to the left."""

HEADLINE: Final = _rule(Label.RELATED, "widget.entry")
WIDGET: Final = "related.widget"
"""The rule of a line that numbers an entry of a list of other headlines."""

MAX_CONTENTS: Final = 80
"""Lines of the longest list of contents."""
MAX_ENTRY: Final = 100
"""Characters of the longest entry."""
MAX_HEADING: Final = 140
"""Characters of the longest heading that an entry may name."""
MIN_NAMED: Final = 0.8
"""Share of the entries that are headings below, where no heading says that this is a list of contents."""
BESIDE_BREAK: Final = 2
"""Lines from a page number at which a running head is looked for."""
CODE_REACH: Final = 12
"""Lines above and below a heading among which code is looked for."""
MIN_PAGER: Final = 3
"""Numbers on lines of their own that make a pager."""
MIN_PAGE: Final = 4
"""Lines of the shortest page of print."""
MIN_HEADS: Final = 3
"""How often a running head that holds its page number must recur."""

_FRAME: Final = " \t#*_[]():–-·"
_ENTRY: Final = re.compile(
    r"(?:[*+•·‣◦▪–-]|\(?(?:\d{1,2}|[ivxIVX]{1,4}|[a-zA-Z])[.)]|\d{1,2}(?:\.\d{1,2}){0,3}\.?)\s+(?=\S)"
)
_NESTED: Final = re.compile(r"(?:[*+•·‣◦▪–-]\s+)?\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+\S")
_EDIT: Final = re.compile(r"\s*\[\s?(?:edit|bearbeiten|modifier|editar|modifica)[^\]]{0,40}\]$", re.IGNORECASE)
_END: Final = re.compile(r"[.!…:;,。！]['\"’”»)\]]*$")
_HEADER: Final = re.compile(
    r"(from|to|cc|bcc|subject|date|sent|reply-to|message-id|in-reply-to|references|list-id|organi[sz]ation|newsgroups"
    r"|user-agent|content-type|mime-version|received|return-path|x-[\w-]{1,30}|von|an|betreff|datum|gesendet|objet"
    r"|envoyé|asunto|fecha|para|oggetto|assunto|onderwerp|тема|от|кому|дата)\s?:\s?\S",
    re.IGNORECASE,
)
_SUBJECTS: Final = frozenset({"subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "тема"})
_ATTRIBUTION: Final = re.compile(r"(?:On|Am|Le|El|Il|Op|Em)\s.{4,120}\d")
_WROTE: Final = re.compile(r"(?:wrote|schrieb.{0,80}|a écrit|escribió|ha scritto|schreef.{0,80}|escreveu)\s?:$")
_NUMBER: Final = re.compile(
    r"[-–—|\[(]?\s?(?:page|p\.|pg\.|seite|s\.|стр\.|с\.)?\s?(\d{1,4})\s?[-–—|\])]?$", re.IGNORECASE
)
_HEAD: Final = re.compile(r"#\s+\w|.*\s#$")
"""A running head with its page number, first or last in the line; ``#.`` is an entry of a list."""
_COUNTED: Final = re.compile(r"\d{1,3}(?:[\s|·]{1,3}\d{1,3}){1,20}$")
_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")


def with_page_rules(lines: Sequence[Line], rules: Sequence[Rule | None]) -> list[Rule | None]:
    """The rules of a page's lines, with those that need the whole page where no certain rule fits a line.

    A headline of a list stays one whatever rule it fits; what a thread says of names and times goes before other rules.
    A line of code is no heading of comments or other headlines.
    """
    found = list(rules)
    for at, rule in enumerate(rules):
        if rule is not None and rule.opens and _is_within_code(lines, at):
            found[at] = None
    for at, rule in chain(_contents(lines, rules), _mail(lines), _print(lines), _pagers(lines, rules), _turning(lines)):
        known = found[at]
        if known is None or not known.certain:
            found[at] = rule
    for at, rule in _widgets(lines, rules):
        found[at] = rule
    for at in range(*(find_thread(lines, rules) or (0, 0))):
        known = found[at]
        if known is None or not known.certain or known.label is Label.META:
            found[at] = POST
    return found


def _is_within_code(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands among lines of code, with no blank line between."""
    start, end = at, at + 1
    while start and not lines[start].gap and at - start < CODE_REACH:
        start -= 1
    while end < len(lines) and not lines[end].gap and end - at < CODE_REACH:
        end += 1
    near = lines[start:end]
    return (
        len(near) > 2
        and any(is_code(line.text) for line in near)
        and any(
            form is Form.CODE and first <= at - start < last
            for first, last, form in preformatted(near, [True] * len(near))
        )
    )


def _pagers(lines: Sequence[Line], rules: Sequence[Rule | None]) -> Iterator[tuple[int, Rule]]:
    """Numbers that count up one by one: each on its own line, or all on one line beside “next page”."""
    start = 0
    numbers = [int(line.text) if line.text.isdecimal() and len(line.text) < 4 else None for line in lines]
    for at in range(1, len(lines) + 1):
        before = numbers[at - 1]
        if at == len(lines) or before is None or numbers[at] != before + 1 or lines[at].gap > 1:
            if at - start >= MIN_PAGER and before is not None:
                yield from ((place, PAGER) for place in range(start, at))
            start = at
    for at, line in enumerate(lines):
        if _COUNTED.match(line.text) and any(_turns(rule) for rule in rules[max(0, at - 1) : at + 2]):
            counted = [int(number) for number in _DIGITS.findall(line.text)]
            if all(after == number + 1 for number, after in pairwise(counted)):
                yield at, PAGER


def _turns(rule: Rule | None) -> bool:
    return rule is not None and rule.id.startswith(("navigation.pager", "related.arrow"))


def _turning(lines: Sequence[Line]) -> Iterator[tuple[int, Rule]]:
    """Titles behind an arrow to the left; folding takes the arrow away before rules read a line."""
    for at, line in enumerate(lines):
        if line.text.startswith("← ") and len(line.text) <= MAX_HEADING and not _END.search(line.text):
            yield at, TURNING


def _widgets(lines: Sequence[Line], rules: Sequence[Rule | None]) -> Iterator[tuple[int, Rule]]:
    """The headline below each “list 2 of 3”."""
    for at, rule in enumerate(rules[:-1]):
        if (
            rule is not None
            and rule.id == WIDGET
            and not lines[at + 1].gap
            and len(lines[at + 1].text) <= MAX_ENTRY + 60
        ):
            yield at + 1, HEADLINE


def _contents(lines: Sequence[Line], rules: Sequence[Rule | None]) -> Iterator[tuple[int, Rule]]:
    """Lists of contents: below a heading that says so, or lists whose entries are headings below them."""
    last: dict[str, int] = {}
    at = 0
    while at < len(lines):
        headed = _opens_contents(rules[at])
        if not headed and not _ENTRY.match(lines[at].text):
            at += 1
            continue
        start = at + headed
        end = _list_end(lines, start)
        if not last and end - start > 1:
            last = {_plain(line.text): place for place, line in enumerate(lines) if len(line.text) <= MAX_HEADING}
        if _lists_headings(lines[start:end], last, end, headed=headed):
            yield from ((place, CONTENTS) for place in range(at, end))
        at = max(end, at + 1)


def _opens_contents(rule: Rule | None) -> bool:
    return rule is not None and rule.id == CONTENTS_HEADING


def _list_end(lines: Sequence[Line], start: int) -> int:
    """Where a list that begins at ``start`` ends."""
    end = start
    while (
        end < min(len(lines), start + MAX_CONTENTS)
        and len(lines[end].text) <= MAX_ENTRY
        and _ENTRY.match(lines[end].text) is not None
        and (lines[end].gap <= 1 or end == start)
    ):
        end += 1
    return end


def _lists_headings(entries: Sequence[Line], last: Mapping[str, int], end: int, *, headed: bool) -> bool:
    """Whether entries are headings below ``end``. ``last``: the last place of each line, by its words."""
    if len(entries) < (2 if headed else 3):
        return False
    named = sum(last.get(_plain(entry.text), -1) >= end for entry in entries)
    if headed:
        return named > 0 or any(_NESTED.match(entry.text) for entry in entries)
    return named >= MIN_NAMED * len(entries) and not any(_END.search(entry.text) for entry in entries)


def _plain(text: str) -> str:
    """An entry or a heading by its words."""
    text = text.strip("#* \t")
    entry = _ENTRY.match(text)
    while entry:
        text = text[entry.end() :]
        entry = _ENTRY.match(text)
    return _EDIT.sub("", text).strip(_FRAME + ".").casefold()


def _mail(lines: Sequence[Line]) -> Iterator[tuple[int, Rule]]:
    """The headers of a mail, the lines that introduce quotations, the signature below two hyphens."""
    headers = [_HEADER.match(line.text) if ":" in line.text[:30] else None for line in lines]
    start, found = 0, False
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].gap or not headers[at]:
            names = {header[1].casefold() for header in headers[start:at] if header}
            if len(names) >= 3 and names & _SUBJECTS:
                found = True
                yield from ((place, MAIL) for place in range(start, at) if headers[place])
            start = at
    for at, (line, after) in enumerate(pairwise(lines)):
        if not after.gap and _WROTE.match(after.text) and _ATTRIBUTION.match(line.text):
            yield from ((at, MAIL), (at + 1, MAIL))
        if found and line.text == "--":
            end = at + 1
            while end < min(len(lines), at + 7) and not lines[end].gap:
                end += 1
            yield from ((place, MAIL) for place in range(at, end))


def _print(lines: Sequence[Line]) -> Iterator[tuple[int, Rule]]:
    """Page numbers that count up one by one, and the lines beside them that recur; heads that hold their number."""
    breaks = _page_numbers(lines)
    yield from ((at, PAGE_NUMBER) for at in breaks)
    keys: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        # Without page numbers of their own, heads hold them: most lines have none, and need no key.
        if len(line.text) <= MAX_ENTRY and (breaks or _DIGITS.search(line.text)) and _LETTERS.search(line.text):
            keys[_DIGITS.sub("#", line.text.casefold())].append(at)
    beside: Counter[str] = Counter()
    for at in breaks:
        near = range(max(0, at - BESIDE_BREAK), min(len(lines), at + BESIDE_BREAK + 1))
        beside.update({_DIGITS.sub("#", lines[place].text.casefold()) for place in near if place != at})
    for key, places in keys.items():
        if (beside[key] > 1 and len(places) > 1) or (_HEAD.match(key) and _holds_page_number(lines, places)):
            yield from ((at, RUNNING_HEAD) for at in places)


def _page_numbers(lines: Sequence[Line]) -> list[int]:
    """The places of numbers alone on their lines that count up, pages apart."""
    numbers = [(at, int(match[1])) for at, line in enumerate(lines) if (match := _NUMBER.match(line.text[:20]))]
    counted = {
        place
        for (before, first), (after, second) in pairwise(numbers)
        if second == first + 1 and after - before >= MIN_PAGE
        for place in (before, after)
    }
    return sorted(counted)


def _holds_page_number(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Whether lines of the same words hold a number that counts up, and stand in the middle of sentences."""
    if len(places) < MIN_HEADS or any(after - before < MIN_PAGE for before, after in pairwise(places)):
        return False
    rows = [[int(number) for number in _DIGITS.findall(lines[at].text)[:6]] for at in places]
    counts = any(
        all(0 < after - before <= 2 for before, after in pairwise(column)) for column in zip(*rows, strict=False)
    )
    within = sum(at > 0 and not _END.search(lines[at - 1].text) for at in places)
    return counts and 2 * within >= len(places)
