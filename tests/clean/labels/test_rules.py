"""The named rules: every rule's own examples, and the book as a whole."""

from __future__ import annotations

import os
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.labels.rules import FIELDS, FILES, LANGUAGES, MAX_LENGTH, Rule, Rulebook, parse, rulebook
from stemma.clean.lines.folding import fold, words
from stemma.records import Label

BOOK = rulebook()
SEEDS = os.environ.get("STEMMA_SEEDS")


def named(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", BOOK.rules, ids=named)
def test_a_rule_drops_and_keeps_what_it_says(rule: Rule) -> None:
    alone = Rulebook((rule,))
    assert [line for line in rule.drops if not alone.match(line)] == []
    assert [line for line in rule.keeps if alone.match(line)] == []


@pytest.mark.parametrize("rule", BOOK.rules, ids=named)
def test_in_the_whole_book_examples_keep_their_label(rule: Rule) -> None:
    for line in rule.drops:
        hit = BOOK.match(line)
        assert hit is not None
        assert hit.label is rule.label, f"{line!r} is taken by {hit.id}"
    for line in rule.keeps:
        taken = BOOK.match(line)
        assert taken is None or not taken.certain, f"{line!r} is taken by {taken and taken.id}"


def test_ids_are_unique_and_follow_the_file_order() -> None:
    ids = [rule.id for rule in BOOK.rules]
    assert len(set(ids)) == len(ids)
    assert all(FILES.index(a.label) <= FILES.index(b.label) for a, b in pairwise(BOOK.rules))


def test_every_language_has_rules_of_every_common_label() -> None:
    for language in LANGUAGES:
        labels = {rule.label for rule in BOOK.rules if language in rule.languages}
        assert {Label.APPEAL, Label.COMMENT, Label.NAVIGATION, Label.RELATED} <= labels, language


def test_typical_lines_of_every_language() -> None:
    table = Path(__file__).with_name("typical_lines.txt").read_text(encoding="utf-8")
    wrong = []
    for row in table.split("\n"):
        expected, bar, line = row.partition(" | ")
        if bar:
            language, label = expected.split()
            hit = BOOK.match(line)
            fits = (hit is None or not hit.certain) if label == "body" else (hit is not None and hit.label == label)
            wrong += [] if fits else [(language, line, hit and hit.id)]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("   * [Share this](#):  ", "share this:"),
        ("**Read more**", "read more"),
        ("## “Comments”", '"comments"'),
        ("> By [Ada  Brook](https://mill.example/a)", "by ada brook"),
        ("│ Home │ News │", "home │ news"),
        ("        o Contact us", "contact us"),
        ("O rio subiu", "o rio subiu"),
        ("タグ：港", "タグ:港"),
        ("", ""),
    ],
)
def test_fold(line: str, folded: str) -> None:
    assert fold(line) == folded


def test_words_read_counts_as_a_sign() -> None:
    assert words("share (1.2k) 30 facebook") == ["share", "#", "#", "facebook"]


def test_every_field_is_documented() -> None:
    page = Path(__file__).parents[3].joinpath("docs/rules.md").read_text(encoding="utf-8")
    documented = {line.split("`")[1] for line in page.split("\n") if line.startswith("| `")}
    assert documented == set(FIELDS)


def test_a_hint_never_hides_a_certain_rule() -> None:
    hint = parse({**EXAMPLE, "id": "share.hint", "certain": False}, Label.SHARE)
    sure = parse({**EXAMPLE, "id": "share.sure"}, Label.SHARE)
    assert Rulebook((hint, sure)).match("Pass it on") is sure


EXAMPLE = {"languages": ["en"], "phrases": ["pass it on"], "drops": ["Pass it on"], "keeps": ["Pass it on a plate"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "share.x", "phrase": ["x"]}, "Did you mean 'phrases'"),
        ({"id": "appeal.x"}, "begin with"),
        ({"id": "share.x", "phrases": []}, "no phrases, run or pattern"),
        ({"id": "share.x", "pattern": "pass"}, "needs cues"),
        ({"id": "share.x", "pattern": "(", "cues": ["pass"]}, "no regular expression"),
        ({"id": "share.x", "keeps": []}, "one it keeps"),
        ({"id": "share.x", "languages": ["xx"]}, "languages must be"),
        ({"id": "share.x", "cues": ["Pass"]}, "written folded"),
        ({"id": "share.x", "phrases": ["—"]}, "no letter"),
        ({"id": "share.x", "longest": 9999}, "longest must lie"),
    ],
)
def test_a_badly_written_rule_is_refused_by_name(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(EXAMPLE | change, Label.SHARE)


@given(st.text(max_size=400))
def test_any_line_can_be_matched_and_folding_settles(line: str) -> None:
    BOOK.match(line)
    assert "  " not in fold(line).strip()


LAMP = "abcdefghij "


@pytest.mark.parametrize(
    "line",
    [
        "[" * 60_000,
        "[a](" * 15_000,
        "* " * 30_000,
        "share " * 499,
        "facebook twitter " * 7 + "x",
        "please donate " * 214,
        "cookies we use " * 199,
        "by " * 999,
        "#" * 2999,
        "1." * 1499,
        " - march 3, 2015" * 187,
        "copyright " * 299,
        "标签" * 1499,
        LAMP * 2_000_000,
    ],
    ids=lambda line: line[:12],
)
@pytest.mark.timeout(60)
def test_no_line_takes_long(line: str) -> None:
    """A pattern that backtracks would take hours, here a few milliseconds are usual."""
    hit = BOOK.match(line)
    assert hit is None or len(line) <= MAX_LENGTH


def test_longer_lines_are_left_alone() -> None:
    assert BOOK.match("Share this") is not None
    assert BOOK.match("Share this" + " " * MAX_LENGTH) is None


@pytest.mark.skipif(not SEEDS, reason="STEMMA_SEEDS is unset: the seed pages are not part of the project")
def test_rules_label_the_seeds_as_a_careful_reader_does() -> None:
    folder = Path(SEEDS or "")
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    wrong = []
    for name, labels in expected["labels"].items():
        lines = (folder / name).read_text(encoding="utf-8").split("\n")
        wanted = {number: label.split("|") for label, numbers in labels.items() for number in numbers}
        for number, line in enumerate(lines, start=1):
            hit = BOOK.match(line)
            if hit and hit.certain and hit.label not in wanted.get(number, ["body"]):
                wrong.append((name, number, hit.id, wanted.get(number, ["body"])))
    assert wrong == []
