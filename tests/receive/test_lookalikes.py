"""Text files that hold something else are noticed; prose that speaks of it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.receive.lookalikes import lookalike
from tests.archivist import Archivist

ARTICLE = "<p>The <a href='/lamp'>lamp</a> was lit.</p>\n"


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("<!DOCTYPE html>\n<html><body>The lamp</body></html>", "HTML"),
        ("  <!-- saved -->\n<html lang=en>", "HTML"),
        ("The lamp\n\n" + ARTICLE * 4, "HTML"),
        ('{"title": "The lamp", "text": "It was lit."}\n', "JSON"),
        ('[\n {"title": "The lamp"}]', "JSON"),
        ("WARC/1.0\r\nWARC-Type: conversion\r\n", "a WET archive"),
        ("The lamp\n\nWrite <p> before a paragraph and </p> after it, and <br> for a break.", ""),
        ("{sic} The lamp was lit, writes the keeper, in braces.", ""),
        ("[The lamp] was lit.", ""),
        ("x < y > z, a<b, and 3 <4>5\n" * 40, ""),
        ("", ""),
    ],
)
def test_what_a_file_looks_like(text: str, like: str) -> None:
    assert lookalike(text) == like


def test_it_is_a_warning_and_the_first_thing_to_review(tmp_path: Path) -> None:
    archivist = Archivist(tmp_path)
    archivist.receive("page.txt", "<html><body>\n" + ARTICLE * 9 + "</body></html>\n")
    said = archivist.build()
    assert "warning: raw/page.txt: looks like HTML, not like plain text. Save the page's text in its place" in said
    assert archivist.run("--review").stdout.count("pages/page.md: the raw file looks like HTML") == 1


def test_what_is_passed_over_is_told_by_kind(tmp_path: Path) -> None:
    archivist = Archivist(tmp_path)
    archivist.receive("lamp.txt", "The lamp was lit on Sunday, and eleven boats came in by it before the tide turned.")
    for name in ("a.html", "b.HTML", "sub/c.html", "d.docx", "e", ".hidden.txt", ".DS_Store"):
        archivist.receive(name, "x")
    told = "6 passed over: 3 .html, 1 .docx, 1 hidden, 1 without an ending. Only .txt files are received"
    assert told in archivist.build()
