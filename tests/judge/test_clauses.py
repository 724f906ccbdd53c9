"""What a failure says: which value stands against what, how it is written, and the formula with the numbers put in."""

from __future__ import annotations

import pytest
from fact_texts import fact, only
from rule_texts import catalogue, pack_of, rule_text

from poc_gate.judge.evaluate.telling.clauses import term_of
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.quantity import Quantity

LIMITS = {"allowed": "500 ms", "share": "5 %", "whole": "1", "none": "0"}


def found(expect: str, given: str, *facts: Fact, **items: tuple[str, ...]) -> Finding:
    """Return the finding of a rule; of the limits above it has those that it names."""
    named = [
        f"{name}: {{value: {value}, tighter: lower, reason: a reason of the test}}"
        for name, value in LIMITS.items()
        if name in expect
    ]
    more = {"limits": f"{{{', '.join(named)}}}"} if named else {}
    return only(pack_of(rule_text("Z11-clause", expect, given, **more)), *facts, **items)


def that(statement: str, given: str, *facts: Fact, **items: tuple[str, ...]) -> Finding:
    doubled = statement.replace("'", "''")
    return found(f"{{that: '{doubled}'}}", given, *facts, **items)


TOLD, SLOW, FAST, USES = (
    "{told: oversight.users_told}",
    "{slow: slo.p99}",
    "{slow: slo.p99, fast: slo.p50}",
    "{uses: pilot.uses}",
)
KIND, DAY, NAME, PART = (
    "{kind: model.kind}",
    "{day: model.retires_on}",
    "{name: purpose.users}",
    "{part: evaluation.failure_max}",
)
P99, P50 = "99th percentile of the end-to-end latency", "slo.p50"
AB = {"sources": ("a", "b")}


def slow(seconds: float = 0.6) -> Fact:
    return fact("slo.p99", (seconds, "s"))


@pytest.mark.parametrize(
    ("statement", "given", "facts", "sign", "right", "said"),
    [
        ("told", TOLD, [fact("oversight.users_told", value=False)], "yes", (), "Not met: people are informed that they are dealing with an AI."),
        ("!told", TOLD, [fact("oversight.users_told", value=True)], "no", (), "People are informed that they are dealing with an AI."),
        ("told == true", TOLD, [fact("oversight.users_told", value=False)], "==", (True,), "People are informed that they are dealing with an AI: no; must be yes."),
        ("slow <= allowed", SLOW, [slow()], "<=", (Quantity(0.5, "s"),), f"{P99}: 600 ms, 20 % over the limit of 500 ms."),
        ("500 ms >= slow", SLOW, [slow()], "<=", (Quantity(0.5, "s"),), f"{P99}: 600 ms, 20 % over the limit of 500 ms."),
        ("1 s < slow", SLOW, [slow()], ">", (Quantity(1.0, "s"),), f"{P99}: 600 ms; must be more than 1 s."),
        ("1 s <= slow", SLOW, [slow()], ">=", (Quantity(1.0, "s"),), f"{P99}: 600 ms, 40 % below the required 1 s."),
        ("500 ms > slow", SLOW, [slow()], "<", (Quantity(0.5, "s"),), f"{P99}: 600 ms; must be less than 500 ms."),
        ("slow < fast", FAST, [slow(), fact("slo.p50", (0.5, "s"))], "<", (Quantity(0.5, "s"),), f"{P99}: 600 ms; must be less than 500 ms."),
        ("allowed >= slow", SLOW, [slow()], "", (), "Not met: it is so. Slo p99: 600 ms; limit: 500 ms."),
        ("slow * 2 <= allowed", SLOW, [slow()], "", (), "Not met: it is so. Slo p99: 600 ms; limit: 500 ms."),
        ("slow <= allowed * 2", SLOW, [slow(1.6)], "", (), "Not met: it is so. Slo p99: 1.6 s; limit: 500 ms."),
        ("size(uses) > 0", USES, [fact("pilot.uses", ())], "stated", (), None),
        ("size(uses) > 1", USES, [fact("pilot.uses", ("llm",))], "", (), "Not met: it is so. Pilot uses: llm."),
        ("size(uses) < 1", USES, [fact("pilot.uses", ("llm",))], "", (), "Not met: it is so. Pilot uses: llm."),
        ("age(day) <= 30 d", DAY, [fact("model.retires_on", "2026-01-01")], "<=", (Quantity(2592000.0, "s"),),
         "Last day on which the provider serves this version: 2026-01-01; must be at most 30 d ago."),
        ('name != ""', NAME, [fact("purpose.users", "")], "stated", (), "Who uses it: not stated."),
        ('kind == "llm"', KIND, [fact("model.kind", "classifier")], "==", ("llm",), "Kind of model: classifier; must be llm."),
        ('kind != "llm"', KIND, [fact("model.kind", "llm")], "!=", ("llm",), "Kind of model: llm; must not be llm."),
        ('"llm" in uses', USES, [fact("pilot.uses", ("agent",))], "has", ("llm",), None),
        ('!("llm" in uses)', USES, [fact("pilot.uses", ("llm",))], "", (), "Not met: it is so. Pilot uses: llm."),
        ('kind in ["llm", "x"]', KIND, [fact("model.kind", "classifier")], "in", ("llm", "x"), "Kind of model: classifier; must be one of llm or x."),
        ('!(kind in ["llm", "x"])', KIND, [fact("model.kind", "llm")], "not in", ("llm", "x"), "Kind of model: llm; must not be llm or x."),
        ('name == ""', NAME, [fact("purpose.users", "all")], "", (), "Not met: it is so. Purpose users: all."),
        ("size(uses) < whole", USES, [fact("pilot.uses", ("llm",))], "", (), "Not met: it is so. Pilot uses: llm; limit: 1."),
        ("part <= share", PART, [fact("evaluation.failure_max", (0.06, "1"))], "<=", (Quantity(0.05),),
         "Highest failure rate that is accepted: 6 %, over the limit of 5 %."),
        ("part <= 0.05", PART, [fact("evaluation.failure_max", (0.06, "1"))], "<=", (Quantity(0.05),),
         "Highest failure rate that is accepted: 6 %, over the limit of 5 %."),
    ],
)  # fmt: skip
def test_a_part_of_a_statement_says_what_stands_against_what(statement, given, facts, sign, right, said):
    finding = that(statement, given, *facts)
    (clause,) = finding.reason.clauses
    assert (finding.state, clause.sign, tuple(term.value for term in clause.right)) == (
        State.FAIL,
        sign,
        right,
    )
    assert clause.left[0].value == facts[0].value
    assert clause.aged is ("age(" in statement)
    assert said in (None, finding.message)
    inputs = {term.fact for term in clause.left}
    assert inputs == {facts[0].name} | (
        {""} if sign == "" and ("allowed" in statement or "whole" in statement) else set()
    )
    assert all(term.needed is (sign != "has") for term in clause.right if term.fact == "")


