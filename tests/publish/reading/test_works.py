import re
from dataclasses import replace
from pathlib import Path

import pytest

from stemma.observe.apparatus import swapped
from stemma.observe.parallels import State, Summary
from stemma.publish.index import build_index
from stemma.publish.output.render import Renderer
from stemma.publish.reading.pages import pages
from stemma.publish.reading.slices import WorkSlice, slice_of
from stemma.publish.reading.text import margins as margin_code
from stemma.publish.reading.text.margins import margins
from stemma.publish.reading.text.witness_list import in_numbers
from stemma.publish.reading.work import comparison_page
from stemma.publish.reading.work.aligned_bars import MAX_STRIPS, bars, ranges
from stemma.publish.reading.work.apparatus_entries import printed
from stemma.publish.reading.work.change_strip import change_strip
from stemma.publish.reading.work.date_line import date_line
from stemma.publish.reading.work.readings import MAX_SIGLA, readings
from stemma.publish.reading.work.work_view import WorkView, view_work
from stemma.publish.wording.translation import ENGLISH
from stemma.records import Apparatus, Archive, Kind, Passage, Relation, Variant, VariantType, Work
from tests.publish.archives import FRAME, LAMP, SETTINGS, SHORTER, apparatus, page, quay

TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture(name="scope")
def _scope() -> WorkSlice:
    return first_slice(quay())


@pytest.fixture(name="lamp")
def _lamp(scope: WorkSlice) -> WorkView:
    return view_work(scope)


def first_slice(found: Archive) -> WorkSlice:
    return slice_of(build_index(found), found.works[0])


def _family(copies: int) -> Archive:
    """A base and so many copies of it; every second one is the shorter version."""
    base = page("f-000", LAMP, title="The lamp", date="2017-01-01")
    rest = [
        page(f"f-{number:03}", SHORTER if number % 2 else LAMP, title="The lamp") for number in range(1, copies + 1)
    ]
    whole = (Passage(0, 9, 0, 9),)
    return Archive(
        witnesses=(base, *rest),
        edits={},
        publishers=(),
        relations=tuple(Relation("f-000", one.id, Kind.MIRROR, 1.0, 1.0, 9, whole) for one in rest),
        works=(Work("f-000", "f-000", ("f-000", *(one.id for one in rest))),),
        apparatuses=tuple(apparatus(base, one) for one in rest),
    )


def _site(found: Archive) -> dict[str, str]:
    return {file.path: file.data.decode() for file in pages(build_index(found), Renderer(TEMPLATES, FRAME), SETTINGS)}


def test_witnesses_have_capitals_and_other_texts_small_letters(lamp: WorkView) -> None:
    assert lamp.sigla == {"quay-1": "A", "quay-2": "B", "quay-3": "C", "year": "d"}


def test_the_margin_of_the_base(scope: WorkSlice, lamp: WorkView) -> None:
    found = margins(scope, lamp, scope.texts["quay-1"])
    assert [[(entry.siglum, entry.state) for entry in margin.entries[:2]] for margin in found[:3]] == [
        [("B", State.SAME), ("C", State.DIFFERS)],
        [("B", State.SAME), ("C", State.DIFFERS)],
        [("B", State.SAME), ("C", State.LACKING)],
    ]
    assert found[0].entries[1].link == "compare/quay-1/quay-3.html#q1"


def test_the_margin_of_a_copy_is_seen_through_the_base(scope: WorkSlice, lamp: WorkView) -> None:
    found = margins(scope, lamp, scope.texts["quay-3"])
    assert [(entry.siglum, entry.state) for entry in found[0].entries] == [("A", State.DIFFERS), ("B", State.DIFFERS)]
    assert found[3].alone
    mirror = margins(scope, lamp, scope.texts["quay-2"])
    assert [(entry.siglum, entry.state) for entry in mirror[2].entries] == [("A", State.SAME), ("C", State.LACKING)]


def test_turning_an_apparatus_twice_changes_nothing(scope: WorkSlice) -> None:
    for found in scope.apparatuses.values():
        assert swapped(swapped(found)) == found
        base, other = scope.texts[found.base].text, scope.texts[found.witness].text
        written, at = "", 0
        for variant in swapped(found).variants:
            written += other[at : variant.base_start] + base[variant.witness_start : variant.witness_end]
            at = variant.base_end
        assert written + other[at:] == base


