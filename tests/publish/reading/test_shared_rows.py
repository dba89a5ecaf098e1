"""The rows of a shared part are those of the whole comparison, and what lies outside is counted and not walked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.observe.outline import Outline
from stemma.publish.reading.work.parallel_rows import Row, rows
from stemma.publish.reading.work.shared_rows import Outside, looked_for, shared_rows
from stemma.records import Apparatus, Passage
from stemma.relate.collate.shared_region import collate_part
from stemma.relate.collate.tokenized import tokenize
from tests.publish.archives import LAMP, page

OTHERS = st.lists(st.sampled_from(["The eels came late.", "No lamp was lit.", "***"]), max_size=4).map(tuple)
FERRY = "The ferry was late again, and nobody at the pier was surprised by it at all."


@given(OTHERS, OTHERS, OTHERS, OTHERS, st.sampled_from([0, 1]))
def test_a_part_has_the_rows_it_has_in_the_whole_comparison(
    a: tuple[str, ...], b: tuple[str, ...], c: tuple[str, ...], d: tuple[str, ...], inside: int
) -> None:
    shared = LAMP[:2]
    quoted = (f"It was written: {shared[0]}", f"{shared[1]} So it was written.") if inside else shared
    one, two = page("a", (*a, *shared, *b)), page("b", (*c, *quoted, *d))
    start, far = _words((*a,)), _words((*c,)) + 3 * inside
    size = _words(shared)
    passages = [Passage(start, start + size, far, far + size)]
    apparatus = Apparatus("a", "b", collate_part(tokenize(one.text), tokenize(two.text), passages))
    part = shared_rows(one.text, two.text, apparatus)
    both = [_same(row) for row in part.rows if any(piece.same.strip(" *\n") for piece in row.pieces)]
    found = rows(one.text, two.text, apparatus)
    whole = [_same(row) for row in found if any(piece.same.strip(" *\n") for piece in row.pieces)]
    assert both == whole
    ours = [row.number for row in part.rows if row.number]
    theirs = [other for row in part.rows for other in row.others]
    assert [*part.before.ours, *ours, *part.after.ours] == list(range(1, len(one.body) + 1))
    assert [*part.before.theirs, *theirs, *part.after.theirs] == list(range(1, len(two.body) + 1))


@pytest.mark.parametrize("again", [None, 3, 290])
def test_a_paragraph_of_a_long_digest_that_the_text_has_too_is_found(again: int | None) -> None:
    """Three hundred paragraphs beside the shared part, one of which may be in the other text as well."""
    digest = [f"Item {number} of the digest: the pier was mended, and nobody saw by whom." for number in range(300)]
    other = page("b", (FERRY, *([digest[again]] if again is not None else [])))
    base = page("a", (*digest, FERRY))
    outside = looked_for(Outside(range(1, 301), range(0)), Outline(base), Outline(other))
    assert outside.ours_absent is (again is None)


def _words(paragraphs: tuple[str, ...]) -> int:
    return len(tokenize("\n\n".join(paragraphs)).folded)


def _same(row: Row) -> tuple[int | None, str]:
    return row.number, "".join(piece.same for piece in row.pieces)
