"""The apparatus of a work, and a witness beside its base."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stemma.observe.apparatus import Place, merge, sigla
from stemma.observe.parallels import Parallels, State, parallels
from stemma.records import Accession, Apparatus, Paragraph, VariantType, Witness
from stemma.relate.collate.collation import collate


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
def test_readings_put_into_the_base_give_each_witness(texts: list[str]) -> None:
    base, made, names, whole = collated(texts)
    found = merge(base, made, names, whole)
    for number, text in enumerate(texts[1:], 1):
        siglum = names[f"w{number}"]
        out, at = [], 0
        for place in found:
            reading = next((r.text for r in place.readings if siglum in r.sigla), place.lemma)
            out += [base.text[at : place.start], reading]
            at = place.end
        assert "".join([*out, base.text[at:]]) == witness("x", text).text
    assert all(one.end <= two.start for one, two in pairwise(found))


FIRST = "The ferry had been tied up since the storm, and nobody would say when it might sail."
SECOND = "Two of the crew slept ashore at the inn beside the chandler."
THIRD = "The harbour master wrote to the company each morning and kept the one answer that he had from it."
FOURTH = "On the tenth day a smith came from Oxrey with a new shaft, and it did not fit."


def beside(base: str, other: str) -> Parallels:
    one, two = witness("a", base), witness("b", other)
    return parallels(one, two, Apparatus("a", "b", collate(one.text, two.text)))


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
