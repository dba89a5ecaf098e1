"""Two texts word by word: what a person should see, and the witness given back sign for sign."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stemma.records import Passage, Variant, VariantType
from stemma.relate.collate.collation import collate
from stemma.relate.collate.shared_region import collate_part
from stemma.relate.collate.tokenized import tokenize


def applied(base: str, witness: str, variants: tuple[Variant, ...]) -> str:
    """The base with every variant put in."""
    out, at = [], 0
    for variant in variants:
        assert at <= variant.base_start <= variant.base_end
        out += [base[at : variant.base_start], witness[variant.witness_start : variant.witness_end]]
        at = variant.base_end
    return "".join([*out, base[at:]])


def shown(base: str, witness: str) -> list[tuple[str, str, str]]:
    """VariantType, lemma and reading of each variant."""
    variants = collate(base, witness)
    assert applied(base, witness, variants) == witness
    return [
        (
            variant.type.value + (" moved" if variant.moved else ""),
            base[variant.base_start : variant.base_end],
            witness[variant.witness_start : variant.witness_end],
        )
        for variant in variants
    ]


GOLDEN = [
    ("The tide came in.", "The tide came in.", []),
    ("The tide came in.", "The  tide came in.\n", [("spacing", "", " "), ("spacing", "", "\n")]),
    ("The tide came in.", "The high tide came in.", [("substantive", "", "high ")]),
    ("The high tide came in.", "The tide came in.", [("substantive", "high ", "")]),
    ("The boat, leaking, sank.", "The boat sank.", [("substantive", ", leaking,", "")]),
    ("She said “no” and left…", 'She said "no" and left...', [
        ("typographic", "“", '"'), ("typographic", "”", '"'), ("typographic", "…", "..."),
    ]),
    ("The harbour was grey.", "The harbor was gray.", [
        ("spelling", "harbour", "harbor"), ("spelling", "grey", "gray"),
    ]),
    ("It saw teh ferry.", "It saw the ferry.", [("spelling", "teh", "the")]),
    ("He was “ful,” he said", 'He was "full," he said', [
        ("typographic", "“", '"'), ("spelling", "ful", "full"), ("typographic", "”", '"'),
    ]),
    ("It was not so.", "It was now so.", [("substantive", "not", "now")]),
    ("The fery left at nine.", "The ferry left at nine.", [("spelling", "fery", "ferry")]),
    ("a café by the quay", "a cafe by the quay", [("spelling", "café", "cafe")]),
    ("the Council met", "the council met", [("spelling", "Council", "council")]),
    ("the lock-keeper slept", "the lock keeper slept", [("spelling", "-", " ")]),
    ("the lock-keeper slept", "the lockkeeper slept", [("spelling", "lock-keeper", "lockkeeper")]),
    ("one boat sank", "one boats sank", [("substantive", "boat", "boats")]),
    ("in 1907 it burned", "in 1908 it burned", [("substantive", "1907", "1908")]),
    ("up by 5% since", "up by 5 since", [("substantive", "%", "")]),
    ("It burned. All was lost.", "It burned! All was lost.", [("substantive", ".", "!")]),
    ("It burned, and all was lost.", "It burned and all was lost.", [("typographic", ",", "")]),
    ("The old mill by the weir burned.", "The new barn at the weir burned.", [
        ("substantive", "old mill by", "new barn at"),
    ]),
    ("First here.\n\nSecond here.\n\nThird here.", "First here.\n\nThird here.", [
        ("substantive", "Second here.\n\n", ""),
    ]),
    ("First here.", "First here.\n\nSecond here.\n\nThird here.", [
        ("substantive", "", "\n\nSecond here."), ("substantive", "", "\n\nThird here."),
    ]),
    ("It rained. The wheel stood.\n\nWe left.", "It rained. All slept.\n\nA new day came.\n\nWe left.", [
        ("substantive", "The wheel stood", "All slept.\n\n"), ("substantive", "", "A new day came"),
    ]),
    ("", "All new.", [("substantive", "", "All new.")]),
    ("", "", []),
    ("…", "...", [("typographic", "…", "...")]),
    ("the former mayor resigned", "the mayor of Thornley stood down", [
        ("substantive", "former ", ""), ("substantive", "resigned", "of Thornley stood down"),
    ]),
    ("शनिवार को बैठक", "सोमवार को बैठक", [("substantive", "शनिवार", "सोमवार")]),
    ("aged 3.5 at most", "aged 35 at most", [("substantive", "3.5", "35")]),
    ("it fell to -7 then", "it fell to 7 then", [("substantive", "-", "")]),
    ("they won 4–1 at home", "they won 41 at home", [("substantive", "4–1", "41")]),
    ("they won 4–1 at home", "they won 4-1 at home", [("typographic", "–", "-")]),
    ("about 10³ eels", "about 103 eels", [("substantive", "10³", "103")]),
    ("about 5,400 eels", "about 5.400 eels", [("spelling", ",", ".")]),
    ("about 5 400 eels", "about 5400 eels", [("spelling", "5 400", "5400")]),
    ("for 1 2 or 3", "for 12 or 3", [("substantive", "1 2", "12")]),
    ("e\u0301te\u0301 long", "été long", [("typographic", "e\u0301te\u0301", "été")]),
    ("the encyclopædia", "the encyclopaedia", [("spelling", "encyclopædia", "encyclopaedia")]),
    ("水位上昇した。", "水位下降した。", [("substantive", "上昇", "下降")]),
]  # fmt: skip


@pytest.mark.parametrize(("base", "witness", "expected"), GOLDEN)
def test_what_a_person_should_see(base: str, witness: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(base, witness) == expected


@pytest.mark.parametrize(("one", "other"), [
    ("3'200", "32"), ("3'200.50", "320050"), ("½", "12"), ("½", "¼"), ("1½", "11/2"), ("1½", "12"), ("-.5", ".5"),
    (".5", "5"), ("10⁻⁶", "10⁶"), ("1e-6", "1e6"), ("XIV", "XVI"), ("MMXIV", "MMXVI"), ("10:30", "1030"), ("3:1", "31"),
    ("٣٫٥", "٣٥"), ("٪٥", "٥"), ("๑.๕", "๑๕"), ("१.५", "१५"), ("１．５", "１５"), ("12.3.1898", "1.23.1898"),
    ("$5", "£5"), ("12–14", "1214"), ("5〜7", "57"), ("2.3.1", "23.1"), ("≤5", "<5"), ("4°", "4"),
])  # fmt: skip
def test_other_numbers_differ_in_substance(one: str, other: str) -> None:
    found = shown(f"It gave {one} in all.", f"It gave {other} in all.")
    assert "substantive" in {type_ for type_, _, _ in found}


@pytest.mark.parametrize(("one", "other"), [
    ("3'200.50", "3200.50"), ("3’200", "3 200"), ("1·5", "1.5"), ("½", "1/2"), ("1½", "1 1/2"), ("10⁶", "10^6"),
    ("H₂O", "H2O"), ("3∶1", "3:1"), ("10:30", "10.30"), ("12.3.1898", "12. 3. 1898"), ("12 – 14", "12–14"),
    ("−5", "-5"), ("٣٫٥", "3.5"), ("٣٬٢٠٠", "٣٢٠٠"), ("٥٪", "5%"), ("1,00,000", "100000"), ("5〜7", "5～7"),
    ("3/4", "3⁄4"), ("5'6\"", "5’6”"), ("①", "1"), ("1, 5, 7", "1,5,7"), ("1914/15", "1914-15"),
    ("1 000 000", "1,000,000"),
])  # fmt: skip
def test_one_number_in_two_forms_does_not(one: str, other: str) -> None:
    found = shown(f"It gave {one} in all.", f"It gave {other} in all.")
    assert found
    assert "substantive" not in {type_ for type_, _, _ in found}


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("possible", "impossible", "substantive"), ("million", "billion", "substantive"), ("keine", "eine", "substantive"),
    ("can", "can't", "substantive"), ("is", "isn’t", "substantive"), ("to-day", "today", "spelling"),
    ("aesthetic", "esthetic", "spelling"), ("Þór", "Thor", "spelling"), ("हिन्दी", "हिंदी", "spelling"),
    ("วันนี้", "วันนี", "spelling"), ("on‑line", "on-line", "typographic"), ("嗯？", "嗯?", "typographic"),
])  # fmt: skip
def test_other_words_and_other_spellings(one: str, other: str, expected: str) -> None:
    assert {type_ for type_, _, _ in shown(f"He wrote {one} there.", f"He wrote {other} there.")} == {expected}


def test_a_moved_paragraph_is_moved_and_not_changed() -> None:
    first = "The ferry had been tied up since the storm, and nobody would say when it might sail again."
    second = "Two of the crew slept ashore, at the inn beside the chandler, and paid for their own beds."
    third = "The harbour master wrote to the company each morning and had an answer on one of them, which he kept."
    base, witness = "\n\n".join((first, second, third, third[4:40])), "\n\n".join((first, third, third[4:40], second))
    kinds = {type_ for type_, _, _ in shown(base, witness)}
    assert "substantive moved" in kinds
    for variant in collate(base, witness):
        if variant.moved and variant.base_start < variant.base_end:
            lemma = base[variant.base_start : variant.base_end].strip()
            assert witness[slice(*variant.moved)] in (lemma, lemma.rstrip("."))


def test_a_moved_paragraph_is_read_with_its_counterpart() -> None:
    first = "The ferry had been tied up since the storm, and nobody would say when it might sail again."
    second = "Eleven of the crew slept ashore, at the inn beside the chandler, and paid for their own beds of oak."
    third = "The harbour master wrote to the company each morning and had an answer on one of them, which he kept."
    edited = second.replace("Eleven", "Twelve").replace("the inn", "the old inn").replace("oak", "elm")
    base, witness = "\n\n".join((first, second, third, third[4:40])), "\n\n".join((first, third, third[4:40], edited))
    (moved,) = [one for one in collate(base, witness) if one.moved and one.base_start < one.base_end]
    assert base[moved.base_start : moved.base_end].strip().rstrip(".") == second.rstrip(".")
    assert [(base[c.base_start : c.base_end], witness[c.witness_start : c.witness_end]) for c in moved.changes] == [
        ("Eleven", "Twelve"), ("", "old "), ("oak", "elm"),
    ]  # fmt: skip


@pytest.mark.parametrize(("base", "witness", "expected"), [
    # what is left out begins where a paragraph or a sentence does, not one word later
    ("The mole is lost.\n\nThe slip stands.", "The slip stands.", [("The mole is lost.\n\n", "")]),
    ("It blew. The slip held.", "It blew. The mole broke. The slip held.", [("", "The mole broke. ")]),
    ("I slept.\n\nI woke.\n\nI rose.", "I slept.\n\nI rose.", [("I woke.\n\n", "")]),
    # a number is never cut
    ("a tide of 2.8 m", "a tide of 4.2 m", [("2.8", "4.2")]),
    ("some 3,200 eels", "some 3,100 eels", [("3,200", "3,100")]),
    ("I don't swim", "I won't swim", [("don't", "won't")]),
    ("the mayor’s hat", "the vicar’s hat", [("mayor’s", "vicar’s")]),
    ("l’homme vient", "l’ami vient", [("homme", "ami")]),
    ("at 4:32 sharp", "at 5:41 sharp", [("4:32", "5:41")]),
    # characters that words without spaces share by chance are no words
    ("ประชุมกันในวันอังคารที่ท่าเรือ", "ประชุมกันในวันศุกร์ที่ท่าเรือ", [("อังคาร", "ศุกร์")]),
    ("เขาเห็นแมวดำตัวหนึ่งบนหลังคา", "เขาเห็นหมาขาวสองตัวใต้สะพาน", [("แมวดำตัวหนึ่งบนหลังคา", "หมาขาวสองตัวใต้สะพาน")]),
])  # fmt: skip
def test_where_a_difference_begins_and_ends(base: str, witness: str, expected: list[tuple[str, str]]) -> None:
    assert [(lemma, reading) for _, lemma, reading in shown(base, witness)] == expected


def test_a_moved_sentence_takes_its_last_changed_word_with_it() -> None:
    moved = "The clerk was told that the road was free to all, and had been since the charter of {}."
    first, second = (
        "A letter was read from the owners of the ice house on the quay.",
        ("It was agreed to meet again when the divers had reported, and to ask the county for a loan of half of it."),
    )
    base, witness = (
        f"{first} {moved.format(1611)} {second} All rose.",
        f"{first} {second} {moved.format(1612)} All rose.",
    )
    (away, _) = [variant for variant in collate(base, witness) if variant.moved]
    assert [
        (base[one.base_start : one.base_end], witness[one.witness_start : one.witness_end]) for one in away.changes
    ] == [("1611", "1612")]


@pytest.mark.parametrize(("text", "wrong"), [
    ("港务局星期二开会听取工程师关于北防波堤状况的报告自十一月的风暴以来那里的石面已经损失了四十米", "口日木土大人"),
    ("คณะกรรมการท่าเรือประชุมกันในวันอังคารเพื่อฟังวิศวกรรายงานสภาพของเขื่อนด้านเหนือ", "ขคฆฉฌฎ"),
])  # fmt: skip
def test_misread_characters_where_words_have_no_spaces_are_spelling(text: str, wrong: str) -> None:
    letters = [place for place, character in enumerate(text) if character.isalpha()][3::5]
    copy = list(text)
    for number, place in enumerate(letters):
        copy[place] = wrong[number % len(wrong)]
    assert {type_ for type_, _, _ in shown(text, "".join(copy))} == {"spelling"}


def test_a_copy_full_of_misread_characters_differs_in_spelling() -> None:
    chance = random.Random(4)
    sentence = "Nobody on the quay remembered when the ferry had last been painted or why the bell was gone."
    base = " ".join(sentence.replace("ferry", f"ferry of {name}") for name in ("Oxrey", "Velm", "Thornby", "Marle"))
    look_alike = str.maketrans("eoclnrs", "cecirns")
    witness = "".join(c.translate(look_alike) if chance.random() < 0.25 else c for c in base)
    types = [variant.type for variant in collate(base, witness)]
    assert len(types) > 10
    assert types.count(VariantType.SPELLING) >= 0.9 * len(types)


WORDS = st.sampled_from(
    ["the", "tide", "Tide", "rose", "sluice", "sluices", "by", "night", "水", "é", "5", "co", "op", "İ", "ͺ"]
)
GLUE = st.sampled_from(
    [" ", " ", " ", "\n\n", ", ", ". ", "-", "…", "  ", "“", "”", "\u00ad", "\x85", "\u2028", "_", ""]
)
TEXTS = st.lists(st.tuples(WORDS, GLUE), max_size=40).map(lambda pairs: "".join(word + glue for word, glue in pairs))


PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3).map("\n".join)
BODIES = st.lists(PARAGRAPHS, max_size=7).map("\n\n".join)


@given(BODIES, BODIES)
@example("the tide\nrose by night\n\nsluices", "the tide\n\nsluices")
@example("the tide\nrose", "the tide\n\nrose")
def test_no_variant_begins_or_ends_inside_a_paragraph_break(base: str, witness: str) -> None:
    found = collate(base, witness)
    assert applied(base, witness, found) == witness
    for one in (*found, *(change for variant in found for change in variant.changes)):
        assert all(base[at - 1 : at + 1] != "\n\n" for at in (one.base_start, one.base_end))
        assert all(witness[at - 1 : at + 1] != "\n\n" for at in (one.witness_start, one.witness_end))


@given(TEXTS, TEXTS)
def test_the_variants_give_the_witness_back(base: str, witness: str) -> None:
    assert applied(base, witness, collate(base, witness)) == witness


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_give_the_witness_back(base: str, witness: str) -> None:
    assert applied(base, witness, collate(base, witness)) == witness


@given(TEXTS, st.randoms(use_true_random=False))
def test_edited_texts_give_the_witness_back(base: str, chance: random.Random) -> None:
    pieces = (base + "\n\n" + base[::-1]).split(" ")
    chance.shuffle(pieces)
    witness = " ".join(pieces)
    assert applied(base, witness, collate(base, witness)) == witness
    assert collate(base, base) == ()


@given(TEXTS, TEXTS, TEXTS)
def test_parts_give_the_contained_text_back(before: str, inner: str, after: str) -> None:
    base = f"{before} {inner} {after}"
    words = len(tokenize(inner).folded)
    if words:
        start = len(tokenize(before + " ").folded)
        passages = (Passage(start, start + words, 0, words),)
        variants = collate_part(tokenize(base), tokenize(inner), passages)
        assert applied(base, inner, variants) == inner


def test_a_container_is_collated_inside_the_part_alone() -> None:
    inner = "The Iron Weir “stands” where it stood, said Mr Harble, and no one has opened it since."
    witness = inner.replace("“stands”", '"stands"').replace("Harble", "Harbel")
    base = f"A digest of the week.\n\n{inner}\n\nElsewhere the ferry sailed."
    start, count = 5, len(tokenize(inner).folded)
    passages = (Passage(start, start + count, 0, count),)
    before, *inside, after = collate_part(tokenize(base), tokenize(witness), passages)
    assert base[before.base_end : after.base_start] == inner
    assert [(v.type, base[v.base_start : v.base_end]) for v in inside] == [
        (VariantType.TYPOGRAPHIC, "“"),
        (VariantType.TYPOGRAPHIC, "”"),
        (VariantType.SPELLING, "Harble"),
    ]


def test_two_very_long_texts_are_collated() -> None:
    chance = random.Random(7)
    words = [f"w{chance.randrange(5000)}" for _ in range(200_000)]
    other = [word if chance.random() > 0.02 else "changed" for word in words]
    other[50_000:50_000] = other[150_000:151_000]
    base, witness = " ".join(words), " ".join(other)
    assert applied(base, witness, collate(base, witness)) == witness


@pytest.mark.parametrize("word", ["na", "na ni"])
def test_endless_repetition_ends(word: str) -> None:
    base, witness = " ".join([word] * 60_000), " ".join([word] * 50_000 + ["end"])
    assert applied(base, witness, collate(base, witness)) == witness


def test_two_unlike_long_texts_are_one_difference_or_few() -> None:
    chance = random.Random(8)
    base = " ".join(f"a{chance.randrange(900)}" for _ in range(60_000))
    witness = " ".join(f"b{chance.randrange(900)}" for _ in range(60_000))
    assert len(collate(base, witness)) == 1
