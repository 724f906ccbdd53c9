"""Severity follows exposure: which line decides, what unknown comes to, what does not apply."""

from __future__ import annotations

import pytest
from fact_texts import fact, judged, only
from msgspec.structs import replace
from random_findings import BLANK
from rule_texts import BASE_RULE, pack_of, rule_text

from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.score import score_parts
from poc_gate.model.fact import Contradiction, Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import EvidenceClass, Severity, Stage
from poc_gate.model.verdict import Word

LINES = """\
exposure:
  off: [{act: none, audience: named-colleagues}]
  blocker: [{act: irreversible}, {trifecta: yes, audience: [customers, public]}]
  high: [{decides: [assists, decides], stage: [limited, production]}]
  advice: [{level: low}]
"""
PACK = pack_of(BASE_RULE + LINES)
SLOW = fact("slo.p99", (0.6, "s"))
HARMLESS = {
    "act": "none", "trifecta": "no", "decides": "nothing", "audience": "employees", "reliance": "reviewed", "level": "low",
}  # fmt: skip


def found(stage: Stage = Stage.PILOT, **changes: str) -> Finding:
    """Return the finding of the slow pilot under an exposure; an empty facet is unknown."""
    facets = {name: value for name, value in {**HARMLESS, **changes}.items() if value}
    (finding,) = judged(
        PACK, SLOW, *(fact(f"exposure.{name}", value) for name, value in facets.items()), stage=stage
    )
    return finding


@pytest.mark.parametrize(
    ("changes", "severity", "because"),
    [
        ({}, Severity.LOW, ("level low",)),
        ({"level": "medium"}, Severity.MEDIUM, ()),
        ({"level": "high", "act": "irreversible"}, Severity.BLOCKER, ("act irreversible",)),
        (
            {"level": "high", "trifecta": "yes", "audience": "public"},
            Severity.BLOCKER,
            ("trifecta yes", "audience public"),
        ),
        ({"level": "high", "trifecta": "yes"}, Severity.MEDIUM, ()),
        ({"level": "high", "act": ""}, Severity.BLOCKER, ("act unknown",)),
        (
            {"level": "high", "trifecta": "", "audience": "public"},
            Severity.BLOCKER,
            ("trifecta unknown", "audience public"),
        ),
        ({"level": "high", "trifecta": ""}, Severity.MEDIUM, ()),
    ],
)
def test_the_first_line_that_matches_decides(
    changes: dict[str, str], severity: Severity, because: tuple[str, ...]
) -> None:
    finding = found(**changes)
    assert (finding.severity, finding.exposed_by) == (severity, because)
    assert finding.exposure_unknown == tuple(part.split()[0] for part in because if part.endswith("unknown"))
    assert finding.state is State.FAIL


def test_a_stage_may_stand_beside_a_facet() -> None:
    assert found(Stage.PILOT, decides="assists", level="medium").severity is Severity.MEDIUM
    assert found(Stage.LIMITED, decides="assists", level="medium").severity is Severity.HIGH


def test_where_it_cannot_hurt_a_rule_does_not_apply_and_silence_never_says_so() -> None:
    off = found(audience="named-colleagues")
    assert off.state is State.NOT_APPLICABLE
    assert off.message == "Not applicable to what this pilot can do: act none, audience named-colleagues."
    assert found(audience="named-colleagues", act="").state is State.FAIL


def test_an_exposure_never_lowers_what_the_stage_asks_but_by_advice() -> None:
    rule = rule_text("Z02-own", "{value: slow, at_most: 500 ms}", "{slow: slo.p99}", severity="blocker")
    packs = pack_of(rule + "exposure: {high: [{act: irreversible}]}\n")
    assert only(packs, SLOW, fact("exposure.act", "irreversible")).severity is Severity.BLOCKER


def test_a_facet_that_rests_on_a_dispute_counts_as_unknown() -> None:
    stated = fact("purpose.acts", "none")
    act = Fact("exposure.act", "none", stated.provenance, derived=True, inputs=("purpose.acts",))
    facts = {held.name: held for held in (SLOW, stated, act, fact("exposure.audience", "named-colleagues"))}
    place = SLOW.place
    assert place is not None
    against = Contradiction(
        "purpose.acts", "none", stated.provenance, place, "irreversible", stated.provenance, place
    )  # type: ignore[arg-type]
    from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules

    tree = FactTree(facts, contradictions=(against,))
    finding = evaluate_rules(PACK, tree, stage=Stage.PILOT, today="2026-11-22")[0]
    assert (finding.severity, finding.exposure_unknown) == (Severity.BLOCKER, ("act",))


def test_what_can_hurt_stops_a_sandbox_and_what_cannot_does_not() -> None:
    """The reproduction: at stage pilot a failed harm rule was one of eight that may stay open."""
    harm = found(act="irreversible", level="high")
    assert decide([harm], stage=Stage.PILOT).word is Word.NO_GO
    assert decide([found(level="medium")], stage=Stage.PILOT).word is Word.GO


OVER_SOURCES = rule_text("Z03-shares", "{value: share, at_least: 80 %}", "{share: flow.contracts.coverage}")
LISTED = rule_text("Z04-names", "{that: 'names.all(n, n != \"\")'}", "{names: 'sources[].system'}")
MIXED = rule_text(
    "Z05-mixed",
    "{that: 'names.all(n, n != \"\") && told'}",
    "{names: 'sources[].system', told: oversight.users_told}",
)


