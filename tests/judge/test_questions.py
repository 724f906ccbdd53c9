"""The order of questions: scope first, one line for each artifact, what can stop the pilot before what cannot."""

from __future__ import annotations

from msgspec.structs import replace
from random_findings import BLANK
from rule_texts import pack_of, rule_text

from poc_gate.judge.verdict.priors import UNESTIMATED, chance, kind_of_pilot
from poc_gate.judge.verdict.questions import SCOPE, Task, scope_facts, tasks
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Rule, Severity

FACTS = {
    "pilot.uses": ("llm",), "pilot.stage": "production", "purpose.regimes": (), "purpose.role": "deployer",
    "exposure.act": "none", "exposure.trifecta": "no", "exposure.decides": "nothing", "exposure.audience": "customers",
    "exposure.reliance": "reviewed",
}  # fmt: skip
PACK = "id: base\nversion: 0.1.0\ntitle: Base\nrecords: {load-test: {title: Load test report, effort: days, owner: tester}}\n"


def tree(**changes: object) -> FactTree:
    held = {**FACTS, **{name.replace("__", "."): value for name, value in changes.items()}}
    return FactTree({name: Fact(name, value) for name, value in held.items() if value is not None})  # type: ignore[arg-type]


def rules(**keys: str) -> dict[str, Rule]:
    """Return one rule for each name, with a further line in its file."""
    texts = [
        rule_text(f"{name}-xx", "{value: slow, at_most: 1 s}", "{slow: slo.p99}") + f"{line}\n"
        for name, line in keys.items()
    ]
    return dict(pack_of(*texts, pack=PACK).rules)


def unknown(rule: str, severity: Severity = Severity.BLOCKER, **changes: object) -> Finding:
    fields = {"state": State.UNKNOWN, "held": None, "unknown": ("slo.p99",), "effort": "days", **changes}
    return replace(BLANK, rule=f"{rule}-xx", severity=severity, **fields)  # type: ignore[arg-type]


def asked(findings: list[Finding], held: dict[str, Rule], facts: FactTree | None = None) -> tuple[Task, ...]:
    records = pack_of(
        rule_text("Z90-any", "{value: slow, at_most: 1 s}", "{slow: slo.p99}"), pack=PACK
    ).records
    return tasks(findings, held, records, facts or tree())


def test_one_record_is_one_task_with_all_its_rules() -> None:
    held = rules(Z01="record: load-test", Z02="record: load-test", Z03="prior: 0.1")
    first, second = asked([unknown("Z01"), unknown("Z02"), unknown("Z03")], held)
    assert (first.title, first.rules, first.owner) == ("Load test report", ("Z01-xx", "Z02-xx"), "tester")
    assert second.rules == ("Z03-xx",)


def test_what_fails_is_a_task_of_its_own_and_one_cause_is_one() -> None:
    held = rules(Z01="record: load-test", Z02="record: load-test", Z03="prior: 0.2")
    failing = [replace(unknown(rule), state=State.FAIL, cause="memory") for rule in ("Z01", "Z02")]
    first, second = asked([*failing, unknown("Z03")], held)
    assert first.rules == ("Z01-xx", "Z02-xx")
    assert first.fails
    assert second.rules == ("Z03-xx",)


def test_the_likelier_the_graver_and_the_cheaper_come_first() -> None:
    held = rules(Z01="prior: 0.5", Z02="prior: 0.2", Z03="prior: 0.5", Z04="prior: 0.5")
    findings = [
        unknown("Z02"), unknown("Z04", effort="months"), unknown("Z03", Severity.HIGH), unknown("Z01"),
    ]  # fmt: skip
    assert [task.rules[0] for task in asked(findings, held)] == ["Z01-xx", "Z04-xx", "Z03-xx", "Z02-xx"]


def test_many_unlikely_rules_of_one_record_do_not_push_a_likely_one_down() -> None:
    held = rules(**{f"Z{n:02}": "record: load-test" for n in range(10, 30)}, Z01="prior: 0.6")
    many = [unknown(f"Z{n:02}") for n in range(10, 30)]
    assert asked([*many, unknown("Z01")], held)[0].rules == ("Z01-xx",)


def test_the_second_likeliest_rule_of_a_record_counts_by_half() -> None:
    held = rules(Z01="prior: 0.5", Z02="record: load-test\nprior: 0.4", Z03="record: load-test\nprior: 0.4")
    first, second = asked([unknown("Z01"), unknown("Z02"), unknown("Z03")], held)
    assert first.rules == ("Z02-xx", "Z03-xx")
    assert second.rules == ("Z01-xx",)


def test_the_likeliest_rule_of_a_record_speaks_for_it() -> None:
    held = rules(Z01="record: load-test\nprior: 0.1", Z02="record: load-test\nprior: 0.6")
    (task,) = asked([unknown("Z01"), unknown("Z02", Severity.HIGH)], held)
    assert task.first.rule == "Z02-xx"
    assert task.likeliest == ("Z02-xx", "Z01-xx")


def test_only_a_hand_made_extract_makes_a_failing_extract_likely() -> None:
    def kind(of: str) -> frozenset[str]:
        facts = tree(**{"sources[a].kind": of})
        return kind_of_pilot(FactTree(facts.facts, items={"sources": ("a",)}))

    assert "extract" in kind("extract")
    assert "extract" not in kind("snapshot")


def test_several_accelerators_of_a_training_run_and_a_stated_load_are_circumstances() -> None:
    several = tree(**{"pilot.uses": ("training",), "target.count": Quantity(8.0, "1")})
    assert "many-accelerators" in kind_of_pilot(several)
    assert "many-accelerators" not in kind_of_pilot(tree(**{"target.count": Quantity(8.0, "1")}))
    assert "load-stated" in kind_of_pilot(tree(**{"demand.requests_per_day": Quantity(0.1, "req/s")}))
    assert "load-stated" not in kind_of_pilot(tree())


def test_the_scope_is_asked_before_everything_and_only_once_it_is_unknown() -> None:
    held = rules(Z01="prior: 0.9")
    raised = unknown("Z01", exposed_by=("act unknown",), exposure_unknown=("act",))
    law = unknown("Z02", unknown=("purpose.regimes",))
    lacking = tree(purpose__regimes=None, exposure__act=None)
    act = Fact("exposure.act", None, derived=True, inputs=("purpose.acts",))
    lacking = lacking.with_facts((act,))
    assert scope_facts(lacking) == {"purpose.regimes", "purpose.acts"}
    first, second = asked([raised, law], held, lacking)
    assert (first.key, first.rules, first.raises) == (SCOPE, ("Z02-xx",), ("Z01-xx",))
    assert first.names == ("purpose.acts", "purpose.regimes")
    assert second.rules == ("Z01-xx",)
    assert scope_facts(tree()) == frozenset()
    assert [task.key for task in asked([unknown("Z01")], held)] == ["Z01-xx"]


def test_the_chance_is_that_of_the_kind_of_pilot() -> None:
    (rule,) = rules(Z01="prior: {customers: 0.6, llm: 0.3, large-volume: 0.8, else: 0.1}").values()
    assert chance(rule, kind_of_pilot(tree())) == 0.6
    assert chance(rule, kind_of_pilot(tree(demand__requests_per_day=Quantity(2.0, "req/s")))) == 0.8
    assert chance(rule, frozenset({"batch"})) == 0.1
    assert chance(None, frozenset()) == UNESTIMATED
