"""Placeholders and nobodies: one list, and every reader and ledger asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.facts.answers import split_answers
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.model.finding import State
from poc_gate.text.filler import denies, says_something
from poc_gate.text.placeholders import is_missing, is_nobody, is_placeholder

EXAMPLE = Path(__file__).parents[2] / "examples" / "support-assistant"
TODAY = "2026-11-28"
NOBODIES = (
    "TBD", "tbd.", "T.B.D", "-", "--", "\u2014", "?", "???", "n/a", "N/A", "none", "None.", "nobody", "x", "XX", "...", "_____",
    "\u200b", "\u2060\u200d", "\u00a0", "\u3164", "\u2800", "\ufeff", "T\u200bBD", "T\u00adB\u00adD", "\uff34\uff22\uff24",
    "\u0422\u0412D", "<fill in>", "<name of the owner>", "[More Information Needed]", "{{ approver }}", "${APPROVER}",
    "TODO", "todo: ask legal", "to be decided", "To Be Confirmed by legal", "not yet assigned", "pending", "unknown",
    "Anna?", "me", "team", "someone", "changeme", "lorem ipsum", "(tbd)", "**TBD**", "`n/a`", "your name here",
)  # fmt: skip
SOMEBODIES = (
    "head of claims", "CISO", "Li", "product owner", "data protection officer", "\u5f20\u4f1f", "Zo\u00eb", "O'Neil", "DPO (acting)",
    "head of IT, operations", "claims-platform team", "None Such Ltd. legal counsel", "Nadia", "Todor Ivanov", "risk officer",
)  # fmt: skip


MORE_NOBODIES = (
    "Unknown person", "someone from legal", "Pending approval", "awaiting approval", "\u00e0 d\u00e9finir", "noch offen", "unbekannt",
    "k.A.", "por definir", "pendiente", "da definire", "\u5f85\u5b9a", "\u672a\u5b9a", "\u043d\u0435\u0442", "\u043d\u0435 \u043e\u043f\u0440\u0435\u0434\u0435\u043b\u0435\u043d\u043e",
    "jane.doe@example.com", "name@company.com", "first.last@example.org", "you@example.com", "test user", "approved", "N/A (will be assigned)",
    "T B D", "-- select --", "Select...", "Choose one", "@todo", "@someone", "to be hired", "vacant", "see ticket", "see Jira", "as above", "ditto",
    "no one yet", "whoever is on call",
)  # fmt: skip
MORE_SOMEBODIES = (
    "a.schmidt@bank.example", "risk-owners@bank.example", "Pending Orders team", "Test manager", "Open Source Office", "Noor Ali", "\u738b\u82b3",
    "Noah", "Seema", "Selectra team", "Unkei", "Ann [CISO]",
)  # fmt: skip


@pytest.mark.parametrize("text", [*NOBODIES, *MORE_NOBODIES])
def test_nobody_is_nobody(text: str) -> None:
    assert is_nobody(text)


@pytest.mark.parametrize("text", [*SOMEBODIES, *MORE_SOMEBODIES])
def test_somebody_is_somebody(text: str) -> None:
    assert not is_nobody(text)
    assert not is_placeholder(text)


@pytest.mark.parametrize("text", ["none", "no", "test", "open", "0", "false", "A", "nothing found"])
def test_data_may_say_what_an_answer_may_not(text: str) -> None:
    assert not is_missing(text)


def claim(fact: str, value: Any, dated: str = "") -> Claim:
    return Claim(fact, value, Provenance.DECLARED, Place("pilot.yaml", 1, 1), dated=dated)


@pytest.mark.parametrize("text", NOBODIES)
@pytest.mark.parametrize(
    "fact",
    ["people.service_owner", "sources[a].owner", "value.workflow_owner", "people.approvals[a].decider"],
)
def test_no_fact_names_a_nobody(fact: str, text: str) -> None:
    """What says that there is nobody is an answer where a rule asks for one: it fails there, and names no one."""
    kept, dropped = split_answers([claim(fact, text)], full_catalogue(), TODAY)
    if text in {"none", "None.", "nobody"} and kept:
        assert (kept, dropped) == ([claim(fact, "none")], [])
    else:
        assert (kept, dropped) == ([], [claim(fact, text)])


@pytest.mark.parametrize("text", NOBODIES)
def test_that_nobody_accepts_the_risk_is_an_answer_and_a_placeholder_is_none(text: str) -> None:
    said = claim("people.business_owner", text)
    kept, left = split_answers([said], full_catalogue(), TODAY)
    if text in {"none", "None.", "nobody"}:
        assert (kept, left) == ([claim("people.business_owner", "none")], [])
    else:
        assert (kept, left) == ([], [said])


def test_every_free_text_of_the_catalogue_needs_an_answer() -> None:
    """A fact that is added is held too, unless it is a name or an address."""
    free = [
        spec.name.replace("[]", "[a]")
        for spec in full_catalogue().specs.values()
        if str(spec.kind) == "text"
        and not spec.choices
        and spec.name.startswith(("security.", "monitoring.", "value.", "oversight."))
    ]
    assert len(free) > 10
    held = [name for name in free if not split_answers([claim(name, "TBD")], full_catalogue(), TODAY)[0]]
    assert set(free) - set(held) <= {"security.egress[a].name"}


def test_lists_keep_what_answers_and_nothing_may_be_stated() -> None:
    catalogue = full_catalogue()
    kept, dropped = split_answers(
        [
            claim("monitoring.saturation_metrics", ("TBD", "queue depth")),
            claim("agent.tools", ("?", "-")),
            claim("agent.effects", ()),
            claim("purpose.affected_people", "none"),
            claim("model.licence", "Apache-2.0", dated="2099-01-01"),
        ],
        catalogue,
        TODAY,
    )
    assert [(one.fact, one.value) for one in kept] == [
        ("monitoring.saturation_metrics", ("queue depth",)),
        ("agent.effects", ()),
        ("purpose.affected_people", "none"),
    ]
    assert [one.fact for one in dropped] == ["agent.tools", "model.licence"]


@pytest.fixture(scope="module")
def case() -> Any:
    return CaseRequest(
        EXAMPLE, today=TODAY, now=f"{TODAY}T00:00:00+00:00", machine=str(EXAMPLE / "machine.json")
    )


@pytest.mark.parametrize("text", ["TBD", "n/a", "\u200b"])
def test_an_approver_who_is_nobody_signs_nothing(case: Any, text: str) -> None:
    from poc_gate.app.assess.judge_case import judge_case

    read = read_case(case)
    unsigned = replace(read, evidence=tuple(replace(file, approver=text) for file in read.evidence))
    before = {f.rule for f in judge_case(read).findings if f.state is State.PASS and f.held == "artifact"}
    after = {f.rule for f in judge_case(unsigned).findings if f.state is State.PASS and f.held == "artifact"}
    signed = {file.rule for file in read.evidence if file.approver}
    assert signed
    assert before - after


def edited(folder: Path, change: Any) -> Path:
    data = yaml.safe_load((EXAMPLE / "pilot.yaml").read_text())
    change(data)
    for path in EXAMPLE.rglob("*"):
        if path.is_file() and path.name != "pilot.yaml":
            target = folder / path.relative_to(EXAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (folder / "pilot.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    return folder


def test_no_text_of_a_manifest_passes_a_rule_as_a_placeholder(case: Any, tmp_path: Path) -> None:
    """All free texts at once become TBD: nothing passes that did not, and every owner is unknown."""

    def blank(data: dict[str, Any]) -> None:
        for section in ("people", "value", "monitoring", "oversight", "operations"):
            for key, value in data.get(section, {}).items():
                if isinstance(value, str) and not any(mark in value for mark in "0123456789./%"):
                    data[section][key] = "TBD"

    before = {f.rule: f.state for f in assess(case).findings}
    result = assess(replace(case, path=edited(tmp_path, blank)))
    facts = {fact.name: fact.value for fact in result.facts}
    assert "TBD" not in facts.values()
    assert all(
        before[f.rule] is State.PASS for f in result.findings if f.state is State.PASS and f.rule in before
    )
    assert any("TBD" in notice.message and notice.place.line for notice in result.notices)


@pytest.mark.parametrize("left", ["llm", "retrieval", "agent", "training"])
def test_a_technique_that_is_filled_in_and_not_used_is_a_contradiction(
    case: Any, tmp_path: Path, left: str
) -> None:
    def change(data: dict[str, Any]) -> None:
        data["pilot"]["uses"] = [one for one in ("llm", "retrieval", "agent", "training") if one != left]
        data.setdefault("retrieval", {})["top_k"] = 5
        data.setdefault("agent", {})["max_steps"] = 5
        data.setdefault("training", {})["batch_size"] = 5

    result = assess(replace(case, path=edited(tmp_path, change)))
    assert [one.fact for one in result.contradictions if one.fact == "pilot.uses"] == ["pilot.uses"]
    assert result.verdict.word != "GO"
    assert any(f.rule == "X01-statements-agree" and f.subject == "pilot.uses" for f in result.findings)


@pytest.mark.parametrize(
    "text",
    [
        "None", "No.", "No personal data", "Does not contain personal data", "Keine personenbezogenen Daten", "Free of personal data",
        "Personal data: none", "All data is synthetic and contains no personal information", "no PII", "0", "nein",
    ],
)  # fmt: skip
def test_a_denial_is_one(text: str) -> None:
    assert denies(text)


@pytest.mark.parametrize(
    "text",
    [
        "None of the names were removed", "No consent was given for the names in it", "Names and addresses", "Nothing but names and emails",
        "No masking of names is done", "Northern names", "Does contain names",
    ],
)  # fmt: skip
def test_a_text_that_only_begins_like_one_is_no_denial(text: str) -> None:
    assert not denies(text)


@pytest.mark.parametrize(
    "text",
    [
        "This section is intentionally left blank.", "Provide 3-5 limitations", "Enter text here enter text here",
        "Standard limitations apply.", "Same as base model",
    ],
)  # fmt: skip
def test_what_a_form_says_of_itself_is_no_limitation(text: str) -> None:
    assert not says_something(text)
