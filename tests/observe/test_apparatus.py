"""The apparatus of a work, and a witness beside its base."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from stemma.observe.apparatus import Place, merge, sigla, swapped
from stemma.observe.outline import Outline
from stemma.observe.parallels import Parallels, State, flat, parallels
from stemma.records import Accession, Apparatus, Paragraph, VariantType, Witness
from stemma.relate.collate.collation import collate

FIRST = "The ferry had been tied up since the storm, and nobody would say when it might sail."
SECOND = "Two of the crew slept ashore at the inn beside the chandler."
THIRD = "The harbour master wrote to the company each morning and kept the one answer that he had from it."
FOURTH = "On the tenth day a smith came from Oxrey with a new shaft, and it did not fit."


def witness(id_: str, text: str) -> Witness:
    paragraphs = tuple(Paragraph(part) for part in text.split("\n\n") if part)
    return Witness(Accession(id_, f"{id_}.txt", "", 0, "", "utf-8"), (), paragraphs, ())


def collated(texts: Sequence[str]) -> tuple[Witness, list[Apparatus], dict[str, str], dict[str, str]]:
    pages = [witness(f"w{number}", text) for number, text in enumerate(texts)]
    made = [Apparatus(pages[0].id, page.id, collate(pages[0].text, page.text)) for page in pages[1:]]
    names = dict(zip((page.id for page in pages), sigla(len(pages)), strict=True))
    return pages[0], made, names, {page.id: page.text for page in pages}


def places(texts: Sequence[str]) -> tuple[Place, ...]:
    return merge(*collated(texts))


def told(texts: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (place.lemma, [(reading.text, "".join(reading.sigla)) for reading in place.readings]) for place in places(texts)
    ]


def test_sigla_go_on_after_z() -> None:
    assert sigla(3) == ("A", "B", "C")
    assert sigla(54)[25:29] == ("Z", "AA", "AB", "AC")
    assert sigla(703)[-2:] == ("ZZ", "AAA")
    assert sigla(0) == ()


def test_readings_are_gathered_by_place() -> None:
    assert told([
        "The grey heron stood in the lock.",
        "The gray heron stood in the lock.",
        "The gray heron stood by the lock.",
        "The old grey heron stood in the lock.",
        "The grey heron stood in the lock.",
    ]) == [("grey", [("gray", "BC"), ("old grey", "D")]), ("in", [("by", "C")])]  # fmt: skip


def test_overlapping_differences_are_one_place() -> None:
    assert told([
        "It rained for three long days.",
        "It rained for two short days.",
        "It rained for three short days.",
    ]) == [("three long", [("two short", "B"), ("three short", "C")])]  # fmt: skip


def test_lacking_and_added_words_are_marked() -> None:
    one, two = places(["The boat sank.\n\nNobody saw it.", "The boat sank.", "The small boat sank.\n\nNobody saw it."])
    assert [(r.added, r.omitted) for r in one.readings] == [(True, False)]
    assert [(r.added, r.omitted) for r in two.readings] == [(False, True)]
    assert two.type is VariantType.SUBSTANTIVE


SENTENCE = st.sampled_from(["The tide rose.", "It fell.", "A bell rang twice.", "No one came.", "“Go,” he said."])
SENTENCES = st.lists(SENTENCE, max_size=8).map(" ".join)


@given(st.lists(SENTENCES, min_size=2, max_size=5))
def test_every_difference_is_in_a_place_and_no_reading_is_its_lemma(texts: list[str]) -> None:
    base, made, names, whole = collated(texts)
    found = merge(base, made, names, whole)
    for apparatus in made:
        for variant in flat(apparatus.variants):
            siglum = names[apparatus.witness]
            assert (variant.moved and variant.base_start == variant.base_end) or any(
                place.start <= variant.base_start
                and variant.base_end <= place.end
                and any(siglum in reading.sigla for reading in place.readings)
                for place in found
            )
    for place in found:
        assert place.readings
        assert place.moved or all(reading.text != place.lemma for reading in place.readings)


def test_the_smallest_unit_is_a_place_though_a_witness_lacks_the_paragraph() -> None:
    base = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    found = places([base, base.replace("crew", "men"), f"{FIRST}\n\n{THIRD}"])
    assert [(place.lemma.strip()[:11], [(r.text.strip(), r.sigla) for r in place.readings]) for place in found] == [
        ("Two of the ", [("", ("C",))]),
        ("crew", [("men", ("B",))]),
    ]


def test_a_typographic_witness_is_not_in_a_place_of_words() -> None:
    found = places(["He said “no” twice.", 'He said "no" twice.', "He said “never” twice."])
    assert [(place.lemma, [r.sigla for r in place.readings]) for place in found if place.lemma == "no"] == [
        ("no", [("C",)])
    ]


def test_a_moved_paragraph_has_its_place_and_its_changes_have_theirs() -> None:
    base = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{FOURTH}"
    found = places([base, "\n\n".join((FIRST, THIRD, FOURTH, SECOND.replace("ashore", "aboard")))])
    moved, changed = sorted(found, key=lambda place: not place.moved)
    assert moved.readings[0].before == len(base)
    assert (changed.lemma, changed.readings[0].text) == ("ashore", "aboard")


def beside(base: str, other: str) -> Parallels:
    one, two = witness("a", base), witness("b", other)
    return parallels(Outline(one), Outline(two), Apparatus("a", "b", collate(one.text, two.text)))


def states(base: str, other: str) -> str:
    return " ".join(parallel.state.value for parallel in beside(base, other).paragraphs)


BASE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{FOURTH}"


def test_the_same_text_is_the_same() -> None:
    assert states(BASE, BASE) == "same same same same"
    assert beside(BASE, BASE).summary.words_lacking == 0


def test_paragraphs_that_lack_differ_and_are_added() -> None:
    other = "\n\n".join((FIRST.replace("storm", "gale"), THIRD, FOURTH, "A word from the editor."))
    found = beside(BASE, other)
    assert states(BASE, other) == "differs lacking same same"
    assert [(one.after, one.paragraph, one.text) for one in found.additions] == [(3, 3, "A word from the editor.")]
    summary = found.summary
    assert (summary.changed, summary.paragraphs_added, summary.paragraphs_lacking) == (1, 1, 1)
    assert summary.words_lacking == 1 + len(SECOND.split())
    assert summary.words_added == 1 + 5


def test_a_paragraph_between_two_is_added_after_the_first() -> None:
    found = beside(f"{FIRST}\n\n{FOURTH}", f"{FIRST}\n\n{SECOND}\n\n{FOURTH}")
    assert [(one.after, one.paragraph) for one in found.additions] == [(0, 1)]
    assert [parallel.state for parallel in found.paragraphs] == [State.SAME, State.SAME]
    found = beside(FIRST, f"{SECOND}\n\n{FIRST}")
    assert [(one.after, one.paragraph) for one in found.additions] == [(-1, 0)]


def test_a_paragraph_added_after_a_rewritten_one() -> None:
    found = beside("It rained. The wheel stood.\n\nWe left.", "It rained. All slept.\n\nA new day came.\n\nWe left.")
    assert [(one.after, one.paragraph) for one in found.additions] == [(0, 1)]
    assert [parallel.state.value for parallel in found.paragraphs] == ["part", "same"]


def test_a_paragraph_that_moved_and_was_edited_is_not_said_to_have_the_same_words() -> None:
    found = beside(BASE, f"{FIRST}\n\n{THIRD}\n\n{FOURTH}\n\n{SECOND.replace('crew', 'men')}")
    assert (found.paragraphs[1].state, found.paragraphs[1].places) == (State.MOVED, 1)
    assert (found.summary.moved, found.summary.changed) == (1, 1)
    back = swapped(found_apparatus := Apparatus("a", "b", collate(BASE, f"{SECOND}\n\n{FIRST}")))
    assert swapped(back) == found_apparatus


def test_words_that_moved_within_paragraphs_are_counted() -> None:
    words = "said the master to the smith on the last day of that week"
    base = f"{FIRST} {words}.\n\n{THIRD} {SECOND}"
    other = f"{FIRST}\n\n{THIRD} {words}. {SECOND}"
    found = beside(base, other).summary
    assert found.moved_words >= 10


def test_a_moved_paragraph() -> None:
    found = beside(BASE, f"{FIRST}\n\n{THIRD}\n\n{FOURTH}\n\n{SECOND}")
    assert [parallel.state for parallel in found.paragraphs] == [State.SAME, State.MOVED, State.SAME, State.SAME]
    assert found.summary.moved == 1
    assert (found.summary.words_added, found.summary.words_lacking) == (0, 0)
    assert found.additions == ()


def test_typographic_places_are_counted_apart() -> None:
    found = beside("He said “no”.\n\n" + SECOND, 'He said "no".\n\n' + SECOND)
    (first, second) = found.paragraphs
    assert (first.state, first.places, first.typographic) == (State.SAME, 0, 2)
    assert (second.state, second.typographic) == (State.SAME, 0)


def test_half_a_paragraph_is_a_part() -> None:
    assert states(BASE, f"{FIRST}\n\n{SECOND}\n\nThe harbour master wrote.\n\n{FOURTH}") == "same same part same"
