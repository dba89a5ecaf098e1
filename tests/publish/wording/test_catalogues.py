"""The catalogues of the site's own words are whole: every message, every value of it, compiled as they are written."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message

from stemma.packaged import CATALOGUES
from stemma.publish.wording.translation import translation
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
