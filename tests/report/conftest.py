"""Fixtures of the report tests: one fixed result, one browser for all pages."""

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


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start the browser once for the files of this folder; each page has a context of its own."""
    with starting() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def visits(browser: Browser) -> Iterator[Visits]:
    """Return pages that open once for all tests that only look at them."""
    made = Visits(browser)
    yield made
    made.close()
