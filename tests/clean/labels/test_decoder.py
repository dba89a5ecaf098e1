"""Rules before recurrence, recurrence before the model, and headings that open sections."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stemma.clean.labels.context_model import Body
from stemma.clean.labels.decoder import BODY, Verdict, decide
from stemma.clean.labels.recurrence import LineCounts
from stemma.clean.labels.rules import rulebook
from stemma.clean.lines.segment import Line, segment
from stemma.records import Label

PROSE = "The old weir at Saltmere gave way in the night of the second, and by morning the lower quay stood under water."
MORE = "Engineers of the county have closed the sluice and will look at the masonry once the river has fallen again."


def verdicts(text: str, bodies: list[float], counts: LineCounts | None = None) -> tuple[Verdict, ...]:
    lines = segment(text)
    return decided(lines, [[0.0, p, 0.0, 1 - p, 0.0] for p in bodies], counts)


def decided(
    lines: Sequence[Line], posteriors: Sequence[Sequence[float]], counts: LineCounts | None
) -> tuple[Verdict, ...]:
    """The verdicts where the context model says of the body what the line model says."""
    read = np.array(posteriors, dtype=np.float32)
    body = read[:, BODY].astype(np.float64)
    return decide(lines, read, Body(body, body), [rulebook().match(line.text) for line in lines], counts)


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


def test_a_sentence_that_a_whole_site_carries_is_boilerplate_however_well_it_is_written() -> None:
    whole = LineCounts(b"\x01\x14", b"\x01\x14", b"\x00\x00")
    found = verdicts(f"{PROSE}\n{MORE}", [0.95, 0.99], whole)
    assert [verdict.rule for verdict in found] == ["model.body", "recurrence.boilerplate"]


def test_texts_of_other_sites_that_quote_a_sentence_are_no_evidence_against_it() -> None:
    quoted = LineCounts(b"\x01\x01", b"\x01\xff", b"\x00\x00")
    assert verdicts(f"{PROSE}\n{MORE}", [0.95, 0.7], quoted) == verdicts(f"{PROSE}\n{MORE}", [0.95, 0.7])
    heading = verdicts(f"{PROSE}\nIn brief", [0.95, 0.7], quoted)
    assert [verdict.rule for verdict in heading] == ["model.body", "recurrence.boilerplate"]


def test_titles_below_a_line_that_other_texts_of_the_site_have_are_no_text() -> None:
    """“Also in this issue” recurs and the titles under it do not. Within the text such a line is a usual heading."""
    text, titles = f"{PROSE}\n{MORE}", "Also in this issue\n– The goat, again\n– Births: none"
    after = LineCounts(b"\x01\x01\x06\x01\x01", b"\x01\x01\x06\x01\x01", bytes(5))
    found = labels(f"{text}\n{titles}", [0.99, 0.99, 0.5, 0.6, 0.7], after)
    assert found == ["body", "body", "navigation", "navigation", "navigation"]
    within = LineCounts(b"\x01\x06\x01\x01\x01", b"\x01\x06\x01\x01\x01", bytes(5))
    found = labels(f"{PROSE}\n{titles}\n{MORE}", [0.99, 0.5, 0.6, 0.7, 0.99], within)
    assert found == ["body", "navigation", "body", "body", "body"]


def test_copies_of_a_page_do_not_vouch_for_its_boilerplate() -> None:
    copied = LineCounts(b"\x01\x01", b"\x01\x01", b"\x00\x02")
    assert verdicts(f"{PROSE}\n{MORE}", [0.95, 0.4], copied) == verdicts(f"{PROSE}\n{MORE}", [0.95, 0.4])


def test_a_line_no_one_takes_for_body_stays_outside() -> None:
    assert Label.BODY not in [verdict.label for verdict in verdicts("Home\nNews\nSport", [0.1, 0.05, 0.1])]
