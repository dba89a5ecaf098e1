"""The named rules: phrases and patterns that mark a line as boilerplate, read from the TOML files in rules/.

A rule reads one line alone; position and context are judged elsewhere. docs/rules.md says how a rule is written. Every
line is first *folded* (stemma/clean/lines/folding.py), so a rule is written in plain lower case.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, reduce
from importlib.resources import files
from operator import or_
from typing import Any, Final, NamedTuple

from stemma.clean.lines.folding import fold_all, plain, words, words_all
from stemma.problems import nearest
from stemma.records import Label

FILES: Final = ("notice", "appeal", "credit", "tags", "comment", "share", "related", "navigation", "meta")
"""The rule files in the order they are tried. A file is named by the label its rules give."""

LANGUAGES: Final = tuple(
    "en de fr es it pt nl ru ar zh ja cs pl tr th hi ko el vi sv id fa he uk ro my".split()  # noqa: SIM905
)
"""The languages the rules are written for; ``*`` marks a rule that belongs to none."""

MAX_LENGTH: Final = 3000
"""Characters: no rule reads a longer line."""

PHRASE_LENGTH: Final = 120
"""Characters: the longest line for phrases, runs, and patterns that state no ``longest``; cues lie within them."""

_BREAK: Final = re.compile(r"^\s+|\n\s*")
_LITERALLY: Final = re.compile("[©→»›\u0900-\u0eff\u3040-\u9fff\uac00-\ud7af]")
"""A cue that holds one of these is searched for as it is, in scripts where a word is not a run of letters."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: it fits a folded line that is one of ``phrases``, a run of ``run``, or fits ``pattern`` at its start.

    ``cues``: a line without any of them is not compared with the pattern. ``opens``: what follows the line belongs to
    the same label. ``certain``: outranks the line model; otherwise the rule is a hint. ``capital``: a line that begins
    with a small letter, as the second half of a wrapped sentence does, is left alone. ``longest``: in characters.
    ``begins``: instead of cues, the words the line can begin with; those of a run are added. ``ends``: the last words
    of the phrases of a run.
    """

    id: str
    label: Label
    languages: tuple[str, ...]
    phrases: tuple[str, ...]
    run: re.Pattern[str] | None
    pattern: re.Pattern[str] | None
    cues: tuple[str, ...]
    drops: tuple[str, ...]
    keeps: tuple[str, ...]
    opens: bool = False
    certain: bool = True
    capital: bool = False
    longest: int = PHRASE_LENGTH
    begins: tuple[str, ...] = ()
    ends: frozenset[str] = frozenset()


FIELDS: Final = frozenset(field.name for field in fields(Rule)) - {"label", "ends"} | {"fill"}
"""What a rule file may say of a rule. Its label is the name of the file; ``fill`` becomes part of ``run``."""


class Rulebook:
    """All rules, indexed so that a line is compared only with the few rules one of whose cues it holds."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        """Take the rules in file order; certain ones go before hints."""
        self.rules = rules
        self._ranked = tuple(sorted(rules, key=lambda rule: not rule.certain))
        self._tests = [_Test.of(rule) for rule in self._ranked]
        self._phrases: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        self._cues: dict[str, int] = {}
        self._openings: dict[str, int] = {}
        for rank, rule in enumerate(self._ranked):
            for phrase in rule.phrases:
                self._phrases.setdefault(phrase, rank)
                opening = phrase.split(" ")[0]
                self._openings[opening] = max(phrase.count(" ") + 1, self._openings.get(opening, 0))
            for known, openers in ((self._heads, rule.begins), (self._cues, rule.cues)):
                for word in openers:
                    known[word] = known.get(word, 0) | 1 << rank
        self._openings |= dict.fromkeys(self._heads, MAX_LENGTH)
        self._cue_words = frozenset(self._cues)
        self._literals = _literals(self._cues)
        self._literal = re.compile("|".join(map(re.escape, self._literals)) or r"(?!)")
        self._long = [(bound, _reading(self._ranked, bound)) for bound in sorted({rule.longest for rule in rules})]

    def match(self, line: str) -> Rule | None:
        """The first certain rule that fits the line, else the first hint, else None."""
        return None if len(line) > MAX_LENGTH else self.match_all([line.replace("\n", " ")])[0]

    def match_all(self, lines: Sequence[str], own: Mapping[str, Rule] | None = None) -> list[Rule | None]:
        """The rule of each line, as :meth:`match` gives it; one of ``own``, rules by folded lines, goes before it."""
        distinct = list(dict.fromkeys(lines))
        if not distinct:
            return []
        folded = fold_all(distinct if own else [line if len(line) <= MAX_LENGTH else "" for line in distinct])
        tokens = words_all([line[:PHRASE_LENGTH] for line in folded])
        found = list(map(self._match, distinct, folded, tokens))
        if own:
            found = [own.get(line) or rule for line, rule in zip(folded, found, strict=True)]
        rules = dict(zip(distinct, found, strict=True))
        return [rules[line] for line in lines]

    def _match(self, line: str, folded: str, tokens: list[str]) -> Rule | None:
        """The first rule that fits a line. Most lines hold no cue and do not begin as a phrase or rule does."""
        ranks = 0
        cued = not self._cue_words.isdisjoint(tokens)
        if cued or not folded.isascii():
            ranks = self._candidates(folded, tokens, cued=cued)
        elif tokens and len(tokens) <= self._openings.get(tokens[0], 0):
            ranks = self._heads.get(tokens[0], 0)
        else:
            return None
        size = len(folded)
        key = "" if size > PHRASE_LENGTH or (len(tokens) < 3 and _ends_a_sentence(folded)) else " ".join(tokens)
        best = self._phrases.get(key, len(self._ranked))
        if len(line) > MAX_LENGTH:
            return None
        if size > PHRASE_LENGTH:
            ranks &= next((reading for bound, reading in self._long if bound >= size), 0)
        while ranks:
            rank = (ranks & -ranks).bit_length() - 1
            if rank >= best:
                break
            ranks &= ranks - 1
            run, ends, match, longest, capital = self._tests[rank]
            fits = (key and run and tokens[-1] in ends and run(key)) or (match and size <= longest and match(folded))
            if fits and not (capital and _begins_small(line)):
                return self._ranked[rank]
        return self._ranked[best] if best < len(self._ranked) else None

    def _candidates(self, folded: str, tokens: list[str], *, cued: bool) -> int:
        """The ranks of the rules one of whose cues occurs in the line's opening, a bit each; the first is lowest."""
        ranks = self._heads.get(tokens[0], 0) if tokens else 0
        if cued:
            for token in tokens:
                ranks |= self._cues.get(token, 0)
        if _LITERALLY.search(folded, 0, PHRASE_LENGTH):
            for cue in self._literal.findall(folded, 0, PHRASE_LENGTH):
                ranks |= self._literals[cue]
        return ranks


