"""The shipped rules are the agreed catalogue, and every one of them fires both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

import pytest
import yaml
from catalogue_of_rules import CATALOGUE, RAISED, listed
from msgspec import structs

from poc_gate.base.shipped_files import shipped_packs
from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.judge.evaluate.evaluate_rules import MACHINE_RULE, evaluate_rules, rule_findings
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.judge.packs.read_example import EXAMPLE_DAY, example_tree
from poc_gate.model.claim import Evidence, Place, Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.rule import EvidenceClass, Example, Rule, Severity, Stage

EVIDENCE = {"d": EvidenceClass.DECLARED, "a": EvidenceClass.ARTIFACT, "m": EvidenceClass.MEASURED}
SEVERITY = {"B": Severity.BLOCKER, "H": Severity.HIGH, "M": Severity.MEDIUM, "L": Severity.LOW}
SWITCHED_ON = {
    "pilot.uses": ("llm", "retrieval", "agent", "classic-ml", "batch", "training"),
    "purpose.regimes": ("eu-ai-act", "eu-dora", "us-bank-mrm", "healthcare-us"),
}
"""With these every pack takes part."""
STAGES = (Stage.PILOT, Stage.LIMITED, Stage.PRODUCTION)
LISTED = [(pack, identity) for pack in CATALOGUE for identity in listed(pack)]
FILES = {
    name.removesuffix(".yaml"): content
    for files in shipped_packs().values()
    for name, content in files.items()
    if name != "pack.yaml"
}
"""Name of every rule file that ships -> its content."""
RECORDS = {
    name
    for files in shipped_packs().values()
    for name in yaml.load(files["pack.yaml"], yaml.CSafeLoader).get("records", {})
}
RULES = tuple(FILES)


def test_the_catalogue_is_complete_and_nothing_else_ships(packs: PackSet) -> None:
    assert sorted(packs.rules) == sorted(identity for _, identity in LISTED)


@pytest.mark.parametrize(("pack", "identity"), LISTED, ids=[identity for _, identity in LISTED])
def test_a_rule_lies_in_its_pack_with_its_evidence_and_severity(
    packs: PackSet, pack: str, identity: str
) -> None:
    rule = packs.rules[identity]
    evidence, severity = listed(pack)[identity]
    assert rule.pack == pack
    assert rule.requires is EVIDENCE[evidence]
    assert [rule.severity[stage] for stage in STAGES] == [SEVERITY[letter] for letter in severity]


@pytest.mark.parametrize("identity", RULES)
def test_a_rule_says_what_to_do_and_how_likely_it_is(packs: PackSet, identity: str) -> None:
    """Two lines that stand alone: what somebody does, never which key to type."""
    written = yaml.load(FILES[identity], yaml.CSafeLoader)
    assert written["do"]["fails"] != written["do"]["unknown"]
    for line in written["do"].values():
        assert re.match(r"[A-Z][a-z]+[ ,]", line), line
        assert line.endswith("."), line
        assert "`" not in line, "names a key or a command instead of an act"
    assert written.get("prior") is not None
    assert written["record"] in RECORDS


@pytest.mark.parametrize("pack", RAISED)
def test_a_pack_raises_what_was_agreed_and_only_that(packs: PackSet, pack: str) -> None:
    raised = {}
    for rule in packs.rules.values():
        merged = packs.merged(rule, frozenset({pack})).severity[Stage.PRODUCTION]
        if merged is not rule.severity[Stage.PRODUCTION]:
            raised[rule.id.split("-")[0]] = str(merged)
    assert raised == RAISED[pack]


def rests_on_results(packs: PackSet, rule: Rule) -> bool:
    """Say whether only results of tools give the facts of a rule: nobody can type them, so that no file need prove them."""
    origins = {
        spec.origin for fact in rule.given.values() if (spec := packs.catalogue.find(fact)) is not None
    }
    return "observed" in origins and "manifest" not in origins


@pytest.mark.parametrize("identity", RULES)
def test_a_file_is_named_after_its_rule_and_says_everything(packs: PackSet, identity: str) -> None:
    written = yaml.load(FILES[identity], yaml.CSafeLoader)
    rule = packs.rules[identity]
    assert written["id"] == identity
    assert len(re.findall(r"[.!?](?:\s|$)", rule.why)) >= 2, "why in two sentences or more"
    assert len(rule.fix) > 80, "a fix that names what to do"
    assert rule.owner
    assert all(limit.reason for limit in rule.limits.values())
    assert {"effort", "cost"} <= written.keys(), "stated, not taken from a default"
    if rule.requires is EvidenceClass.ARTIFACT:
        assert rule.evidence is not None or rests_on_results(packs, rule)


def test_no_reference_was_checked_in_the_future(packs: PackSet) -> None:
    for rule in packs.rules.values():
        for reference in rule.references:
            assert reference.clause, f"{rule.id} cites {reference.framework} without a clause"
            assert reference.verified_on or not reference.verified
            assert reference.verified_on <= datetime.now(UTC).date().isoformat()


def test_the_ml_lens_is_unverified_beyond_what_was_confirmed(packs: PackSet) -> None:
    cited = [
        reference
        for rule in packs.rules.values()
        for reference in rule.references
        if reference.framework == "aws-ml-lens"
    ]
    confirmed = (
        "MLREL01", "MLREL03-BP02", "MLREL04-BP02", "MLREL05", "MLSEC03-BP04", "MLOPS02-BP04", "MLOPS04-BP01",
        "MLOPS06-BP01", "MLPERF06-BP03", "MLCOST01-BP01", "MLCOST02-BP01",
    )  # fmt: skip
    assert cited
    assert all(reference.verified is reference.clause.startswith(confirmed) for reference in cited)


OF_STATEMENTS = {
    "flow.models.self_hosted",
    "flow.models.hosted",
    "flow.authority.exists",
    "flow.target.nodes_ours",
}
"""Derived facts that only read statements of the manifest together; taking an item out of a list is a change of scope."""


OF_RESULTS = {"flow.scan.read"}
"""Whether a tool's result was read at all: a rule over results alone says nothing where there are none."""