def test_the_apparatus_is_printed_with_lemma_and_sigla(lamp: WorkView) -> None:
    lines = printed(lamp).lines
    assert (lines[0].lemma, lines[0].readings[0].text, lines[0].readings[0].sigla) == ("on", "last", "C")
    assert lines[0].new
    assert not lines[1].new
    assert [line.readings[0].editor for line in lines] == ["", "", "om.", "adds"]
    assert printed(lamp).light_said == "two typographic differences, in one paragraph"


def test_each_paragraph_that_differs_has_all_its_readings(scope: WorkSlice, lamp: WorkView) -> None:
    found = readings(scope, lamp)
    assert found is not None
    assert [(one.anchor, [reading.names for reading in one.readings]) for one in found.sets] == [
        ("r1", ["A, B, d", "C"]),
        ("r3", ["A, B, d", "C"]),
        ("s4", ["C"]),
    ]
    assert found.whole
    first, lacking, added = (one.readings[-1] for one in found.sets)
    assert first.row is not None
    assert next((piece.gone, piece.new) for piece in first.row.pieces if not piece.same) == ("on", "last")
    assert lacking.row is not None
    assert lacking.row.lacking
    assert added.added == (SHORTER[3],)


def test_a_margin_leads_to_all_readings_where_there_are_three_texts(scope: WorkSlice, lamp: WorkView) -> None:
    found = readings(scope, lamp)
    assert [one.readings for one in margins(scope, lamp, scope.texts["quay-1"], found)] == [
        "work/quay-1.html#r1", "", "work/quay-1.html#r3", "",
    ]  # fmt: skip
    assert margins(scope, lamp, scope.texts["quay-3"], found)[0].readings == "work/quay-1.html#r1"
    assert all(f'id="{one.anchor}"' in _site(quay())["work/quay-1.html"] for one in (found.sets if found else ()))


def test_two_witnesses_have_a_comparison_and_no_readings_side_by_side() -> None:
    scope = first_slice(_family(1))
    assert readings(scope, view_work(scope)) is None


def test_a_paragraph_that_a_witness_has_is_no_reading_of_its_own_at_the_seam_of_a_difference() -> None:
    """B lacks the second sentence; its only "The" was matched with that, so that the third seems to lack its own."""
    a = page("a", ("Leave was given. The keeper spent five winters away.", "The tower stays, unlit."))
    b = page("b", ("Leave was given.", "The tower stays, unlit."))
    c = page("c", ("Leave was given. The keeper spent nine winters away.", "The tower stays, unlit."))
    start = a.text.index("keeper")
    seam = (
        Variant(16, 17, 16, 18, VariantType.SPACING),
        Variant(start, a.text.index("tower"), 22, 22, VariantType.SUBSTANTIVE),
    )
    whole = (Passage(0, 4, 0, 4),)
    relations = tuple(Relation("a", other, Kind.REVISION, 0.9, 0.9, 4, whole) for other in "bc")
    works = (Work("a", "a", ("a", "b", "c")),)
    found = Archive((a, b, c), {}, (), relations, works, (Apparatus("a", "b", seam), apparatus(a, c)))
    scope = first_slice(found)
    shown = readings(scope, view_work(scope))
    assert shown is not None
    assert [(one.anchor, [each.names for each in one.readings]) for one in shown.sets] == [("r1", ["A", "B", "C"])]


def test_the_readings_of_very_many_copies_are_bounded() -> None:
    scope = first_slice(_family(140))
    found = readings(scope, view_work(scope))
    assert found is not None
    assert not found.whole
    assert all(len(reading.letters) <= MAX_SIGLA for one in found.sets for reading in one.readings)


def test_the_strip_marks_where_the_changes_are(lamp: WorkView) -> None:
    strip = change_strip(lamp, printed(lamp))
    assert strip is not None
    assert [(link.number, link.places) for link in strip.links] == [(1, 2), (3, 1), (4, 1)]
    assert strip.marks[0].x == "7.2%"
    assert "4 places" in strip.title


def test_the_table_beside_the_date_line_has_every_witness(scope: WorkSlice, lamp: WorkView) -> None:
    line = date_line(scope, lamp)
    assert line is not None
    assert [(row.date, row.letters, row.small) for row in line.rows] == [
        ("15 March 2017", ("A",), ()), ("16 March 2017", ("B",), ()), ("22 March 2017", ("C",), ()),
        ("30 December 2017", (), ("d",)),
    ]  # fmt: skip
    assert line.more == 0


