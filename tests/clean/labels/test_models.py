"""Which pair of models reads a page, and that a page is read alike alone and among pages in other scripts."""

from __future__ import annotations

import pytest

from stemma.clean.labels.labeller import label_lines
from stemma.clean.labels.models import LATIN, OTHER, models, script_of
from stemma.clean.lines.segment import segment

PAGES = {
    "English": ("The mill was sold in autumn.\n\nNobody has seen the miller since.", LATIN),
    "Polish": ("Młyn sprzedano jesienią, a młynarz wyjechał. Źle się stało, mówią sąsiedzi.", LATIN),
    "Vietnamese": ("Cối xay cũ đã được bán vào mùa thu và người thợ xay rời làng.", LATIN),
    "Russian": ("Мельницу продали осенью.\n\nМельника с тех пор никто не видел.", OTHER),
    "Thai, with Latin around": ("Home | About\n\nโรงสีเก่าถูกขายไปเมื่อฤดูใบไม้ร่วง ไม่มีใครเห็นเจ้าของอีกเลย", OTHER),
    "nothing": ("", LATIN),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_by_the_models_for_its_letters(name: str) -> None:
    text, script = PAGES[name]
    assert script_of(segment(text)) == script


def test_pages_in_several_scripts_are_read_as_each_alone() -> None:
    pages = [segment(text) for text, _ in PAGES.values()]
    assert label_lines(pages) == [label_lines([page])[0] for page in pages]


def test_other_models_can_be_tried() -> None:
    latin, other = models()
    page = segment(PAGES["Russian"][0])
    assert label_lines([page], known=(latin, other)) == label_lines([page])
    assert label_lines([page], known=(latin, latin)) != label_lines([page])
