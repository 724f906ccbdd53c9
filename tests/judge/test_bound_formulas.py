"""Which bound decides and which figure is told, worked out by hand: ends of intervals, limits that nobody stated, corners."""

from __future__ import annotations

import pytest
from fact_texts import fact, only
from rule_texts import pack_of, rule_text

from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity

FAILURES = "{upper: flow.evaluation.failure_upper, accepted: evaluation.failure_max}"
TIMES = {
    "a": "slo.p50", "b": "slo.p95", "c": "slo.p99", "d": "slo.ttft", "e": "slo.answer_max_age", "f": "demand.peak_duration",
}  # fmt: skip


def bounded(name: str, low: float | None = None, high: float | None = None, unit: str = "s") -> Fact:
    return Fact(name, None, Provenance.DECLARED, derived=True, low=low, high=high)


def times(expect: str, *facts: Fact) -> Finding:
    used = ", ".join(
        f"{key}: {name}" for key, name in TIMES.items() if f"{key} " in expect or f"{key}'" in expect
    )
    return only(pack_of(rule_text("Z02-times", expect, f"{{{used}}}")), *facts)


def test_ranges_alone_refute_nothing() -> None:
    """A share is one at most, so no share reaches 150 %: with nothing stated that is still unknown."""
    rule = rule_text(
        "Z02-any", "{value: accepted, at_least: most}", "{accepted: evaluation.failure_max}",
        limits="{most: {value: 150 %, tighter: higher, reason: a reason of the test}}",
    )  # fmt: skip
    assert only(pack_of(rule)).state is State.UNKNOWN


def test_a_bound_and_a_range_refute_together_and_the_bound_is_told() -> None:
    rule = rule_text(
        "Z02-both", "{that: 'upper <= min(accepted, most)'}", FAILURES,
        limits="{most: {value: 5 %, tighter: lower, reason: a reason of the test}}",
    )  # fmt: skip
    for high in (None, 0.9):
        finding = only(pack_of(rule), bounded("flow.evaluation.failure_upper", low=0.6, high=high))
        assert finding.state is State.FAIL
        assert "at least 60 %" in finding.message
        assert "at most 90 %" not in finding.message


def test_of_what_a_limit_can_be_the_nearest_is_told() -> None:
    rule = rule_text("Z02-near", "{value: upper, at_most: accepted}", FAILURES)
    finding = only(pack_of(rule), Fact("flow.evaluation.failure_upper", Quantity(1.5), derived=True))
    assert finding.state is State.FAIL
    assert finding.limit is not None
    assert finding.limit.value == 1.0


def test_a_bound_beside_a_limit_that_is_unknown_decides_nothing() -> None:
    rule = rule_text("Z02-lacks", "{value: a, at_most: b}", "{a: slo.p99, b: slo.p50}")
    assert only(pack_of(rule), bounded("slo.p99", low=5.0)).state is State.UNKNOWN


def test_the_finite_ends_are_told() -> None:
    """At most 2 s less at least 2 s is never 1 s."""
    finding = times("{that: 'a - b >= 1 s'}", bounded("slo.p50", high=2.0), bounded("slo.p95", low=2.0))
    assert finding.state is State.FAIL
    assert "at most 2 s" in finding.message
    assert "at least 2 s" in finding.message
    plain = times("{that: 'a >= 1 s && b <= 1 s'}", bounded("slo.p50", high=0.5), bounded("slo.p95", low=2.0))
    assert plain.state is State.FAIL
    assert "unbounded" not in plain.message


@pytest.mark.parametrize(("count", "state"), [(1, State.FAIL), (5, State.FAIL), (6, State.UNKNOWN)])
def test_five_bounds_are_weighed_together_and_no_more(count: int, state: State) -> None:
    names = list(TIMES)[:count]
    expect = f"{{that: '{' + '.join(names)} <= 0.5 s'}}"
    assert times(expect, *(bounded(TIMES[name], low=1.0) for name in names)).state is state


def test_an_interval_over_the_limit_is_told_as_such() -> None:
    rule = rule_text("Z02-over", "{value: a, at_most: b}", "{a: slo.p99, b: slo.p50}", requires="measured")
    sure = fact("slo.p99", (2.0, "s"), Provenance.MEASURED)
    loose = fact("slo.p50", (2.2, "s"), Provenance.MEASURED, low=1.5, high=2.5)
    finding = only(pack_of(rule), sure, loose)
    assert finding.state is State.UNKNOWN
    assert "straddles the limit" in finding.message


def test_a_value_that_must_be_another_is_told_with_its_bound():
    rule = rule_text("Z02-equals", "{value: a, equals: 5}", "{a: demand.burst_factor}")
    finding = only(pack_of(rule), bounded("demand.burst_factor", low=6.0))
    assert finding.state is State.FAIL
    assert (finding.value.value, finding.limit) == (6.0, None)
    known = only(pack_of(rule), fact("demand.burst_factor", (4.0, "1")))
    assert (known.state, known.value.value) == (State.FAIL, 4.0)


def test_a_value_beside_an_unknown_limit_is_kept():
    rule = rule_text("Z02-kept", "{value: a, at_most: b}", "{a: slo.p99, b: slo.p50}")
    finding = only(pack_of(rule), fact("slo.p99", (2.0, "s")))
    assert (finding.state, finding.value.value, finding.limit) == (State.UNKNOWN, 2.0, None)


def test_what_is_unknown_beside_what_decides_has_no_corners():
    rule = rule_text(
        "Z02-either", "{that: 'a <= 5 s || b <= 4 s'}", "{a: slo.p99, b: slo.p50}", requires="measured"
    )
    finding = only(pack_of(rule), fact("slo.p99", (2.0, "s"), Provenance.MEASURED, low=1.0, high=3.0))
    assert finding.state is State.PASS


SUM = " + ".join(TIMES)


def measured(loose: dict[str, tuple[float, float]], limit: float) -> Finding:
    """Return the finding on six measured times of 1 s each, some with an interval, whose sum must stay below a limit."""
    used = ", ".join(f"{key}: {name}" for key, name in TIMES.items())
    rule = rule_text("Z02-six", f"{{value: {SUM}, at_most: {limit} s}}", f"{{{used}}}", requires="measured")
    facts = [
        fact(
            name,
            (1.0, "s"),
            Provenance.MEASURED,
            **dict(zip(("low", "high"), loose.get(name, ()), strict=False)),
        )
        for name in TIMES.values()
    ]
    return only(pack_of(rule), *facts)


@pytest.mark.parametrize("name", TIMES.values())
def test_of_six_inputs_the_one_with_an_interval_is_varied(name: str) -> None:
    """Six times 1 s are 6 s; one that may be 2 s makes 7 s, which is beyond a limit of 6.5 s."""
    exact = dict.fromkeys(TIMES.values(), (1.0, 1.0))
    assert measured(exact, 6.5).state is State.PASS
    assert measured({**exact, name: (1.0, 2.0)}, 6.5).state is State.UNKNOWN


def test_an_input_whose_flip_is_sought_takes_no_place_among_those_that_are_varied():
    """Five others of 0.9 to 1.1 s: the sum of all is beyond 10 s for every one of them from 5.5 s on."""
    finding = measured(dict.fromkeys(TIMES.values(), (0.9, 1.1)), 10.0)
    points = {point.fact: point.value.value for point in finding.breakpoints}
    assert points == pytest.approx(dict.fromkeys(TIMES.values(), 5.5))
