"""The named rules: phrases and forms that mark a line as furniture, read from the TOML files beside this module.

A rule looks at one line and at nothing else; position and context are judged elsewhere. docs/rules.md says how a rule
is written. Every line is first *folded* (see :func:`fold`), so a rule is written in plain small letters.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Final

from stemma.clean.links import visible
from stemma.nouns import Label
from stemma.problems import nearest

FILES: Final = ("notice", "appeal", "credit", "tags", "comment", "share", "related", "navigation", "meta")
"""The rule files in the order they are tried. A file is named by the label its rules give."""

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "zh", "ja")
"""The languages the rules are written for; ``*`` marks a rule that belongs to none."""

LONGEST: Final = 3000
"""No rule looks at a line longer than this."""

PHRASE: Final = 120
"""How long a line may be for a rule that does not say, and for phrases and runs; cues stand in so many characters."""

_LEAD: Final = re.compile(r"(?:o (?=\S)|[\s*•·▪◦‣■□●○–—−\-+#>»›→←◄►▶|│┃║═─✓❏]+)+")
_QUOTES: Final = tuple(zip("’‘′‚‛“”„″‟", "'" * 5 + '"' * 5, strict=True))
_BREAK: Final = re.compile(r"^\s+|\n\s*")
_DIGIT: Final = re.compile("[0-9]")
_NUMBER: Final = re.compile(r"[0-9][0-9.,:]*(?:[km]\b)?")
_TOKEN: Final = re.compile(r"[^\W\d_]+|#")
_ASCII_GAPS: Final = {code: " " for code in range(128) if not chr(code).isalpha() and chr(code) != "#"}
_LITERALLY: Final = re.compile("[©→»›\u3040-\u9fff]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: it fits a folded line that is one of ``phrases``, a run of ``run``, or fits ``pattern`` at its start.

    ``cues``: a line without any of them is not compared with the pattern. ``opens``: what follows the line belongs to
    the same label. ``certain``: outranks the line model; otherwise the rule is a hint. ``capital``: a line that begins
    with a small letter, as the second half of a wrapped sentence does, is left alone. ``longest``: in characters.
    ``begins``: instead of cues, the words the line can begin with; those of a run are added.
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
    longest: int = PHRASE
    begins: tuple[str, ...] = ()


FIELDS: Final = frozenset(field.name for field in fields(Rule)) - {"label"} | {"fill"}
"""What a rule file may say of a rule. Its label is the name of the file; ``fill`` becomes part of ``run``."""


def fold(line: str) -> str:
    """A line as rules see it: links and emphasis reduced to their text, bullets and frames gone, in small letters.

    Spaces are collapsed, quotation marks straight, full-width forms plain. Linear in the length of the line.
    """
    line = " ".join(_plain(visible(line)).split())
    if "**" in line or "__" in line:
        line = line.replace("**", "").replace("__", "")
    lead = _LEAD.match(line)
    if lead:
        line = line[lead.end() :]
    return line.rstrip(" *_|│┃║").casefold()


def _plain(text: str) -> str:
    """Straight quotation marks, and full-width forms and ligatures as their plain equals."""
    if text.isascii():
        return text
    for curly, straight in _QUOTES:
        text = text.replace(curly, straight)
    return unicodedata.normalize("NFKC", text)


def words(folded: str) -> list[str]:
    """The words of a folded line; every number, and every count such as 1.2k, is ``#``."""
    if _DIGIT.search(folded):
        folded = _NUMBER.sub(" # ", folded)
    return folded.translate(_ASCII_GAPS).split() if folded.isascii() else _TOKEN.findall(folded)