@pytest.mark.parametrize(
    ("statement", "given", "values", "sign", "items"),
    [
        (
            'all_.all(n, n != "pg")',
            "{all_: 'sources[].system'}",
            ("", "pg"),
            "",
            ["sources[a].system", "sources[b].system"],
        ),
        ('all_.all(n, n != "")', "{all_: 'sources[].system'}", ("", "pg"), "stated", ["sources[a].system"]),
        ("all_.all(f, f)", "{all_: 'sources[].critical'}", (False, True), "every", ["sources[a].critical"]),
        (
            "all_.all(f, f == true)",
            "{all_: 'sources[].critical'}",
            (False, True),
            "",
            ["sources[a].critical", "sources[b].critical"],
        ),
        (
            "all_.all(t, t <= allowed)",
            "{all_: 'sources[].p99'}",
            ((0.6, "s"), (0.1, "s")),
            "",
            ["sources[a].p99", "sources[b].p99", ""],
        ),
        (
            'all_.all(n, n == "")',
            "{all_: 'sources[].system'}",
            ("", "pg"),
            "",
            ["sources[a].system", "sources[b].system"],
        ),
    ],
)
def test_of_a_list_the_items_that_are_lacking_are_named(statement, given, values, sign, items):
    field = given.rpartition(".")[2].rstrip("'}")
    facts = [fact(f"sources[{item}].{field}", value) for item, value in zip("ab", values, strict=True)]
    (clause,) = that(statement, given, *facts, **AB).reason.clauses
    assert (clause.sign, [term.fact for term in clause.left]) == (sign, items)


