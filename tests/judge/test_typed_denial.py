"""Beyond low exposure the author's own `no` lifts no blocker: somebody else must have looked."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import Severity

DAY = "2026-11-22"
LOOKED = {
    "personal_data": False,
    "looked_at": ["weather stations", "prompts of June"],
    "assessed_on": "2026-11-01",
}
FULL = {
    "basis": "contract", "purpose": "settle the claim", "data_fields": ["name"], "minimised": ["health data"],
    "risks": ["re-identification"], "assessed_on": "2026-11-01",
}  # fmt: skip
LOW = {
    "purpose": {
        "audience": "named-colleagues",
        "users": "eight colleagues",
        "acts": "none",
        "decides": "nothing",
    },
    "oversight": {"review_share": "100 %"},
    "agent": {"tools": []},
    "security": {"prompts_personal": False, "egress": []},
}


def judged(folder: Path, manifest: dict[str, Any], rule: str = "F13-privacy-basis") -> Finding:
    document = {
        "apiVersion": "poc-gate/v1",
        "pilot": {"name": "x", "stage": "pilot", "uses": ["llm"]},
        "purpose": {"audience": "customers"},
        "security": {"prompts_personal": False},
        "sources": [{"id": "a", "system": "postgres", "personal_data": False}],
        **manifest,
    }
    (folder / "pilot.yaml").write_text(yaml.safe_dump(document))
    _commit(folder)
    result = assess(CaseRequest(folder, DAY, "", machine="l4-24gb"))
    return next(finding for finding in result.findings if finding.rule == rule)


def _commit(folder: Path) -> None:
    """Let the author commit the manifest and somebody else what is next to it."""
    for who, what in (("author", "pilot.yaml"), ("officer", ".")):
        settings = [
            "-c",
            f"user.name={who}",
            "-c",
            f"user.email={who}@example.com",
            "-c",
            "commit.gpgsign=false",
        ]
        for words in (["init", "-q"], ["add", what], [*settings, "commit", "-qm", "Add", "--allow-empty"]):
            subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def with_record(folder: Path, privacy: dict[str, Any], **entry: Any) -> Finding:
    (folder / "privacy.yaml").write_text(yaml.safe_dump({"privacy": privacy}))
    told = {
        "rule": "F13-privacy-basis",
        "file": "privacy.yaml",
        "observed_at": "2026-11-01",
        "approver": "data protection officer",
    }
    return judged(folder, {"evidence": [{**told, **entry}]})


def test_typing_no_lifts_nothing_where_the_pilot_can_hurt(tmp_path: Path) -> None:
    found = judged(tmp_path, {})
    assert found.state is State.UNKNOWN
    assert "Nothing but the manifest's own word says that this does not apply" in found.message
    assert "personal data of a: no" in found.message
    told = " ".join(found.resolve)
    for part in ("signed record", "content.privacy.personal_data == false", "contract", "not_applicable:"):
        assert part in told


def test_an_unknown_exposure_counts_as_one_that_can_hurt(tmp_path: Path) -> None:
    assert judged(tmp_path, {"purpose": {}}).state is State.UNKNOWN


def test_at_low_exposure_the_word_of_the_author_is_enough(tmp_path: Path) -> None:
    assert judged(tmp_path, LOW).state is State.NOT_APPLICABLE


@pytest.mark.parametrize("privacy", [LOOKED, FULL], ids=["it says there is none", "it settles the basis"])
def test_a_signed_record_shows_it(tmp_path: Path, privacy: dict[str, Any]) -> None:
    found = with_record(tmp_path, privacy)
    assert found.state is State.NOT_APPLICABLE
    assert found.set_aside_by == ""


@pytest.mark.parametrize(
    ("privacy", "entry"),
    [
        (LOOKED, {"approver": "TBD"}),
        (LOOKED | {"assessed_on": "2024-01-01"}, {}),
        (LOOKED | {"assessed_on": "2027-01-01"}, {}),
        (LOOKED | {"personal_data": True}, {}),
        (LOOKED | {"personal_data": "false"}, {}),
        (LOOKED | {"personal_data": "none"}, {}),
        (LOOKED | {"looked_at": []}, {}),
        ({"personal_data": False}, {}),
        ({}, {}),
    ],
)
def test_a_record_that_shows_nothing_lifts_nothing(
    tmp_path: Path, privacy: dict[str, Any], entry: dict[str, Any]
) -> None:
    assert with_record(tmp_path, privacy, **entry).state is State.UNKNOWN


def test_a_contract_that_marks_every_field_answers_for_its_source(tmp_path: Path) -> None:
    contract = {
        "dataContractSpecification": "1.1.0", "id": "a", "info": {"title": "a", "version": "1"},
        "models": {"items": {"type": "table", "fields": {"id": {"pii": False}, "height": {"pii": False}}}},
    }  # fmt: skip
    sources = [{"id": "a", "system": "postgres", "contract": "a.yaml"}]
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(contract))
    found = judged(tmp_path, {"sources": sources})
    assert found.state is State.UNKNOWN
    assert found.reason is not None
    assert found.reason.names == ("security.prompts_personal",), "the source itself is shown"
    contract["models"]["items"]["fields"]["name"] = {"pii": None}  # type: ignore[index]
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(contract))
    found = judged(tmp_path, {"sources": sources})
    assert found.reason is not None
    assert "sources[a].personal_data" in found.unknown, "silence about one field is no statement about it"


def test_a_person_who_sets_it_aside_is_named(tmp_path: Path) -> None:
    entry = {
        "rule": "F13-privacy-basis",
        "reason": "weather data alone",
        "approver": "data protection officer",
    }
    found = judged(tmp_path, {"not_applicable": [entry]})
    assert found.state is State.NOT_APPLICABLE
    assert found.set_aside_by == "data protection officer"


KIN = [
    ("F17-memory-isolated", {"security": {"memory_kept": False}},
     {"isolation": {"memory_kept": False, "looked_at": ["sessions"], "run_on": "2026-11-01"}}),
    ("K13-answers-match-authority", {"purpose": {"audience": "customers", "authority": "none"},
                                     "oversight": {"review_share": "0 %"}},
     {"authority": {"text": "none", "reason": "stories have no right answer", "run_on": "2026-11-01"}}),
    ("K12-human-ai-team", {"purpose": {"audience": "customers", "regimes": ["healthcare-us"],
                                       "clinical_decision_support": False, "medical_device": False},
                           "oversight": {"review_share": "0 %"}},
     {"study": {"supports_care": False, "reason": "books rooms", "run_on": "2026-11-01"}}),
    ("F15-tool-servers", {"pilot": {"name": "x", "stage": "pilot", "uses": ["llm", "agent"]},
                          "agent": {"tools": ["refund"], "tool_servers": [], "high_impact_tools": ["refund"]},
                          "security": {"prompts_personal": True}},
     {"servers": [], "looked_at": ["agent configuration"]}),
]  # fmt: skip
"""Rules that a typed no would lift, the no, and the record that shows it."""


@pytest.mark.parametrize(("rule", "denied", "record"), KIN, ids=[one[0] for one in KIN])
def test_every_blocker_with_a_typed_no_asks_for_a_signed_record(
    rule: str, denied: dict[str, Any], record: dict[str, Any], tmp_path: Path
) -> None:
    alone = judged(tmp_path, denied, rule)
    assert alone.state is State.UNKNOWN
    assert alone.severity is Severity.BLOCKER
    assert "set_aside" in alone.resolve[0] or "show it by a signed record" in alone.resolve[0]
    (tmp_path / "shown.yaml").write_text(yaml.safe_dump(record))
    entry = {"rule": rule, "file": "shown.yaml", "observed_at": "2026-11-01"}
    assert judged(tmp_path, {**denied, "evidence": [entry]}, rule).state is State.UNKNOWN, "nobody signed it"
    signed = {**entry, "approver": "security officer"}
    assert judged(tmp_path, {**denied, "evidence": [signed]}, rule).state is State.NOT_APPLICABLE
