"""What is an edit, and what is only another way to write the same."""

from __future__ import annotations

from stemma.curation import seal


def test_requoting_line_ends_and_unicode_forms_are_no_edits() -> None:
    assert seal.of_values(["Café"]) == seal.of_values(["Cafe\u0301 "])
    assert seal.of_values(["a\nb"]) == seal.of_values(["a\r\nb"])
    assert seal.of_values(["a", "b"]) != seal.of_values(["a, b"])
    assert seal.of_values([]) != seal.of_values([""])


def test_rewrapped_lines_are_no_edit() -> None:
    once = "The harbour board voted on Tuesday.\n\n> It has been lit at dusk\n\n- a lamp\n"
    wrapped = "The harbour board\r\nvoted on Tuesday.\r\n\r\n> It has been\r\n> lit at dusk\r\n\r\n\r\n- a lamp"
    assert seal.of_body(once) == seal.of_body(wrapped)


def test_a_changed_word_or_paragraph_is_an_edit() -> None:
    once = "One.\n\nTwo."
    assert seal.of_body(once) != seal.of_body("One. Two.")
    assert seal.of_body(once) != seal.of_body("One.\n\nTow.")
    assert seal.of_body(once) != seal.of_body("One.")


def test_the_breaks_and_indents_of_verse_and_code_are_part_of_the_text() -> None:
    verse = "The bar\\\n\u00a0keeps its bell\n\nAnd more.\n"
    assert seal.of_body(verse) == seal.of_body(verse.replace("\\\n", "  \n"))
    assert seal.of_body(verse) != seal.of_body(verse.replace("\\\n", "\n"))
    assert seal.of_body(verse) != seal.of_body(verse.replace("\u00a0", ""))
    code = "Before.\n\n```\nif dry:\n  warn()\n\nelse:\n```\n\nAfter."
    assert seal.of_body(code) == seal.of_body(code.replace("\n", "\r\n"))
    assert seal.of_body(code) != seal.of_body(code.replace("  warn", " warn"))
    assert seal.of_body(code) != seal.of_body(code.replace("\n\nelse", "\nelse"))


def test_a_page_sealed_in_the_first_form_reads_as_unedited() -> None:
    """The digest is what version 0.1.0 wrote for this body."""
    body = "The harbour board\nvoted on Tuesday.\n\n> It has been lit.\n\n- a lamp\n"
    assert seal.fits_body("5432b21b1934", body)
    assert not seal.fits_body("5432b21b1934", body.replace("lamp", "lantern"))
    assert seal.fits_body(seal.of_body(body), body)
    assert not seal.fits_body(None, body)
