"""A golden pilot whose evaluation is no record written for it, but the log of a tool that ran.

Of the golden pilots' records this one is written by a tool; contracts, bills of materials and the records of
people (approvals, exercises, assessments) are written by `write_pilots.py` after the rules' own examples.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the descriptions lie beside the tests

from archetypes import ARCHETYPES
from test_golden_pilots import MACHINE, RULES
from write_pilots import write_pilot

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass
from poc_gate.model.verdict import Result, Word

LOG = Path(__file__).resolve().parents[1] / "inputs/observe/files/inspect_ai-0.3.285/four-hundred-cases.json"
"""398 of 400 cases right, run by inspect_ai against a server on 2026-11-28."""
DAY_AFTER = "2026-11-29"
UNTYPED = dict.fromkeys(
    ["evaluation.n", "evaluation.failures", "evaluation.repeats", "evaluation.spread", "evaluation.judge"]
)


def judged(folder: Path, stage: str, changes: dict[str, Any]) -> Result:
    (folder / "results").mkdir()
    shutil.copy(LOG, folder / "results" / LOG.name)
    stated = {**UNTYPED, "model.name": "openai/hosted-chat-model", "imports": [f"results/{LOG.name}"]}
    write_pilot(folder, ARCHETYPES["hosted-chat"], RULES, stage=stage, changes={**stated, **changes})
    return assess(CaseRequest(folder, DAY_AFTER, "", machine=str(MACHINE)))


def found(result: Result, rule: str) -> Finding:
    return next(finding for finding in result.findings if finding.rule == rule)


@pytest.mark.parametrize("stage", ["limited", "production"])
def test_a_run_of_a_tool_carries_a_go_without_a_typed_figure(stage: str, tmp_path: Path) -> None:
    result = judged(tmp_path, stage, {})
    assert result.verdict.word is Word.GO, result.verdict.reasons
    assert found(result, "E05-sample-size").held is EvidenceClass.MEASURED
    assert found(result, "E06-run-variance").state is State.UNKNOWN  # one run says nothing of the spread


@pytest.mark.parametrize(("accepted", "word"), [("0.4 %", Word.NO_GO), ("1 %", Word.INSUFFICIENT)])
def test_the_same_run_stops_a_pilot_that_accepts_less(accepted: str, word: Word, tmp_path: Path) -> None:
    """Half of 1 % was wrong, at most 1.6 % with 95 % confidence: 1 % is left open by so few cases, 0.4 % is missed."""
    result = judged(tmp_path, "production", {"evaluation.failure_max": accepted})
    assert result.verdict.word is word
    state = State.FAIL if word is Word.NO_GO else State.UNKNOWN
    assert found(result, "E05-sample-size").state is state
