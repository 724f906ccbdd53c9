"""Fixtures of the report tests: one fixed result."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from poc_gate.model.verdict import Result

sys.path.insert(0, str(Path(__file__).parent))  # the sample and the hostile texts lie beside the tests

from sample_result import sample_result


@pytest.fixture(scope="session")
def result() -> Result:
    """Return the fixed sample."""
    return sample_result()