def test_preconditions_rest_on_stated_facts_alone(packs: PackSet) -> None:
    """A missing fact then makes a rule unknown, and deleting a line never sets a rule aside."""
    for rule in packs.rules.values():
        compiled = packs.compiled(rule)
        for name in compiled.when.names if compiled.when is not None else ():
            if name in rule.given:
                spec = packs.catalogue.find(rule.given[name])
                assert spec is not None
                together = spec.name in OF_STATEMENTS or spec.name in OF_RESULTS
                assert spec.origin == "manifest" or together, f"{rule.id} is set aside by {spec.name}"


@lru_cache(maxsize=1)
def _with_one_rule(packs: PackSet, identity: str) -> PackSet:
    """Return every pack with what it adjusts, one rule, and the one that says whether the machine is trusted."""
    kept = {identity, MACHINE_RULE}
    few = [
        structs.replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in kept))
        for pack in packs.packs
    ]
    return PackSet(tuple(few), packs.catalogue, packs)


def judged(packs: PackSet, rule: Rule, example: Example, held: Provenance) -> tuple[Finding, ...]:
    """Return what the real evaluation says of one example, its facts of that provenance, every pack on."""
    tree = example_tree(rule, example, packs.catalogue, EXAMPLE_DAY)
    facts = {name: structs.replace(fact, provenance=held) for name, fact in tree.facts.items()}
    for name, value in SWITCHED_ON.items():
        if name not in rule.given.values():
            facts[name] = Fact(name, value, Provenance.DECLARED, Place("pilot.yaml", 1, 1))
    findings = evaluate_rules(
        _with_one_rule(packs, rule.id),
        FactTree(facts, tree.items),
        stage=Stage.PRODUCTION,
        today=EXAMPLE_DAY,
        evidence=tuple(evidence_of(rule, example)),
    )
    return tuple(finding for finding in findings if finding.rule == rule.id)


def evidence_of(rule: Rule, example: Example) -> Iterator[Evidence]:
    """Yield the example's evidence as a file that was read."""
    if "evidence" in example.given:
        yield Evidence(
            rule.id, "evidence.yaml", Place("pilot.yaml", 1, 1), sha256="0" * 64,
            observed_at=str(example.given["evidence_date"]),
            approver=str(example.given["evidence_approver"]),
            approval="author", parsed_as="yaml", content=example.given["evidence"],
        )  # fmt: skip


@pytest.mark.parametrize("identity", RULES)
def test_every_example_comes_out_as_written_through_the_real_evaluation(
    packs: PackSet, identity: str
) -> None:
    rule = packs.rules[identity]
    for index, example in enumerate(rule.examples):
        findings = judged(packs, rule, example, Provenance.MEASURED)
        states = ["short" if found.short else str(found.state) for found in findings]
        set_aside = example.state == "not-applicable" and not states  # its whole pack does not apply
        assert set_aside or states == [example.state], f"example {index + 1}"
    assert {"pass", "fail", "unknown"} <= {example.state for example in rule.examples}


QUANTITATIVE = tuple(
    identity
    for identity in RULES
    if {"at_most", "at_least", "between"} & yaml.load(FILES[identity], yaml.CSafeLoader)["expect"].keys()
    and identity != "F06-no-secrets"  # its limit is zero, of which nothing is a share
)


