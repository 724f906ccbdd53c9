"""Every stage can be reached: each archetype gets GO at each stage, one wrong answer the right word, and each says why.

The first screen of every one of them answers what a reader asks.
"""

from __future__ import annotations

import json
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
sys.path.insert(0, str(Path(__file__).parent))  # the descriptions lie beside the tests

from archetypes import ARCHETYPES
from reader_questions import assert_answers
from write_pilots import DAY, write_pilot

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.model.finding import State
from poc_gate.model.verdict import Result, Word

RULES = tuple(load_rule_packs().rules.values())
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MACHINE = EXAMPLES / "support-assistant/machine.json"
"""A profile that `poc-gate probe` recorded; the archetypes plan for this machine."""
OTHER_MACHINES = {"self-hosted-rag": EXAMPLES / "machines/h100-80gb-hbm3.json"}
"""Recorded profiles with an accelerator."""
STAGES = ("pilot", "limited", "production")
TWINS: list[tuple[str, str, dict[str, Any], Word, str]] = [
    ("hosted-chat", "production", {"model.retires_on": "2026-10-01"}, Word.NO_GO, "G12"),
    ("hosted-chat", "production", {"purpose.regimes": None}, Word.INSUFFICIENT, "E02"),
    ("hosted-rag", "pilot", {"sources[articles].rights_allow_ai": False}, Word.NO_GO, "A08"),
    ("self-hosted-rag", "limited", {"model.planned_concurrency": 5000}, Word.NO_GO, "C01"),
    ("agent-harmless", "production", {"agent.bounds_enforced": False}, Word.NO_GO, "D09"),
    ("agent-irreversible", "pilot", {"agent.human_approval": []}, Word.NO_GO, "F11"),
    ("agent-irreversible", "pilot", {"evaluation.injection_success": "90 %"}, Word.NO_GO, "F04"),
    ("agent-harmless", "production", {"evaluation.injection_indirect_successes": 30}, Word.NO_GO, "F04"),
    ("hosted-chat", "production", {"model.time_per_call_p99": "80 s"}, Word.NO_GO, "B03"),
    ("batch-classifier", "production", {"pipeline.skew_parity": "90 %"}, Word.NO_GO, "D06"),
    ("batch-llm", "pilot", {"security.lawful_basis": "none"}, Word.NO_GO, "F13"),
    ("fraud-scoring", "production", {"target.replicas": 1}, Word.NO_GO, "G06"),
    ("training-pipeline", "pilot", {"sources[events].rights_allow_ai": False}, Word.NO_GO, "A08"),
    ("vision-edge", "limited", {"operations.stop": "2 h"}, Word.NO_GO, "G09"),
    ("vision-edge", "limited", {"operations.stop": "10 min"}, Word.CONDITIONAL, "G09"),
    ("batch-classifier", "production", {"pipeline.skew_parity": "98 %"}, Word.CONDITIONAL, "D06"),
    ("hosted-rag", "production", {"operations.load_test_duration": "20 min"}, Word.CONDITIONAL, "B06"),
    ("hosted-rag", "production", {"operations.load_test_duration": "5 min"}, Word.NO_GO, "B06"),
    ("bank-model", "production", {"purpose.model_inventory_id": None}, Word.INSUFFICIENT, "K09"),
    ("clinical-aid", "pilot", {"evaluation.clinical_conditions": False}, Word.NO_GO, "K12"),
]
"""Archetype, stage, the one thing wrong, the word it must get, and the rule that must say so."""


def judged(name: str, stage: str, changes: dict[str, Any]) -> Result:
    """Return the result of an archetype with other values; several tests look at the same one."""
    return _judged(name, stage, json.dumps(changes, sort_keys=True))


@cache
def _judged(name: str, stage: str, changes: str) -> Result:
    with tempfile.TemporaryDirectory(prefix="golden-") as place:
        folder = Path(place)
        write_pilot(folder, ARCHETYPES[name], RULES, stage=stage, changes=json.loads(changes))
        return assess(CaseRequest(folder, DAY, "", machine=str(OTHER_MACHINES.get(name, MACHINE))))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", ARCHETYPES)
def test_an_archetype_that_is_ready_gets_go(name: str, stage: str) -> None:
    result = judged(name, stage, {})
    open_ones = {f.rule: str(f.state) for f in result.findings if f.state in (State.FAIL, State.UNKNOWN)}
    assert result.verdict.word is Word.GO, (result.verdict.reasons, open_ones)
    assert State.FAIL not in {finding.state for finding in result.findings}, open_ones


@pytest.mark.parametrize(("name", "stage", "changes", "word", "rule"), TWINS)
def test_one_wrong_answer_gets_the_right_word(
    name: str, stage: str, changes: dict[str, Any], word: Word, rule: str
) -> None:
    result = judged(name, stage, changes)
    assert result.verdict.word is word, result.verdict.reasons
    wanted = State.UNKNOWN if word is Word.INSUFFICIENT else State.FAIL
    assert rule in {f.rule.split("-")[0] for f in result.findings if f.state is wanted}


@pytest.mark.parametrize("name", ARCHETYPES)
def test_an_archetype_that_is_ready_says_for_whom_how_much_and_until_when(name: str) -> None:
    assert_answers(judged(name, "limited", {}))


@pytest.mark.parametrize(("name", "stage", "changes"), [twin[:3] for twin in TWINS])
def test_an_archetype_with_one_thing_wrong_says_why_what_it_costs_and_who_acts(
    name: str, stage: str, changes: dict[str, Any]
) -> None:
    assert_answers(judged(name, stage, changes))


def test_every_archetype_has_a_twin() -> None:
    assert {twin[0] for twin in TWINS} == ARCHETYPES.keys()
