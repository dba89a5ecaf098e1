"""How tests run: properties without a deadline, because a busy machine is not a bug; measured figures are printed last.

Every Hypothesis test has the mark ``property``; ``make fuzz`` runs only those, with many more examples.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

from tests import sample

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", parent=settings.get_profile("default"), max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests measured, whether they passed or not."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    figures = [
        value
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == "figures"
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in sorted(figures):
            terminalreporter.write_line(figure)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the property tests; skip the tests of the sample where there is another archive in its place."""
    tests, here = Path(__file__).parent, sample.is_here()
    for item in items:
        if not here and item.path.relative_to(tests).as_posix().startswith(sample.TESTS):
            item.add_marker(pytest.mark.skip(reason=sample.REASON))
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
            item.add_marker(pytest.mark.property)
