"""What relates to what, and that neither names, order nor processes matter."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.records import Accession, Claim, Edits, Field, Kind, Paragraph, Relation, Withdrawal, Witness
from stemma.relate.relating import Related, relate

VOCABULARY = [a + b + c for a in ("bel", "cor", "dun", "fal", "gris", "hol") for b in ("a", "e", "i", "or") for c in
              ("by", "ck", "dle", "n", "rt", "ster", "th", "wick", "ze", "mond", "per", "quin")]  # fmt: skip


def prose(seed: int, sentences: int) -> list[str]:
    """Invented sentences of nine to fifteen words, no two alike."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(VOCABULARY, k=chance.randint(9, 15))).capitalize() + "." for _ in range(sentences)]


def page(id_: str, sentences: Sequence[str], *, folder: str = "", publisher: str = "", date: str = "") -> Witness:
    """A witness with these sentences, four a paragraph."""
    body = tuple(Paragraph(" ".join(sentences[at : at + 4])) for at in range(0, len(sentences), 4))
    stated = ((Field.PUBLISHER, publisher), (Field.DATE, date))
    claims = tuple(Claim(field, (value,), "test") for field, value in stated if value)
    path = f"{folder or id_}/{id_}.txt"
    return Witness(Accession(id_, path, "", 0, "", "utf-8"), (), body, claims)


def edits(id_: str, **keys: object) -> dict[str, Edits]:
    return {id_: Edits(id_, f"{id_}.md", f"{id_}.txt", "", **keys)}  # type: ignore[arg-type]


def kinds(related: Related) -> list[tuple[str, str, Kind]]:
    return [(relation.a, relation.b, relation.kind) for relation in related.relations]


A, B, C = prose(1, 24), prose(2, 24), prose(3, 24)


def test_a_copy_is_a_mirror_whatever_its_signs_and_spaces() -> None:
    copy = [sentence.replace(".", " …").upper() for sentence in A]
    related = relate([page("one", A), page("two", copy)], {})
    assert kinds(related) == [("one", "two", Kind.MIRROR)]
    assert related.relations[0].coverage_a == related.relations[0].coverage_b == 1.0
    assert [work.members for work in related.works] == [("one", "two")]


def test_a_compilation_contains_and_joins_no_works() -> None:
    related = relate([page("a", A), page("b", B), page("all", A + B)], {})
    assert kinds(related) == [("all", "a", Kind.CONTAINS), ("all", "b", Kind.CONTAINS)]
    assert len(related.works) == 3
    assert [(one.base, one.witness) for one in related.apparatuses] == [("all", "a"), ("all", "b")]


def test_a_revision_joins_and_an_excerpt_does_not() -> None:
    revised = A[:14] + prose(9, 10)
    quoting = B[:10] + A[3:8] + B[10:]
    related = relate([page("a", A), page("r", revised), page("q", quoting)], {})
    assert kinds(related)[-1:] == [("q", "r", Kind.EXCERPT)]
    assert ("a", "r", Kind.REVISION) in kinds(related)
    assert [work.members for work in related.works] == [("a", "r"), ("q",)]


def test_a_text_made_of_two_does_not_join_their_works() -> None:
    """Most of either, so that by coverage alone it is a version of both."""
    most = 4 * len(A) // 5
    copies = [page("a", A), page("a2", A), page("b", B), page("b2", [*B, *prose(8, 1)])]
    apart = relate(copies, {})
    assert [work.members for work in apart.works] == [("a", "a2"), ("b2", "b")]
    welded = relate([*copies, page("weld", A[:most] + B[:most])], {})
    works = {member: work.id for work in welded.works for member in work.members}
    assert works["a"] == works["a2"] != works["b"] == works["b2"]
    kinds_of = {kind for one, two, kind in kinds(welded) if "weld" in (one, two)}
    assert kinds_of <= {Kind.REVISION, Kind.EXCERPT}
    assert Kind.EXCERPT in kinds_of