def test_what_is_wanted_is_told_from_what_is_so():
    (clause,) = that("slow <= allowed", SLOW, slow()).reason.clauses
    assert [(term.needed, term.percent) for term in (*clause.left, *clause.right)] == [
        (True, False),
        (True, False),
    ]
    seen = "{seen: sources[a].p99}".replace("sources[a].p99", "observed.p99")
    (clause,) = that("seen <= allowed", seen, fact("observed.p99", (0.6, "s"))).reason.clauses
    assert [term.needed for term in (*clause.left, *clause.right)] == [False, True]
    assert clause.left[0].meaning
    assert not clause.left[0].meaning.endswith(".")


@pytest.mark.parametrize(
    ("statement", "given", "value", "percents"),
    [
        ("part <= share", PART, 0.06, (True, True)),
        ("part <= whole", PART, 1.5, (True, True)),
        ("part <= none", PART, 0.5, (True, True)),
        ("ratio <= share", "{ratio: 'flow.latency.tail_ratio'}", 0.06, (True, True)),
        ("ratio <= whole", "{ratio: 'flow.latency.tail_ratio'}", 1.5, (False, False)),
        ("ratio <= none", "{ratio: 'flow.latency.tail_ratio'}", 0.5, (False, False)),
        ("share >= ratio && ratio <= whole", "{ratio: 'flow.latency.tail_ratio'}", 1.5, None),
    ],
)
def test_a_plain_number_is_a_percentage_beside_one(statement, given, value, percents):
    name = "evaluation.failure_max" if "part" in statement else "flow.latency.tail_ratio"
    clauses = that(statement, given, fact(name, (value, "1"))).reason.clauses
    if percents is None:
        assert all(clause.left[0].percent for clause in clauses)
        return
    assert tuple(term.percent for term in (clauses[0].left[0], clauses[0].right[0])) == percents


def test_text_beside_text_and_lists_beside_lists():
    two = {"name": fact("purpose.users", "all"), "other": fact("purpose.audience", "")}
    given = "{name: purpose.users, other: purpose.audience}"
    for statement, lacking in (("name == other", "purpose.audience"), ("other == name", "purpose.audience")):
        (clause,) = that(statement, given, *two.values()).reason.clauses
        assert (clause.sign, [term.fact for term in clause.left]) == ("stated", [lacking])
    uses = [fact("model.kind", "classifier"), fact("pilot.uses", ("llm",))]
    (clause,) = that("kind in uses", "{kind: model.kind, uses: pilot.uses}", *uses).reason.clauses
    assert (clause.sign, clause.left[0].fact, clause.right[0].fact) == ("in", "model.kind", "pilot.uses")
    told = [
        fact("sources[a].critical", value=False),
        fact("sources[b].critical", value=True),
        fact("oversight.users_told", value=False),
    ]
    (clause,) = that(
        "all_.all(f, told)", "{all_: 'sources[].critical', told: oversight.users_told}", *told, **AB
    ).reason.clauses
    assert (clause.sign, len(clause.left)) == ("", 3)


def test_a_fact_of_its_own_is_a_percentage_where_it_is_a_share():
    share, time = (catalogue().find(name) for name in ("evaluation.failure_max", "slo.p99"))
    assert [term_of(slow(), spec).percent for spec in (share, time, None)] == [True, False, False]
    assert term_of(slow(), None).meaning == "slo.p99"


def test_items_of_a_list_are_percentages_beside_one():
    calls = [
        fact(f"sources[{item}].calls_per_request", (value, "1")) for item, value in (("a", 0.06), ("b", 0.01))
    ]
    for statement, percents in (
        ("all_.all(t, t <= share)", True),
        ("all_.all(t, t <= whole * 0)", False),
        ("!all_.exists(t, t >= share)", True),
    ):
        (clause,) = that(statement, "{all_: 'sources[].calls_per_request'}", *calls, **AB).reason.clauses
        assert {term.percent for term in clause.left if term.fact} == {percents}
    facts = [*calls, fact("flow.latency.tail_ratio", (0.06, "1"))]
    over = "all_.all(t, t <= ratio) && ratio <= share"
    clauses = that(
        over, "{all_: 'sources[].calls_per_request', ratio: 'flow.latency.tail_ratio'}", *facts, **AB
    ).reason.clauses
    assert [term.percent for clause in clauses for term in clause.left] == [True]
    ratio = fact("flow.latency.tail_ratio", (0.06, "1"))
    assert (
        found("{value: ratio, at_most: share}", "{ratio: 'flow.latency.tail_ratio'}", ratio).formula
        == "6 % <= 5 %"
    )


