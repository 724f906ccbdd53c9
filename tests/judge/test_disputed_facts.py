"""Two statements that disagree: neither proves anything, and nothing falls silent because one of them won."""

from __future__ import annotations

import pytest
from fact_texts import NAME, PLACE, TODAY, fact
from msgspec.structs import replace
from rule_texts import BASE_PACK, pack_of, rule_text

from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Evidence, Provenance
from poc_gate.model.fact import Contradiction, Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass, Stage
from poc_gate.words.judged.findings import worded

TIER = "purpose.risk_tier"
EVIDENCE = "{where: content.tier == tier}"
SHOWN = rule_text(
    "Z03-shown", '{that: tier != "prohibited"}', f"{{tier: {TIER}}}", evidence=EVIDENCE, requires="artifact"
)
ASIDE = rule_text(
    "Z03-aside",
    "{that: told}",
    f"{{tier: {TIER}, role: purpose.role, told: oversight.users_told}}",
    when="tier == 'high' && role == 'deployer'",
)


def disputed(*names: str, value: str = "minimal", other: str = "high") -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(name, value, Provenance.IMPORTED, PLACE, other, Provenance.DECLARED, PLACE)
        for name in names
    )


def judged(packs: PackSet, *facts: Fact, about: tuple[Contradiction, ...] = ()) -> dict[str, Finding]:
    tree = FactTree({one.name: one for one in (NAME, *facts)}, contradictions=about)
    file = Evidence("Z03-shown", "tier.yaml", PLACE, parsed_as="yaml", content={"tier": "minimal"})
    found = evaluate_rules(packs, tree, stage=Stage.PRODUCTION, today=TODAY, evidence=[file])
    return {finding.rule: worded(finding) for finding in found}


def test_no_file_proves_what_is_disputed() -> None:
    stated = fact(TIER, "minimal")
    agreed = judged(pack_of(SHOWN), stated)["Z03-shown"]
    assert (agreed.state, agreed.held) == (State.PASS, EvidenceClass.ARTIFACT)
    open_still = judged(pack_of(SHOWN), stated, about=disputed(TIER))["Z03-shown"]
    assert (open_still.state, open_still.held) == (State.PASS, EvidenceClass.DECLARED)
    assert open_still.evidence_notes[-1] == f"no file proves it while statements about {TIER} disagree"
    assert open_still.resolve[0].startswith(f"{TIER}: correct the statement")
    beside = judged(pack_of(SHOWN), stated, about=disputed("purpose.role"))["Z03-shown"]
    assert (beside.held, beside.evidence_notes) == (agreed.held, agreed.evidence_notes)


def test_one_disputed_item_of_a_list_leaves_a_precondition_open() -> None:
    rule = rule_text(
        "Z03-list",
        "{that: told}",
        "{kept: 'sources[].personal_data', told: oversight.users_told}",
        when="kept.exists(k, k)",
    )
    facts = [fact(f"sources[{item}].personal_data", value=False) for item in "ab"]
    tree = FactTree({one.name: one for one in (NAME, *facts)}, {"sources": ("a", "b")})
    for about, state in (((), State.NOT_APPLICABLE), (disputed("sources[b].personal_data"), State.UNKNOWN)):
        held = replace(tree, contradictions=about)
        found = evaluate_rules(pack_of(rule), held, stage=Stage.PRODUCTION, today=TODAY)
        assert found[0].state is state


@pytest.mark.parametrize(
    ("role", "about", "state"),
    [
        ("deployer", (), State.NOT_APPLICABLE),
        ("deployer", (TIER,), State.UNKNOWN),
        ("provider", (TIER,), State.NOT_APPLICABLE),  # false whatever the tier turns out to be
    ],
)
def test_a_rule_is_not_set_aside_on_what_is_disputed(role: str, about: tuple[str, ...], state: State) -> None:
    facts = (fact(TIER, "minimal"), fact("purpose.role", role))
    finding = judged(pack_of(ASIDE), *facts, about=disputed(*about))["Z03-aside"]
    assert finding.state is state
    if state is State.UNKNOWN:
        assert "Statements about purpose.risk_tier disagree" in finding.message
        assert finding.unknown == (TIER,)


def test_a_pack_is_not_left_out_on_what_is_disputed() -> None:
    pack = BASE_PACK + f"given: {{tier: {TIER}}}\nwhen: tier == 'high'\n"
    packs = pack_of(SHOWN, pack=pack)
    stated = fact(TIER, "minimal")
    assert "Z03-shown" not in judged(packs, stated)
    finding = judged(packs, stated, about=disputed(TIER))["Z03-shown"]
    assert finding.state is State.UNKNOWN
    assert (
        "Statements about purpose.risk_tier disagree, so it is open whether the pack base applies."
        in finding.message
    )


def test_what_applies_by_the_value_in_use_is_judged() -> None:
    facts = (fact(TIER, "high"), fact("purpose.role", "deployer"), fact("oversight.users_told", value=True))
    about = disputed(TIER, value="high", other="minimal")
    assert judged(pack_of(ASIDE), *facts, about=about)["Z03-aside"].state is State.PASS
