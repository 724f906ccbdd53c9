"""A scan with critical flaws that is taken out of the imports improves nothing: the question stays open, and the base is held."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.judge.verdict.compare_results import find_weakenings
from poc_gate.model.finding import State
from poc_gate.model.verdict import Result

FILES = Path(__file__).parents[1] / "inputs" / "observe" / "files"
RULE = "F20-known-flaws"
TODAY = "2026-11-28"
LOCK = "anyio==4.9.0 \\\n    --hash=sha256:" + "a" * 64 + "\n"


def judged(folder: Path, *imports: str) -> Result:
    (folder / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot: {name: claims, stage: production, uses: [llm]}\n"
        f"imports: {json.dumps(imports)}\n"
    )
    return assess(CaseRequest(folder, TODAY, f"{TODAY}T10:00:00Z", unprobed=True))


def state_of(result: Result) -> State:
    return next(finding.state for finding in result.findings if finding.rule == RULE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(FILES / "replicas" / "trivy-image.json", tmp_path / "scan.json")
    (tmp_path / "requirements.txt").write_text(LOCK)
    return tmp_path


def test_with_a_lock_the_question_stays_open(folder: Path) -> None:
    with_scan, without = judged(folder, "requirements.txt", "scan.json"), judged(folder, "requirements.txt")
    assert (state_of(with_scan), state_of(without)) == (State.FAIL, State.UNKNOWN)
    assert [one.subject for one in find_weakenings(with_scan, without)] == ["imports of scan"]


def test_without_anything_of_what_ships_the_base_holds_it(folder: Path) -> None:
    with_scan, without = judged(folder, "scan.json"), judged(folder)
    assert (state_of(with_scan), state_of(without)) == (State.FAIL, State.NOT_APPLICABLE)
    assert [one.subject for one in find_weakenings(with_scan, without)] == ["imports of scan"]
