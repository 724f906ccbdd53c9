"""The worth of a question, worked out by hand, and from which figures on a pilot is of a kind that fails more often."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from random_findings import BLANK
from rule_texts import pack_of, rule_text

from poc_gate.judge.verdict.priors import chance, kind_of_pilot
from poc_gate.judge.verdict.questions import SCOPE, Task, is_open, tasks
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.pilot_kinds import CIRCUMSTANCES
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import EvidenceClass, Rule, Severity

STATED = {
    "pilot.uses": ("llm",), "pilot.stage": "production", "purpose.regimes": (), "purpose.role": "deployer",
    "exposure.act": "none", "exposure.trifecta": "no", "exposure.decides": "nothing", "exposure.audience": "customers",
    "exposure.reliance": "reviewed",
}  # fmt: skip
DAY = 86400.0


def tree(**held: object) -> FactTree:
    named = {**STATED, **held}
    return FactTree(
        {name: Fact(name, value) for name, value in named.items()},  # type: ignore[arg-type]
        items={"sources": ("a", "b")},
    )


def rules(**lines: str) -> dict[str, Rule]:
    texts = [
        rule_text(f"{name}-xx", "{value: slow, at_most: 1 s}", "{slow: slo.p99}") + f"{line}\n"
        for name, line in lines.items()
    ]
    return dict(pack_of(*texts, pack="id: base\nversion: 0.1.0\ntitle: Base\n").rules)


RULES = rules(Z01="prior: 0.4", Z02="prior: 0.2", Z03="cause: one\nprior: 0.4", Z04="cause: one\nprior: 0.3")


def finding(rule: str = "Z01", **changes: object) -> Finding:
    fields = {
        "rule": f"{rule}-xx", "severity": Severity.BLOCKER, "state": State.UNKNOWN, "held": None, "unknown": ("slo.p99",),
        "effort": "hours", **changes,
    }  # fmt: skip
    return replace(BLANK, **fields)  # type: ignore[arg-type]


def work(*findings: Finding, facts: FactTree | None = None) -> tuple[Task, ...]:
    return tasks(findings, RULES, {}, facts or tree())


D, A, M = EvidenceClass.DECLARED, EvidenceClass.ARTIFACT, EvidenceClass.MEASURED
PASSED = {"state": State.PASS, "unknown": ()}


@pytest.mark.parametrize(
    ("changes", "worth"),
    [
        ({}, 0.4),
        ({"severity": Severity.HIGH}, 0.4 * 0.85),
        ({"severity": Severity.MEDIUM}, 0.4 * 0.1),
        ({"severity": Severity.LOW}, 0.4 * 0.02),
        ({"effort": "days"}, 0.4 / 1.05),
        ({"effort": "weeks"}, 0.4 / 1.15),
        ({"effort": "months"}, 0.4 / 1.2),
        ({"effort": ""}, 0.4 / 1.15),
        ({"state": State.ERROR}, 0.4),
        ({"state": State.FAIL, "held": D}, 1.0),
        ({"state": State.FAIL, "held": D, "severity": Severity.HIGH}, 0.85),
        ({"state": State.FAIL, "held": D, "short": True}, 0.1),
        ({"state": State.FAIL, "held": D, "short": True, "severity": Severity.HIGH}, 0.1),
        ({"state": State.FAIL, "held": D, "short": True, "severity": Severity.LOW}, 0.02),
        ({"state": State.WAIVED, "waived_from": State.FAIL}, 0.3),
        ({**PASSED, "held": A, "required": M}, 0.4 * 0.5),
        ({**PASSED, "held": None}, 0.4 * 0.1),
        ({**PASSED, "held": A, "required": M, "severity": Severity.HIGH}, 0.4 * 0.1 * 0.85),
    ],
)
def test_the_worth_of_one_question(changes, worth):
    """Chance of failing, times what its severity can stop, over its effort; proof that is too weak for a blocker halves it."""
    (task,) = work(finding(**changes))
    assert task.worth == pytest.approx(worth)


def test_the_likeliest_finding_of_a_rule_counts_and_the_second_rule_by_half():
    (both,) = work(finding("Z03", cause="one"), finding("Z04", cause="one"))
    assert both.worth == pytest.approx(1 - 0.6 * (1 - 0.5 * 0.3))
    (same,) = work(finding(), finding(state=State.FAIL, held=D))[:1]
    assert same.worth == pytest.approx(1.0)
    (one,) = work(finding(severity=Severity.LOW), finding(severity=Severity.HIGH))
    assert one.worth == pytest.approx(0.4 * 0.85)


def test_a_task_of_scope_is_worth_the_release():
    (scope,) = work(finding(unknown=("purpose.regimes",)), facts=tree(**{"purpose.regimes": None}))
    assert (scope.key, scope.worth, scope.effort) == (SCOPE, 1.0, "hours")
    assert scope.names == ("purpose.regimes",)


def test_of_equal_worth_the_task_that_closes_more_rules_comes_first():
    """One cause of two rules, each falling short: 1 - 0.9 x 0.95; one rule that is that likely alone."""
    short = {"state": State.FAIL, "held": D, "short": True}
    first, second = work(
        finding("Z01", severity=Severity.MEDIUM, state=State.FAIL, held=D),
        finding("Z03", cause="one", **short),
        finding("Z04", cause="one", severity=Severity.LOW, state=State.FAIL, held=D, effort="hours"),
    )
    assert first.rules == ("Z03-xx", "Z04-xx")
    assert second.rules == ("Z01-xx",)
    even = tasks(
        [finding("Z02", effort="hours"), finding("Z08", cause="x"), finding("Z09", cause="x", severity=Severity.LOW)],
        rules(Z02="prior: 0.2", Z08="prior: 0.2", Z09="prior: 0"),
        {},
        tree(),
    )  # fmt: skip
    assert even[0].worth == even[1].worth
    assert even[0].rules == ("Z08-xx", "Z09-xx")


def test_the_gravest_finding_speaks_and_what_fails_before_what_is_open():
    """Of one rule, asked for several subjects."""
    low, high = (
        finding(severity=severity, subject=severity.name) for severity in (Severity.LOW, Severity.HIGH)
    )
    assert work(low, high)[0].first is not low
    states = [State.UNKNOWN, State.ERROR, State.FAIL]
    held = [finding(state=state, subject=state.name, unknown=("slo.p99",)) for state in states]
    assert Task("k", tuple(held)).first.state is State.FAIL
    assert Task("k", tuple(held[:2])).first.state is State.ERROR
    passed = finding(state=State.PASS, held=D)
    assert Task("k", (passed, held[0])).first.state is State.UNKNOWN
    assert Task("k", tuple(held)).fails
    assert not Task("k", tuple(held[:2])).fails
    assert Task("k", ()).worth == 0.0


@pytest.mark.parametrize(
    ("changes", "opened"),
    [
        ({}, True),
        ({"due": "2027-01-01"}, False),
        ({"state": State.NOT_APPLICABLE}, False),
        ({"state": State.ERROR}, True),
        ({"state": State.FAIL, "held": D}, True),
        ({"state": State.WAIVED, "waived_from": State.FAIL}, True),
        ({"state": State.PASS, "held": M, "required": M}, False),
        ({"state": State.PASS, "held": D, "required": D}, False),
        ({"state": State.PASS, "held": A, "required": M}, True),
    ],
)
def test_what_can_still_help_is_open(changes, opened):
    assert is_open(finding(**changes)) is opened


def test_what_fails_is_kept_apart_from_what_is_open_of_the_same_cause():
    keys = {
        task.key
        for task in work(finding("Z03", cause="one"), finding("Z04", cause="one", state=State.FAIL, held=D))
    }
    assert keys == {"cause one", "cause one fails"}


@pytest.mark.parametrize(
    ("facts", "word", "holds"),
    [
        ({"demand.requests_per_day": Quantity(100_000 / DAY, "req/s")}, "large-volume", True),
        ({"demand.requests_per_day": Quantity(99_999 / DAY, "req/s")}, "large-volume", False),
        (
            {"demand.requests_per_day": Quantity(2.0, "req/s"), "model.hosting": "hosted"},
            "large-hosted",
            True,
        ),
        ({"demand.requests_per_day": Quantity(2.0, "req/s"), "model.hosting": "self"}, "large-hosted", False),
        ({"model.hosting": "hosted"}, "large-hosted", False),
        ({"slo.availability": Quantity(0.999)}, "availability-promised", True),
        ({"slo.availability": Quantity(0.9989)}, "availability-promised", False),
        ({"model.max_context": Quantity(32_768, "tok")}, "long-context", True),
        ({"model.max_context": Quantity(32_767, "tok")}, "long-context", False),
        ({"slo.p99": Quantity(1, "s")}, "latency-promised", True),
        ({"slo.ttft": Quantity(1, "s")}, "latency-promised", True),
        ({}, "latency-promised", False),
        ({"security.prompts_personal": True}, "personal-data", True),
        ({"security.prompts_personal": False}, "personal-data", False),
        ({"sources[b].personal_data": True}, "personal-data", True),
        ({"sources[b].personal_data": False}, "personal-data", False),
        ({"security.prompts_personal": True, "pilot.uses": ("classic-ml",)}, "scores-people", True),
        ({"security.prompts_personal": True}, "scores-people", False),
        ({"pilot.uses": ("classic-ml",)}, "scores-people", False),
        ({"security.prompts_personal": True, "pilot.uses": None}, "scores-people", False),
        ({"retrieval.vectors": Quantity(1e7)}, "large-index", True),
        ({"retrieval.vectors": Quantity(9.9e6)}, "large-index", False),
        ({"training.accelerators": Quantity(2)}, "many-accelerators", True),
        ({"training.accelerators": Quantity(1)}, "many-accelerators", False),
        ({"pilot.uses": ("training",), "target.count": Quantity(2)}, "many-accelerators", True),
        ({"pilot.uses": ("training",), "target.count": Quantity(1)}, "many-accelerators", False),
        ({"slo.answer_max_age": Quantity(1, "s")}, "freshness-promised", True),
        ({"sources[b].max_age_needed": Quantity(1, "s")}, "freshness-promised", True),
        ({}, "freshness-promised", False),
        ({"cost.scale_to_zero": True}, "scales", True),
        ({"cost.scale_to_zero": False}, "scales", False),
        ({"target.replicas_max": Quantity(3)}, "scales", True),
        ({"purpose.affected_people": Quantity(9), "exposure.decides": "individuals"}, "affects-people", True),
        ({"purpose.affected_people": Quantity(9)}, "affects-people", False),
        ({"exposure.decides": "individuals"}, "affects-people", False),
        ({"purpose.risk_tier": "high"}, "high-risk", True),
        ({"purpose.risk_tier": "limited"}, "high-risk", False),
        ({"sources[b].kind": "extract"}, "extract", True),
        ({"sources[a].kind": "database", "sources[b].kind": "database"}, "extract", False),
        ({"demand.requests_per_day": Quantity(0.1, "req/s")}, "load-stated", True),
        ({"model.hosting": "hosted"}, "hosted", True),
        ({"exposure.audience": "staff"}, "staff", True),
        ({"pilot.uses": ("agent", "llm")}, "agent", True),
    ],
)
def test_from_which_figures_on_a_pilot_is_called_so(facts, word, holds):
    assert (word in kind_of_pilot(tree(**facts))) is holds


def test_a_pilot_of_every_circumstance_is_called_by_every_word_that_a_rule_may_use():
    everything = tree(**{
        "demand.requests_per_day": Quantity(9, "req/s"), "model.hosting": "hosted", "slo.availability": Quantity(0.9999),
        "model.max_context": Quantity(1e6, "tok"), "slo.p99": Quantity(1, "s"), "security.prompts_personal": True,
        "pilot.uses": ("classic-ml", "training"), "retrieval.vectors": Quantity(1e8), "target.count": Quantity(4),
        "slo.answer_max_age": Quantity(1, "s"), "cost.scale_to_zero": True, "purpose.affected_people": "holders",
        "exposure.decides": "decides", "purpose.risk_tier": "high", "sources[a].kind": "extract",
    })  # fmt: skip
    stated = {"classic-ml", "training", "production", "hosted", "none", "decides", "customers", "reviewed"}
    assert kind_of_pilot(everything) - stated == set(CIRCUMSTANCES)


def test_a_regime_of_a_house_is_a_kind_of_pilot_once_the_rule_asks_for_it():
    given = "{slow: slo.p99, regimes: purpose.regimes}"
    text = rule_text(
        "Z06-xx", "{value: slow, at_most: 1 s}", given, when="'\"pci\" in regimes'", prior="{pci: 0.6}"
    )
    house = pack_of(text).rules
    assert chance(house["Z06-xx"], frozenset({"pci"})) == 0.6


def test_a_chance_that_nobody_estimated_is_one_in_five():
    assert chance(None, frozenset()) == 0.2
    bare = rules(Z05="effort: days")["Z05-xx"]
    assert chance(bare, frozenset({"llm"})) == 0.2
    some = rules(Z06="prior: {hosted: 0.3, agent: 0.7, else: 0.05}")["Z06-xx"]
    assert chance(some, frozenset({"hosted", "agent"})) == 0.7
    assert chance(some, frozenset({"hosted"})) == 0.3
    assert chance(some, frozenset()) == 0.05
