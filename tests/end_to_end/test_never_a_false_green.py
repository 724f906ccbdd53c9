"""Nothing looked at, nothing given, nothing readable: never GO, never exit 0."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace
from running_the_gate import EXAMPLES, TODAY, Gate, assess_arguments, machine_of

from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.app.ground.machines.load_profile import load_profile
from poc_gate.app.ground.packs import rule_packs
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.errors import InvalidInputError
from poc_gate.flow.derive_facts import derive_facts
from poc_gate.inputs.artifacts.evidence import read_evidence
from poc_gate.inputs.artifacts.pilot import pilot_files
from poc_gate.model.rule import Stage
from poc_gate.text.documents.positioned_yaml import read_yaml

MINIMAL = "apiVersion: poc-gate/v1\npilot: {name: bare}\n"
RANK = {"GO": 3, "CONDITIONAL": 2, "INSUFFICIENT EVIDENCE": 1, "NO-GO": 0}
HARDER = (Stage.PILOT, Stage.LIMITED)


def test_an_empty_manifest_is_an_error(gate: Gate, tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text("")
    done = gate("assess", "pilot.yaml", "--machine", machine_of("support-assistant"))
    assert done.code == 3
    assert "pilot.yaml:1:1" in done.err
    assert "->" in done.err


def test_a_manifest_that_states_nothing_is_insufficient(gate: Gate, tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text(MINIMAL)
    done = gate("assess", "pilot.yaml", "--machine", machine_of("support-assistant"))
    assert done.code == 11, done.out


def test_rules_that_do_not_apply_are_no_go_ahead(gate: Gate, tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text(MINIMAL + "purpose: {regimes: []}\n")
    done = gate(
        "assess", "pilot.yaml", "--only", "healthcare-us", "--machine", machine_of("support-assistant")
    )
    assert done.code == 11, done.out


def test_a_selection_of_no_rule_is_a_usage_error(gate: Gate):
    done = gate(*assess_arguments("support-assistant"), "--only", "no-such-rule")
    assert done.code == 2
    assert "rules list" in done.err


@pytest.mark.parametrize("selection", ["I01-accountable-owner", "I02", "ownership"])
def test_a_selection_of_rules_is_never_go(gate: Gate, selection: str):
    done = gate(*assess_arguments("support-assistant"), "--only", selection)
    assert done.code == 10, done.out
    assert "selection" in done.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["assess", "nowhere"], 2),
        (["assess", ".", "--machine", "nowhere.json"], 3),
        (["assess", ".", "--pack", "nowhere"], 2),
        (["assess", ".", "--format", "htlm"], 2),
        (["assess", ".", "--accept", "no-go"], 2),
        (["assess", ".", "--ratchet"], 2),
        (["assess", ".", "--on", "2026-02-30"], 2),
        (["assess", ".", "--stage", "prod"], 2),
        (["report", "nowhere.json"], 3),
        (["no-such-command"], 2),
        (["assess", ".", "--no-such-option"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_what_cannot_be_used_is_said_with_a_next_step(
    gate: Gate, tmp_path: Path, arguments: list[str], code: int
):
    (tmp_path / "pilot.yaml").write_text(MINIMAL)
    done = gate(*arguments)
    assert done.code == code, done.out + done.err
    assert done.out == ""
    assert done.err.strip()


@pytest.mark.slow
def test_deleting_any_field_of_the_go_manifest_never_improves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The GO example at the strictest reading: no deletion may lift the verdict of a harder stage either.

    The files beside the manifest stay the same and are parsed once.
    """
    monkeypatch.setattr(pilot_files, "read_artifact", cache(pilot_files.read_artifact))
    monkeypatch.setattr(read_evidence, "parse_evidence", cache(read_evidence.parse_evidence))
    folder = tmp_path / "pilot"
    shutil.copytree(EXAMPLES / "support-assistant", folder)
    data = read_yaml((folder / "pilot.yaml").read_bytes(), "pilot.yaml").data
    profile = load_profile(machine_of("support-assistant"))
    packs = load_rule_packs()
    monkeypatch.setattr(rule_packs, "load_rule_packs", lambda *_, **__: packs)

    def ranks(stages: Sequence[Stage]) -> dict[Stage, int]:
        """Return the rank of the word at these stages; a manifest that is refused is below all of them."""
        request = CaseRequest(folder, TODAY, "", profile=profile)
        try:
            case = read_case(request)
        except InvalidInputError:
            return dict.fromkeys(stages, -1)
        derived = derive_facts(case.tree)  # alike at every stage
        judged = {
            stage: judge_case(replace(case, stage=stage), in_full=False, derived=derived) for stage in stages
        }
        return {stage: RANK[one.verdict.word] for stage, one in judged.items()}

    before = ranks(HARDER)
    assert before[Stage.PILOT] == RANK["GO"]
    improvable = [stage for stage in HARDER if before[stage] < RANK["GO"]]
    assert improvable
    for path in _fields(data):
        (folder / "pilot.yaml").write_text(json.dumps(_without(data, path)))
        for stage, rank in ranks(improvable).items():
            assert rank <= before[stage], f"deleting {'.'.join(map(str, path))} improved {stage}"


def _fields(data: object, path: tuple = ()) -> list[tuple]:
    """Return every section and every field; whole items of lists are no fields."""
    if isinstance(data, dict):
        return [p for key, value in data.items() for p in ((*path, key), *_fields(value, (*path, key)))]
    if isinstance(data, list):
        return [p for index, value in enumerate(data) for p in _fields(value, (*path, index))]
    return []


def _without(data: object, path: tuple) -> object:
    if isinstance(data, dict):
        if len(path) == 1:
            return {key: value for key, value in data.items() if key != path[0]}
        return {key: _without(value, path[1:]) if key == path[0] else value for key, value in data.items()}
    return [_without(value, path[1:]) if index == path[0] else value for index, value in enumerate(data)]


@pytest.mark.parametrize("tier", ["prohibited", "high"])
def test_a_tier_that_a_record_contradicts_is_no_go_ahead(gate: Gate, tmp_path: Path, tier: str):
    """The record says `minimal` and outranks the manifest; what its owner typed must still not vanish."""
    pilot = Path(shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot"))
    manifest = pilot / "pilot.yaml"
    key = "  risk_tier_approved: true\n"
    manifest.write_text(manifest.read_text().replace(key, f"{key}  risk_tier: {tier}\n"))
    done = gate("assess", str(pilot), "--machine", machine_of("support-assistant"), "--on", TODAY, "-v")
    assert done.code == 11, done.out
    assert "E02-risk-tier" in done.out
    assert "disagree" in done.out
