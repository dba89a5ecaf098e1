"""Rules before the survey, the survey before the model, and headings that speak for what stands below them."""

from __future__ import annotations

import numpy as np

from stemma.clean.rules import rulebook
from stemma.clean.segment import segment
from stemma.clean.sequence import Verdict, decide
from stemma.clean.survey import Tally
from stemma.nouns import Label

PROSE = "The old weir at Saltmere gave way in the night of the second, and by morning the lower quay stood under water."
MORE = "Engineers of the county have closed the sluice and will look at the masonry once the river has fallen again."


def verdicts(text: str, bodies: list[float], tally: Tally | None = None) -> tuple[Verdict, ...]:
    lines = segment(text)
    likely = np.array([[0.0, p, 0.0, 1 - p, 0.0] for p in bodies], dtype=np.float32)
    return decide(lines, likely, [rulebook().match(line.text) for line in lines], tally)


def labels(text: str, bodies: list[float], tally: Tally | None = None) -> list[str]:
    return [verdict.label.value for verdict in verdicts(text, bodies, tally)]


def test_the_model_alone() -> None:
    assert labels(f"{PROSE}\n{MORE}\nHarbour dues", [0.9, 0.9, 0.02]) == ["body", "body", "navigation"]


def test_a_certain_rule_outranks_the_model_and_the_survey() -> None:
    known = Tally(b"\x01\x01", b"\x01\x01", b"\x01\x01")
    assert labels(f"{PROSE}\n© 2017 The Saltmere Lamp. All rights reserved.", [0.9, 0.99], known) == ["body", "notice"]


def test_what_stands_in_three_texts_of_a_site_is_furniture_whatever_the_model_says() -> None:
    found = verdicts(f"{PROSE}\n{MORE}", [0.95, 0.95], Tally(b"\x01\x03", b"\x01\x03", b"\x00\x00"))
    assert [verdict.rule for verdict in found] == ["model.body", "survey.furniture"]


def test_what_only_copies_of_a_text_share_is_body() -> None:
    found = verdicts(f"{PROSE}\n{MORE}", [0.95, 0.4], Tally(b"\x01\x01", b"\x01\x01", b"\x00\x02"))
    assert [verdict.rule for verdict in found] == ["model.body", "survey.copy"]


def test_below_a_heading_of_comments_hardly_any_line_is_body() -> None:
    page = f"{PROSE}\n{MORE}\n{PROSE}\n3 comments\nThe boards were rotten."
    assert labels(page, [0.9, 0.9, 0.9, 0.1, 0.5])[3:] == ["comment", "comment"]
    assert labels(page.replace("3 comments", "A third thing"), [0.9, 0.9, 0.9, 0.9, 0.5])[4] == "body"


def test_a_line_no_one_takes_for_body_stays_outside() -> None:
    assert Label.BODY not in [verdict.label for verdict in verdicts("Home\nNews\nSport", [0.1, 0.05, 0.1])]
