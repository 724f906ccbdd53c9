"""A pack's raise binds from its day; superseded clauses may repeat; a file about one item proves no other."""

from __future__ import annotations

import pytest

from poc_gate.errors import InvalidPackError
from poc_gate.inputs.manifest.fields.manifest_facts import manifest_facts
from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.packs.load_packs import load_packs
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Evidence, Place, Provenance
from poc_gate.model.fact import Catalogue, Fact, FactTree
from poc_gate.model.finding import Finding
from poc_gate.model.rule import EvidenceClass, Severity, Stage

RULE = """\
id: Z01-classified
what: Every source carries a class
why: Without a class nobody knows what may leave. It leaves.
dimension: security-privacy
severity: medium
requires: artifact
given: {class: "sources[].classification"}
for_each: sources
expect: {that: size(class) > 0}
evidence:
  contains: [classes]
  where: content.classes.exists(c, c.id == item)
fix: Write the class of each source into the manifest and keep the record of the decision.
aliases: [some-list/2025/X01]
examples:
  - {state: pass, given: {class: internal}}
  - {state: fail, given: {class: ""}}
  - {state: unknown, given: {}}
since: 0.1.0
"""
BASE = b"id: base\nversion: 0.1.0\ntitle: Base\n"
LATER = """\
id: later
version: 0.1.0
title: Binds later
adjust:
  - {rule: Z01-classified, severity: high, applies_from: %s}
"""


def loaded(day: str = "2027-12-02") -> PackSet:
    other = RULE.replace("Z01", "Z02")
    folders = {
        "base": {
            "pack.yaml": BASE,
            "Z01-classified.yaml": RULE.encode(),
            "Z02-classified.yaml": other.encode(),
        },
        "later": {"pack.yaml": (LATER % day).encode()},
    }
    return load_packs(folders, Catalogue(manifest_facts()))


def judged(packs: PackSet, today: str, *sources: str, proven: str = "") -> list[Finding]:
    place = Place("pilot.yaml", 1, 1)
    facts = {
        f"sources[{name}].classification": Fact(
            f"sources[{name}].classification", "internal", Provenance.DECLARED, place
        )
        for name in sources
    }
    content = {"classes": [{"id": proven}]}
    file = Evidence("Z01-classified", "classes.yaml", place, "aa", parsed_as="yaml", content=content)
    tree = FactTree(facts, {"sources": sources})
    found = evaluate_rules(
        packs, tree, stage=Stage.PRODUCTION, today=today, evidence=[file] if proven else []
    )
    return [finding for finding in found if finding.rule == "Z01-classified"]


@pytest.mark.parametrize(
    ("today", "severity"),
    [("2027-12-01", Severity.MEDIUM), ("2027-12-02", Severity.HIGH), ("2028-01-01", Severity.HIGH)],
)
def test_a_raise_binds_from_its_day(today: str, severity: Severity) -> None:
    assert [finding.severity for finding in judged(loaded(), today, "policy-db")] == [severity]


def test_a_day_that_no_calendar_has_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidPackError, match=r"later/pack.yaml:5:\d+: '2027-02-30' is not a calendar date"):
        loaded("2027-02-30")


def test_a_superseded_clause_may_stand_in_several_rules_and_finds_none() -> None:
    assert loaded().find("some-list/2025/X01") is None


def test_a_file_about_one_source_proves_no_other() -> None:
    found = judged(loaded(), "2026-11-22", "policy-db", "crm", proven="crm")
    held = {finding.subject: finding.held for finding in found}
    assert held == {"sources[policy-db]": EvidenceClass.DECLARED, "sources[crm]": EvidenceClass.ARTIFACT}