@pytest.mark.parametrize("rule", [OVER_SOURCES, LISTED])
def test_what_runs_over_a_list_stated_empty_is_not_asked(rule: str) -> None:
    packs = pack_of(rule)
    bare = Fact("flow.contracts.coverage", None, derived=True, why_unknown="no source is listed")
    assert only(packs, bare, sources=()).state is State.NOT_APPLICABLE
    lacking = Fact(
        "flow.contracts.coverage", None, derived=True, inputs=("sources",), why_unknown="missing: sources"
    )
    assert only(packs, lacking).state is State.UNKNOWN


def test_one_observation_beside_the_list_keeps_the_rule_alive() -> None:
    assert only(pack_of(MIXED), sources=()).state is State.UNKNOWN
    assert only(pack_of(MIXED), fact("oversight.users_told", value=False), sources=()).state is State.FAIL


def test_a_pack_that_may_not_apply_raises_nothing() -> None:
    pack = (
        "id: law\nversion: 0.1.0\ntitle: Law\ngiven: {regimes: purpose.regimes}\nwhen: '\"law\" in regimes'\n"
    )
    pack += "adjust: [{rule: Z01-base, severity: {pilot: medium, limited: high, production: blocker}}]\n"
    packs = pack_of(BASE_RULE, law={"pack.yaml": pack.encode()})
    assert only(packs, SLOW).severity is Severity.HIGH
    assert only(packs, SLOW, fact("purpose.regimes", ("law",))).severity is Severity.BLOCKER
    assert only(packs, SLOW, fact("purpose.regimes", ())).severity is Severity.HIGH


@pytest.mark.parametrize(
    ("changes", "mildest"),
    [
        ({}, ""),
        ({"level": "high"}, ""),
        ({"level": "high", "act": ""}, Severity.MEDIUM),
        ({"level": "", "act": ""}, Severity.LOW),
        ({"level": "high", "act": "", "audience": "named-colleagues"}, "off"),
        ({"level": "high", "act": "", "decides": "assists"}, Severity.MEDIUM),
    ],
)
def test_the_mildest_is_what_the_unknown_could_turn_out_to_be(changes: dict[str, str], mildest: str) -> None:
    assert found(**changes).mildest == mildest


def test_a_pass_weighs_no_more_for_exposure_that_nobody_stated() -> None:
    grave = replace(
        BLANK,
        rule="Z01-x",
        dimension="data-connection",
        severity=Severity.BLOCKER,
        mildest="low",
        held=EvidenceClass.MEASURED,
    )
    other = replace(
        BLANK,
        rule="Z02-x",
        dimension="data-connection",
        severity=Severity.LOW,
        state=State.UNKNOWN,
        held=None,
    )
    passing = replace(grave, state=State.PASS)
    assert score_parts([passing, other])[0].dimension.low == 50
    assert score_parts([replace(passing, mildest="off"), other])[0].dimension.low == 0
    assert score_parts(
        [replace(grave, state=State.UNKNOWN), replace(other, state=State.PASS, held=grave.held)]
    )[0].dimension.low == pytest.approx(100 / 11)


def test_an_exposure_is_named_only_where_it_raised_the_rule() -> None:
    for severity, because in (("blocker", ()), ("high", ("act irreversible",))):
        rule = rule_text("Z02-own", "{value: slow, at_most: 500 ms}", "{slow: slo.p99}", severity=severity)
        found_one = only(
            pack_of(rule + "exposure: {blocker: [{act: irreversible}]}\n"),
            SLOW,
            fact("exposure.act", "irreversible"),
        )
        assert (found_one.severity, found_one.exposed_by) == (Severity.BLOCKER, because)


@pytest.mark.parametrize(
    ("lines", "facts", "mildest"),
    [
        ("{blocker: [{act: irreversible}], advice: [{level: low}]}", {"level": "low"}, "low"),
        ("{blocker: [{act: irreversible}], advice: [{level: low}]}", {"level": "high"}, "medium"),
        ("{high: [{act: irreversible}], advice: [{act: irreversible}, {level: low}]}", {"act": "irreversible", "level": "low"}, ""),
        ("{blocker: [{act: irreversible, trifecta: yes}]}", {"act": "none"}, ""),
        ("{blocker: [{act: irreversible, trifecta: yes}]}", {"trifecta": "yes"}, "medium"),
        ("{advice: [{act: none, level: low}]}", {"level": "low"}, "low"),
    ],
)  # fmt: skip
def test_the_mildest_follows_the_order_of_the_lines(lines: str, facts: dict[str, str], mildest: str) -> None:
    rule = rule_text("Z02-own", "{value: slow, at_most: 500 ms}", "{slow: slo.p99}", severity="medium")
    stated = [fact(f"exposure.{facet}", value) for facet, value in facts.items()]
    assert only(pack_of(rule + f"exposure: {lines}\n"), SLOW, *stated).mildest == mildest


def test_a_stage_that_fits_is_not_enough_for_the_facets_beside_it() -> None:
    rule = rule_text("Z02-own", "{value: slow, at_most: 500 ms}", "{slow: slo.p99}", severity="medium")
    packs = pack_of(rule + "exposure: {high: [{stage: [production], act: irreversible}]}\n")
    for value, severity in (("none", Severity.MEDIUM), ("irreversible", Severity.HIGH)):
        assert only(packs, SLOW, fact("exposure.act", value)).severity is severity
