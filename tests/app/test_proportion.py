"""A low-exposure pilot asks for little: at most 25 typed values and 3 records, and one wrong answer still stops it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.model.verdict import Result, Word

MANIFEST = """\
apiVersion: poc-gate/v1
pilot: {name: draft-helper, stage: pilot, uses: [llm]}
purpose:
  users: named colleagues of the service desk
  audience_size: 40
  decides: nothing
  acts: none
  regimes: []
  risk_tier: minimal
  risk_tier_approved: true
  prohibited_screen: passed
people: {business_owner: head of the service desk}
model: {hosting: hosted}
oversight: {review_share: 100 %}
sources:
  - {id: handbook, classification: internal, personal_data: false, rights: own text, rights_allow_ai: true}
security:
  prompts_personal: false
  egress: [{name: model-api, region: eu-central, data_class: internal, permitted: true}]
evidence:
  - {rule: A08-usage-rights, file: rights.yaml, observed_at: 2026-11-02, approver: data owner}
  - {rule: E02-risk-tier, file: classification.yaml, observed_at: 2026-11-02, approver: compliance officer}
  - {rule: F07-egress-allowed, file: egress.yaml, observed_at: 2026-11-02}
"""
RECORDS = {
    "rights.yaml": {
        "rights": [
            {"source": "handbook", "agreement": "own text", "allows_ai_use": True, "decided_by": "data owner"}
        ]
    },
    "classification.yaml": {
        "classification": {
            "tier": "minimal",
            "role": "deployer",
            "reasoning": "Drafts that a colleague edits; no decision about people",
            "prohibited_screen": "passed",
            "decided_on": "2026-11-02",
        }
    },
    "egress.yaml": {
        "egress": {
            "source": "network policy of the cluster",
            "default": "deny",
            "checked_on": "2026-11-02",
            "destinations": [
                {"name": "model-api", "contract": "processing agreement", "region": "eu-central"}
            ],
        }
    },
}


def judged(folder: Path, **changes: str) -> Result:
    """Return the result of the pilot with some lines of its manifest replaced."""
    text = MANIFEST
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "pilot.yaml").write_text(text, encoding="utf-8")
    for name, content in RECORDS.items():
        (folder / name).write_text(yaml.safe_dump(content), encoding="utf-8")
    return assess(CaseRequest(folder, "2026-11-23", "2026-11-23T00:00:00Z", machine="l4-24gb"))


def typed(node: object) -> int:
    """Return how many values a person typed: leaves, an empty list being one."""
    if isinstance(node, dict):
        return sum(typed(value) for value in node.values())
    if isinstance(node, list):
        return sum(map(typed, node)) or 1
    return 1


def test_drafts_for_forty_named_colleagues_need_25_values_and_3_records(tmp_path: Path) -> None:
    stated = yaml.safe_load(MANIFEST)
    records = stated.pop("evidence")
    assert typed(stated) <= 25, "the version of the format included"
    assert len(records) == 3
    result = judged(tmp_path)
    assert result.verdict.word is Word.GO, result.verdict.reasons
    assert "40 named colleagues" in result.sentence


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("rights_allow_ai: true", "rights_allow_ai: false", "A08-usage-rights"),
        ("prohibited_screen: passed", "prohibited_screen: failed", "E02-risk-tier"),
        ("permitted: true", "permitted: false", "F07-egress-allowed"),
    ],
)
def test_one_wrong_answer_stops_it(tmp_path: Path, old: str, new: str, rule: str) -> None:
    result = judged(tmp_path, **{old: new})
    assert result.verdict.word is Word.NO_GO
    assert rule in result.verdict.reasons[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  audience_size: 40", "  audience: public\n  audience_size: 40"),
        ("decides: nothing", "decides: decides"),
        ("acts: none", "acts: irreversible"),
        ("  acts: none\n", ""),
        ("uses: [llm]", "uses: [llm, agent]"),
        ("regimes: []", "regimes: [eu-ai-act]"),
    ],
)
def test_more_exposure_asks_more(tmp_path: Path, old: str, new: str) -> None:
    result = judged(tmp_path, **{old: new})
    assert result.verdict.word is Word.INSUFFICIENT
    assert result.way_out