def test_a_chain_of_texts_made_to_join_two_works_does_not() -> None:
    most, filler = 4 * len(A) // 5, prose(77, len(A))
    chain = [page("w1", A[:most] + filler), page("w2", filler + B[:most])]
    related = relate([page("a", A), page("b", B), *chain], {})
    works = {member: work.id for work in related.works for member in work.members}
    assert works["a"] != works["b"]


def test_versions_that_change_little_by_little_stay_one_work() -> None:
    long = prose(31, 40)
    versions = [page(f"v{turn}", long[4 * turn : 4 * turn + 20]) for turn in range(5)]
    assert len(relate(versions, {}).works) == 1


def test_passages_are_the_shared_words() -> None:
    related = relate([page("q", B[:6] + A[:6] + B[6:]), page("a", A)], {})
    (relation,) = related.relations
    before, words = sum(len(s.split()) for s in B[:6]), sum(len(s.split()) for s in A[:6])
    (passage,) = relation.passages
    assert (passage.a_start, passage.a_end) == (0, words)
    assert (passage.b_start, passage.b_end) == (before, before + words)


def test_notices_of_one_publisher_relate_nothing() -> None:
    notice = prose(50, 8)
    pages = [page(f"p{n}", prose(60 + n, 20) + notice, folder="paper") for n in range(4)]
    assert relate(pages, {}).relations == ()


def test_an_appeal_that_goes_round_relates_nothing() -> None:
    appeal = prose(51, 6)
    pages = [page(f"p{n}", prose(80 + n, 20) + appeal + prose(180 + n, 3)) for n in range(9)]
    assert relate(pages, {}).relations == ()


def test_a_page_received_twice_from_one_publisher_stays_related() -> None:
    related = relate([page("a", A, folder="paper"), page("b", A, folder="paper")], {})
    assert kinds(related) == [("a", "b", Kind.MIRROR)]


@pytest.mark.parametrize(("words", "count"), [("", 0), ("Yes.", 0), ("one two three four five six seven", 0),
                                              ("one two three four five six seven eight", 1)])  # fmt: skip
def test_very_short_bodies(words: str, count: int) -> None:
    assert len(relate([page("a", [words]), page("b", [words])], {}).relations) == count


def test_the_base_is_the_earliest_then_the_most_complete() -> None:
    later, undated = page("a", A, date="2021-05-02"), page("b", A)
    early = page("c", A[:22], date="2021-05-01")
    (work,) = relate([later, undated, early], {}).works
    assert (work.base, work.members) == ("c", ("c", "a", "b"))
    (work,) = relate([page("x", A[:22]), page("y", A)], {}).works
    assert work.base == "y"


def test_a_date_counts_from_the_earliest_day_it_can_mean() -> None:
    dates = {"day": "1950-03-02", "about": "1950~", "month": "1950-03", "from": "1949/1951"}
    (work,) = relate([page(name, A, date=date) for name, date in dates.items()], {}).works
    assert work.members == ("from", "about", "month", "day")


def test_a_curator_parts_and_joins() -> None:
    pages = [page("a", A), page("b", A), page("c", C)]
    assert len(relate(pages, edits("b", not_mirrors=("a",))).works) == 3
    assert [work.members for work in relate(pages, edits("c", same_work=("a",))).works] == [("a", "b", "c")]
    unknown = relate(pages, edits("c", same_work=("nowhere",)))
    assert len(unknown.works) == 2


def test_a_text_taken_down_joins_no_work_but_is_still_related() -> None:
    pages = [page("a", A), page("b", A), page("c", A)]
    related = relate(pages, edits("a", withdrawn=Withdrawal("by request")))
    assert [work.members for work in related.works] == [("a",), ("b", "c")]
    assert len(related.relations) == 3


def test_unseen_characters_do_not_hide_a_copy() -> None:
    hyphened = ["\u00ad".join((s[:3], s[3:])).replace("a", "a\u200b") for s in A]
    related = relate([page("a", A), page("b", hyphened)], {})
    assert kinds(related) == [("a", "b", Kind.MIRROR)]


