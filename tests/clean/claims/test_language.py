"""The language of a text: one invented passage each, and texts that are in none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.clean.claims.language import language, measured

PASSAGES = {
    "en": (
        "The harbour was quiet when the ferry came in from the islands, and nobody on the quay had "
        "expected it to be so late in the day."
    ),
    "de": (
        "Der Hafen war still, als die Fähre von den Inseln kam, und niemand auf dem Kai hatte erwartet, "
        "dass sie so spät am Tag noch einlaufen würde."
    ),
    "fr": (
        "Le port était calme quand le bac est arrivé des îles, et personne sur le quai ne pensait qu’il "
        "serait si tard dans la journée pour les voyageurs."
    ),
    "es": (
        "El puerto estaba tranquilo cuando llegó el transbordador de las islas, y nadie en el muelle "
        "esperaba que fuera tan tarde para los viajeros del día."
    ),
    "it": (
        "Il porto era tranquillo quando il traghetto è arrivato dalle isole, e nessuno sul molo si "
        "aspettava che fosse così tardi per i viaggiatori della giornata."
    ),
    "pt": (
        "O porto estava calmo quando a balsa chegou das ilhas, e ninguém no cais esperava que fosse tão "
        "tarde para os viajantes do dia, mas não foi um problema."
    ),
    "nl": (
        "De haven was stil toen de veerboot van de eilanden kwam, en niemand op de kade had verwacht dat"
        " het zo laat op de dag zou zijn voor de reizigers."
    ),
    "ru": (
        "В гавани было тихо, когда с островов пришёл паром, и никто на причале не ожидал, что будет уже "
        "так поздно для пассажиров."
    ),
    "ar": (
        "كان الميناء هادئا عندما وصلت العبارة من الجزر ولم يتوقع أحد على الرصيف أن تصل إلى هنا في هذا الوقت المتأخر"
    ),
    "zh": "渡轮从岛上驶来的时候港口很安静，码头上没有人想到会这么晚才到达。",
    "ja": "島から来たフェリーが港に着いたとき、あたりは静かで、こんなに遅くなるとは誰も思っていなかった。",
}


@pytest.mark.parametrize(("tag", "passage"), PASSAGES.items())
def test_each_language(tag: str, passage: str) -> None:
    assert language(passage) == tag


@pytest.mark.parametrize(
    "text", ["", "Quay 7", "12.30 14.15 16.00", "zq zq zq zq zq zq zq zq zq zq zq zq zq zq", "Foto: Ada Quist"]
)
def test_too_little_to_tell(text: str) -> None:
    assert language(text) == ""
    assert measured(text) is None


@given(st.text(max_size=300))
def test_any_text_has_one_plain_tag_or_none(text: str) -> None:
    tag = language(text)
    assert tag == "" or (tag.isascii() and tag.isalpha() and len(tag) == 2)