def test_the_bars_say_in_words_what_they_draw(lamp: WorkView) -> None:
    drawn = bars(lamp)
    assert drawn is not None
    assert [strip.siglum for strip in drawn.strips] == ["A", "B", "C", "d"]
    assert drawn.strips[1].label == "B has the same words in 1 to 4"
    assert "lacks 3" in drawn.strips[2].label
    assert [head.text for head in drawn.heads][:4] == ["1", "2", "3", "4"]


def test_very_many_copies_are_drawn_where_they_differ() -> None:
    drawn = bars(view_work(first_slice(_family(120))))
    assert drawn is not None
    assert len(drawn.strips) == MAX_STRIPS + 1
    assert (drawn.same, drawn.more) == (60, 10)


def test_the_margin_names_those_that_differ_and_counts_the_rest() -> None:
    scope = first_slice(_family(20))
    (first, *_) = margins(scope, view_work(scope), scope.texts["f-000"])
    assert len(first.entries) == 8
    assert (first.same, first.others) == (10, 2)


@pytest.mark.parametrize("checked", [margin_code.MAX_CHECKED, 0])
def test_a_third_text_has_the_same_words_only_where_it_has_the_whole_paragraph(
    monkeypatch: pytest.MonkeyPatch, checked: int
) -> None:
    """B has in one paragraph, with a caption between, what the base and C have in two."""
    monkeypatch.setattr(margin_code, "MAX_CHECKED", checked)
    a = page("a", ("The keeper left at dusk.", "The boat was very late.", "Nobody waited."))
    b = page("b", ("The keeper left at dusk. Photo: the quay. The boat was very late.", "Nobody waited."))
    c = page("c", ("The keeper left at dusk.", "The boat was very late.", "Nobody waited."))
    relations = tuple(Relation("a", id_, Kind.MIRROR, 1.0, 1.0, 9, (Passage(0, 9, 0, 9),)) for id_ in ("b", "c"))
    works = (Work("a", "a", ("a", "b", "c")),)
    found = Archive((a, b, c), {}, (), relations, works, (apparatus(a, b), apparatus(a, c)))
    scope = first_slice(found)
    first, second = margins(scope, view_work(scope), b)
    assert {one.siglum: one.state for one in first.entries}["C"] is not State.SAME
    assert {one.siglum: one.state for one in second.entries} == {"A": State.SAME, "C": State.SAME}


def test_a_reading_page_lists_fifty_copies_and_counts_the_rest() -> None:
    html = _site(_family(60))["t/f-000.html"]
    assert html.count('<li><span class="sig">') == 50
    assert "and 11 more, on" in html


@pytest.mark.parametrize(
    ("numbers", "written"),
    [([], ""), ([3], "3"), ([1, 2, 3, 7], "1 to 3, 7"), ([1, 3, 5], "1, 3 and 1 more")],
)
def test_ranges(numbers: list[int], written: str) -> None:
    assert ranges(numbers, ENGLISH, most=2) == written


NOTHING = Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (NOTHING, "Same words throughout."),
        (replace(NOTHING, spacing=11), "Same words throughout. 11 typographic differences."),
        (
            replace(NOTHING, words_added=30, paragraphs_added=1, changed=1),
            "Adds 30 words (one whole paragraph), changes words in one place.",
        ),
        (
            replace(NOTHING, moved=1, spelling=2),
            "Moves one paragraph, two spelling differences.",
        ),
    ],
)
def test_a_difference_in_numbers(summary: Summary, said: str) -> None:
    assert in_numbers(summary, ENGLISH) == said


def test_a_comparison_is_complete_without_colour_and_script() -> None:
    html = _site(quay())["compare/quay-1/quay-3.html"]
    assert '<del><span class="vh">only in A: </span><span class="w">' in html
    assert '<ins><span class="vh">only in C: </span>' in html
    assert '<ins class="whole"><span class="vh">only in C: </span>The reading room is open' in html
    assert "Next change, 2 of" in html
    assert 'id="v1"' in html
    assert re.search(r'<span class="ty"><del>“</del><ins>&#34;</ins></span>', html)


def test_what_lies_outside_a_contained_text_is_hidden_and_said() -> None:
    html = _site(quay())["compare/year/quay-1.html"]
    assert "¶ 5–6: not in the other text, not shown here" in html
    assert "Forty thousand eels" not in html


def test_a_long_comparison_shows_changes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison_page, "MAX_CHARACTERS", 100)
    html = _site(quay())["compare/quay-1/quay-3.html"]
    assert "only what differs is shown" in html
    assert "Under the plan" not in html
    assert '<span id="q4"></span>' in html