class Rulebook:
    """All rules, indexed so that a line is compared only with the few rules one of whose cues it holds."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        """Take the rules in file order; certain ones go before hints."""
        self.rules = rules
        self._ranked = tuple(sorted(rules, key=lambda rule: not rule.certain))
        self._phrases: dict[str, int] = {}
        self._heads: dict[str, list[int]] = {}
        self._cues: dict[str, list[int]] = {}
        for rank, rule in enumerate(self._ranked):
            for phrase in rule.phrases:
                self._phrases.setdefault(phrase, rank)
            for head in rule.begins:
                self._heads.setdefault(head, []).append(rank)
            for cue in rule.cues:
                self._cues.setdefault(cue, []).append(rank)
        self._literals = _literals(self._cues)
        self._literal = re.compile("|".join(map(re.escape, self._literals)) or r"(?!)")

    def match(self, line: str) -> Rule | None:
        """The first certain rule that fits the line, else the first hint, else None."""
        if len(line) > LONGEST:
            return None
        folded = fold(line)
        tokens = words(folded[:PHRASE])
        key = "" if len(folded) > PHRASE or _ends_a_sentence(folded, tokens) else " ".join(tokens)
        best = self._phrases.get(key, len(self._ranked))
        for rank in self._candidates(folded, tokens):
            if rank >= best:
                break
            rule = self._ranked[rank]
            if _fits(rule, folded, key) and not (rule.capital and _begins_small(line)):
                return rule
        return self._ranked[best] if best < len(self._ranked) else None

    def _candidates(self, folded: str, tokens: list[str]) -> list[int]:
        """The ranks of the rules one of whose cues stands in the line's opening, in order."""
        cues = self._cues
        found = [rank for token in tokens if token in cues for rank in cues[token]]
        if tokens and tokens[0] in self._heads:
            found += self._heads[tokens[0]]
        if not folded.isascii() and _LITERALLY.search(folded, 0, PHRASE):
            found += [rank for cue in self._literal.findall(folded, 0, PHRASE) for rank in self._literals[cue]]
        return sorted(set(found)) if found else found


def _literals(cues: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """The cues that are looked for as they stand, not as words: longest first, with the ranks of those inside them."""
    plain = sorted((cue for cue in cues if _LITERALLY.search(cue)), key=lambda cue: (-len(cue), cue))
    return {cue: [rank for inner in plain if inner in cue for rank in cues[inner]] for cue in plain}


def _fits(rule: Rule, folded: str, key: str) -> bool:
    if key and rule.run and rule.run.fullmatch(key):
        return True
    return bool(rule.pattern and len(folded) <= rule.longest and rule.pattern.match(folded))


def _ends_a_sentence(folded: str, tokens: list[str]) -> bool:
    """Whether the line is the last word or two of a wrapped sentence rather than a button: it ends in a stop."""
    return len(tokens) < 3 and folded.endswith((".", ",", ";", '."', ".)")) and not folded.endswith("..")


def _begins_small(line: str) -> bool:
    return next((letter for letter in line if letter.isalpha()), "").islower()


@cache
def rulebook() -> Rulebook:
    """The rules of the package, read once. A rule file that breaks a rule of writing raises ValueError: it is a bug."""
    return Rulebook(tuple(rule for name in FILES for rule in _read(name)))


def _read(name: str) -> Iterator[Rule]:
    text = files("stemma.clean").joinpath("rules", f"{name}.toml").read_text(encoding="utf-8")
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
    run = _keys(table.get("run", ()))
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
        run=_run(run, _keys(table.get("fill", ()))) if run else None,
        pattern=compiled,
        cues=tuple(table.get("cues", ())),
        drops=tuple(table.get("drops", ())),
        keeps=tuple(table.get("keeps", ())),
        opens=table.get("opens", False),
        certain=table.get("certain", True),
        capital=table.get("capital", False),
        longest=table.get("longest", PHRASE),
        begins=tuple(sorted({phrase.split(" ")[0] for phrase in run} | set(table.get("begins", ())))),
    )


def _keys(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(words(_plain(phrase).casefold())) for phrase in phrases)


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
    if any(_plain(cue).casefold() != cue for cue in (*rule.cues, *rule.begins)):
        yield "cues are written folded, in small letters."
    if not 1 <= rule.longest <= LONGEST:
        yield f"longest must lie between 1 and {LONGEST}."
