"""The catalogues of the site's own words are whole: every message, every value of it, compiled as they are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from stemma.packaged import CATALOGUES
from stemma.publish.wording.dates import in_words, span_in_words
from stemma.publish.wording.glossary import TERMS
from stemma.publish.wording.numbers import per_cent
from stemma.publish.wording.translation import translation
from stemma.settings import Settings, read
from tests import catalogues

VALUE = re.compile(r"%\((\w+)\)s|%%|%")
TAG = re.compile(r"</?(\w+)")


def messages(found: Catalog) -> dict[tuple[str | None, str], Message]:
    return {(one.context, one.id if isinstance(one.id, str) else one.id[0]): one for one in found if one.id}


@pytest.fixture(scope="module")
def collected() -> dict[tuple[str | None, str], Message]:
    return messages(catalogues.collected())


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_a_catalogue_has_the_messages_of_the_site_and_no_other(
    language: str, collected: dict[tuple[str | None, str], Message]
) -> None:
    found = messages(catalogues.catalogue(language))
    assert found.keys() == collected.keys(), "run make catalogues"


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_translations_have_the_values_and_the_marks_of_their_messages(language: str) -> None:
    for message in messages(catalogues.catalogue(language)).values():
        one, many = (message.id, message.id) if isinstance(message.id, str) else (message.id[0], message.id[-1])
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        for form in filter(None, forms):
            values = {*VALUE.findall(form)}
            assert values <= {*VALUE.findall(one), *VALUE.findall(many)}, form
            assert values | {"num", "count"} >= {*VALUE.findall(many)}, form  # "one line" may do without the number
            assert sorted(TAG.findall(form)) == sorted(TAG.findall(many)), form


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_compiled_catalogues_are_those_of_the_files(language: str) -> None:
    found = catalogues.catalogue(language)
    assert (CATALOGUES / f"{language}.mo").read_bytes() == catalogues.compiled(found), "run make catalogues"
    assert (CATALOGUES / f"{language}.json").read_text("utf-8") == catalogues.compiled_for_scripts(found)
    assert translation(language).dir == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    found = messages(catalogues.catalogue(language)).values()
    lacking = [one.id for one in found if not all((one.string,) if isinstance(one.string, str) else one.string or ())]
    assert lacking == [], f"translate them in {language}.po, then run make catalogues"


NUMBERS = {
    "de": {0: "0 Zeilen", 1: "1 Zeile", 2: "2 Zeilen", 1204: "1.204 Zeilen"},
    "fr": {0: "0 ligne", 1: "1 ligne", 2: "2 lignes", 1204: "1\u202f204 lignes"},
    "ar": {0: "0 سطر", 1: "سطر واحد", 2: "سطران", 3: "3 أسطر", 11: "11 سطرًا", 100: "100 سطر", 1204: "1,204 أسطر"},
    "en": {0: "0 lines", 1: "1 line", 2: "2 lines", 1204: "1,204 lines"},
}


@pytest.mark.parametrize("language", NUMBERS)
def test_plurals_follow_the_rules_of_the_language(language: str) -> None:
    tr = translation(language)
    found = {number: tr.figures(number, "%(num)s line", "%(num)s lines") for number in NUMBERS[language]}
    assert found == NUMBERS[language]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("1 March 2017", "15 to 30 December 2017", "about 1950", "under\u00a01%")),
        ("de", ("1. März 2017", "15. bis 30. Dezember 2017", "um 1950", "unter 1\u00a0%")),
        ("fr", ("1er mars 2017", "15 – 30 décembre 2017", "vers 1950", "moins de 1\u202f%")),
        ("ar", ("1 مارس 2017", "15 إلى 30 ديسمبر 2017", "نحو 1950", "أقل من 1%")),
    ],
)
def test_dates_and_shares_are_written_as_the_language_does(language: str, words: tuple[str, ...]) -> None:
    tr = translation(language)
    span = span_in_words(["2017-12-15", "2017-12-30"], tr)
    assert (in_words("2017-03-01", tr), span, in_words("1950~", tr), per_cent(0.001, tr)) == words


def test_a_language_that_the_interface_has_not_is_named(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "archive.toml").write_text('title = "T"\naddress = "https://archive.example/"\nlanguage = "de-AT"\n')
    _, (problem,) = read(Settings(content=tmp_path, config=tmp_path / "archive.toml"))
    assert problem.line == 3
    assert problem.what == (
        'language: must be one of "ar", "de", "en", "fr", the languages of the interface; texts may be in any language'
    )


def test_the_terms_are_listed_in_every_language() -> None:
    rows = [
        f"| {term.name} | {' | '.join(translation(language).gettext(term.name) for language in ('de', 'fr', 'ar'))} |"
        for term in TERMS
    ]
    table = "\n".join(["| English | German | French | Arabic |", "|---|---|---|---|", *rows])
    assert table in (catalogues.PROJECT / "docs/languages.md").read_text("utf-8"), table