def test_several_parts_that_fail_are_told_one_by_one():
    finding = that(
        "slow <= allowed && told",
        "{slow: slo.p99, told: oversight.users_told}",
        slow(),
        fact("oversight.users_told", value=False),
    )
    assert [clause.sign for clause in finding.reason.clauses] == ["<=", "yes"]
    assert finding.reason.kind is ReasonKind.BROKEN


COMPARED = [
    ("{value: slow, at_most: allowed}", SLOW, [slow()], "<=", f"{P99}: 600 ms, 20 % over the limit of 500 ms.", "600 ms <= 500 ms"),
    ("{value: slow * 2, at_most: allowed}", SLOW, [slow(0.3)], "<=", "The value computed from slo p99: 600 ms, 20 % over the limit of 500 ms.", "300 ms * 2 <= 500 ms"),
    ("{value: slow - fast, at_most: allowed}", FAST, [slow(2.0), fact("slo.p50", (0.5, "s"))], "<=", None, "2 s - 500 ms <= 500 ms"),
    ("{value: slow, at_least: 1 s}", SLOW, [slow()], ">=", None, "600 ms >= 1 s"),
    ("{value: slow, between: [1 s, 2 s]}", SLOW, [slow()], "between", None, "1 s <= 600 ms <= 2 s"),
    ("{value: part, at_most: share}", PART, [fact("evaluation.failure_max", (0.06, "1"))], "<=", None, "6 % <= 5 %"),
    ("{value: age(day), at_most: 30 d}", DAY, [fact("model.retires_on", "2026-01-01")], "<=", None, None),
    ("{value: kind, one_of: [llm, vision]}", KIND, [fact("model.kind", "classifier")], "in", "Kind of model: classifier; must be one of llm or vision.", None),
    ("{value: told, equals: true}", TOLD, [fact("oversight.users_told", value=False)], "==", None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("expect", "given", "facts", "sign", "said", "formula"), COMPARED, ids=[row[0] for row in COMPARED]
)
def test_a_value_against_its_limit(expect, given, facts, sign, said, formula):
    finding = found(expect, given, *facts)
    (clause,) = finding.reason.clauses
    assert (finding.state, clause.sign) == (State.FAIL, sign)
    assert said in (None, finding.message)
    assert formula in (None, finding.formula)
    assert clause.aged is ("age(" in expect)
    assert clause.left[0].fact == (facts[0].name if "*" not in expect and "- " not in expect else "")


def test_what_a_computed_value_is_made_of_is_named_beside_it():
    two = [slow(2.0), fact("slo.p50", (0.5, "s"))]
    (clause,) = found("{value: slow - fast, at_most: allowed}", FAST, *two).reason.clauses
    assert [term.fact for term in clause.left] == ["", "slo.p99", "slo.p50"]
    assert (clause.left[0].value, clause.left[0].needed) == (Quantity(1.5, "s"), False)
    (own,) = found("{value: slow, at_most: allowed}", SLOW, slow()).reason.clauses
    assert (len(own.left), own.left[0].meaning, own.left[0].needed, own.right[0].needed) == (
        1,
        P99,
        True,
        True,
    )
    (beside,) = found("{value: slow, at_most: fast}", FAST, *two).reason.clauses
    assert [term.fact for term in found("{value: slow, at_most: fast}", FAST, *two).reason.bound] == [
        "slo.p50"
    ]
    assert beside.right[0].value == Quantity(0.5, "s")
    seen = found(
        "{value: seen, at_most: slow}",
        "{seen: observed.p99, slow: observed.p50}",
        fact("observed.p99", (2.0, "s")),
        fact("observed.p50", (1.0, "s")),
    )
    assert seen.reason.clauses[0].right[0].needed is False


def test_what_nobody_knows_keeps_its_name_in_the_formula():
    finding = found("{value: slow, at_most: fast}", FAST, slow())
    assert (finding.state, finding.formula) == (State.UNKNOWN, "600 ms <= fast")
    both = that("slow <= allowed && told", "{slow: slo.p99, told: oversight.users_told}", slow(0.4))
    assert both.formula == "400 ms <= 500 ms && told"


def test_why_a_computed_fact_is_unknown_is_told_once():
    why = Fact("flow.latency.p99", None, derived=True, why_unknown="at 4 req/s s is overloaded")
    rule = ("{value: late, at_most: allowed}", "{late: flow.latency.p99}")
    assert found(*rule, why).reason.notes == ("at 4 req/s s is overloaded",)
    lacking = Fact(
        "flow.latency.p99", None, derived=True, why_unknown="missing: sources", inputs=("sources",)
    )
    assert found(*rule, lacking).reason.notes == ()
    for odd in (
        Fact("flow.latency.p99", None, derived=True, why_unknown="odd", inputs=("sources",)),
        Fact("flow.latency.p99", None, derived=True, why_unknown="missing it"),
    ):
        assert found(*rule, odd).reason.notes == ()
    two = [
        Fact(name, None, derived=True, why_unknown=f"odd {name}")
        for name in ("flow.latency.p95", "flow.latency.p99")
    ]
    both = found(
        "{value: late - early, at_most: allowed}", "{late: flow.latency.p99, early: flow.latency.p95}", *two
    )
    assert len(both.reason.notes) == 1


def test_a_fact_that_scattered_is_told_from_one_that_is_missing():
    loose = Fact("observed.p99", Quantity(0.4, "s"), Provenance.MEASURED, stable=False)
    alone = found("{value: seen, at_most: allowed}", "{seen: observed.p99}", loose)
    assert (alone.reason.kind, alone.reason.names) == (ReasonKind.SCATTERED, ("observed.p99",))
    beside = found("{value: seen - slow, at_most: allowed}", "{seen: observed.p99, slow: slo.p99}", loose)
    assert beside.reason.kind is ReasonKind.MISSING


def test_a_rule_that_does_not_apply_names_what_its_condition_rests_on():
    rule = rule_text(
        "Z12-when",
        "{value: slow, at_most: 500 ms}",
        "{slow: slo.p99, told: oversight.users_told}",
        when="told",
    )
    finding = only(pack_of(rule), slow(), fact("oversight.users_told", value=False))
    assert (finding.state, finding.reason.kind) == (State.NOT_APPLICABLE, ReasonKind.SET_ASIDE)
    assert [term.fact for term in finding.reason.terms] == ["oversight.users_told"]


def test_a_list_of_which_one_item_is_unknown_is_shown_with_what_is_known():
    statement = 'all_.all(n, n != "")'
    none = that(statement, "{all_: 'sources[].system'}", **AB)
    assert none.formula == statement
    some = that(statement, "{all_: 'sources[].system'}", fact("sources[b].system", "pg"), **AB)
    assert (some.state, "pg" in some.formula) == (State.UNKNOWN, True)


def test_an_interval_over_the_limit_names_what_lies_outside():
    late = Fact(
        "flow.latency.p99",
        Quantity(0.4, "s"),
        Provenance.MEASURED,
        low=0.3,
        high=0.7,
        derived=True,
        outside="of the ground",
    )
    finding = found("{value: late, at_most: allowed}", "{late: flow.latency.p99}", late)
    assert (finding.state, finding.reason.kind, finding.reason.notes) == (
        State.UNKNOWN,
        ReasonKind.STRADDLES,
        ("of the ground",),
    )
    assert len(finding.reason.clauses) == 1
    stated = that("late <= allowed", "{late: flow.latency.p99}", late)
    assert (stated.reason.kind, stated.reason.clauses) == (ReasonKind.STRADDLES, ())


def test_what_holds_says_so_with_its_value():
    finding = found("{value: slow, at_most: allowed}", SLOW, slow(0.4))
    assert (finding.state, finding.reason.kind, finding.reason.clauses[0].holds) == (
        State.PASS,
        ReasonKind.COMPARED,
        True,
    )
    assert that("slow <= allowed", SLOW, slow(0.4)).reason.kind is ReasonKind.HOLDS
    assert found("{value: slow, at_most: allowed}", SLOW, slow()).reason.clauses[0].holds is False


def test_a_ratio_beside_a_whole_number_is_no_percentage():
    ratio = fact("flow.latency.tail_ratio", (1.5, "1"))
    (clause,) = found(
        "{value: ratio, at_most: whole}", "{ratio: 'flow.latency.tail_ratio'}", ratio
    ).reason.clauses
    assert (clause.left[0].percent, clause.right[0].percent) == (False, False)


def test_money_is_shown_in_the_currency_of_the_pilot():
    money = [
        Fact("flow.cost.month", Quantity(900.0, "money"), derived=True),
        fact("cost.monthly_cap", (800.0, "money")),
        fact("cost.currency", "EUR"),
    ]
    finding = found("{value: month, at_most: cap}", "{month: flow.cost.month, cap: cost.monthly_cap}", *money)
    assert finding.formula == "900 EUR <= 800 EUR"
