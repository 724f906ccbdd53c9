"""The terminal report of the six results: 24 lines of 80 columns, the answer last; golden files, reviewed as code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from six_results import NAMES, six_results

from poc_gate.model.verdict import Result
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions

GOLDEN = Path(__file__).parent / "golden" / "six"
LINES, COLUMNS = 24, 80


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    return six_results(tmp_path_factory.mktemp("six"))


@pytest.mark.parametrize("name", NAMES)
def test_the_report_fits_a_terminal_and_ends_with_the_answer(results: dict[str, Result], name: str) -> None:
    result = results[name]
    text = find_format("terminal").render(result, RenderOptions(width=COLUMNS)).decode()
    path = GOLDEN / f"{name.replace(' ', '-').lower()}.txt"
    if os.environ.get("POC_GATE_REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "review with POC_GATE_REWRITE_GOLDEN=1"
    lines = text.splitlines()
    assert max(map(len, lines)) <= COLUMNS
    if name != "first look":
        assert len(lines) <= LINES
    assert result.verdict.word.value in "\n".join(lines[-8:])
