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
