"""Numbers as sentences need them: shares in per cent, never rounded up to all or down to none; lists, runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stemma.publish.wording.translation import ENGLISH, Translation


def count(number: int, one: str, many: str = "") -> str:
    """A number up to ten in words and its noun, for the terminal: "no words", "one word", "ten words"."""
    return ENGLISH.count(number, f"%(num)s {one}", f"%(num)s {many or one + 's'}")


def figures(number: int, one: str, many: str = "") -> str:
    """The same in figures: "1 line", "1,204 lines"."""
    return ENGLISH.figures(number, f"%(num)s {one}", f"%(num)s {many or one + 's'}")


def per_cent(share: float, tr: Translation) -> str:
    """A share from 0 to 1 in per cent: "100%" only for all, "0%" only for none, "under 1%" below half a per cent."""
    if 0 < share < 0.005:
        return tr.gettext("under\u00a01%%")
    whole = 100 if share >= 1 else 0 if share <= 0 else min(round(share * 100), 99)
    return tr.gettext("%(num)s%%", num=whole)


def sentence(clauses: Sequence[str], tr: Translation) -> str:
    """Clauses as one sentence: commas between them, a capital first, a full stop last; empty for none."""
    return capital(tr.gettext("%(clauses)s.", clauses=tr.gettext(", ").join(clauses))) if clauses else ""


def capital(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str], tr: Translation) -> str:
    """Names in a sentence: "menus", "menus and notices", "menus, notices and appeals"."""
    if len(names) < 2:
        return "".join(names)
    return tr.gettext("%(first)s and %(last)s", first=tr.gettext(", ").join(names[:-1]), last=names[-1])


def ranges(runs: Iterable[tuple[int, int]], tr: Translation) -> str:
    """Numbers from a first to a last, both included: "3", "3–5, 9"."""
    return tr.gettext(", ").join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
