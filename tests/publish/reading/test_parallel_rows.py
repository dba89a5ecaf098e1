from hypothesis import given
from hypothesis import strategies as st

from stemma.observe.outline import Outline
from stemma.publish.reading.work.parallel_rows import BREAK, Row, found_elsewhere, rows
from stemma.records import Apparatus
from stemma.relate.collate.collation import collate
from tests.publish.archives import LAMP, SHORTER, apparatus, page

WORDS = ("lamp", "bar", "eel", "slip", "“the”", ".")
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
bodies = st.lists(st.lists(LINES, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=7).map(tuple)


def _rows(base: tuple[str, ...], other: tuple[str, ...]) -> tuple[Row, ...]:
    one, two = page("a", base), page("b", other)
    return rows(one.text, two.text, apparatus(one, two))


def test_a_paragraph_lacking_and_a_paragraph_added() -> None:
    found = _rows(LAMP, SHORTER)
    assert [(row.number, row.others, row.lacking, row.added) for row in found] == [
        (1, (1,), False, False),
        (2, (2,), False, False),
        (3, (), True, False),
        (4, (3,), False, False),
        (None, (4,), False, True),
    ]
    assert found[2].whole == LAMP[2]
    assert found[4].whole == SHORTER[3]


def test_a_paragraph_that_only_repeats_is_elsewhere_in_the_other_text() -> None:
    caption = "The lamp on the outer bar, seen from the slip in a hard winter."
    base, witness = page("a", (*LAMP, caption, "Eels.", caption, "Eels.")), page("b", (caption, "Eels.", *LAMP))
    for one, other in ((base, witness), (witness, base)):
        found = [
            found_elsewhere(row, Outline(one), Outline(other))
            for row in rows(one.text, other.text, apparatus(one, other))
        ]
        alone = [row for row in found if (row.lacking or row.added) and not row.moved]
        assert len(alone) >= 2
        assert all(row.elsewhere for row in alone)
    lacking, added = (
        found_elsewhere(row, Outline(page("a", LAMP)), Outline(page("b", SHORTER)))
        for row in _rows(LAMP, SHORTER)
        if row.lacking or row.added
    )
    assert [lacking.elsewhere, added.elsewhere] == [False, False]


def test_equal_texts_have_no_change() -> None:
    assert not any(row.changed or row.light for row in _rows(LAMP, LAMP))


@given(bodies, bodies)
def test_the_rows_give_the_base_back(base: tuple[str, ...], other: tuple[str, ...]) -> None:
    found = [row for row in _rows(base, other) if row.number]
    assert tuple("".join(piece.same + piece.gone for piece in row.pieces) for row in found) == base


@given(bodies, bodies)
def test_every_paragraph_of_the_witness_begins_once(base: tuple[str, ...], other: tuple[str, ...]) -> None:
    found = _rows(base, other)
    assert [number for row in found for number in row.others] == list(range(1, len(other) + 1))
    words = "".join(piece.same + piece.new for row in found for piece in row.pieces if piece.new != " ¶ ")
    assert words == "".join(other).replace(BREAK, "")


def test_a_paragraph_that_moved_shows_what_differs_in_it() -> None:
    moved = "Two of the crew slept ashore, at the inn beside the chandler, and paid for their own beds."
    one = page("a", (LAMP[0], moved, LAMP[1], LAMP[2]))
    two = page("b", (LAMP[0], LAMP[1], LAMP[2], moved.replace("inn", "mill")))
    found = rows(one.text, two.text, Apparatus("a", "b", collate(one.text, two.text)))
    assert [(row.number, row.moved, row.places, row.lacking, row.added) for row in found if row.changed] == [
        (2, True, 1, False, False),
        (None, True, 0, False, True),
    ]
    assert [(piece.gone, piece.new) for piece in found[1].pieces if not piece.same] == [("inn", "mill")]
    assert "".join(piece.same + piece.gone for piece in found[1].pieces) == moved


def test_a_change_over_a_break_in_words_that_moved_ends_the_paragraph() -> None:
    one = "They read the “letter” of the harbour board,"
    two = "they said, to the keepers of the lamp and to all who met that night."
    base = (one, two, *LAMP)
    found = _collated(base, (*LAMP, f"{one} {two}"))
    assert [row.number for row in found if row.number] == [1, 2, 3, 4, 5, 6]
    assert _base_of(found) == list(base)


def _collated(base: tuple[str, ...], other: tuple[str, ...]) -> tuple[Row, ...]:
    first, second = BREAK.join(base), BREAK.join(other)
    return rows(first, second, Apparatus("a", "b", collate(first, second)))


def _base_of(found: tuple[Row, ...]) -> list[str]:
    return ["".join(piece.same + piece.gone for piece in row.pieces) for row in found if row.number]


@given(bodies, bodies)
def test_the_rows_of_a_collation_give_the_base_back(base: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert _base_of(_collated(base, (*other, *base))) == list(base)
