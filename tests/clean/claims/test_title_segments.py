"""Parts of a line that could be the title by themselves."""

from __future__ import annotations

import pytest

from stemma.clean.claims.title.segments import MAX_PARTS, is_path, parts


@pytest.mark.parametrize(
    ("line", "part", "rest", "sort"),
    [
        ("The lamp is to be put out | Harbour Review", "The lamp is to be put out", "Harbour Review", "bar"),
        ("The lamp is to be put out - Harbour Review", "The lamp is to be put out", "Harbour Review", "dash"),
        ("Ennick : The lamp is to be put out", "The lamp is to be put out", "Ennick", "wide-colon"),
        ("Home » News » The lamp is put out", "The lamp is put out", "Home » News", "path"),
        ("3. The lamp is to be put out", "The lamp is to be put out", "3. ", "number"),
    ],
)
def test_what_is_set_aside(line: str, part: str, rest: str, sort: str) -> None:
    assert (part, rest, sort) in [(one.text, one.rest, one.sort) for one in parts(line, {}, dated=False)]


def test_a_date_is_set_aside() -> None:
    found = parts("2 April 2017 – The lamp is to be put out", {}, dated=True)
    assert [one.text for one in found if one.sort == "date"] == ["The lamp is to be put out"]


def test_a_part_that_stands_alone_elsewhere_needs_no_sign() -> None:
    line = "Lamps and buoys The lamp is to be put out"
    assert parts(line, {}, dated=False) == []
    assert [one.text for one in parts(line, {"the lamp is to be put out": 1}, dated=False)] == [
        "The lamp is to be put out",
        "Lamps and buoys",
    ]


def test_two_lines_put_together_without_a_space() -> None:
    found = {one.text for one in parts("A quarrel about oil“Who pays for the lamp”", {}, dated=False)}
    assert {"A quarrel about oil", "“Who pays for the lamp”"} <= found


@pytest.mark.parametrize(
    "path",
    ["News » Harbour » The lamp is put out", "Home / Harbour / The lamp is put out", "A › B › The lamp is put out"],
)
def test_of_a_path_the_last_step_alone(path: str) -> None:
    assert is_path(path)
    assert [one.text for one in parts(path, {}, dated=False)] == ["The lamp is put out"]


def test_one_mark_makes_no_path() -> None:
    assert not is_path("Lamp » bell: what the harbour needs")


def test_a_menu_has_no_parts_and_no_line_has_many() -> None:
    assert parts("Lamps | Buoys and bells | Ferries | The harbour | Tides | Letters", {}, dated=False) == []
    assert len(parts("Lamps - Buoys and bells: ferries | The harbour - tides", {}, dated=False)) <= MAX_PARTS