@pytest.mark.parametrize("identity", QUANTITATIVE)
def test_a_limit_has_an_example_at_it_and_one_just_beyond(packs: PackSet, identity: str) -> None:
    margins: dict[str, list[float]] = {"pass": [], "fail": []}
    for example in packs.rules[identity].examples:
        state = "fail" if example.state == "short" else example.state
        if state in margins:
            [finding] = judged(packs, packs.rules[identity], example, Provenance.MEASURED)
            if finding.reason is not None and finding.reason.kind is ReasonKind.SEEN:
                continue  # an observation speaks against it, whatever the numbers stated say
            assert finding.margin is not None
            margins[state].append(abs(finding.margin - 1))
    assert min(margins["pass"]) == pytest.approx(0, abs=1e-9), "no example passes exactly at the limit"
    assert min(margins["fail"]) < 0.1, "no example fails within a tenth of the limit"


@pytest.mark.parametrize("identity", RULES)
def test_evidence_of_an_example_lifts_what_was_only_declared(packs: PackSet, identity: str) -> None:
    """A file that satisfies the predicate is worth an artifact; one that holds something else is not."""
    rule = packs.rules[identity]
    shown = [example for example in rule.examples if example.state == "pass" and "evidence" in example.given]
    assert shown or rule.requires is not EvidenceClass.ARTIFACT or rests_on_results(packs, rule)
    for example in shown:
        [finding] = judged(packs, rule, example, Provenance.DECLARED)
        assert finding.held is EvidenceClass.ARTIFACT, finding.evidence_notes
        other = Example(example.state, {**example.given, "evidence": {"nothing": 1}})
        [without] = judged(packs, rule, other, Provenance.DECLARED)
        assert without.held is not EvidenceClass.ARTIFACT, without.evidence_notes


def renamed(content: object) -> object:
    """Return the content with every mention of the example's source changed to another source."""
    if isinstance(content, dict):
        return {key: renamed(value) for key, value in content.items()}
    if isinstance(content, list):
        return [renamed(value) for value in content]
    return "another" if content == "example" else content


def test_evidence_about_one_source_proves_nothing_about_another(packs: PackSet) -> None:
    tried = 0
    for rule in packs.rules.values():
        if rule.for_each and rule.evidence is not None and "item" in rule.evidence.where:
            for example in rule.examples:
                if "evidence" in example.given:
                    other = {**example.given, "evidence": renamed(example.given["evidence"])}
                    [finding] = judged(packs, rule, Example("pass", other), Provenance.DECLARED)
                    assert finding.held is EvidenceClass.DECLARED, rule.id
                    tried += 1
    assert tried >= 7


@pytest.mark.parametrize(
    ("rule", "part", "value"),
    [
        ("J01-unit-cost", "unit_cost", {"amount": 0.2}),
        ("J01-unit-cost", "unit_cost", {"currency": "USD"}),
        ("I04-run-funding", "funding", {"amount": 100_000}),
        ("I04-run-funding", "funding", {"currency": "USD"}),
        ("K04-backfill", "backfill", {"seconds": 90_000}),
        ("J04-spend-cap", "cap", {"amount": 12_001}),
        ("E02-risk-tier", "classification", {"tier": "minimal"}),
        ("E02-risk-tier", "classification", {"role": "provider"}),
        ("K05-classification", "classification", {"tier": "limited"}),
        ("K09-inventory-entry", "inventory", {"id": "MDL-0418"}),
        ("K09-inventory-entry", "inventory", {"materiality": "low"}),
    ],
)
def test_a_file_that_says_otherwise_or_worse_shows_nothing(
    packs: PackSet, rule: str, part: str, value: dict[str, object]
) -> None:
    """A cost over what is accepted, money under what a year takes, another tier than the manifest's, and so on."""
    found = packs.rules[rule]
    example = next(one for one in found.examples if "evidence" in one.given)
    content = example.given["evidence"]
    assert isinstance(content, dict)
    worse = {**example.given, "evidence": {part: content[part] | value}}
    [finding] = judged(packs, found, Example("pass", worse), Provenance.DECLARED)
    assert finding.held is EvidenceClass.DECLARED, finding.evidence_notes


BETTER = {"pass", "not-applicable"}


@pytest.mark.parametrize("identity", RULES)
def test_leaving_a_line_out_never_makes_an_example_better(packs: PackSet, identity: str) -> None:
    rule = packs.rules[identity]
    compiled = packs.compiled(rule)
    # What was observed and speaks against a rule alone: without it the claim counts again.
    against = compiled.only_seen | {name for name, fact in rule.given.items() if fact in OF_RESULTS}
    for example in rule.examples:
        for left_out in (rule.given.keys() & example.given.keys()) - against:
            rest = {name: value for name, value in example.given.items() if name != left_out}
            tree = example_tree(rule, Example(example.state, rest), packs.catalogue, EXAMPLE_DAY)
            context = Context(packs, tree, Stage.PRODUCTION, EXAMPLE_DAY)
            states = {str(finding.state) for finding in rule_findings(rule, context)}
            if example.state not in BETTER:
                assert not states & BETTER, f"{example.given} without {left_out}"
            elif example.state == "pass":
                assert "not-applicable" not in states, f"{example.given} without {left_out}"