class _Test(NamedTuple):
    """How a rule is compared with a line: its run with the line's words, its pattern with the line if not too long."""

    run: Callable[[str], object] | None
    ends: frozenset[str]
    match: Callable[[str], object] | None
    longest: int
    capital: bool

    @classmethod
    def of(cls, rule: Rule) -> _Test:
        run, pattern = rule.run, rule.pattern
        return cls(run and run.fullmatch, rule.ends, pattern and pattern.match, rule.longest, rule.capital)


def _reading(rules: Sequence[Rule], size: int) -> int:
    """The ranks of the rules whose patterns read lines of so many characters, a bit each."""
    return sum(1 << rank for rank, rule in enumerate(rules) if rule.longest >= size)


def _literals(cues: Mapping[str, int]) -> dict[str, int]:
    """The cues that are looked for as they stand, not as words: longest first, with the ranks of those inside them."""
    plain = sorted((cue for cue in cues if _LITERALLY.search(cue)), key=lambda cue: (-len(cue), cue))
    return {cue: reduce(or_, (cues[inner] for inner in plain if inner in cue)) for cue in plain}


def _ends_a_sentence(folded: str) -> bool:
    """Whether a line of a word or two is the end of a wrapped sentence rather than a button: it ends in a stop."""
    return folded.endswith((".", ",", ";", '."', ".)")) and not folded.endswith("..")


