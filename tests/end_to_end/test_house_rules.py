"""The example pack of the documents: it loads, its examples hold, and its rules speak in an assessment."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from running_the_gate import EXAMPLES, ROOT, TODAY, Gate, machine_of

PACK = EXAMPLES / "packs" / "house-rules"
RECORD = "exercise: {date: 2026-10-12, scenario: wrong answers, present: [on call, owner], findings: none}\n"
LISTED = "  - {rule: HR03-tabletop-exercise, file: records/t.yaml, observed_at: 2026-10-12, approver: service owner}\n"


def test_its_examples_hold_and_nothing_is_advised(gate: Gate):
    tested = gate("rules", "test", str(PACK))
    assert (tested.code, tested.out) == (0, "All 11 examples passed (3 rules).\n")
    assert gate("rules", "lint", str(PACK)).out == "The packs load; 0 pieces of advice.\n"


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    """Return a copy of the example that gets GO."""
    return Path(shutil.copytree(EXAMPLES / "support-assistant", tmp_path / "pilot"))


def states(gate: Gate, pilot: Path) -> dict[str, str]:
    """Return rule -> state of the pack's rules in one assessment; the way a user adds a pack."""
    run = ["assess", str(pilot), "--machine", machine_of("support-assistant"), "--on", TODAY]
    done = gate(*run, "--pack", str(PACK), "--format", "json=out.json")
    assert done.code in {0, 10, 11, 12}, done.err
    result = json.loads((gate.folder / "out.json").read_text())
    assert "house-rules" in {pack["id"] for pack in result["packs"]}
    return {found["rule"]: found["state"] for found in result["findings"] if found["rule"].startswith("HR")}


def test_its_rules_fire_both_ways(gate: Gate, pilot: Path):
    before = {
        "HR01-approved-systems": "pass",
        "HR02-time-to-review": "pass",
        "HR03-tabletop-exercise": "unknown",
    }
    assert states(gate, pilot) == before
    manifest = pilot / "pilot.yaml"
    manifest.write_text(manifest.read_text().replace("review_time: 45 s", "review_time: 9 s") + LISTED)
    contract = pilot / "contracts" / "knowledge-base.odcs.yaml"  # wins over the manifest's word
    contract.write_text(contract.read_text().replace("type: postgres", "type: oracle"))
    (pilot / "records" / "t.yaml").write_text(RECORD)
    after = {"HR01-approved-systems": "fail", "HR02-time-to-review": "fail", "HR03-tabletop-exercise": "pass"}
    assert states(gate, pilot) == after
    (pilot / "records" / "t.yaml").write_text(RECORD.replace("on call, ", ""))
    assert states(gate, pilot)["HR03-tabletop-exercise"] == "fail"


def test_it_tightens_a_limit_of_another_pack_and_the_result_says_so(gate: Gate, pilot: Path):
    states(gate, pilot)
    result = json.loads((gate.folder / "out.json").read_text())
    limits = next(found for found in result["findings"] if found["rule"] == "E09-oversight-capacity")
    assert "house-rules" in json.dumps(limits)


def test_the_documents_name_commands_that_exist(gate: Gate):
    """What CONTRIBUTING and docs/packs.md tell a newcomer to type is typed, in a folder of its own."""
    shutil.copytree(PACK, gate.folder / "house-rules")
    shutil.copytree(EXAMPLES / "support-assistant", gate.folder, dirs_exist_ok=True)
    (gate.folder / "house-rules" / "HR01-approved-systems.yaml").unlink()
    text = (ROOT / "CONTRIBUTING.md").read_text() + (ROOT / "docs" / "packs.md").read_text()
    typed = [
        line.split("#")[0].strip() for line in re.findall(r"poc-gate (rules [^`\n]*house-rules[^`\n]*)", text)
    ]
    assert len(typed) >= 4
    for line in typed:
        assert gate(*line.split()).code == 0, line
