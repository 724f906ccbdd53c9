"""The program, run in an empty folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the way it is run lies beside the tests
sys.path.insert(
    1, str(Path(__file__).parents[1] / "report")
)  # what a browser, or Jenkins, finds wrong with a report

from running_the_gate import Gate


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """Return the program, run in a folder of its own."""
    return Gate(tmp_path)