def _begins_small(line: str) -> bool:
    return next((letter for letter in line if letter.isalpha()), "").islower()


@cache
def rulebook() -> Rulebook:
    """The rules of the package, read once. A rule file that breaks a rule of writing raises ValueError: it is a bug."""
    return Rulebook(tuple(rule for name in FILES for rule in _read(name)))


def _read(name: str) -> Iterator[Rule]:
    text = files("stemma.clean.labels").joinpath("rules", f"{name}.toml").read_text(encoding="utf-8")
    for table in tomllib.loads(text)["rule"]:
        yield parse(table, Label(name))


def parse(table: Mapping[str, Any], label: Label) -> Rule:
    """One table of a rule file -> Rule. Raises ValueError naming the rule and what is wrong with it."""
    name = str(table.get("id", "a rule without id"))
    for key in table:
        if key not in FIELDS:
            raise ValueError(f"{name}: unknown field {key!r}. {nearest(key, FIELDS)}")
    rule = _build(table, label, name)
    for wrong in _faults(rule):
        raise ValueError(f"{name}: {wrong}")
    return rule


def _build(table: Mapping[str, Any], label: Label, name: str) -> Rule:
    run, fill = _keys(table.get("run", ())), _keys(table.get("fill", ()))
    pattern = _BREAK.sub("", str(table.get("pattern", "")))
    try:
        compiled = re.compile(pattern) if pattern else None
    except re.error as error:
        raise ValueError(f"{name}: the pattern is no regular expression: {error}") from error
    return Rule(
        id=name,
        label=label,
        languages=tuple(table.get("languages", ())),
        phrases=_keys(table.get("phrases", ())),
        run=_run(run, fill) if run else None,
        pattern=compiled,
        cues=tuple(table.get("cues", ())),
        drops=tuple(table.get("drops", ())),
        keeps=tuple(table.get("keeps", ())),
        opens=table.get("opens", False),
        certain=table.get("certain", True),
        capital=table.get("capital", False),
        longest=table.get("longest", PHRASE_LENGTH),
        begins=tuple(sorted({phrase.split(" ")[0] for phrase in run} | set(table.get("begins", ())))),
        ends=frozenset(phrase.split(" ")[-1] for phrase in (*run, *fill)),
    )


def _keys(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(words(plain(phrase).casefold())) for phrase in phrases)


def _run(phrases: tuple[str, ...], fill: tuple[str, ...]) -> re.Pattern[str]:
    """One of the phrases, then any number of phrases and fill words, and nothing else.

    Longest first and atomic: no phrase is ever read in two ways, so the time is linear.
    """
    return re.compile(f"{_any(phrases)}{_any((*phrases, *fill))}*+")


def _any(phrases: tuple[str, ...]) -> str:
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return rf"(?>(?>{'|'.join(map(re.escape, longest_first))})(?: |$))"


def _faults(rule: Rule) -> Iterator[str]:
    if not re.fullmatch(rf"{rule.label}(\.[a-z]+)+", rule.id):
        yield f"the id must be small words joined by dots and begin with {rule.label!r}."
    if not rule.phrases and not rule.run and not rule.pattern:
        yield "it states no phrases, run or pattern."
    if rule.pattern and not (rule.cues or rule.begins):
        yield "a pattern needs cues, or the words it begins with."
    if not rule.drops or not rule.keeps:
        yield "it needs at least one example it drops and one it keeps."
    if not rule.languages or set(rule.languages) - {*LANGUAGES, "*"}:
        yield f"languages must be some of {', '.join(LANGUAGES)} or '*'."
    if not all((*rule.phrases, *rule.cues, *rule.begins)):
        yield "a phrase or cue has no letter in it."
    if any(plain(cue).casefold() != cue for cue in (*rule.cues, *rule.begins)):
        yield "cues are written folded, in small letters."
    if not 1 <= rule.longest <= MAX_LENGTH:
        yield f"longest must lie between 1 and {MAX_LENGTH}."
