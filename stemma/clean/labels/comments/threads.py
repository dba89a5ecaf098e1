"""Threads: posts below one another, each under the name of its writer and the time of the post.

Such a thread is found by its form alone, whatever its posts say: a short line that is a name, the time beside it, and
text below. Lists of other headlines look alike, so a thread also needs what they have not: buttons to answer, counts
of posts, a name that comes again, or the style of talk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from stemma.clean.labels.comments.onset import score
from stemma.clean.labels.recurrence import MIN_PROSE
from stemma.clean.labels.rules import Rule
from stemma.clean.lines.segment import Line
from stemma.records import Label

MAX_NAME: Final = 30
"""Characters of the longest name;"""
MAX_NAME_WORDS: Final = 4
"""and its words."""
MIN_POSTS: Final = 2
"""Posts that make a thread below a text; one more where the text is itself the first of them."""
MAX_POST: Final = 14
"""Lines of the longest post."""
MIN_TALK: Final = 0.5
"""Least share of posts with a line of talk, where nothing else shows that they are posts."""

_STAMPS: Final = ("meta.date", "meta.ago", "comment.stamp")
_ANSWERS: Final = ("comment.buttons", "comment.answer")
_TIME: Final = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b|[時时点點]\d{1,2}")
_COUNT: Final = re.compile(
    r"(?:posts|beiträge|messages|mensajes|messaggi|berichten|сообщени[яй]|повідомлень|wpisy|posty|投稿数|帖子)\s?:?\s?[\d.,]+$"
    r"|[\d.,]+\s(?:posts|beiträge|messages|mensajes)$",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(r"[!?…:;,。！？»”\"|>]$|(?<![A-ZÀ-ÞА-Я])\.$|[\d#>*|–—-]\s|https?:")
_DIGITS: Final = re.compile(r"\d+")


class _Head(NamedTuple):
    """The head of a post: its first line, the line of its text, the name, whether it gives a time of day or a count."""

    at: int
    text: int
    name: str
    timed: bool
    counted: bool


def find_thread(lines: Sequence[Line], rules: Sequence[Rule | None]) -> tuple[int, int] | None:
    """The lines of the posts below the text of a page, as a half-open run of places, or None. Linear in the lines."""
    heads = _heads(lines, rules)
    prose = next((at for at, line in enumerate(lines) if len(line.visible) >= MIN_PROSE and not rules[at]), len(lines))
    posts = [head for head in heads if head.at > prose]
    if len(posts) < MIN_POSTS or not _are_posts(lines, rules, heads, posts):
        return None
    return posts[0].at, _end(lines, rules, posts[-1])


def _heads(lines: Sequence[Line], rules: Sequence[Rule | None]) -> list[_Head]:
    """The heads of posts: a name, then up to three lines that give a time or a count of posts."""
    marks = [at for at, line in enumerate(lines) if _is_stamp(rules[at]) or _is_count(line.visible)]
    found: list[_Head] = []
    if len(marks) >= MIN_POSTS:
        for at in sorted({mark - 1 for mark in marks if mark}):
            head = _head(lines, rules, at)
            if head is not None:
                found.append(head)
    return found


def _head(lines: Sequence[Line], rules: Sequence[Rule | None], at: int) -> _Head | None:
    if not _is_name(lines[at].visible) or _is_count(lines[at].visible) or _is_certain(rules[at]):
        return None
    timed = counted = stamped = False
    place = at + 1
    while place < min(len(lines) - 1, at + 4) and lines[place].gap <= 1:
        text = lines[place].visible
        if _is_stamp(rules[place]):
            stamped, timed = True, timed or _TIME.search(text) is not None or _starts(rules[place], ("meta.ago",))
        elif _is_count(text):
            counted = True
        else:
            break
        place += 1
    if not (stamped or counted) or _is_certain(rules[place]) or _is_name(lines[place].visible, stops=False):
        return None
    return _Head(at, place, _DIGITS.sub("0", lines[at].visible.casefold()), timed, counted)


def _is_name(text: str, *, stops: bool = True) -> bool:
    """Whether a line may be a name; without ``stops`` whether it is as short as one."""
    short = len(text) <= MAX_NAME and text.count(" ") < MAX_NAME_WORDS and any(map(str.isalpha, text))
    return short and stops and _NO_NAME.search(text) is None


def _is_count(text: str) -> bool:
    return len(text) <= MAX_NAME and (text[-1].isdigit() or text[0].isdigit()) and _COUNT.match(text) is not None


def _is_stamp(rule: Rule | None) -> bool:
    return _starts(rule, _STAMPS)


def _starts(rule: Rule | None, names: tuple[str, ...]) -> bool:
    return rule is not None and rule.id.startswith(names)


def _is_certain(rule: Rule | None) -> bool:
    return rule is not None and rule.certain


def _are_posts(
    lines: Sequence[Line], rules: Sequence[Rule | None], heads: Sequence[_Head], posts: Sequence[_Head]
) -> bool:
    """Whether posts follow one another closely, and are more than a list of dated headlines."""
    ends = [*(head.at for head in posts[1:]), _end(lines, rules, posts[-1])]
    if any(end - post.text > MAX_POST for post, end in zip(posts, ends, strict=True)):
        return False
    timed = sum(head.timed for head in posts)
    if all(head.counted for head in posts):
        return True
    if timed < len(posts):
        return False
    answers = sum(_starts(rules[at], _ANSWERS) for at in range(posts[0].at, ends[-1]))
    names = [head.name for head in heads]
    talk = sum(
        any(score(lines[at].visible, "")[0] > 0 for at in range(post.text, end) if not _is_certain(rules[at]))
        for post, end in zip(posts, ends, strict=True)
    )
    return answers >= MIN_POSTS or len(set(names)) < len(names) or talk >= MIN_TALK * len(posts)


def _end(lines: Sequence[Line], rules: Sequence[Rule | None], last: _Head) -> int:
    """Where the last post ends: at a line of the page's own boilerplate, or after as many lines as a post has."""
    for at in range(last.text, min(len(lines), last.text + MAX_POST)):
        rule = rules[at]
        if rule is not None and rule.certain and rule.label not in (Label.COMMENT, Label.META, Label.SHARE):
            return at
    return min(len(lines), last.text + MAX_POST)
