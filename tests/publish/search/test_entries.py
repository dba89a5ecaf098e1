"""What the search knows of one text."""

from __future__ import annotations

from stemma.publish.search.entries import searched
from tests.publish import archives


def test_split_vowels_that_a_curator_typed_are_searched_as_a_query_has_them() -> None:
    """A body in a page of content/pages is not normalised as a raw file is: sara ae may be typed as sara e twice."""
    witness = archives.witness("boat", "เเม่น้ำและเรือ", title="ເເມ່ນ້ຳ", author=("นํ้า",))
    title, authors, paragraphs, _ = searched(witness)
    assert (title, authors, paragraphs) == ("ແມ່ນ້ຳ", ("น้ำ",), ("แม่น้ำและเรือ",))
