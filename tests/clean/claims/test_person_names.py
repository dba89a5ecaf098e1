"""Names: what follows a cue, where a name ends, and what is none."""

from __future__ import annotations

import pytest

from stemma.clean.claims.recognizers.credit_lines import is_byline, named, poster_of
from stemma.clean.claims.recognizers.person_names import announced, is_name, is_person

ANNOUNCED = [
    ("Institute for Tides and Currents and Anna Quist", ("Institute for Tides and Currents", "Anna Quist")),
    ("Department of the Quay, Velmouth", ("Department of the Quay",)),
    ("the Harbour Desk", ("the Harbour Desk",)),
    ("our reporter Ole Brandt", ("Ole Brandt",)),
    ("notre correspondante Ada Quist", ("Ada Quist",)),
    ("nuestro corresponsal Ole Brandt", ("Ole Brandt",)),
    ("Ada Quist", ("Ada Quist",)),
    ("Ada Quist und Ole Brandt, dpa", ("Ada Quist", "Ole Brandt", "dpa")),
    ("Ada Quist, Harbour Columnist", ("Ada Quist",)),
    ("Ada Quist, Hamburg", ("Ada Quist",)),
    ("Ada Quist, MD, Ole Brandt, PhD", ("Ada Quist, MD", "Ole Brandt, PhD")),
    ("Ada Quist • 3 min read", ("Ada Quist",)),
    ("Ada QuistUpdated: May 3, 2020", ("Ada Quist",)),
    ("Ada Quist May 3, 2020", ("Ada Quist",)),
    ("Ada Quist und Ole Martens 03.05.2020", ("Ada Quist", "Ole Martens")),
    ("Ada Quist, Senior Editor, Harbour Watch", ("Ada Quist",)),
    ("Ada van der Quist y Olé Brandt", ("Ada van der Quist", "Olé Brandt")),
    ("Ada Quist Ada Quist", ("Ada Quist",)),
    ("South Quay", ("South Quay",)),
    ("Анна Кузнецова и Пётр Волков", ("Анна Кузнецова", "Пётр Волков")),
    ("أحمد منصور", ("أحمد منصور",)),
    ("王小明、李华", ("王小明", "李华")),
    ("the way we live now", ()),
    ("clicking here you agree", ()),
    ("12 people", ()),
    ("", ()),
]

CUES = [
    ("By Ada Quist", ("Ada Quist",)),
    ("Written by Ada Quist", ("Ada Quist",)),
    ("Author: Ada Quist", ("Ada Quist",)),
    ("Von Ada Quist", ("Ada Quist",)),
    ("Eine Analyse von Ada Quist", ("Ada Quist",)),
    ("Par Ada Quist", ("Ada Quist",)),
    ("Por Ada Quist", ("Ada Quist",)),
    ("di Ada Quist", ("Ada Quist",)),
    ("Door Ada Quist", ("Ada Quist",)),
    ("Автор: Анна Кузнецова", ("Анна Кузнецова",)),
    ("بقلم: أحمد منصور", ("أحمد منصور",)),
    ("作者：王小明", ("王小明",)),
    ("文/王小明", ("王小明",)),
    ("記者 王小明", ("王小明",)),
    ("by harbourmaster", ("harbourmaster",)),
    # Not a byline:
    ("By the end of the year it was over", ()),
    ("Von wegen", ()),
    ("Por qué", ()),
    ("Author Spotlight", ()),
    ("By 2030 all ferries will be electric", ()),
    ("Di seguito il testo", ()),
]

NAMES = [("Ada Quist", True), ("Read More", False), ("Contact Us", False), ("quay", False), ("Abu Omar al-Hakim", True)]


@pytest.mark.parametrize(("text", "names"), ANNOUNCED)
def test_what_follows_a_cue(text: str, names: tuple[str, ...]) -> None:
    assert announced(text) == names


@pytest.mark.parametrize(("line", "names"), CUES)
def test_bylines_of_many_languages(line: str, names: tuple[str, ...]) -> None:
    assert named(line) == names
    assert is_byline(line) == bool(names)


@pytest.mark.parametrize(("words", "name"), NAMES)
def test_how_a_name_is_written(words: str, *, name: bool) -> None:
    assert is_name(words) is name


def test_a_person_has_two_to_four_words() -> None:
    assert is_person("Ada Quist")
    assert not is_person("Quist")
    assert not is_person("HARBOUR DESK")


@pytest.mark.parametrize(
    ("line", "poster"),
    [
        ("Posted on by quaywalker", "quaywalker"),
        ("Posted on 3 May 2020 by quaywalker", "quaywalker"),
        ("date 2020-05-03 Posted on by quaywalker", "quaywalker"),
        ("Posted by Ada Quist", "Ada Quist"),
        ("Gepostet von Ada Quist | Wohnen", "Ada Quist"),
        ("Posted on 3 May 2020", ""),
        ("By Ada Quist", ""),
    ],
)
def test_who_posted(line: str, poster: str) -> None:
    assert poster_of(line) == poster