def _collection(chance: random.Random) -> list[list[str]]:
    texts = [prose(200 + n, chance.randint(4, 16)) for n in range(6)]
    for _ in range(8):
        one, other = chance.choice(texts), chance.choice(texts)
        texts.append(chance.choice([one, one + other, one[: len(one) // 2], one[:3] + other, [*one[2:], *other[:4]]]))
    return texts


def _turned(relations: Sequence[Relation], names: dict[str, str]) -> set[tuple[object, ...]]:
    out: set[tuple[object, ...]] = set()
    for relation in relations:
        a, b = names.get(relation.a, relation.a), names.get(relation.b, relation.b)
        sides = {(a, relation.coverage_a), (b, relation.coverage_b)}
        contains = a if relation.kind is Kind.CONTAINS else ""
        out.add((frozenset(sides), relation.kind, contains, relation.shared_words))
    return out


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(chance: random.Random) -> None:
    texts = _collection(chance)
    before = relate([page(f"w{n:02}", text) for n, text in enumerate(texts)], {})
    names = {f"v{99 - n:02}": f"w{n:02}" for n in range(len(texts))}
    renamed = [page(new, texts[int(old[1:])], folder=old) for new, old in names.items()]
    chance.shuffle(renamed)
    after = relate(renamed, {})
    assert _turned(after.relations, names) == _turned(before.relations, {})
    assert {frozenset(names[m] for m in work.members) for work in after.works} == {
        frozenset(work.members) for work in before.works
    }


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_each_witness_is_in_one_work_and_sides_are_in_order(chance: random.Random) -> None:
    pages = [page(f"w{n:02}", text) for n, text in enumerate(_collection(chance))]
    related = relate(pages, {})
    members = [member for work in related.works for member in work.members]
    assert sorted(members) == sorted(p.id for p in pages)
    by_id = {p.id: p for p in pages}
    for relation in related.relations:
        assert relation.kind is Kind.CONTAINS or relation.a < relation.b
        for passage in relation.passages:
            assert 0 <= passage.a_start < passage.a_end <= len(by_id[relation.a].text.split())
            assert 0 <= passage.b_start < passage.b_end <= len(by_id[relation.b].text.split())


def test_a_family_of_120_copies_has_every_pair() -> None:
    chance = random.Random(4)
    pages = []
    for n in range(120):
        words = " ".join(prose(300, 16)).split()
        words = ["misprint" if chance.random() < 0.05 else word for word in words]
        pages.append(page(f"w{n:03}", [" ".join(words)]))
    related = relate(pages, {})
    assert len(related.relations) == 120 * 119 // 2
    assert {relation.kind for relation in related.relations} == {Kind.MIRROR}
    assert len(related.works) == 1
    assert len(related.apparatuses) == 119


def test_a_family_of_more_than_200_is_related_to_its_base() -> None:
    pages = [page(f"w{n:03}", prose(301, 16) + ([f"Copy number {n}."] if n % 2 else [])) for n in range(240)]
    related = relate(pages, {})
    (work,) = related.works
    joined = {frozenset((relation.a, relation.b)) for relation in related.relations}
    assert joined == {frozenset((work.base, member)) for member in work.members[1:]}


def test_a_compilation_of_fifty_texts() -> None:
    texts = [prose(400 + n, 12) for n in range(50)]
    pages = [page(f"w{n:02}", text) for n, text in enumerate(texts)]
    related = relate([*pages, page("digest", [sentence for text in texts for sentence in text])], {})
    assert len(related.relations) == 50
    assert {(relation.a, relation.kind) for relation in related.relations} == {("digest", Kind.CONTAINS)}


def test_two_long_texts_are_related() -> None:
    words = " ".join(prose(500, 17_000))
    related = relate([page("a", [words]), page("b", [words[1000:].replace("Belaby", "Corick")])], {})
    assert kinds(related) == [("a", "b", Kind.MIRROR)]


def shared_block(seed: int, block: list[str], before: int, after: int) -> list[str]:
    """A block between sentences of its own."""
    return prose(seed, before) + block + prose(seed + 500, after)


def test_one_block_with_unlike_surroundings_is_an_excerpt_whatever_its_share() -> None:
    speech = prose(90, 10)
    pages = [page(f"p{n}", shared_block(100 + n, speech, 3, 3)) for n in range(3)]
    related = relate(pages, {})
    assert {kind for _, _, kind in kinds(related)} == {Kind.EXCERPT}
    assert min(relation.coverage_a for relation in related.relations) > 0.45
    assert len(related.works) == 3


def test_a_notice_longer_than_the_texts_above_it_makes_no_work() -> None:
    notice = prose(91, 9)
    related = relate([page(f"p{n}", prose(120 + n, 4) + notice) for n in range(4)], {})
    assert len(related.works) == 4
    assert {kind for _, _, kind in kinds(related)} <= {Kind.EXCERPT}


def test_a_text_that_grew_is_of_one_work_and_keeps_its_relation() -> None:
    versions = [page(f"v{n}", A[: 8 + 5 * n], date=f"2021-05-0{n + 1}") for n in range(4)]
    related = relate(versions, {})
    assert [work.members for work in related.works] == [("v0", "v1", "v2", "v3")]
    grew = {(relation.a, relation.b) for relation in related.relations if relation.grew}
    assert {("v1", "v0"), ("v2", "v1")} <= grew
    assert all(relation.kind is Kind.CONTAINS for relation in related.relations if relation.grew)


def test_what_also_holds_a_second_text_did_not_grow() -> None:
    related = relate([page("one", A), page("both", A + B[:9]), page("other", B[:9])], {})
    assert kinds(related) == [("both", "one", Kind.CONTAINS), ("both", "other", Kind.CONTAINS)]
    assert not any(relation.grew for relation in related.relations if "both" in (relation.a, relation.b))
    assert {work.members for work in related.works if "both" in work.members} == {("both",)}


def test_a_text_given_whole_in_the_midst_of_another_did_not_grow() -> None:
    related = relate([page("one", A), page("year", B[:6] + A + C[:6])], {})
    assert [(kind, relation.grew) for (*_, kind), relation in zip(kinds(related), related.relations, strict=True)] == [
        (Kind.CONTAINS, False)
    ]


def test_a_form_filled_with_other_figures_is_a_template_and_no_work() -> None:
    form = (
        "Ferry {0} of the county leaves the old stone quay at Oxrey at {1} and carries at most some {2} people. "
        "The crossing of the lower river takes about {3} minutes when the wind and the tide allow it. It was timed for "
        "the first time by the harbour master in {4}, and the fare has been the same in all of the {5} years since."
    )
    pages = [page(f"f{n}", [form.format(11 + n, 7 + n, 40 + 3 * n, 16 + n, 1950 + n, 12 + n)]) for n in range(4)]
    related = relate(pages, {})
    assert related.relations
    assert all(relation.template and relation.kind is Kind.EXCERPT for relation in related.relations)
    assert len(related.works) == 4


def test_an_edited_copy_with_some_other_figures_is_no_template() -> None:
    told = [sentence.replace("bel", "7") if n % 7 == 0 else sentence for n, sentence in enumerate(A)]
    related = relate([page("a", A), page("b", told)], {})
    assert [(relation.kind, relation.template) for relation in related.relations] == [(Kind.MIRROR, False)]


def test_figures_that_lost_their_signs_make_no_template() -> None:
    told = "It rose to 2.5 metres, then 6.75, and by night 1.25 of it were gone. They won by 4-1 and by 3-0."
    related = relate([page("a", [*A[:12], told]), page("b", [*A[:12], told.replace(".", "").replace("-", "")])], {})
    assert [relation.template for relation in related.relations] == [False]
    assert len(related.works) == 1


def test_a_copy_full_of_misread_characters_is_found() -> None:
    chance = random.Random(12)
    misread = dict(zip("abcdefghilmnorstu", "ohecteqbi1nurvclf", strict=False))
    copy = ["".join(misread.get(c, c) if chance.random() < 0.1 else c for c in sentence) for sentence in A]
    related = relate([page("a", A), page("b", copy)], {})
    assert kinds(related) in ([("a", "b", Kind.MIRROR)], [("a", "b", Kind.REVISION)])
    assert len(related.works) == 1


SCRIPTS = {
    "Arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "", "\u064e\u064f\u0650\u0652"),
    "Devanagari": ("कखगघचछजझटठडढणतथदधनपफबभमयरलवशसह", "ािीुूेैोौं", ""),
    "Latin, decomposed": ("aeioubcdfghlmnprstvz", "", "\u0301\u0308\u0327"),
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_copy_is_a_copy_in_every_script(script: str) -> None:
    letters, signs, points = SCRIPTS[script]
    chance = random.Random(5)

    def written(word: str) -> str:
        own = random.Random(word)
        return "".join(own.choice(letters) + (own.choice(signs) if signs and own.random() < 0.6 else "") for _ in word)

    plain = [" ".join(map(written, sentence.split())) + "." for sentence in A]
    pointed = ["".join(c + (chance.choice(points) if points and c.isalpha() else "") for c in text) for text in plain]
    related = relate(
        [page("a", plain), page("b", pointed), page("c", [" ".join(map(written, s.split())) for s in B])], {}
    )
    assert kinds(related) == [("a", "b", Kind.MIRROR)]
    assert related.relations[0].coverage_a == 1.0


@pytest.mark.parametrize("letters", ["กขคงจชซดตถทนบปผพฟมยรลวสหอ", "山川水火木金土日月人口手足目耳田力雨門車馬魚鳥"])
def test_a_copy_in_a_script_without_spaces(letters: str) -> None:
    def written(sentences: list[str]) -> list[str]:
        return ["".join(letters[ord(c) % len(letters)] for c in s if c.isalpha()) + "。" for s in sentences]

    related = relate([page("a", written(A)), page("b", written(A[:20])), page("c", written(B))], {})
    assert [relation for relation in kinds(related) if "c" in relation[:2]] == []
    assert kinds(related)[0][:2] == ("a", "b")


UNSPACED = {
    "Thai": "กขคงจชซดตถทธนบปผพฟมยรลวสหอ",
    "Chinese": "山川水火木金土日月人口手足目耳田力雨門車馬魚鳥花草虫",
}


def unspaced(script: str, sentences: Sequence[str]) -> list[str]:
    letters = UNSPACED[script]
    return ["".join(letters[ord(c) - 97] for c in s.lower() if c.isalpha()) + " " for s in sentences]


@pytest.mark.parametrize("script", UNSPACED)
def test_how_much_is_shared_is_counted_in_characters_where_words_have_no_spaces(script: str) -> None:
    a, b = unspaced(script, A), unspaced(script, A[:14] + B[14:])
    (relation,) = relate([page("a", a), page("b", b)], {}).relations
    same = sum(len(s) - 1 for s in a[:14])
    assert relation.coverage_a == pytest.approx(same / sum(len(s) - 1 for s in a), abs=0.01)
    assert (relation.passages[0].a_start, relation.passages[0].b_start) == (0, 0)
    assert same <= relation.passages[0].a_end <= same + 12


def test_a_copy_full_of_misread_characters_is_found_where_words_have_no_spaces() -> None:
    chance, letters = random.Random(12), UNSPACED["Thai"]
    for seed in range(70, 80):
        one = unspaced("Thai", prose(seed, 24))
        copy = ["".join(chance.choice(letters) if c.isalpha() and chance.random() < 0.1 else c for c in s) for s in one]
        related = relate([page("a", one), page("b", copy)], {})
        assert kinds(related) in ([("a", "b", Kind.MIRROR)], [("a", "b", Kind.REVISION)])
        assert len(related.works) == 1
