"""Numbers as sentences need them: counts in words; shares in per cent, never rounded up to all or down to none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

_IN_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(number: int, one: str, many: str = "") -> str:
    """A number and its noun: "no words", "one word", "ten words", "1,204 words"."""
    noun = one if number == 1 else many or one + "s"
    return f"{_IN_WORDS[number] if number < len(_IN_WORDS) else f'{number:,}'} {noun}"


def figures(number: int, one: str, many: str = "") -> str:
    """The same in figures: "1 line", "1,204 lines"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def per_cent(share: float) -> str:
    """A share from 0 to 1 in per cent: "100%" only for all, "0%" only for none, "under 1%" below half a per cent."""
    if share >= 1:
        return "100%"
    if share <= 0:
        return "0%"
    return f"{min(round(share * 100), 99)}%" if share >= 0.005 else "under\u00a01%"


def sentence(clauses: list[str]) -> str:
    """Clauses as one sentence: commas between them, a capital first, a full stop last; empty for none."""
    if not clauses:
        return ""
    text = ", ".join(clauses)
    return text[0].upper() + text[1:] + "."


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "menus", "menus and notices", "menus, notices and appeals"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def ranges(runs: Iterable[tuple[int, int]]) -> str:
    """Numbers from a first to a last, both included: "3", "3–5, 9"."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
