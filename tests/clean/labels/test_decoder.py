"""Rules before recurrence, recurrence before the model, and headings that open sections."""

from __future__ import annotations

import numpy as np

from stemma.clean.labels.decoder import BODY, COMMENT, Verdict, decide
from stemma.clean.labels.line_model import STATES
from stemma.clean.labels.recurrence import LineCounts
from stemma.clean.labels.rules import rulebook
from stemma.clean.lines.segment import segment
from stemma.records import Label

PROSE = "The old weir at Saltmere gave way in the night of the second, and by morning the lower quay stood under water."
MORE = "Engineers of the county have closed the sluice and will look at the masonry once the river has fallen again."


def verdicts(text: str, bodies: list[float], counts: LineCounts | None = None) -> tuple[Verdict, ...]:
    lines = segment(text)
    posteriors = np.array([[0.0, p, 0.0, 1 - p, 0.0] for p in bodies], dtype=np.float32)
    return decide(lines, posteriors, [rulebook().match(line.text) for line in lines], counts)


def labels(text: str, bodies: list[float], counts: LineCounts | None = None) -> list[str]:
    return [verdict.label.value for verdict in verdicts(text, bodies, counts)]


def test_the_model_alone() -> None:
    assert labels(f"{PROSE}\n{MORE}\nHarbour dues", [0.9, 0.9, 0.02]) == ["body", "body", "navigation"]


def test_a_certain_rule_outranks_the_model_and_recurrence() -> None:
    known = LineCounts(b"\x01\x01", b"\x01\x01", b"\x01\x01")
    assert labels(f"{PROSE}\n© 2017 The Saltmere Lamp. All rights reserved.", [0.9, 0.99], known) == ["body", "notice"]


def test_what_recurs_in_many_texts_of_a_site_is_boilerplate_unless_the_model_is_sure() -> None:
    """A story that many pages of a site carry recurs as boilerplate does; there the model decides."""
    often = LineCounts(b"\x01\x09", b"\x01\x09", b"\x00\x00")
    found = verdicts(f"{PROSE}\n{MORE}", [0.95, 0.9], often)
    assert [verdict.rule for verdict in found] == ["model.body", "recurrence.boilerplate"]
    found = verdicts(f"{PROSE}\n{MORE}", [0.95, 0.999], often)
    assert [verdict.rule for verdict in found] == ["model.body", "model.body"]


def test_faint_comments_count_where_a_rule_finds_comments() -> None:
    """The model takes the second line for a comment, half-heartedly."""
    posteriors = np.zeros((3, len(STATES)), dtype=np.float32)
    posteriors[0, BODY], posteriors[1, BODY], posteriors[1, COMMENT], posteriors[2, COMMENT] = 1.0, 0.2, 0.8, 1.0
    lines = segment(f"{PROSE}\n{MORE}\n3 comments")
    ruled = [rulebook().match(line.text) for line in lines]
    assert [one.label.value for one in decide(lines, posteriors, ruled, None)] == ["body", "comment", "comment"]
    assert [one.label.value for one in decide(lines[:2], posteriors[:2], ruled[:2], None)] == ["body", "body"]


def test_copies_of_a_page_do_not_vouch_for_its_boilerplate() -> None:
    copied = LineCounts(b"\x01\x01", b"\x01\x01", b"\x00\x02")
    assert verdicts(f"{PROSE}\n{MORE}", [0.95, 0.4], copied) == verdicts(f"{PROSE}\n{MORE}", [0.95, 0.4])


def test_a_wrapped_paragraph_ends_a_section_of_headlines_as_a_long_line_does() -> None:
    wrapped = ("Related stories", PROSE[:64], PROSE[64:], "Another weir")
    lines = segment(
        "\n".join(("A line that is as wide as a page of eighty columns lets a line be, nearly so.", *wrapped))
    )
    lines = tuple(line._replace(wrapped=at == 3) for at, line in enumerate(lines))
    posteriors = np.array([[0.0, p, 0.0, 1 - p, 0.0] for p in (0.9, 0.1, 0.5, 0.5, 0.1)], dtype=np.float32)
    found = decide(lines, posteriors, [rulebook().match(line.text) for line in lines], None)
    assert [one.label.value for one in found[1:4]] == ["related", "body", "body"]


def test_below_a_heading_of_comments_hardly_any_line_is_body() -> None:
    page = f"{PROSE}\n{MORE}\n{PROSE}\n3 comments\nThe boards were rotten."
    assert labels(page, [0.9, 0.9, 0.9, 0.1, 0.5])[3:] == ["comment", "comment"]
    assert labels(page.replace("3 comments", "A third thing"), [0.9, 0.9, 0.9, 0.9, 0.5])[4] == "body"


def test_a_line_no_one_takes_for_body_stays_outside() -> None:
    assert Label.BODY not in [verdict.label for verdict in verdicts("Home\nNews\nSport", [0.1, 0.05, 0.1])]
