"""Fixtures of the report tests: one fixed result, one browser a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from poc_gate.model.verdict import Result

sys.path.insert(0, str(Path(__file__).parent))  # the sample and the hostile texts lie beside the tests

from in_a_browser import Browser, Visits, starting
from sample_result import sample_result


@pytest.fixture(scope="session")
def result() -> Result:
    """Return the fixed sample."""
    return sample_result()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser once a file: one that lived longer would leave its event loop running under other tests."""
    with starting() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def visits(browser: Browser) -> Iterator[Visits]:
    """Return pages that open once for all tests that only look at them."""
    made = Visits(browser)
    yield made
    made.close()
