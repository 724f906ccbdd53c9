"""Every shipped rule passes and fails in an assessment that goes the whole way, from files to findings.

Rules over stated facts take the pilot from their own worked examples; rules over derived or measured facts
take one of the example pilots and the edits in `both_ways.yaml`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pilots_of_examples import copy_example, judge, write_example
from running_the_gate import machine_of

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.rule import Rule

BY_HAND: dict[str, dict] = yaml.load((Path(__file__).parent / "both_ways.yaml").read_text(), yaml.CSafeLoader)
PACKS: PackSet = load_rule_packs()
RULES = tuple(PACKS.rules.values())
OF_RESULTS = {"F20-known-flaws"}
"""Rules over results of tools alone, which no manifest can state; the examples of the rule fire them."""
FROM_EXAMPLES = [rule for rule in RULES if rule.id not in BY_HAND and rule.id not in OF_RESULTS]


def states_of(judged, rule: Rule) -> set[str]:
    found = {str(finding.state) for finding in judged.findings if finding.rule == rule.id}
    assert found, f"{rule.id} says nothing in this assessment"
    return found


def test_no_rule_is_left_out() -> None:
    assert BY_HAND.keys() <= PACKS.rules.keys()
    computed = {
        rule.id
        for rule in RULES
        if any(
            PACKS.catalogue.specs[fact].origin in {"flow", "machine"} and not fact.startswith("exposure.")
            for fact in rule.given.values()
        )  # an exposure is graver while nobody has said, so it never keeps a failure open
    }
    assert computed <= BY_HAND.keys() | OF_RESULTS, (
        "what is computed cannot be stated, so an example cannot stand for it"
    )


@pytest.mark.parametrize("rule", FROM_EXAMPLES, ids=lambda rule: rule.id)
def test_a_rule_over_stated_facts_fires_both_ways(rule: Rule, tmp_path: Path) -> None:
    for state in ("pass", "fail"):
        folder = tmp_path / state
        folder.mkdir()
        write_example(folder, rule, next(example for example in rule.examples if example.state == state))
        assert states_of(judge(folder, "l4-24gb", PACKS, rule.id), rule) == {state}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_rule_over_computed_facts_fires_both_ways(name: str, tmp_path: Path) -> None:
    case = BY_HAND[name]
    machine = case.get("machine", machine_of(case["pilot"]))
    for state in ("pass", "fail"):
        folder = tmp_path / state
        copy_example(case["pilot"], folder, {**case.get("both", {}), **case.get(state, {})})
        for file, content in case.get("files", {}).items() if state == "fail" or "both" in case else ():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(content)
        found = {
            finding.subject: (str(finding.state), finding.message)
            for finding in judge(folder, machine, PACKS, name, case.get("measured")).findings
        }
        states = {held for held, _ in found.values()}
        assert state in states, found
        assert state != "pass" or "fail" not in states, found
