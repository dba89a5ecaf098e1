"""Words and their folding: one table, in the program and on the search page."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stemma.text import CHARACTERS, FOLDING, WORD, fold, fold_all, words_of

SAME = [
    ("Straße", "STRASSE"), ("Æther", "aether"), ("œuvre", "OEUVRE"), ("ŁÓDŹ", "lodz"), ("Søren", "soren"),
    ("Đuro", "duro"), ("ısı", "ISI"), ("İzmir", "izmir"), ("ΟΔΟΣ", "οδός"), ("ﬁnal", "final"), ("ＦＭ１", "fm1"),
    ("école", "e\u0301cole"), ("m²", "m2"), ("٢٠١٧", "2017"), ("२०१७", "2017"), ("کتاب", "كتاب"), ("على", "علي"),
    ("أمر", "امر"), ("مدرسة", "مدرسه"), ("مُدَرِّس", "مدرس"), ("كـتـاب", "كتاب"), ("שָׁלוֹם", "שלום"),
    ("می\u200cرود", "میرود"), ("co\u00adoperate", "cooperate"), ("ｶﾞ", "ガ"), ("か\u3099", "が"), ("क\u093c", "क़"),
    ("\u1112\u1161\u11ab", "한"), ("ко\u0306т", "кот"), ("Þórður", "thordur"),
]  # fmt: skip
DIFFERENT = [("कि", "का"), ("कम", "काम"), ("ปี", "ปา"), ("½", "12"), ("か", "が"), ("cote", "coter")]
SPLIT = [
    ("l’écluse—ouverte", ["l", "écluse", "ouverte"]),
    ("e\u0301cole \u0301x", ["e\u0301cole", "x"]),
    ("शनिवार को ग्राम", ["शनिवार", "को", "ग्राम"]),
    ("مُدَرِّس كـتـاب ـ", ["مُدَرِّس", "كـتـاب"]),
    ("Hawaiʻi пʼять", ["Hawai", "i", "п", "ять"]),
    ("水門は古い", ["水", "門", "は", "古", "い"]),
    ("น้ำขึ้นปี๒๕๖๐", ["น้ำ", "ขึ้", "น", "ปี", "๒๕๖๐"]),
    ("ខ្មែរ", ["ខ្មែ", "រ"]),
    ("a\u200bb a\u200b b", ["a\u200bb", "a\u200b", "b"]),
]
LETTERS = (
    "aZßİıÅé\u0301\u0345ﬁ水々がｱﾞ한\u1112\u1161_9٣…—’\n\u00ad\u200b𠀀𝐀😀ŉΣςकि"
    "\u094d\u093c\u17d2ក\u0e01\u0e33\u0e31\u3099か½ﷺمـ\u064eæøी"
)
TEXTS = st.text(st.one_of(st.sampled_from(LETTERS), st.characters(exclude_categories=("Cs", "Cn"))), max_size=40)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_the_same_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert [len(words_of(text)) for text in (one, other)] == [1, 1]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_are_two_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("text", "words"), SPLIT)
def test_what_a_word_is(text: str, words: list[str]) -> None:
    assert words_of(text) == words == WORD.findall(text)


@given(TEXTS)
@example("\u3040 and \u3097: no letters yet, between those that are")
def test_words_folded_together_are_as_folded_alone(text: str) -> None:
    words = words_of(text)
    assert words == WORD.findall(text)
    assert fold_all(words) == [fold(word) for word in words]


@given(TEXTS)
def test_composed_and_decomposed_text_has_the_same_words(text: str) -> None:
    ways = [words_of(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")]
    assert fold_all(ways[0]) == fold_all(ways[1])


def test_every_combining_mark_continues_a_word() -> None:
    marks = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] == "M"]
    assert [mark for mark in marks if not CHARACTERS.mark(ord(mark))] == []
    assert all(WORD.fullmatch("a" + mark) for mark in marks)
    assert {chr(code) for code in range(0x110000) if CHARACTERS.mark(code) and chr(code).isalnum()} == set("ـำຳﾞﾟ")


def test_a_letter_with_very_many_marks_is_read_in_linear_work() -> None:
    marks = "".join(random.Random(3).choices("\u0301\u0323\u093c\u3099", k=200_000))
    assert fold("a" + marks) == fold("a" + marks + "\u0301")  # a quadratic way would take hours


NODE = shutil.which("node")
SCRIPT = """
import { readFileSync } from "node:fs";
const { folding } = await import(process.argv[1]);
const [table, texts] = JSON.parse(readFileSync(0, "utf8"));
const { words, fold } = folding(table);
console.log(JSON.stringify(texts.map((text) => words(text).map((word) => [word, fold(word)]))));
"""


@pytest.mark.skipif(NODE is None, reason="no node: the search page's folding is not compared with the program's")
def test_the_search_page_folds_as_the_program_does() -> None:
    chance = random.Random(7)
    assigned = [chr(code) for code in range(0x20, 0x2FA20) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}]
    texts = [text for pair in SAME + DIFFERENT for text in pair] + [text for text, _ in SPLIT]
    texts += ["".join(chance.choices(LETTERS, k=12)) for _ in range(2000)]
    texts += ["".join(chance.choices(assigned, k=20)) for _ in range(2000)] + ["a" + "\u0301\u093c" * 100]
    page = Path(__file__).resolve().parent.parent / "templates" / "static" / "folding.js"
    ran = subprocess.run(
        [str(NODE), "--input-type=module", "-e", SCRIPT, page.as_uri()],
        input=json.dumps([FOLDING, texts]), capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    expected = [[[word, fold(word)] for word in words_of(text)] for text in texts]
    found = json.loads(ran.stdout)
    assert [(text, one) for text, one, two in zip(texts, found, expected, strict=True) if one != two] == []
