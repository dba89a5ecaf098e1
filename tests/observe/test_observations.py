"""What a compilation is made of, recurring boilerplate, and the works publishers share."""

from __future__ import annotations

from stemma.observe.compilation import Share, provenance
from stemma.observe.recurring_lines import recurring_lines
from stemma.observe.transmission import transmissions
from stemma.records import Accession, Block, Claim, Field, Kind, Label, Paragraph, Passage, Relation, Witness, Work


def page(id_: str, raw: str = "", body: tuple[str, ...] = (), *, publisher: str = "", date: str = "") -> Witness:
    blocks = tuple(
        Block(number, number, Label.SHARE if "share" in line.lower() else Label.APPEAL, "test")
        for number, line in enumerate(raw.split("\n"), 1)
        if line
    )
    stated = ((Field.PUBLISHER, publisher), (Field.DATE, date))
    claims = tuple(Claim(field, (value,), "test") for field, value in stated if value)
    return Witness(Accession(id_, f"{id_}.txt", "", 0, raw, "utf-8"), blocks, tuple(map(Paragraph, body)), claims)


def test_each_paragraph_of_a_compilation_has_its_texts() -> None:
    nine = "one two three four five six seven eight nine"
    digest = page("d", body=(nine, nine, "a b c"))
    found = [
        Relation("d", "x", Kind.CONTAINS, 0.4, 1.0, 9, (Passage(0, 9, 0, 9),)),
        Relation("d", "y", Kind.CONTAINS, 0.5, 1.0, 12, (Passage(9, 21, 0, 12),)),
        Relation("e", "d", Kind.EXCERPT, 0.1, 0.1, 9, (Passage(40, 49, 9, 18),)),
        Relation("big", "d", Kind.CONTAINS, 0.1, 1.0, 21, (Passage(0, 21, 0, 21),)),
    ]
    assert [part.shares for part in provenance(digest, found)] == [
        (Share("x", 9),),
        (Share("e", 9), Share("y", 9)),
        (Share("y", 3),),
    ]


def test_boilerplate_recurs_in_unrelated_works() -> None:
    pages = [
        page("a", "Support our paper today!\nShare this on Chirrup\nOnly here is this line"),
        page("b", "SUPPORT our paper – today\nShare this on Chirrup"),
        page("c", "Support our paper today!"),
        page("d", "Share this on Chirrup"),
    ]
    works = [Work("a", "a", ("a", "d")), Work("b", "b", ("b",)), Work("c", "c", ("c",))]
    first, second = recurring_lines(pages, works)
    assert (first.text, first.works, first.carriers) == ("Support our paper today!", 3, ("a", "b", "c"))
    assert first.variants == ("SUPPORT our paper – today",)
    assert (second.label, second.works, second.carriers) == (Label.SHARE, 2, ("a", "b", "d"))
    assert len(recurring_lines(pages, works, most=1)) == 1


def test_lines_of_one_work_are_no_boilerplate() -> None:
    pages = [page("a", "Support our paper today!"), page("b", "Support our paper today!")]
    assert recurring_lines(pages, [Work("a", "a", ("a", "b"))]) == ()


def test_works_that_two_publishers_hold() -> None:
    pages = {
        one.id: one
        for one in (
            page("a", publisher="Bellwick Echo", date="2020-03-01"),
            page("b", publisher="Oxrey Post", date="2020-03-04"),
            page("b2", publisher="Oxrey Post", date="2020-03-09"),
            page("c", publisher="Oxrey Post", date="2021-01-01"),
            page("d", publisher="Bellwick Echo", date="2021-01-02"),
            page("e", publisher="Bellwick Echo"),
            page("f", publisher="Oxrey Post", date="2021-06"),
            page("g"),
        )
    }
    works = [Work("a", "a", ("a", "b", "b2", "g")), Work("c", "c", ("c", "d")), Work("e", "e", ("e", "f"))]
    (pair,) = transmissions(works, pages)
    assert (pair.first, pair.second) == ("Bellwick Echo", "Oxrey Post")
    assert (pair.works, pair.first_earlier, pair.second_earlier) == (("a", "c", "e"), ("a",), ("c",))
    assert (pair.first_delay, pair.second_delay, pair.undated) == (3, 1, ("e",))


def test_copies_within_one_publisher_are_not_counted() -> None:
    pages = {one.id: one for one in (page("a", publisher="Oxrey Post"), page("b", publisher="Oxrey Post"))}
    assert transmissions([Work("a", "a", ("a", "b"))], pages) == ()
